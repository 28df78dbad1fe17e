"""Inspections entered and put right by hand, and tasks that hang together across lists and rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.desk import office
from tests.web.desk.conftest import OPENED, TODAY
from xiaohao.acts import inspections, tasks
from xiaohao.acts.links import link_tasks, unlink_tasks
from xiaohao.dossier.document import Document
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.kernel.refused import Refused
from xiaohao.records import models
from xiaohao.records.fsck import faults
from xiaohao.records.inspections import related_to

pytestmark = pytest.mark.django_db
FILM = Inspection(
    id="insp-film",
    name="省级警示片（2023）",
    level="province",
    kind="special",
    round=2,
    start="2023-05-08",
    unknown=(("x-exposure", True),),
)
FEEDBACK = Document(
    id="doc-fb",
    number="东督反〔2023〕2号",
    title="督察反馈意见",
    kind="feedback",
    issuer="org-provinceoffice",
    date="2023-06-01",
    recorded_at="",
)


@pytest.fixture
def clerk(db: None):
    office.move_in(OPENED)
    return office.actor("county-clerk")


def enter(clerk, inspection: Inspection = FILM, key: str = "enter"):
    return inspections.open_inspection(by=clerk, at=OPENED, key=office.key(key), inspection=inspection)


def test_what_an_inspection_said_before_stays_beside_it_and_its_feedback_comes_later(clerk):
    enter(clerk)
    came = replace(FILM, end="2023-05-20", feedback_date="2023-06-01")
    done = inspections.amend_inspection(by=clerk, at=TODAY, key=office.key("amend"), inspection=came, feedback=FEEDBACK)
    row = models.Inspection.objects.get(pk="insp-film")
    assert (row.more["end"], row.more["feedback"], row.more["x-exposure"]) == ("2023-05-20", "doc-fb", True)
    assert set(done.result["changed"]) == {"end", "feedback", "feedback_date"}
    assert [(old["start"], "end" in old, old["by"]) for old in row.more["x-history"]] == [("2023-05-08", False, clerk.person)]
    assert models.JournalEntry.objects.latest("index").step == "amend_inspection"
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_the_same_inspection_is_not_entered_twice_and_days_stand_in_order(clerk):
    enter(clerk)
    with pytest.raises(Refused) as twice:
        enter(clerk, replace(FILM, id="insp-film-again"), key="again")
    assert "已经录入过" in str(twice.value.unmet[0].fact)
    enter(clerk, replace(FILM, id="insp-film-3", round=3), key="third round")
    with pytest.raises(Refused) as wrong:
        enter(clerk, Inspection(id="i", name="别的", level="city", kind="routine", start="2023-05-08", end="2023-05-01"), key="wrong way")
    assert "早于" in str(wrong.value.unmet[0].fact)


def test_who_is_no_clerk_enters_none(clerk):
    with pytest.raises(Refused):
        enter(office.actor("housing-1"))


def earlier(clerk) -> str:
    """The same outlet as in an earlier inspection, struck off in 2023 and carried in."""
    enter(clerk)
    listing = TaskList(id="list-film", inspection="insp-film", name="警示片问题清单")
    tasks.open_list(by=clerk, at=OPENED, key=office.key("old list"), inspection=FILM, task_list=listing, code="jsp2023")
    old = Task(id="task-old", list="list-film", number=3, title="石桥排口", problem="石桥排口污水直排。", kind="deadline", owner="org-housing", lead="org-county", closed_at="2023-12-20", nature="works")  # fmt: skip
    tasks.carry_in(by=clerk, at=OPENED + timedelta(hours=1), key=office.key("old"), task=old)
    return old.id


def test_a_problem_that_came_back_is_linked_with_its_earlier_task_and_shown_on_both(clerk):
    row = office.works("start")
    old = earlier(clerk)
    link_tasks(task=row.pk, by=office.actor("housing-1"), at=TODAY, key=office.key("link"), other=old, relation="same_site")
    link_tasks(task=row.pk, by=office.actor("housing-1"), at=TODAY, key=office.key("words"), other="首轮督察清单第5项", relation="similar")
    row.refresh_from_db()
    assert [(one.relation, one.outward, one.task.pk if one.task else one.words) for one in related_to(row)] == [
        ("same_site", True, old),
        ("similar", True, "首轮督察清单第5项"),
    ]
    assert [(one.relation, one.outward, one.task.pk) for one in related_to(models.Task.objects.get(pk=old))] == [
        ("same_site", False, row.pk)
    ]
    unlink_tasks(task=row.pk, by=office.actor("housing-1"), at=TODAY, key=office.key("off"), other=old, relation="same_site")
    assert related_to(models.Task.objects.get(pk=old)) == ()
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_a_link_is_entered_once_never_with_itself_and_by_a_unit_of_the_task(clerk):
    row = office.works("start")
    by = office.actor("housing-1")
    link_tasks(task=row.pk, by=by, at=TODAY, key=office.key("1"), other="首轮第5项", relation="similar")
    for other, relation, who in (
        ("首轮第5项", "similar", by),
        (row.pk, "similar", by),
        ("首轮第6项", "share_of", by),
        ("首轮第6项", "similar", office.actor("park-1")),
    ):
        with pytest.raises(Refused):
            link_tasks(task=row.pk, by=who, at=TODAY, key=office.key(other, relation, who.person), other=other, relation=relation)
