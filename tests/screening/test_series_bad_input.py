"""Broken series, units, dates and ratings never crash a check: each says something or is skipped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.series import FAMILIES, make
from xiaohao.dossier import Dossier
from xiaohao.screening.run import screen


def with_lines(case: Dossier, change) -> Dossier:  # type: ignore[no-untyped-def]
    return replace(case, contents={path: "\n".join(change(text.decode().splitlines())).encode() for path, text in case.contents.items()})


BREAKS = {
    "no readings": lambda case: with_lines(case, lambda lines: lines[:1]),
    "three readings": lambda case: with_lines(case, lambda lines: lines[:4]),
    "all zero": lambda case: with_lines(case, lambda lines: lines[:1] + [f"{line.split(',')[0]},0," for line in lines[1:]]),
    "all missing": lambda case: with_lines(case, lambda lines: lines[:1] + [f"{line.split(',')[0]},," for line in lines[1:]]),
    "all equal": lambda case: with_lines(case, lambda lines: lines[:1] + [f"{line.split(',')[0]},5," for line in lines[1:]]),
    "negative": lambda case: with_lines(case, lambda lines: lines[:1] + [f"{line.split(',')[0]},-3.5," for line in lines[1:]]),
    "every time twice": lambda case: with_lines(case, lambda lines: lines + lines[1:]),
    "not a csv": lambda case: with_lines(case, lambda lines: ["x"]),
    "no unit": lambda case: replace(case, series=tuple(replace(s, unit="") for s in case.series)),
    "resolution zero": lambda case: replace(case, series=tuple(replace(s, resolution=0.0) for s in case.series)),
    "irregular": lambda case: replace(case, series=tuple(replace(s, interval="event") for s in case.series)),
    "its own peer": lambda case: replace(case, series=tuple(replace(s, peers=(s.id, "nobody")) for s in case.series)),
    "year 9999": lambda case: replace(case, tasks=tuple(replace(t, done_at="9999-12-31", closed_at="9999-12") for t in case.tasks), records=()),
    "no rules": lambda case: replace(case, rules=None),
    "dates unreadable": lambda case: replace(case, records=tuple(replace(r, date="x", start="x", end="x") for r in case.records)),
    "no rating": lambda case: replace(case, facilities=tuple(replace(f, capacity=f.capacity and replace(f.capacity, unit="")) for f in case.facilities)),
}  # fmt: skip


@pytest.mark.parametrize("check", FAMILIES)
@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_broken_case_is_screened(name, check):
    case = BREAKS[name](make(check, 3, "careful"))
    stages = None if name != "year 9999" else ("acceptance", "after closure")
    screen(case, stages=stages)
