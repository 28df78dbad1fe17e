"""Plans of supervision, draws, site visits with what was seen, guidance visits, and the rhythm of calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaohao.acts.rhythm import LAST_DAY
from xiaohao.acts.visit_results import VERDICTS
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.supervision import Seen
from xiaohao.records.models import Person, Task
from xiaohao.web.desk.forms.choices import set_choices
from xiaohao.web.desk.forms.files import FilesField
from xiaohao.web.desk.forms.keyed import DayField, DeskForm, KeyedForm, long_text

KINDS = [("regular", _("定期全覆盖")), ("targeted", _("不定期重点"))]
#: A phone may have been without a line for this many seconds: a fortnight in the field.
_LONGEST_AGO = 14 * 24 * 3600


def _people(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [(one.pk, f"{one.name}（{one.post}）" if one.post else one.name) for one in people]


def _tasks(tasks: Iterable[Task]) -> list[tuple[str, str]]:
    return [(task.pk, f"第 {task.number} 项 {task.title or task.problem[:24]}（{task.owner.name}，{task.list.name}）") for task in tasks]


class PlanForm(KeyedForm):
    """What is inspected in which time, and who goes."""

    kind = forms.ChoiceField(label=_("督查方式"), choices=KINDS, widget=forms.RadioSelect)
    title = forms.CharField(label=_("名称"), max_length=100, widget=forms.TextInput(attrs={"lang": "zh-Hans"}))
    number = forms.CharField(label=_("文号（没有就不填）"), max_length=60, required=False)
    start = DayField(label=_("督查时段首日"))
    end = DayField(label=_("督查时段末日"))
    team = forms.MultipleChoiceField(label=_("谁去"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请至少选一人。")})
    tasks = forms.MultipleChoiceField(
        label=_("督查哪些任务"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请至少选一项任务。")}
    )
    note = long_text(_("要求（可以不填）"), rows=2, required=False, most=2000)

    def __init__(self, *args: Any, tasks: Sequence[Task], people: Iterable[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "team", _people(people))
        set_choices(self, "tasks", _tasks(tasks))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        start, end = typed.get("start"), typed.get("end")
        if start and end and end < start:
            self.add_error("end", _("末日不能早于首日。"))
        elif end and end < self.today:
            self.add_error("end", _("督查时段已经过去，请定在今天或以后。"))
        return typed


class DrawForm(KeyedForm):
    """How many tasks are drawn."""

    count = forms.IntegerField(
        label=_("抽几项"), min_value=1, max_value=500, widget=forms.NumberInput(attrs={"class": "in", "inputmode": "numeric"})
    )


class VisitForm(KeyedForm):
    """One visit to be made: when, who, where, what to look at, and whether the unit learns of it before."""

    kind = forms.ChoiceField(label=_("督查方式"), choices=KINDS, widget=forms.RadioSelect)
    date = DayField(label=_("哪天去"))
    team = forms.MultipleChoiceField(label=_("谁去"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请至少选一人。")})
    unannounced = forms.BooleanField(label=_("四不两直：到达前不告诉责任单位，也不在日志里写明是哪项任务"), required=False)
    place = forms.CharField(
        label=_("到哪里（地点、路线）"), max_length=200, required=False, widget=forms.TextInput(attrs={"lang": "zh-Hans"})
    )
    look_at = forms.MultipleChoiceField(label=_("对照哪几项措施"), required=False, widget=forms.CheckboxSelectMultiple)
    look_for = long_text(_("重点看什么（可以不填）"), rows=3, required=False, most=2000)

    def __init__(self, *args: Any, people: Iterable[Person], measures: Iterable[Measure], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "team", _people(people))
        set_choices(self, "look_at", [(one.id, f"{one.number} {one.text}") for one in measures])

    def clean_date(self) -> date:
        day: date = self.cleaned_data["date"]
        if day < self.today:
            raise forms.ValidationError(_("这天已经过去，请定在今天或以后。"))
        return day


class ReportForm(KeyedForm):
    """What was seen, measure by measure, and the conclusion. `held` names photographs that were sent in pieces before, `pieces` how many of them there
    are; `arrived_ago` is how many seconds ago the phone noted the arrival, for a phone without a line."""

    uploads = FilesField(label=_("从相册选照片（可以多选）"), required=False)
    held = forms.CharField(widget=forms.HiddenInput, required=False)
    pieces = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    arrived_ago = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=_LONGEST_AGO)
    passed = forms.ChoiceField(
        label=_("结论"),
        choices=[("yes", _("与所报一致")), ("no", _("与所报不符"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选结论。")},
    )
    text = long_text(_("现场情况"), rows=3, most=5000)
    problems = long_text(_("发现的问题（没有就不填）"), rows=3, required=False, most=5000)

    def __init__(self, *args: Any, measures: Sequence[Measure], asked: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures, self.asked = tuple(measures), frozenset(asked)
        for one in self.measures:
            verdict = forms.ChoiceField(
                label=_("第 %(number)s 项措施看到的") % {"number": one.number},
                choices=list(VERDICTS.items()),
                required=one.id in self.asked,
                widget=forms.RadioSelect,
                error_messages={"required": _("请选第 %(number)s 项措施看到的情况。") % {"number": one.number}},
            )
            self.add_field(f"verdict_{one.id}", verdict)
            label = _("第 %(number)s 项措施的说明") % {"number": one.number}
            self.add_field(f"text_{one.id}", long_text(label, rows=2, required=False, most=2000))

    @property
    def rows(self) -> tuple[tuple[Measure, forms.BoundField, forms.BoundField], ...]:
        return tuple((one, self[f"verdict_{one.id}"], self[f"text_{one.id}"]) for one in self.measures)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for one in self.measures:
            if typed.get(f"verdict_{one.id}") == "differs" and not typed.get(f"text_{one.id}"):
                self.add_error(f"text_{one.id}", _("请写明第 %(number)s 项措施哪里与所报不符。") % {"number": one.number})
        if typed.get("passed") == "no" and not typed.get("problems"):
            self.add_error("problems", _("结论是与所报不符，请写明发现的问题。"))
        if typed.get("passed") == "yes" and any(typed.get(f"verdict_{one.id}") == "differs" for one in self.measures):
            self.add_error("passed", _("有措施与所报不符，结论不能是一致。"))
        return typed

    def seen(self) -> tuple[Seen, ...]:
        typed = self.cleaned_data
        return tuple(
            Seen(measure=one.id, verdict=typed[f"verdict_{one.id}"], text=typed[f"text_{one.id}"] or None)
            for one in self.measures
            if typed[f"verdict_{one.id}"]
        )


class VisitWordsForm(KeyedForm):
    """The unit's answer."""

    words = long_text(_("答复"), rows=4)


class GuidanceForm(KeyedForm):
    """A guidance visit that has taken place."""

    date = DayField(label=_("哪天去的"))
    team = forms.MultipleChoiceField(
        label=_("谁去的"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请至少选一人。")}
    )
    place = forms.CharField(label=_("到了哪里"), max_length=200, required=False, widget=forms.TextInput(attrs={"lang": "zh-Hans"}))
    advice = long_text(_("看到的情况和指导意见"), rows=5, most=5000)

    def __init__(self, *args: Any, people: Iterable[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "team", _people(people))

    def clean_date(self) -> date:
        day: date = self.cleaned_data["date"]
        if day > self.today:
            raise forms.ValidationError(_("这天还没有到，去过以后再登记。"))
        return day


class RhythmForm(KeyedForm):
    """On which day of the month (of the quarter's first month) the call goes out, and how long the units have."""

    kind = forms.ChoiceField(label=_("节奏"), choices=[("monthly", _("每月")), ("quarterly", _("每季"))], widget=forms.RadioSelect)
    day = forms.IntegerField(label=_("几日发出（每季的，在首月）"), min_value=1, max_value=LAST_DAY)
    answer_within = forms.IntegerField(label=_("几个工作日内答复"), min_value=1, max_value=60)


class StopForm(KeyedForm):
    """Which rhythm ends."""

    stop = forms.ChoiceField(choices=[("monthly", _("每月")), ("quarterly", _("每季"))], widget=forms.HiddenInput)


class TaskForm(DeskForm):
    """Which task is visited."""

    task = forms.ChoiceField(label=_("核查哪项任务"))

    def __init__(self, *args: Any, tasks: Sequence[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(task.address, name) for task, (_pk, name) in zip(tasks, _tasks(tasks), strict=True)]
        set_choices(self, "task", names)
