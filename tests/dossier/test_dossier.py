"""Looking things up in a case file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cases import duty_case
from tests.screening.samples import TASK, honest, notice, record, statement, text
from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Org
from xiaohao.dossier.plan import Measure, Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.where import Where


def plan(key: str, version: int, **more) -> Plan:
    return Plan(
        id=key, task=TASK, version=version, author="org-county", date="2023-01-01", recorded_at=f"2023-01-0{version}T09:00:00+08:00", **more
    )


def test_the_plan_in_force_is_the_latest_version_that_is_no_superior_plan():
    city = plan("plan-city", 1)
    county = (plan("plan-1", 1, under="plan-city"), plan("plan-2", 2, under="plan-city", replaces="plan-1"))
    assert honest(plans=(county[1], city, county[0])).plan_in_force(TASK) == county[1]
    assert honest(plans=(plan("plan-city", 9), *county)).plan_in_force(TASK) == county[1]
    assert honest(plans=()).plan_in_force(TASK) is None
    assert honest(plans=()).measures_of(TASK) == honest(plans=()).goals_of(TASK) == ()


def test_things_are_found_by_kind_and_id_inside_plans_too():
    case = honest()
    assert case.find(Measure, "measure-1").number == 1
    assert case.find(Record, "measure-1") is None
    assert case.find(Org, None) is None
    assert (case.org_name("org-water"), case.org_name("org-gone"), case.org_name(None)) == ("青禾县水务局", "org-gone", "")
    assert (case.person_name("person-1"), case.person_name("x")) == ("林知远", "x")


def test_rows_come_in_the_order_in_which_they_were_first_seen():
    late, early = record("a", "meeting", "2023-01-01", recorded_at="2023-05-01T09:00:00+08:00"), record("b", "meeting", "2023-02-01")
    case = honest(records=(late, early))
    assert [r.id for r in case.records_of(TASK)] == ["rec-b", "rec-a"]
    assert case.last_record(TASK, "meeting") == late
    assert case.records_of(TASK, "study") == ()
    assert case.last_record("task-9", "meeting") is None


def test_the_last_statement_of_a_kind():
    later = statement(id="st-9", recorded_at="2023-11-01T09:00:00+08:00")
    case = honest(statements=(later, statement(), notice()))
    assert case.last_statement(TASK, "completion") == later
    assert [s.id for s in case.statements_of(TASK)] == ["st-1", "st-9", "st-2"]


def test_the_chain_of_superiors_is_cut_at_a_loop():
    assert [org.id for org in honest().above("org-station")] == ["org-station", "org-water", "org-county", "org-city"]
    loop = (Org(id="a", name="a", level="city", kind="office", parent="b"), Org(id="b", name="b", level="city", kind="office", parent="a"))
    assert [org.id for org in honest(orgs=loop).above("a")] == ["a", "b"]


def test_a_ledger_has_no_task_unless_it_is_about_one():
    ledger = duty_case("closed")
    assert ledger.task.id == "task-2"
    with pytest.raises(ValueError, match="no single task"):
        _ = replace(ledger, about=None).task


def test_a_text_is_known_by_its_id():
    assert text().is_text
    assert not honest().is_text
    assert not replace(honest(), id="text-county-report").is_text


def test_contents_are_not_part_of_the_value():
    case = honest(
        files=(
            File(id="f", path="p", sha256="0" * 64, bytes=1, media="text/plain", kind="document", recorded_at="2023-01-01T09:00:00+08:00"),
        )
    )
    with_content = replace(case, contents={"p": b"x"})
    assert with_content == case
    assert (with_content.content_of("f"), case.content_of("f"), case.content_of(None)) == (b"x", None, None)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (Where("a"), {"id": "a"}),
        (Where("a", 0, 4), {"id": "a", "start": 0, "end": 4}),
        (Where("s", since="2022-01", until="2022-03"), {"id": "s", "from": "2022-01", "to": "2022-03"}),
        (Where("f", box=(1, 2, 3, 4)), {"id": "f", "box": [1, 2, 3, 4]}),
    ],
)
def test_pointers_are_written_as_the_findings_format_wants(where, value):
    assert where.as_json() == value


def test_an_empty_dossier_answers_everything_with_nothing():
    empty = Dossier(id="x", kind="ledger", made_at="2024-01-01T00:00:00+08:00")
    assert (empty.records_of("t"), empty.statements_of("t"), empty.files_of("t"), empty.series_of("t"), empty.dispositions_of("t")) == (
        (),
    ) * 5
    assert empty.watch_plan_of("t") is None


def test_a_task_takes_the_place_of_its_own_earlier_self_and_of_no_other():
    ledger = duty_case("in_progress")
    changed = ledger.with_task(replace(ledger.task, done_at="2026-02-27"))
    assert changed.task.done_at == "2026-02-27"
    assert changed.tasks[1:] == ledger.tasks[1:]
