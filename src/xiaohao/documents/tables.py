"""Flattened tables: header cells one per line, then the values one paragraph per line. Which lines belong to which column?

Columns keep their order and each takes at least what fits it, so the best fit over all ways of cutting is found by dynamic programming.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from xiaohao.documents.labels import Part
from xiaohao.documents.page import Line

_DATE = re.compile(r"\d{4}年|\d{4}[-./]\d|月底|年底|长期坚持|立行立改|立即|季度|上半年|持续")
_UNIT = re.compile(r"(?:局|政府|委|办|厅|部|管委会|公司|中心|乡|镇|街道|县|区|市|单位|集团|院|站|队|所|办公室|处)(?:、|，|；|（|）|$)")
_NUMBERED = re.compile(r"(?:（?[一二三四五六七八九十\d]{1,2}[）、.]|[①-⑳]|[一二三四五]是)")
_DONE = re.compile(r"已|完成了|现已|目前|共(?:计)?[^，]{0,8}\d|建成|拆除了|通过验收|\d{4}年\d{1,2}月")
_GOAL = re.compile(r"确保|达到|实现|完成|不低于|不高于|消除|达标|改善")
_WRONG = re.compile(r"不|未|没有|超标|违法|存在|问题|直排|污染|滞后|破坏|擅自|偷|缺|私|露天|扰民|违规")
_WILL = re.compile(
    r"^(?:.{0,3}(?:加强|开展|建设|制定|落实|推进|清理|严格|建立|完善|实施|对|强化|加快|督促|责令|组织|拆除|编制|全面|新建|依法|持续|加大))"
)


def _number(text: str) -> float:
    return 6.0 if re.fullmatch(r"第?[\d一二三四五六七八九十百-]{1,6}[项号]?", text) else -8.0


def _short(pattern: re.Pattern[str]) -> Callable[[str], float]:
    return lambda text: 4.0 if len(text) <= 40 and pattern.search(text) and not _NUMBERED.match(text) else -4.0


def _problem(text: str) -> float:
    return (
        (1.5 if _WRONG.search(text) else 0.0)
        + min(len(text), 60) / 60
        - (2 if len(text) < 6 else 0)
        - (1.5 if _NUMBERED.match(text) else 0)
    )


def _goals(text: str) -> float:
    return (1.5 if _GOAL.search(text) else 0.0) - (1.0 if _DONE.search(text) else 0.0) - (2 if len(text) < 4 else 0)


def _measures(text: str) -> float:
    return (
        (1.2 if _WILL.search(_NUMBERED.sub("", text, count=1)) else 0.0)
        + (0.8 if _NUMBERED.match(text) else 0.0)
        - (1.5 if _DONE.search(text) else 0.0)
        - (2 if len(text) < 4 else 0)
    )


def _done(text: str) -> float:
    return (2.0 if _DONE.search(text) else 0.0) + (0.3 if _NUMBERED.match(text) else 0.0) - (2 if len(text) < 4 else 0)


def _any(text: str) -> float:
    return 0.2 if len(text) <= 12 else -0.5


_FIT: dict[Part, Callable[[str], float]] = {
    Part.NUMBER: _number,
    Part.PROBLEM: _problem,
    Part.GOALS: _goals,
    Part.MEASURES: _measures,
    Part.GOALS_AND_MEASURES: _measures,
    Part.DONE: _done,
    Part.MEASURES_AND_DONE: _done,
    Part.DEADLINE: _short(_DATE),
    Part.DONE_ON: _short(_DATE),
    Part.UNITS: _short(_UNIT),
    Part.LEAD: _short(_UNIT),
    Part.HELPERS: _short(_UNIT),
    Part.SUPERVISOR: _short(_UNIT),
    Part.ACCEPTOR: _short(_UNIT),
    Part.DESK: _short(_UNIT),
    Part.PUBLISHER: _short(_UNIT),
    Part.TRUTH: _short(re.compile(r"属实")),
}
#: Columns whose cells are known by their looks.
_TELLING = frozenset({Part.NUMBER, Part.DEADLINE, Part.DONE_ON, Part.TRUTH, Part.UNITS, Part.LEAD})
#: These hold one line each; a second line in them is a sign of a wrong cut.
_ONE_LINE = frozenset({Part.NUMBER, Part.DEADLINE, Part.DONE_ON, Part.TRUTH, Part.LEAD})


#: One row of a flattened table has at most so many lines; the longest seen has some forty. What follows is left to no column.
MOST_LINES = 150


def fill_columns(columns: Sequence[Part], lines: Sequence[Line]) -> list[list[Line]]:
    """One row's lines dealt out to the columns, in order; a column may stay empty. Lines of later rows (the number starts again) are left out."""
    row = _first_row(columns, lines)[:MOST_LINES]
    if len(row) == len(columns) and _fits(columns, row):
        return [[line] for line in row]
    best = _best_cut(columns, [line.text for line in row])
    return [list(row[best[n] : best[n + 1]]) for n in range(len(columns))]


def _fits(columns: Sequence[Part], row: Sequence[Line]) -> bool:
    """Whether one line a column will do: the columns that can tell (numbers, dates, units) take theirs."""
    return all(_FIT[part](line.text) > 0 for part, line in zip(columns, row, strict=True) if part in _TELLING)


def _first_row(columns: Sequence[Part], lines: Sequence[Line]) -> Sequence[Line]:
    if columns[0] is not Part.NUMBER or not lines or _number(lines[0].text) < 0:
        return lines
    again = next(
        (
            n
            for n, line in enumerate(lines[1:], 1)
            if line.text.isdigit() and lines[0].text.isdigit() and int(line.text) == int(lines[0].text) + 1
        ),
        None,
    )
    return lines[:again]


def _best_cut(columns: Sequence[Part], texts: Sequence[str]) -> list[int]:
    """Where each column begins: cut[n]..cut[n+1] are the lines of column n."""
    again = _Sums([RESTART * (n > 0 and bool(_FIRST.match(text)) and bool(_NUMBERED.match(texts[n - 1]))) for n, text in enumerate(texts)])
    best: list[tuple[float, list[int]]] = [(0.0, [0]), *[(float("-inf"), [0])] * len(texts)]
    for part in columns:
        fit = _Sums([_FIT.get(part, _any)(text) for text in texts])
        best = [_extend(part, fit, again, best, end) for end in range(len(texts) + 1)]
    return best[len(texts)][1]


#: Numbers that start again at one inside a column are a sign that a new column began there.
RESTART = 3.0
_FIRST = re.compile(r"(?:（?[一1]）?[、.）]|①|一是)")


class _Sums:
    """Sums over stretches of lines, each in one step."""

    def __init__(self, values: Sequence[float]) -> None:
        self._sums = [0.0, *accumulate(values)]

    def over(self, start: int, end: int) -> float:
        return self._sums[end] - self._sums[start] if end > start else 0.0


def _extend(part: Part, fit: _Sums, again: _Sums, best: Sequence[tuple[float, list[int]]], end: int) -> tuple[float, list[int]]:
    """The best way to end this column before line `end`, given the best ways to end the one before it."""
    score, start = max(
        (best[start][0] + fit.over(start, end) - again.over(start + 1, end) - _penalty(part, end - start), start)
        for start in range(end + 1)
    )
    return score, [*best[start][1], end]


def _penalty(part: Part, count: int) -> float:
    """An empty column, and lines after the first, count against a cut."""
    if count == 0:
        return 1.0
    return (2.0 if part in _ONE_LINE else 0.15) * (count - 1)
