"""Screening at an act: what the checks say of the case as it would be, set beside what was said and answered before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max

from xiaohao.acts.ids import id_from
from xiaohao.dossier import Dossier
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.said import said_to_json
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.records.calendar import office_calendar
from xiaohao.records.models import Finding, JournalEntry, Record, Screening, Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.screening.finding import Finding as Lead
from xiaohao.screening.pace import ACROSS_CASES, AT_THE_ACT
from xiaohao.screening.run import screen

#: Checks that ask how somebody judged; the unit that judged answers.
_OF_THOSE_WHO_JUDGE = frozenset({"REVIEW-FORM", "RUSH"})


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
    leads = (lead for lead in screen(dossier, only=AT_THE_ACT).findings if lead.task in (None, task.id))
    return set_beside(leads, AT_THE_ACT, dossier, task, at)


def set_beside(
    said: Iterable[Lead], checks: frozenset[str], dossier: Dossier, task: Task, at: datetime
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """(new or changed, no longer standing) rows, unsaved, after these checks have run; findings of other checks are left alone. One that is
    about many cases is filed once, in the case where it was first seen."""
    leads = {lead.key: lead for lead in said}
    elsewhere = set(Finding.objects.filter(key__in=leads, standing=True).exclude(task=task).values_list("key", flat=True))
    leads = {key: lead for key, lead in leads.items() if lead.task is not None or key not in elsewhere}
    known, moved = _recognised(tuple(Finding.objects.filter(task=task, check_id__in=checks)), leads, dossier)
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


def of_refused(task: Task) -> frozenset[str]:
    """Ids of the findings that an attempt raised which was refused after the last step that went through. What it brought was never filed, so the
    case as it is filed says nothing of them: they stand until the next attempt is compared."""
    entries = JournalEntry.objects.filter(task=task)
    last = entries.filter(step__in=_STAGES).exclude(type=EntryType.REFUSED).aggregate(Max("at"))["at__max"]
    refused = entries.filter(type=EntryType.REFUSED, **({"at__gt": last} if last else {})).values_list("at", flat=True)
    return frozenset(Finding.objects.filter(task=task, check_id__in=AT_THE_ACT, raised_at__in=refused).values_list("pk", flat=True))


def overtaken(raised: Iterable[Finding], task: Task) -> tuple[Finding, ...]:
    """Standing rows of other cases whose finding has grown into one of these: the same check, pointing at everything they pointed at and more
    (a reviewer who has decided once more)."""
    found = []
    for row in (row for row in raised if row.check_id in ACROSS_CASES):
        points_at = {pointer["id"] for pointer in row.where}
        others = Finding.objects.filter(check_id=row.check_id, standing=True).exclude(task=task)
        found += [other for other in others if {pointer["id"] for pointer in other.where} < points_at]
    return tuple(found)


#: Which stage of FINDINGS.md each step of the procedure brings to its end; an act that is no step belongs to the progress.
_STAGES = {
    "open_task": "intake",
    "carry_in": "intake",
    "file_plan": "plan",
    "approve_plan": "plan",
    "return_plan": "plan",
    "apply": "application",
    "accept": "acceptance",
    "review": "review",
    "assess": "review",
    "publish": "publicity",
    "close": "after closure",
    "confirm": "after closure",
    "reopen": "after closure",
}


def ask(task: Task, entry: int, at: datetime, step: str, *, holds: bool) -> None:
    """Note in the running transaction that what this entry filed has to be compared. With `holds` the next body waits for it. A review also
    calls for what looks at the reviewer."""
    stage = _STAGES.get(step, "progress")
    run = Screening.objects.select_for_update().filter(task=task).first() or Screening(task=task)
    run.asked, run.asked_at = entry, at
    run.holds = entry if holds else run.holds
    run.stages = sorted({*run.stages, stage, *(("after closure",) if step in ("accept", "review") else ())})
    run.checks_done = run.checks_all = 0
    run.save()


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
    row = Finding(id=id_from("fnd", task.id, lead.key), task=task, key=lead.key, must_answer_id=_asked(lead, task))
    return _renewed(row, lead, at)


def _asked(lead: Lead, task: Task) -> str:
    """Whose the finding is to answer: the unit that judged, where what is asked is how it judged; else the responsible unit."""
    if lead.check not in _OF_THOSE_WHO_JUDGE:
        return task.owner_id
    judged = Record.objects.filter(pk__in=lead.points_at, type__in=("review", "acceptance"), org__isnull=False)
    return judged.order_by("-recorded_at", "-pk").values_list("org_id", flat=True).first() or task.owner_id


def _due(task: Task, at: datetime) -> str:
    """The last day for the answer as an ISO date, "" while the calendar is not announced."""
    try:
        return office_calendar().after(at.astimezone(CST).date(), rulebook_of(task).findings.answer_within).isoformat()
    except CalendarUnknown:
        return ""


def _renewed(row: Finding, lead: Lead, at: datetime) -> Finding:
    row.check_id, row.severity, row.raised_at, row.standing = lead.check, lead.severity, at, True
    row.answer_due = _due(row.task, at)
    row.message, row.basis = str(lead.message), str(lead.basis)
    row.sentence = said_to_json(lead.message)
    row.where = [pointer.as_json() for pointer in lead.where]
    row.more = {"figures": dict(lead.figures)}
    row.answered_at = row.decided_at = None
    return row


def _differs(row: Finding, lead: Lead) -> bool:
    return not row.standing or row.more.get("figures", {}) != dict(lead.figures) or row.severity != lead.severity
