"""水电不符: linked quantities of a plant contradict each other: flow without power, chemicals or sludge, or a ratio too exact to be metered.

Innocent explanations looked for first: thin water in the wet season inside the norm; meter failure with a maintenance record and marks; a
real stop, in which all quantities fall together; coarse meters. Source: DOSSIER.md, facilities.flows/norms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.series import Facility, Norm
from xiaohao.dossier.where import Where
from xiaohao.kernel.arrays import Flags, Floats, Minutes, np
from xiaohao.kernel.said import say
from xiaohao.kernel.units import convert
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve, moment_of
from xiaohao.outcomes.spread import resolution_of, stretches
from xiaohao.outcomes.words import amount
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.instruments import facilities_of_case, flow_of, series_words, stops_of

ID = "CROSS-METER"
STAGE = "progress, acceptance"
NEEDS = ("facilities.flows/norms", "series(kind=utility)", "records(maintenance, shutdown)")

#: Days that one look averages, and how many looks in a row outside the norm are a state and no accident.
LOOK_DAYS = 30
LOOKS = 2

#: Share by which a look must miss the norm: norms are rounded.
MARGIN = 0.12

#: A shorter stretch: looks of the same length begin every so many days, and so many of them in a row miss the norm by this share. Not for what
#: leaves in batches (fewer than so many of the days).
STEP_DAYS = 5
STEPS = 2
MARGIN_SHORT = 0.3
DAILY = 0.5

#: A flow counts as running above this share of its median; a quantity as absent below this share of the norm's low end (or of its own median).
RUNNING = 0.2
ABSENT = 0.1

#: Days in a row without the other quantity that no reading gap explains.
ABSENT_DAYS = 15

#: Too exact: relative scatter of the daily ratio below this, over this many days, while the flow itself varies by at least that share. Meters
#: of power and flow are good to one or two per cent each; doses that follow the flow by controller are more exact and get a tenth of it.
EXACT = 0.008
EXACT_CONTROLLED = 0.0008
EXACT_DAYS = 60
FLOW_VARIES = 0.03

#: Flows that carry, and flows that the carrying costs; and the words of norms for each.
CARRYING = ("inflow", "outflow", "product", "raw_material")
COSTING = ("power", "chemical", "sludge", "steam", "water")
WORDS = {
    "inflow": ("进水", "处理水量", "水量", "流量"),
    "outflow": ("出水", "排水量"),
    "power": ("用电", "电量", "耗电", "电耗"),
    "chemical": ("药剂", "药耗", "加药"),
    "sludge": ("污泥", "产泥"),
    "steam": ("蒸汽",),
    "water": ("用水", "新鲜水", "取水"),
    "product": ("产品", "产量"),
    "raw_material": ("原料",),
    "stock": ("库存",),
}


@dataclass(frozen=True, eq=False, slots=True)
class Pair:
    """Two flows of a plant on the days that both know and nothing on record explains: `quantity` (cost) over `per` (carried)."""

    plant: Facility
    quantity: str
    cost: Curve
    carried: Curve
    days: Minutes
    costs: Floats
    amounts: Floats
    norm: Norm | None

    @property
    def running(self) -> Flags:
        positive = self.amounts[self.amounts > 0]
        return self.amounts > (RUNNING * float(np.median(positive)) if len(positive) else np.inf)


@dataclass(frozen=True, slots=True)
class Off:
    """Places `first`..`last` of the pair's days, the ratio there, and what is wrong."""

    first: int
    last: int
    ratio: float
    kind: str


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per plant: of all its pairs of quantities the one that is furthest off, the others named beside it."""
    pairs = tuple(pair for plant in facilities_of_case(case) for pair in _pairs(case, plant))
    if not pairs:
        yield Skipped(ID, case.task.id, say("案卷中没有设施的水量与用电、药剂或产泥序列"))
    for plant in dict.fromkeys(pair.plant.id for pair in pairs):
        found = [(pair, off) for pair in pairs if pair.plant.id == plant and (off := _absent(pair) or _outside(pair) or _exact(pair))]
        if found:
            yield _finding(case, found)


def _pairs(case: Dossier, plant: Facility) -> Iterator[Pair]:
    flows = {flow.quantity: curve for flow in plant.flows if (curve := flow_of(case, plant, flow.quantity))}
    for carried in [name for name in CARRYING if name in flows][:1]:
        for quantity in COSTING:
            if quantity in flows:
                pair = _pair(case, plant, quantity, flows[quantity], flows[carried], _norm(plant, quantity, carried))
                if pair:
                    yield pair


def _norm(plant: Facility, quantity: str, per: str) -> Norm | None:
    return next((n for n in plant.norms if _names(n.quantity, quantity) and _names(n.per, per)), None)


def _names(text: str, flow: str) -> bool:
    """Whether a norm's word means the flow: its enum name, or a Chinese word for it."""
    return text == flow or any(word in text for word in WORDS.get(flow, ()))


def _pair(case: Dossier, plant: Facility, quantity: str, cost: Curve, carried: Curve, norm: Norm | None) -> Pair | None:
    """Day by day where both are daily or finer; a weekly or monthly cost stands against the sum of its period and is spread over its days."""
    stops = stops_of(case, plant, cost.series, carried.series)
    one, other = _daily(cost.known().without(stops)), _daily(carried.known().without(stops))
    shared, here, there = np.intersect1d(one[0], other[0], return_indices=True)
    if len(shared) < min(EXACT_DAYS, LOOK_DAYS):
        return None
    return Pair(plant, quantity, cost, carried, shared, one[1][here], other[1][there], norm)


def _daily(curve: Curve) -> tuple[Minutes, Floats]:
    """(days, value per day): means of hours; a reading of a week or month speaks for each of its days."""
    if len(curve) == 0:
        return np.array([], dtype=np.int64), np.array([])
    days, inverse = np.unique(curve.days(), return_inverse=True)
    means = np.bincount(inverse, weights=curve.values) / np.bincount(inverse)
    if curve.step <= MINUTES_A_DAY:
        return days, means
    length = curve.step // MINUTES_A_DAY
    every = np.arange(int(days[0]), int(days[-1]) + length)
    index = np.searchsorted(days, every, side="right") - 1
    spread = means[index] / (1 if "/d" in curve.series.unit else length)
    return every, spread


def _factor(pair: Pair) -> float:
    """What the ratio in the series' own units is multiplied by to stand in the norm's unit (kWh/m3, kg/m3); 1 where the units do not say."""
    if pair.norm is None or not pair.norm.unit or "/" not in pair.norm.unit:
        return 1.0
    above, _, below = pair.norm.unit.partition("/")
    try:
        return convert(1.0, _plain(pair.cost.series.unit), above) / convert(1.0, _plain(pair.carried.series.unit), below)
    except (ValueError, ZeroDivisionError):
        return 1.0


def _plain(unit: str) -> str:
    """kWh of kWh/d."""
    return unit.removesuffix("/d")


def _ratio(pair: Pair, places: Flags) -> float:
    carried = float(np.sum(pair.amounts[places]))
    return _factor(pair) * float(np.sum(pair.costs[places])) / carried if carried > 0 else 0.0


def _absent(pair: Pair) -> Off | None:
    """The longest stretch of running days on which the other quantity is as good as zero."""
    usual = pair.costs[pair.costs > 0]
    if pair.norm and pair.norm.low > 0:
        least = ABSENT * pair.norm.low / _factor(pair) * pair.amounts
    else:
        least = np.full(len(pair.amounts), ABSENT * float(np.median(usual)) if len(usual) else 0.0)
    if pair.quantity == "sludge" and pair.norm is None:
        return None  # sludge leaves in batches: without a norm its empty days say nothing
    empty = stretches((pair.costs <= least) & pair.running)
    if pair.quantity in ("sludge", "chemical"):
        empty = [run for run in empty if pair.days[run[1]] - pair.days[run[0]] >= LOOK_DAYS]
    longest = max(empty, key=lambda run: run[1] - run[0], default=None)
    if longest is None or int(pair.days[longest[1]] - pair.days[longest[0]]) + 1 < ABSENT_DAYS:
        return None
    return Off(*longest, _ratio(pair, _places(pair, *longest)), "absent")


def _outside(pair: Pair) -> Off | None:
    """The longest run of looks on one side outside the norm; else a shorter one that misses it far."""
    norm = pair.norm
    if norm is None:
        return None
    found = _run_outside(pair, norm, LOOK_DAYS, LOOKS, MARGIN)
    if found is None and float(np.mean(pair.costs[pair.running] > 0) if pair.running.any() else 0.0) >= DAILY:
        found = _run_outside(pair, norm, STEP_DAYS, STEPS, MARGIN_SHORT)
    return found


def _run_outside(pair: Pair, norm: Norm, every: int, fewest: int, margin: float) -> Off | None:
    """The longest run of `fewest` or more looks, begun `every` so many days, on one side outside the norm by `margin`."""
    looks = []
    for start in range(int(pair.days[0]), int(pair.days[-1]) + 1, every):
        inside = (pair.days >= start) & (pair.days < start + LOOK_DAYS) & pair.running
        if int(inside.sum()) >= LOOK_DAYS // 2:
            index = np.flatnonzero(inside)
            looks.append((int(index[0]), int(index[-1]), _ratio(pair, inside)))
    if not looks:
        return None
    ratios = np.array([look[2] for look in looks])
    sides = (ratios < norm.low * (1 - margin), ratios > norm.high * (1 + margin))
    runs = [run for side in sides for run in stretches(side) if run[1] - run[0] + 1 >= fewest]
    longest = max(runs, key=lambda run: run[1] - run[0], default=None)
    if longest is None:
        return None
    first, last = looks[longest[0]][0], looks[longest[1]][1]
    return Off(first, last, _ratio(pair, _places(pair, first, last) & pair.running), "outside")


def _exact(pair: Pair) -> Off | None:
    """A ratio that scatters less than two meters can, over some months, while what is metered varies."""
    if pair.cost.step > MINUTES_A_DAY or pair.carried.step > MINUTES_A_DAY:
        return None
    exact = EXACT_CONTROLLED if pair.quantity == "chemical" else EXACT
    for start in (0, *range(EXACT_DAYS, max(EXACT_DAYS, len(pair.days) - EXACT_DAYS), EXACT_DAYS)):
        for stop in (len(pair.days), start + EXACT_DAYS):
            places = _places(pair, start, stop - 1) & pair.running & (pair.costs > 0)
            if int(places.sum()) < EXACT_DAYS * 0.8 or not _fine(pair, places, exact):
                continue
            ratios = pair.costs[places] / pair.amounts[places]
            flow = pair.amounts[places]
            # 1.4826: from the median absolute deviation to a standard deviation of a normal distribution
            scatter = 1.4826 * float(np.median(np.abs(ratios - np.median(ratios)))) / float(np.median(ratios))
            varies = 1.4826 * float(np.median(np.abs(flow - np.median(flow)))) / float(np.median(flow))
            if scatter <= exact and varies >= FLOW_VARIES:
                index = np.flatnonzero(places)
                return Off(int(index[0]), int(index[-1]), _ratio(pair, places), "exact")
    return None


def _fine(pair: Pair, places: Flags, exact: float) -> bool:
    """Whether both meters print finely enough to show such a scatter."""
    return all(
        resolution_of(curve) <= 4 * max(exact, 0.002) * float(np.median(values[places]))
        for curve, values in ((pair.cost, pair.costs), (pair.carried, pair.amounts))
    )


def _places(pair: Pair, first: int, last: int) -> Flags:
    index = np.arange(len(pair.days))
    return (index >= first) & (index <= last)


def _finding(case: Dossier, found: list[tuple[Pair, Off]]) -> Finding:
    pair, off = max(found, key=lambda row: (("exact", "outside", "absent").index(row[1].kind), row[1].last - row[1].first))
    first, last = (moment_of(int(pair.days[place]) * MINUTES_A_DAY).date() for place in (off.first, off.last))
    days = (last - first).days + 1
    others = [other.cost.series.indicator for other, _ in found if other is not pair]
    figures: dict[str, object] = {"days": days, "quantity": pair.quantity, "ratio": round(off.ratio, 5), "kind": off.kind}
    if pair.norm:
        figures |= {"norm_low": pair.norm.low, "norm_high": pair.norm.high}
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (
            Where(pair.plant.id),
            *(Where(curve.series.id, since=first.isoformat(), until=last.isoformat()) for curve in (pair.cost, pair.carried)),
        ),
        say(
            "{plant}{first} 至 {last}（{days} 天）{fact}{others}。请提供计量器具的检定、检修记录和原始抄表记录。",
            plant=pair.plant.name,
            first=first,
            last=last,
            days=days,
            fact=_fact(case, pair, off),
            others=say("；{names}也不一致", names="、".join(others)) if others else "",
        ),
        say("同一设施的水、电、药、泥应相互印证"),
        figures,
    )


def _fact(case: Dossier, pair: Pair, off: Off) -> str:
    cost, carried = series_words(case, pair.cost.series), series_words(case, pair.carried.series)
    places = _places(pair, off.first, off.last)
    level = amount(float(np.mean(pair.amounts[places])))
    if off.kind == "absent":
        return say("{carried}平均 {level} {unit}，{cost}接近零", carried=carried, level=level, unit=pair.carried.series.unit, cost=cost)
    if off.kind == "exact":
        return say(
            "{cost}与{carried}之比几乎不变（{ratio}），与两只表分别计量的误差不一致", cost=cost, carried=carried, ratio=amount(off.ratio)
        )
    norm = pair.norm
    return say(
        "{cost}与{carried}之比为 {ratio}，常见范围 {low} 至 {high}",
        cost=cost,
        carried=carried,
        ratio=amount(off.ratio),
        low=norm.low if norm else "",
        high=norm.high if norm else "",
    )
