"""The work list: for each task what comes next, where it stands, what is missing, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.cache import cache
from django.urls import reverse

from xiaohao.dossier import Dossier
from xiaohao.evidence.coverage import coverage
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import WorkCalendar
from xiaohao.procedure.hands import fits
from xiaohao.procedure.steps import Step
from xiaohao.records import worklist
from xiaohao.records.calendar import office_calendar
from xiaohao.records.models import Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import ledger_of
from xiaohao.records.worklist import Waiting, next_step, waiting_on
from xiaohao.web.desk.pages.deadline import Deadline, Soon, deadline, deadline_on
from xiaohao.web.desk.pages.objections import answers_due
from xiaohao.web.desk.pages.turn import page_of_step, todo_words, verb_of
from xiaohao.web.parts.link import Link

#: State of a measure's coverage -> class of its small bar (UX.md, matrix glyphs).
_BARS = {"yes": "y", "partly": "h", "no": "n", "withdrawn": "", "elsewhere": ""}
#: Seconds that the coverage of one version of a task is remembered; a new act makes a new version, so this only bounds memory.
_REMEMBERED = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Row:
    """One task. `bars` has a class for each measure of the plan; `gaps` counts those with nothing."""

    task: Task
    href: str
    todo: Said
    state: str
    bars: tuple[str, ...]
    gaps: int
    unanswered: int
    undecided: int
    due: Deadline
    verb: Link

    @property
    def answered(self) -> int:
        return self.bars.count("y")


@dataclass(frozen=True, slots=True)
class Group:
    """今天必须办, 本周, 以后."""

    words: Said
    rows: tuple[Row, ...]


_GROUPS = ((Soon.TODAY, say("今天必须办")), (Soon.WEEK, say("本周")), (Soon.LATER, say("以后")))


def groups_of(tasks: tuple[Task, ...], actor: Actor, at: datetime) -> tuple[Group, ...]:
    """The tasks as rows in their groups, empty groups left out."""
    today, waiting, bars = at.astimezone(CST).date(), waiting_on(tasks), measures_of(tasks, at)
    answer_by = answers_due(worklist.open_objections(actor).filter(task__in=[task.pk for task in tasks]))
    calendar = office_calendar()
    due = {task.pk: _soonest(task, today, answer_by.get(task.pk), calendar) for task in tasks}
    asked = worklist.asked_of(actor)
    rows = [_row(task, actor, waiting[task.pk], bars[task.pk], due[task.pk], asked.get(task.pk, 0)) for task in tasks]
    rows.sort(key=lambda row: (row.due.day or date.max, row.task.address))
    return tuple(Group(words, found) for soon, words in _GROUPS if (found := tuple(row for row in rows if row.due.soon is soon)))


def _soonest(task: Task, today: date, answer_by: date | None, calendar: WorkCalendar) -> Deadline:
    """What is due first: the task itself, or an objection to it that this person handles."""
    own = deadline(None if task.status in ("closed", "confirmed") else task.due, today, calendar)
    return deadline_on(answer_by, today, calendar) if answer_by and (own.day is None or answer_by < own.day) else own


def _row(task: Task, actor: Actor, waiting: Waiting, bars: tuple[str, ...], due: Deadline, asked: int) -> Row:
    step = next_step(task.status, rulebook_of(task))
    todo, verb = _turn(task, actor, step, waiting)
    if asked:
        todo = say("答复 {count} 项质询", count=asked)
        verb = Link(say("答复质询"), reverse("desk_questions", args=[task.address]))
    return Row(
        task=task,
        href=reverse("desk_task", args=[task.address]),
        todo=todo,
        state=_state(task, waiting),
        bars=bars,
        gaps=bars.count("n"),
        unanswered=waiting.unanswered,
        undecided=waiting.undecided,
        due=due,
        verb=verb,
    )


def _state(task: Task, waiting: Waiting) -> str:
    if task.more.get("carried_in"):
        return "carried_in"
    if waiting.objections and task.status == "published":
        return "suspended"
    return "refused" if waiting.refused_at is not None else task.status


def _turn(task: Task, actor: Actor, step: Step | None, waiting: Waiting) -> tuple[Said, Link]:
    """What is to be done and the row's own verb; a look at the file where nothing is this person's to do."""
    file = reverse("desk_task", args=[task.address])
    if waiting.objections and Role.DESK in actor.roles and task.desk_id == actor.org:
        return say("办理 {count} 件异议", count=waiting.objections), Link(say("办理异议"), reverse("desk_objections"))
    if waiting.refused_at is not None and step and _is_theirs(task, actor, step):
        return say("补齐缺项后再次办理"), Link(say("看缺什么"), reverse("desk_refused", args=[task.address, waiting.refused_at]))
    if waiting.unanswered and task.owner_id == actor.org:
        raised = say("答复 {count} 条疑点（{day} 办理时提出）", count=waiting.unanswered, day=waiting.raised_on)
        return raised, Link(say("写说明"), f"{file}#findings")
    if waiting.undecided and task.owner_id != actor.org and actor.roles & {Role.CLERK, Role.ACCEPTOR, Role.REVIEWER}:
        return say("判断 {count} 条疑点", count=waiting.undecided), Link(say("看答复"), f"{file}#findings")
    if step and _is_theirs(task, actor, step):
        return todo_words(step), Link(verb_of(step, rulebook_of(task)), page_of_step(step.name, task.address))
    return todo_words(step), Link(say("看任务"), file)


def _is_theirs(task: Task, actor: Actor, step: Step) -> bool:
    rules = rulebook_of(task)
    bare = _bare(task)
    return any(fits(hand, bare, actor, rules) for hand in step.by)


def _bare(task: Task) -> Dossier:
    """The task alone as a dossier: enough to say whose hands a step asks for."""
    return Dossier(id=task.pk, kind="dossier", made_at="", tasks=(task.thing(),))


# The small bars -----------------------------------------------------------------------------------------------------------------


def measures_of(tasks: Iterable[Task], at: datetime) -> Mapping[str, tuple[str, ...]]:
    """By task id, a class for each measure: read once for each version of a task."""
    found: dict[str, tuple[str, ...]] = {}
    unread: list[Task] = []
    for task in tasks:
        held = cache.get(_cache_key(task))
        if held is None:
            unread.append(task)
        else:
            found[task.pk] = held
    for task, bars in _read(unread, at):
        cache.set(_cache_key(task), bars, _REMEMBERED)
        found[task.pk] = bars
    return found


def _read(tasks: list[Task], at: datetime) -> Iterable[tuple[Task, tuple[str, ...]]]:
    if not tasks:
        return
    ledger = ledger_of(tasks, title="", at=at)
    for task in tasks:
        yield task, tuple(_BARS[answer.answered] for answer in coverage(replace(ledger, about=task.pk), task.pk))


def _cache_key(task: Task) -> str:
    return f"bars:{task.pk}:{task.version}"
