"""会签 in the worklists: sheets that wait for a unit, and those that it sent round. Whoever a sheet was sent to reads the sheet, not the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from xiaohao.kernel.roles import ADMINISTRATORS, Actor
from xiaohao.procedure.countersigning import ANSWER, SHEET, Sheet, bare, is_awaited, sheets_of
from xiaohao.records.in_post import stands_in_for
from xiaohao.records.list_reports import report_of_sheet, reports_going_round, reports_seen_by
from xiaohao.records.models import ListReport, Plan, Record, Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.worklist import ENDED, visible_to


@dataclass(frozen=True, slots=True)
class Round:
    """A sheet that is going round: what it is `about` in words, the `address` of that task or list; `units` of the reader may sign it now."""

    about: str
    address: str
    sheet: Sheet
    units: tuple[str, ...]

    def late(self, today: str) -> bool:
        """Whether units have not signed though the day has passed."""
        return bool(self.sheet.waiting) and self.sheet.due < today


def units_signed_for(actor: Actor, today: str) -> tuple[str, ...]:
    """The actor's own unit, and those whose head they stand in for today."""
    if not actor.roles - ADMINISTRATORS:
        return ()
    return tuple(dict.fromkeys((actor.org, *stands_in_for(actor.person, today))))


def to_countersign(actor: Actor, today: str) -> tuple[Round, ...]:
    """What waits for a signature of the reader's unit, soonest due first."""
    units = units_signed_for(actor, today)
    return tuple(one for one in _rounds(_sent_to(units), units) if one.units)


def sent_round(actor: Actor) -> tuple[Round, ...]:
    """What the reader's unit has sent round and is not whole, soonest due first."""
    own = Record.objects.filter(type=SHEET, org=actor.org)
    return tuple(one for one in _rounds(own, ()) if one.sheet.record.org == actor.org and not one.sheet.whole)


def open_rounds() -> tuple[Round, ...]:
    """Every sheet of this installation that is going round."""
    return tuple(one for one in _rounds(Record.objects.filter(type=SHEET), ()) if not one.sheet.whole)


def opened_sheet(actor: Actor, sheet: str, today: str) -> tuple[Task, Record] | None:
    """The sheet with its task: for who reads the task, and for whom it was sent to. None for anybody else, as for one that is not there."""
    row = Record.objects.filter(pk=sheet, type=SHEET).first()
    task = row.on_tasks.select_related("owner", "list", "list__inspection").first() if row else None
    if row is None or task is None:
        return None
    sent_to = set(row.more.get("units", ())) & set(units_signed_for(actor, today))
    return (task, row) if sent_to or visible_to(actor).filter(pk=task.pk).exists() else None


def opened_report_sheet(actor: Actor, sheet: str, today: str) -> tuple[ListReport, Record] | None:
    """The sheet of a report with its version: for who reads the report, and for whom it was sent to. None for anybody else, as for none."""
    found = report_of_sheet(sheet)
    if found is None:
        return None
    sent_to = set(found[1].more.get("units", ())) & set(units_signed_for(actor, today))
    return found if sent_to or reports_seen_by(actor).filter(pk=found[0].pk).exists() else None


def sheet_now(sheet: str) -> Round | None:
    """The sheet with its signatures, where it still counts."""
    rows = Record.objects.filter(pk=sheet, type=SHEET)
    return next((one for one in _rounds(rows, ()) if one.sheet.record.id == sheet), None)


def _sent_to(units: Iterable[str]) -> QuerySet[Record]:
    sent = Q(pk__in=())
    for unit in units:
        sent |= Q(more__units__icontains=f'"{unit}"')  # ids hold no quotation mark
    return Record.objects.filter(sent, type=SHEET)


def _rounds(rows: QuerySet[Record], units: tuple[str, ...]) -> list[Round]:
    wanted = list(rows.values_list("pk", flat=True))
    tasks = Task.objects.filter(records__in=wanted).exclude(status__in=ENDED).distinct() if wanted else Task.objects.none()
    found = []
    for task in tasks.select_related("owner", "list", "list__inspection"):
        records = [row.thing() for row in Record.objects.filter(on_tasks=task, type__in=(SHEET, ANSWER, "return"))]
        case = bare(task.thing(), records, [row.thing() for row in Plan.objects.filter(task=task)])
        for sheet in sheets_of(case):
            if sheet.record.id in wanted and is_awaited(case, sheet, rulebook_of(task)):
                about = f"第 {task.number} 项 {task.title or task.problem[:24]}"
                found.append(Round(about, task.address, sheet, tuple(unit for unit in units if unit in sheet.turn)))
    for report, sheet in reports_going_round(wanted):
        found.append(Round(report.list.name, report.list.code, sheet, tuple(unit for unit in units if unit in sheet.turn)))
    return sorted(found, key=lambda one: (one.sheet.due, one.sheet.record.id))
