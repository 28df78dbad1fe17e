"""A series is continued, not rewritten."""

from __future__ import annotations

from xiaohao.outcomes.extending import extended
from xiaohao.outcomes.series import read_csv

OLD = b"time,value,mark\n2025-01-15,3.9,\n2025-02-15,3.7,\n"


def test_later_readings_are_joined_and_what_both_hold_stands_once():
    made = extended(OLD, b"time,value,mark\r\n2025-02-15,3.7,\r\n2025-03-15,3.1,D\r\n2025-04-15,,\r\n")
    assert (made.faults, made.added) == ((), 2)
    assert made.content == OLD + b"2025-03-15,3.1,D\n2025-04-15,,\n"
    assert len(read_csv(made.content).readings) == 4


def test_a_reading_on_file_is_not_changed():
    made = extended(OLD, b"time,value,mark\n2025-02-15,1.2,\n2025-03-15,1.0,\n")
    assert made.faults == ("1 个已登记的读数与原来不一致：2025-02-15 原为 3.7，现为 1.2",)
    assert made.content == OLD


def test_nothing_is_put_between_and_nothing_new_is_said_so():
    assert extended(OLD, b"time,value,mark\n2025-01-20,1.2,\n").faults == ("1 个读数早于已登记的最后一个（2025-02-15）",)
    assert extended(OLD, OLD).faults == ("没有比已登记的更晚的读数",)
