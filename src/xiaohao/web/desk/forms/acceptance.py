"""What the acceptance group fills in: who it was, what was measured, an opinion on every measure, who does not agree; and the letter of return."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Dissent, Measured, Member, Opinion, Record
from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.desk.forms.evidence import FilesField
from xiaohao.web.desk.forms.keyed import DayField, DeskForm, StepForm, long_text

_METHODS = [("site", _("到现场")), ("site_and_paper", _("到现场并查资料")), ("paper", _("只查资料"))]
_VERDICTS = [("done", _("完成")), ("mostly_done", _("基本完成")), ("not_done", _("未完成"))]
_DECLARES = [("", _("没有声明")), ("none", _("没有利害关系")), ("ties", _("有，回避"))]
#: Rows for members who do not agree; a group that is divided further writes several into one.
_DISSENTS = (1, 2)
#: Characters of what was looked at: a line, no report.
_LINE = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be in the group. `expert`: of an expert body, who declares ties first."""

    person: str
    words: Any
    expert: bool = False


class GroupForm(DeskForm):
    """The part of a form that says who was there as what."""

    candidates: Sequence[Candidate] = ()

    def of_group(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        pairs = [(one.person, one.words) for one in candidates]
        set_choices(self, "people", pairs)
        set_choices(self, "leader", [("", _("请选择")), *((one.person, one.words) for one in candidates if not one.expert)])
        for one in self._experts():
            label = _("%(person)s的声明：与责任单位") % {"person": one.words}
            self.add_field(f"declares_{one.person}", forms.ChoiceField(label=label, choices=_DECLARES, required=False))
            self.add_field(
                f"ties_{one.person}",
                forms.CharField(label=_("%(person)s是什么关系") % {"person": one.words}, required=False, max_length=_LINE),
            )

    def _experts(self) -> Iterator[Candidate]:
        return (one for one in self.candidates if one.expert)

    @property
    def expert_fields(self) -> tuple[tuple[forms.BoundField, forms.BoundField], ...]:
        return tuple((self[f"declares_{one.person}"], self[f"ties_{one.person}"]) for one in self._experts())

    def check_group(self, typed: dict[str, Any]) -> None:
        """The leader is one of the group; an expert of the group has declared that there are no ties."""
        people = typed.get("people") or []
        if typed.get("leader") and typed["leader"] not in people:
            self.add_error("leader", _("组长要在验收组里，请在上面勾选。"))
        for one in self._experts():
            said = typed.get(f"declares_{one.person}")
            if one.person in people and said == "ties":
                self.add_error(f"declares_{one.person}", _("声明有利害关系的要回避，请从验收组里去掉。"))
            elif one.person in people and not said:
                self.add_error(f"declares_{one.person}", _("专家参加验收，先声明有没有利害关系。"))

    def group(self) -> tuple[Member, ...]:
        """Who is in it, the leader first."""
        typed, experts = self.cleaned_data, {one.person for one in self._experts()}
        members = [
            Member(
                person=person,
                part="leader" if person == typed["leader"] else "expert" if person in experts else "member",
                declares=typed.get(f"declares_{person}") or None,
                ties=typed.get(f"ties_{person}") or None,
            )
            for person in typed["people"]
        ]
        return tuple(sorted(members, key=lambda member: member.part != "leader"))


class AcceptanceForm(StepForm, GroupForm):
    """The acceptance group's opinion: who was there, when, where, what was measured, what is held of each measure. No opinion is filled in
    beforehand, and there is no way to fill in all of them at once."""

    people = forms.MultipleChoiceField(label=_("验收组成员"), widget=forms.CheckboxSelectMultiple)
    leader = forms.ChoiceField(label=_("组长"))
    date = DayField(label=_("验收日期"))
    method = forms.ChoiceField(label=_("验收方式"), choices=_METHODS, widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("现场地点"), required=False)
    text = long_text(_("总的情况：看到了什么，结论是什么"), rows=5)
    photos = FilesField(label=_("现场照片（可以多选）"), required=False)
    pledged = forms.BooleanField(label=_("我对验收结论的真实性负责"), required=False)

    def __init__(self, *args: Any, dossier: Dossier, people: Sequence[Candidate], places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_group(people)
        set_choices(self, "place", [("", _("请选择"))] + [(place.id, place.name) for place in places])
        self.measures = dossier.measures_of(dossier.task.id)
        self.measured: tuple[Measure, ...] = tuple(m for m in self.measures if m.quantity)
        for measure in self.measured:
            quantity = measure.quantity
            label = _("第 %(number)s 项措施实测：%(name)s（%(unit)s，方案 %(planned)g）") % {
                "number": measure.number,
                "name": quantity.name if quantity else "",
                "unit": quantity.unit if quantity else "",
                "planned": quantity.value if quantity else 0,
            }
            self.add_field(f"measured_{measure.id}", forms.FloatField(label=label, required=False, min_value=0))
        for measure in self.measures:
            self._of_measure(measure)
        for number in _DISSENTS:
            by = forms.ChoiceField(label=_("谁不同意（%(number)s）") % {"number": number}, required=False)
            self.add_field(f"dissent_by_{number}", by)
            by.choices = [("", _("没有")), *((one.person, one.words) for one in people)]
            self.add_field(
                f"dissent_{number}", long_text(_("不同意见（%(number)s），照本人的话写") % {"number": number}, rows=2, required=False)
            )

    def _of_measure(self, measure: Measure) -> None:
        wanted = {"required": _("请对第 %(number)s 项措施提出意见。") % {"number": measure.number}}
        self.add_field(
            f"verdict_{measure.id}",
            forms.ChoiceField(
                label=_("第 %(number)s 项措施的意见") % {"number": measure.number},
                choices=_VERDICTS,
                widget=forms.RadioSelect,
                error_messages=wanted,
            ),
        )
        self.add_field(
            f"looked_{measure.id}",
            forms.CharField(label=_("第 %(number)s 项措施：看了什么") % {"number": measure.number}, max_length=_LINE),
        )
        self.add_field(f"reason_{measure.id}", long_text(_("第 %(number)s 项措施：理由") % {"number": measure.number}, rows=2))

    @property
    def measured_fields(self) -> tuple[forms.BoundField, ...]:
        return tuple(self[f"measured_{measure.id}"] for measure in self.measured)

    @property
    def opinion_rows(self) -> tuple[tuple[Measure, forms.BoundField, forms.BoundField, forms.BoundField], ...]:
        """Each measure with the controls of its opinion, of what was looked at, and of the reason."""
        return tuple((m, self[f"verdict_{m.id}"], self[f"looked_{m.id}"], self[f"reason_{m.id}"]) for m in self.measures)

    @property
    def dissent_rows(self) -> tuple[tuple[forms.BoundField, forms.BoundField], ...]:
        return tuple((self[f"dissent_by_{n}"], self[f"dissent_{n}"]) for n in _DISSENTS)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("method") in ("site", "site_and_paper") and not typed.get("place") and "place" not in self.errors:
            self.add_error("place", _("到现场验收的，请选现场地点。"))
        self.check_group(typed)
        for number in _DISSENTS:
            by, words = typed.get(f"dissent_by_{number}"), typed.get(f"dissent_{number}", "").strip()
            if words and not by:
                self.add_error(f"dissent_by_{number}", _("请选是谁的意见。"))
            elif by and not words:
                self.add_error(f"dissent_{number}", _("请写不同意见。"))
            elif by and by not in (typed.get("people") or []):
                self.add_error(f"dissent_by_{number}", _("不同意的人要在验收组里，请在上面勾选。"))
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
            group=self.group(),
            opinions=self.opinions(),
            dissents=self.dissents(),
        )

    def opinions(self) -> tuple[Opinion, ...]:
        typed = self.cleaned_data
        return tuple(
            Opinion(measure=m.id, verdict=typed[f"verdict_{m.id}"], reason=typed[f"reason_{m.id}"], looked_at=typed[f"looked_{m.id}"])
            for m in self.measures
        )

    def dissents(self) -> tuple[Dissent, ...]:
        typed = self.cleaned_data
        rows = ((typed[f"dissent_by_{n}"], typed[f"dissent_{n}"].strip()) for n in _DISSENTS)
        return tuple(Dissent(person=person, text=words) for person, words in rows if person)

    def _measured(self) -> list[Measured]:
        found = []
        for measure in self.measured:
            value, quantity = self.cleaned_data[f"measured_{measure.id}"], measure.quantity
            if value is not None and quantity:
                found.append(Measured(measure=measure.id, name=quantity.name, value=value, unit=quantity.unit))
        return found


class ReturnForm(StepForm):
    """The letter of return: the reasons in all, and for each measure that falls short what is lacking and what has to be done; by when."""

    reason = long_text(_("退回的理由（会发给责任单位，并记入日志）"))
    due = DayField(label=_("补齐后再次申请的期限"))

    def __init__(self, *args: Any, dossier: Dossier, today: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures, self.today = dossier.measures_of(dossier.task.id), today
        for measure in self.measures:
            self.add_field(
                f"lacks_{measure.id}",
                long_text(_("第 %(number)s 项措施：缺什么，哪里不一致") % {"number": measure.number}, rows=2, required=False),
            )
            self.add_field(
                f"todo_{measure.id}",
                long_text(_("第 %(number)s 项措施：再次申请前要做到什么") % {"number": measure.number}, rows=2, required=False),
            )

    @property
    def measure_rows(self) -> tuple[tuple[Measure, forms.BoundField, forms.BoundField], ...]:
        return tuple((m, self[f"lacks_{m.id}"], self[f"todo_{m.id}"]) for m in self.measures)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("due") and typed["due"].isoformat() < self.today:
            self.add_error("due", _("期限要在今天或以后。"))
        named = 0
        for m in self.measures:
            lacks, todo = typed.get(f"lacks_{m.id}", "").strip(), typed.get(f"todo_{m.id}", "").strip()
            named += bool(lacks and todo)
            if lacks and not todo:
                self.add_error(f"todo_{m.id}", _("写了缺什么，也要写再次申请前要做到什么。"))
            if todo and not lacks:
                self.add_error(f"lacks_{m.id}", _("请写缺什么。"))
        if self.measures and not named and not self.errors:
            self.add_error(f"lacks_{self.measures[0].id}", _("至少对一项措施写明缺什么、要做到什么。"))
        return typed

    def opinions(self, given: Sequence[Opinion] = ()) -> tuple[Opinion, ...]:
        """One for each measure that falls short, with the verdict that the group had `given` it, and those it held done as they were."""
        typed, known = self.cleaned_data, {one.measure: one for one in given}
        found = []
        for m in self.measures:
            lacks, todo, one = typed[f"lacks_{m.id}"].strip(), typed[f"todo_{m.id}"].strip(), known.get(m.id)
            if lacks:
                found.append(replace(one or Opinion(measure=m.id, reason=lacks), reason=lacks, todo=todo))
            elif one is not None:
                found.append(one)
        return tuple(found)
