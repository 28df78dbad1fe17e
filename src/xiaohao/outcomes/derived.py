"""Targets measured from the ledger itself, for tasks about how other tasks are handled ("虽然整改销号，实则原地打转"). They are computed, never typed.

Each figure is the state of the ledger at the end of a day, so its total is its last value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.series import Series
from xiaohao.kernel.when import parse_when
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.outcomes.closings import closings_of, tasks_of
from xiaohao.outcomes.months import add_months
from xiaohao.outcomes.sessions import count_sessions, read_schedule

#: A closing younger than this has not yet shown whether it holds (DOSSIER.md, "Derived targets").
HELD_AFTER_MONTHS = 12

_SHARE = "%"
_COUNT = "件"


@dataclass(frozen=True, slots=True)
class Figure:
    """One derived figure on one day: `value` in `unit` (None: nothing to count yet), `good` of `counted`; `carried_in` of the counted were closed
    before the system came and are counted as found; `against` are the ids that speak against it (undone tasks, late tasks)."""

    value: float | None
    unit: str
    good: int
    counted: int
    carried_in: int = 0
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived indicator: its Chinese words, its unit, how it is counted, and from which day on there is something to count."""

    words: str
    unit: str
    count: Callable[[Dossier, str, date], Figure]
    begins: Callable[[Dossier, str], date | None]


def derived_figure(ledger: Dossier, indicator: str, org: str, at: date) -> Figure:
    """The figure of the unit at the end of the day `at`, from the tasks and records of the ledger. Raises KeyError for an unknown indicator."""
    return DERIVED[indicator].count(ledger, org, at)


def derived_series(ledger: Dossier, indicator: str, org: str, at: date) -> tuple[Series, bytes]:
    """The figure at the end of every month up to `at`, and on `at` itself, as a series of kind register with the bytes of its csv.
    Raises KeyError for an unknown indicator."""
    derived = DERIVED[indicator]
    series = Series(
        id=f"derived-{indicator}",
        indicator=indicator,
        unit=derived.unit,
        source=org,
        kind="register",
        interval="month",
        file=f"file-derived-{indicator}",
        tasks=(ledger.about,) if ledger.about else (),
    )
    lines = ["time,value,mark"]
    for day in _days(derived.begins(ledger, org), at):
        value = derived.count(ledger, org, day).value
        lines.append(f"{day},{'' if value is None else f'{value:.10g}'},")
    return series, ("\n".join(lines) + "\n").encode()


def _closings_held(ledger: Dossier, org: str, at: date) -> Figure:
    old = [closing for closing in closings_of(ledger, org) if closing.is_old(at, HELD_AFTER_MONTHS)]
    held = [closing for closing in old if closing.holds(at)]
    against = tuple(closing.task for closing in old if not closing.holds(at))
    return _share(len(held), len(old), sum(closing.carried_in for closing in old), against)


def _closings_returned(ledger: Dossier, org: str, at: date) -> Figure:
    known = [closing for closing in closings_of(ledger, org) if closing.on <= at]
    undone = [closing for closing in known if not closing.holds(at)]
    carried_in = sum(closing.carried_in for closing in known)
    value = float(len(undone)) if known else None
    return Figure(value, _COUNT, len(known) - len(undone), len(known), carried_in, tuple(closing.task for closing in undone))


def _deadlines_kept(ledger: Dossier, org: str, at: date) -> Figure:
    counted, late, carried_in = 0, [], 0
    for task in tasks_of(ledger, org):
        due = parse_when(task.due)
        if due is None or due.last >= at:
            continue
        done = parse_when(task.done_at) or parse_when(task.closed_at)
        counted += 1
        carried_in += bool(task.carried_in)
        if done is None or done.last > due.last:
            late.append(task.id)
    return _share(counted - len(late), counted, carried_in, tuple(late))


def _sessions_kept(ledger: Dossier, org: str, at: date) -> Figure:
    calendar = calendar_of(ledger)
    expected = held = 0
    for schedule, days in _sessions(ledger, org).items():
        rhythm = read_schedule(schedule)
        past = [day for day in days if day <= at]
        if rhythm and past:
            try:
                count = count_sessions(rhythm, past, min(past), at, calendar)
            except CalendarUnknown:
                return Figure(None, _SHARE, held, expected)
            expected, held = expected + count.expected, held + count.held
    return _share(held, expected)


def _sessions(ledger: Dossier, org: str) -> dict[str, list[date]]:
    """Days of the unit's own sessions by claimed rhythm."""
    found: dict[str, list[date]] = {}
    for record in ledger.standing_records:
        when = parse_when(record.date or record.start)
        if record.type in ("study", "meeting") and record.schedule and record.org == org and when and when.is_a_day:
            found.setdefault(record.schedule, []).append(when.first)
    return found


def _share(good: int, counted: int, carried_in: int = 0, against: tuple[str, ...] = ()) -> Figure:
    return Figure(100 * good / counted if counted else None, _SHARE, good, counted, carried_in, against)


def _first_closing(ledger: Dossier, org: str) -> date | None:
    return min((closing.on for closing in closings_of(ledger, org)), default=None)


def _first_due(ledger: Dossier, org: str) -> date | None:
    return min((due.last for task in tasks_of(ledger, org) if (due := parse_when(task.due))), default=None)


def _first_session(ledger: Dossier, org: str) -> date | None:
    return min((min(days) for days in _sessions(ledger, org).values()), default=None)


def _days(first: date | None, at: date) -> Iterator[date]:
    """The last day of every month from the month of `first` to `at`, and `at`."""
    while first is not None and first <= at:
        following = add_months(first.replace(day=1), 1)
        yield min(following - timedelta(days=1), at)
        first = following


#: The four indicators of DOSSIER.md.
DERIVED: Mapping[str, Derived] = MappingProxyType(
    {
        "closings_held": Derived("销号守住率", _SHARE, _closings_held, _first_closing),
        "closings_returned": Derived("销号后退回件数", _COUNT, _closings_returned, _first_closing),
        "deadlines_kept": Derived("按期完成率", _SHARE, _deadlines_kept, _first_due),
        "sessions_kept": Derived("例会到期召开率", _SHARE, _sessions_kept, _first_session),
    }
)


def indicator_words(indicator: str) -> str:
    """The Chinese words of a derived indicator; any other indicator is its own words."""
    return DERIVED[indicator].words if indicator in DERIVED else indicator
