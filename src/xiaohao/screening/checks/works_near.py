"""站边工程: a measure puts works (sprays, screens, pipes) inside the protection radius of a control point.

What cleans the air or water only around the instrument improves the reading, not the place. Innocent explanations looked for first: works
outside the radius; pipes for gas and heat. Source: 环境监测数据弄虚作假行为判定及处理办法 (disturbing the surroundings of a station).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.where import Where
from xiaohao.kernel.geo import Position, metres_to, position, positions
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import measure_name

ID = "WORKS-NEAR"
STAGE = "plan"
NEEDS = ("places.radius_m", "measures.lat/lon/text")

#: Works that change air or water just where they stand.
_WORKS = re.compile(
    r"喷淋|喷雾|喷水|喷洒|雾炮|雾桩|雾森|喷头|洒水|冲洗|降尘|抑尘|遮挡|遮阳|遮蔽|防尘网|围挡|隔离|屏障|挡板|挡墙|风障"
    r"|导流|引流|引水|调水|补水|换水|稀释|暗管|水管|管道|管网|干管|排水|截流|围堰|曝气|增氧|净化|加药|投药|投加|除藻|过滤|清水"
)
_OTHER_PIPES = re.compile(r"燃气|天然气|煤改气|供热|供暖|蒸汽|电缆|光缆|通信")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per measure, with the point that its works come nearest to."""
    points = tuple(place for place in case.places if place.radius_m and position(place.lat, place.lon))
    measures = [(measure, corners) for measure in case.measures_of(case.task.id) if (corners := _corners(case, measure))]
    if not points or not measures:
        yield Skipped(ID, case.task.id, say("案卷中没有带保护半径的点位，或措施没有位置"))
        return
    for measure, corners in measures:
        if _WORKS.search(measure.text) and not _OTHER_PIPES.search(measure.text):
            near = sorted((away, point.id) for point in points for away in _inside(point, corners))
            if near:
                point = next(one for one in points if one.id == near[0][1])
                yield _finding(case, measure, point, near[0][0])


#: Kinds of places at which works can stand; a water or a region is no position, and the control point itself is where the effect is read.
_SITES = ("site", "road", "parcel")


def _corners(case: Dossier, measure: Measure) -> tuple[Position, ...]:
    """Where the works stand: their outline, their position, or else the sites they name."""
    own = position(measure.lat, measure.lon)
    if corners := positions(measure.outline) or ((own,) if own else ()):
        return corners
    named = (case.find(Place, place) for place in measure.places)
    return tuple(at for place in named if place and place.kind in _SITES and not place.radius_m and (at := position(place.lat, place.lon)))


def _inside(point: Place, corners: tuple[Position, ...]) -> Iterator[float]:
    """The distance in metres where it is less than the point's radius."""
    at = position(point.lat, point.lon)
    away = metres_to(at, corners) if at else 0.0
    if at and point.radius_m and away < point.radius_m:
        yield away


def _finding(case: Dossier, measure: Measure, point: Place, away: float) -> Finding:
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(measure.id), Where(point.id)),
        say(
            "{measure}距“{point}”{metres} 米，在其 {radius:g} 米保护范围内。请移到范围之外，或说明为何须设在此处。",
            measure=measure_name(measure),
            point=point.name,
            metres=round(away),
            radius=point.radius_m,
        ),
        say("不得以点位周边的局部措施改变监测结果"),
        {"m": round(away), "radius": point.radius_m},
    )
