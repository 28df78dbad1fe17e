"""恒值: a reading stands still longer than its instrument and level explain.

Innocent explanations looked for first: low integer readings and the floor of the instrument, the end of its range, coarse resolution
(how often readings stand still at that level is learnt from the series itself), a stop at the detection limit, a recorded stop or repair,
and neighbours that stood still too. Source: HJ 75-2017 and HJ 355-2019 treat readings that do not change as invalid; DOSSIER.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from xiaohao.dossier import Dossier
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import Flags, np
from xiaohao.kernel.said import say
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve
from xiaohao.outcomes.flatness import Still, still_stretches
from xiaohao.outcomes.words import amount
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import curve_by_id, curves_of_case, facility_of, flow_of, series_words, stops_of

ID = "FLAT"
STAGE = "progress"
NEEDS = ("series.resolution/detection_limit", "facilities", "records(shutdown)")

#: Instruments that print a reading by themselves; a register or a satellite may repeat a figure.
KINDS = ("auto", "manual", "utility")

#: A stop on record explains a stretch when it covers this share of it.
EXPLAINED = 0.5

#: Hours that a stretch must last where no neighbour shows that the air or water moved meanwhile: a network's own filling of lost days is
#: shorter (see outcomes.flatness).
ALONE_HOURS = 48

#: Different values that a neighbour must show in the same time to have moved.
MOVING = 3


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per series, pointing at its longest unexplained stretch; the others are counted in the figures."""
    curves = tuple(curves_of_case(case, KINDS))
    if not curves:
        yield Skipped(ID, case.task.id, say("案卷中没有逐时或逐日的监测序列"))
    for curve in curves:
        known = curve.known()
        found = [still for still in still_stretches(known) if not _explained(case, known, still)]
        if found:
            yield _finding(case, known, found)


def _explained(case: Dossier, known: Curve, still: Still) -> bool:
    series = known.series
    if series.detection_limit is not None and still.value <= series.detection_limit:
        return True
    plant = facility_of(case, series)
    stretch = known.only(_inside(known, still))
    if np.mean(stretch.inside(stops_of(case, plant, series))) >= EXPLAINED:
        return True
    power = flow_of(case, plant, "power") if plant else None
    if plant and power and power.series.id != series.id and plant.base_load and plant.base_load.quantity == "power":
        load = _during(power, known, still)
        if len(load) and np.median(load.values) <= plant.base_load.value:
            return True
    peers = [peer for one in series.peers if (peer := curve_by_id(case, one))]
    seen = [one for peer in peers if len(one := _during(peer, known, still))]
    if seen:
        return all(len(np.unique(one.values)) < MOVING for one in seen)
    return int(known.minutes[still.last] - known.minutes[still.first]) + known.step < ALONE_HOURS * 60


def _inside(known: Curve, still: Still) -> Flags:
    indexes = np.arange(len(known))
    return (indexes >= still.first) & (indexes <= still.last)


def _during(other: Curve, known: Curve, still: Still) -> Curve:
    """The other curve's known readings in the time of the stretch."""
    other = other.known()
    return other.only((other.minutes >= known.minutes[still.first]) & (other.minutes <= known.minutes[still.last]))


def _finding(case: Dossier, known: Curve, found: list[Still]) -> Finding:
    still = found[0]
    minutes = int(known.minutes[still.last] - known.minutes[still.first]) + known.step
    hourly = known.step < MINUTES_A_DAY
    length = say("{n} 小时", n=minutes // 60) if hourly else say("{n} 天", n=minutes // MINUTES_A_DAY)
    moving = [
        one
        for one in known.series.peers
        if (peer := curve_by_id(case, one)) and len(np.unique(_during(peer, known, still).values)) >= MOVING
    ]
    beside = say("，邻站同期变动") if moving else ""
    more = say("，此外还有 {n} 段", n=len(found) - 1) if len(found) > 1 else ""
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(known.series.id, since=known.at(still.first), until=known.at(still.last)),),
        say(
            "{series}连续 {length}停在 {value} {unit}{beside}{more}。请提供仪器的检修、校准或停运记录。",
            series=series_words(case, known.series),
            length=length,
            value=amount(still.value),
            unit=known.series.unit,
            beside=beside,
            more=more,
        ),
        say("正常运行的仪器读数会随环境变动"),
        {
            "hours" if hourly else "days": minutes // (60 if hourly else MINUTES_A_DAY),
            "value": round(still.value, 6),
            "readings": still.count,
            "usual_share": round(still.usual, 3),
            "stretches": len(found),
        },
    )
