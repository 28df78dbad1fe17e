"""Dates in a text, as exact as the words: a day, a month, a year, or an interval (年底, 上半年, 三季度).

A date without its year takes it from the date it hangs on; where marks are missing, a date is read only when a single reading is possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiaohao.evidence.folding import fold
from xiaohao.evidence.numerals import number
from xiaohao.evidence.spans_of_time import month_span, year_span


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in words at `start`..`end`: the days `first`..`last` it may mean, and `iso`, as exact as the words (None for an interval that no ISO prefix names)."""

    text: str
    first: date
    last: date
    iso: str | None
    start: int
    end: int


_CN = "〇○零Oo0一二三四五六七八九十"
_DATE = re.compile(
    r"(?=[\d一二])(?:"  # nothing else begins a date; said first, it spares the other branches most of the text
    r"(?<!\d)(?P<y1>(?:19|20)\d{2})年?(?P<m1>1[0-2]|0?[1-9])月(?P<d1>3[01]|[12]\d|0?[1-9])(?:[日号]|(?=[至到~—-])|(?!\d|[日号月年/]))"
    r"|(?<!\d)(?P<y2>(?:19|20)\d{2})(?P<s2>[-./])(?P<m2>\d{1,2})(?P=s2)(?P<d2>\d{1,2})日?(?!\d|(?P=s2)\d{1,3}(?!\d))"
    rf"|(?P<y3>[一二][{_CN}]{{3}})年(?P<m3>[一二三四五六七八九十]{{1,2}})月(?P<d3>[一二三四五六七八九十]{{1,3}})[日号]"
    r"|(?<!\d)(?<!0\d\d-)(?<!0\d{3}-)(?P<y4>(?:19|20)\d{2})(?P<md4>(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d|[时点])|\d{2,4}(?=[日号]))[日号]?"
    r"|(?<!\d)(?P<y5>(?:19|20)\d{2})年(?P<md5>\d{2,4})[日号]"
    r"|(?<!\d)(?P<y6>(?:19|20)\d{2})年?(?P<m6>1[0-2]|0?[1-9])月(?P<w6>份?底|份?末|初|上旬|中旬|下旬|中|份)?"
    rf"|(?P<y9>[一二][{_CN}]{{3}})年(?P<m9>[一二三四五六七八九十]{{1,2}})月(?P<w9>底|份)?"
    r"|(?<!\d)(?P<y7>(?:19|20)\d{2})年(?P<w7>底|末|年底|初|上半年|下半年|第?[一二三四1-4]季度)?"
    r"|(?<![\d年.])(?<!\d-)(?P<m8>1[0-2]|0?[1-9])月(?P<d8>3[01]|[12]\d|0?[1-9])(?:[日号]|(?=[至到~—-]\d)))"
)


def dates_in(text: str, year: int | None = None) -> tuple[Dated, ...]:
    """Every date of `text`, in order. A date without a year takes it from the date before it, else `year`; without either it is left out."""
    folded = fold(text)
    found = []
    for dated in dates(folded.text, year=year):
        start, end = folded.span(dated.start, dated.end)
        found.append(Dated(text[start:end], dated.first, dated.last, dated.iso, start, end))
    return tuple(found)


def dates(text: str, start: int = 0, end: int | None = None, year: int | None = None) -> Iterator[Dated]:
    """As `dates_in`, on a folded text and with its offsets."""
    for found in _DATE.finditer(text, start, len(text) if end is None else end):
        if dated := _read(found, year):
            year = dated.first.year
            yield dated


def _read(found: re.Match[str], year: int | None) -> Dated | None:
    groups = found.groupdict()
    if groups["m8"]:
        return _day(found, year, groups["m8"], groups["d8"]) if year else None
    if groups["y4"] or groups["y5"]:
        days = readings(groups["md4"] or groups["md5"])
        return _day(found, groups["y4"] or groups["y5"], *days[0]) if len(days) == 1 else None
    if groups["y1"]:
        return _day(found, groups["y1"], groups["m1"], groups["d1"])
    if groups["y2"]:
        return _day(found, groups["y2"], groups["m2"], groups["d2"])
    if groups["y3"]:
        return _day(found, _figures(groups["y3"]), _figures(groups["m3"]), _figures(groups["d3"]))
    if groups["y6"] or groups["y9"]:
        words = (groups["w6"] or groups["w9"] or "").removeprefix("份")
        return _interval(
            found, *month_span(int(groups["y6"] or _figures(groups["y9"])), int(groups["m6"] or _figures(groups["m9"])), words)
        )
    return _interval(found, *year_span(int(groups["y7"]), groups["w7"] or ""))


def readings(digits: str) -> list[tuple[int, int]]:
    """The (month, day) pairs that digits without marks may mean: 813 is the 13th of August only, 112 may be two days."""
    pairs = [(int(digits[:cut]), int(digits[cut:])) for cut in (1, 2) if 1 <= len(digits) - cut <= 2]
    return [(month, day) for month, day in pairs if 1 <= month <= 12 and 1 <= day <= _longest(month)]


def _longest(month: int) -> int:
    return 29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31


def _figures(words: str) -> int:
    return int(number(words.replace("○", "〇").replace("O", "〇").replace("o", "〇").replace("0", "〇")) or 0)


def _day(found: re.Match[str], year: int | str, month: int | str, day: int | str) -> Dated | None:
    try:
        only = date(int(year), int(month), int(day))
    except ValueError:
        return None  # 2月30日: the text says no day of the calendar
    return Dated(found.group(), only, only, only.isoformat(), *found.span())


def _interval(found: re.Match[str], first: date | None, last: date | None, iso: str | None) -> Dated | None:
    return Dated(found.group(), first, last, iso, *found.span()) if first and last else None
