"""One visit day for several tasks, as typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.web.desk.forms.acceptance import Candidate, GroupForm
from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm, long_text


class VisitForm(KeyedForm, GroupForm):
    """Which tasks, on which day, by which group."""

    tasks = forms.MultipleChoiceField(
        label=_("这一天看哪几项"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请选出这一天要看的任务。")}
    )
    date = DayField(label=_("验收日期"))
    people = forms.MultipleChoiceField(
        label=_("验收组成员"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请选验收组成员。")}
    )
    leader = forms.ChoiceField(label=_("组长"))
    text = long_text(_("路线和分工（可以不填）"), rows=3, required=False, most=2_000)

    def __init__(self, *args: Any, tasks: Sequence[tuple[str, str]], candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "tasks", tasks)
        self.of_group(candidates)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.check_group(typed)
        return typed
