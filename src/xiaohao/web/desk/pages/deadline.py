"""By when, and how long that still is: in working days, in words, and in which group of the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import parse_when
from xiaohao.kernel.workdays import CalendarUnknown, WorkCalendar
from xiaohao.records.calendar import office_calendar


class Soon(StrEnum):
    """The groups of the list."""

    TODAY = "today"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day (None: there is none), the words for how far it is, and whether it has passed."""

    day: date | None
    words: Said
    is_past: bool
    soon: Soon


def deadline(text: str | None, today: date, calendar: WorkCalendar | None = None) -> Deadline:
    """The deadline written as an ISO date of any exactness: a month means its last day. It counts from tomorrow."""
    when = parse_when(text)
    return deadline_on(when.last if when else None, today, calendar)


def deadline_on(day: date | None, today: date, calendar: WorkCalendar | None = None) -> Deadline:
    """As `deadline`. A list passes the office's `calendar`, so that it is asked for once and not for each row."""
    if day is None:
        return Deadline(None, say("没有期限"), False, Soon.LATER)
    return Deadline(day, distance(day, today, calendar), day < today, _group(day, today))


def distance(day: date, today: date, calendar: WorkCalendar | None = None) -> Said:
    """今天, 2 个工作日, 逾期 39 个工作日; in ordinary days where a year's calendar is not announced."""
    if day == today:
        return say("今天")
    calendar, tomorrow = calendar or office_calendar(), timedelta(days=1)
    try:
        if day < today:
            return say("逾期 {days} 个工作日", days=calendar.count(day + tomorrow, today))
        return say("{days} 个工作日", days=calendar.count(today + tomorrow, day))
    except CalendarUnknown:
        return say("逾期 {days} 天", days=(today - day).days) if day < today else say("{days} 天，工作日待公布", days=(day - today).days)


def _group(day: date, today: date) -> Soon:
    if day <= today:
        return Soon.TODAY
    sunday = today + timedelta(days=6 - today.weekday())
    return Soon.WEEK if day <= sunday else Soon.LATER


_WEEKDAYS = (say("星期一"), say("星期二"), say("星期三"), say("星期四"), say("星期五"), say("星期六"), say("星期日"))


def day_words(day: date) -> Said:
    """星期二 · 工作日; whether it is one is 待公布 in a year whose calendar is not announced."""
    weekday = _WEEKDAYS[day.weekday()]
    try:
        works = office_calendar().is_workday(day)
    except CalendarUnknown:
        return say("{weekday} · 是否工作日待公布", weekday=weekday)
    return say("{weekday} · 工作日", weekday=weekday) if works else say("{weekday} · 休息日", weekday=weekday)
