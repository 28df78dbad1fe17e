"""Readings over time: the csv behind a series, line by line, with the lines that cannot be read named instead of dropped in silence.

A reading under a fault or calibration mark stays in the tuple, so that it can be drawn hollow; `speaks` says whether it counts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from types import MappingProxyType

from xiaohao.dossier import Dossier
from xiaohao.dossier.bundle import Problem
from xiaohao.dossier.series import Series
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When

#: One series names at most this many unreadable lines; the count of the rest is said in one sentence.
MOST_LINE_PROBLEMS = 20

#: Parsed series kept for the next caller: the checks of one case all read the same few.
_REMEMBERED = 16

#: Marks that take a reading out, where the series brings no legend: D instrument fault, C calibration, M maintenance, B line fault.
#: Source: HJ 212-2017, data marks of pollutant monitoring.
STANDARD_MARKS: Mapping[str, str] = MappingProxyType({"D": "故障", "C": "校准", "M": "维护", "B": "通讯异常"})

#: Words of a legend that say the instrument, not the environment, is speaking.
_OUT_WORDS = ("故障", "校准", "校零", "校标", "标定", "质控", "维护", "检修", "异常", "无效", "fault", "calibrat", "maintenance", "invalid")


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of a series: when, how much (None = missing) in the series' unit, and its mark (None = no mark)."""

    at: When
    value: float | None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class SeriesText:
    """A parsed csv: its readings in order of time, and what could not be read."""

    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...] = ()


def readings(dossier: Dossier, series: Series) -> tuple[Reading, ...] | None:
    """The readings of `series` in order of time, or None when its file is not in the bundle. Unreadable lines are left out: see `line_problems`."""
    content = dossier.content_of(series.file)
    return None if content is None else read_csv(content).readings


def line_problems(dossier: Dossier, series: Series) -> tuple[Problem, ...]:
    """What could not be read in the csv of `series`, each naming its line; `where` is the id of the series."""
    content = dossier.content_of(series.file)
    found = read_csv(content).problems if content is not None else ()
    return tuple(Problem(problem.kind, problem.message, series.id) for problem in found)


def speaks(series: Series, reading: Reading) -> bool:
    """Whether the reading counts: it has a value and its mark, if any, is none of fault, calibration or maintenance."""
    return reading.value is not None and not (reading.mark and is_out(series.marks, reading.mark))


def is_out(legend: Mapping[str, str] | None, mark: str) -> bool:
    """Whether `mark` takes a reading out, by the series' own `legend` (code → meaning), else by STANDARD_MARKS or its own words."""
    meaning = (legend or STANDARD_MARKS).get(mark, mark).lower()
    return any(word in meaning for word in _OUT_WORDS)


@lru_cache(maxsize=_REMEMBERED)
def read_csv(content: bytes) -> SeriesText:
    """Readings and problems from the bytes of a csv `time,value,mark` (UTF-8, with or without BOM, or GB18030). Never raises."""
    text = _decoded(content)
    if text is None:
        return SeriesText((), (Problem("unreadable", say("数据文件不是 UTF-8 或 GB18030 文本。")),))
    rows = csv.reader(text.splitlines())
    found: list[Reading] = []
    problems: list[Problem] = []
    skipped = 0
    for part in _parts(rows):
        if isinstance(part, Reading):
            found.append(part)
        elif len(problems) < MOST_LINE_PROBLEMS:
            problems.append(part)
        else:
            skipped += 1
    if skipped:
        problems.append(Problem("unreadable", say("另有 {count} 行不能读取。", count=skipped)))
    return SeriesText(tuple(sorted(found, key=lambda reading: _instant(reading.at))), tuple(problems))


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _parts(rows: Iterator[list[str]]) -> Iterator[Reading | Problem]:
    """Readings and problems in the order of the lines."""
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        if header[:2] != ["time", "value"]:
            yield Problem("unreadable", say("数据文件第一行应是 time,value,mark。"))
            return
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _reading(row)
    except csv.Error as wrong:
        yield Problem("unreadable", say("数据文件不是可以读取的 csv：{reason}", reason=str(wrong)))


def _reading(row: list[str]) -> Reading | Problem:
    time, value, mark = (cell.strip() for cell in (*row, "", "")[:3])
    try:
        at = _when(time)
    except ValueError:
        return Problem("unreadable", say("数据行的时间“{time}”不能读取，请写成 2021-09-30 或 2021-09-30T14:00。", time=time[:40]))
    if value == "":
        return Reading(at, None, mark or None)
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        return Problem("unreadable", say("{time} 的数值“{value}”不是数。", time=time, value=value[:40]))
    return Reading(at, number, mark or None)


def _when(text: str) -> When:
    """An ISO date; the space that spreadsheets put between day and hour is read as well. Raises ValueError."""
    return When.parse(text.replace(" ", "T") if len(text) > len("2021-09-30") else text)


def _instant(at: When) -> tuple[int, int]:
    return at.first.toordinal(), (at.moment.hour * 3600 + at.moment.minute * 60 + at.moment.second) if at.moment else 0
