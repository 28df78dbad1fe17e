"""Goals and measures of a plan, typed or taken over from a text: each goal with a figure, a figure from the ledger, or a public reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.ids import id_from
from xiaohao.dossier.parties import Org, Place
from xiaohao.dossier.plan import Goal, Measure, Plan, Quantity, Target
from xiaohao.outcomes.derived import DERIVED, indicator_words
from xiaohao.web.desk.forms.keyed import DayField, DeskForm, StepForm, WhenField, long_text
from xiaohao.web.parts.form_errors import FieldError, errors_of

#: How a goal can be held against what happens.
FIGURE, FROM_LEDGER, NO_FIGURE = "figure", "ledger", "none"
_WAYS = [(FIGURE, _("有数值")), (FROM_LEDGER, _("由系统台账计算")), (NO_FIGURE, _("没有数值，公开说明理由"))]
_OPERATORS = [("<=", _("不高于")), (">=", _("不低于")), ("<", _("低于")), (">", _("高于")), ("=", _("等于"))]
_WINDOWS = [
    ("month", _("月均值")),
    ("day", _("日均值")),
    ("hour", _("小时均值")),
    ("quarter", _("季均值")),
    ("year", _("年均值")),
    ("instant", _("每次")),
    ("total", _("累计")),
]
_KINDS = [
    ("", _("未分类")),
    ("works", _("工程")),
    ("enforcement", _("执法")),
    ("policy", _("制度")),
    ("study", _("学习")),
    ("monitoring", _("监测")),
    ("other", _("其他")),
]
#: More goals or measures than any plan for one task has had; it keeps a request small.
MOST_ROWS = 60


class GoalForm(DeskForm):
    """One goal. Only the fields of the chosen way are looked at."""

    row_words = _("第 %(number)s 个目标")

    was = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    text = long_text(_("目标"), rows=2, most=2000)
    way = forms.ChoiceField(label=_("怎样衡量"), choices=_WAYS, initial=FIGURE)
    indicator = forms.CharField(label=_("指标"), required=False, max_length=100)
    place = forms.ChoiceField(label=_("地点"), required=False)
    operator = forms.ChoiceField(label=_("要求"), choices=_OPERATORS, required=False, initial="<=")
    value = forms.FloatField(label=_("数值"), required=False)
    unit = forms.CharField(label=_("单位"), required=False, max_length=20)
    window = forms.ChoiceField(label=_("按什么算"), choices=_WINDOWS, required=False, initial="month")
    min_months = forms.IntegerField(label=_("至少保持几个月"), required=False, min_value=1, max_value=120)
    ledger = forms.ChoiceField(label=_("台账指标"), required=False, initial="closings_held")
    reason = forms.CharField(label=_("没有数值的理由（会公开）"), required=False, max_length=500)

    def __init__(self, *args: Any, places: Sequence[Place] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "place", [("", _("不指明"))] + [(place.id, place.name) for place in places])
        _choices(self, "ledger", [(name, indicator_words(name)) for name in DERIVED])

    @property
    def figure_fields(self) -> tuple[forms.BoundField, ...]:
        return tuple(self[name] for name in ("indicator", "place", "operator", "value", "unit", "window", "min_months"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        needed = {FIGURE: ("indicator", "value", "unit"), FROM_LEDGER: ("ledger", "value"), NO_FIGURE: ("reason",)}
        for name in needed.get(typed.get("way", ""), ()):
            if typed.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return typed

    def goal(self, key: str, number: int, before: Goal | None = None) -> Goal:
        """The goal as typed; ids come from the request's key. What the form does not ask for is as in the version `before`."""
        typed = self.cleaned_data
        kept = before or Goal(id="", text="")
        made = replace(kept, id=id_from("goal", key, number), text=typed["text"], was=before.id if before else None)
        if typed["way"] == NO_FIGURE:
            return replace(made, target=None, no_target_reason=typed["reason"])
        target = _from_ledger(typed) if typed["way"] == FROM_LEDGER else _from_readings(typed)
        if kept.target and kept.target.indicator == target.indicator:
            target = replace(target, seasons=kept.target.seasons)
        return replace(made, target=target, no_target_reason=None)


def _from_readings(typed: dict[str, Any]) -> Target:
    return Target(
        indicator=typed["indicator"],
        place=typed["place"] or None,
        operator=typed["operator"] or "<=",
        value=typed["value"],
        unit=typed["unit"],
        window=typed["window"] or "month",
        min_months=typed["min_months"],
    )


def _from_ledger(typed: dict[str, Any]) -> Target:
    """Each figure of the ledger is its state at the end of a day: its total is its last value (outcomes.derived)."""
    name = typed["ledger"]
    return Target(indicator=name, operator=typed["operator"] or ">=", value=typed["value"], unit=DERIVED[name].unit, window="total")


class MeasureForm(DeskForm):
    """One measure: what, by whom, until when, how much."""

    row_words = _("第 %(number)s 条措施")

    was = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    text = long_text(_("措施"), rows=2, most=2000)
    kind = forms.ChoiceField(label=_("类别"), choices=_KINDS, required=False)
    owner = forms.ChoiceField(label=_("责任单位"))
    due = WhenField(label=_("完成时限"))
    cause = forms.IntegerField(label=_("针对第几条成因"), required=False, min_value=1, max_value=MOST_ROWS)
    amount_name = forms.CharField(label=_("数量名称"), required=False, max_length=60)
    amount = forms.FloatField(label=_("数量"), required=False)
    amount_unit = forms.CharField(label=_("数量单位"), required=False, max_length=20)

    def __init__(self, *args: Any, orgs: Sequence[Org] = (), gone: Sequence[Org] = (), **kwargs: Any) -> None:
        """`gone` are dissolved units that the plan in force names: only the row that has one keeps it."""
        super().__init__(*args, **kwargs)
        held = self["owner"].value()
        old = [(org.id, _("%(unit)s（已撤销）") % {"unit": org.name}) for org in gone if org.id == held]
        _choices(self, "owner", [("", _("请选择")), *old, *((org.id, org.name) for org in orgs)])

    @property
    def whose_fields(self) -> tuple[forms.BoundField, ...]:
        return (self["owner"], self["due"], self["kind"], self["cause"])

    @property
    def amount_fields(self) -> tuple[forms.BoundField, ...]:
        return (self["amount_name"], self["amount"], self["amount_unit"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("amount") is not None and not typed.get("amount_unit") and "amount_unit" not in self.errors:
            self.add_error("amount_unit", self.fields["amount_unit"].error_messages["required"])
        return typed

    def measure(self, key: str, number: int, before: Measure | None = None) -> Measure:
        """The measure as typed. What the form does not ask for (places, outlines, outcomes) is as in the version `before`."""
        typed = self.cleaned_data
        amount = None
        if typed["amount"] is not None:
            amount = Quantity(name=typed["amount_name"] or typed["text"][:20], value=typed["amount"], unit=typed["amount_unit"])
        return replace(
            before or Measure(id="", number=number, text=""),
            id=id_from("measure", key, number),
            number=number,
            text=typed["text"],
            kind=typed["kind"] or None,
            owner=typed["owner"],
            due=typed["due"],
            quantity=amount,
            answers_cause=typed["cause"] - 1 if typed.get("cause") else None,
            was=before.id if before else None,
        )


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


GoalRows = forms.formset_factory(GoalForm, extra=1, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
MeasureRows = forms.formset_factory(MeasureForm, extra=1, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class PlanHeadForm(StepForm):
    """What stands above the rows."""

    date = DayField(label=_("方案日期"))
    change_note = forms.CharField(label=_("改动说明（为什么调整，会公开）"), required=False, max_length=500)
    causes = long_text(_("问题成因（一行一条）"), rows=3, required=False, most=4000)

    @property
    def cause_lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.cleaned_data["causes"].splitlines() if line.strip())


class PlanForms:
    """The whole plan form: its head, its goals, its measures. Behaves like one form."""

    def __init__(
        self,
        data: Any = None,
        *,
        head: dict[str, Any] | None = None,
        goals: Iterable[dict[str, Any]] = (),
        measures: Iterable[dict[str, Any]] = (),
        orgs: Sequence[Org] = (),
        gone: Sequence[Org] = (),
        places: Sequence[Place] = (),
    ) -> None:
        self.head = PlanHeadForm(data, initial=head)
        self.goals = GoalRows(data, prefix="goal", initial=list(goals), form_kwargs={"places": places})
        self.measures = MeasureRows(data, prefix="measure", initial=list(measures), form_kwargs={"orgs": orgs, "gone": gone})

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.goals.is_valid(), self.measures.is_valid()])

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """Every error of head, goals and measures, for the summary; () for a form that nobody has sent yet."""
        return tuple(error for form in (self.head, *self.goals.forms, *self.measures.forms) if form.is_bound for error in errors_of(form))

    def typed(self) -> dict[str, Any]:
        """What was typed, as the `head`, `goals` and `measures` of a new one."""
        return {
            "head": {name: self.head[name].value() for name in ("date", "change_note", "causes")},
            "goals": [_typed_row(form) for form in self.goals.forms if form.has_changed()],
            "measures": [_typed_row(form) for form in self.measures.forms if form.has_changed()],
        }

    def plan(self, task: str, before: Plan | None = None) -> Plan:
        """The plan as typed, going on from the version `before`; version, author and time of filing are the system's word."""
        key = self.head.cleaned_data["key"]
        goals = {goal.id: goal for goal in before.goals} if before else {}
        measures = {measure.id: measure for measure in before.measures} if before else {}
        return Plan(
            id=id_from("plan", key),
            task=task,
            version=0,
            author="",
            date=self.head.cleaned_data["date"].isoformat(),
            recorded_at="",
            change_note=self.head.cleaned_data["change_note"] or None,
            goals=tuple(form.goal(key, number, goals.get(form.cleaned_data["was"])) for number, form in enumerate(_filled(self.goals), 1)),
            measures=tuple(
                form.measure(key, number, measures.get(form.cleaned_data["was"])) for number, form in enumerate(_filled(self.measures), 1)
            ),
        )


def _filled(rows: forms.BaseFormSet[Any]) -> list[Any]:
    """The rows that hold something and are to stay, in order: an empty extra row is left out, one in the middle can be taken out."""
    return [form for form in rows.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]


def _typed_row(form: forms.BaseForm) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields if name != "DELETE"}


def goal_as_typed(goal: Goal) -> dict[str, Any]:
    """A goal of a plan as the row of a form."""
    target = goal.target
    if target is None:
        return {"was": goal.id, "text": goal.text, "way": NO_FIGURE, "reason": goal.no_target_reason or ""}
    row: dict[str, Any] = {
        "was": goal.id,
        "text": goal.text,
        "operator": target.operator,
        "value": target.value,
        "unit": target.unit,
        "window": target.window,
    }
    row |= {"min_months": target.min_months}
    if target.indicator in DERIVED:
        return row | {"way": FROM_LEDGER, "ledger": target.indicator}
    return row | {"way": FIGURE, "indicator": target.indicator, "place": target.place or ""}


def measure_as_typed(measure: Measure) -> dict[str, Any]:
    """A measure of a plan as the row of a form."""
    amount = measure.quantity
    return {
        "was": measure.id,
        "cause": measure.answers_cause + 1 if measure.answers_cause is not None else None,
        "text": measure.text,
        "kind": measure.kind or "",
        "owner": measure.owner or "",
        "due": measure.due or "",
        "amount_name": amount.name if amount else "",
        "amount": amount.value if amount else None,
        "amount_unit": amount.unit if amount else "",
    }
