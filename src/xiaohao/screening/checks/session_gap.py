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
from difflib import SequenceMatcher

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.parties import Org
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.where import Where
from xiaohao.evidence.claims import Claim, claims_in
from xiaohao.evidence.coverage import claiming_statement
from xiaohao.evidence.rows import Span, period_of, rows_behind, tasks_sharing
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
#: … and where the text says that none was ever left out, more than this share.
MISSING_SHARE_OF_NONE, _NONE_LEFT_OUT = (
    0.1,
    re.compile(r"(?:从未|从不|未曾|没有|不曾)[^，。；]{0,2}(?:间断|中断|缺)|雷打不动|一次不(?:落|少|漏)|坚持不[断懈]|无一(?:缺|次缺)"),
)
#: Patterns over rows (days off, one day of entry, words alike) are only seen in at least this many rows.
FEWEST_ROWS = 5
#: … and speak when more than this share of the rows shows them; for days off a tenth, since a Sunday session is rare by itself.
MOST = 0.5
DAYS_OFF_SHARE = 0.1
#: … and so few holidays say nothing of a rhythm that goes through them; one less does, when it goes through all of them.
FEWEST_HOLIDAYS = 3
SATURDAY = 5
#: Rows entered within this many days of the unit joining the system are its old book carried in.
JOINING_DAYS = 30
#: Shorter minutes are a form's own words (周例会学习).
SHORTEST_MINUTES = 10
#: Minutes of at least so many characters that agree to this degree are one text with a word changed; the commonest wordings are compared.
LONG_MINUTES, NEARLY_ALIKE, MOST_WORDINGS = 24, 0.93, 40

_SESSIONS = ("study", "meeting", "training")
#: Papers that hand words down.
_HANDED_DOWN = frozenset({"feedback", "plan", "order", "rule", "approval"})
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」")
_CLAUSE_END = re.compile(r"[，,。；;：:！!？?\n]")
_NUMBERED = re.compile(r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|[一二三四五六七八九十]+[、是])")
#: A word for sessions of every kind.
_EITHER = re.compile(r"例会")
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
    sessions = _sessions(_rows(case, claim, schedule, types, period))
    if not sessions.rows and not case.records_of(case.task.id):
        yield Skipped(ID, case.task.id, say("案卷中没有学习和会议登记"))
        return
    bounds = _bounds(case, statement, claim, sessions)
    if bounds is None:
        yield Skipped(ID, case.task.id, say("“{claim}”没有说从何时起，不能推算应有次数", claim=quoted(claim.text)))
        return
    expected = expected_sessions(schedule, *bounds, calendar, _suspensions(case))
    parts, figures = _differences(case, schedule, sessions, expected, calendar, bounds, _may_miss(statement, claim))
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


def _rows(case: Dossier, claim: Claim, schedule: Schedule, types: tuple[str, ...], period: Span) -> tuple[Record, ...]:
    """Rows of the claimed kind of session, and those booked under the same rhythm: 例会 may stand in the register of meetings or of studies."""
    found = rows_behind(case, tasks_sharing(case, case.task), _SESSIONS, period)
    if _EITHER.search(claim.text):
        return found
    return tuple(row for row in found if row.type in types or (row.schedule and Schedule.parse(row.schedule) == schedule))


def _may_miss(statement: Statement, claim: Claim) -> float:
    """The share of sessions that may be missing by the words of the claim's sentence."""
    rest = re.split(r"[。\n]", statement.text[claim.start :], maxsplit=1)[0]
    return MISSING_SHARE_OF_NONE if _NONE_LEFT_OUT.search(rest) else MISSING_SHARE


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


def _kept_until_done(
    case: Dossier, schedule: Schedule, sessions: _Rows, bounds: tuple[date, date], calendar: WorkCalendar, may_miss: float
) -> bool:
    """Whether the rhythm was kept until the works were called done: it is not asked to go on until the account is written, months later,
    when the goal has been kept."""
    done = parse_when(case.task.done_at)
    if done is None or not bounds[0] < done.last < bounds[1]:
        return False
    expected = expected_sessions(schedule, bounds[0], done.last, calendar, _suspensions(case))
    return expected - sum(1 for day in set(sessions.days) if day <= done.last) <= may_miss * expected


def _suspensions(case: Dossier) -> tuple[tuple[date, date], ...]:
    """Spans for which a row of the task says that sessions were suspended."""
    pauses = []
    for row in case.records_of(case.task.id):
        start, end = parse_when(row.start), parse_when(row.end)
        if start and end and (row.type == "shutdown" or _PAUSED.search(" ".join(filter(None, (row.title, row.text, row.reason))))):
            pauses.append((start.first, end.last))
    return tuple(pauses)


def _differences(
    case: Dossier, schedule: Schedule, sessions: _Rows, expected: int, calendar: WorkCalendar, bounds: tuple[date, date], may_miss: float
) -> tuple[list[str], dict[str, object]]:
    found = len(set(sessions.days))
    figures: dict[str, object] = {"expected": expected, "found": found}
    parts: list[str] = []
    if expected - found > may_miss * expected and not _kept_until_done(case, schedule, sessions, bounds, calendar, may_miss):
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
    held = len(fallen & set(off))
    return (len(fallen) >= FEWEST_HOLIDAYS and held > MOST * len(fallen)) or (len(fallen) >= FEWEST_HOLIDAYS - 1 and held == len(fallen))


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
    """The most rows whose minutes are the same words, dates and figures aside, but for a word or two (有关 for 相关)."""
    words = Counter(re.sub(r"[\d年月日\s]", "", row.text) for row in rows if row.text and len(row.text) >= SHORTEST_MINUTES)
    common = [one for one, _ in words.most_common(MOST_WORDINGS)]
    near = [sum(words[other] for other in common if other == one or _nearly(one, other)) for one in common]
    return max(near, default=0)


def _nearly(one: str, other: str) -> bool:
    if min(len(one), len(other)) < LONG_MINUTES:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEARLY_ALIKE
