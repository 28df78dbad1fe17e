"""A series as arrays: the form in which instruments are judged, where `series.Reading` is the form in which single values are shown.

Both read the same csv by the same rules; this one is made for a hundred thousand readings at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from xiaohao.dossier import Dossier
from xiaohao.dossier.series import Series
from xiaohao.kernel.arrays import Flags, Floats, Minutes, Words, np
from xiaohao.outcomes.series import Reading, is_out, read_csv

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local time, as the csv is

MINUTES_A_DAY = 24 * 60

#: Minutes between two readings by Series.interval; `event` has no rhythm.
STEP = {"hour": 60, "day": MINUTES_A_DAY, "week": 7 * MINUTES_A_DAY, "month": 30 * MINUTES_A_DAY}

#: Parsed series kept: the checks of one case read the same ones again and again (a year of hours is about 200 kB).
_REMEMBERED = 64


@dataclass(frozen=True, eq=False, slots=True)
class Curve:
    """The readings of one series in order of time.

    `minutes` since 1970-01-01 in local time; `values` in the unit of the series, NaN = missing; `out`: under a fault, calibration or
    maintenance mark; `marks`: the mark of each reading, "" = none."""

    series: Series
    minutes: Minutes
    values: Floats
    out: Flags
    marks: Words

    def known(self) -> Curve:
        """Only the readings that count: with a value and not marked out."""
        return self.only(np.isfinite(self.values) & ~self.out)

    def only(self, keep: Flags) -> Curve:
        return replace(self, minutes=self.minutes[keep], values=self.values[keep], out=self.out[keep], marks=self.marks[keep])

    def between(self, first: date | None = None, last: date | None = None) -> Curve:
        """The readings from `first` to `last`, both days included; None = open."""
        keep = np.ones(len(self), dtype=bool)
        if first is not None:
            keep &= self.minutes >= minute_of(first)
        if last is not None:
            keep &= self.minutes < minute_of(last) + MINUTES_A_DAY
        return self.only(keep)

    def without(self, spans: tuple[tuple[date, date], ...]) -> Curve:
        """The readings outside the spans of days (both ends included)."""
        return self.only(~self.inside(spans))

    def inside(self, spans: tuple[tuple[date, date], ...]) -> Flags:
        found = np.zeros(len(self), dtype=bool)
        for first, last in spans:
            found |= (self.minutes >= minute_of(first)) & (self.minutes < minute_of(last) + MINUTES_A_DAY)
        return found

    def __len__(self) -> int:
        return len(self.minutes)

    @property
    def step(self) -> int:
        """Minutes between two readings; of a series without rhythm their median distance."""
        named = STEP.get(self.series.interval)
        if named:
            return named
        return max(1, int(np.median(np.diff(self.minutes)))) if len(self) > 1 else MINUTES_A_DAY

    def at(self, index: int) -> str:
        """The time of a reading as a pointer writes it: 2021-05-02T03:00 in a series of hours, else 2021-05-02."""
        moment = moment_of(int(self.minutes[index]))
        return moment.strftime("%Y-%m-%dT%H:%M") if self.step < MINUTES_A_DAY else moment.date().isoformat()

    def day(self, index: int) -> date:
        return moment_of(int(self.minutes[index])).date()

    def months(self) -> Minutes:
        """Year × 12 + month − 1 of each reading."""
        return self.minutes.astype("datetime64[m]").astype("datetime64[M]").astype(np.int64) + 1970 * 12

    def hours(self) -> Minutes:
        """Hour of the day, 0..23, of each reading."""
        return (self.minutes // 60) % 24

    def days(self) -> Minutes:
        """Days since 1970-01-01 of each reading."""
        return self.minutes // MINUTES_A_DAY


def curve_of(dossier: Dossier, series: Series) -> Curve | None:
    """The arrays of `series`, or None when its file is not in the bundle or holds no reading."""
    content = dossier.content_of(series.file)
    if content is None:
        return None
    minutes, values, marks = _columns(content)
    if not len(minutes):
        return None
    out = np.zeros(len(minutes), dtype=bool)
    for mark in set(marks.tolist()) - {""}:
        if is_out(series.marks, mark):
            out |= marks == mark
    return Curve(series, minutes, values, out, marks)


def minute_of(day: date) -> int:
    """The first minute of a day, as Curve.minutes counts."""
    return (day.toordinal() - _EPOCH.toordinal()) * MINUTES_A_DAY


def days_later(day: date, days: int) -> date:
    """So many days later (earlier when negative), held inside the calendar: a mistyped year 9999 is no crash."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def moment_of(minute: int) -> datetime:
    return _EPOCH + timedelta(minutes=minute)


@lru_cache(maxsize=_REMEMBERED)
def _columns(content: bytes) -> tuple[Minutes, Floats, Words]:
    found = _plain_columns(content)
    return found if found is not None else _careful_columns(content)


def _plain_columns(content: bytes) -> tuple[Minutes, Floats, Words] | None:
    """The columns of a csv without anything unusual in it, read as a whole; None where a line needs care."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    head, *lines = text.splitlines() or [""]
    if head.split(",")[:2] != ["time", "value"] or any(odd in text for odd in '"+Z'):
        return None
    rows = [line.split(",") for line in lines if line]
    if not rows or any(len(row) < 2 for row in rows):
        return None
    try:
        times = np.array([row[0] for row in rows], dtype="datetime64[m]").astype(np.int64)
        values = np.array([row[1] or "nan" for row in rows], dtype=np.float64)
    except ValueError:
        return None
    if not np.isfinite(values[[row[1] != "" for row in rows]]).all():
        return None
    marks = np.array([row[2].strip() if len(row) > 2 else "" for row in rows])
    order = np.argsort(times, kind="stable")
    return times[order], values[order], marks[order]


def _careful_columns(content: bytes) -> tuple[Minutes, Floats, Words]:
    """The same columns by way of the reader that names every bad line."""
    readings = read_csv(content).readings
    return (
        np.array([_minute(reading) for reading in readings], dtype=np.int64),
        np.array([np.nan if reading.value is None else reading.value for reading in readings], dtype=np.float64),
        np.array([reading.mark or "" for reading in readings], dtype=np.str_),
    )


def _minute(reading: Reading) -> int:
    moment = reading.at.moment
    return minute_of(reading.at.first) + (moment.hour * 60 + moment.minute if moment else 0)
