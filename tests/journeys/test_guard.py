"""The guard over every journey, and the audit of every page, are themselves able to fail."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NewVisitor
from tests.journeys.test_every_page import audited, overflowing
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.browser


def test_the_guard_sees_a_script_error_a_stranger_s_host_and_a_missing_page(onlooker: NewVisitor) -> None:
    someone = onlooker()
    someone.open("/sign-in")
    assert someone.guard.wrongs == []
    someone.page.evaluate("() => { setTimeout(() => { throw new Error('planted') }) }")
    someone.page.evaluate("() => { const i = document.createElement('img'); i.src = 'http://127.0.0.1:9/pixel'; document.body.append(i) }")
    someone.page.wait_for_timeout(300)
    someone.open("/no-such-page")
    kinds = {wrong.split(":")[0].split(" for ")[0].split(" of ")[0] for wrong in someone.guard.wrongs}
    someone.guard.wrongs.clear()
    assert kinds == {"script error", "request to another host", "console", "404"}


def test_the_audit_sees_a_control_without_a_name_and_a_page_too_wide(onlooker: NewVisitor) -> None:
    someone = onlooker(bypass_csp=True)
    someone.open("/verify")
    assert audited(someone.page, PHONE) + overflowing(someone.page) == []
    someone.page.evaluate("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<input id=planted><hr width=900>')")
    assert audited(someone.page, PHONE) == ["390: critical label #planted"]
    assert overflowing(someone.page) != []
