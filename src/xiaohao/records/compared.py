"""Every case of the installation as the checks over all cases read it, and nothing else: no statement, paper, file or reading is loaded, and of
the register rows only the kinds that those checks look at. Five thousand cases are some tens of megabytes.

That it is enough is held by `tests/screening/test_across.py` and `tests/acts/test_across.py` against the whole ledger.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record as RecordThing
from xiaohao.records.models import Objection, Petition, Plan, Record, Task
from xiaohao.records.models.filed import instant
from xiaohao.records.rulebooks import rulebook
from xiaohao.records.to_dossier import objection_record, registers
from xiaohao.screening.across import KINDS

_AT_ONCE = 2_000


def compared_ledger(at: datetime) -> Dossier:
    """All cases for REVIEW-FORM, RUSH, RECUR, REPEAT, LAB and MEET-CONFLICT, with the figures of the installation's usual rulebook."""
    tasks = Task.objects.select_related("owner", "list").order_by("pk")
    return Dossier(
        id="ledger",
        kind="ledger",
        made_at=instant(at),
        rules=rulebook(settings.RULEBOOK).as_rules(),
        tasks=tuple(row.thing() for row in tasks.iterator(chunk_size=_AT_ONCE)),
        plans=tuple(_plan(row) for row in Plan.objects.order_by("pk").iterator(chunk_size=_AT_ONCE)),
        records=(*_records(), *(objection_record(row) for row in Objection.objects.filter(late=False))),
        petitions=tuple(row.thing() for row in Petition.objects.filter(task__isnull=False).order_by("pk").iterator(chunk_size=_AT_ONCE)),
        **registers(),
    )


def _plan(row: Plan) -> Any:
    """A plan without its measures: what it is asked for is the day on which it was first seen and what its goals are about."""
    row.more = {name: value for name, value in row.more.items() if name != "measures"}
    return row.thing()


def _records() -> tuple[RecordThing, ...]:
    """The rows of `screening.across.is_looked_at`."""
    wanted = Record.objects.filter(Q(type__in=KINDS) | Q(more__has_key="start") | ~Q(replaces=""))
    rows = wanted.filter(on_tasks__isnull=False).distinct().order_by("pk")
    return tuple(row.thing() for row in rows.iterator(chunk_size=_AT_ONCE))
