"""Every public page as it comes over a poor line: no script, no other host, few bytes; and a form that comes back says where to look."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response

from tests.journeys.conftest import NewVisitor
from tests.journeys.county import County
from tests.journeys.visitor import PHONE

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/tasks",
    "/tasks?q=没有这个词",
    "/n/qh2025a-3-1",
    "/n/qh2025a-4-1",
    "/n/qh2025a-3-1/objection",
    "/t/qh2025a-1",
    "/t/qh2025a-3",
    "/t/qh2021a-3",
    "/t/qh2025b-3",
    "/verify",
    "/verify?q=3",
    "/verify?q=查不到的",
    "/r",
    "/accessibility",
    "/privacy",
    "/sign-in",
    "/no-such-page",
]
#: Bytes of HTML and CSS on the wire, gzip, before photos (UX.md section 9).
BUDGET = 50_000


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_nobody_else_load_no_script_and_stay_small(browser: Browser, quiet_county: County, address: str) -> None:
    asked: list[Response] = []
    complaints: list[str] = []
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("response", lambda response: asked.append(response))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    answer = page.goto(quiet_county.address + address, wait_until="load")
    assert answer is not None
    kinds = [one.request.resource_type for one in asked]
    assert {urlsplit(one.url).netloc for one in asked} == {urlsplit(quiet_county.address).netloc}
    assert "script" not in kinds
    assert kinds.count("document") + kinds.count("stylesheet") == 2
    assert sum(len(gzip.compress(one.body())) for one in asked if one.request.resource_type in ("document", "stylesheet")) < BUDGET
    assert [words for words in complaints if answer.status == 200 or "404" not in words] == []
    context.close()


def test_an_objection_with_an_error_keeps_what_was_typed_and_leads_to_the_field(onlooker: NewVisitor) -> None:
    resident = onlooker(size=PHONE)
    resident.open("/n/qh2025a-3-1/objection")
    resident.page.get_by_label("电话", exact=True).fill("0999-5550123")
    resident.press("提交异议")
    assert resident.page.title().startswith("有错误：")
    assert resident.page.get_by_label("电话", exact=True).input_value() == "0999-5550123"
    resident.page.get_by_role("link", name="请写您看到的情况").click()
    assert resident.page.evaluate("document.activeElement.name || document.location.hash") in ("text", "#id_text")
