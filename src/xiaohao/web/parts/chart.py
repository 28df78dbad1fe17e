"""Readings drawn on the server as SVG: direct labels, marks that differ by shape, a line that breaks where data are missing.

Only class attributes and plain geometry come out, so a strict content policy holds; every id begins with the drawing's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from xiaohao.kernel.said import say
from xiaohao.web.parts.words import amount

#: Fewer points than this make a table, not a line (UX.md, P7).
FEWEST = 3
#: More points than this are drawn as a line without a mark for each.
_MOST_MARKED = 40
#: Labels nearer to each other than this many units would overlap.
_LABEL = 17.0


@dataclass(frozen=True, slots=True)
class Size:
    """The drawing's box, and the plot inside it: left, right, top, bottom."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    small: bool


#: Beside text on the public pages, and the full width of a monitoring page.
SMALL = Size(400, 168, 12, 296, 24, 132, small=True)
WIDE = Size(880, 400, 46, 752, 34, 342, small=False)


@dataclass(frozen=True, slots=True)
class Point:
    """One window: its `label` (2025-03), `value` (None breaks the line), and `kind`: pt, over, mid, or void for a value that does not count."""

    label: str
    value: float | None
    kind: str = "pt"


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Mark:
    kind: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Text:
    kind: str
    x: float
    y: float
    words: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What `_series.svg` needs. `title` is a sentence, `shape` tells the course for those who do not see it."""

    id: str
    title: str
    shape: str
    size: Size
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    texts: tuple[Text, ...]
    bands: tuple[Band, ...] = ()

    @property
    def width(self) -> int:
        return self.size.width

    @property
    def height(self) -> int:
        return self.size.height

    @property
    def top(self) -> int:
        return self.size.top

    @property
    def depth(self) -> int:
        return self.size.bottom - self.size.top

    @property
    def small(self) -> bool:
        return self.size.small

    @property
    def radius(self) -> float:
        return 3.5 if self.size.small else 4


def draw(
    id: str, title: str, points: Sequence[Point], *, unit: str, target: float, target_words: str, size: Size = SMALL
) -> Drawing | None:
    """The drawing of the points in order of time against a target; None for fewer than three values (a table says it better)."""
    values = [point.value for point in points if point.value is not None]
    if len(values) < FEWEST:
        return None
    scale = _Scale(size, len(points), min(0.0, *values, target), max(*values, target) or 1.0)
    course = [(scale.x(number), scale.y(point.value), point) for number, point in enumerate(points) if point.value is not None]
    return Drawing(
        id=id,
        title=title,
        shape=_shape(points, unit, target_words),
        size=size,
        lines=(Line("tgt", f"M{size.left} {scale.y(target)}H{size.right + 8}"), *(Line("ser", path) for path in _paths(points, scale))),
        marks=tuple(Mark(point.kind, x, y) for x, y, point in course if len(values) <= _MOST_MARKED or point.kind != "pt"),
        texts=tuple(_texts(course, points, target, target_words, scale)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    size: Size
    count: int
    low: float
    high: float

    def x(self, number: int) -> float:
        return round(self.size.left + (self.size.right - self.size.left) * number / max(1, self.count - 1), 1)

    def y(self, value: float) -> float:
        room = self.size.bottom - self.size.top
        return round(self.size.bottom - room * (value - self.low) / ((self.high - self.low) or 1), 1)


def _paths(points: Sequence[Point], scale: _Scale) -> Iterable[str]:
    """One path for every run without a gap."""
    for present, run in groupby(enumerate(points), key=lambda pair: pair[1].value is not None):
        if present:
            yield "M" + " L".join(f"{scale.x(number)} {scale.y(point.value or 0.0)}" for number, point in run)


def _texts(
    course: Sequence[tuple[float, float, Point]], points: Sequence[Point], target: float, target_words: str, scale: _Scale
) -> Iterable[Text]:
    size, (first_x, first_y, first), (_, last_y, last) = scale.size, course[0], course[-1]
    beside, target_y = size.right + 14, scale.y(target)
    if abs(last_y - target_y) < _LABEL:
        last_y = target_y + _LABEL if last_y >= target_y else target_y - _LABEL
    yield Text("t-b", first_x, round(max(14, first_y - 9), 1), amount(first.value))
    yield Text("t-tgt", beside, round(target_y + 5, 1), say("目标 {value}", value=amount(target)))
    yield Text("t-b", beside, round(last_y + 5, 1), say("最近 {value}", value=amount(last.value)))
    yield Text("", size.left - 2, size.height - 8, points[0].label)
    yield Text("", size.right, size.height - 8, points[-1].label, "end")


def _shape(points: Sequence[Point], unit: str, target_words: str) -> str:
    known = [point for point in points if point.value is not None]
    top, bottom = max(known, key=lambda point: point.value or 0.0), min(known, key=lambda point: point.value or 0.0)
    return say(
        "{first} 为 {start}，{last} 为 {end} {unit}；最高 {high}（{high_at}），最低 {low}（{low_at}）；目标{target}。",
        first=known[0].label,
        start=amount(known[0].value),
        last=known[-1].label,
        end=amount(known[-1].value),
        unit=unit,
        high=amount(top.value),
        high_at=top.label,
        low=amount(bottom.value),
        low_at=bottom.label,
        target=target_words,
    )
