"""The statistics of instruments: stillness, copies, piles and heaps, neighbours, moved levels, each with what must not look like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from xiaohao.dossier.series import Series
from xiaohao.outcomes.beside import beside, correlation
from xiaohao.outcomes.change import moved
from xiaohao.outcomes.curve import MINUTES_A_DAY, Curve, minute_of
from xiaohao.outcomes.flatness import still_stretches
from xiaohao.outcomes.piles import binomial_tail, heap_at, pile_at
from xiaohao.outcomes.repeats import grid_of, repeats_between, repeats_in, uneven_digits
from xiaohao.outcomes.spread import resolution_of, seen_step, stretches

START = date(2021, 1, 4)


def curve(values: np.ndarray, interval: str = "day", resolution: float | None = None) -> Curve:
    step = 60 if interval == "hour" else MINUTES_A_DAY
    series = Series(id="series-1", indicator="氨氮", unit="mg/L", kind="auto", interval=interval, file="file-1", resolution=resolution)
    minutes = minute_of(START) + step * np.arange(len(values))
    return Curve(series, minutes, np.array(values, dtype=float), np.zeros(len(values), dtype=bool), np.full(len(values), "", dtype="<U1"))


def river(count: int, level: float = 0.9, seed: int = 1, step: float = 0.001) -> np.ndarray:
    """Autocorrelated readings, printed in steps."""
    rng = np.random.default_rng(seed)
    noise = np.zeros(count)
    for index in range(1, count):
        noise[index] = 0.6 * noise[index - 1] + rng.normal(0, 0.12)
    return np.round(level * np.exp(noise) / step) * step


# Resolution ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "step"), [([12.0, 15, 17, 18], 1), ([100.0, 300, 700], 100), ([0.12, 0.15, 0.5], 0.01), ([0.5, 1.0, 2.5], 0.5)]
)
def test_the_step_of_an_instrument_is_seen_in_its_values(values, step):
    assert seen_step(np.array(values)) == pytest.approx(step)


def test_the_coarser_of_stated_and_seen_resolution_counts():
    assert resolution_of(curve(np.array([1.0, 2, 4]), resolution=0.01)) == 1
    assert resolution_of(curve(np.array([0.11, 0.12, 0.15]), resolution=0.05)) == 0.05


def test_stretches_are_unbroken_runs():
    assert stretches(np.array([True, True, False, True])) == [(0, 1), (3, 3)]
    assert stretches(np.zeros(3, dtype=bool)) == []


# Stillness ---------------------------------------------------------------------------------------------------------------------------


def test_a_reading_that_stands_still_is_found_where_it_does():
    values = river(900, level=40, step=1)
    values[300:391] = 42
    (still, *_) = still_stretches(curve(values, "hour"))
    assert still.value == 42
    assert still.first <= 300
    assert still.last >= 390


@pytest.mark.parametrize(
    "values",
    [
        river(900, level=40, step=1),
        river(900, level=2.5, step=1),  # low integers stand still for days
        river(900, level=40, step=20),  # a coarse instrument
        np.where(np.arange(900) % 300 < 60, 80.0, river(900, level=40, step=1)),  # the end of the range, reached again and again
    ],
)
def test_what_the_instrument_explains_is_no_stillness(values):
    assert still_stretches(curve(values, "hour")) == ()


# Copies ------------------------------------------------------------------------------------------------------------------------------


def repeated(values: np.ndarray):
    grid = grid_of(curve(values))
    assert grid is not None
    return repeats_in(grid)


def test_a_week_filled_in_six_times_is_a_copy():
    values = river(500)
    values[200:242] = np.tile(values[200:207], 6)
    found = repeated(values)
    assert found is not None
    assert (found.lag, found.tolerance) == (7, 0)
    assert found.first <= 200
    assert found.last + found.lag >= 241


def test_a_copy_with_changed_last_digits_is_a_copy():
    values = river(500)
    values[300:350] = values[100:150] + np.random.default_rng(2).integers(-1, 2, 50) * 0.001
    found = repeated(values)
    assert found is not None
    assert (found.lag, found.tolerance > 0) == (200, True)


@pytest.mark.parametrize("values", [river(500), river(500, step=0.1), river(500) * (1 + 0.2 * np.sin(np.arange(500) * 2 * np.pi / 7))])
def test_chance_and_a_real_week_are_no_copy(values):
    assert repeated(np.round(values, 3)) is None


def test_another_sites_readings_are_recognised_and_a_neighbours_are_not():
    here = river(300)
    noise = np.exp(np.random.default_rng(3).normal(0, 0.04, 300))
    one, same, near = (grid_of(curve(values)) for values in (here, here.copy(), np.round(here * noise, 3)))
    assert one
    assert same
    assert near
    assert repeats_between(one, same) is not None
    assert repeats_between(one, near) is None


def test_invented_last_digits_are_uneven_and_rounded_ones_are_not():
    rng = np.random.default_rng(4)
    lively = np.floor(rng.lognormal(0, 0.5, 600) * 100) * 10
    invented = lively + rng.choice([3, 7, 8], 600)
    assert uneven_digits(curve(invented, resolution=1)) is not None
    assert uneven_digits(curve(lively + rng.integers(0, 10, 600), resolution=1)) is None
    assert uneven_digits(curve(lively + rng.choice([0, 5, 0, 5, 1, 2, 3, 4, 6, 7, 8, 9], 600), resolution=1)) is None


# Piles and heaps --------------------------------------------------------------------------------------------------------------------


def test_values_cut_at_the_limit_pile_up_and_a_low_level_does_not():
    values = river(600, level=40, step=0.1)
    limit = float(np.quantile(values, 0.9))
    cut = np.where(values > limit, limit - 0.3, values)
    found = pile_at(cut, limit)
    assert found is not None
    assert found.over == 0
    assert pile_at(values, limit) is None  # readings beyond it
    assert pile_at(values, 2 * float(values.max())) is None


def test_a_lower_limit_is_the_mirror_image():
    values = river(600, level=40, step=0.1)
    limit = float(np.quantile(values, 0.1))
    assert pile_at(np.where(values < limit, limit + 0.3, values), limit, upper=False) is not None


def test_values_just_past_a_goal_are_a_heap_and_rounding_is_not():
    rng = np.random.default_rng(5)
    assert heap_at(100 + 3 * rng.random(60), 100, upper=False, resolution=0.1) is not None
    assert heap_at(100 + 3 * rng.random(60), 100, upper=False, resolution=5) is None
    assert heap_at(105 * np.exp(rng.normal(0, 0.1, 60)), 100, upper=False, resolution=0.1) is None


def test_the_chance_of_heads():
    assert binomial_tail(2, 2) == pytest.approx(0.25)
    assert binomial_tail(0, 5) == pytest.approx(1)
    assert binomial_tail(0, 0) == 1


# Moved levels -----------------------------------------------------------------------------------------------------------------------


def test_a_season_is_no_change_where_the_months_can_be_matched():
    days = np.arange(730)
    values = 1 + 0.5 * np.cos(2 * np.pi * days / 365)
    split = START + timedelta(days=540)
    change = moved(curve(values), (None, split), (split + timedelta(days=1), None))
    assert change is not None
    assert change.matched
    assert abs(change.share) < 0.02


def test_a_fall_is_measured_and_too_short_a_period_is_not():
    values = np.where(np.arange(730) < 365, 2.0, 1.0)
    split = START + timedelta(days=364)
    change = moved(curve(values), (None, split), (split + timedelta(days=1), None))
    assert change is not None
    assert change.share == pytest.approx(-0.5)
    assert moved(curve(values), (None, START + timedelta(days=20)), (split, None)) is None


# Neighbours -------------------------------------------------------------------------------------------------------------------------


def test_neighbours_are_laid_on_the_same_hours():
    one = curve(river(200))
    late = curve(river(200, seed=2))
    late = replace(late, minutes=late.minutes + 10 * MINUTES_A_DAY)
    pair = beside(one, (late,))
    assert pair is not None
    assert len(pair) == 190
    assert beside(one, (replace(late, minutes=late.minutes + 9000 * MINUTES_A_DAY),)) is None


def test_rank_correlation_knows_ties_and_standing_still():
    rising = np.arange(20.0)
    assert correlation(rising, rising**3) == pytest.approx(1)
    assert correlation(rising, -rising) == pytest.approx(-1)
    assert correlation(rising, np.ones(20)) == 0
