"""Screening at an act: what the checks say of the case as it would be, set beside what was said and answered before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from xiaohao.acts.ids import id_from
from xiaohao.dossier import Dossier
from xiaohao.kernel.said import said_to_json
from xiaohao.records.models import Finding, Task
from xiaohao.screening.finding import Finding as Lead
from xiaohao.screening.run import screen


def raised_by(dossier: Dossier, task: Task, at: datetime) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """(new or changed, no longer standing) rows, unsaved. An answer once given is kept unless the figures behind the finding changed."""
    known = {row.key: row for row in Finding.objects.filter(task=task)}
    leads = {lead.key: lead for lead in screen(dossier).findings if lead.task in (None, task.id)}
    fresh = tuple(_row(lead, task, at) for key, lead in leads.items() if key not in known)
    changed = tuple(_renewed(known[key], lead, at) for key, lead in leads.items() if key in known and _differs(known[key], lead))
    gone = tuple(row for key, row in known.items() if key not in leads and row.standing)
    return fresh + changed, gone


def settle(rows: Iterable[Finding], gone: Iterable[Finding]) -> tuple[Finding, ...]:
    """Write them; returns every row that was written."""
    written = []
    for row in rows:
        row.save()
        written.append(row)
    for row in gone:
        row.standing = False
        row.save(update_fields=["standing"])
    return tuple(written)


def _row(lead: Lead, task: Task, at: datetime) -> Finding:
    row = Finding(id=id_from("fnd", task.id, lead.key), task=task, key=lead.key, must_answer_id=task.owner_id)
    return _renewed(row, lead, at)


def _renewed(row: Finding, lead: Lead, at: datetime) -> Finding:
    row.check_id, row.severity, row.raised_at, row.standing = lead.check, lead.severity, at, True
    row.message, row.basis = str(lead.message), str(lead.basis)
    row.sentence = said_to_json(lead.message)
    row.where = [pointer.as_json() for pointer in lead.where]
    row.more = {"figures": dict(lead.figures)}
    row.answered_at = row.decided_at = None
    return row


def _differs(row: Finding, lead: Lead) -> bool:
    return not row.standing or row.more.get("figures", {}) != dict(lead.figures) or row.severity != lead.severity
