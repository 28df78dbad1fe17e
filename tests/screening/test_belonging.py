"""To which task a finding over the whole ledger belongs."""

from __future__ import annotations

from dataclasses import replace

from tests.screening.samples import said
from tests.screening.trips_paper import PAPER_TRIPS, closed_in_december, honest, paper
from xiaohao.dossier.where import Where
from xiaohao.screening.belonging import concerns, only_task, sole, tasks_of
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.run import screen

LEDGER = closed_in_december(lambda n: "2024-12")


def test_things_belong_to_the_tasks_that_they_name_or_that_name_them():
    document = paper("1", "青政办发〔2023〕9号", "2023-02-06")
    case = replace(honest(), documents=(document,), plans=(replace(honest().plans[0], document="doc-1"),))
    assert (tasks_of(case, "doc-1"), tasks_of(case, "rec-contract"), tasks_of(case, "org-water")) == ({"task-1"}, {"task-1"}, frozenset())


def test_only_one_task_is_named_where_several_are_concerned():
    assert only_task(honest(), ("org-water",)) == "task-1"
    assert only_task(LEDGER, ("rec-acceptance-0", "rec-review-0")) == "task-0"
    assert only_task(LEDGER, ("rec-acceptance-0", "rec-review-1")) is None
    assert (sole(honest()), sole(LEDGER)) == ("task-1", None)


def test_what_is_said_of_all_reaches_each_task_that_it_points_at():
    lead = Finding("RUSH", Severity.WARN, None, (Where("task-0"), Where("rec-review-3")), "集中。请说明。", "依据")
    assert [task.id for task in LEDGER.tasks if concerns(LEDGER, lead, task.id)] == ["task-0", "task-3"]
    assert concerns(LEDGER, Skipped("RUSH", None, "不足"), "task-9")
    assert not concerns(LEDGER, replace(lead, task="task-1"), "task-0")


def test_a_ledger_about_one_task_hears_of_the_crowd_it_is_in():
    crowd = PAPER_TRIPS["RUSH"]()
    assert [finding.task for finding in said(crowd, "RUSH")] == [None]
    assert len(said(replace(crowd, about="task-0"), "RUSH")) == 1
    assert said(replace(crowd, about="task-9"), "RUSH") == []


def test_a_check_over_all_tasks_speaks_once_whatever_their_number():
    crowd = PAPER_TRIPS["REVIEW-FORM"]()
    assert [finding.check for finding in screen(crowd).findings].count("REVIEW-FORM") == 1
