"""The picture of a county: what every row says and every entry of the journal tells, salts and keys aside. Two seedings give one picture.

`python -m tests.seeds.picture HOME` prints that of an installation.
"""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any


def picture() -> dict[str, object]:
    """{table: {id: hash of the row}} and the journal as [step, time, task, state]."""
    from xiaohao.records.committed import committed_tables
    from xiaohao.records.models import Draft, JournalEntry, Objection

    rows = {model.__name__: {row.pk: _told(row) for row in model.objects.order_by("pk")} for model in committed_tables()}
    journal = [[e.type, e.step, e.at.isoformat(), e.task_id, e.state] for e in JournalEntry.objects.order_by("index")]
    said = [[o.pk, o.text, o.answer, o.upheld, o.received_at.isoformat()] for o in Objection.objects.order_by("pk")]
    return {**rows, "journal": journal, "objections": said, "drafts": [draft.values for draft in Draft.objects.all()]}


def _told(row: Any) -> str:
    """What the row says. Which rows an assessor drew, the log's root decides, and no two installations have the same one."""
    from xiaohao.records.committed import row_content

    drawn = getattr(row, "type", "") == "closing_assessment"
    return "drawn" if drawn else hashlib.sha256(row_content(row)).hexdigest()


if __name__ == "__main__":
    from xiaohao.cli.django_room import load_django

    load_django(sys.argv[1])
    json.dump(picture(), sys.stdout, ensure_ascii=False, sort_keys=True)
