"""The demonstration's clock stands still, moves forward by working days, and never back."""

from __future__ import annotations

from datetime import datetime

import pytest

from xiaohao.acts.clock import DEMO_BEGINS, DemoClock, SystemClock, clock
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown


def test_it_begins_on_the_third_of_march_2026(tmp_path):
    assert DemoClock(tmp_path / "demo-clock").now() == DEMO_BEGINS == datetime(2026, 3, 3, 9, tzinfo=CST)


@pytest.mark.django_db
def test_it_skips_days_off_and_stops_on_adjusted_working_days(tmp_path):
    clock = DemoClock(tmp_path / "demo-clock")
    clock.move_to(datetime(2026, 4, 3, 15, 30, tzinfo=CST))  # the Friday before Qingming
    assert clock.move_to_next_workday() == datetime(2026, 4, 7, 9, tzinfo=CST)
    clock.move_to(datetime(2026, 5, 8, 9, tzinfo=CST))
    assert clock.move_to_next_workday() == datetime(2026, 5, 9, 9, tzinfo=CST)  # a Saturday worked for the May holiday


@pytest.mark.django_db
def test_everybody_who_reads_the_file_agrees(tmp_path):
    DemoClock(tmp_path / "demo-clock").move_to_next_workday()
    assert DemoClock(tmp_path / "demo-clock").now() == datetime(2026, 3, 4, 9, tzinfo=CST)


def test_it_never_goes_back(tmp_path):
    with pytest.raises(ValueError, match="forward only"):
        DemoClock(tmp_path / "demo-clock").move_to(datetime(2026, 3, 2, 9, tzinfo=CST))


@pytest.mark.django_db
def test_it_does_not_guess_a_year_that_is_not_announced(tmp_path):
    clock = DemoClock(tmp_path / "demo-clock")
    clock.move_to(datetime(2026, 12, 31, 9, tzinfo=CST))
    with pytest.raises(CalendarUnknown):
        clock.move_to_next_workday()
    assert clock.now() == datetime(2026, 12, 31, 9, tzinfo=CST)


def test_outside_the_demonstration_the_machine_tells_the_time(settings):
    assert isinstance(clock(), SystemClock)
    settings.DEMO = True
    assert isinstance(clock(), DemoClock)
