"""Ranges of days: "2020年3月27日-4月2日", "2021年1月6日至12日", "2022年11月22日至202211243个工作日".

The second date takes the year and month it lacks from the first; digits run together with a count of days are read only when one reading fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from xiaohao.evidence.dates import Dated, dates
from xiaohao.evidence.numerals import number

#: A publicity window is at most this long; a longer "range" is two dates that happen to stand side by side.
LONGEST_DAYS = 400

_JOIN = re.compile(
    r"(?:（?(?:周|星期)[一二三四五六日]）?)?(?: ?\d{1,2}[:：]\d{2}| ?(?:上午|下午)?\d{1,2}[时点])?(?:起|开始)?[，、 ]?(?:至|到|-{1,3}|—{1,3}|~|截?止(?:至|到)?|截至)(?:于)? ?"
)
_NEXT_MONTH_DAY = re.compile(r"(?P<m>1[0-2]|0?[1-9])[月./-](?P<d>3[01]|[12]\d|0?[1-9])[日号]?(?!\d)")
_NEXT_CHINESE = re.compile(
    r"(?:(?P<m>十[一二]|[一二三四五六七八九十])月)?(?P<d>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
)
_NEXT_DAY = re.compile(r"(?P<d>3[01]|[12]\d|0?[1-9])[日号]")
_GLUED = re.compile(r"(?:(?P<year>(?:19|20)\d{2})[年./-]?)?(?:(?P<month>1[0-2]|0?[1-9])[月./-])?(?P<digits>\d{2,6})个?(?=工作日|自然日|天)")


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days `first`..`last`, both included, at folded offsets; `glued_days` is a count that was printed into the last date."""

    first: date
    last: date
    start: int
    end: int
    glued_days: int | None = None


def ranges(text: str, start: int = 0, end: int | None = None, year: int | None = None) -> Iterator[DayRange]:
    """The ranges of days of a folded text, in order."""
    stop = len(text) if end is None else end
    for opening in dates(text, start, stop, year):
        join = _JOIN.match(text, opening.end, stop)
        if opening.first == opening.last and join and (found := _closed(text, opening, join.end(), stop)):
            yield found


def _closed(text: str, opening: Dated, at: int, stop: int) -> DayRange | None:
    first = opening.first
    if (glued := _GLUED.match(text, at, stop)) and (glued["year"] or glued["month"]):
        return _unglued(first, glued, opening.start)
    whole = next(dates(text, at, min(stop, at + 24)), None)
    if whole and whole.start == at and whole.first == whole.last:
        return _range(first, whole.first, opening.start, whole.end)
    if part := _NEXT_MONTH_DAY.match(text, at, stop):
        return _range(first, _same_or_next_year(first, int(part["m"]), int(part["d"])), opening.start, part.end())
    if part := _NEXT_DAY.match(text, at, stop):
        return _range(first, _date(first.year, first.month, int(part["d"])), opening.start, part.end())
    if part := _NEXT_CHINESE.match(text, at, stop):
        month = int(number(part["m"]) or 0) if part["m"] else first.month
        return _range(first, _same_or_next_year(first, month, int(number(part["d"]) or 0)), opening.start, part.end())
    return None


def _range(first: date, last: date | None, start: int, end: int) -> DayRange | None:
    if last is None or last - first > timedelta(days=LONGEST_DAYS):
        return None
    return DayRange(first, last, start, end)


def _same_or_next_year(first: date, month: int, day: int) -> date | None:
    """12月28日至1月5日 crosses the year."""
    return _date(first.year + (month < first.month), month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _unglued(first: date, glued: re.Match[str], start: int) -> DayRange | None:
    """The only split of the digits into (month,) day and count that names a day on or after `first` and a count the range can hold."""
    digits, fits = glued["digits"], []
    for cut_month in (0,) if glued["month"] else (1, 2):
        for cut_day in (1, 2):
            month, day, count = digits[:cut_month], digits[cut_month : cut_month + cut_day], digits[cut_month + cut_day :]
            if not count or count[0] == "0" or len(count) > 2 or not day:
                continue
            last = _date(int(glued["year"] or first.year), int(month or glued["month"]), int(day))
            if last and 0 <= (last - first).days <= LONGEST_DAYS and int(count) <= (last - first).days + 1:
                fits.append((last, int(count)))
    return DayRange(first, fits[0][0], start, glued.end(), fits[0][1]) if len(fits) == 1 else None
