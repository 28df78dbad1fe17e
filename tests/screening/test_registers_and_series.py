"""Registers beside series, in the shapes that a county's own books have: one figure for a stretch of days, loads of what flows out, ratings by the hour."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.fakes.series_plants import plant, utility
from tests.fakes.series_world import World
from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Quantity
from xiaohao.dossier.series import Facility, Rated
from xiaohao.screening.checks import balance, capacity, lab, source_gap
from xiaohao.screening.finding import Finding

DAYS = 120


def spoken(check, case: Dossier) -> list[Finding]:
    return [one for one in check.check(case) if isinstance(one, Finding)]


def reported(share: float, unit: str = "t/d", days: int = DAYS, second: float | None = None) -> Dossier:
    """A plant's daily ash, and what the bureau's records say of the same days; with `second` a record of the plant instead of the series."""
    w = World(np.random.default_rng(3))
    level = 46.0
    if second is None:
        utility(w, w.load(DAYS, level), "灰渣产生量", "t/d", 0.1)
    else:
        stretch(w, "org-plant", level * second, "t/d", days)
    stretch(w, "org-eco", level * share * (days if unit == "t" else 1), unit, days)
    return w.dossier(w.day(DAYS + 3))


def stretch(w: World, org: str, value: float, unit: str, days: int) -> None:
    w.add_record(
        "work_log",
        w.day(DAYS + 1),
        org=org,
        place="place-plant",
        start=w.day(0).isoformat(),
        end=w.day(days - 1).isoformat(),
        quantities=(Quantity(name="灰渣产生量", value=round(value, 1), unit=unit),),
    )


@pytest.mark.parametrize("share", [0.6, 0.8, 1.3])
@pytest.mark.parametrize("unit", ["t/d", "t"])
def test_a_figure_for_a_stretch_of_days_stands_against_the_series(share: float, unit: str):
    (found,) = spoken(source_gap, reported(share, unit))
    assert {where.id for where in found.where} == {"series-001", "rec-001"}


@pytest.mark.parametrize("share", [0.95, 1.05])
@pytest.mark.parametrize("unit", ["t/d", "t"])
def test_a_small_difference_of_definition_is_silent(share: float, unit: str):
    assert spoken(source_gap, reported(share, unit)) == []


def test_the_figure_of_a_single_day_is_no_report():
    assert spoken(source_gap, reported(0.9, days=1)) == []


def test_two_units_reports_of_the_same_days_stand_against_each_other():
    (found,) = spoken(source_gap, reported(0.7, second=1.0))
    assert {where.id for where in found.where} == {"rec-001", "rec-002"}
    assert spoken(source_gap, reported(0.96, second=1.0)) == []


def hauled(share: float, emptied: bool = False, inflow: bool = False) -> Dossier:
    """Leachate that flows out of a pond and leaves by slip; with `emptied` a stock that a later record says is gone."""
    w = World(np.random.default_rng(4))
    made = w.load(DAYS, 20)
    flows = {"outflow": utility(w, made, "渗滤液产生量", "m3/d", 0.1)}
    if inflow:
        flows["inflow"] = utility(w, made, "进水量", "m3/d", 0.1)
    for n in range(12):
        w.add_record(
            "transfer",
            w.day(10 * n + 9),
            org="org-plant",
            slip=f"LD{n}",
            of="fac-002",
            quantities=(Quantity(name="渗滤液", value=round(float(made.sum()) * share / 12, 1), unit="m3"),),
        )
    for day, stored in ((40, 0.4), (90, 0.0)) if emptied else ():
        quantity = Quantity(name="渗滤液", value=round(float(made.sum()) * stored, 1), unit="m3")
        w.add_record("storage", w.day(day), of="fac-001", org="org-plant", quantities=(quantity,))
    w.registers["facilities"] = (
        plant(w, flows, loss=0.05),
        Facility(id="fac-002", name="接收厂", kind="处置", capacity=Rated(quantity="渗滤液", value=2, unit="m3/h")),
    )
    return w.dossier(w.day(DAYS))


def test_what_flows_out_and_leaves_by_slip_is_balanced_with_the_slips():
    (found,) = spoken(balance, hauled(0.5))
    assert "series-001" in {where.id for where in found.where}
    assert spoken(balance, hauled(0.97)) == []
    assert spoken(balance, hauled(0.5, inflow=True)) == []  # a plant's discharge goes by pipe


def test_a_stock_that_a_later_record_says_is_gone_must_stand_on_slips():
    assert len(spoken(balance, hauled(0.6, emptied=True))) == 1
    assert spoken(balance, hauled(0.97, emptied=True)) == []


@pytest.mark.parametrize(("rating", "unit", "found"), [(0.5, "m3/h", 1), (1.2, "m3/h", 0)])
def test_a_rating_by_the_hour_counts_by_the_day(rating: float, unit: str, found: int):
    case = hauled(1.0)
    rated = replace(case.facilities[1], capacity=Rated(quantity="渗滤液", value=rating, unit=unit))
    assert len(spoken(capacity, replace(case, facilities=(case.facilities[0], rated)))) == found


@pytest.mark.parametrize(("start", "found"), [("2021-02-03T06:00", 1), ("2021-02-03T14:00", 0), ("2021-02-03", 0)])
def test_on_the_first_day_of_a_stop_the_hour_decides(start: str, found: int):
    w = World(np.random.default_rng(5))
    w.registers["facilities"] = (plant(w, {}),)
    day = w.day(30)
    w.add_record("sampling", day, org="org-lab", place="place-plant", times=(f"{day}T09:00", f"{day}T11:10"))
    w.add_record("shutdown", day, of="fac-001", org="org-plant", start=start, end="2021-02-10")
    assert len([one for one in spoken(lab, w.dossier(w.day(60))) if "停产" in one.message]) == found
