"""Every page for everybody: axe finds nothing, on a phone and in an office, and at 320 pixels nothing has to be pushed sideways."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.county import County
from tests.journeys.rooms import CASEWORK
from tests.journeys.scenes import OFFICES, PUBLIC, UNIT, Scene
from tests.journeys.visitor import MEANT, OFFICE, PHONE, Visitor

pytestmark = pytest.mark.browser

_AXE = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
#: WCAG 2.2, 1.4.10 Reflow: as wide as 1280 pixels at four times the size.
_NARROW = {"width": 320, "height": 640}
_ASKED = MEANT | {403, 404}


@pytest.mark.parametrize("scenes", [PUBLIC, UNIT, OFFICES, CASEWORK], ids=["public", "unit", "offices", "casework"])
def test_axe_finds_nothing_and_nothing_overflows(browser: Browser, county: County, scenes: tuple[Scene, ...]) -> None:
    found = {}
    for scene, page in _walk(browser, county, scenes):
        wrong = [line for size in (OFFICE, PHONE) for line in audited(page, size)] + overflowing(page)
        if wrong:
            found[scene.name] = wrong
    assert found == {}


def _walk(browser: Browser, county: County, scenes: tuple[Scene, ...]) -> Iterator[tuple[Scene, Page]]:
    """Each scene on its page, seen by its own person; faults in the background count as well."""
    people: dict[str, Visitor] = {}
    if scenes is OFFICES:  # they have an objection to decide on
        resident = people["resident"] = Visitor(browser, county.address)
        next(scene for scene in PUBLIC if scene.name == "receipt").bring(resident)
    for scene in scenes:
        if scene.who not in people:
            someone = people[scene.who] = Visitor(browser, county.address, bypass_csp=True)
            someone.guard.meant = _ASKED
            if scene.who:
                someone.sign_in(scene.who)
        people[scene.who].page.set_viewport_size(OFFICE)  # type: ignore[arg-type]
        scene.bring(people[scene.who])
        yield scene, people[scene.who].page
    assert [wrong for someone in people.values() for wrong in someone.leave()] == []


def audited(page: Page, size: dict[str, int]) -> list[str]:
    """What axe finds at that size, a line each: impact, rule, the first elements."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE)
    violations: list[dict[str, Any]] = page.evaluate("async rules => (await axe.run(document, rules)).violations", _RULES)
    return [
        f"{size['width']}: {each['impact']} {each['id']} {'; '.join(str(node['target'][0]) for node in each['nodes'][:3])}"
        for each in violations
    ]


def overflowing(page: Page) -> list[str]:
    """A line if the page as a whole has to be pushed sideways on a narrow screen."""
    page.set_viewport_size(_NARROW)  # type: ignore[arg-type]
    across = page.evaluate("() => document.documentElement.scrollWidth")
    return [f"320: {across} pixels across"] if across > _NARROW["width"] else []
