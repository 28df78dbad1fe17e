"""The checks of series and instruments hold their promise on generated fakes and twins; a drop is red. The whole table: tests/fakes/measure.py.

A few dossiers of each kind, other seeds than those the checks were written with. The fakes are synthetic: they show a drop, not the truth.
"""

from __future__ import annotations

import pytest

from tests.fakes.series import FAMILIES, GRADES, make
from xiaohao.screening.checks import CHECKS, CaseCheck
from xiaohao.screening.finding import Finding

FIRST, FAKES, TWINS = 500, 4, 8

#: Of FAKES in each grade at least so many are found: 0.98, 0.90 and 0.70 as near as so few can say.
FOUND = {"obvious": 4, "careful": 3, "cunning": 2}

BY_ID = {check.ID: check for check in CHECKS if isinstance(check, CaseCheck)}


def speaks(check: str, seed: int, grade: str | None) -> bool:
    return any(isinstance(one, Finding) for one in BY_ID[check].check(make(check, seed, grade)))


@pytest.mark.parametrize("check", FAMILIES)
def test_fakes_are_found_and_twins_pass(check):
    found = {grade: sum(speaks(check, seed, grade) for seed in range(FIRST, FIRST + FAKES)) for grade in GRADES}
    alarms = [seed for seed in range(FIRST, FIRST + TWINS) if speaks(check, seed, None)]
    assert alarms == []
    assert {grade: count for grade, count in found.items() if count < FOUND[grade]} == {}


def test_the_same_seed_gives_the_same_dossier():
    assert make("FLAT", 3, "careful") == make("FLAT", 3, "careful")
    assert make("FLAT", 3, "careful").contents == make("FLAT", 3, "careful").contents
