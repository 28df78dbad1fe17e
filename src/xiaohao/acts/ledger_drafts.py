"""A ledger on its way in: kept, read, put right by hand, read again. Nothing here is a case yet; what a person has put right is never lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import task as later

from xiaohao.acts.ids import id_from
from xiaohao.documents.bodies import same_body
from xiaohao.documents.ledger.as_json import changes_between, ledger_task_from_json, ledger_task_to_json
from xiaohao.documents.ledger.columns import Meaning
from xiaohao.documents.ledger.table import Table, table_in, with_meanings
from xiaohao.documents.ledger.tasks import LedgerTask, Problem, tasks_in
from xiaohao.documents.ledger.workbook import Workbook, column_name
from xiaohao.documents.plan import book_of
from xiaohao.documents.text import Unreadable
from xiaohao.kernel.said import Said, said_to_json, say
from xiaohao.records.models import Account, Ledger, LedgerItem, LedgerLayout, LedgerLine, Org, Task
from xiaohao.records.to_dossier import content_store

#: A ledger of more bytes is read by the background worker: half a megabyte takes about a second.
READ_AT_ONCE = 512 * 1024
_AT_ONCE = 500


def keep_ledger(
    *, account: Account, at: datetime, key: str, name: str, content: bytes, listing: str, lead: str | None, year: int
) -> Ledger:
    """Keep the file and begin reading it. Raises Unreadable where a small file cannot be read; a large one says so on its page."""
    sha256, size = content_store().put([content])
    ledger, made = Ledger.objects.get_or_create(
        pk=id_from("ledger", account.pk, key),
        defaults={
            "account": account,
            "name": name[-200:],
            "sha256": sha256,
            "listing_id": listing,
            "lead_id": lead or None,
            "year": year,
            "uploaded_at": at.replace(microsecond=0),
        },
    )
    if not made:
        return ledger
    if size > READ_AT_ONCE:
        read_later.enqueue(ledger.pk)
        return ledger
    try:
        read(ledger, content)
    except Unreadable:
        ledger.delete()
        raise
    return ledger


def put_right(ledger: Ledger, *, meanings: Mapping[str, str], fixes: Mapping[str, str], units: Mapping[str, str], sheet: str = "") -> None:
    """Take over what a person put right, and read again."""
    if sheet and sheet != ledger.sheet:
        ledger.sheet, ledger.meanings, ledger.fixes = sheet, {}, {}
    else:
        ledger.meanings = {**ledger.meanings, **meanings}
        ledger.fixes = {**ledger.fixes, **fixes}
    ledger.units = {**ledger.units, **units}
    if ledger.total > _AT_ONCE:
        ledger.stage = "reading"
        ledger.save()
        read_later.enqueue(ledger.pk)
    else:
        read(ledger, content_store().get(ledger.sha256))


@later()
def read_later(ledger: str) -> None:
    """Read a large ledger in the background; why it cannot be read stands on its page."""
    row = Ledger.objects.get(pk=ledger)
    if row.stage in ("importing",):
        return
    try:
        read(row, content_store().get(row.sha256))
    except Unreadable as wrong:
        Ledger.objects.filter(pk=ledger).update(stage="failed", wrong=said_to_json(wrong.said))


def read(ledger: Ledger, content: bytes) -> None:
    """Read the sheet as it is to be read now, and put the lines in the place of those before. Raises Unreadable."""
    book = book_of(content, ledger.name)
    table = _table(book, ledger)
    ledger.sheets = [[sheet.name, sheet.hidden] for sheet in book.sheets if sheet.rows]
    ledger.sheet, ledger.layout = table.sheet, table.layout
    if not ledger.meanings and not ledger.fixes:
        known = LedgerLayout.objects.filter(org=ledger.account.person.org_id, layout=table.layout).first()
        if known:
            ledger.meanings, ledger.units = dict(known.meanings), {**known.units, **ledger.units}
    table = with_meanings(table, {int(index): Meaning(meaning) for index, meaning in ledger.meanings.items()})
    ledger.headers = [
        [column.header, column.meaning.value, column.confidence, column_name(column.index + table.left), column.index]
        for column in table.columns
    ]
    ledger.notes = [*table.titles, *(text for _, text in table.captions), *table.notes][:40]
    tasks = tasks_in(table, year=ledger.year, fixes=ledger.fixes)
    units = Units(ledger.units)
    lines = list(_lines(ledger, tasks, units))
    ledger.unknown = [[name, units.of(name)[0]] for name in sorted(units.unknown)]
    ledger.stage, ledger.total, ledger.done, ledger.wrong = "ready", len(lines), 0, ""
    with transaction.atomic(durable=not settings.TESTING):
        LedgerLine.objects.filter(ledger=ledger).delete()
        LedgerLine.objects.bulk_create(lines, batch_size=_AT_ONCE)
        ledger.save()


def _table(book: Workbook, ledger: Ledger) -> Table:
    """The chosen sheet's table, or that of the first visible sheet that has one."""
    wanted = [sheet for sheet in book.sheets if sheet.name == ledger.sheet] or sorted(book.sheets, key=lambda sheet: sheet.hidden)
    for sheet in wanted:
        if table := table_in(sheet):
            return table
    raise Unreadable(
        say(
            "没有认出表头：{name}。表头应有“序号、问题、责任单位、整改时限”一类的栏目名，各占一格。",
            name=f"{ledger.name}（{ledger.sheet}）" if ledger.sheet else ledger.name,
        )
    )


class Units:
    """Names of units as a ledger writes them, and the units on file."""

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self.orgs = {org.id: org for org in (row.thing() for row in Org.objects.all())}
        self.known = {name: org.id for org in self.orgs.values() for name in (org.name, *org.aliases)}
        self.chosen = {name: unit for name, unit in chosen.items() if unit in self.orgs}
        self.unknown: set[str] = set()
        self._seen: dict[str, tuple[str, bool]] = {}

    def of(self, name: str) -> tuple[str, bool]:
        """(unit, sure); "" where nobody or several are meant."""
        if name not in self._seen:
            self._seen[name] = self._find(name)
        unit, sure = self._seen[name]
        if not unit or not sure:
            self.unknown.add(name)
        return unit, sure

    def _find(self, name: str) -> tuple[str, bool]:
        if found := self.chosen.get(name) or self.known.get(name):
            return found, True
        likely = {unit for known, unit in self.known.items() if len(name) > 1 and same_body(name, known)}
        return (likely.pop(), False) if len(likely) == 1 else ("", False)


def _lines(ledger: Ledger, tasks: Iterable[LedgerTask], units: Units) -> Iterator[LedgerLine]:
    earlier = {item.task_id: item for item in LedgerItem.objects.filter(task__list=ledger.listing_id).order_by("entry")}
    on_file = {str(task.number): task for task in Task.objects.filter(list=ledger.listing_id).select_related("owner")}
    for n, task in enumerate(tasks):
        problems = [
            {"cell": p.cell, "row": p.row, "said": said_to_json(p.said), "stops": p.stops}
            for p in (*task.problems, *_unit_problems(task, units))
        ]
        changes: list[list[Any]] = []
        stops = any(problem["stops"] for problem in problems)
        verdict = "fix" if stops else "confirm" if problems else "ready"
        if (held := on_file.get(task.number)) is not None and not stops:
            item = earlier.get(held.pk)
            before = ledger_task_from_json(item.content["task"]) if item else _as_ledger(held, task)
            changes = [[said_to_json(what), old, new] for what, old, new in changes_between(before, task)]
            verdict = "changed" if changes else "same"
        yield LedgerLine(
            ledger=ledger,
            n=n,
            number=task.number[:60],
            verdict=verdict,
            content=ledger_task_to_json(task),
            problems=problems,
            changes=changes,
        )


def _as_ledger(row: Task, task: LedgerTask) -> LedgerTask:
    """A task that came in by another way, as a ledger would say it: only what the task itself holds is compared."""
    owners = (row.owner.name, *task.owners[1:])
    same_owner = task.owners and (row.owner.name == task.owners[0] or same_body(row.owner.name, task.owners[0]))
    return replace(task, problem=row.problem, due=row.due or None, owners=task.owners if same_owner else owners)


def _unit_problems(task: LedgerTask, units: Units) -> Iterator[Any]:
    row = task.rows[0] if task.rows else 0
    for place, name in enumerate(task.owners):
        unit, sure = units.of(name)
        if not unit:
            yield Problem("", row, _unknown(name), stops=place == 0)
        elif not sure:
            yield Problem("", row, say("“{name}”认作“{unit}”，请核对", name=name, unit=units.orgs[unit].name), stops=False)
    for name in (task.lead, task.supervisor, task.acceptor, task.reviewer, task.assessor):
        if name and not units.of(name)[0]:
            yield Problem("", row, _unknown(name), stops=False)


def _unknown(name: str) -> Said:
    return say("单位名册里没有“{name}”，请选它是哪个单位", name=name)
