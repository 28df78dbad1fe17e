"""What the checks over all cases say, worked out once for a whole ledger and handed out case by case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Inspection, TaskList
from xiaohao.screening.belonging import tasks_of
from xiaohao.screening.checks import CHECKS, LedgerCheck
from xiaohao.screening.finding import Finding, Skipped, numbered

#: Rows that the checks over all cases read: those that decide, overturn or close, that take or judge a sample, or say that somebody was there…
KINDS = ("acceptance", "review", "closure", "return", "look_back", "objection", "site_visit", "sampling", "lab_report", "shutdown")
_KEPT = "said of all cases"


def is_looked_at(record: Record) -> bool:
    """…and any with a beginning (it may put somebody at a place), and any that takes another's place."""
    return record.type in KINDS or record.start is not None or record.replaces is not None


def narrowed(ledger: Dossier) -> Dossier:
    """The ledger with no more than those checks read of it (records.compared reads the same from the database)."""
    plans = tuple(replace(plan, measures=()) for plan in ledger.plans)
    records = tuple(record for record in ledger.records if is_looked_at(record))
    return replace(ledger, plans=plans, records=records, statements=(), documents=(), files=(), series=(), dispositions=(), watch_plans=())


def said_of(ledger: Dossier, check: str, task: str) -> tuple[tuple[Finding, ...], tuple[Skipped, ...]]:
    """(findings that concern the task, numbered; why the check could not run), as `screen` says them of the ledger about that task. The
    check runs over the ledger when it is first asked for."""
    every = ledger.memory.setdefault(_KEPT, {})
    if check not in every:
        every[check] = _by_task(ledger, check)
    findings, skipped = every[check]
    return numbered(findings.get(task, ())), tuple(one for one in skipped if one.task in (None, task))


def _by_task(ledger: Dossier, check: str) -> tuple[dict[str, list[Finding]], list[Skipped]]:
    found = next(one for one in CHECKS if check == one.ID)
    if not isinstance(found, LedgerCheck):
        raise TypeError(f"{check} judges one case")
    findings: dict[str, list[Finding]] = defaultdict(list)
    skipped: list[Skipped] = []
    roots: dict[str, set[str]] | None = None
    for one in found.check_all(ledger):
        if isinstance(one, Skipped):
            skipped.append(one)
        elif one.task is not None:
            findings[one.task].append(one)
        else:
            roots = roots if roots is not None else _by_root(ledger)
            for task in _concerned(ledger, one.points_at, roots):
                findings[task].append(one)
    return findings, skipped


def _concerned(ledger: Dossier, ids: Iterable[str], roots: dict[str, set[str]]) -> set[str]:
    """The tasks of these things, and those that stand on one of these papers (`belonging.concerns`)."""
    return {task for one in ids for task in (*tasks_of(ledger, one), *roots.get(one, ()))}


def _by_root(ledger: Dossier) -> dict[str, set[str]]:
    """By list paper, inspection and feedback the tasks that stand on it."""
    roots: dict[str, set[str]] = defaultdict(set)
    for task in ledger.tasks:
        named = ledger.find(TaskList, task.list)
        inspection = ledger.find(Inspection, named.inspection if named else None)
        for one in (named and named.document, inspection and inspection.id, inspection and inspection.feedback):
            if one:
                roots[one].add(task.id)
    return roots
