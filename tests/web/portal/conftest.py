"""A published case, walked by real acts, with the site's clock in the middle of its window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache

from tests.acts.walking import make_task
from tests.cases import works_life
from xiaohao.acts import objections
from xiaohao.acts.publishing import publish_journal
from xiaohao.records.models import Record, Task

NO = "qh2025a-7-1"
IN_WINDOW = works_life().at("publish") + timedelta(days=1)
AFTER_WINDOW = datetime.combine(works_life().window[1] + timedelta(days=1), IN_WINDOW.timetz())


@pytest.fixture
def clock_at(settings, tmp_path: Path) -> Callable[[datetime], None]:
    """Stand the demonstration's clock at a moment, backwards too."""
    settings.DEMO, settings.HOME = True, tmp_path

    def stand(moment: datetime) -> None:
        (tmp_path / "demo-clock").write_text(moment.isoformat(timespec="seconds"), "ascii")

    return stand


@pytest.fixture
def published(db, clock_at) -> Task:
    """The works case on its second day of publicity."""
    cache.clear()
    shutil.rmtree(django_settings.JOURNAL_HOME / "public", ignore_errors=True)
    task = make_task("published")
    clock_at(IN_WINDOW)
    return task


@pytest.fixture
def logged(published: Task) -> Task:
    """The same, with every entry under a published checkpoint."""
    publish_journal()
    return published


@pytest.fixture
def code(published: Task) -> str:
    """The code of an objection to the notice."""
    notice = Record.objects.get(on_tasks=published, type="publicity")
    receipt = objections.object_to(
        notice=notice.pk,
        channel="web",
        text="石桥下面还在排污水。",
        contact="13912345678",
        at=IN_WINDOW,
        key="a resident",
        measures=["measure-7-1"],
    )
    return str(receipt.result["code"])
