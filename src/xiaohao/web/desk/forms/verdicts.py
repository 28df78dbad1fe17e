"""What acceptors, reviewers, publishers and closers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Measured, Record
from xiaohao.web.desk.forms.evidence import FilesField, set_choices
from xiaohao.web.desk.forms.keyed import DayField, StepForm, long_text

_METHODS = [("site", _("到现场")), ("site_and_paper", _("到现场并查资料")), ("paper", _("只查资料"))]


class ConsentForm(StepForm):
    """Approving a version that changes an approved one: the document in which this level consents."""

    number = forms.CharField(label=_("同意调整的文号"), max_length=100, required=False)
    date = DayField(label=_("文件日期"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for name, other in (("number", "date"), ("date", "number")):
            if typed.get(other) and not typed.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return typed


class AcceptanceForm(StepForm):
    """The acceptance group's opinion: who was there, when, where, what was measured, what was seen."""

    people = forms.MultipleChoiceField(label=_("验收组成员"), widget=forms.CheckboxSelectMultiple)
    date = DayField(label=_("验收日期"))
    method = forms.ChoiceField(label=_("验收方式"), choices=_METHODS, widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("现场地点"), required=False)
    text = long_text(_("看到了什么，结论是什么"), rows=6)
    photos = FilesField(label=_("现场照片（可以多选）"), required=False)
    pledged = forms.BooleanField(label=_("我对验收结论的真实性负责"), required=False)

    def __init__(self, *args: Any, dossier: Dossier, people: list[tuple[str, str]], places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "people", people)
        set_choices(self, "place", [("", _("请选择"))] + [(place.id, place.name) for place in places])
        self.measured: tuple[Measure, ...] = tuple(m for m in dossier.measures_of(dossier.task.id) if m.quantity)
        for measure in self.measured:
            quantity = measure.quantity
            label = _("第 %(number)s 项措施实测：%(name)s（%(unit)s，方案 %(planned)g）") % {
                "number": measure.number,
                "name": quantity.name if quantity else "",
                "unit": quantity.unit if quantity else "",
                "planned": quantity.value if quantity else 0,
            }
            self.add_field(f"measured_{measure.id}", forms.FloatField(label=label, required=False, min_value=0))

    @property
    def measured_fields(self) -> tuple[forms.BoundField, ...]:
        return tuple(self[f"measured_{measure.id}"] for measure in self.measured)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("method") in ("site", "site_and_paper") and not typed.get("place") and "place" not in self.errors:
            self.add_error("place", _("到现场验收的，请选现场地点。"))
        return typed

    def record(self, files: tuple[str, ...]) -> Record:
        """The acceptance as a register row; unit and time of filing are the system's word."""
        typed = self.cleaned_data
        bare = Record(id=id_from("rec", typed["key"], "acceptance"), type="acceptance", recorded_at="")
        return replace(
            bare,
            people=tuple(typed["people"]),
            date=typed["date"].isoformat(),
            method=typed["method"],
            place=typed["place"] or None,
            text=typed["text"],
            measured=tuple(self._measured()),
            files=files,
        )

    def _measured(self) -> list[Measured]:
        found = []
        for measure in self.measured:
            value, quantity = self.cleaned_data[f"measured_{measure.id}"], measure.quantity
            if value is not None and quantity:
                found.append(Measured(measure=measure.id, name=quantity.name, value=value, unit=quantity.unit))
        return found


class ReturnForm(StepForm):
    """Sending the task back."""

    reason = long_text(_("退回的理由（会发给责任单位，并记入日志）"))


class ItemForm(StepForm):
    """The reviewer's opinion on one item. There is no default."""

    APPROVED, MORE, NOT_APPROVED = "approved", "more", "not_approved"
    item = forms.CharField(widget=forms.HiddenInput, max_length=200)
    verdict = forms.ChoiceField(
        label=_("这一条的意见"),
        choices=[(APPROVED, _("认可")), (MORE, _("请补充")), (NOT_APPROVED, _("不认可"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请先选一个意见。")},
    )
    reason = long_text(_("理由（会发给责任单位，并记入日志）"), rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("verdict") in (self.MORE, self.NOT_APPROVED) and not typed.get("reason", "").strip():
            self.add_error("reason", _("请写明要补充什么，或为什么不认可。"))
        return typed


class ReviewForm(StepForm):
    """The opinion on the whole, once every item has been seen."""

    text = long_text(_("审核意见"))


class ConfidentialityForm(StepForm):
    """The check before anything is published."""

    text = long_text(_("审查意见"), rows=2)
    signed = forms.BooleanField(
        label=_("我已逐字看过下面的公示稿，没有国家秘密、商业秘密和个人信息"), error_messages={"required": _("请看过公示稿后勾选。")}
    )


class PublicationForm(StepForm):
    """The notice's official number and its first day; the last day follows from the calendar."""

    number = forms.CharField(label=_("公示文号"), max_length=100)
    starts_on = DayField(label=_("公示第一天"))


class WordsForm(StepForm):
    """A step that needs a few sentences: a closing, a confirmation, the reason of a return. `label` and `help` come from the step."""

    words = long_text("")
    pledged = forms.BooleanField(label=_("我对所作决定的真实性负责"), required=False)

    def __init__(self, *args: Any, label: Any, pledge: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].error_messages["required"] = _("请填写“%(label)s”。") % {"label": label}
        if not pledge:
            del self.fields["pledged"]


class BareForm(StepForm):
    """A step that needs nothing but the click."""


class WatchForm(StepForm):
    """How long the task is watched, and which run of failing months makes it looked at again."""

    months = forms.IntegerField(label=_("观察几个月"), min_value=1, max_value=120)
    n = forms.IntegerField(label=_("连续看几个月"), min_value=1, max_value=36)
    k = forms.IntegerField(label=_("其中几个月超标就回头看"), min_value=1, max_value=36)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("k") and typed.get("n") and typed["k"] > typed["n"]:
            self.add_error("k", _("不能多于“连续看几个月”。"))
        return typed
