"""D2: everything about a case on one page: whose turn, by when, whose hands, what was promised, what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Place
from xiaohao.dossier.plan import Goal
from xiaohao.dossier.record import Record
from xiaohao.evidence.coverage import JUDGING
from xiaohao.kernel.roles import TaskRole
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST, When, parse_when
from xiaohao.outcomes.sources import sources_for
from xiaohao.outcomes.target import judge
from xiaohao.procedure.decide import hands_words, steps_open_to
from xiaohao.procedure.hands import UNIT_WORDS, units_of
from xiaohao.procedure.rules import Rulebook
from xiaohao.publicity.window import remaining_words, window_of
from xiaohao.records.models import Refusal
from xiaohao.records.timeline import Line
from xiaohao.records.worklist import next_step
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.deadline import Deadline, deadline
from xiaohao.web.desk.pages.turn import page_of_step, todo_words, verb_of
from xiaohao.web.desk.pages.words import SERIES_WORDS, person_and_unit, record_words
from xiaohao.web.parts.acts import act_words
from xiaohao.web.parts.journal import EntryLine, LineKind
from xiaohao.web.parts.link import Link, Pair
from xiaohao.web.portal.log import Log


@dataclass(frozen=True, slots=True)
class Rail:
    """The column at the side. `whose` says who takes the next step, `primary` is this person's own one button, `others` what else they may do."""

    todo: Said
    whose: str
    lacking: int
    primary: Link | None
    others: tuple[Link, ...]
    due: Deadline
    due_note: str
    hands: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with what the readings say of it: `state` reached, not_reached, unmeasured or no_figure; `sources` are the series that were read."""

    text: str
    state: str
    words: str
    sources: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordLine:
    href: str
    words: str
    by: str
    recorded: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """`claimed` is the date it speaks of, `recorded` the day it was uploaded: kept apart for ever."""

    href: str
    words: str
    claimed: str
    recorded: str
    digest: str


#: Files that the system computes from registers when it reads a case; nobody uploaded them.
_COMPUTED = "file-derived-"


def rail_of(case: Case, refusal: Refusal | None) -> Rail:
    step = next_step(case.task.status, case.rules)
    mine = steps_open_to(case.dossier, case.actor, case.rules)
    primary = None
    if step and step in mine:
        primary = Link(verb_of(step, case.rules), page_of_step(step.name, case.no))
        if refusal is not None and refusal.step == step.name:
            primary = Link(say("看缺什么"), reverse("desk_refused", args=[case.no, refusal.pk]))
    return Rail(
        todo=todo_words(step),
        whose=hands_words(step, case.dossier, case.rules) if step else "",
        lacking=len(refusal.unmet) if refusal is not None else 0,
        primary=primary,
        others=tuple(
            Link(verb_of(one, case.rules), page_of_step(one.name, case.no)) for one in mine if one != step and one.name != "override"
        ),
        due=deadline(case.task.due, case.at.astimezone(CST).date()),
        due_note=_due_note(case),
        hands=_hands(case),
    )


def goals_of(case: Case) -> tuple[GoalLine, ...]:
    """Each goal beside its readings, up to the acceptance or today."""
    acceptance = case.dossier.last_record(case.task.pk, "acceptance")
    today = case.at.astimezone(CST).date()
    until = parse_when(acceptance.date if acceptance else None) or When(today, today)
    return tuple(_goal(case, goal, until) for goal in case.dossier.goals_of(case.task.pk))


def _goal(case: Case, goal: Goal, until: When) -> GoalLine:
    if goal.target is None:
        return GoalLine(goal.text, "no_figure", say("不设数值，理由：{reason}", reason=goal.no_target_reason or "未写明"))
    verdict = judge(case.dossier, goal, done_at=parse_when(case.dossier.task.done_at), until=until)
    state = "unmeasured" if verdict.met is None else "reached" if verdict.met else "not_reached"
    return GoalLine(goal.text, state, verdict.reason, tuple(_sources(case, goal, until)))


def _sources(case: Case, goal: Goal, until: When) -> Iterator[Said]:
    """Where the figures come from: the unit that measures, what, where, by which way, and the last reading."""
    if goal.target is None:
        return
    series = {one.id: one for one in case.dossier.series}
    for source in sources_for(case.dossier, case.task.pk, goal.target, until=until.last):
        one = series.get(source.id)
        place = case.dossier.find(Place, one.place if one else goal.target.place)
        read = [reading for reading in source.readings if reading.value is not None and reading.at.last <= until.last]
        last = max(read, key=lambda reading: reading.at.last, default=None)
        yield say(
            "数据来源：{by}，{place}{indicator}，{kind}，最近读数 {last}",
            by=case.dossier.org_name(one.source if one else None) or say("登记的检测结果"),
            place=place.name if place else "",
            indicator=goal.target.indicator,
            kind=SERIES_WORDS.get(one.kind if one else "lab", say("化验")),
            last=f"{last.at.last} {last.value:g} {source.unit}" if last else say("没有"),
        )


def entry_lines(lines: tuple[Line, ...], log: Log, rules: Rulebook) -> tuple[EntryLine, ...]:
    """The timeline with the proof of each entry, newest first; steps in this place's words, as in the stepper."""
    return tuple(_entry(line, log, rules) for line in lines)


def _entry(line: Line, log: Log, rules: Rulebook) -> EntryLine:
    refused = line.type == "refused"
    kind = LineKind.REFUSED if refused else LineKind.STEP if line.moved else LineKind.OTHER
    who = " ".join(part for part in (line.unit, line.person) if part)
    usual = act_words(line.act or line.type)
    words = usual if (own := rules.word(line.act or "", usual)) == usual else own
    return EntryLine(say("{act}被拒绝", act=words) if refused else words, line.at, kind, who=who, proof=log.badge(line.index))


def record_lines(case: Case) -> tuple[RecordLine, ...]:
    """Every register row of the case, newest first; what the steps themselves wrote comes last."""
    rows = sorted(case.dossier.records_of(case.task.pk), key=_newest, reverse=True)
    rows.sort(key=lambda row: row.type in JUDGING)
    return tuple(_record(case, row) for row in rows if row.type != "objection")


def _newest(row: Record) -> tuple[str, str]:
    return (row.date or row.start or "", row.id)


def _record(case: Case, row: Record) -> RecordLine:
    by = person_and_unit(case.dossier, row.recorded_by)
    return RecordLine(reverse("desk_record", args=[case.no, row.id]), record_words(case.dossier, row), by, row.recorded_at[:10])


def file_lines(case: Case) -> tuple[FileLine, ...]:
    """Every file of the case, newest first."""
    kept = (file for file in case.dossier.files_of(case.task.pk) if not file.id.startswith(_COMPUTED))
    files = sorted(kept, key=lambda file: (file.recorded_at, file.id), reverse=True)
    return tuple(_file(case, file) for file in files)


def _file(case: Case, file: File) -> FileLine:
    name = file.caption or file.path.rsplit("/", 1)[-1]
    claimed = file.claimed_at or (file.captured_at or "")[:10]
    address = reverse("desk_file", args=[case.no, file.id]) + ("?original=1" if file.media == "image/heic" else "")
    return FileLine(address, name, claimed, file.recorded_at[:10], file.sha256[:12])


def _hands(case: Case) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            UNIT_WORDS[role],
            "、".join(case.dossier.org_name(unit) for unit in units_of(case.dossier.task, role, case.rules)) or "尚未指定",
            official=True,
        )
        for role in TaskRole
        if role is not TaskRole.LEAD or case.dossier.task.lead
    )


def _due_note(case: Case) -> str:
    """What runs now beside the task's own due date: the window of its notice, or the watch."""
    task, today = case.dossier.task, case.at.astimezone(CST).date()
    posted = case.dossier.last_record(case.task.pk, "publicity")
    if task.status == "published" and posted and (window := window_of(posted)):
        left = remaining_words(window, today, calendar_of(case.dossier))
        return say("公示 {start} 至 {end}，{left}", start=window.start, end=window.end, left=left)
    plan = case.dossier.watch_plan_of(case.task.pk)
    if task.status == "closed" and plan:
        return say("{day} 销号，观察 {months} 个月", day=task.closed_at or "", months=plan.months)
    return task.due_words or ""
