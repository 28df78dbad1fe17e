"""What the words around a month or a year mean in days: 月底, 上旬, 年底, 上半年, 三季度.

Each function gives the first and the last day, and the ISO prefix where the words name exactly that (2021-09, 2021), else None.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

#: First and last day of the month's thirds; None is the month's last day. 月底 is read as the last third, its end being what binds.
_THIRDS: dict[str, tuple[int, int | None]] = {
    "初": (1, 10),
    "上旬": (1, 10),
    "中": (11, 20),
    "中旬": (11, 20),
    "下旬": (21, None),
    "底": (21, None),
    "末": (21, None),
}
#: First and last month of the parts of a year.
_PARTS: dict[str, tuple[int, int]] = {"底": (12, 12), "末": (12, 12), "年底": (12, 12), "初": (1, 3), "上半年": (1, 6), "下半年": (7, 12)}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

Interval = tuple[date | None, date | None, str | None]


def month_span(year: int, month: int, words: str = "") -> Interval:
    """Days of a month, or of the third of it that `words` names."""
    if not 1 <= month <= 12 or not 1900 <= year <= 2100:
        return None, None, None
    end = monthrange(year, month)[1]
    if words in _THIRDS:
        first, last = _THIRDS[words]
        return date(year, month, first), date(year, month, last or end), None
    return date(year, month, 1), date(year, month, end), f"{year:04d}-{month:02d}"


def year_span(year: int, words: str = "") -> Interval:
    """Days of a year, or of the part of it that `words` names."""
    if words.endswith("季度"):
        first = 3 * _QUARTERS[words.removeprefix("第")[0]] - 2
        return date(year, first, 1), _end_of(year, first + 2), None
    if words in _PARTS:
        begin, end = _PARTS[words]
        return date(year, begin, 1), _end_of(year, end), f"{year:04d}-12" if begin == end else None
    return date(year, 1, 1), date(year, 12, 31), f"{year:04d}"


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
