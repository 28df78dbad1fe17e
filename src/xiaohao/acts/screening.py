"""Comparing in the background: what an act filed is set beside readings and all other cases, after the act and before the next body goes on.

Nothing is queued: a case says which entry has to be compared (records.models.Screening), in the act's own transaction, and the worker looks for
cases that say so. A worker that dies has lost nothing; the same run twice finds the same and writes nothing the second time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from xiaohao.acts import _screening
from xiaohao.acts._entry import append_entry
from xiaohao.acts._photographs import beside_all, with_own_pictures
from xiaohao.dossier import Dossier
from xiaohao.journal.entry import ActedBy, EntryType
from xiaohao.kernel.roles import Role
from xiaohao.kernel.said import said_to_json
from xiaohao.records import copied
from xiaohao.records.compared import compared_ledger
from xiaohao.records.models import Finding, JournalEntry, Screening, Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of, last_entry, ledger_of
from xiaohao.screening.across import said_of
from xiaohao.screening.checks import before_after, lab, photo_dup, txt_dup
from xiaohao.screening.finding import Finding as Lead
from xiaohao.screening.finding import numbered
from xiaohao.screening.pace import ACROSS_CASES, background_at
from xiaohao.screening.run import about, screen

#: Who acts when nobody does.
BY_ITSELF = ActedBy(role=Role.SYSTEM_ADMIN, staff="0", unit="本机自动比对")

#: Gives all cases to a check that compares them.
Ledger = Callable[[], Dossier]

#: Given after each check: how many have run, of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Compared:
    """How many findings were raised, changed or taken down, and the checks that broke."""

    changed: int
    failed: tuple[str, ...]


def screen_due(*, at: datetime | None = None, task: str | None = None) -> int:
    """Run every comparison that is asked for (only that task's, when one is named), the one that waits longest first; returns how many.
    Each is dated `at`, or with the moment of the act that asked for it."""
    due = Screening.objects.filter(done__lt=F("asked")).order_by("asked_at", "task")
    waiting = list(due.filter(task=task) if task else due)
    kept = Kept()
    for row in waiting:
        moment = at or row.asked_at
        kept.screen(row.task_id, at=moment)
    return len(waiting)


class Kept:
    """What a run over many cases reads once: every case as the checks over all cases read it; with `fresh` it is read again after anything but a
    comparison was entered in the journal."""

    def __init__(self, *, fresh: bool = True) -> None:
        self._fresh, self._entry = fresh, -1
        self._ledger: Dossier | None = None

    def screen(self, task: str, *, at: datetime, checks: Iterable[str] | None = None) -> Compared:
        """`screen_case` with what is kept."""
        return screen_case(task, at=at, checks=checks, ledger=lambda: self._all(at))

    def _all(self, at: datetime) -> Dossier:
        newer = JournalEntry.objects.filter(index__gt=self._entry).exclude(step="screen")
        if self._ledger is None or (self._fresh and newer.exists()):
            self._entry = last_entry()
            self._ledger = compared_ledger(at)
        return self._ledger


def screen_case(task: str, *, at: datetime, checks: Iterable[str] | None = None, ledger: Ledger | None = None) -> Compared:
    """Run the background checks that are due for a task, or these `checks`, and file what they say. `ledger` gives all cases, where the caller
    keeps them. Nothing is filed when the case moved on meanwhile: it is then still due."""
    at = at.replace(microsecond=0)
    row = Task.objects.select_related("owner", "list").get(pk=task)
    run = Screening.objects.filter(task=row).first()
    asked, stages = (run.asked, tuple(run.stages)) if run else (-1, ())
    ids = tuple(checks) if checks is not None else background_at(stages, _standing(row))
    waited_for = run is not None and run.done < run.asked
    told: Progress = lambda done, of: _tell(row, done, of) if waited_for else None  # noqa: E731 (nobody looks at the progress of a case that is compared)
    leads, skipped, failed = _compared(row, ids, at, ledger or (lambda: compared_ledger(at)), told)
    with transaction.atomic(durable=not settings.TESTING):
        row = Task.objects.select_for_update(of=("self",)).select_related("owner", "list").get(pk=task)
        now = Screening.objects.select_for_update().filter(task=row).first()
        if now and now.asked != asked:
            return Compared(0, failed)
        ran = frozenset(ids) - frozenset(failed)
        waiting = _screening.of_refused(row)
        raised, gone = (
            tuple(one for one in rows if one.pk not in waiting)
            for rows in _screening.set_beside(leads, ran, dossier_of(row, at=at), row, at)
        )
        gone += _screening.overtaken(raised, row)
        written = [*_screening.settle(raised, gone), *gone]
        if written:
            fields = {"rules": rulebook_of(row).digest}
            append_entry(EntryType.ACT, step="screen", task=row, by=BY_ITSELF, at=at, rows=written, fields=fields)
        if now:
            now.done, now.done_at, now.stages, now.failed = asked, at, [], list(failed)
            now.skipped = {**{check: why for check, why in now.skipped.items() if check not in ids}, **skipped}
            now.save(update_fields=["done", "done_at", "stages", "failed", "skipped"])
    return Compared(len(written), failed)


def _standing(row: Task) -> list[str]:
    return list(Finding.objects.filter(task=row, standing=True).values_list("check_id", flat=True).distinct())


def _tell(row: Task, done: int, of: int) -> None:
    Screening.objects.filter(task=row).update(checks_done=done, checks_all=of)


def _compared(
    row: Task, ids: tuple[str, ...], at: datetime, ledger: Ledger, told: Progress
) -> tuple[tuple[Lead, ...], dict[str, Any], tuple[str, ...]]:
    """(what the checks say of this task, by check why it could not run, the checks that broke). Reads outside of any transaction: nobody waits for it."""
    case = dossier_of(row, at=at, rules=rulebook_of(row).as_rules())
    leads: list[Lead] = []
    skipped: dict[str, Any] = {}
    failed: list[str] = []
    told(0, len(ids))
    for number, check in enumerate(ids, 1):
        if check == txt_dup.ID:
            said = _caught(check, row.pk, lambda: used_twice(case, row, at))
        elif check == photo_dup.ID:
            said = _said(check, lambda: beside_all(case, row, at), row.pk, skipped)
        elif check == before_after.ID:
            said = _said(check, lambda: with_own_pictures(case), row.pk, skipped)
        elif check == lab.ID:
            said = _said(check, lambda: about(ledger(), row.pk), row.pk, skipped)
        elif check in ACROSS_CASES:
            said = _caught(check, row.pk, partial(_of_all, check, ledger, row.pk, skipped))
        else:
            said = _said(check, lambda: case, row.pk, skipped)
        if said is None:
            failed.append(check)
        else:
            leads += [lead for lead in said if lead.task in (None, row.pk)]
        told(number, len(ids))
    return numbered(leads), skipped, tuple(failed)


def _of_all(check: str, ledger: Ledger, task: str, skipped: dict[str, Any]) -> tuple[Lead, ...]:
    """What a check over all cases says that concerns this one."""
    found, idle = said_of(ledger(), check, task)
    skipped.update({one.check: said_to_json(one.reason) for one in idle})
    return found


def used_twice(case: Dossier, row: Task, at: datetime) -> tuple[Lead, ...]:
    """What TXT-DUP says of the newest account of a task, and of its newest answer on the way, compared with everything ever submitted: the index
    names the few statements worth holding side by side, and only their cases are read. Of one other task it is said once."""
    leads: list[Lead] = []
    known: set[str] = set()
    for kind in copied.COMPARED:
        said = case.last_statement(row.pk, kind)
        found = copied.candidates(said, case) if said else None
        if found is None or not found.statements:
            continue
        tasks = Task.objects.filter(statements__in=found.statements).distinct().select_related("owner", "list").order_by("pk")
        ledger = about(ledger_of([row, *tasks], title="", at=at), row.pk)
        held = [one for one in ledger.statements if one.id in found.statements or (one.task == row.pk and one.kind == kind)]
        new = txt_dup.findings(ledger, txt_dup.used_twice(ledger, held, found.phrases))
        fresh = [lead for lead in new if ledger.by_id[lead.figures["other"]].task not in known]
        known |= {ledger.by_id[lead.figures["other"]].task for lead in fresh}
        leads += fresh
    return tuple(leads)


def _said(check: str, dossier: Callable[[], Dossier], task: str, skipped: dict[str, Any]) -> tuple[Lead, ...] | None:
    """What one check says of the dossier that is then made, None when either broke; why it could not run goes into `skipped`."""

    def run() -> tuple[Lead, ...]:
        screening = screen(dossier(), only=frozenset({check}))
        skipped.update({one.check: said_to_json(one.reason) for one in screening.skipped if one.task in (None, task)})
        return screening.findings

    return _caught(check, task, run)


def _caught(check: str, case: str, run: Callable[[], tuple[Lead, ...]]) -> tuple[Lead, ...] | None:
    """A fault in one check must not hold the county: it is logged and shown as not run (None)."""
    try:
        return run()
    except Exception:  # the worker's edge: logged, shown on the case's page, and the other checks go on
        logging.getLogger("xiaohao.screening").exception("check %s broke on %s", check, case)
        return None
