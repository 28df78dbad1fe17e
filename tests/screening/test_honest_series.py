"""Real honest series must pass, with all their dirt; the same series with a stretch bent must not. They stay outside the project."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from tests.fakes.series_world import TASK, World
from tests.shared import SHARED, needs_shared
from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.plan import Outcome
from xiaohao.dossier.series import Limit, Series
from xiaohao.screening.checks import CHECKS, CaseCheck
from xiaohao.screening.finding import Finding

MONITORING = SHARED / "data" / "monitoring"
SITES = ("Aotizhongxin", "Changping", "Dingling", "Dongsi")
PLACES = ("place-air", "place-air2", "place-air3", "place-air4")
INSTRUMENT_CHECKS = (
    "ROW-REPEAT",
    "POINT-GAP",
    "FLAT",
    "CEILING",
    "PEER",
    "MARK",
    "HEAP",
    "RATIO",
    "SHIFT",
    "STOP-GO",
    "CROSS-METER",
    "SOURCE-GAP",
)

#: Hours taken of each site: two winters and a summer, so that the test stays quick.
HOURS = slice(20_000, 33_000)


@cache
def column(site: str, name: str) -> tuple[str, ...]:
    text = gzip.decompress((MONITORING / f"PRSA_Data_{site}_20130301-20170228.csv.gz").read_bytes()).decode()
    rows = list(csv.DictReader(io.StringIO(text)))[HOURS]
    return tuple(
        f"{r['year']}-{int(r['month']):02}-{int(r['day']):02}T{int(r['hour']):02}:00,{'' if r[name] in ('NA', '') else r[name]},"
        for r in rows
    )


def stations(name: str, limit: float, **bent: dict[int, str]) -> Dossier:
    """The four sites as a case with neighbours and a limit; `bent` replaces values by index in one site."""
    world = World(np.random.default_rng(0))
    for number, site in enumerate(SITES, 1):
        lines = list(column(site, name))
        for index, value in bent.get(site, {}).items():
            lines[index] = f"{lines[index].split(',')[0]},{value},"
        add(world, number, ("time,value,mark\n" + "\n".join(lines)).encode(), name, "ug/m3", PLACES[number - 1], "hour", limit)
    world.series = [replace(s, peers=tuple(o.id for o in world.series if o.id != s.id)) for s in world.series]
    world.measures = (world.measure(outcome=Outcome(indicator=name, place="place-air", direction="down")),)
    world.task |= {"done_at": "2015-09-30"}
    world.registers["planned"] = "2015-07-01"
    return world.dossier(date(2017, 3, 1))


def add(world: World, number: int, content: bytes, indicator: str, unit: str, place: str, interval: str, limit: float | None) -> None:
    path = f"series/{number}.csv"
    world.contents[path] = content
    world.files.append(File(id=f"file-{number}", path=path, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content), media="text/csv", kind="series", recorded_at="2020-01-06T09:00:00+08:00"))  # fmt: skip
    limits = (Limit(operator="<=", value=limit),) if limit else ()
    world.series.append(Series(id=f"series-{number}", indicator=indicator, unit=unit, place=place, interval=interval, kind="auto", source="org-eco", file=f"file-{number}", tasks=(TASK,), limits=limits))  # fmt: skip


def said(case: Dossier, *ids: str) -> list[str]:
    wanted = ids or INSTRUMENT_CHECKS
    checks = [check for check in CHECKS if check.ID in wanted and isinstance(check, CaseCheck)]
    return [f"{one.check}: {one.message}" for check in checks for one in check.check(case) if isinstance(one, Finding)]


@needs_shared
@pytest.mark.parametrize(("name", "limit"), [("SO2", 50), ("NO2", 80), ("CO", 4000), ("PM2.5", 75)])
def test_nothing_fires_on_honest_air(name, limit):
    assert said(stations(name, limit)) == []


@needs_shared
def test_ninety_one_hours_of_nineteen_are_found():
    bent = dict.fromkeys(range(6000, 6091), "19")
    found = said(stations("NO2", 80, Dongsi=bent), "FLAT")
    assert len(found) == 1
    assert "91 小时停在 19 ug/m3，邻站同期变动" in found[0]


@needs_shared
def test_a_week_from_another_month_is_found():
    lines = column("Changping", "PM2.5")
    copied = {7000 + n: lines[3400 + 240 + n].split(",")[1] for n in range(168)}  # 3640 and 7000 are whole days apart
    found = said(stations("PM2.5", 75, Changping=copied), "ROW-REPEAT")
    assert len(found) == 1
    assert "完全相同" in found[0]


@needs_shared
def test_nothing_fires_on_an_honest_river():
    world = World(np.random.default_rng(0))
    rows = [line.split(",") for line in (MONITORING / "river_water_flow.csv").read_text().splitlines()[1:]]
    content = "time,value,mark\n" + "".join(f"{time[:16]},{value},\n" for time, value in rows)
    add(world, 1, content.encode(), "流量", "L/s", "place-site", "hour", None)
    assert said(world.dossier(date(2023, 6, 1))) == []
