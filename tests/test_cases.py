"""The cases themselves: whole, readable as bundles, and as honest as they say."""

from __future__ import annotations

import json

import pytest

from tests import cases
from xiaohao.dossier.bundle import read_bundle
from xiaohao.dossier.codec import dossier_to_json

STATES = (
    "given",
    "planned",
    "approved",
    "in_progress",
    "claimed_done",
    "accepted",
    "reviewed",
    "published",
    "closed",
    "confirmed",
    "reopened",
)


@pytest.mark.parametrize("build", [cases.works_case, cases.duty_case])
@pytest.mark.parametrize("route", [cases.DEFAULT_ROUTE, cases.COUNTY_ROUTE, cases.REGION_ROUTE])
@pytest.mark.parametrize("status", STATES)
def test_a_case_reads_back_as_a_bundle_without_problems(build, route, status):
    dossier = build(status, route=route)
    again, problems = read_bundle(json.dumps(dossier_to_json(dossier), ensure_ascii=False).encode(), dossier.contents)
    assert (problems, again) == ((), dossier)


@pytest.mark.parametrize("name", cases.MISSING)
def test_each_missing_thing_is_really_gone(name):
    route = cases.REGION_ROUTE if name == "assessment" else cases.DEFAULT_ROUTE
    whole, holed = (cases.works_case("confirmed", route=route, missing=missing) for missing in ((), name))
    assert whole != holed


def test_the_duty_case_is_a_ledger_about_the_duty_task():
    assert cases.duty_case("planned").task.id == cases.DUTY
