"""A series as it is, with the stretch that is spoken of marked: drawn on the server, without a target."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from xiaohao.kernel.said import Said, say
from xiaohao.web.parts.chart import FEWEST, SMALL, Band, Drawing, Line, Mark, Point, Text, _paths, _Scale
from xiaohao.web.parts.words import amount

#: Points of the drawing at most; more readings are averaged in equal groups.
MOST_POINTS = 180
#: More points than this are drawn as a line without a mark for each.
_MOST_MARKED = 40


def draw_readings(id: str, title: str, points: Sequence[Point], *, unit: str, stretches: Sequence[tuple[str, str]]) -> Drawing | None:
    """The readings in order of time with a band over each stretch (`from`, `to` as exact as given; a label inside it begins with or lies between
    them); None for fewer than three values."""
    shown = _averaged(points)
    values = [point.value for point in shown if point.value is not None]
    if len(values) < FEWEST:
        return None
    scale = _Scale(SMALL, len(shown), min(0.0, *values), max(values) or 1.0)
    bands = tuple(band for since, until in stretches if (band := _band(shown, since, until, scale)))
    course = [(scale.x(number), scale.y(point.value), point) for number, point in enumerate(shown) if point.value is not None]
    return Drawing(
        id=id,
        title=title,
        shape=_shape(shown, unit, stretches),
        size=SMALL,
        lines=tuple(Line("ser", path) for path in _paths(shown, scale)),
        marks=tuple(Mark(point.kind, x, y) for x, y, point in course if len(values) <= _MOST_MARKED or point.kind != "pt"),
        texts=(
            Text("", SMALL.left - 2, SMALL.height - 8, shown[0].label),
            Text("", SMALL.right, SMALL.height - 8, shown[-1].label, "end"),
            Text("t-b", SMALL.right + 8, scale.y(max(values)) + 5, amount(max(values))),
            Text("t-b", SMALL.right + 8, scale.y(min(0.0, *values)) + 5, amount(min(0.0, *values))),
        ),
        bands=bands,
    )


def _averaged(points: Sequence[Point]) -> list[Point]:
    if len(points) <= MOST_POINTS:
        return list(points)
    size = -(-len(points) // MOST_POINTS)
    groups = (points[start : start + size] for start in range(0, len(points), size))
    return [_mean(group) for group in groups]


def _mean(group: Sequence[Point]) -> Point:
    values = [point.value for point in group if point.value is not None]
    return Point(group[0].label, sum(values) / len(values) if values else None)


def _band(points: Sequence[Point], since: str, until: str, scale: _Scale) -> Band | None:
    labels = [point.label for point in points]
    ends = [*labels[1:], "9999"]
    inside = [
        n
        for n, (first, after) in enumerate(zip(labels, ends, strict=True))
        if after > since and (first <= until or first.startswith(until))
    ]
    if not inside:
        return None
    left, right = scale.x(inside[0]), scale.x(inside[-1])
    return Band(left - 2, max(right - left, 0.0) + 4)


def _shape(points: Sequence[Point], unit: str, stretches: Sequence[tuple[str, str]]) -> Said:
    known = [point for point in points if point.value is not None]
    top, bottom = max(known, key=lambda point: point.value or 0.0), min(known, key=lambda point: point.value or 0.0)
    gaps = sum(1 for one, other in pairwise(points) if (one.value is None) != (other.value is None)) // 2
    return say(
        "{first} 至 {last}，最高 {high}（{high_at}），最低 {low}（{low_at}）{unit}，缺测 {gaps} 段；标出 {marked}。",
        first=points[0].label,
        last=points[-1].label,
        high=amount(top.value),
        high_at=top.label,
        low=amount(bottom.value),
        low_at=bottom.label,
        unit=unit,
        gaps=gaps,
        marked="、".join(f"{since} — {until}" for since, until in stretches) or "—",
    )
