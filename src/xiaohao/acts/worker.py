"""The background process: what must happen after an act, at least once, whatever crashes in between."""

from __future__ import annotations

import time
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from xiaohao.acts.access_log import seal_access_log
from xiaohao.acts.clock import now
from xiaohao.acts.delivery import deliver
from xiaohao.acts.due import remind_of_days
from xiaohao.acts.objections import journal_batch
from xiaohao.acts.publishing import publish_journal
from xiaohao.acts.reminders import remind
from xiaohao.acts.rhythm import call_by_rhythm
from xiaohao.acts.screening import screen_due
from xiaohao.records import search
from xiaohao.records.models import JournalEntry, Objection
from xiaohao.records.sessions import SessionStore

#: Seconds between two looks. A checkpoint is then at most this old plus the time it takes to write.
PAUSE = 1.0


def work() -> None:
    """Look for work until the process is ended."""
    take_up_again()
    published, looked = -1, ""
    while True:
        at = now()
        published = tick(at, published)
        looked = look_at_days(at, looked)
        time.sleep(PAUSE)


def take_up_again() -> int:
    """Put back the jobs that a worker had begun when it died; returns how many. Jobs bear being done twice, so one that another worker is
    just doing takes no harm."""
    left = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return left.update(status=TaskResultStatus.READY, started_at=None)


def tick(at: datetime, published: int = -1) -> int:
    """One look: the outbox, the hour of objections, the comparisons that are due, once a day the access log, the journal's public files. `published` is how many entries the last look left
    published; returns how many are now."""
    close_old_connections()
    _run_outbox()
    if _batch_is_due(at):
        journal_batch(at=at)
    screen_due(at=at)
    search.file_missing()
    remind(at)
    deliver(at)
    if seal_access_log(at=at) or published == -1:
        SessionStore.clear_expired()
    entries = JournalEntry.objects.count()
    if entries != published:
        publish_journal()
    return entries


def look_at_days(at: datetime, looked: str) -> str:
    """What falls due by the day, and calls by rhythm: once an hour of the installation's clock is enough. `looked` is what the last look returned, ""
    for the first one; looking again after a crash changes nothing."""
    hour = f"{at:%Y-%m-%dT%H%z}"
    if hour != looked:
        call_by_rhythm(at)
        remind_of_days(at)
    return hour


def _run_outbox() -> None:
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="xiaohao",
        excluded_queue_names=[],
    ).run()


def _batch_is_due(at: datetime) -> bool:
    """Objections go in at the office's fixed hours, so that the time of an entry does not tell when somebody wrote."""
    first = Objection.objects.filter(entry=None).order_by("received_at").values_list("received_at", flat=True).first()
    if first is None:
        return False
    return (
        any(first < at.replace(hour=hour, minute=0, second=0, microsecond=0) <= at for hour in settings.OBJECTION_HOURS)
        or first.date() < at.date()
    )
