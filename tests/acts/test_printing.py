"""What must follow a publication follows it: the outbox row comes with the act, and the worker prints the notice with its place in the journal."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult

from tests.acts.walking import make_task
from xiaohao.acts.printing import notice_on_paper, printed_notice
from xiaohao.acts.worker import tick
from xiaohao.kernel.when import parse_instant
from xiaohao.records.models import JournalEntry, Record

pytestmark = pytest.mark.django_db


def test_publishing_leaves_an_outbox_row_and_the_worker_prints_the_notice_once() -> None:
    task = make_task("published")
    (row,) = DBTaskResult.objects.all()
    posted = Record.objects.get(on_tasks=task, type="publicity")
    assert (row.args_kwargs["args"], row.status) == ([posted.pk], "READY")

    assert tick(parse_instant("2026-03-03T09:00:00+08:00")) == JournalEntry.objects.count()
    row.refresh_from_db()
    assert row.status == "SUCCESSFUL"
    assert printed_notice(posted) == notice_on_paper(posted)
    assert printed_notice(posted).startswith(b"%PDF")


def test_a_refused_publication_leaves_nothing_to_do() -> None:
    make_task("reviewed")
    assert not DBTaskResult.objects.exists()
