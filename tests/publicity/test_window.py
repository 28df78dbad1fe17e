from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.record import Record, Snapshot
from xiaohao.dossier.rules import Calendar
from xiaohao.kernel.workdays import CalendarUnknown, official_calendar
from xiaohao.publicity.window import (
    DayUnit,
    Window,
    count_window,
    days_down,
    end_of,
    posted_late,
    remaining_words,
    window_of,
)

OFFICIAL = official_calendar()


def workdays(start: str, end: str, days: int | None = None) -> Window:
    return Window(date.fromisoformat(start), date.fromisoformat(end), days)


def test_the_first_and_the_last_day_count_and_adjusted_weekends_are_working_days():
    assert workdays("2021-01-06", "2021-01-12").counted(OFFICIAL) == 5
    assert workdays("2024-09-29", "2024-10-09").counted(OFFICIAL) == 4
    assert workdays("2026-02-25", "2026-03-09").counted(OFFICIAL) == 10  # 2 月 28 日是调休上班日
    assert Window(date(2026, 2, 25), date(2026, 3, 9), unit=DayUnit.DAY).counted(OFFICIAL) == 13


def test_a_window_that_ends_before_it_starts_holds_nothing():
    assert (workdays("2021-01-12", "2021-01-06").counted(OFFICIAL), workdays("2021-01-12", "2021-01-06").calendar_days) == (0, 0)


def test_the_count_of_a_window_that_prints_ten_and_holds_four():
    count = count_window(workdays("2024-09-29", "2024-10-09", 10), 5, OFFICIAL)
    assert (count.workdays, count.calendar_days, count.stated, count.required) == (4, 11, 10, 5)
    assert (count.enough, count.earliest_end) == (False, date(2024, 10, 16))


def test_a_window_must_hold_what_it_prints_and_what_the_rule_asks():
    holds_six = workdays("2021-01-06", "2021-01-13", 5)
    assert [count_window(holds_six, required, OFFICIAL).enough for required in (None, 5, 6, 7)] == [True, True, True, False]
    assert count_window(workdays("2021-01-06", "2021-01-13"), None, OFFICIAL).enough is None


def test_a_local_rule_in_calendar_days_is_counted_in_calendar_days():
    window = Window(date(2024, 10, 1), date(2024, 10, 7), 7, DayUnit.DAY)
    assert count_window(window, 7, OFFICIAL).enough is True
    assert window.earliest_end(10, OFFICIAL) == date(2024, 10, 10)


def test_a_year_not_announced_is_never_guessed():
    window = workdays("2030-03-01", "2030-03-20", 10)
    count = count_window(window, 10, OFFICIAL)
    assert (count.workdays, count.enough, count.earliest_end, count.calendar_days) == (None, None, None, 20)
    with pytest.raises(CalendarUnknown):
        window.counted(OFFICIAL)
    assert remaining_words(window, date(2030, 3, 2), OFFICIAL) == "剩余天数待公布"
    in_days = Window(date(2030, 3, 1), date(2030, 3, 10), 10, DayUnit.DAY)
    assert count_window(in_days, 10, OFFICIAL).enough is True


def test_today_is_among_the_days_left_and_the_last_day_is_still_open():
    window = workdays("2026-02-25", "2026-03-09")
    assert [window.remaining(date(2026, month, day), OFFICIAL) for month, day in ((2, 1), (2, 25), (3, 3), (3, 9), (3, 10))] == [
        10,
        10,
        5,
        1,
        0,
    ]
    assert (window.is_over(date(2026, 3, 9)), window.is_over(date(2026, 3, 10))) == (False, True)
    assert remaining_words(window, date(2026, 3, 3), OFFICIAL) == "还剩 5 个工作日"
    assert remaining_words(window, date(2026, 3, 10), OFFICIAL) == "公示期已满"
    assert remaining_words(window, date(2026, 2, 20), OFFICIAL) == "2026-02-25 开始"


@given(st.dates(date(2013, 1, 1), date(2026, 9, 1)), st.integers(1, 30), st.sampled_from(DayUnit))
def test_the_earliest_end_is_the_first_day_that_is_enough(start: date, days: int, unit: DayUnit):
    end = end_of(start, days, unit, OFFICIAL)
    assert Window(start, end, unit=unit).enough(days, OFFICIAL)
    assert not Window(start, end.fromordinal(end.toordinal() - 1), unit=unit).enough(days, OFFICIAL)


def test_a_window_has_at_least_one_day():
    for unit in DayUnit:
        with pytest.raises(ValueError, match="at least one"):
            end_of(date(2026, 3, 3), 0, unit, OFFICIAL)


def dossier(calendar: Calendar | None) -> Dossier:
    return Dossier(id="case", kind="dossier", made_at="2026-01-01T00:00:00+08:00", calendar=calendar)


def test_the_bundle_s_days_lie_over_the_official_calendar():
    local = calendar_of(dossier(Calendar(holidays=("2026-03-03",), workdays=("2026-03-07",))))
    assert [local.is_workday(date(2026, 3, day)) for day in (3, 4, 7, 8)] == [False, True, True, False]
    assert calendar_of(dossier(None)) is OFFICIAL


def test_a_year_for_which_the_bundle_brings_days_counts_as_announced_by_its_writer():
    local = calendar_of(dossier(Calendar(name="景澜市政府办通知", holidays=("2027-01-01", "not a day"))))
    assert (local.is_workday(date(2027, 1, 1)), local.is_workday(date(2027, 1, 4)), local.notice_of(2027)) == (
        False,
        True,
        "景澜市政府办通知",
    )
    assert not local.knows(2028)


def record(**given: object) -> Record:
    return Record(id="rec-1", type="publicity", recorded_at="2026-02-25T09:05:00+08:00", **given)  # type: ignore[arg-type]


def test_a_publicity_record_without_whole_days_claims_no_window():
    assert window_of(record(start="2026-02", end="2026-03-09")) is None
    assert window_of(record(start="2026-02-25", end="2026-03-09", stated_days=10, stated_unit="day")) == Window(
        date(2026, 2, 25), date(2026, 3, 9), 10, DayUnit.DAY
    )


def test_a_notice_put_up_after_its_first_day_is_late():
    window = workdays("2026-02-25", "2026-03-09")
    assert [
        posted_late(record(posted_at=at), window) for at in (None, "2026-02-25T17:00:00+08:00", "2026-02-26", "2026-02-25T23:30:00Z")
    ] == [
        False,
        False,
        True,
        True,
    ]


def test_days_on_which_the_page_was_gone():
    shots = (
        Snapshot(at="2026-02-24T10:00:00+08:00", ok=False),
        Snapshot(at="2026-02-26T10:00:00+08:00", ok=False),
        Snapshot(at="2026-02-27T10:00:00+08:00", ok=True),
    )
    assert days_down(record(snapshots=shots), workdays("2026-02-25", "2026-03-09")) == (date(2026, 2, 26),)
