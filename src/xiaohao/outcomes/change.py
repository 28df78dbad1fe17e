"""Did the level move? Two periods are compared month by month of the year where they share months, so that a season is no change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiaohao.kernel.arrays import Floats, np
from xiaohao.outcomes.curve import Curve, days_later

#: A month speaks with at least this many readings of a series of days or hours; a monthly series has one.
_FEWEST_IN_MONTH = 8

#: A period is compared with at least this many months behind it: fewer are weather.
_FEWEST_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Moved:
    """The level `after` against `before` in the unit of the series (medians of monthly medians, of the months of the year that both hold,
    where they share at least two); `share` = after / before − 1; `months` compared on the shorter side; `matched`: by month of the year."""

    before: float
    after: float
    months: int
    matched: bool

    @property
    def share(self) -> float:
        return self.after / self.before - 1 if self.before else 0.0


def moved(curve: Curve, before: tuple[date | None, date], after: tuple[date, date | None]) -> Moved | None:
    """How the level of the readings that count moved from one period of days to the other; None where one holds too few months."""
    known = curve.known()
    earlier, later = _monthly(known.between(*before)), _monthly(known.between(*after))
    if min(len(earlier), len(later)) < _FEWEST_MONTHS:
        return None
    shared = {month % 12 for month in earlier} & {month % 12 for month in later}
    matched = len(shared) >= _FEWEST_MONTHS
    one, two = ([value for month, value in months.items() if not matched or month % 12 in shared] for months in (earlier, later))
    return Moved(float(np.median(one)), float(np.median(two)), min(len(one), len(two)), matched)


def step_between(before: Floats, after: Floats) -> float:
    """Relative step of the median from one stretch of readings to the next; 0 where there is nothing to compare."""
    if not len(before) or not len(after):
        return 0.0
    base = float(np.median(before))
    return float(np.median(after)) / base - 1 if base else 0.0


def day_before(day: date) -> date:
    return days_later(day, -1)


def _monthly(curve: Curve) -> dict[int, float]:
    """Median by month (Curve.months) of the months with enough readings."""
    months = curve.months()
    fewest = 1 if curve.step >= _MONTHLY else _FEWEST_IN_MONTH
    return {
        int(month): float(np.median(curve.values[months == month]))
        for month, count in zip(*np.unique(months, return_counts=True), strict=True)
        if count >= fewest
    }


#: From this distance of readings on (a week), a month has too few of them to ask for more than one.
_MONTHLY = 7 * 24 * 60
