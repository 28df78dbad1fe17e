"""The run: sorted, stable, the same bytes for the same bundle; and its printed form against the published schema."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema_rs
import pytest

from tests.cases import duty_case, works_case
from tests.screening.samples import TASK, honest, publicity, statement, text, with_records
from tests.screening.trips import NEAR_MISSES, TRIPS
from xiaohao.dossier.bundle import Problem
from xiaohao.dossier.where import Where
from xiaohao.screening.finding import Finding, Severity, numbered
from xiaohao.screening.report import UNREADABLE, findings_schema, report
from xiaohao.screening.run import screen

SCHEMA = jsonschema_rs.validator_for(findings_schema())


def printed(case) -> str:
    return json.dumps(report(case.id, screen(case)), ensure_ascii=False)


def test_an_honest_case_yields_nothing():
    assert screen(honest()).findings == ()


@pytest.mark.parametrize(
    "status", ["given", "approved", "in_progress", "claimed_done", "accepted", "published", "closed", "confirmed", "reopened"]
)
@pytest.mark.parametrize("make", [works_case, duty_case])
def test_honest_cases_yield_nothing_in_any_state(make, status):
    assert screen(make(status)).findings == ()


@pytest.mark.parametrize("make", [*TRIPS.values(), *NEAR_MISSES.values(), text])
def test_every_output_is_what_the_schema_wants_and_the_same_again(make):
    SCHEMA.validate(json.loads(printed(make())))
    assert printed(make()) == printed(make())


def test_findings_are_sorted_by_task_check_and_pointer():
    case = replace(TRIPS["VAGUE"](), tasks=(replace(honest().tasks[0], acceptor="org-water", desk="org-station"),))
    found = screen(case).findings
    assert [(f.task, f.check) for f in found] == sorted((f.task, f.check) for f in found)
    assert [f.key for f in found if f.check == "ROLE-SEP"] == ["ROLE-SEP:org-water,task-1#1", "ROLE-SEP:org-station,org-water,task-1#1"]


def test_keys_hold_no_offsets():
    early, late = (
        honest(statements=(statement(opening=words, answers=(("（一）干管正在推进。", ("measure-1",)),)),)) for words in ("", "情况如下。")
    )
    assert [f.key for f in screen(early).findings] == [f.key for f in screen(late).findings]


def test_ordinals_tell_findings_on_one_thing_apart():
    one, two = (Finding("COVER", Severity.WARN, TASK, (Where("st-1", at, at + 2),), "第一处不一致。", "依据") for at in (9, 3))
    first, second = numbered((one, two, one))
    assert [(f.where[0].start, f.key) for f in (first, second)] == [(3, "COVER:st-1#1"), (9, "COVER:st-1#2")]


def test_a_ledger_is_judged_task_by_task():
    other = replace(honest().tasks[0], id="task-2", number=6, acceptor="org-water")
    case = replace(honest(), kind="ledger", tasks=(other, honest().tasks[0]))
    assert [(f.check, f.task) for f in screen(case).findings] == [("ROLE-SEP", "task-2")]
    assert screen(replace(case, about=TASK)).findings == ()


def test_stages_leave_out_other_checks():
    case = TRIPS["PUB-DAYS"]()
    assert [f.check for f in screen(case, stages=["publicity"]).findings] == ["DATE-ORDER", "NOTICE-LINT", "PUB-DAYS"]  # dates: any stage
    assert [f.check for f in screen(case, stages=["acceptance"]).findings] == ["DATE-ORDER"]


def test_the_window_is_reported_by_its_notice():
    out = report("case-5", screen(honest()))
    assert out["notice"] == {
        "st-2": {"start": "2023-11-06", "end": "2023-11-17", "calendar_days": 12, "workdays": 10, "stated": 10, "unit": "workday",
                 "required": 10, "enough": True, "earliest_end": "2023-11-17"},
    }  # fmt: skip


def test_a_window_past_the_announced_calendar_is_not_promised():
    case = honest(records=with_records(publicity("2031-11-03", "2031-11-14"), without=("rec-publicity",)))
    out = report("case-5", screen(case))
    assert out["notice"] == {}
    assert {"check": "PUB-DAYS", "task": TASK, "reason": "2031 年节假日安排待公布，不能计算工作日"} in out["skipped"]


def test_a_bundle_that_cannot_be_read_still_has_a_printed_form():
    out = report(UNREADABLE, None, (Problem("json", "不是可以读取的 JSON", "format"),), made_at="2026-03-03T09:00:00+08:00")
    SCHEMA.validate(out)
    assert out["problems"] == [{"kind": "json", "where": "format", "message": "不是可以读取的 JSON"}]
    assert (out["findings"], out["coverage"], out["notice"], out["skipped"]) == ([], [], {}, [])
