"""Why a date: from which day on it was counted, which days did not count and why, which weekend days did, and by whose notice."""

from __future__ import annotations

from datetime import date, timedelta

from xiaohao.kernel.holiday_text import in_spans
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.workdays import CalendarUnknown, WorkCalendar, days_between

_SATURDAY = 5


def why_deadline(start: date, workdays: int, calendar: WorkCalendar) -> tuple[Said, ...]:
    """Why a deadline of `workdays` after `start` falls where it does; it counts from the next day."""
    begins = say("{day}的次日起算，第 {workdays} 个工作日到期。", day=_words(start), workdays=workdays)
    try:
        return (begins, *_days(start + timedelta(days=1), calendar.after(start, workdays), calendar))
    except CalendarUnknown as unknown:
        return (begins, _unknown(unknown))


def why_window(start: date, end: date, calendar: WorkCalendar) -> tuple[Said, ...]:
    """Why a window from `start` to `end` holds as many working days as it does; both ends count."""
    try:
        held = calendar.count(start, end)
        counts = say("{start}至{end}，首日和末日都计入，共 {held} 个工作日。", start=_words(start), end=_words(end), held=held)
        return (counts, *_days(start, end, calendar))
    except CalendarUnknown as unknown:
        return (_unknown(unknown),)


def _days(first: date, last: date, calendar: WorkCalendar) -> tuple[Said, ...]:
    days = tuple(days_between(first, last))
    idle = frozenset(day for day in days if not calendar.is_workday(day))
    weekend = frozenset(day for day in idle if day.weekday() >= _SATURDAY)
    worked = frozenset(day for day in days if day.weekday() >= _SATURDAY and calendar.is_workday(day))
    sentences = []
    if weekend:
        sentences.append(say("周六、周日不计：{days}。", days=in_spans(weekend)))
    if holidays := idle - weekend:
        sentences.append(say("放假不计：{days}。", days=in_spans(holidays)))
    if worked:
        sentences.append(say("调休上班计入：{days}。", days=in_spans(worked)))
    notices = "、".join(dict.fromkeys(calendar.notice_of(year) for year in range(first.year, last.year + 1)))
    return (*sentences, say("工作日依据：{notices}。", notices=notices))


def _unknown(unknown: CalendarUnknown) -> Said:
    return say("{year} 年节假日安排待公布，日期暂不能定。", year=unknown.year)


def _words(day: date) -> Said:
    return say("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)
