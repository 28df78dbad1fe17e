"""Life in every room of the demonstration county: rows of every kind of register, a batch, a plan of the city, party posts."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest

from xiaohao.acts.clock import now
from xiaohao.dossier.codec import dossier_to_json
from xiaohao.dossier.soundness import schema_text
from xiaohao.evidence.register_fields import KEPT_BY_HAND
from xiaohao.records.batches import batches, tasks_of
from xiaohao.records.models import Post, Record, SupervisionDraw, Task
from xiaohao.records.supervision import plans_for, result_of
from xiaohao.records.to_dossier import dossier_of
from xiaohao.seeds.seats import seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

#: What the county was found to lack; the cases of the county have no use for the kinds that are still missing.
FOUND_EMPTY = ("media", "interview", "invoice", "lab_report", "transfer", "sanction", "personnel", "follow_up")


def test_the_registers_that_stood_empty_have_rows() -> None:
    kept = set(Record.objects.values_list("type", flat=True))
    assert [kind for kind in FOUND_EMPTY if kind not in kept or kind not in KEPT_BY_HAND] == []


def test_a_sanction_has_its_follow_up_and_a_lab_report_its_sampling() -> None:
    sanction, again = (Record.objects.get(type=kind).thing() for kind in ("sanction", "follow_up"))
    assert (again.of, again.person) == (sanction.id, sanction.person)
    (report,) = Record.objects.filter(type="lab_report")
    assert Record.objects.filter(pk__in=report.thing().samples, type="sampling").count() == 1


def test_the_city_s_supervision_has_a_plan_and_a_draw_of_its_own() -> None:
    (plan,) = plans_for(seat("citysupervision-1"))
    drawn = result_of(SupervisionDraw.objects.get(plan=plan))
    assert drawn is not None
    assert len(set(drawn.addresses)) == 2
    assert {address.split("-")[0] for address in drawn.addresses} == {"qh2025b"}


def test_the_leading_units_have_a_party_and_an_administrative_head() -> None:
    heads = {(post.org_id, post.head) for post in Post.objects.exclude(head=None)}
    for unit in ("housing", "land", "water", "agri", "urban", "industry", "town", "park"):
        assert {(f"org-{unit}", "party"), (f"org-{unit}", "government")} <= heads


def test_a_superior_s_instruction_stands_over_four_tasks_of_three_units_or_more() -> None:
    (order,) = batches()
    tasks = tasks_of(order)
    assert len(tasks) == 4
    assert len({task.owner_id for task in tasks}) >= 3
    assert sum(task.kind == "long_term" for task in tasks) == 2


def test_the_rows_and_papers_keep_to_the_published_schema() -> None:
    schema = jsonschema_rs.validator_for(json.loads(schema_text()))
    for address in ("qh2025a-1", "qh2025a-2", "qh2025a-11"):
        written = dossier_to_json(dossier_of(Task.objects.get(address=address), at=now()))
        assert [one.message for one in schema.iter_errors(written) if one.instance_path[:1] in (["records"], ["documents"])] == []
