"""Fakes and honest twins for the checks of series and instruments: one family per check, three grades, several grammars each.

`make(check, seed, grade)` gives a fake of that grade, or with grade None an honest twin that holds one of the innocent explanations which
FINDINGS.md lists. The same seed gives the same dossier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zlib import crc32

import numpy as np

from tests.fakes.series_plants import PLANTS
from tests.fakes.series_stations import STATIONS
from tests.fakes.series_world import RATIOS, RIVER, TASK, World
from xiaohao.dossier import Dossier
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.plan import Quantity
from xiaohao.dossier.record import Result
from xiaohao.dossier.series import Limit

Grade = str | None
Family = Callable[[World, Grade], Dossier]
GRADES = ("obvious", "careful", "cunning")

#: Days of the course of a case, from its first reading: works are planned, done, accepted, closed.
PLANNED, DONE, ACCEPTED, CLOSED = 180, 330, 450, 480


#: What an acceptance that was on site leaves behind.
ON_SITE = {
    "people": ("person-1", "person-2", "person-3"),
    "lat": 31.21,
    "lon": 110.32,
    "method": "site_and_paper",
    "text": "现场核对治理设施运行情况。",
}


def make(check: str, seed: int, grade: Grade) -> Dossier:
    rng = np.random.default_rng((crc32(check.encode()), seed, 0 if grade is None else 1 + GRADES.index(grade)))
    return FAMILIES[check](World(rng), grade)


def course(w: World, values: np.ndarray, before: float) -> np.ndarray:
    """The level falls from `before` times as high to its own over the works."""
    days = np.arange(len(values))
    return values * (1 + (before - 1) * np.clip((DONE - 20 - days) / (DONE - 20 - PLANNED), 0, 1))


def river(w: World, **more: object) -> tuple[str, str, float, float]:
    """(indicator, unit, level, limit) of a goal kept with room to spare, set in the world's task."""
    indicator, unit, level, _ = w.pick(RIVER)
    limit = round(level * w.between(1.5, 2.2), 3)
    w.goals = (w.goal(indicator, unit, limit, **more),)
    w.measures = (w.measure(outcome=w.outcome(indicator)),)
    w.task |= {"done_at": w.day(DONE).isoformat()}
    return indicator, unit, level, limit


def relapse(w: World, grade: Grade) -> Dossier:
    indicator, unit, level, limit = river(w)
    count = CLOSED + w.whole(300, 380)
    values = course(w, w.daily(count, level, season=0.08), w.between(3, 6))
    first = CLOSED + w.whole(40, 110)
    up = limit / level * w.between(1.25, 1.8)
    if grade == "obvious":
        values[first:] *= up * 1.5
    elif grade == "careful":
        values[first : first + w.whole(95, 150)] *= up
    elif grade == "cunning":
        values[first : first + w.whole(92, 100)] *= limit / level * w.between(1.15, 1.3)
    else:
        kind = w.whole(0, 2)
        if kind == 0:  # one bad month where the rule says two of three
            month = w.day(first).replace(day=1)
            begin = (month - w.start).days
            values[begin + 2 : begin + 27] *= up
        elif kind == 1:  # storm days
            for day in w.rng.choice(np.arange(CLOSED, count), 5, replace=False):
                values[day] *= w.between(3, 6)
        else:  # season highs under the limit
            values[first : first + 90] *= w.between(1.05, 1.12)
    resolution = next(row[3] for row in RIVER if row[0] == indicator)
    w.add_series(values, indicator=indicator, unit=unit, resolution=resolution, lost=0.02)
    w.task |= {"closed_at": w.day(CLOSED).isoformat(), "status": "closed"}
    w.add_record("acceptance", w.day(ACCEPTED), org="org-eco", passed=True, place="place-site", **ON_SITE)
    return w.dossier(w.day(count))


def window(w: World, grade: Grade) -> Dossier:
    months = w.pick((3, 4, 6))
    kind = w.whole(0, 3)
    seasons = ("wet",) if kind == 1 else ()
    indicator, unit, level, _ = river(w, min_months=months, seasons=seasons)
    w.start = w.start.replace(month=1, day=4)
    done, accepted = DONE, DONE + 31 * months + w.whole(20, 60)
    with_series = True
    if kind == 1:  # a season is asked for
        done = 250 if grade else 140  # September, or May
        accepted = done + 31 * months + (w.whole(5, 30) if grade else 120)
        if grade and accepted > 365 + 140:
            accepted = 365 + 140
    elif kind == 0:
        short = {"obvious": w.whole(5, 20), "careful": 31 * months // 2, "cunning": 30 * months - w.whole(6, 15), None: None}[grade]
        accepted = done + short if short else (exact_months(w, done, months) - w.start).days
    elif kind == 2:  # samples of a few days
        with_series = False
        spread = {"obvious": 1, "careful": 2, "cunning": 4, None: w.whole(20, 28) * months // 2}[grade]
        for n in range(3):
            w.add_record(
                "sampling", w.day(accepted - 20 - n * spread), place="place-site", times=(f"{w.day(accepted - 20 - n * spread)}T09:00",)
            )
    else:  # dosing
        ended = {"obvious": -3, "careful": 2, "cunning": w.whole(8, 20), None: w.whole(100, 200)}[grade]
        for n in range(w.whole(2, 4)):
            last = w.day(accepted - ended - 15 * n)
            w.add_record(
                "dosing", last - timedelta(days=5), start=(last - timedelta(days=5)).isoformat(), end=last.isoformat(), place="place-site"
            )
    w.task |= {"done_at": w.day(done).isoformat()}
    w.add_record("acceptance", w.day(accepted), org="org-eco", passed=True, place="place-site", **ON_SITE)
    if with_series:
        w.add_series(course(w, w.daily(accepted + 40, level), 4), indicator=indicator, unit=unit)
    return w.dossier(w.day(accepted + 30))


def exact_months(w: World, done: int, months: int):  # type: ignore[no-untyped-def]
    """The same day of the month, so many months later: exactly the minimum."""
    day = w.day(done)
    month = day.year * 12 + day.month - 1 + months
    return day.replace(year=month // 12, month=month % 12 + 1, day=min(day.day, 28)) + timedelta(days=max(0, day.day - 28))


def shift(w: World, grade: Grade) -> Dossier:
    indicator, unit, level, _ = river(w)
    count = DONE + w.whole(300, 400)
    resolution = next(row[3] for row in RIVER if row[0] == indicator)
    site = course(w, w.daily(count, level, season=0.05), w.between(2.2, 5))
    climate = np.exp(w.season(np.arange(count), w.between(0, 0.15), w.whole(1, 365)))
    down, up = (w.daily(count, level * w.between(0.9, 1.4), season=0) * climate for _ in range(2))
    if grade is None:
        kind = w.whole(0, 3)
        if kind == 0:  # all improve
            down, up = course(w, down, w.between(1.3, 2)), course(w, up, w.between(1.1, 1.3))
        elif kind == 1:  # a dry year: all rise but the site
            rise = 1 + w.between(0.2, 0.6) * (np.arange(count) > DONE)
            down, up = down * rise, up * rise
    elif w.chance(0.75):
        rise = {"obvious": w.between(1.8, 2.5), "careful": w.between(1.5, 1.8), "cunning": w.between(1.32, 1.5)}[grade]
        down = down * np.where(np.arange(count) > DONE - 20, rise, 1)
    else:
        _complaints(w, count, grade)
        w.registers["petitions"] = w.registers["petitions"]
    one = w.add_series(site, indicator=indicator, unit=unit, resolution=resolution)
    two = w.add_series(down, indicator=indicator, unit=unit, resolution=resolution, place="place-down")
    three = w.add_series(up, indicator=indicator, unit=unit, resolution=resolution, place="place-up")
    w.peers(one, two, three)
    if grade is None and w.chance(0.3):
        _spread_complaints(w, count)
    return w.dossier(w.day(count))


def _complaints(w: World, count: int, grade: Grade) -> None:
    spot = (31.21 + w.between(0.012, 0.03), 110.32 + w.between(0.01, 0.03))
    after = {"obvious": 12, "careful": 8, "cunning": 5}[grade or "cunning"]
    days = [w.whole(20, DONE - 30) for _ in range(w.whole(0, 1))] + [w.whole(DONE + 20, count - 5) for _ in range(after)]
    rows = [(day, spot[0] + w.between(-0.004, 0.004), spot[1] + w.between(-0.004, 0.004)) for day in days]
    rows += [(w.whole(5, count - 5), 31.3 + w.between(-0.1, 0.1), 110.1 + w.between(-0.1, 0.1)) for _ in range(6)]
    rows.append((5, 31.3, 110.1))
    w.registers["petitions"] = tuple(
        Petition(id=f"pet-{n:03}", number=f"D{n}", received=w.day(day).isoformat(), lat=lat, lon=lon, pollution=("water",), status="done")
        for n, (day, lat, lon) in enumerate(rows, 1)
    )


def _spread_complaints(w: World, count: int) -> None:
    kinds = ("water", "air", "noise", "odour")
    w.registers["petitions"] = tuple(
        Petition(id=f"pet-{n:03}", number=f"D{n}", received=w.day(w.whole(5, count - 5)).isoformat(), lat=31.2 + w.between(-0.15, 0.15),
                 lon=110.3 + w.between(-0.15, 0.15), pollution=(w.pick(kinds),), status="done")
        for n in range(1, 25)
    )  # fmt: skip


def row_repeat(w: World, grade: Grade) -> Dossier:
    indicator, unit, level, _ = river(w)
    resolution = next(row[3] for row in RIVER if row[0] == indicator)
    count = DONE + w.whole(250, 500)
    values = course(w, w.daily(count, level), 4)
    printed = resolution
    if grade is None:
        kind = w.whole(0, 2)
        if kind == 0:
            printed = round(level / w.pick((4, 8, 15)), 3)  # a coarse instrument
        elif kind == 1:  # a real weekly cycle
            values *= 1 + 0.2 * np.sin(2 * np.pi * np.arange(count) / 7)
        else:  # neighbours that move together
            near = values * np.exp(w.rng.normal(0, 0.05, count))
            w.add_series(near, indicator=indicator, unit=unit, resolution=resolution, place="place-down")
    elif grade == "obvious":
        block, times, at = 7, w.whole(4, 8), w.whole(DONE, count - 70)
        values[at : at + block * times] = np.tile(values[at : at + block], times)
    elif grade == "careful":
        if w.chance(0.5):
            length = w.whole(10, 30)
            at, to = w.whole(10, DONE), w.whole(DONE, count - 40)
            values[to : to + length] = values[at : at + length]
        else:
            other = values.copy()
            w.add_series(other, indicator=indicator, unit=unit, resolution=resolution, place="place-down", lost=0.0)
    else:
        length = w.whole(35, 60)
        at, to = w.whole(DONE - 10, DONE + 30), w.whole(DONE + 100, count - 70)
        if w.chance(0.5):
            values[to : to + length] = values[at : at + length] + w.rng.integers(-1, 2, length) * resolution
        else:
            values[to : to + 8] = values[at : at + 8]
    w.add_series(values, indicator=indicator, unit=unit, resolution=printed, lost=0.01, source="org-plant")
    return w.dossier(w.day(count))


def ratio(w: World, grade: Grade) -> Dossier:
    w.rules["ratios"] = RATIOS
    monthly = w.chance(0.4)
    count = w.whole(24, 36) if monthly else w.whole(300, 700)
    cod = w.between(180, 320) * np.exp(w.noise(count, 0.15, 0.5))
    share = np.full(count, w.between(0.38, 0.5)) * np.exp(w.noise(count, 0.06, 0.3))
    if grade is None:
        share = share * (1 + 0.08 * np.sin(2 * np.pi * np.arange(count) / (12 if monthly else 365)))
        cod *= np.linspace(1, w.between(1, 1.6), count)
    else:
        wrong = {"obvious": w.between(0.8, 0.95), "careful": w.between(0.7, 0.78), "cunning": w.between(0.65, 0.7)}[grade]
        wrong = wrong if w.chance(0.7) else 0.3 * 0.45 / wrong
        since = 0 if grade == "obvious" else count - (count // 3 if monthly else 130)
        share[since:] = wrong * np.exp(w.noise(count - since, 0.04, 0.3))
    interval = "month" if monthly else "day"
    w.add_series(cod, indicator="化学需氧量", unit="mg/L", resolution=0.1, interval=interval, place="place-plant", lost=0)
    w.add_series(cod * share, indicator="五日生化需氧量", unit="mg/L", resolution=0.1, interval=interval, place="place-plant", lost=0)
    return w.dossier(w.day(count * (30 if monthly else 1)))


def heap(w: World, grade: Grade) -> Dossier:
    goal = w.pick((100.0, 80.0, 50.0))
    w.goals = (w.goal("进水化学需氧量", "mg/L", goal, operator=">="),)
    monthly = w.chance(0.4)
    count = w.whole(24, 40) if monthly else w.whole(200, 500)
    level = goal * w.between(1.05, 1.5) if grade is None else goal * w.between(0.7, 0.9)
    values = level * np.exp(w.noise(count, 0.12, 0.5))
    resolution = 0.1
    if grade is None and w.chance(0.3):
        resolution = goal * 0.05  # rounded by the method
    elif grade:
        share = {"obvious": 0.9, "careful": 0.7, "cunning": 0.55}[grade]
        width = {"obvious": 0.03, "careful": 0.03, "cunning": 0.045}[grade]
        picked = w.rng.random(count) < share
        values[picked] = goal * (1 + w.rng.random(int(picked.sum())) * width)
        if grade != "obvious":
            values[~picked] = goal * w.between(1.15, 1.25) * np.exp(w.rng.normal(0, 0.06, int((~picked).sum())))
    w.add_series(values, indicator="进水化学需氧量", unit="mg/L", resolution=resolution, interval="month" if monthly else "day", lost=0)
    return w.dossier(w.day(count * (30 if monthly else 1)))


def output_outcome(w: World, grade: Grade) -> Dossier:
    indicator, unit, level, _ = river(w)
    up = w.chance(0.4)
    if up:
        indicator, unit, level = "进水化学需氧量", "mg/L", 90.0
        w.goals = (w.goal(indicator, unit, 150.0, operator=">="),)
        w.measures = (w.measure("改造管网3.2公里。", outcome=w.outcome(indicator, "up")),)
    monthly = w.chance(0.4)
    count = DONE + w.whole(240, 420)
    high = level * (1 if up else w.between(2, 4))
    values = w.daily(count, high, season=w.between(0, 0.12))
    after = np.arange(count) > DONE - 15
    good = w.between(1.25, 1.8) if up else w.between(0.25, 0.7)
    if grade is None:
        if w.chance(0.35):  # the plan says that it takes time
            text = w.pick(("建设湿地，预计完工后12个月见效。", "植被恢复，效果滞后显现。", "管网改造，三年后达到设计浓度。"))
            w.measures = (
                (w.measure(text, outcome=w.outcome(indicator, "up" if up else "down")),)
                if not w.measures
                else (replace(w.measures[0], text=text),)
            )
        else:
            values = values * np.where(after, good, 1)
    else:
        wrong = {"obvious": w.between(0.15, 0.4), "careful": w.between(0.05, 0.15), "cunning": 0.0}[grade]
        values = values * np.where(after, 1 - wrong if up else 1 + wrong, 1)
    if monthly:
        values = values[::30]
    w.add_series(values, indicator=indicator, unit=unit, resolution=0.001 if not up else 0.1, interval="month" if monthly else "day")
    return w.dossier(w.day(count))


def source_gap(w: World, grade: Grade) -> Dossier:
    count = w.whole(150, 400)
    rate = w.between(12, 30)
    made = w.load(count, rate)
    theirs = made * np.exp(w.rng.normal(0, 0.04, count))
    if grade is None:
        kind = w.whole(0, 2)
        theirs = theirs * (1 + w.between(-0.08, 0.08))
        if kind == 1:  # other windows: the other report ends before the level changed
            made = np.concatenate([made, made * 1.6])
    else:
        gap = {"obvious": w.between(0.45, 0.65), "careful": w.between(0.68, 0.78), "cunning": w.between(0.79, 0.85)}[grade]
        theirs = theirs * (gap if w.chance(0.5) else 1 / gap)
    unit, scale = w.pick((("t/d", 1.0), ("kg/d", 1000.0)))
    w.add_series(made, indicator="产泥量", unit="t/d", resolution=0.01, place="place-plant", kind="register", source="org-plant")
    monthly = w.chance(0.5)
    if monthly:
        months = np.array([(w.day(i).year * 12 + w.day(i).month) for i in range(count)])
        theirs = np.array([theirs[months == month].mean() for month in np.unique(months)])
    w.add_series(
        theirs * scale,
        indicator="产泥量",
        unit=unit,
        resolution=0.01 * scale,
        place="place-plant",
        kind="register",
        source="org-eco",
        interval="month" if monthly else "day",
        lost=0,
    )
    return w.dossier(w.day(count))


def lab(w: World, grade: Grade) -> Dossier:
    kind = w.whole(0, 3)
    days = [w.day(40 + 30 * n) for n in range(3)]
    for n, day in enumerate(days):
        gaps = [120 + w.whole(0, 40) for _ in range(2)]
        if kind == 0 and n == 1:
            gaps = {
                "obvious": [w.whole(5, 25), w.whole(5, 40)],
                "careful": [w.whole(45, 80), 125],
                "cunning": [w.whole(95, 114), 130],
                None: [120, 120],
            }[grade]
        minutes = np.cumsum([540, *gaps])
        times = tuple(f"{day}T{m // 60:02}:{m % 60:02}" for m in minutes.tolist())
        sampling = w.add_record(
            "sampling",
            day,
            place="place-plant",
            people=("person-1",),
            instrument="仪器甲",
            times=times,
            start=times[0],
            end=times[-1],
            org="org-lab",
        )
        analysed = day + timedelta(days=1)
        reported = day + timedelta(days=w.whole(3, 6))
        if kind == 1 and n == 1 and grade:
            reported = analysed - timedelta(days={"obvious": 6, "careful": 2, "cunning": 1}[grade])
        w.add_record("lab_report", reported, samples=(sampling,), received_at=f"{day}T17:30", analysed_at=analysed.isoformat(), reported_at=reported.isoformat(),
                     results=(Result(indicator="化学需氧量", value=round(w.between(15, 30), 1), unit="mg/L", place="place-plant"),), org="org-lab")  # fmt: skip
    if kind == 2:
        day = days[1]
        hour = {"obvious": "10:00", "careful": "13:25", "cunning": "13:40", None: "16:30"}[grade]
        end = f"{int(hour[:2]) + 1:02}:{hour[3:]}"
        far = "place-far" if grade or w.chance(0.5) else "place-town"
        w.add_record(
            "sampling",
            day,
            place=far,
            people=("person-1", "person-2"),
            start=f"{day}T{hour}",
            end=f"{day}T{end}",
            times=(f"{day}T{hour}",),
            org="org-lab",
            instrument="仪器甲",
        )
    if kind == 3:
        day = days[1]
        first, last = (
            (day - timedelta(days=w.whole(1, 9)), day + timedelta(days=w.whole(1, 9)))
            if grade
            else (day - timedelta(days=6), day - timedelta(days=w.whole(0, 1)))
        )
        from xiaohao.dossier.series import Facility

        w.registers["facilities"] = (Facility(id="fac-001", name="砚田净水厂", kind="污水处理厂", org="org-plant", place="place-plant"),)
        w.add_record("shutdown", first, start=first.isoformat(), end=last.isoformat(), of="fac-001", org="org-plant")
    return w.dossier(w.day(200))


FAMILIES: dict[str, Family] = {
    "RELAPSE": relapse,
    "WINDOW": window,
    "SHIFT": shift,
    "ROW-REPEAT": row_repeat,
    "RATIO": ratio,
    "HEAP": heap,
    "OUTPUT-OUTCOME": output_outcome,
    "SOURCE-GAP": source_gap,
    "LAB": lab,
    **PLANTS,
    **STATIONS,
}

__all__ = ["FAMILIES", "GRADES", "TASK", "Limit", "Quantity", "make"]
