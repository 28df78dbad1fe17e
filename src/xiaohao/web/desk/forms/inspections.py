"""What is typed of an inspection, of a list under it, and of how two tasks hang together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier.document import Document
from xiaohao.dossier.task import Inspection, TaskList
from xiaohao.records.inspections import EXPOSURE, RELATIONS
from xiaohao.records.models import Inspection as InspectionRow
from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm, StepForm
from xiaohao.web.parts.related import WORDS
from xiaohao.web.parts.words import say_it

_CHOOSE = ("", _("请选择"))
LEVELS = {"central": _("中央"), "province": _("省级"), "city": _("市级"), "self": _("本级自查")}
#: Kinds as people choose them; an exposure is a special inspection with our own mark (DOSSIER.md has four kinds).
KINDS = {
    "routine": _("例行督察"),
    "look_back": _("回头看"),
    "special": _("专项督察"),
    "exposure": _("警示片、媒体曝光"),
    "self_check": _("自查"),
}


def kind_of(row: InspectionRow) -> str:
    """Which of KINDS an inspection is."""
    return "exposure" if row.more.get(EXPOSURE) else row.kind


class InspectionForm(KeyedForm):
    """One inspection with its feedback. The feedback's number and title are asked for together, or neither."""

    name = forms.CharField(label=_("督察名称"), max_length=200)
    level = forms.ChoiceField(label=_("哪一级"), choices=[_CHOOSE, *LEVELS.items()])
    kind = forms.ChoiceField(label=_("哪一类"), choices=[_CHOOSE, *KINDS.items()])
    round = forms.IntegerField(label=_("第几轮（没有轮次的不填）"), required=False, min_value=1, max_value=99)
    start = DayField(label=_("开始日期"), required=False)
    end = DayField(label=_("结束日期"), required=False)
    feedback_date = DayField(label=_("反馈日期"), required=False)
    feedback_number = forms.CharField(label=_("反馈意见文号"), required=False, max_length=100)
    feedback_title = forms.CharField(label=_("反馈意见标题"), required=False, max_length=300)
    feedback_issuer = forms.ChoiceField(label=_("反馈意见由谁印发"), required=False)

    def __init__(self, *args: Any, orgs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "feedback_issuer", [_CHOOSE, *orgs])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        asked = ("feedback_title", "feedback_issuer", "feedback_date")
        if typed.get("feedback_number") or typed.get("feedback_title"):
            for name in asked:
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return typed

    def inspection(self, pk: str = "") -> Inspection:
        """The inspection as typed, under the id `pk` or a new one."""
        typed = self.cleaned_data
        exposed = typed["kind"] == "exposure"
        day = {name: typed[name].isoformat() if typed[name] else None for name in ("start", "end", "feedback_date")}
        return Inspection(
            id=pk or id_from("insp", typed["key"]),
            name=typed["name"].strip(),
            level=typed["level"],
            kind="special" if exposed else typed["kind"],
            round=typed["round"],
            unknown=((EXPOSURE, True),) if exposed else (),
            **day,
        )

    def feedback(self) -> Document | None:
        """The feedback as a document, None where none was typed."""
        typed = self.cleaned_data
        if not typed["feedback_title"]:
            return None
        return Document(
            id=id_from("doc", typed["key"], "feedback"),
            number=typed["feedback_number"].strip() or None,
            title=typed["feedback_title"].strip(),
            kind="feedback",
            issuer=typed["feedback_issuer"],
            date=typed["feedback_date"].isoformat(),
            recorded_at="",
        )


class ListForm(KeyedForm):
    """A numbered list that came of an inspection."""

    name = forms.CharField(label=_("清单名称"), max_length=200)
    code = forms.CharField(
        label=_("代号（任务地址的前半，小写字母和数字）"),
        max_length=40,
        validators=[RegexValidator(r"\A[a-z0-9]+\Z", _("代号只用小写字母和数字，如 qh2025a。"))],
    )
    org = forms.ChoiceField(label=_("哪个单位的清单"), required=False)

    def __init__(self, *args: Any, orgs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "org", [_CHOOSE, *orgs])

    def listing(self, inspection: str) -> TaskList:
        typed = self.cleaned_data
        return TaskList(id=id_from("list", typed["code"]), inspection=inspection, name=typed["name"].strip(), org=typed["org"] or None)


class RelateForm(StepForm):
    """Another task and what it is to this one; a task of an earlier round that is not on file is written in words."""

    relation = forms.ChoiceField(label=_("是什么关系"), choices=[_CHOOSE, *((name, WORDS[name][0]) for name in RELATIONS)])
    no = forms.CharField(label=_("另一项任务的编号（如 qh2021a-3）"), required=False, max_length=80)
    words = forms.CharField(label=_("不在本系统的，写明督察、清单和序号"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "relation", [_CHOOSE, *((name, say_it(WORDS[name][0])) for name in RELATIONS)])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and bool(typed.get("no")) == bool(typed.get("words")):
            self.add_error("no", _("请填一项任务的编号，或者写明一项不在本系统的任务，只填一处。"))
        return typed


class UnrelateForm(StepForm):
    """Taking one link away."""

    other = forms.CharField(max_length=80, widget=forms.HiddenInput)
    relation = forms.ChoiceField(choices=[(name, name) for name in RELATIONS], widget=forms.HiddenInput)
