"""Every public page in a real browser: no accessibility fault, no sideways scrolling, no script, no other host, small enough for a poor line."""

from __future__ import annotations

import gzip
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

AXE = files("axe_core_python").joinpath("axe.min.js")
#: The rule sets of UX.md section 8.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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


def open_page(chromium, site, address, width, height=900):
    # axe is injected, which our own policy would forbid; the policy itself is tested elsewhere
    context = chromium.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    page = context.new_page()
    page.goto(site + address)
    return page


def faults(page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes']]}" for fault in found]


def sideways(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("address", PAGES)
def test_no_accessibility_fault_and_no_sideways_scrolling_from_a_desk_to_the_narrowest_telephone(chromium, site, address):
    page = open_page(chromium, site, address, 1280)
    assert (faults(page), sideways(page)) == ([], 0)
    page.set_viewport_size({"width": 390, "height": 844})
    assert (faults(page), sideways(page)) == ([], 0)
    page.set_viewport_size({"width": 320, "height": 700})
    assert sideways(page) == 0
    page.context.close()


@pytest.mark.parametrize("way", ["/en", "/big", "/en/big"])
@pytest.mark.parametrize("address", ["/", "/n/qh2025a-3-1", "/n/qh2025a-3-1/objection", "/t/qh2025a-1", "/verify?q=3"])
def test_other_ways_of_reading_hold_as_well(chromium, site, way, address):
    page = open_page(chromium, site, way + address, 390)
    assert (faults(page), sideways(page)) == ([], 0)
    page.context.close()


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_nobody_else_load_no_script_and_stay_small(chromium, site, address):
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page, asked, complaints = context.new_page(), [], []
    page.on("response", lambda response: asked.append(response))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    answer = page.goto(site + address, wait_until="load")
    hosts = {urlsplit(one.url).netloc for one in asked}
    kinds = [one.request.resource_type for one in asked]
    assert hosts == {urlsplit(site).netloc}
    assert "script" not in kinds
    assert kinds.count("document") + kinds.count("stylesheet") == 2
    assert sum(len(gzip.compress(one.body())) for one in asked if one.request.resource_type in ("document", "stylesheet")) < BUDGET
    assert [words for words in complaints if answer.status == 200 or "404" not in words] == []
    context.close()


def test_an_objection_with_an_error_is_as_accessible_and_keeps_what_was_typed(chromium, site):
    page = open_page(chromium, site, "/n/qh2025a-3-1/objection", 390)
    page.get_by_label("电话", exact=True).fill("0999-5550123")
    page.get_by_role("button", name="提交异议").click()
    assert page.title().startswith("有错误：")
    assert page.get_by_label("电话", exact=True).input_value() == "0999-5550123"
    assert (faults(page), sideways(page)) == ([], 0)
    page.get_by_role("link", name="请写您看到的情况").click()
    assert page.evaluate("document.activeElement.name || document.location.hash") in ("text", "#id_text")
    page.context.close()


def test_a_resident_objects_and_gets_a_receipt(chromium, site):
    page = open_page(chromium, site, "/n/qh2025a-3-1", 390, 844)
    page.get_by_role("link", name="我有异议").click()
    page.get_by_label("您看到了什么").fill("三月一号下午刮风，西坪村口还是一层土。")
    page.get_by_label("匿名").check()
    page.wait_for_timeout(3100)  # nobody fills the form in under three seconds
    page.get_by_role("button", name="提交异议").click()
    assert page.get_by_role("heading", level=1).inner_text() == "异议回执"
    assert (faults(page), sideways(page)) == ([], 0)
    page.goto(site + "/n/qh2025a-3-1")
    assert page.get_by_text("因异议暂停").count() == 1
    page.context.close()
