"""Samples for the checks of series and instruments: one fake each, and one honest twin with the explanation that is named beside it.

They are drawn from the seeded generator (tests/fakes/series.py); the readings are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tests.fakes.series import make
from xiaohao.dossier import Dossier

Make = Callable[[], Dossier]

#: Seed of an obvious fake of each check.
SAMPLES = {
    "RELAPSE": 0,
    "WINDOW": 0,
    "SHIFT": 0,
    "STOP-GO": 0,
    "CROSS-METER": 0,
    "ROW-REPEAT": 0,
    "BALANCE": 0,
    "CAPACITY": 0,
    "SOURCE-GAP": 0,
    "LAB": 0,
    "POINT-GAP": 0,
    "FLAT": 0,
    "CEILING": 0,
    "PEER": 0,
    "MARK": 0,
    "RATIO": 0,
    "HEAP": 0,
    "OUTPUT-OUTCOME": 0,
}

#: Seed of an honest twin of each check. RELAPSE: one bad month of three, storm days or season highs; WINDOW: exactly the minimum, a season
#: seen, dosing that stopped long before; SHIFT: all points together; STOP-GO: a declared stop, a plant that often stops; CROSS-METER: thin
#: water, a failed meter on record, a real stop; ROW-REPEAT: coarse readings, a real week, neighbours; BALANCE: stock on record; CAPACITY: short
#: peaks, two receivers; SOURCE-GAP: a difference of definition; LAB: exactly at the norm, two points in turn; POINT-GAP: a local cause on record;
#: FLAT: low integers, a stop on record, a filled day; CEILING: a level far below; PEER: a coarse instrument, a stop; MARK: faults with records;
#: RATIO: a season inside the band; HEAP: rounding; OUTPUT-OUTCOME: a lag that the plan states.
TWINS = dict.fromkeys(SAMPLES, 1)

SERIES_TRIPS: Mapping[str, Make] = {check: partial(make, check, seed, "obvious") for check, seed in SAMPLES.items()}
SERIES_NEAR_MISSES: Mapping[str, Make] = {check: partial(make, check, seed, None) for check, seed in TWINS.items()}
