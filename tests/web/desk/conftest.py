"""The office of the desk's tests, with its clock at a chosen moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.web.desk import office
from xiaohao.acts import clock as site_clock
from xiaohao.kernel.when import CST
from xiaohao.records.sessions import PROVED

OPENED = datetime(2024, 11, 18, 9, 0, tzinfo=CST)
TODAY = datetime(2026, 3, 3, 9, 0, tzinfo=CST)


@pytest.fixture
def staff(db: None) -> None:
    """Everybody of tests/cast.py with an account."""
    office.move_in(OPENED)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site's clock stands at the demonstration's day: the one thing that a test may not take from the machine."""

    class Standing:
        def now(self) -> datetime:
            return TODAY

    monkeypatch.setattr(site_clock, "clock", Standing)


@pytest.fixture
def as_(staff: None) -> Callable[[str], Client]:
    """A browser in which that person is signed in."""

    def signed_in(person: str) -> Client:
        client = Client()
        client.force_login(office.models.Account.objects.get(username=person))
        session = client.session
        session[PROVED] = time.time()  # as after signing in a moment ago
        session.save()
        return client

    return signed_in
