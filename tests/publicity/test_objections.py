from __future__ import annotations

from datetime import date

import pytest

from tests.cases import WORKS, add, works_case
from xiaohao.dossier.record import Record
from xiaohao.kernel.workdays import official_calendar
from xiaohao.publicity.objections import (
    ObjectionClock,
    ObjectionState,
    answered_in_time,
    clock_of,
    objections_of,
    open_objections,
    overdue_words,
    state_of,
)
from xiaohao.publicity.window import Window

OFFICIAL = official_calendar()
WINDOW = Window(date(2026, 2, 25), date(2026, 3, 9), 10)


def objection(day: str = "2026-03-03", **given: object) -> Record:
    return Record(id="obj-1", type="objection", tasks=(WORKS,), date=day, recorded_at=f"{day}T10:00:00+08:00", **given)  # type: ignore[arg-type]


def test_the_deadlines_count_from_tomorrow_in_working_days():
    assert clock_of(date(2026, 3, 3), OFFICIAL) == ObjectionClock(date(2026, 3, 5), date(2026, 3, 17))
    assert clock_of(date(2026, 2, 13), OFFICIAL).admit_by == date(2026, 2, 24)  # 2 月 14 日调休上班，15 日起放假


def test_no_date_is_promised_past_the_announced_calendar():
    assert clock_of(date(2026, 12, 28), OFFICIAL) == ObjectionClock(date(2026, 12, 30), None)


def test_the_clock_in_words():
    due = date(2026, 3, 17)
    assert overdue_words(due, date(2026, 3, 12), OFFICIAL) == "还有 3 个工作日"
    assert overdue_words(due, due, OFFICIAL) == "今天到期"
    assert overdue_words(due, date(2026, 3, 19), OFFICIAL) == "已超期 2 个工作日"
    assert overdue_words(None, due, OFFICIAL) == "期限待公布"


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (objection(), ObjectionState.OPEN),
        (objection("2026-03-09"), ObjectionState.OPEN),
        (objection("2026-03-10"), ObjectionState.LATE),
        (objection(answered_at="2026-03-05T10:00:00+08:00", upheld=False), ObjectionState.ANSWERED),
        (objection(answered_at="2026-03-05T10:00:00+08:00", upheld=True), ObjectionState.UPHELD),
        (objection("2026-03-10", answered_at="2026-03-12", upheld=True), ObjectionState.UPHELD),
    ],
)
def test_where_an_objection_stands(record: Record, state: ObjectionState):
    assert state_of(record, WINDOW) is state


def test_only_open_ones_in_time_suspend_the_closing():
    case = works_case("published")
    assert open_objections(case, WORKS) == ()
    start = (case.last_record(WORKS, "publicity") or objection()).start
    in_time = objection(str(start), of="rec-publicity")
    late = Record(
        id="obj-2", type="objection", tasks=(WORKS,), date="2027-01-01", recorded_at="2027-01-01T10:00:00+08:00", of="rec-publicity"
    )
    found = add(case, in_time, late)
    assert open_objections(found, WORKS) == (in_time,)
    assert [state for _, state in objections_of(found, WORKS)] == [ObjectionState.OPEN, ObjectionState.LATE]


def test_an_answer_is_in_time_on_its_last_day_and_not_after_it():
    answers = [objection(answered_at=day) for day in ("2026-03-17", "2026-03-18")]
    assert [answered_in_time(record, OFFICIAL) for record in (*answers, objection())] == [True, False, None]
