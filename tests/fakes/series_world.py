"""A seeded county full of instruments: rivers, stations, plants and their records, honest unless somebody bends them.

Everything here is invented. The shapes (autocorrelated noise on a season, a week, a day; coarse and fine instruments; lost readings) are
those of real series; that they are synthetic is said wherever figures made with them are shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Org, Person, Place
from xiaohao.dossier.plan import Goal, Measure, Outcome, Plan, Target
from xiaohao.dossier.record import Record
from xiaohao.dossier.rules import AcceptanceRule, RatioRule, Rules, SamplingRule, Tolerance, WatchRule
from xiaohao.dossier.series import Series
from xiaohao.dossier.task import Inspection, Task, TaskList

TASK = "task-001"
RECORDED = "2020-01-06T09:00:00+08:00"

#: (indicator, unit, level after the works, resolution) of what rivers and stations measure
RIVER = (
    ("氨氮", "mg/L", 0.9, 0.001),
    ("总磷", "mg/L", 0.16, 0.001),
    ("化学需氧量", "mg/L", 21.0, 0.1),
    ("高锰酸盐指数", "mg/L", 4.8, 0.01),
)
AIR = (("二氧化硫", "ug/m3", 28.0, 1.0), ("二氧化氮", "ug/m3", 41.0, 1.0), ("PM2.5", "ug/m3", 52.0, 1.0), ("PM10", "ug/m3", 88.0, 1.0))


@dataclass
class World:
    """What one generated dossier is made of; `rng` decides everything that is not asked for."""

    rng: np.random.Generator
    start: date = date(2021, 1, 4)
    series: list[Series] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    registers: dict[str, Any] = field(default_factory=dict)
    task: dict[str, Any] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    measures: tuple[Measure, ...] = ()
    rules: dict[str, Any] = field(default_factory=dict)

    # Choices ------------------------------------------------------------------------------------------------------------------

    def pick(self, options: Any) -> Any:
        return options[int(self.rng.integers(len(options)))]

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        """Both included."""
        return int(self.rng.integers(low, high + 1))

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def day(self, offset: int) -> date:
        return self.start + timedelta(days=offset)

    # Readings -----------------------------------------------------------------------------------------------------------------

    def noise(self, count: int, sd: float, memory: float) -> np.ndarray:
        """Autocorrelated noise of standard deviation `sd`; `memory` 0..1 from one reading to the next."""
        shocks = self.rng.normal(0, sd * np.sqrt(1 - memory**2), count)
        out = np.empty(count)
        last = self.rng.normal(0, sd)
        for index in range(count):
            last = memory * last + shocks[index]
            out[index] = last
        return out

    def season(self, days: np.ndarray, depth: float, peak: int) -> np.ndarray:
        """A yearly wave; `peak` day of the year."""
        doy = np.array([self.day(int(d)).timetuple().tm_yday for d in days])
        return depth * np.cos(2 * np.pi * (doy - peak) / 365.25)

    def daily(self, count: int, level: float, sd: float | None = None, season: float | None = None) -> np.ndarray:
        """A river or a daily station."""
        sd = self.between(0.08, 0.2) if sd is None else sd
        season = self.between(0, 0.15) if season is None else season
        days = np.arange(count)
        return level * np.exp(self.noise(count, sd, self.between(0.4, 0.8)) + self.season(days, season, self.whole(1, 365)))

    def hourly(self, count: int, level: float, weather: np.ndarray | None = None) -> np.ndarray:
        """A station with the weather of its region (shared by its neighbours), a daily wave of its own and noise of its own."""
        hours = np.arange(count)
        weather = self.weather(count) if weather is None else weather
        wave = self.between(0.1, 0.35) * np.cos(2 * np.pi * (hours % 24 - self.whole(7, 21)) / 24)
        return level * np.exp(weather + wave + self.noise(count, self.between(0.08, 0.2), self.between(0.3, 0.8)))

    def weather(self, count: int) -> np.ndarray:
        return self.noise(count, self.between(0.35, 0.6), 0.97)

    def load(self, count: int, level: float) -> np.ndarray:
        """A plant's daily load: week, season, noise."""
        days = np.arange(count)
        weekly = self.between(0, 0.06) * np.isin((days + self.start.weekday()) % 7, (5, 6))
        return level * np.exp(
            self.noise(count, self.between(0.05, 0.1), 0.5) + self.season(days, self.between(0, 0.12), self.whole(1, 365)) - weekly
        )

    # Rows ---------------------------------------------------------------------------------------------------------------------

    def add_series(self, values: np.ndarray, *, indicator: str, unit: str, place: str | None = "place-site", interval: str = "day",
                   resolution: float | None = 0.001, lost: float = 0.01, marks_at: dict[int, str] | None = None, printed: float | None = None,
                   **more: Any) -> str:  # fmt: skip
        """Write a series; `lost`: share of readings that are missing; `marks_at`: mark by index; `printed`: step in which values are printed."""
        number = len(self.series) + 1
        key = f"series-{number:03}"
        step = printed or resolution
        values = np.array(values, dtype=float)
        if step:
            values = np.round(np.maximum(values, 0) / step) * step
        gone = self.rng.random(len(values)) < lost
        lines = ["time,value,mark"]
        for index, value in enumerate(values):
            mark = (marks_at or {}).get(index, "")
            text = "" if np.isnan(value) or (gone[index] and not mark) else f"{value:.6f}".rstrip("0").rstrip(".")
            lines.append(f"{self.stamp(index, interval)},{text},{mark}")
        content = ("\n".join(lines) + "\n").encode()
        path = f"series/{key}.csv"
        self.contents[path] = content
        self.files.append(
            File(
                id=f"file-{number:03}",
                path=path,
                sha256=hashlib.sha256(content).hexdigest(),
                bytes=len(content),
                media="text/csv",
                kind="series",
                recorded_at=RECORDED,
            )
        )
        given = {"kind": "auto", "source": "org-eco", "tasks": (TASK,), **more}
        self.series.append(
            Series(
                id=key,
                indicator=indicator,
                unit=unit,
                place=place,
                interval=interval,
                resolution=resolution,
                file=f"file-{number:03}",
                **given,
            )
        )
        return key

    def stamp(self, index: int, interval: str) -> str:
        if interval == "hour":
            return (datetime(self.start.year, self.start.month, self.start.day) + timedelta(hours=index)).strftime("%Y-%m-%dT%H:%M")  # noqa: DTZ001
        if interval == "month":
            month = self.start.year * 12 + self.start.month - 1 + index
            return f"{month // 12}-{month % 12 + 1:02}-15"
        if interval == "week":
            return self.day(7 * index).isoformat()
        return self.day(index).isoformat()

    def peers(self, key: str, *others: str) -> None:
        self.series = [replace(s, peers=others) if s.id == key else s for s in self.series]

    def add_record(self, kind: str, day: date | None = None, **more: Any) -> str:
        key = f"rec-{len(self.records) + 1:03}"
        dated = {"date": day.isoformat()} if day else {}
        self.records.append(Record(**{"id": key, "type": kind, "tasks": (TASK,), "recorded_at": RECORDED, **dated, **more}))
        return key

    def goal(self, indicator: str, unit: str, value: float, **more: Any) -> Goal:
        wanted = {"place": "place-site", "operator": "<=", "window": "month", "min_months": 3, **more}
        return Goal(
            id="goal-1", text=f"{indicator}达到{value}{unit}。", target=Target(indicator=indicator, unit=unit, value=value, **wanted)
        )

    def measure(self, text: str = "建设治理设施。", **more: Any) -> Measure:
        return Measure(
            **{"id": f"measure-{len(self.measures) + 1:02}", "number": len(self.measures) + 1, "text": text, "kind": "works", **more}
        )

    def outcome(self, indicator: str, direction: str = "down") -> Outcome:
        return Outcome(indicator=indicator, place="place-site", direction=direction)

    def dossier(self, last: date) -> Dossier:
        """The whole case, made a few days after `last`."""
        rules = {
            "name": "整改验收销号规程",
            "watch": WatchRule(months=12, k=2, n=3),
            "acceptance": AcceptanceRule(min_months=3, min_people=3),
            "tolerance": Tolerance(length=0.05, balance=0.15, source=0.1),
            "sampling": (SamplingRule(indicator="*", min_interval_minutes=120, min_times=3),),
            **self.rules,
        }
        task = {
            "problem": "青阜镇污染问题。", "kind": "deadline", "nature": "works", "places": ("place-site",), "owner": "org-town", "acceptor": "org-eco",
            "reviewer": "org-office", "publisher": "org-county", "desk": "org-office", "status": "in_progress", **self.task,
        }  # fmt: skip
        plan = Plan(
            id="plan-1",
            task=TASK,
            version=1,
            author="org-county",
            date=str(self.registers.pop("planned", self.day(180))),
            recorded_at=RECORDED,
            goals=self.goals,
            measures=self.measures,
        )
        registers: dict[str, Any] = {
            "rules": Rules(**rules), "orgs": ORGS, "people": PEOPLE, "places": PLACES,
            "inspections": (Inspection(id="insp-1", name="东陆省督察", level="province", kind="routine"),),
            "lists": (TaskList(id="list-1", inspection="insp-1", name="青禾县整改清单"),),
            "tasks": (Task(id=TASK, list="list-1", number=1, **task),), "plans": (plan,), "records": tuple(self.records),
            "files": tuple(self.files), "series": tuple(self.series), "contents": self.contents, **self.registers,
        }  # fmt: skip
        return Dossier(id="case-fake", kind="dossier", made_at=f"{last + timedelta(days=5)}T10:00:00+08:00", **registers)


ORGS = (
    Org(id="org-city", name="景澜市人民政府", level="city", kind="government"),
    Org(id="org-office", name="景澜市整改办", level="city", kind="office", parent="org-city"),
    Org(id="org-eco", name="景澜市生态环境局", level="city", kind="department", parent="org-city"),
    Org(id="org-county", name="青禾县人民政府", level="county", kind="government", parent="org-city"),
    Org(id="org-town", name="青阜镇人民政府", level="town", kind="government", parent="org-county"),
    Org(id="org-plant", name="砚田净水有限公司", level="none", kind="enterprise"),
    Org(id="org-lab", name="清源检测有限公司", level="none", kind="lab"),
)
PEOPLE = tuple(Person(id=f"person-{n}", name=name, org="org-lab") for n, name in enumerate(("林知远", "沈启明", "何佳宁", "梁一舟"), 1))
PLACES = (
    Place(id="place-county", name="青禾县", kind="region", lat=31.2, lon=110.3),
    Place(id="place-town", name="青阜镇", kind="region", parent="place-county", lat=31.21, lon=110.31),
    Place(id="place-site", name="清沅河石桥断面", kind="point", parent="place-town", lat=31.21, lon=110.32),
    Place(id="place-down", name="清沅河出境断面", kind="point", parent="place-county", lat=31.25, lon=110.38, downstream_of="place-site"),
    Place(id="place-up", name="清沅河上游断面", kind="point", parent="place-county", lat=31.17, lon=110.27),
    Place(id="place-air", name="青阜站", kind="point", parent="place-town", lat=31.213, lon=110.31, radius_m=500, near=("place-air2", "place-air3", "place-air4")),
    Place(id="place-air2", name="河东站", kind="point", parent="place-county", lat=31.25, lon=110.33),
    Place(id="place-air3", name="城南站", kind="point", parent="place-county", lat=31.16, lon=110.30),
    Place(id="place-air4", name="砚田站", kind="point", parent="place-county", lat=31.22, lon=110.22),
    Place(id="place-plant", name="砚田厂区", kind="site", parent="place-town", lat=31.205, lon=110.305),
    Place(id="place-far", name="河西村", kind="region", parent="place-county", lat=31.30, lon=110.10),
)  # fmt: skip

RATIOS = (RatioRule(over="五日生化需氧量", under="化学需氧量", low=0.3, high=0.6),)
