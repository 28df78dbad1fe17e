"""A superior's instruction as typed: its number, issuer, dates, and the tasks that it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier.document import Document
from xiaohao.records.batches import PUBLIC
from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm, long_text


class BatchForm(KeyedForm):
    """The instruction and its tasks."""

    title = forms.CharField(label=_("来文标题"), max_length=300)
    number = forms.CharField(label=_("文号"), max_length=100)
    issuer = forms.ChoiceField(label=_("来文单位"))
    date = DayField(label=_("来文日期"))
    due = DayField(label=_("办结期限"))
    tasks = forms.MultipleChoiceField(label=_("要求销号的任务"), widget=forms.CheckboxSelectMultiple)

    public = forms.BooleanField(label=_("来文可以公开：公开页上列出任务、单位和进度"), required=False)

    def __init__(self, *args: Any, orgs: Sequence[tuple[str, str]], tasks: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].error_messages["invalid_choice"] = _("来文单位要是本单位的上级或同级机关。")
        set_choices(self, "issuer", [("", _("请选择")), *orgs])
        set_choices(self, "tasks", tasks)

    def document(self) -> Document:
        typed = self.cleaned_data
        return Document(
            id=id_from("batch", typed["key"]),
            number=typed["number"].strip(),
            title=typed["title"].strip(),
            kind="order",
            issuer=typed["issuer"],
            date=typed["date"].isoformat(),
            due=typed["due"].isoformat(),
            recorded_at="",
            unknown=((PUBLIC, True),) if typed["public"] else (),
        )


class ChangeForm(KeyedForm):
    """What a batch holds from now on, until when, and why."""

    due = DayField(label=_("办结期限"))
    tasks = forms.MultipleChoiceField(label=_("要求销号的任务"), widget=forms.CheckboxSelectMultiple)
    number = forms.CharField(label=_("改动所依据的来文文号（没有的不填）"), max_length=100, required=False)
    reason = long_text(_("为什么改"), rows=3, most=1_000)

    def __init__(self, *args: Any, tasks: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "tasks", tasks)
