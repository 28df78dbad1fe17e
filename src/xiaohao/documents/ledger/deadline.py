"""When a task is due, as a cell says it: a date, a serial number, 月底前, 三季度, 立行立改, 长期坚持. The words are kept beside the day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from xiaohao.documents.ledger.workbook import Value
from xiaohao.evidence.dates import dates_in
from xiaohao.kernel.said import Said, say

#: Day 0 of Excel's calendar as every program since has read it (its 1900 was a leap year by mistake).
_EPOCH = date(1899, 12, 30)
#: Serial numbers that can be a deadline: 2000-01-01 … 2099-12-31.
_SERIALS = range(36_526, 73_051)

_LONG_TERM = re.compile(r"长期坚持|长期整改|持续推进|持续坚持|常态化|长期$|^持续$")
_AT_ONCE = re.compile(r"立行立改|立即整改|立整立改|即知即改|立改")
_EACH_YEAR = re.compile(r"每年|每月|每季度")
_NO_MONTH = re.compile(r"(?<!\d)(?:(?P<year>(?:19|20)\d{2})[年./-])?(?P<month>1[3-9]|[2-9]\d|0)月")
_DAY = re.compile(r"(?<!\d)(?:(?P<year>(?:19|20)\d{2})[年./-])?(?P<month>1[0-2]|0?[1-9])[月./-](?P<day>29|3\d)(?!\d)")
_MONTH = re.compile(r"(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?:份)?(?:底|末|中旬|上旬|下旬|初)?")
_NOTHING = frozenset({"", "-", "—", "——", "/", "无", "\\"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is the last day that the words allow (ISO), None where they give none; `kind` is deadline, immediate or long_term;
    `words` the cell as it stands; `wrong` says what cannot be read."""

    due: str | None
    kind: str
    words: str
    wrong: Said | None = None


def deadline_of(value: Value, *, year: int) -> Deadline:
    """The deadline that a cell gives; `year` is that of words without one."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Deadline(value.isoformat(), "deadline", value.isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value)
    return _words(str(value).strip(), year)


def _number(value: float) -> Deadline:
    """45838 is a day that lost its format, 202506 and 20250630 are dates without their marks, 2025.6 is a month."""
    whole = int(value)
    if whole == value and whole in _SERIALS:
        day = (_EPOCH + timedelta(days=whole)).isoformat()
        return Deadline(day, "deadline", day)
    text = repr(value) if whole != value else str(whole)
    return _words(text, 0)


@lru_cache(maxsize=4096)
def _words(words: str, year: int) -> Deadline:
    if words in _NOTHING:
        return Deadline(None, "deadline", "")
    kind = "long_term" if _LONG_TERM.search(words) else "immediate" if _AT_ONCE.search(words) else "deadline"
    if found_month := _NO_MONTH.search(words):
        return Deadline(None, kind, words, say("没有 {month} 月", month=int(found_month["month"])))
    if wrong := _no_such_day(words, year):
        return Deadline(None, kind, words, wrong)
    if digits := re.fullmatch(r"((?:19|20)\d{2})[.\-/年]?(0[1-9]|1[0-2]|[1-9])月?", words):
        return Deadline(_end_of(int(digits[1]), int(digits[2])), kind, words)
    if found := dates_in(words, year=year or None):
        return Deadline(max(one.last for one in found).isoformat(), kind, words)
    if _EACH_YEAR.search(words):
        return Deadline(None, "long_term", words)
    if kind == "deadline" and year and (end := _within(words, year)):
        return Deadline(end, kind, words)
    if kind != "deadline":
        return Deadline(None, kind, words)
    return Deadline(None, kind, words, say("“{words}”不是时限", words=words[:20]))


def _no_such_day(words: str, year: int) -> Said | None:
    """2月30日: a day beyond the end of its month is never read as another one."""
    for found in _DAY.finditer(words):
        month, day = int(found["month"]), int(found["day"])
        if day > monthrange(int(found["year"] or year or 2000), month)[1]:
            return say("{month} 月没有 {day} 日", month=month, day=day)
    return None


def _within(words: str, year: int) -> str | None:
    """The end of a month, quarter or half of `year` (年底前, 三季度, 6月底前)."""
    if re.search(r"年底|年末|本年|全年|年内|下半年|四季度|第4季度", words):
        return f"{year}-12-31"
    for pattern, end in ((r"上半年|二季度|第2季度", "06-30"), (r"三季度|第3季度", "09-30"), (r"一季度|第1季度", "03-31")):
        if re.search(pattern, words):
            return f"{year}-{end}"
    months = list(_MONTH.finditer(words))
    return _end_of(year, int(months[-1]["month"])) if months else None


def _end_of(year: int, month: int) -> str:
    first = date(year + month // 12, month % 12 + 1, 1)
    return (first - timedelta(days=1)).isoformat()
