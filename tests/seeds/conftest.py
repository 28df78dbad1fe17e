"""The demonstration county, settled once for all tests of this folder and forgotten after them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from xiaohao.acts import beginning
from xiaohao.acts.publishing import publish_journal
from xiaohao.seeds.county import settle


@contextmanager
def settled(home: Path) -> Iterator[Path]:
    """The county in the database and its files under `home`, until the end of the block."""
    with override_settings(JOURNAL_HOME=home / "journal", CONTENT_HOME=home / "files"), transaction.atomic():
        beginning.make_keys()
        settle()
        publish_journal()
        yield home
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def county(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of its files and its journal; the rows are in the database, and what a test changes there is forgotten after it."""
    with django_db_blocker.unblock(), settled(tmp_path_factory.mktemp("county")) as home:
        yield home
