"""Units on file: set up, renamed with their history, moved in the tree, dissolved into another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.desk import office
from tests.web.desk.conftest import OPENED
from xiaohao.acts import posts, units
from xiaohao.acts.units import UnitFacts
from xiaohao.dossier.as_of import as_of
from xiaohao.dossier.parties import HIRED
from xiaohao.dossier.posts import Post, Term
from xiaohao.kernel.codes import fits_level
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records import models
from xiaohao.records.fsck import faults
from xiaohao.records.offices import near_first, tree
from xiaohao.records.to_dossier import dossier_of
from xiaohao.web.desk.forms.choices import units_near_first

pytestmark = pytest.mark.django_db

ADMIN = Actor("person-county-clerk", "org-countyoffice", frozenset({Role.SYSTEM_ADMIN}))
FACTS = UnitFacts("青禾县气象局", "county", "department", "org-county", aliases=("县气象局",))
SINCE = "2026-02-01"


@pytest.fixture
def task(db: None) -> models.Task:
    office.move_in(OPENED)
    return office.works("start")


def at():
    return models.JournalEntry.objects.latest("index").at + timedelta(days=400)


def facts_of(pk: str, **changes: object) -> UnitFacts:
    row = models.Org.objects.get(pk=pk)
    return replace(UnitFacts(row.name, row.level, row.kind, row.parent_id or "", tuple(row.more.get("aliases", ()))), **changes)


def gates(act, **arguments: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(**{"by": ADMIN, "at": at(), "key": "k" * 32} | arguments)
    return [unmet.gate for unmet in refused.value.unmet]


def test_a_new_unit_stands_in_the_tree_and_in_the_journal(task: models.Task) -> None:
    receipt = units.add_unit(by=ADMIN, at=at(), key="a" * 32, facts=FACTS)
    row = models.Org.objects.get(pk=receipt.result["org"])
    assert (row.path.startswith(models.Org.objects.get(pk="org-county").path), row.more["aliases"]) == (True, ["县气象局"])
    assert models.JournalEntry.objects.latest("index").step == "add_unit"
    assert units.add_unit(by=ADMIN, at=at(), key="a" * 32, facts=FACTS) == receipt
    assert gates(units.add_unit, facts=FACTS) == ["name_free"]


@pytest.mark.parametrize(
    ("change", "gate"),
    [
        ({"region_code": "990101"}, "region_code"),  # no such province
        ({"region_code": "310000"}, "region_code"),  # a province's, for a county
        ({"credit_code": "91350100M000100Y42"}, "credit_code"),  # the check character is 3
        ({"parent": "org-nowhere"}, "parent"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_field(task: models.Task, change: dict[str, str], gate: str) -> None:
    assert gates(units.add_unit, facts=replace(FACTS, **change)) == [gate]
    assert units.add_unit(
        by=ADMIN, at=at(), key="g" * 32, facts=replace(FACTS, region_code="310101", credit_code="91350100M000100Y43")
    ).result["org"]


def test_nobody_but_the_system_administrator_keeps_units(task: models.Task) -> None:
    clerk = office.actor("county-clerk")
    assert gates(units.add_unit, by=clerk, facts=FACTS) == ["allowed"]
    assert gates(units.amend_unit, by=clerk, org="org-park", facts=facts_of("org-park"), since=SINCE) == ["allowed"]
    assert gates(units.dissolve_unit, by=clerk, org="org-park", into="org-housing", on=SINCE) == ["allowed"]


@pytest.mark.usefixtures("own_journal")
def test_a_renamed_unit_keeps_the_name_of_the_day(task: models.Task) -> None:
    old, unit = models.Org.objects.get(pk="org-housing").name, "org-housing"
    units.amend_unit(by=ADMIN, at=at(), key="r" * 32, org=unit, facts=facts_of(unit, name="青禾县建设局"), since=SINCE, reason="机构改革")
    row = models.Org.objects.get(pk=unit)
    assert (row.name, row.former_names) == ("青禾县建设局", [{"name": old, "until": "2026-01-31", "reason": "机构改革"}])
    assert old in row.more["aliases"]  # ledgers of before are still understood
    now = dossier_of(task, at=at())
    assert now.org_name(unit) == "青禾县建设局"
    assert as_of(now, OPENED).org_name(unit) == old
    assert [fault for fault in faults() if fault.kind not in ("tile", "file")] == []
    models.Task.objects.filter(pk=task.pk).update(more=task.more | {"closed_at": "2025-12-30"})
    assert dossier_of(models.Task.objects.get(pk=task.pk), at=at()).org_name(unit) == old
    again = {"org": unit, "facts": facts_of(unit, name="又一个名字")}
    assert gates(units.amend_unit, since="2026-01-31", **again) == ["since"]
    assert gates(units.amend_unit, since="2999-01-01", **again) == ["since"]


def test_a_unit_moves_with_its_branch_and_never_under_itself(task: models.Task) -> None:
    child = units.add_unit(by=ADMIN, at=at(), key="c" * 32, facts=replace(FACTS, name="排水站", parent="org-housing")).result["org"]
    assert gates(units.amend_unit, org="org-housing", facts=facts_of("org-housing", parent=child), since=SINCE) == ["parent"]
    units.amend_unit(by=ADMIN, at=at(), key="m" * 32, org="org-housing", facts=facts_of("org-housing", parent="org-park"), since=SINCE)
    assert models.Org.objects.get(pk=child).path.startswith(models.Org.objects.get(pk="org-park").path)


@pytest.mark.usefixtures("own_journal")
def test_open_duties_of_a_dissolved_unit_go_to_its_successor_and_history_stays(task: models.Task) -> None:
    post = Post(id="post-h", org="org-housing", title="局长", head="government", roles=("head",))
    posts.enter_posts(
        [post],
        [Term(id="term-h", post="post-h", person="person-housing-head", start="2023-01-01", recorded_at="2024-11-18T09:00:00+08:00")],
        at=at(),
    )
    statements = [row.pk for row in models.Record.objects.filter(org="org-housing")]
    receipt = units.dissolve_unit(
        by=ADMIN, at=at(), key="d" * 32, org="org-housing", into="org-park", on=SINCE, document="青政发〔2026〕1号"
    )
    task.refresh_from_db()
    assert (receipt.result["tasks"], task.owner_id) == ([task.address], "org-park")
    assert [row.pk for row in models.Record.objects.filter(org="org-housing")] == statements
    assert models.Term.objects.get().end == SINCE
    assert models.Account.objects.get(username="housing-head").roles == []
    assert models.JournalEntry.objects.get(task=task, step="dissolve_unit").state == ""
    assert "org-housing" not in dict(near_first("org-park"))
    assert "org-housing" not in dict(units_near_first(dossier_of(task, at=at()).orgs, "org-county"))
    assert gates(units.dissolve_unit, org="org-housing", into="org-county", on=SINCE) == ["standing"]
    assert gates(units.amend_unit, org="org-housing", facts=facts_of("org-housing", phone="1"), since=SINCE) == ["standing"]
    assert gates(units.add_unit, facts=replace(FACTS, parent="org-housing")) == ["parent"]
    assert [fault for fault in faults() if fault.kind not in ("tile", "file")] == []


def test_a_unit_with_units_under_it_is_not_dissolved(task: models.Task) -> None:
    assert gates(units.dissolve_unit, org="org-county", into="org-housing", on=SINCE) == ["into", "children"]


def test_near_units_stand_first() -> None:
    from tests.cast import ORGS

    ordered = [unit for unit, _name in units_near_first(ORGS, "org-housing")]
    siblings = [org.id for org in ORGS if org.parent == "org-county" and org.id != "org-housing"]
    assert ordered[0] == "org-housing"
    assert set(ordered[1 : len(siblings) + 1]) == set(siblings)


def test_firms_stand_behind_the_organs_of_their_group() -> None:
    from tests.cast import ORGS

    hired = {org.id for org in ORGS if org.kind in HIRED}
    county = {org.id for org in ORGS if org.parent == "org-county"} | {"org-county"}
    for ordered in (units_near_first(ORGS, "org-county"), units_near_first(ORGS, None)):
        there = [unit in hired for unit, _name in ordered]
        assert there == sorted(there)
        assert any(there)
    assert {unit for unit, _name in units_near_first(ORGS, "org-county")[: len(county)]} == county


@pytest.mark.django_db
def test_the_tree_begins_with_ones_own_government_and_ends_with_firms(task: models.Task) -> None:
    lines = tree("org-housing")
    assert (lines[0].org.pk, lines[0].depth) == ("org-county", 0)
    assert {line.org.parent_id for line in lines if line.depth == 1} >= {"org-county"}
    hired = [line.org.kind in HIRED for line in lines]
    assert hired == sorted(hired)
    assert sorted(line.org.pk for line in lines) == sorted(models.Org.objects.values_list("pk", flat=True))


def test_a_region_code_is_of_its_level() -> None:
    assert [
        fits_level("310000", "province"),
        fits_level("310100", "city"),
        fits_level("310101", "county"),
        fits_level("310101", "town"),
    ] == [True] * 4
    assert [fits_level("310101", "province"), fits_level("310000", "city"), fits_level("310100", "county")] == [False] * 3
