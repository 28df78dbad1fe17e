"""例会缺次: a claimed rhythm (every Monday and Thursday since 2018) against the rows: sessions missing, held on days off, entered all on one
day, or with minutes alike.

Innocent explanations looked for first: days off and adjusted working days; a suspension on record; rows entered when the unit joined the
system, with dated files; words of a superior's paper, quoted or repeated. Source: completion one of the Taiyangshan notice (2018年以来，在每周一和周四…学习例会).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.parties import Org
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.where import Where
from xiaohao.evidence.claims import Claim, claims_in
from xiaohao.evidence.coverage import claiming_statement
from xiaohao.evidence.rows import period_of, rows_behind, tasks_sharing
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_instant, parse_when
from xiaohao.kernel.workdays import CalendarUnknown, WorkCalendar
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.rhythm import Schedule, expected_sessions
from xiaohao.screening.words import quoted

ID = "SESSION-GAP"
STAGE = "application"
NEEDS = ("records(type=study,meeting).schedule/date/recorded_at/text", "statements.text", "calendar")

#: Sessions may be merged, moved or fall into local leave; more than this share missing is a gap.
MISSING_SHARE = 0.2
#: Patterns over rows (days off, one day of entry, words alike) are only seen in at least this many rows.
FEWEST_ROWS = 5
#: … and speak when more than this share of the rows shows them; for days off a tenth, since a Sunday session is rare by itself.
MOST = 0.5
DAYS_OFF_SHARE = 0.1
#: … and so few holidays say nothing of a rhythm that goes through them.
FEWEST_HOLIDAYS = 3
SATURDAY = 5
#: Rows entered within this many days of the unit joining the system are its old book carried in.
JOINING_DAYS = 30
#: Shorter minutes are a form's own words (周例会学习).
SHORTEST_MINUTES = 10

_SESSIONS = ("study", "meeting", "training")
#: Papers that hand words down.
_HANDED_DOWN = frozenset({"feedback", "plan", "order", "rule", "approval"})
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」")
_CLAUSE_END = re.compile(r"[，,。；;：:！!？?\n]")
_NUMBERED = re.compile(r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|[一二三四五六七八九十]+[、是])")
_PAUSED = re.compile(r"暂停|停办|停开|延期|中止")


@dataclass(frozen=True, slots=True)
class _Rows:
    """The sessions on record, with the days they are dated."""

    rows: tuple[Record, ...]
    days: tuple[date, ...]


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per claimed rhythm that the rows do not bear out."""
    task = case.task.id
    statement = claiming_statement(case, task)
    claims = (
        tuple(claim for claim in claims_in(statement.text) if claim.schedule and not _is_handed_down(case, statement, claim))
        if statement
        else ()
    )
    if statement is None or not claims:
        return
    if case.is_text:
        yield Skipped(ID, task, say("文字材料没有学习和会议登记，“{claim}”列为待核陈述", claim=quoted(claims[0].text)))
        return
    for claim in claims:
        try:
            yield from _judge(case, statement, claim, calendar_of(case))
        except CalendarUnknown as unknown:
            yield Skipped(ID, task, say("{year} 年节假日安排待公布，不能推算应有次数", year=unknown.year))


def _judge(case: Dossier, statement: Statement, claim: Claim, calendar: WorkCalendar) -> Iterator[Finding | Skipped]:
    schedule = Schedule.parse(claim.schedule or "")
    types = tuple(kind for kind in claim.record_types if kind in _SESSIONS) or ()
    if schedule is None or not types:
        return
    period = period_of(statement, claim)
    sessions = _sessions(rows_behind(case, tasks_sharing(case, case.task), types, period))
    if not sessions.rows and not case.records_of(case.task.id):
        yield Skipped(ID, case.task.id, say("案卷中没有学习和会议登记"))
        return
    bounds = _bounds(case, statement, claim, sessions)
    if bounds is None:
        yield Skipped(ID, case.task.id, say("“{claim}”没有说从何时起，不能推算应有次数", claim=quoted(claim.text)))
        return
    expected = expected_sessions(schedule, *bounds, calendar, _suspensions(case))
    parts, figures = _differences(case, schedule, sessions, expected, calendar, bounds)
    if parts:
        yield Finding(
            ID,
            Severity.WARN,
            case.task.id,
            (Where(statement.id, claim.start, claim.end),),
            say(
                "自报“{claim}”，{first} 至 {last} 应有 {expected} 次，登记 {found} 次{parts}。请补登记或说明停办的时段。",
                claim=quoted(claim.text),
                first=bounds[0],
                last=bounds[1],
                expected=expected,
                found=len(set(sessions.days)),
                parts="".join(parts),
            ),
            say("自报的例会须逐次登记，停办须有记录"),
            figures,
        )


def _is_handed_down(case: Dossier, statement: Statement, claim: Claim) -> bool:
    """Whether the words are quoted, or stand so in a paper that hands words down: what was asked for, not what was done."""
    if any(quoted.start() <= claim.start and claim.end <= quoted.end() for quoted in _QUOTED.finditer(statement.text)):
        return True
    if any(span.quotes and span.start <= claim.start and claim.end <= span.end for span in statement.spans):
        return True
    clause = _clause_around(statement.text, claim.start, claim.end)
    return any(clause in (paper.text or "") for paper in case.documents if paper.kind in _HANDED_DOWN and paper.id != statement.document)


def _clause_around(text: str, start: int, end: int) -> str:
    """The claim with the words around it up to the nearest marks, without （一） or 1. at the head."""
    return _NUMBERED.sub("", _CLAUSE_END.split(text[:start])[-1]) + text[start:end] + _CLAUSE_END.split(text[end:])[0]


def _sessions(rows: tuple[Record, ...]) -> _Rows:
    return _Rows(rows, tuple(when.first for row in rows if (when := parse_when(row.date) or parse_when(row.start))))


def _bounds(case: Dossier, statement: Statement, claim: Claim, sessions: _Rows) -> tuple[date, date] | None:
    """From the first session inside the claimed beginning (2018年以来 may mean any day of 2018), else its end, to the statement."""
    last = parse_when(statement.date)
    since = period_of(statement, claim).first
    plan = case.plan_in_force(case.task.id)
    begun = since or (parse_when(plan.date) if plan else None)
    if last is None or begun is None:
        return None
    early = [day for day in sessions.days if begun.first <= day <= begun.last]
    return (min(early, default=begun.last), last.first)


def _kept_until_done(case: Dossier, schedule: Schedule, sessions: _Rows, bounds: tuple[date, date], calendar: WorkCalendar) -> bool:
    """Whether the rhythm was kept until the works were called done: it is not asked to go on until the account is written, months later,
    when the goal has been kept."""
    done = parse_when(case.task.done_at)
    if done is None or not bounds[0] < done.last < bounds[1]:
        return False
    expected = expected_sessions(schedule, bounds[0], done.last, calendar, _suspensions(case))
    return expected - sum(1 for day in set(sessions.days) if day <= done.last) <= MISSING_SHARE * expected


def _suspensions(case: Dossier) -> tuple[tuple[date, date], ...]:
    """Spans for which a row of the task says that sessions were suspended."""
    pauses = []
    for row in case.records_of(case.task.id):
        start, end = parse_when(row.start), parse_when(row.end)
        if start and end and (row.type == "shutdown" or _PAUSED.search(" ".join(filter(None, (row.title, row.text, row.reason))))):
            pauses.append((start.first, end.last))
    return tuple(pauses)


def _differences(
    case: Dossier, schedule: Schedule, sessions: _Rows, expected: int, calendar: WorkCalendar, bounds: tuple[date, date]
) -> tuple[list[str], dict[str, object]]:
    found = len(set(sessions.days))
    figures: dict[str, object] = {"expected": expected, "found": found}
    parts: list[str] = []
    if expected - found > MISSING_SHARE * expected and not _kept_until_done(case, schedule, sessions, bounds, calendar):
        parts.append("")
    enough = len(sessions.rows) >= FEWEST_ROWS
    off = [day for day in sessions.days if not calendar.is_workday(day)] if schedule.every in ("weekly", "daily") else []
    if enough and (len(off) > DAYS_OFF_SHARE * len(sessions.rows) or _knows_no_days_off(schedule, off, bounds, calendar)):
        figures["on_days_off"] = len(off)
        parts.append(say("，其中 {count} 次在休息日", count=len(off)))
    together = _entered_together(case, sessions.rows)
    if enough and together > MOST * len(sessions.rows):
        figures["entered_same_day"] = together
        parts.append(say("，其中 {count} 次于同一日录入", count=together))
    alike = _alike(sessions.rows)
    if enough and alike > MOST * len(sessions.rows):
        figures["alike"] = alike
        parts.append(say("，其中 {count} 次记录文字相同", count=alike))
    return parts, figures


def _knows_no_days_off(schedule: Schedule, off: list[date], bounds: tuple[date, date], calendar: WorkCalendar) -> bool:
    """Whether the rows follow the weekdays of the rhythm straight through the holidays: most of the days off on which one would have fallen
    have one. An office's real sessions do not; rows made by filling down a column do."""
    days = (bounds[0] + timedelta(days=n) for n in range((bounds[1] - bounds[0]).days + 1))
    fallen = {day for day in days if day.weekday() in schedule.weekdays and day.weekday() < SATURDAY and not calendar.is_workday(day)}
    return len(fallen) >= FEWEST_HOLIDAYS and len(fallen & set(off)) > MOST * len(fallen)


def _entered_together(case: Dossier, rows: tuple[Record, ...]) -> int:
    """The most rows that entered the system on one day, those of the days on which the unit joined it left out when they bring files."""
    days = Counter(parse_instant(row.recorded_at).date() for row in rows if not _carried_in(case, row))
    return max(days.values(), default=0)


def _carried_in(case: Dossier, row: Record) -> bool:
    org = case.find(Org, row.org)
    if org is None or org.joined_at is None or not row.files:
        return False
    return abs(parse_instant(row.recorded_at).date() - parse_instant(org.joined_at).date()) <= timedelta(days=JOINING_DAYS)


def _alike(rows: tuple[Record, ...]) -> int:
    """The most rows whose minutes are the same words, dates and figures aside."""
    words = Counter(re.sub(r"[\d年月日\s]", "", row.text) for row in rows if row.text and len(row.text) >= SHORTEST_MINUTES)
    return max(words.values(), default=0)
