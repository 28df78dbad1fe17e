"""Edges that a stranger's dossiers showed: fakes that were too short, too mild or too thinly said, and honest series that looked like them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.fakes.series_world import PLACES, World
from tests.screening.samples import said
from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.plan import Outcome
from xiaohao.dossier.rules import RatioRule
from xiaohao.dossier.series import Facility, Flow, Limit, Norm, Rated

STATIONS = ("place-air", "place-air2", "place-air3", "place-air4")


def world() -> World:
    return World(np.random.default_rng(7))


def stations(w: World, point: np.ndarray, others: list[np.ndarray], **more: object) -> str:
    keys = [
        w.add_series(
            values, indicator="二氧化氮", unit="ug/m3", place=place, resolution=1.0, lost=0, **(more if place == "place-air" else {})
        )  # type: ignore[arg-type]
        for place, values in zip(STATIONS, (point, *others), strict=True)
    ]
    w.peers(keys[0], *keys[1:])
    return keys[0]


def days_of(w: World, count: int, *, season: float = 0.0) -> tuple[np.ndarray, list[np.ndarray]]:
    """A daily station and three neighbours under one weather."""
    weather = w.noise(count, 0.3, 0.7) + season * np.cos(np.arange(count) / 40)
    point, *others = [40 * np.exp(weather + w.noise(count, 0.08, 0.5)) for _ in range(4)]
    return point, others


# POINT-GAP


def test_a_point_that_falls_further_than_a_season_that_falls_for_all():
    w = world()
    point, others = days_of(w, 240)
    for values in (point, *others):
        values[120:] *= 0.7
    point[120:] *= 0.45
    stations(w, point, others)
    (finding,) = said(w.dossier(w.day(240)), "POINT-GAP")
    assert finding.figures["peers"] < -0.2


def test_a_point_among_neighbours_that_themselves_go_different_ways_is_no_lone_point():
    w = world()
    point, others = days_of(w, 240)
    point[120:] *= 0.55
    others[0][120:] *= 0.6
    others[1][120:] *= 1.4
    stations(w, point, others)
    assert said(w.dossier(w.day(240)), "POINT-GAP") == []


def test_works_explain_a_fall_while_they_were_under_way_and_not_a_year_later():
    w = world()
    point, others = days_of(w, 700)
    point[600:] *= 0.4
    stations(w, point, others)
    w.measures = (w.measure(outcome=Outcome(indicator="二氧化氮", place="place-air", direction="down")),)
    w.task = {"done_at": w.day(250).isoformat()}
    assert said(w.dossier(w.day(700)), "POINT-GAP")
    w.task = {"done_at": w.day(590).isoformat()}
    w.registers["planned"] = w.day(180)
    assert said(w.dossier(w.day(700)), "POINT-GAP") == []


# HEAP and CEILING


def noise_at(level: float) -> Dossier:
    w = world()
    w.goals = (w.goal("夜间等效声级", "dB", 55.0),)
    w.add_series(level + w.noise(300, 0.9, 0.4), indicator="夜间等效声级", unit="dB", resolution=0.1, lost=0)
    return w.dossier(w.day(300))


def test_decibels_lie_near_their_goal_by_themselves_and_thin_out_towards_it():
    assert said(noise_at(53.2), "HEAP") == []


def test_four_readings_of_ten_in_a_band_that_ends_at_the_goal_are_a_heap():
    w = world()
    w.goals = (w.goal("氨氮", "mg/L", 1.5),)
    values = w.daily(300, 0.8, sd=0.15, season=0.0)
    picked = w.rng.permutation(300)[:115]
    values[picked] = 1.5 * (1 - 0.02 * w.rng.random(115))
    w.add_series(values, indicator="氨氮", unit="mg/L", lost=0)
    assert said(w.dossier(w.day(300)), "HEAP")


def test_half_of_all_readings_under_a_limit_that_no_goal_sets_are_the_ceilings_business():
    w = world()
    values = w.daily(400, 75.0, sd=0.5, season=0.0)
    over = values > 74
    values[over] = 75 * (1 - 0.035 * w.rng.random(int(over.sum())))
    w.add_series(values, indicator="PM2.5", unit="ug/m3", resolution=0.1, lost=0, limits=(Limit(operator="<=", value=75.0, window="day"),))
    assert said(w.dossier(w.day(400)), "CEILING")


# MARK


def exceeding(marks: dict[int, str], *, before: bool = True) -> Dossier:
    """A daily series that was too high before its works ended on day 200 and has twelve days over 50 afterwards."""
    w = world()
    values = w.daily(500, 28.0, sd=0.1, season=0.0)
    values[:200] *= 3.0 if before else 1.0
    values[over_at()] = 62.0
    w.add_series(values, indicator="化学需氧量", unit="mg/L", resolution=0.1, lost=0, marks_at=marks, marks={"D": "设备故障", "C": "校准"},
                 limits=(Limit(operator="<=", value=50.0, window="month"),))  # fmt: skip
    w.task = {"done_at": w.day(200).isoformat()}
    return w.dossier(w.day(500))


def over_at() -> list[int]:
    return [214, 231, 239, 262, 300, 307, 333, 361, 390, 402, 445, 471]


def test_marks_that_hide_what_is_too_high_after_the_works_are_seen_though_it_was_said_before():
    assert said(exceeding(dict.fromkeys(over_at(), "D")), "MARK")


def test_calibration_without_rhythm_and_record_at_each_exceedance_is_no_calibration():
    assert said(exceeding(dict.fromkeys(over_at(), "C")), "MARK")


def test_calibration_that_keeps_its_week_passes():
    assert said(exceeding(dict.fromkeys(range(3, 500, 7), "C")), "MARK") == []


def test_many_fault_marks_without_any_repair_on_record():
    assert said(exceeding(dict.fromkeys(range(205, 490, 23), "D")), "MARK")
    assert said(exceeding(dict.fromkeys((220, 290, 350), "D")), "MARK") == []


# PEER


def test_a_point_that_varies_by_a_third_for_three_months():
    w = world()
    count = 120 * 24
    weather = w.weather(count)
    others = [w.hourly(count, level, weather) for level in (38.0, 44.0, 51.0)]
    calm = 40 + 0.25 * (w.hourly(count, 40.0, weather) - 40)
    keys = [
        w.add_series(v, indicator="二氧化氮", unit="ug/m3", resolution=0.1, interval="hour", place=p, lost=0)
        for p, v in zip(STATIONS, (calm, *others), strict=True)
    ]
    w.peers(keys[0], *keys[1:])
    assert said(w.dossier(w.day(120)), "PEER")


@pytest.mark.parametrize(("jump", "speaks"), [(0.6, True), (0.95, False)])
def test_levels_that_jump_down_and_up_at_the_repairs(jump, speaks):
    w = world()
    point, others = days_of(w, 300)
    for number, first in enumerate(range(30, 270, 30)):
        if number % 2 == 0:
            point[first + 1 : first + 31] *= jump
    key = stations(w, point, others)
    for first in range(30, 270, 30):
        w.add_record("maintenance", w.day(first), of=key, start=w.day(first).isoformat(), end=w.day(first).isoformat())
    assert bool(said(w.dossier(w.day(300)), "PEER")) is speaks


# CROSS-METER and STOP-GO


def plant(w: World, power: np.ndarray, inflow: np.ndarray, **more: object) -> None:
    flows = tuple(
        Flow(
            quantity=name,
            series=w.add_series(values, indicator=word, unit=unit, resolution=1.0, place="place-plant", kind="utility", lost=0),
        )
        for name, word, unit, values in (("power", "用电量", "kWh", power), ("inflow", "进水量", "m3/d", inflow))
    )
    given = {"norms": (Norm(quantity="power", per="inflow", low=0.25, high=0.55, unit="kWh/m3"),), **more}
    w.registers["facilities"] = (Facility(id="fac-1", name="砚田净水厂", kind="污水处理厂", place="place-plant", flows=flows, **given),)  # type: ignore[arg-type]


@pytest.mark.parametrize(("share", "speaks"), [(0.4, True), (0.8, False)])
def test_forty_days_far_below_the_norm_are_a_state(share, speaks):
    w = world()
    inflow = w.load(300, 9000)
    power = 0.4 * inflow * np.exp(w.rng.normal(0, 0.05, 300))
    power[143:183] *= share
    plant(w, power, inflow)
    assert bool(said(w.dossier(w.day(300)), "CROSS-METER")) is speaks


@pytest.mark.parametrize(("share", "speaks"), [(0.3, True), (0.1, False)])
def test_a_daily_meter_in_kwh_stands_against_a_base_load_in_kwh_a_day(share, speaks):
    w = world()
    power = w.load(300, 8000)
    power[100:140] *= share
    plant(w, power, w.load(300, 9000), base_load=Rated(quantity="power", value=800, unit="kWh/d"))
    w.add_record("shutdown", w.day(100), of="fac-1", start=w.day(100).isoformat(), end=w.day(139).isoformat())
    assert bool(said(w.dossier(w.day(300)), "STOP-GO")) is speaks


# RATIO, WORKS-NEAR, OUTPUT-OUTCOME


@pytest.mark.parametrize(("ratio", "speaks"), [(0.67, True), (0.61, False)])
def test_fifty_days_a_tenth_outside_the_band(ratio, speaks):
    w = world()
    w.rules = {"ratios": (RatioRule(over="五日生化需氧量", under="化学需氧量", low=0.3, high=0.6),)}
    below = w.daily(300, 220.0)
    above = 0.45 * below * np.exp(w.rng.normal(0, 0.05, 300))
    above[245:] = ratio * below[245:]
    for name, values in (("五日生化需氧量", above), ("化学需氧量", below)):
        w.add_series(values, indicator=name, unit="mg/L", resolution=0.1, lost=0)
    assert bool(said(w.dossier(w.day(300)), "RATIO")) is speaks


@pytest.mark.parametrize(("north", "speaks"), [(0.001, True), (0.02, False)])
def test_works_stand_at_the_site_they_name(north, speaks):
    w = world()
    site = Place(id="place-mist", name="雾炮点", kind="site", parent="place-town", lat=31.213 + north, lon=110.31)
    w.registers["places"] = (*PLACES, site)
    w.measures = (w.measure("设置固定式雾炮两台。", places=("place-mist",)),)
    assert bool(said(w.dossier(w.day(300)), "WORKS-NEAR")) is speaks


@pytest.mark.parametrize(("after", "speaks"), [(1.25, True), (1.04, False)])
def test_an_outcome_whose_goal_was_always_met_may_stay_but_not_turn_round(after, speaks):
    w = world()
    values = w.daily(700, 0.8, sd=0.08, season=0.0)
    values[330:] *= after
    w.goals = (w.goal("氨氮", "mg/L", 1.5),)
    w.measures = (w.measure(outcome=w.outcome("氨氮")),)
    w.task = {"done_at": w.day(330).isoformat()}
    w.add_series(values, indicator="氨氮", unit="mg/L", lost=0)
    case = w.dossier(w.day(700))
    assert bool(said(case, "OUTPUT-OUTCOME")) is speaks


# WINDOW


@pytest.mark.parametrize(("months", "speaks"), [(6, True), (None, False)])
def test_a_task_done_at_once_keeps_the_months_that_its_own_goal_names(months, speaks):
    w = world()
    w.goals = (w.goal("夜间噪声", "dB", 50.0, min_months=months),)
    w.task = {"kind": "immediate", "done_at": w.day(200).isoformat()}
    w.add_series(w.daily(230, 44.0, sd=0.02, season=0.0), indicator="夜间噪声", unit="dB", resolution=0.1, lost=0)
    w.add_record("acceptance", w.day(228), passed=True)
    assert bool(said(w.dossier(w.day(230)), "WINDOW")) is speaks


# what real ozone does


def test_a_winter_that_takes_more_than_half_of_all_is_no_time_to_compare():
    w = world()
    point, others = days_of(w, 240)
    for values in (point, *others):
        values[120:] *= 0.4
    point[120:] *= 0.5
    stations(w, point, others)
    assert said(w.dossier(w.day(240)), "POINT-GAP") == []
