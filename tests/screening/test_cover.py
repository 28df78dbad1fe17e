"""COVER: what it says of a measure, and how loudly."""

from __future__ import annotations

from dataclasses import replace

from tests.screening.samples import ANSWERS, PATROL, PIPE, honest, said, skipped, statement, text, with_records
from xiaohao.dossier.where import Where

ID = "COVER"
NO_PATROLS = with_records(without=("rec-check-1", "rec-check-2", "rec-check-3"))


def test_no_answer_and_no_record_blocks():
    (finding,) = said(honest(statements=(statement((ANSWERS[0],)),), records=NO_PATROLS), ID)
    assert (finding.severity, finding.where) == ("block", (Where("measure-2"),))
    assert finding.message == "第二条措施（开展排水执法检查）在完成情况中没有答复，也没有对应记录。请补写答复和佐证。"
    assert finding.figures == {"measure": "measure-2", "evidence": 0}


def test_records_without_an_answer_warn():
    (finding,) = said(honest(statements=(statement((ANSWERS[0],)),)), ID)
    assert (finding.severity, finding.figures["evidence"]) == ("warn", 3)


def test_an_answer_without_records_blocks_unless_it_holds_facts():
    (finding,) = said(honest(records=NO_PATROLS), ID)
    assert finding.severity == "warn"
    empty = statement((ANSWERS[0], ("（二）切实加强执法。", ("measure-2",))))
    (finding,) = said(honest(statements=(empty,), records=NO_PATROLS), ID)
    assert finding.severity == "block"


def test_unfinished_by_its_own_words_blocks_and_points_at_them():
    case = honest(statements=(statement((("（一）干管正在加快推进。", ("measure-1",)), ANSWERS[1])),))
    (finding,) = said(case, ID)
    start = case.statements[0].text.index("正在加快推进")
    assert (finding.severity, finding.where) == ("block", (Where("measure-1"), Where("st-1", start, start + 6)))


def test_a_measure_of_words_that_is_answered_by_half_warns():
    policy = replace(PATROL, text="落实责任追究，强化考核结果运用。", kind="policy")
    answers = (ANSWERS[0], ("（二）落实责任追究办法，纳入考核任务。", ("measure-2",)))
    (finding,) = said(honest(plan={"measures": (PIPE, policy)}, statements=(statement(answers),)), ID)
    assert (finding.severity, finding.figures["lacking"]) == ("warn", ["考核结果运用"])


def test_a_text_is_never_held_harder_than_a_warning():
    case = text(statements=(statement((ANSWERS[0], ("（三）其他工作。", ())), id="st-2", kind="notice"),))
    (finding,) = said(case, ID)
    assert finding.severity == "warn"
    assert finding.message.endswith("（答复与措施由程序对应，请人工核对）")


def test_a_text_that_answers_in_a_lump_is_only_noted():
    case = text(statements=(statement((ANSWERS[0],), id="st-2", kind="notice"),))
    (finding,) = said(case, ID)
    assert finding.severity == "note"


def test_what_is_not_claimed_done_is_not_judged():
    assert [one.reason for one in skipped(honest(statements=()), ID)] == ["还没有完成情况或公示，措施未报完成"]
    assert [one.reason for one in skipped(honest(plans=()), ID)] == ["没有整改措施可以对照"]
    bare = replace(statement(), spans=())
    assert [one.reason for one in skipped(honest(statements=(bare,), records=()), ID)] == ["完成情况没有标明哪一段答复哪一条措施"]


def test_an_answer_to_the_same_measure_of_the_version_before_is_an_answer():
    again = replace(PATROL, id="measure-2-v2", was="measure-2")
    first = honest().plans[0]
    later = replace(first, id="plan-2", version=2, replaces="plan-1", date="2023-05-10", measures=(PIPE, again))
    assert said(honest(plans=(first, later)), ID) == []


def test_a_record_of_another_measure_is_no_evidence_of_this_one():
    case = honest(records=NO_PATROLS)
    borrowed = replace(case.statements[2], spans=tuple(replace(span, evidence=("rec-log-1",)) for span in case.statements[2].spans))
    (finding,) = said(replace(case, statements=(*case.statements[:2], borrowed)), ID)
    assert (finding.points_at[0], finding.figures["evidence"]) == ("measure-2", 0)
    shared = tuple(replace(r, measures=("measure-1", "measure-2")) if r.id == "rec-log-1" else r for r in NO_PATROLS)
    assert said(replace(case, records=shared, statements=(*case.statements[:2], borrowed)), ID) == []


def test_a_measure_of_a_sister_body_is_routed_elsewhere():
    elsewhere = replace(PATROL, owner="org-county-finance")
    orgs = (*honest().orgs, replace(honest().orgs[4], id="org-county-finance", name="青禾县财政局", aliases=(), leaders=()))
    assert (
        said(honest(orgs=orgs, plan={"measures": (PIPE, elsewhere)}, statements=(statement((ANSWERS[0],)),), records=NO_PATROLS), ID) == []
    )
