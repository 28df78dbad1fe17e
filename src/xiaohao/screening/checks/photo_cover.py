"""只拍路边: photos do not cover the parcel, or all come from one day while the vegetation index does not rise.

Innocent explanations looked for first: points over the parcel in several visits; an index a little lower in winter (the same months of the
year before are compared); a parcel so small that one look takes it in; too few photographs to speak of a pattern. Source: INSTITUTION.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from math import cos, hypot, radians, sin
from statistics import mean

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Place
from xiaohao.dossier.series import Series
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import EARTH_M, Position, inside, position, positions
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.months import add_months
from xiaohao.outcomes.series import readings, speaks
from xiaohao.screening.finding import Finding, Severity, Skipped

ID = "PHOTO-COVER"
STAGE = "acceptance"
NEEDS = ("files(kind=photo).lat/lon/bearing/captured_at", "places.outline", "series(kind=satellite)")

#: Photographs after the works; fewer show no pattern of where somebody did not go.
FEWEST = 4
#: What a picture from the ground shows well, in metres around the place it was taken from, and ahead where its bearing is known.
REACH_M = 50.0
#: Below this share of the parcel between the photographs, most of it was not looked at; where all stand along its edge, below this one.
LEAST_COVERED, LEAST_FROM_THE_EDGE = 0.15, 0.35
#: Metres from the outline within which one stands along the edge: as far as one sees well.
EDGE_M = 50.0
#: Degrees to either side of its bearing that a picture shows (a telephone's wide angle: some 70 in all), and the corners of a round look.
HALF_VIEW, LOOKS = 35, range(0, 360, 45)
#: Points along each side of the grid that stands for the parcel.
GRID = 40

#: Months of readings on either side that are compared, and how much they must rise to have risen (share of the reading before).
SEASON_MONTHS, LEAST_RISE = 4, 0.05
#: Months compared at least.
FEWEST_MONTHS = 2

_GREEN = ("植被", "绿", "NDVI", "ndvi", "FVC")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """At most one finding a parcel: where the photographs were taken, or that one day's photographs stand against the index."""
    parcels = [place for one in case.task.places if (place := case.find(Place, one)) and len(place.outline) >= 3]
    photos = [f for f in case.files_of(case.task.id) if f.kind == "photo" and f.phase == "after"]
    placed = [photo for photo in photos if position(photo.lat, photo.lon)]
    if not parcels or not photos:
        yield Skipped(ID, case.task.id, say("任务地点没有边界，或没有整改后的照片"))
        return
    for parcel in parcels:
        own = [photo for photo in placed if photo.place in (None, parcel.id) or len(parcels) == 1]
        found = _roadside(case, parcel, own) or _one_day(case, parcel, photos)
        if found:
            yield found


def _roadside(case: Dossier, parcel: Place, photos: list[File]) -> Finding | None:
    if len(photos) < FEWEST:
        return None
    share = covered(parcel, photos)
    if share >= (LEAST_FROM_THE_EDGE if _along_the_edge(parcel, photos) else LEAST_COVERED):
        return None
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        tuple(Where(photo.id) for photo in sorted(photos, key=lambda one: one.id)),
        say(
            "整改后照片 {count} 张都拍自“{parcel}”的一处或一条边，看得到的约占地块的 {share:.0%}，其余部分未见照片。请补拍地块内部各处，或说明为何不能进入。",
            count=len(photos),
            parcel=parcel.name,
            share=share,
        ),
        say("照片应当覆盖整改地块，不能只拍路边"),
        {"covered": round(share, 2), "photos": len(photos)},
    )


def covered(parcel: Place, photos: list[File]) -> float:
    """The share 0..1 of the parcel that lies between the places the photographs were taken from, or within their reach."""
    outline = positions(parcel.outline)
    origin = outline[0]
    seen = _hull([spot for photo in photos if (at := position(photo.lat, photo.lon)) for spot in _shown(_flat(at, origin), photo.bearing)])
    points = list(_grid(outline))
    if not points:
        return 1.0
    return sum(_within(_flat(point, origin), seen) for point in points) / len(points)


def _along_the_edge(parcel: Place, photos: list[File]) -> bool:
    """Whether nobody went in: every photograph was taken near the outline or outside it."""
    outline = positions(parcel.outline)
    closed = (*outline, outline[0])
    origin = outline[0]
    edge = [_flat(corner, origin) for corner in closed]
    return all(
        not inside(at, outline) or min(_to_stretch(_flat(at, origin), a, b) for a, b in pairwise(edge)) <= EDGE_M
        for photo in photos
        if (at := position(photo.lat, photo.lon))
    )


def _grid(outline: tuple[Position, ...]) -> Iterator[Position]:
    lats, lons = [p.lat for p in outline], [p.lon for p in outline]
    for row in range(GRID):
        for column in range(GRID):
            point = Position(
                min(lats) + (row + 0.5) / GRID * (max(lats) - min(lats)), min(lons) + (column + 0.5) / GRID * (max(lons) - min(lons))
            )
            if inside(point, outline):
                yield point


_Flat = tuple[float, float]


def _flat(point: Position, origin: Position) -> _Flat:
    """Metres east and north of the origin."""
    return radians(point.lon - origin.lon) * cos(radians(origin.lat)) * EARTH_M, radians(point.lat - origin.lat) * EARTH_M


def _shown(at: _Flat, bearing: float | None) -> list[_Flat]:
    """Corners of what a picture taken at a place shows well: ahead, or all around where its bearing is unknown."""
    looks = LOOKS if bearing is None else (bearing - HALF_VIEW, bearing, bearing + HALF_VIEW)
    return [at, *((at[0] + REACH_M * sin(radians(look)), at[1] + REACH_M * cos(radians(look))) for look in looks)]


def _hull(points: list[_Flat]) -> list[_Flat]:
    """The convex hull, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    hull: list[_Flat] = []
    for chain in (ordered, ordered[::-1]):
        side: list[_Flat] = []
        for point in chain:
            while len(side) >= 2 and _turn(side[-2], side[-1], point) <= 0:
                side.pop()
            side.append(point)
        hull += side[:-1]
    return hull


def _turn(a: _Flat, b: _Flat, c: _Flat) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _within(point: _Flat, hull: list[_Flat]) -> bool:
    return len(hull) >= 3 and all(_turn(a, b, point) >= 0 for a, b in zip(hull, (*hull[1:], hull[0]), strict=True))


def _to_stretch(point: _Flat, a: _Flat, b: _Flat) -> float:
    along = (b[0] - a[0], b[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0 if length == 0 else max(0.0, min(1.0, ((point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / length))
    return hypot(point[0] - a[0] - share * along[0], point[1] - a[1] - share * along[1])


# One day against the index ----------------------------------------------------------------------------------------------------------------


def _one_day(case: Dossier, parcel: Place, photos: list[File]) -> Finding | None:
    taken = [when for photo in photos if (when := parse_when(photo.captured_at) or parse_when(photo.claimed_at)) and when.is_a_day]
    if len(photos) < 2 or len(taken) < len(photos) or len({when.first for when in taken}) > 1:
        return None
    greens = [s for s in case.series if s.kind == "satellite" and s.place == parcel.id and any(word in s.indicator for word in _GREEN)]
    for series in greens:
        if found := _risen_by(case, series, taken[0]):
            before, after = found
            if after < before * (1 + LEAST_RISE):
                return _index_finding(case, series, photos, taken[0].first, before, after)
    return None


def _risen_by(case: Dossier, series: Series, shot: When) -> tuple[float, float] | None:
    """Means of the readings of the last months before the shot (and after it, up to as many), and of the same months before the works."""
    values = {
        (reading.at.first.year, reading.at.first.month): reading.value
        for reading in readings(case, series) or ()
        if speaks(series, reading) and reading.value is not None
    }
    began = min((when.first for plan in case.plans_of(case.task.id) if (when := parse_when(plan.date))), default=None)
    if began is None:
        return None
    late = [_month(shot.first, step) for step in range(-SEASON_MONTHS + 1, SEASON_MONTHS + 1)]
    pairs = [(before, values[month]) for month in late if month in values and (before := _before(values, month, began)) is not None]
    if len(pairs) < FEWEST_MONTHS:
        return None
    return mean(before for before, _ in pairs), mean(after for _, after in pairs)


def _month(day: date, step: int) -> tuple[int, int]:
    moved = add_months(day.replace(day=1), step)
    return moved.year, moved.month


def _before(values: dict[tuple[int, int], float], month: tuple[int, int], began: date) -> float | None:
    """The reading of the same month in the last year before the works, or in the year they began."""
    for year in range(min(month[0] - 1, began.year), began.year - 3, -1):
        if (year, month[1]) in values and (year, month[1]) < month:
            return values[(year, month[1])]
    return None


def _index_finding(case: Dossier, series: Series, photos: list[File], day: date, before: float, after: float) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (*(Where(photo.id) for photo in sorted(photos, key=lambda one: one.id)), Where(series.id)),
        say(
            "整改后照片 {count} 张都拍于 {day} 一天，而“{indicator}”与整改前同月相比未见上升（{before:g} → {after:g}）。请补充不同日期的照片，说明植被何以未见恢复。",
            count=len(photos),
            day=day,
            indicator=series.indicator,
            before=round(before, 2),
            after=round(after, 2),
        ),
        say("复绿以实际长势为准，照片须与遥感一致"),
        {"photos": len(photos), "days": 1, "before": round(before, 2), "after": round(after, 2)},
    )
