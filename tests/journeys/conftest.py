"""One county made for all, a fresh running copy for each story that changes something, and people with browsers who are watched for faults."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.chromium import MISSING, chromium, installed
from tests.journeys.county import County, make_seed, served
from tests.journeys.visitor import Visitor

NewVisitor = Callable[..., Visitor]
_CAME = pytest.StashKey[list[Visitor]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Whoever reads why a story failed sees what stood on the screens."""
    report = yield
    if report.when == "call" and report.failed:
        report.sections += [("screen", each.what_is_seen()) for each in item.stash.get(_CAME, [])]
    return report


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the untouched county; never served, only copied."""
    base = tmp_path_factory.getbasetemp()
    return make_seed(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base)


@pytest.fixture
def county(seed: Path, tmp_path: Path) -> Iterator[County]:
    """A county of this story's own."""
    with served(seed, tmp_path / "county") as running:
        yield running


@pytest.fixture(scope="package")
def quiet_county(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """A county that is only looked at."""
    with served(seed, tmp_path_factory.mktemp("quiet") / "county") as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Ends with this folder's tests: while it runs, its event loop forbids Django's database to all others."""
    if installed() is None:
        pytest.fail(MISSING) if os.environ.get("CI") == "true" else pytest.skip(MISSING)
    with chromium() as found:
        yield found


@pytest.fixture
def visitor(request: pytest.FixtureRequest, browser: Browser, county: County) -> Iterator[NewVisitor]:
    """Somebody new with a browser, at the story's own county."""
    yield from _visitors(request, browser, county)


@pytest.fixture
def onlooker(request: pytest.FixtureRequest, browser: Browser, quiet_county: County) -> Iterator[NewVisitor]:
    """Somebody new with a browser, at the county that is only looked at."""
    yield from _visitors(request, browser, quiet_county)


def _visitors(request: pytest.FixtureRequest, browser: Browser, county: County) -> Iterator[NewVisitor]:
    came = request.node.stash[_CAME] = []

    def new(**options: Any) -> Visitor:
        came.append(Visitor(browser, county.address, **options))
        return came[-1]

    yield new
    assert [wrong for each in came for wrong in each.leave()] == []
