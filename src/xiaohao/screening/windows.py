"""The publicity windows of a case, each tied to the notice statement that printed it, counted by the case's calendar."""

from __future__ import annotations

from collections.abc import Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.record import Record
from xiaohao.publicity.window import Window, WindowCount, count_window, unit_of, window_of


def publicity_windows(case: Dossier) -> Iterator[tuple[Record, Window]]:
    """The task's publicity records that give whole days at both ends, in the order in which they were first seen."""
    for record in case.records_of(case.task.id, "publicity"):
        window = window_of(record)
        if window is not None:
            yield record, window


def required_days(case: Dossier, window: Window) -> int | None:
    """What the local rulebook requires in the window's own unit, None where no rulebook says or where it counts in the other unit."""
    rule = case.rules.publicity if case.rules else None
    return rule.days if rule and unit_of(rule.unit) is window.unit else None


def statement_of(case: Dossier, record: Record) -> str | None:
    """Id of the notice statement that a publicity record published: the one it names, else the last one seen by then, else the first."""
    if record.statement:
        return record.statement
    notices = case.statements_of(case.task.id, "notice")
    before = [notice for notice in notices if notice.recorded_at <= record.recorded_at]
    chosen = before[-1] if before else notices[0] if notices else None
    return chosen.id if chosen else None


def counted_windows(case: Dossier) -> Iterator[tuple[str, WindowCount]]:
    """(id of the notice statement, its window counted) for every publicity of the task; without a statement, the record's own id."""
    calendar = calendar_of(case)
    for record, window in publicity_windows(case):
        yield statement_of(case, record) or record.id, count_window(window, required_days(case, window), calendar)
