"""Issuing a call for progress, and answering one: for each measure the status, and words only where something has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.calls import Asking
from xiaohao.dossier.oversight import CallLine
from xiaohao.dossier.plan import Measure
from xiaohao.publicity.progress import CALL_STATUS
from xiaohao.records.models import Task
from xiaohao.web.desk.forms.evidence import set_choices
from xiaohao.web.desk.forms.keyed import DayField, KeyedForm, StepForm, long_text
from xiaohao.web.desk.pages.calls import KINDS

#: The choice that keeps what the last answer said.
UNCHANGED = "unchanged"


class CallForm(KeyedForm):
    """What is asked, for which time, until when, about which tasks (all of them, unless some are taken out)."""

    kind = forms.ChoiceField(label=_("调度方式"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("名称"), max_length=100, widget=forms.TextInput(attrs={"lang": "zh-Hans"}))
    number = forms.CharField(label=_("文号（没有就不填）"), max_length=60, required=False)
    start = DayField(label=_("调度时段首日"))
    end = DayField(label=_("调度时段末日"))
    due = DayField(label=_("答复期限"))
    tasks = forms.MultipleChoiceField(
        label=_("调度哪些任务"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请至少选一项任务。")}
    )
    note = long_text(_("要求（可以不填）"), rows=2, required=False, most=2000)

    def __init__(self, *args: Any, tasks: Sequence[Task], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "kind", list(KINDS.items()))
        names = [
            (task.pk, f"第 {task.number} 项 {task.title or task.problem[:24]}（{task.owner.name}，{task.list.name}）") for task in tasks
        ]
        set_choices(self, "tasks", names)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("start") and typed.get("end") and typed["end"] < typed["start"]:
            self.add_error("end", _("末日不能早于首日。"))
        if typed.get("due") and typed["due"] < self.today:
            self.add_error("due", _("答复期限已过，请定在今天或以后。"))
        return typed

    def asking(self) -> Asking:
        typed = self.cleaned_data
        return Asking(
            kind=typed["kind"],
            title=typed["title"],
            start=typed["start"],
            end=typed["end"],
            due=typed["due"],
            tasks=tuple(typed["tasks"]),
            number=typed["number"],
            note=typed["note"],
        )


class CallAnswerForm(StepForm):
    """One status and one text for each measure. A measure answered before starts with “no change” and its text may stay empty."""

    def __init__(self, *args: Any, measures: Sequence[Measure], before: Mapping[str, CallLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures, self.before = tuple(measures), before
        for measure in self.measures:
            known = [(UNCHANGED, _("没有变化"))] if measure.id in before else []
            self.add_field(
                f"status_{measure.id}",
                forms.ChoiceField(
                    label=_("第 %(number)s 项措施的进展情况") % {"number": measure.number},
                    choices=[*known, *CALL_STATUS.items()],
                    initial=UNCHANGED if known else None,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("请选第 %(number)s 项措施的进展情况。") % {"number": measure.number}},
                ),
            )
            self.add_field(
                f"text_{measure.id}",
                long_text(_("第 %(number)s 项措施的具体情况") % {"number": measure.number}, rows=2, required=False, most=5000),
            )

    @property
    def rows(self) -> tuple[tuple[Measure, CallLine | None, forms.BoundField, forms.BoundField], ...]:
        return tuple((m, self.before.get(m.id), self[f"status_{m.id}"], self[f"text_{m.id}"]) for m in self.measures)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for measure in self.measures:
            status, text = typed.get(f"status_{measure.id}"), (typed.get(f"text_{measure.id}") or "").strip()
            if status and status != UNCHANGED and not text:
                self.add_error(f"text_{measure.id}", _("请写明第 %(number)s 项措施这段时间做了什么。") % {"number": measure.number})
            if status == UNCHANGED and text:
                self.add_error(f"status_{measure.id}", _("写了新的情况，请改选进展情况。"))
        return typed

    def lines(self) -> tuple[CallLine, ...]:
        found = []
        for measure in self.measures:
            status, text = self.cleaned_data[f"status_{measure.id}"], self.cleaned_data[f"text_{measure.id}"].strip()
            same = status == UNCHANGED
            found.append(
                CallLine(measure=measure.id, status="" if same else status, text=None if same else text, unchanged=True if same else None)
            )
        return tuple(found)
