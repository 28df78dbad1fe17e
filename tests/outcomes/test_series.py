from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.outcomes.cases import case, goal
from xiaohao.kernel.when import When
from xiaohao.outcomes.series import MOST_LINE_PROBLEMS, Reading, is_out, line_problems, read_csv, readings, speaks


def test_a_csv_is_read_in_order_of_time_with_missing_values_kept():
    found = read_csv(b"time,value,mark\n2021-09-15,1.6,\n2021-03-15,,D\n2021-06-15 08:00,2.8\n")
    assert found.problems == ()
    assert found.readings == (
        Reading(When.parse("2021-03-15"), None, "D"),
        Reading(When.parse("2021-06-15T08:00"), 2.8),
        Reading(When.parse("2021-09-15"), 1.6),
    )


def test_lines_that_cannot_be_read_are_named_and_the_others_kept():
    found = read_csv("time,value,mark\n2021-13-01,1,\n2021-03-15,未检出,\n2021-04-15,inf,\n2021-05-15,1.2,\n\n,,\n".encode("gb18030"))
    assert [reading.value for reading in found.readings] == [1.2]
    assert [problem.message for problem in found.problems] == [
        "数据行的时间“2021-13-01”不能读取，请写成 2021-09-30 或 2021-09-30T14:00。",
        "2021-03-15 的数值“未检出”不是数。",
        "2021-04-15 的数值“inf”不是数。",
    ]


def test_a_file_of_nothing_but_bad_lines_says_so_once_and_counts_the_rest():
    found = read_csv(b"time,value,mark\n" + b"x,1,\n" * 500)
    assert len(found.problems) == MOST_LINE_PROBLEMS + 1
    assert found.problems[-1].message == "另有 480 行不能读取。"


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00\x81", b"\x00" * 50])
def test_what_is_no_series_gives_one_problem_and_no_reading(content: bytes):
    found = read_csv(content)
    assert (found.readings, len(found.problems)) == ((), 1)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise(content: bytes):
    read_csv(content)
    read_csv(b"time,value,mark\n" + content)


def test_a_series_without_its_file_has_no_readings_and_with_it_names_its_own_bad_lines():
    assert readings(case(goal(), None), case(goal(), "").series[0]) is None
    dossier = case(goal(), "2021-03-15,x,\n2021-04-15,1,")
    assert readings(dossier, dossier.series[0]) == (Reading(When.parse("2021-04-15"), 1.0),)
    assert [problem.where for problem in line_problems(dossier, dossier.series[0])] == ["series-1"]


def test_fault_and_calibration_marks_take_a_reading_out_and_others_do_not():
    legend = {"A": "设备故障", "K": "零点校准", "R": "降雨"}
    assert [is_out(legend, mark) for mark in "AKR"] == [True, True, False]
    assert [is_out(None, mark) for mark in ("D", "C", "M", "N", "T", "故障")] == [True, True, True, False, False, True]
    series = case(goal(), "", marks=legend).series[0]
    at = When.parse("2021-04-15")
    assert [speaks(series, r) for r in (Reading(at, 1.0), Reading(at, None), Reading(at, 1.0, "A"), Reading(at, 1.0, "R"))] == [
        True,
        False,
        False,
        True,
    ]
