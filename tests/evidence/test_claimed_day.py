"""A row of a register is of a day that has come."""

from __future__ import annotations

from datetime import date

import pytest

from xiaohao.evidence.claimed_day import impossible_day

TODAY = date(2026, 3, 3)


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03", "2026", "2025-12-31", "1949-10-01", None, "昨天"])
def test_a_day_that_may_have_come_is_taken(day: str | None) -> None:
    assert impossible_day("meeting", day, TODAY) is None


@pytest.mark.parametrize(
    ("day", "said"), [("2026-03-04", "还没有到"), ("2026-04", "还没有到"), ("2027", "还没有到"), ("1850-01-01", "太早")]
)
def test_a_day_that_has_not_come_or_is_a_slip_is_not(day: str, said: str) -> None:
    assert said in str(impossible_day("meeting", day, TODAY))


def test_a_standstill_may_be_told_beforehand() -> None:
    assert impossible_day("shutdown", "2026-05-01", TODAY) is None
