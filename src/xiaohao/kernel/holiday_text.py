"""Days of a year as the official notice writes them: 1月1日（周四）至3日（周六）, 2月15日至23日, 0101-0103, 2027-01-01."""

from __future__ import annotations

import re
from datetime import date

from xiaohao.kernel.workdays import days_between

_ASIDE = re.compile(r"[（(][^）)]*[）)]")


def _written(which: str) -> str:
    """A day in any of the three ways, its month and day under names that begin with `which`."""
    words = rf"(?:\d{{4}}年)?(?P<{which}m>\d{{1,2}})月(?P<{which}d>\d{{1,2}})[日号]?"
    iso = rf"\d{{4}}-(?P<{which}im>\d{{2}})-(?P<{which}id>\d{{2}})"
    return rf"(?:{words}|{iso}|(?P<{which}cm>\d{{2}})(?P<{which}cd>\d{{2}}))"


_SPAN = re.compile(rf"{_written('a')}(?:\s*[至到~—－-]\s*(?:{_written('b')}|(?P<last>\d{{1,2}})[日号]))?")
_BETWEEN = re.compile(r"[\s、，,；;。和]+")


class NoSuchDay(ValueError):  # noqa: N818 - what a person wrote, not a fault
    """A stretch of the text that names no day of the year."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def days_in(year: int, text: str) -> frozenset[date]:
    """Every day that the text names; a span has both ends. Raises NoSuchDay with the first stretch that names none."""
    found: set[date] = set()
    for words in filter(None, _BETWEEN.split(_ASIDE.sub("", text))):
        match = _SPAN.fullmatch(words)
        if match is None:
            raise NoSuchDay(words)
        try:
            first = _day(year, match, "a")
            last = date(year, first.month, int(match["last"])) if match["last"] else _day(year, match, "b") if _has(match, "b") else first
        except ValueError as wrong:
            raise NoSuchDay(words) from wrong
        if last < first:
            raise NoSuchDay(words)
        found.update(days_between(first, last))
    return frozenset(found)


def _day(year: int, match: re.Match[str], which: str) -> date:
    month = match[f"{which}m"] or match[f"{which}im"] or match[f"{which}cm"]
    day = match[f"{which}d"] or match[f"{which}id"] or match[f"{which}cd"]
    return date(year, int(month), int(day))


def _has(match: re.Match[str], which: str) -> bool:
    return any(match[f"{which}{part}"] for part in ("m", "im", "cm"))


def in_spans(days: frozenset[date]) -> str:
    """1月1日至3日、2月15日至23日: the days in the notice's own way."""
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and (day - spans[-1][-1]).days == 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    return "、".join(_span_words(span[0], span[-1]) for span in spans)


def _span_words(first: date, last: date) -> str:
    if first == last:
        return f"{first.month}月{first.day}日"
    end = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日至{end}"
