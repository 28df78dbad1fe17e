"""Screening at an act: what the checks say of the case as it would be, set beside what was said and answered before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from xiaohao.acts.ids import id_from
from xiaohao.dossier import Dossier
from xiaohao.kernel.said import said_to_json
from xiaohao.records.models import Finding, Task
from xiaohao.screening.finding import Finding as Lead
from xiaohao.screening.run import screen


@dataclass(frozen=True, slots=True)
class Screened:
    """The case as the gates see it, with what the checks say of it now: rows `raised` (new or changed) and rows `gone` (no longer standing),
    both unsaved."""

    dossier: Dossier
    raised: tuple[Finding, ...]
    gone: tuple[Finding, ...]


def screened(dossier: Dossier, task: Task, at: datetime) -> Screened:
    """Screen the case and set what the checks say in the place of what they said before. Acts and dry runs both begin here."""
    raised, gone = raised_by(dossier, task, at)
    replaced = {row.id for row in (*raised, *gone)}
    kept = tuple(d for d in dossier.dispositions if d.id not in replaced)
    return Screened(replace(dossier, dispositions=kept + tuple(row.thing() for row in raised)), raised, gone)


def raised_by(dossier: Dossier, task: Task, at: datetime) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """(new or changed, no longer standing) rows, unsaved. An answer once given is kept unless the figures behind the finding changed."""
    leads = {lead.key: lead for lead in screen(dossier).findings if lead.task in (None, task.id)}
    known, moved = _recognised(tuple(Finding.objects.filter(task=task)), leads, dossier)
    fresh = tuple(_row(lead, task, at) for key, lead in leads.items() if key not in known)
    changed = tuple(_renewed(known[key], lead, at) for key, lead in leads.items() if key in known and _differs(known[key], lead))
    gone = tuple(row for key, row in known.items() if key not in leads and row.standing)
    return fresh + tuple(dict.fromkeys((*changed, *moved))), gone


def _recognised(rows: tuple[Finding, ...], leads: Mapping[str, Lead], dossier: Dossier) -> tuple[dict[str, Finding], tuple[Finding, ...]]:
    """The rows by key, and those of them that got a new one. What a refused attempt would have filed bears another id when it is brought
    again; a finding about it is the same finding, else an answered one would be raised anew at each attempt and nobody could ever go on."""
    known, moved = {row.key: row for row in rows}, []
    for lead in (lead for key, lead in leads.items() if key not in known):
        row = next((row for key, row in known.items() if key not in leads and _is_about_the_same(row, lead, dossier)), None)
        if row is not None:
            del known[row.key]
            row.key, row.where = lead.key, [pointer.as_json() for pointer in lead.where]
            known[row.key] = row
            moved.append(row)
    return known, tuple(moved)


def _is_about_the_same(row: Finding, lead: Lead, dossier: Dossier) -> bool:
    """Whether the two differ only in things that were never filed."""
    points_at = {pointer["id"] for pointer in row.where}
    filed = {one for one in points_at if one in dossier.by_id}
    return row.check_id == lead.check and filed != points_at and filed <= set(lead.points_at) and len(points_at) == len(lead.points_at)


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
