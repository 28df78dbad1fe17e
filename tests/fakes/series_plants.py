"""Plants: what they take in, burn, dose, make and send away, bent or honest."""

from __future__ import annotations

import numpy as np

from tests.fakes.series_world import World
from xiaohao.dossier import Dossier
from xiaohao.dossier.oversight import Visit
from xiaohao.dossier.plan import Quantity
from xiaohao.dossier.series import Facility, Flow, Norm, Rated

Grade = str | None


def plant(w: World, flows: dict[str, str], **more: object) -> Facility:
    return Facility(**{"id": "fac-001", "name": "砚田净水厂", "kind": "污水处理厂", "org": "org-plant", "place": "place-plant",
                       "flows": tuple(Flow(quantity=q, series=s) for q, s in flows.items()), **more})  # type: ignore[arg-type]  # fmt: skip


def utility(w: World, values: np.ndarray, indicator: str, unit: str, resolution: float = 1.0, **more: object) -> str:
    return w.add_series(
        values,
        indicator=indicator,
        unit=unit,
        place="place-plant",
        facility="fac-001",
        kind="utility",
        source="org-plant",
        resolution=resolution,
        **more,
    )  # type: ignore[arg-type]


def stop_go(w: World, grade: Grade) -> Dossier:
    count = w.whole(330, 560)
    level = w.between(5_000, 30_000)
    power = w.load(count, level)
    if w.chance(0.3):  # Sundays off
        power = np.where((np.arange(count) + w.start.weekday()) % 7 == 6, level * 0.12, power)
    base = level * w.between(0.05, 0.12)
    days = sorted(int(d) for d in w.rng.choice(np.arange(40, count - 40, 31), w.whole(3, 5), replace=False))
    visits = [(day, day + w.whole(1, 4)) for day in days]
    declared = grade and w.chance(0.35)
    if declared or (grade is None and w.chance(0.35)):
        first = days[1] + 8
        length = w.whole(10, 18)
        power[first : first + length] = base * np.exp(w.rng.normal(0, 0.08, length))
        if declared:
            running = {"obvious": 0.9, "careful": 0.55, "cunning": 0.3}[str(grade)]
            power[first + 1 : first + length - 1] = level * running * np.exp(w.rng.normal(0, 0.1, length - 2))
        start, end = w.day(first), w.day(first + length - 1)
        w.add_record("shutdown", start, of="fac-001", org="org-plant", start=start.isoformat(), end=end.isoformat())
    elif grade:
        depth = {"obvious": w.between(0.5, 0.8), "careful": w.between(0.35, 0.5), "cunning": w.between(0.22, 0.35)}[grade]
        for n, (first, last) in enumerate(visits):
            if grade == "cunning" and n == 0 and len(visits) > 3:
                continue
            power[first : last + 1] *= 1 - depth
    else:
        kind = w.whole(0, 2)
        if kind == 0:  # a declared repair meets one visit
            first, last = visits[0]
            power[first - 1 : last + 2] *= 0.3
            w.add_record(
                "maintenance",
                w.day(first - 1),
                of="fac-001",
                org="org-plant",
                start=w.day(first - 1).isoformat(),
                end=w.day(last + 1).isoformat(),
            )
        elif kind == 1:  # a plant that often stops
            for day in w.rng.choice(np.arange(5, count - 5), 25, replace=False):
                power[day : day + 2] *= w.between(0.2, 0.6)
    key = utility(w, power, "用电量", "kWh/d")
    flows = {"power": key}
    if w.chance(0.4):
        flows["inflow"] = utility(w, w.load(count, level * 2), "进水量", "m3/d")
    w.registers["facilities"] = (plant(w, flows, base_load=Rated(quantity="power", value=round(base), unit="kWh/d")),)
    w.registers["visits"] = tuple(
        Visit(id=f"visit-{n:03}", org="org-city", start=w.day(a).isoformat(), end=w.day(b).isoformat(), announced_at=w.day(a - 3).isoformat(),
              **({"firms": ("org-plant",)} if w.chance(0.5) else {"places": ("place-county",)}))  # type: ignore[arg-type]
        for n, (a, b) in enumerate(visits, 1)
    )  # fmt: skip
    return w.dossier(w.day(count))


def cross_meter(w: World, grade: Grade) -> Dossier:
    count = w.whole(240, 500)
    flow = w.load(count, w.between(3_000, 20_000))
    per = w.between(0.3, 0.4)
    meter = lambda sd: np.exp(w.rng.normal(0, sd, count))  # noqa: E731
    power = per * flow * meter(w.between(0.025, 0.06))
    chemical = w.between(0.025, 0.035) * flow * meter(0.08)
    sludge = w.between(0.0006, 0.0009) * flow * meter(0.1)
    at = w.whole(40, count - 150)
    marks: dict[int, str] = {}
    if grade is None:
        kind = w.whole(0, 3)
        if kind == 0:  # thin water in the wet season: more water, the same power, inside the norm
            wet = slice(at, at + 80)
            flow[wet] *= 1.18
        elif kind == 1:  # the meter failed, with a record and marks
            power[at : at + 30] = 0
            marks = dict.fromkeys(range(at, at + 30), "D")
            w.add_record(
                "maintenance", w.day(at), of="fac-001", start=w.day(at).isoformat(), end=w.day(at + 30).isoformat(), org="org-plant"
            )
        elif kind == 2:  # a real stop
            for values in (flow, power, chemical, sludge):
                values[at : at + 25] *= 0.02
    elif grade == "obvious":
        length = w.whole(60, 120)
        power[at : at + length] = 0
        chemical[at : at + length] = 0
    elif grade == "careful":
        length = w.whole(75, 140)
        which = w.pick(("power", "chemical"))
        (power if which == "power" else chemical)[at : at + length] *= w.between(0.3, 0.5)
    elif w.chance(0.5):  # worked out from the flow
        power = per * flow * np.exp(w.rng.normal(0, 0.001, count))
    else:
        power[at : at + 100] *= w.between(0.5, 0.62)
    flows = {"inflow": utility(w, flow, "进水量", "m3/d"), "power": utility(w, power, "用电量", "kWh/d", marks_at=marks, marks={"D": "仪表故障"}),
             "chemical": utility(w, chemical, "药剂用量", "kg/d", 0.1), "sludge": utility(w, sludge, "产泥量", "t/d", 0.01)}  # fmt: skip
    norms = (
        Norm(quantity="power", per="inflow", low=0.24, high=0.5, unit="kWh/m3"),
        Norm(quantity="chemical", per="inflow", low=0.02, high=0.05, unit="kg/m3"),
    )
    w.registers["facilities"] = (plant(w, flows, norms=norms),)
    return w.dossier(w.day(count))


def balance(w: World, grade: Grade) -> Dossier:
    count = w.whole(120, 330)
    made = w.load(count, w.between(0.5, 25))
    sent = made.sum() * (1 - w.between(0.0, 0.08))
    if grade is None:
        kind = w.whole(0, 2)
        if kind == 0:  # stock on record, removed later
            kept = sent * w.between(0.3, 0.5)
            w.add_record(
                "storage",
                w.day(count // 2),
                of="fac-001",
                org="org-plant",
                start=w.day(count // 3).isoformat(),
                quantities=(Quantity(name="污泥", value=float(round(kept, 2)), unit="t"),),
            )
            sent -= kept
    else:
        sent *= {"obvious": w.between(0.3, 0.5), "careful": w.between(0.5, 0.64), "cunning": w.between(0.64, 0.72)}[grade]
    trips = w.whole(8, 30)
    shares = w.rng.dirichlet(np.full(trips, 20.0))
    kind = w.pick(("transfer", "transfer", "weighbridge"))
    receivers = ("fac-002",) if w.chance(0.6) else ("fac-002", "fac-003")
    for n, share in enumerate(shares):
        day = w.day(int((n + 1) * count / trips) - 1)
        where = {"of": w.pick(receivers)} if kind == "transfer" else {}
        w.add_record(
            kind,
            day,
            org="org-plant",
            slip=f"LD{n:04}",
            quantities=(Quantity(name="污泥", value=float(round(sent * share, 2)), unit="t"),),
            **where,
        )
    key = utility(w, made, "产泥量", "t/d", 0.01)
    w.registers["facilities"] = (plant(w, {"sludge": key}, loss=0.1), *_receivers(9_999))
    return w.dossier(w.day(count))


def _receivers(capacity: float) -> tuple[Facility, ...]:
    rated = Rated(quantity="sludge", value=capacity, unit="t/d")
    return tuple(Facility(id=f"fac-00{n}", name=name, kind="处置厂", capacity=rated) for n, name in ((2, "河西处置厂"), (3, "城南处置厂")))


def capacity(w: World, grade: Grade) -> Dossier:
    count = w.whole(100, 330)
    rated = round(w.between(8, 40), 1)
    used = {"obvious": w.between(1.5, 2.2), "careful": w.between(1.25, 1.5), "cunning": w.between(1.15, 1.25), None: w.between(0.6, 0.92)}[
        grade
    ]
    every = w.pick((1, 2, 7, 30))
    two = grade is None and w.chance(0.3)
    for n, first in enumerate(range(0, count - every + 1, every)):
        value = rated * every * used * np.exp(w.rng.normal(0, 0.08)) * (1.9 if two else 1)
        if grade is None and every < 7 and w.chance(0.05):
            value *= 2.2  # a short peak
        day = w.day(first + every - 1)
        w.add_record(
            "transfer",
            day,
            org="org-plant",
            of=("fac-002", "fac-003")[n % 2] if two else "fac-002",
            quantities=(Quantity(name="污泥", value=float(round(value, 2)), unit="t"),),
        )
    w.registers["facilities"] = _receivers(rated)
    return w.dossier(w.day(count))


PLANTS = {"STOP-GO": stop_go, "CROSS-METER": cross_meter, "BALANCE": balance, "CAPACITY": capacity}
