"""A job that a worker had begun when it died is taken up again by the next one."""

from __future__ import annotations

import pytest
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.acts.walking import make_task
from xiaohao.acts import worker
from xiaohao.acts.clock import now
from xiaohao.acts.printing import print_notice, printed_notice
from xiaohao.records.models import Record

pytestmark = pytest.mark.django_db


def test_a_job_of_a_dead_worker_is_done_by_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    # The worker lets go of idle connections; the test's one holds the transaction that is rolled back afterwards.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    make_task("published")
    posted = Record.objects.get(type="publicity")
    DBTaskResult.objects.all().delete()
    print_notice.enqueue(posted.pk)
    job = DBTaskResult.objects.get()
    job.claim("a worker that dies now")
    worker.tick(now())
    job.refresh_from_db()
    assert job.status == TaskResultStatus.RUNNING  # nobody touches it while somebody may be at it
    assert worker.take_up_again() == 1
    worker.tick(now())
    job.refresh_from_db()
    assert job.status == TaskResultStatus.SUCCESSFUL
    assert printed_notice(posted).startswith(b"%PDF")
