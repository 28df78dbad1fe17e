"""What the files of many tasks say that weighs in a draw, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max

from xiaohao.dossier.supervision import Risk
from xiaohao.kernel.when import CST, parse_when
from xiaohao.procedure.risk import CaseFacts, risk_of
from xiaohao.records.models import Finding, JournalEntry, Objection, Task
from xiaohao.records.rulebooks import rulebook_of

#: Steps that send a case back.
_BACK = ("return_plan", "return_to_work", "reopen", "uphold_objection")
#: Entries that say that the case moved; what the supervisors themselves did is none.
_MOVES = ("act", "objections")
_SUPERVISED = ("press", "lift_order", "draw_sample", "arrive_visit", "report_visit", "guide_visit")


def risks_of(tasks: Iterable[Task], today: date) -> tuple[Risk, ...]:
    """The weight of each task on that day, by the figures of its own rulebook, in order of address."""
    rows = sorted(tasks, key=lambda task: task.address)
    ids = [row.pk for row in rows]
    findings = dict(
        Finding.objects.filter(task__in=ids, standing=True, decided_at=None)
        .exclude(severity="note")
        .order_by()
        .values_list("task")
        .annotate(Count("pk"))
    )
    open_ones = Objection.objects.filter(task__in=ids, withdrawn_at=None).exclude(admissible=False).exclude(upheld=False)
    objections = dict(open_ones.order_by().values_list("task").annotate(Count("pk")))
    entries = JournalEntry.objects.filter(task__in=ids).order_by()
    returned = dict(entries.filter(step__in=_BACK).values_list("task").annotate(Count("pk")))
    moved = dict(entries.filter(type__in=_MOVES).exclude(step__in=_SUPERVISED).values_list("task").annotate(Max("at")))
    found = []
    for row in rows:
        when = parse_when(row.due)
        last = moved.get(row.pk)
        facts = CaseFacts(
            overdue_days=(today - when.last).days if when and when.last < today else None,
            days_left=(when.last - today).days if when and when.last >= today else None,
            findings=findings.get(row.pk, 0),
            objections=objections.get(row.pk, 0),
            silent_days=(today - last.astimezone(CST).date()).days if last else None,
            returned=returned.get(row.pk, 0),
        )
        found.append(risk_of(row.pk, row.address, facts, rulebook_of(row).supervision))
    return tuple(found)
