"""Instructions that started a closing batch: orders with a deadline over several tasks."""

from __future__ import annotations

from django.db.models import QuerySet

from xiaohao.records.models import Document, Task

#: Our own name on a document (DOSSIER.md, rule 7): whether the instruction and its board may be shown to everybody.
PUBLIC = "x-public"


def batches() -> QuerySet[Document]:
    """All of them, the newest first."""
    return Document.objects.filter(kind="order", more__has_key="due").select_related("issuer").order_by("-date", "-pk")


def batch(batch_id: str) -> Document | None:
    return batches().filter(pk=batch_id).first()


def public_batch(batch_id: str) -> Document | None:
    """One that its office lets everybody see."""
    row = batch(batch_id)
    return row if row and row.more.get(PUBLIC) else None


def public_batches_of(task: Task) -> tuple[Document, ...]:
    """Those over this task that everybody may see, the newest first."""
    return tuple(row for row in batches().filter(on_tasks=task) if row.more.get(PUBLIC))


def tasks_of(row: Document) -> tuple[Task, ...]:
    """The tasks under an instruction, in their lists' order."""
    found = Task.objects.filter(documents=row).select_related("owner", "list", "list__inspection").order_by("list__code", "pk")
    return tuple(sorted(found, key=lambda task: (task.list.code, _number(task))))


def _number(task: Task) -> tuple[int, str]:
    """7 before 12, numbers before words."""
    text = str(task.number)
    return (int(text), "") if text.isdigit() else (10**9, text)
