"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as examples

from xiaohao.records.workload import forget

#: Nothing here is timed: a busy machine must not turn a true property red.
examples.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("untimed")

#: Files of few tests that take minutes, by what their path begins with. They go first, so that two workers end together.
_LONG_FIRST = ("tests/postgresql/", "tests/journeys/test_every_page.py", "tests/journeys/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order in which the files are handed out; within a file nothing moves."""
    items.sort(
        key=lambda item: next((place for place, begins in enumerate(_LONG_FIRST) if item.nodeid.startswith(begins)), len(_LONG_FIRST))
    )


@pytest.fixture(scope="session")
def home() -> Path:
    """The folder of this process's throw-away installation, empty at first."""
    return Path(settings.HOME)


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """A test that is rolled back gives its journal entries' numbers to the next one."""
    forget()
