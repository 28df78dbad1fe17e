"""Every check has its shape, its page, a sample that trips it and a near miss that does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.screening.samples import said
from tests.screening.trips import NEAR_MISSES, TRIPS
from tests.shared import SHARED, needs_shared
from xiaohao.screening.catalogue import catalogue
from xiaohao.screening.checks import CHECKS

DOCS = Path(__file__).resolve().parents[2] / "docs" / "checks"
IDS = [check.ID for check in CHECKS]


def test_checks_stand_once_in_the_order_of_the_catalogue():
    assert [one for one in catalogue() if one in IDS] == IDS
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_check_has_its_shape(check):
    entry = catalogue()[check.ID]
    assert entry.stage == check.STAGE
    assert entry.needs == check.NEEDS
    assert check.__doc__.startswith(f"{entry.title}: ")
    assert "Innocent explanations" in check.__doc__
    assert "Source: " in check.__doc__


@pytest.mark.parametrize("check", IDS)
def test_a_check_trips_on_its_sample(check):
    found = said(TRIPS[check](), check)
    assert len(found) == 1
    assert found[0].severity.weight <= catalogue()[check].severity.weight
    assert all(word not in found[0].message for word in ("造假", "虚假"))
    assert "请" in found[0].message  # says what would settle it


@pytest.mark.parametrize("check", IDS)
def test_a_check_is_silent_on_its_near_miss(check):
    assert said(NEAR_MISSES[check](), check) == []


@pytest.mark.parametrize("check", IDS)
def test_a_check_has_a_page_that_says_everything(check):
    page = (DOCS / f"{check}.md").read_text("utf-8")
    entry = catalogue()[check]
    assert page.splitlines()[0].startswith(f"# {check} ")
    assert entry.title in page.splitlines()[0]
    headings = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    assert headings == ["说什么", "看哪些字段", "什么时候不说", "界限和理由", "例子"]
    for need in entry.needs:
        assert f"`{need}`" in page


def test_there_are_no_pages_of_checks_that_do_not_exist():
    assert sorted(page.stem for page in DOCS.glob("*.md") if page.stem != "README") == sorted(IDS)


@needs_shared
def test_the_catalogue_is_the_published_one():
    published = {row["id"]: row for row in json.loads((SHARED / "checks.json").read_text("utf-8"))["checks"]}
    ours = catalogue()
    assert list(ours) == list(published)
    for check, row in published.items():
        entry = ours[check]
        assert (entry.title, entry.severity, entry.stage, entry.scope) == (row["title"], row["severity"], row["stage"], row["scope"])
        assert (list(entry.needs), list(entry.innocent)) == (row["needs"], row["innocent"])


@needs_shared
def test_the_schema_is_the_published_one():
    from xiaohao.screening.report import findings_schema

    assert findings_schema() == json.loads((SHARED / "findings.schema.json").read_text("utf-8"))
