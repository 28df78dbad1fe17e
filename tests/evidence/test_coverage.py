"""Is each measure answered? Every state, and the innocent cases beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.samples import ANSWERS, PATROL, PIPE, TASK, honest, record, statement, text, with_records
from xiaohao.dossier.parties import Org
from xiaohao.dossier.plan import Consent, Measure, Plan
from xiaohao.dossier.where import Where
from xiaohao.evidence.coverage import Answered, coverage, dropped_measures, is_tied
from xiaohao.evidence.demands import not_shown
from xiaohao.evidence.unfinished import unfinished_in


def states(case):
    return {answer.measure: str(answer.answered) for answer in coverage(case, TASK)}


def test_an_honest_case_is_answered_with_its_own_evidence():
    pipe, patrol = coverage(honest(), TASK)
    assert (pipe.answered, pipe.facts, pipe.evidence) == (Answered.YES, 3, ("rec-contract", "rec-log-1", "rec-log-2"))
    assert pipe.where == (Where("st-1", 12, 12 + len(ANSWERS[0][0])),)
    assert (patrol.answered, patrol.facts, patrol.evidence) == (Answered.YES, 2, ("rec-check-1", "rec-check-2", "rec-check-3"))


def test_neither_answer_nor_evidence_is_no():
    case = honest(statements=(statement((ANSWERS[0],)),), records=with_records(without=("rec-check-1", "rec-check-2", "rec-check-3")))
    assert states(case) == {"measure-1": "yes", "measure-2": "no"}


def test_evidence_without_an_answer_is_partly():
    assert states(honest(statements=(statement((ANSWERS[0],)),))) == {"measure-1": "yes", "measure-2": "partly"}


def test_an_answer_without_evidence_is_partly_in_a_file_and_yes_in_a_text():
    bare = with_records(without=("rec-check-1", "rec-check-2", "rec-check-3"))
    assert states(honest(records=bare)) == {"measure-1": "yes", "measure-2": "partly"}
    assert states(text()) == {"measure-1": "yes", "measure-2": "yes"}


def test_the_acceptance_is_no_evidence_of_one_measures_work():
    case = honest(records=(record("acceptance", "acceptance", "2023-10-24", measures=("measure-1", "measure-2")),))
    assert [answer.evidence for answer in coverage(case, TASK)] == [(), ()]


def test_one_paragraph_may_answer_several_measures():
    case = honest(statements=(statement((("（一）（二）建成干管1200米，执法检查3次。", ("measure-1", "measure-2")),)),))
    assert states(case) == {"measure-1": "yes", "measure-2": "yes"}


def test_an_answer_that_says_it_is_unfinished_is_partly_and_points_at_the_words():
    case = honest(statements=(statement((("（一）截污干管已完成前期手续，正在加快推进。", ("measure-1",)), ANSWERS[1])),))
    pipe = coverage(case, TASK)[0]
    assert pipe.answered is Answered.PARTLY
    assert pipe.unfinished_words == ("已完成前期手续", "正在加快推进")
    whole = case.statements[0].text
    assert [whole[w.start : w.end] for w in pipe.unfinished] == ["已完成前期手续", "正在加快推进"]


def test_repeating_the_measure_is_no_fact():
    case = honest(statements=(statement((("（一）建设截污干管1200米，按要求落实。", ("measure-1",)), ANSWERS[1])),))
    assert coverage(case, TASK)[0].facts == 0


def test_work_that_goes_on_by_its_nature_is_not_unfinished():
    answers = (ANSWERS[0], ("（二）执法检查3次，持续推进。", ("measure-2",)))
    assert states(honest(statements=(statement(answers),))) == {"measure-1": "yes", "measure-2": "partly"}
    assert states(honest(task={"kind": "long_term"}, statements=(statement(answers),))) == {"measure-1": "yes", "measure-2": "yes"}


def test_nothing_is_complete_before_completion_is_claimed():
    progress = statement(kind="progress", percent=50)
    assert states(honest(statements=(progress,), records=())) == {"measure-1": "partly", "measure-2": "partly"}


def test_a_measure_of_another_body_is_routed_not_blamed():
    other = Org(id="org-justice", name="景澜市司法局", level="city", kind="department", parent="org-city")
    theirs = Measure(id="measure-3", number=3, text="市司法局开展普法。", owner="org-justice")
    case = honest(plan={"measures": (PIPE, PATROL, theirs)}, orgs=(*honest().orgs, other))
    assert coverage(case, TASK)[2].answered is Answered.ELSEWHERE
    assert coverage(case, TASK)[2].body == "景澜市司法局"


def test_a_measure_below_the_owner_is_the_owners():
    theirs = Measure(id="measure-3", number=3, text="排水站巡线。", owner="org-station")
    assert states(honest(plan={"measures": (PIPE, PATROL, theirs)}))["measure-3"] == "no"


def versions(**changes) -> dict:
    first = Plan(id="plan-0", task=TASK, version=1, author="org-county", date="2022-12-01", recorded_at="2022-12-02T09:00:00+08:00",
                 measures=(replace(PIPE, id="old-1"), replace(PATROL, id="old-2"), Measure(id="old-3", number=3, text="修建泵站一座。")))  # fmt: skip
    second = replace(honest().plans[0], version=2, replaces="plan-0", measures=(replace(PIPE, was="old-1"), PATROL), **changes)
    return {"plans": (first, second)}


def test_a_measure_dropped_with_consent_and_publication_is_withdrawn():
    case = honest(**versions(consent=Consent(org="org-city"), published_at="2023-01-15"))
    assert states(case) == {"measure-1": "yes", "measure-2": "yes", "old-3": "withdrawn"}
    assert [measure.id for measure in dropped_measures(case, TASK)] == ["old-3"]


@pytest.mark.parametrize("changes", [{}, {"consent": Consent(org="org-city")}, {"published_at": "2023-01-15"}])
def test_a_measure_dropped_without_consent_or_publication_is_still_owed(changes):
    assert states(honest(**versions(**changes)))["old-3"] == "no"


def test_a_case_without_plan_or_task_has_no_rows():
    assert coverage(honest(plans=()), TASK) == ()
    assert coverage(honest(), "task-9") == ()


def test_whether_a_file_ties_answers_to_measures_at_all():
    assert is_tied(honest(), TASK)
    assert not is_tied(honest(statements=(replace(statement(), spans=()),), records=()), TASK)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("目前已完成前期手续，正在加快推进。", ["已完成前期手续", "正在加快推进"]),
        ("拆除工作达到总量的61%。", ["达到总量的61%"]),
        ("主体已完工，附属设施正在安装。", ["主体已完工", "正在安装"]),
        ("整治初见成效。", ["初见成效"]),
        ("管网已基本完成。", ["已基本完成"]),
        ("污水厂尚未投运。", ["尚未投运"]),
        ("工程进度达到85%。", ["工程进度达到85%"]),
        ("计划于2024年6月建成。", ["计划于2024年6月建成"]),
        ("进展未达到序时进度。", ["未达到序时进度"]),
    ],
)
def test_words_of_being_unfinished(sentence, words):
    assert [stretch.text for stretch in unfinished_in(sentence)] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "不存在未完成的任务。",
        "督察时尚未建成，现已建成并投运。",
        "关于方案中“正在推进”的要求，已办结。",
        "完成总任务的100%。",
        "收集率达到95%以上。",
        "保护基本农田，掌握基本情况。",
        "坚决防止未按期完成的情况。",
        "该站反馈的尚未整改问题已全部整改到位。",
    ],
)
def test_denials_quotations_and_things_mended_since_are_not_unfinished(sentence):
    assert unfinished_in(sentence) == ()


def test_a_measure_of_words_lacks_what_the_answer_shows_nowhere():
    measure = "加大督查考核与责任追究力度，强化考核结果运用，奖优惩劣。"
    assert not_shown(measure, "严格落实责任追究办法，并纳入年度考核任务中。") == ("考核结果运用",)
    assert not_shown(measure, "印发追责办法，考核结果用于干部选拔。") == ()
    assert not_shown("建设截污干管1200米。", "已建成。") == ()
