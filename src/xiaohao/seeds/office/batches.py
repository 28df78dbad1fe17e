"""A superior's instruction with a deadline of its own: two long-term tasks and two others, over four units, that the city wants closed by June."""

from __future__ import annotations

from collections.abc import Iterator

from xiaohao.acts import batches
from xiaohao.acts.ids import id_from
from xiaohao.dossier.document import Document
from xiaohao.records.batches import PUBLIC
from xiaohao.records.models.filed import instant
from xiaohao.seeds.moments import moment
from xiaohao.seeds.seats import seat
from xiaohao.seeds.walk import Event

_AT, _CLERK = "2026-02-27T09:10", "countyoffice-1"
#: Only two tasks of the county are long-term; the others are at work or not yet begun.
_TASKS = ("task-qh2025a-2", "task-qh2025a-7", "task-qh2025b-1", "task-qh2025b-2")


def events() -> Iterator[Event]:
    """The instruction is entered on the day after its date."""
    yield Event(moment(_AT), True, _start)


def _start() -> None:
    by = seat(_CLERK)
    paper = Document(
        id=id_from("doc", by.person, "batch june"),
        number="景整改办〔2026〕3号",
        title="关于限期推进重点整改任务销号的通知",
        kind="order",
        issuer="org-cityoffice",
        date="2026-02-26",
        due="2026-06-30",
        recorded_at=instant(moment(_AT)),
        unknown=((PUBLIC, True),),
    )
    batches.start_batch(by=by, at=moment(_AT), key="batch june", document=paper, tasks=_TASKS)
