"""A series as arrays reads the same csv by the same rules as the reader of single lines, and numpy is loaded only when a series is judged."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from tests.outcomes.cases import case, goal
from xiaohao.outcomes.curve import Curve, curve_of
from xiaohao.outcomes.series import read_csv

HEAD = "time,value,mark\n"


def curve(csv: str, **changes: object) -> Curve:
    dossier = case(goal(), csv, **changes)  # type: ignore[arg-type]
    found = curve_of(dossier, dossier.series[0])
    assert found is not None
    return found


@pytest.mark.parametrize(
    "lines",
    [
        "2021-05-01,1.5,\n2021-05-02,,\n2021-05-03,1.7,D\n",
        "2021-05-03,1.7,\n2021-05-01,1.5,\n",  # out of order
        "2021-05-01 03:00,1.5\n2021-05-01 04:00,1.6\n",  # a spreadsheet's spelling, no mark
        "2021-05-01T03:00+08:00,1.5,\n2021-05-01T04:00+08:00,1.6,\n",
        '"2021-05-01","1.5",\n',
        "2021-05-01,1.5,\nnonsense,2,\n2021-05-02,nan,\n2021-05-03,inf,\n2021-05-04,1.8,\n",  # lines that cannot be read are left out
        "2021-05,1.5,\n2021-06,1.6,\n",
    ],
)
def test_both_readers_read_the_same(lines):
    found = curve(HEAD + lines)
    readings = read_csv((HEAD + lines).encode()).readings
    assert [found.at(index)[:10] for index in range(len(found))] == [reading.at.first.isoformat() for reading in readings]
    assert [None if np.isnan(value) else value for value in found.values.tolist()] == [reading.value for reading in readings]
    assert found.marks.tolist() == [reading.mark or "" for reading in readings]


def test_marked_and_missing_readings_do_not_count():
    found = curve(HEAD + "2021-05-01,1,\n2021-05-02,,\n2021-05-03,3,D\n2021-05-04,4,X\n", marks={"D": "设备故障", "X": "复核"})
    assert found.known().values.tolist() == [1, 4]


def test_a_period_includes_both_its_days():
    found = curve(HEAD + "".join(f"2021-05-0{n},{n},\n" for n in range(1, 6)))
    assert found.between(date(2021, 5, 2), date(2021, 5, 4)).values.tolist() == [2, 3, 4]
    assert found.without(((date(2021, 5, 2), date(2021, 5, 4)),)).values.tolist() == [1, 5]


def test_a_series_without_its_file_is_no_curve():
    dossier = case(goal(), None)
    assert [curve_of(dossier, series) for series in dossier.series] == [None] * len(dossier.series)


def test_reading_a_notice_does_not_load_numpy():
    code = "import sys, xiaohao.cli.main, xiaohao.screening.run; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
