"""Supervision in the demonstration county: half a plan done, a draw, a visit that found something, one to come, and guidance counted apart."""

from __future__ import annotations

import pytest

from xiaohao.acts.clock import now
from xiaohao.records.models import SiteVisit, SupervisionDraw, SupervisionPlan, Task
from xiaohao.records.supervision import coverage_of, result_of, visits_known_to
from xiaohao.records.to_dossier import dossier_of
from xiaohao.seeds.seats import seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def test_the_county_has_plans_a_draw_visits_and_guidance() -> None:
    regular = SupervisionPlan.objects.get(kind="regular")
    lines = coverage_of(regular)
    assert [line.task.address for line in lines if line.is_covered] == ["qh2025a-11"]
    assert [line.task.address for line in lines if line.visit and not line.is_covered] == ["qh2025a-1"]
    drawn = result_of(SupervisionDraw.objects.get(plan__org="org-countysupervision"))
    assert drawn is not None
    assert len(set(drawn.addresses)) == 3
    assert list(SiteVisit.objects.filter(kind="guidance").values_list("task__address", flat=True)) == ["qh2025a-11"]
    assert visits_known_to(seat("industry-1")).count() == 2
    weights = {risk.address: risk.weight for risk in drawn.draw.thing().population}
    assert max(weights, key=lambda address: weights[address]) in ("qh2025a-1", "qh2025a-7", "qh2025a-11", "qh2025a-6")


def test_a_case_knows_the_visits_that_were_reported_and_no_planned_one() -> None:
    reported = SiteVisit.objects.exclude(reported_at=None).exclude(kind="guidance").get()
    assert reported.task.address == "qh2025a-11"
    assert [visit.id for visit in dossier_of(reported.task, at=now()).visits] == [reported.id]
    assert dossier_of(Task.objects.get(address="qh2025a-1"), at=now()).visits == ()
