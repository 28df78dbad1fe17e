"""The walk's county, made once and forgotten after it, with the site's clock standing still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.test import override_settings

from tests.web.desk.conftest import TODAY
from tests.web.walk import county, samples
from tests.web.walk.samples import Sample
from xiaohao.acts import clock


class _Standing:
    def now(self) -> datetime:
        return TODAY


@pytest.fixture(scope="package")
def addresses(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Sample]]:
    """A sample of every route in the county, while the county stands."""
    home = tmp_path_factory.mktemp("walk")
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        override_settings(JOURNAL_HOME=home / "journal", CONTENT_HOME=home / "files"),
        transaction.atomic(),
    ):
        patch.setattr(clock, "clock", _Standing)
        county.settle()
        yield samples.samples()
        transaction.set_rollback(True)
