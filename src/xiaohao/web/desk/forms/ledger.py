"""Bringing a ledger in: the file, the list it belongs to, and whose it is where the ledger does not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier.task import Inspection, TaskList
from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.keyed import KeyedForm
from xiaohao.web.desk.forms.new_task import INSPECTION_KINDS, INSPECTION_LEVELS


class LedgerForm(KeyedForm):
    """The sheet and where its tasks go; a new list is entered with the inspection that it came of."""

    file = forms.FileField(label=_("台账（.xlsx、.xls、.csv）或整改方案（.docx、.pdf、.html）"))
    list = forms.ChoiceField(label=_("导入到哪一份清单"), required=False)
    list_name = forms.CharField(label=_("新清单的名称"), required=False, max_length=200)
    list_code = forms.CharField(
        label=_("新清单的代号（任务地址的前半，小写字母和数字）"),
        required=False,
        max_length=40,
        validators=[RegexValidator(r"\A[a-z0-9]+\Z", _("代号只用小写字母和数字，如 qh2025a。"))],
    )
    inspection_name = forms.CharField(label=_("哪一次督察"), required=False, max_length=200)
    inspection_level = forms.ChoiceField(label=_("督察层级"), choices=INSPECTION_LEVELS, required=False)
    inspection_kind = forms.ChoiceField(label=_("督察类型"), choices=INSPECTION_KINDS, required=False)
    lead = forms.ChoiceField(label=_("表中没有写牵头单位的，由谁牵头"), required=False)
    year = forms.IntegerField(label=_("没有写年份的时限，算哪一年的"), min_value=2000, max_value=2099)

    def __init__(self, *args: Any, lists: Sequence[tuple[str, str]], orgs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "list", [("", _("新清单")), *lists])
        set_choices(self, "lead", [("", _("先不指定")), *orgs])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("list"):
            for name in ("list_name", "list_code", "inspection_name", "inspection_level", "inspection_kind"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        elif typed.get("list_name") or typed.get("list_code"):
            self.add_error("list", _("选了已有的清单，又填了新清单。导入新清单的，请在这里选“新清单”。"))
        return typed

    def new_list(self) -> tuple[Inspection, TaskList, str] | None:
        """(inspection, list, code) where a new list was entered."""
        typed = self.cleaned_data
        if typed["list"]:
            return None
        inspection = Inspection(
            id=id_from("insp", typed["inspection_name"], typed["inspection_level"]),
            name=typed["inspection_name"],
            level=typed["inspection_level"],
            kind=typed["inspection_kind"],
        )
        return (
            inspection,
            TaskList(id=id_from("list", typed["list_code"]), inspection=inspection.id, name=typed["list_name"]),
            typed["list_code"],
        )

    @property
    def list_id(self) -> str:
        return self.cleaned_data["list"] or id_from("list", self.cleaned_data["list_code"])
