"""公示期不足: the publicity period, counted by the working-day calendar, is shorter than the notice prints or the rulebook requires.

Also when the notice went up after the first day it prints, or the page was found gone, and too few days remain.
Innocent explanations looked for first: adjusted working weekends (the calendar knows them), a local rule in calendar days, a period
longer than required. Source: INSTITUTION.md, fact 6; the State Council's yearly notice on days off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when
from xiaohao.kernel.workdays import CalendarUnknown, WorkCalendar
from xiaohao.publicity.window import DayUnit, Window, days_down, days_words, end_of, posted_late, unit_of
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.notice_text import NoticeText
from xiaohao.screening.windows import publicity_windows, statement_of

ID = "PUB-DAYS"
STAGE = "publicity"
NEEDS = ("records(type=publicity)", "rules.publicity", "calendar")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per publicity that is too short; skipped without whole days, without a number to compare, or past the announced calendar."""
    windows = tuple(publicity_windows(case))
    if not windows:
        yield Skipped(ID, case.task.id, say("没有写明起止日期的公示"))
    for record, window in windows:
        if window.end < window.start:
            continue  # NOTICE-LINT says so
        try:
            yield from _judge(case, record, window, calendar_of(case))
        except CalendarUnknown as unknown:
            yield Skipped(ID, case.task.id, say("{year} 年节假日安排待公布，不能计算工作日", year=unknown.year))


def _judge(case: Dossier, record: Record, window: Window, calendar: WorkCalendar) -> Iterator[Finding | Skipped]:
    asked = tuple(_asked(case, window))
    if not asked:
        yield Skipped(ID, case.task.id, say("公示没有写明天数，案卷也没有带本地规则"))
        return
    start = _first_day_up(record, window)
    gone = _down(record, window)
    for days, unit in asked:
        held = _held(start, window.end, unit, gone, calendar)
        if held < days:
            yield _finding(case, record, window, days, unit, held, start, gone, calendar)
            return  # one cause, one finding


def _asked(case: Dossier, window: Window) -> Iterator[tuple[int, DayUnit]]:
    """What the window must hold: the number that the notice prints, then the one that the local rule requires."""
    if window.days:
        yield window.days, window.unit
    rule = case.rules.publicity if case.rules else None
    if rule:
        yield rule.days, unit_of(rule.unit)


def _first_day_up(record: Record, window: Window) -> date:
    """The day from which the public could read it: a claimed posting day later than the printed first day shortens the period."""
    posted = parse_when(record.posted_at)
    return posted.first if posted and posted_late(record, window) else window.start


def _down(record: Record, window: Window) -> frozenset[date]:
    """Days on which every look at the page failed."""
    seen = {when.first for shot in record.snapshots if shot.ok and (when := parse_when(shot.at))}
    return frozenset(days_down(record, window)) - seen


def _held(start: date, end: date, unit: DayUnit, gone: frozenset[date], calendar: WorkCalendar) -> int:
    """Days of the unit from `start` to `end`, those on which the page was gone left out."""
    days = Window(start, end, unit=unit).counted(calendar)
    lost = (day for day in gone if start <= day <= end)
    return days - sum(1 for day in lost if unit is DayUnit.DAY or calendar.is_workday(day))


def _finding(
    case: Dossier,
    record: Record,
    window: Window,
    days: int,
    unit: DayUnit,
    held: int,
    start: date,
    gone: frozenset[date],
    calendar: WorkCalendar,
) -> Finding:
    should_end = end_of(start, days, unit, calendar)
    figures: dict[str, object] = {
        "stated": window.days,
        "required": case.rules.publicity.days if case.rules and case.rules.publicity else None,
        "unit": str(unit),
        "workdays": window.workdays(calendar),
        "calendar_days": window.calendar_days,
        "held": held,
        "should_end": should_end.isoformat(),
    }
    if start > window.start:
        figures["posted_on"] = start.isoformat()
    if gone:
        figures["days_down"] = sorted(day.isoformat() for day in gone)
    return Finding(
        ID,
        Severity.BLOCK,
        case.task.id,
        _pointers(case, record),
        _message(window, days, unit, held, start, gone, should_end),
        _basis(case),
        figures,
    )


def _message(window: Window, days: int, unit: DayUnit, held: int, start: date, gone: frozenset[date], should_end: date) -> str:
    asked = say("写明 {days}", days=days_words(days, unit)) if days == window.days else say("规则要求 {days}", days=days_words(days, unit))
    why = ""
    if start > window.start:
        why = say("（{start} 才发布）", start=start)
    elif gone:
        why = say("（其中 {count} 天页面不可访问）", count=len(gone))
    return say(
        "公示{asked}，{first} 至 {last}{why}，按日历实为 {held}，应公示到 {should_end}。请延长公示或重新公示。",
        asked=asked,
        first=window.start,
        last=window.end,
        why=why,
        held=days_words(held, unit),
        should_end=should_end,
    )


def _basis(case: Dossier) -> str:
    rule = case.rules.publicity if case.rules else None
    if rule and rule.basis:
        return rule.basis
    if case.rules and case.rules.name and rule:
        return say("{name}：公示 {days}", name=case.rules.name, days=days_words(rule.days, unit_of(rule.unit)))
    return say("公示期首日和末日都计入，工作日以国务院办公厅放假安排为准")


def _pointers(case: Dossier, record: Record) -> tuple[Where, ...]:
    """The record and the printed period in the notice; of a text only the notice, whose records the reader made up."""
    statement = case.find(Statement, statement_of(case, record))
    if statement is None:
        return (Where(record.id),)
    period = NoticeText.of(statement.text).period()
    notice = Where(statement.id, period[3].start, period[3].end) if period else Where(statement.id)
    return (notice,) if case.is_text else (Where(record.id), notice)
