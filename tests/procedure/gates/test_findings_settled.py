"""blocks_settled and findings_settled: answered by one, decided by another outside, and mended where upheld."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import DEFAULT, Row, each, rows
from xiaohao.procedure.gates.findings_settled import blocks_settled, findings_settled

ANSWERED = {"answer": "见补登的记录。", "answered_by": "person-housing-1", "answered_at": "2025-03-04T10:00:00+08:00"}


def found(severity="block", status="in_progress", **more):
    return lambda: cases.finding(cases.works_case(status), severity, **more)


def decided(decision="explained", by="person-cityeco-3", severity="block"):
    return found(severity, **ANSWERED, decision=decision, decided_by=by, decided_at="2025-03-05T10:00:00+08:00")


ROWS = (
    *rows(
        blocks_settled,
        "apply",
        no_finding=(lambda: cases.works_case("in_progress"), None),
        a_block_unanswered=(found(), "未答复 1 条（COVER）。"),
        a_block_answered_only=(found(**ANSWERED), "未由他人判断 1 条（COVER）。"),
        decided_by_whoever_answered=(decided(by="person-housing-1"), "未由他人判断 1 条（COVER）。"),
        decided_inside_the_same_unit=(decided(by="person-housing-head"), "未由他人判断 1 条（COVER）。"),
        decided_by_nobody=(decided(by=None), "未由他人判断 1 条（COVER）。"),
        explained=(decided(), None),
        withdrawn=(decided("withdrawn"), None),
        upheld_and_not_mended=(decided("upheld"), "判断为属实，尚未改正 1 条（COVER）。"),
        a_warning_does_not_hold_the_owner=(found("warn"), None),
    ),
    *rows(
        findings_settled,
        "accept",
        no_finding=(lambda: cases.works_case("claimed_done"), None),
        a_warning_holds_the_next_body=(found("warn", "claimed_done"), "未答复 1 条（COVER）。"),
        a_note_is_read_by_the_decider=(found("note", "claimed_done"), None),
        a_block_holds_everybody=(found("block", "claimed_done"), "未答复 1 条（COVER）。"),
        a_settled_warning=(decided(severity="warn"), None),
    ),
)


@each(ROWS)
def test_findings_settled(row):
    assert row.ask() == row.fact


def test_a_rulebook_may_let_the_unit_s_own_people_decide():
    lenient = replace(DEFAULT, findings=replace(DEFAULT.findings, decider_outside_owner=False))
    assert Row("", decided(by="person-housing-head"), None, blocks_settled, "apply", lenient).ask() is None


def test_the_owner_answers_and_mends_and_the_acceptor_decides():
    asked = [blocks_settled(case(), cases.actor_for(case(), "apply"), DEFAULT, cases.works_life().at("apply")).who for case in WAITING]
    assert [who[:4] for who in asked] == ["责任单位", "验收单位", "责任单位"]


WAITING = (found(), found(**ANSWERED), decided("upheld"))
