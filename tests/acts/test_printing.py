"""What must follow a publication follows it: the outbox row comes with the act, and the worker prints the notice with its place in the journal."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult

from tests.acts.walking import make_task
from xiaohao.acts.printing import notice_on_paper, print_notice, printed_notice
from xiaohao.records.models import Record

pytestmark = pytest.mark.django_db


def test_publishing_leaves_an_outbox_row_by_which_the_notice_is_printed() -> None:
    task = make_task("published")
    (row,) = DBTaskResult.objects.all()
    posted = Record.objects.get(on_tasks=task, type="publicity")
    assert (row.args_kwargs["args"], row.status) == ([posted.pk], "READY")

    print_notice.call(*row.args_kwargs["args"])
    assert printed_notice(posted) == notice_on_paper(posted)
    assert printed_notice(posted).startswith(b"%PDF")


def test_a_refused_publication_leaves_nothing_to_do() -> None:
    make_task("reviewed")
    assert not DBTaskResult.objects.exists()
