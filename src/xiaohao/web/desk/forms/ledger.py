"""Bringing a ledger in: the file, the list it belongs to, and whose it is where the ledger does not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.which_list import ListForm


class LedgerForm(ListForm):
    """The sheet and where its tasks go; a new list is entered with the inspection that it came of."""

    field_order = ("file",)
    file = forms.FileField(label=_("台账（.xlsx、.xls、.csv）或整改方案（.docx、.pdf、.html）"))
    lead = forms.ChoiceField(label=_("表中没有写牵头单位的，由谁牵头"), required=False)
    year = forms.IntegerField(label=_("没有写年份的时限，算哪一年的"), min_value=2000, max_value=2099)

    def __init__(self, *args: Any, lists: Sequence[tuple[str, str]], orgs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, lists=lists, **kwargs)
        self.fields["list"].label = _("导入到哪一份清单")
        set_choices(self, "lead", [("", _("先不指定")), *orgs])
