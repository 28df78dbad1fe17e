"""Positions in WGS84 degrees: how far apart, how long a line, how large an outline, whether a position lies in it.

Good to a few metres over the tens of kilometres of a county; no map projection is needed for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, floor, hypot, radians, sin, sqrt

#: Mean radius of the earth (IUGG), metres.
EARTH_M = 6_371_008.8
#: A degree of latitude is 111,195 metres of that earth; a little fewer, so that a cell is never too small.
_LEAST_M_PER_DEGREE = 110_000.0


@dataclass(frozen=True, slots=True)
class Position:
    """Latitude and longitude in degrees."""

    lat: float
    lon: float


def position(lat: float | None, lon: float | None) -> Position | None:
    """A Position where both are given, else None."""
    return Position(lat, lon) if lat is not None and lon is not None else None


def positions(outline: Iterable[Sequence[float]]) -> tuple[Position, ...]:
    """The corners of an outline `[[lat, lon], …]`; malformed corners are left out."""
    return tuple(Position(corner[0], corner[1]) for corner in outline if len(corner) == 2)


def metres_between(one: Position, other: Position) -> float:
    """Metres over the sphere (haversine)."""
    lat, lon = radians(other.lat - one.lat), radians(other.lon - one.lon)
    across = sin(lat / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(lon / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(min(1.0, across)))


def cells_around(at: Position, metres: float, *, itself: bool) -> Iterator[tuple[int, int]]:
    """The cell of a grid in which a position lies (`itself`), or all in which lies whatever is at most so many metres away. The grid is the same
    for the same metres; at the poles and across the date line it says too few, where no county lies."""
    side = metres / _LEAST_M_PER_DEGREE
    row = floor(at.lat / side)
    for each in (row,) if itself else (row - 1, row, row + 1):
        narrowest = cos(radians(min(89.0, max(abs(each - 1), abs(each + 2)) * side)))
        column = floor(at.lon * narrowest / side)
        yield from ((each, one) for one in ((column,) if itself else (column - 1, column, column + 1)))


def length_m(line: Sequence[Position]) -> float:
    """Metres along the line."""
    return sum(metres_between(one, other) for one, other in pairwise(line))


def area_m2(outline: Sequence[Position]) -> float:
    """Square metres inside the outline (closed or not); 0 for fewer than three corners."""
    if len(outline) < 3:
        return 0.0
    flat = [_flat(corner, outline[0]) for corner in outline]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*flat, flat[0]]))) / 2


def inside(point: Position, outline: Sequence[Position]) -> bool:
    """Whether the position lies within the outline (even-odd rule)."""
    if len(outline) < 3:
        return False
    crossings = 0
    for one, other in pairwise([*outline, outline[0]]):
        if (one.lat > point.lat) != (other.lat > point.lat):
            lon = one.lon + (point.lat - one.lat) / (other.lat - one.lat) * (other.lon - one.lon)
            crossings += point.lon < lon
    return crossings % 2 == 1


def metres_to(point: Position, outline: Sequence[Position]) -> float:
    """Metres from the position to the line or outline; 0 inside a closed outline. Raises ValueError for an outline without corners."""
    if not outline:
        raise ValueError("an outline has at least one corner")
    if len(outline) == 1:
        return metres_between(point, outline[0])
    if len(outline) > 3 and inside(point, outline):
        return 0.0
    ring = [*outline, outline[0]] if len(outline) > 3 else outline
    return min(_to_stretch(point, one, other) for one, other in pairwise(ring))


def _to_stretch(point: Position, one: Position, other: Position) -> float:
    (x1, y1), (x2, y2) = _flat(one, point), _flat(other, point)
    squared = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = 0.0 if squared == 0 else max(0.0, min(1.0, -(x1 * (x2 - x1) + y1 * (y2 - y1)) / squared))
    return hypot(x1 + share * (x2 - x1), y1 + share * (y2 - y1))


def _flat(point: Position, origin: Position) -> tuple[float, float]:
    """Metres east and north of the origin."""
    return (
        radians(point.lon - origin.lon) * cos(radians(origin.lat)) * EARTH_M,
        radians(point.lat - origin.lat) * EARTH_M,
    )
