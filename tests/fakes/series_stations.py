"""Stations with neighbours: readings that stand still, are cut at a limit, live a life of their own, or hide under marks."""

from __future__ import annotations

import numpy as np

from tests.fakes.series_world import AIR, World
from xiaohao.dossier import Dossier
from xiaohao.dossier.series import Facility, Limit

Grade = str | None
LEGEND = {"D": "设备故障", "C": "校准", "M": "例行维护"}


def _station(w: World, days: int, fewest: int = 2) -> tuple[str, str, float, np.ndarray, list[np.ndarray]]:
    """(indicator, unit, resolution, the point, its neighbours) of hourly stations under one weather."""
    indicator, unit, level, resolution = w.pick(AIR)
    weather = w.weather(days * 24)
    point = w.hourly(days * 24, level, weather)
    return (
        indicator,
        unit,
        resolution,
        point,
        [w.hourly(days * 24, level * w.between(0.7, 1.4), weather) for _ in range(w.whole(fewest, 3))],
    )


def _write(w: World, indicator: str, unit: str, resolution: float, point: np.ndarray, others: list[np.ndarray], **more: object) -> str:
    key = w.add_series(point, indicator=indicator, unit=unit, resolution=resolution, interval="hour", place="place-air", lost=0.015, **more)  # type: ignore[arg-type]
    names = [
        w.add_series(other, indicator=indicator, unit=unit, resolution=resolution, interval="hour", place=f"place-air{n}", lost=0.015)
        for n, other in enumerate(others, 2)
    ]
    w.peers(key, *names)
    return key


def flat(w: World, grade: Grade) -> Dossier:
    days = w.whole(60, 150)
    indicator, unit, resolution, point, others = _station(w, days)
    at = w.whole(200, len(point) - 400)
    detection = None
    if grade is None:
        kind = w.whole(0, 3)
        if kind == 0:  # low integers
            point = point / np.median(point) * w.between(1.5, 3.5)
        elif kind == 1:  # a stop at the detection limit, on record
            length = w.whole(80, 200)
            point[at : at + length] = 3.0
            detection = 3.0
            w.registers["facilities"] = (Facility(id="fac-001", name="砚田厂", kind="工厂", place="place-air"),)
            first, last = (w.day(i // 24) for i in (at, at + length))
            w.add_record("shutdown", first, of="fac-001", start=first.isoformat(), end=last.isoformat())
        elif kind == 2:  # coarse
            resolution = float(np.round(np.median(point) / 5))
        else:  # a lost day filled with its mean, at all stations
            for values in (point, *others):
                values[at : at + 24] = round(float(np.mean(values[at : at + 24])))
        alone = []
    else:
        length = {"obvious": w.whole(120, 260), "careful": w.whole(72, 110), "cunning": w.whole(44, 66)}[grade]
        point[at : at + length] = round(float(np.median(point[at - 100 : at])))
        if grade == "cunning" and w.chance(0.4):
            point[at : at + length] += w.rng.integers(0, 2, length) * resolution
        alone = others if w.chance(0.3) and grade != "cunning" else []
    _write(w, indicator, unit, resolution, point, [] if alone else others, detection_limit=detection)
    return w.dossier(w.day(days))


def ceiling(w: World, grade: Grade) -> Dossier:
    hourly = w.chance(0.6)
    count = w.whole(40, 120) * 24 if hourly else w.whole(240, 700)
    level = w.between(20, 60)
    values = w.hourly(count, level) if hourly else w.daily(count, level, sd=w.between(0.15, 0.3))
    top = float(np.quantile(values, w.between(0.85, 0.95)))
    limit = round(top)
    if grade is None:
        kind = w.whole(0, 2)
        limit = round(float(np.max(values)) * w.between(1.3, 3)) if kind == 0 else limit
        if kind == 2:  # a level held by control, that ends by itself
            values = limit * (0.6 + 0.06 * np.tanh(w.noise(count, 1.0, 0.5)))
    else:
        over = values > limit
        if grade == "obvious":
            values[over] = limit - w.rng.random(int(over.sum()))
        elif grade == "careful":
            values[over] = limit * (1 - 0.06 * w.rng.random(int(over.sum())))
        else:
            values[over] = limit * (1 - 0.1 * w.rng.random(int(over.sum())))
            near = values > 0.92 * limit
            values[near] = np.minimum(values[near], limit * (0.995 - 0.05 * w.rng.random(int(near.sum()))))
    w.add_series(
        values,
        indicator="颗粒物",
        unit="mg/m3",
        resolution=0.1,
        interval="hour" if hourly else "day",
        place="place-plant",
        limits=(Limit(operator="<=", value=limit, window="hour"),),
    )
    return w.dossier(w.day(count // 24 if hourly else count))


def peer(w: World, grade: Grade) -> Dossier:
    days = w.whole(70, 150)
    indicator, unit, resolution, point, others = _station(w, days)
    count = len(point)
    since = 0 if grade == "obvious" else w.whole(200, count // 2)
    if grade is None:
        kind = w.whole(0, 2)
        if kind == 0:
            resolution = float(np.round(np.median(point) / 4))
        elif kind == 1:  # a stop on record
            first = w.whole(200, count - 800)
            point[first : first + 480] = np.median(point) * 0.3 * np.exp(w.rng.normal(0, 0.02, 480))
            a, b = w.day(first // 24), w.day((first + 480) // 24)
            w.add_record("shutdown", a, of="fac-001", start=a.isoformat(), end=b.isoformat())
            w.registers["facilities"] = (Facility(id="fac-001", name="砚田厂", kind="工厂", place="place-air"),)
    else:
        level = float(np.median(point))
        share = {"obvious": 0.05, "careful": 0.1, "cunning": 0.15}[grade]
        stretch = slice(since, count)
        if grade == "cunning" and w.chance(0.4):  # as lively as it should be, but of its own mind
            point[stretch] = level * np.exp(w.noise(count - since, 0.45, 0.97))
        else:
            point[stretch] = level * np.exp(share * np.log(point[stretch] / level))
    _write(w, indicator, unit, min(resolution, 1.0) if grade else resolution, point, others)
    return w.dossier(w.day(days))


def point_gap(w: World, grade: Grade) -> Dossier:
    days = w.whole(150, 260)
    indicator, unit, resolution, point, others = _station(w, days)
    count = len(point)
    at = w.whole(65, days - 65) * 24
    later = np.arange(count) >= at
    if grade is None:
        kind = w.whole(0, 2)
        drop = w.between(0.4, 0.7)
        if kind == 0:  # all together
            for values in (point, *others):
                values[later] *= drop
        elif kind == 1:  # a documented local cause
            point[later] *= drop
            w.add_record(
                "shutdown",
                w.day(at // 24 - 2),
                place="place-air",
                start=w.day(at // 24 - 2).isoformat(),
                end=w.day(days).isoformat(),
                text="站点北侧工地停工。",
            )
    elif w.chance(0.5):
        point[later] *= {"obvious": w.between(0.3, 0.45), "careful": w.between(0.45, 0.58), "cunning": w.between(0.58, 0.66)}[grade]
    else:
        hour, length = w.whole(0, 23), w.whole(2, 4)
        dips = np.isin(np.arange(count) % 24, [(hour + n) % 24 for n in range(length)]) & (later | (grade == "obvious"))
        point[dips] *= {"obvious": w.between(0.3, 0.5), "careful": w.between(0.45, 0.6), "cunning": w.between(0.58, 0.68)}[grade]
    _write(w, indicator, unit, resolution, point, others)
    return w.dossier(w.day(days))


def mark(w: World, grade: Grade) -> Dossier:
    days = w.whole(90, 200)
    values = w.hourly(days * 24, w.between(30, 60))
    limit = round(float(np.quantile(values, 0.992)))
    over = np.flatnonzero(values > limit)
    marks: dict[int, str] = dict.fromkeys(range(10, len(values), 24 * 7), "C")  # regular calibration
    if grade is None:
        kind = w.whole(0, 1)
        for n in range(w.whole(3, 10)):
            at = w.whole(50, len(values) - 50)
            for index in range(at, at + w.whole(1, 5)):
                marks[index] = "D"
                if kind == 1 and n < 4:
                    values[index] = limit * w.between(2, 5)
            day = w.day(at // 24)
            w.add_record("maintenance", day, of="series-001", start=f"{day}T09:00", end=f"{day}T12:00")
    else:
        share = {"obvious": 1.0, "careful": 0.9, "cunning": 0.75}[grade]
        picked = [int(i) for i in over if w.chance(share)]
        marks |= dict.fromkeys(picked, "D")
        if grade == "cunning":
            for _ in range(3):
                marks[w.whole(50, len(values) - 50)] = "D"
        if grade != "obvious":
            days_marked = sorted({index // 24 for index in picked})
            for n in days_marked[::5]:  # a few of them repaired in truth, for show
                day = w.day(n)
                w.add_record("maintenance", day, of="series-001", start=f"{day}T09:00", end=f"{day}T12:00")
    w.add_series(
        values,
        indicator="氮氧化物",
        unit="mg/m3",
        resolution=0.1,
        interval="hour",
        place="place-plant",
        marks_at=marks,
        marks=LEGEND,
        limits=(Limit(operator="<=", value=limit, window="hour"),),
    )
    return w.dossier(w.day(days))


STATIONS = {"FLAT": flat, "CEILING": ceiling, "PEER": peer, "POINT-GAP": point_gap, "MARK": mark}
