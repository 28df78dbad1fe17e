"""A finding is answered by one person and decided by another of another unit; an answer holds until the figures behind it change."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.acts.walking import make_task
from tests.cases import actor_for, works_case, works_life
from xiaohao.acts import findings, screening, statements
from xiaohao.acts.rescreening import rescreen
from xiaohao.journal.entry import EntryType, Outcome
from xiaohao.journal.entry_format import parse_entry
from xiaohao.kernel.refused import Refused
from xiaohao.records.models import Finding, JournalEntry, Task
from xiaohao.records.queries import public_timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised() -> Finding:
    """An application in which one measure is not answered: refused, with a finding raised."""
    task = make_task("in_progress", ready=True)
    _apply(task, "apply 1")
    return Finding.objects.get(check_id="COVER")


def _apply(task: Task, key: str, *, leave_out: int = 1) -> None:
    case = works_case("claimed_done")
    said = case.last_statement(task.id, "completion")
    assert said is not None
    answers = [statements.Answer(said.text[s.start : s.end], s.measures, s.evidence) for s in said.spans[: len(said.spans) - leave_out]]
    with pytest.raises(Refused):
        statements.apply_for_acceptance(
            task=task.id, by=actor_for(case, "apply"), at=works_life().at("apply"), key=key, answers=answers, done_on="2025-06-30"
        )


def _answer(finding: Finding, key: str = "answer 1", **more: object) -> None:
    said = {"by": actor_for(works_case(), "apply"), "answer": "漏写，已补。", "evidence": ["rec-meeting-1"], **more}
    findings.answer_finding(finding=finding.id, at=works_life().at("apply"), key=key, **said)


def _decide(finding: Finding, step: str = "accept", **more: object) -> None:
    said = {"decision": "explained", "reason": "已核对纪要。", **more}
    findings.decide_finding(finding=finding.id, by=actor_for(works_case(), step), at=works_life().at("accept"), key="decide 1", **said)


def _gates(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [unmet.gate for unmet in refused.value.unmet]


def test_a_refused_application_leaves_its_findings_raised(raised: Finding) -> None:
    assert (raised.severity, raised.must_answer_id, raised.standing) == ("warn", "org-housing", True)
    assert raised.answered_at is None


def test_answer_and_decision_are_entries_of_their_own(raised: Finding) -> None:
    _answer(raised)
    _decide(raised)
    answered, decided = (parse_entry(bytes(row.content)) for row in JournalEntry.objects.order_by("-index")[:2][::-1])
    assert (answered.type, answered.finding, answered.check) == (EntryType.FINDING_ANSWERED, raised.id, None)
    assert (decided.type, decided.outcome, decided.check) == (EntryType.FINDING_DECIDED, Outcome.ACCEPTED, None)
    raised.refresh_from_db()
    assert raised.thing().decision == "explained"


def test_the_journal_names_the_check_only_of_a_finding_that_was_upheld(raised: Finding) -> None:
    _answer(raised)
    _decide(raised, decision="upheld")
    last = parse_entry(bytes(JournalEntry.objects.latest("index").content))
    assert (last.outcome, last.check) == (Outcome.REJECTED, "COVER")


@pytest.mark.parametrize(("decision", "told"), [("explained", []), ("upheld", ["finding_decided", "finding_answered"])])
def test_the_public_timeline_tells_of_a_finding_only_once_it_was_upheld(raised: Finding, decision: str, told: list[str]) -> None:
    def of_findings() -> list[str]:
        return [line.act for line in public_timeline(raised.task) if "finding" in line.act or line.act == "screen"]

    _answer(raised)
    screening.screen_due()
    assert of_findings() == []
    _decide(raised, decision=decision)
    assert of_findings() == told


def test_nobody_decides_before_there_is_an_answer(raised: Finding) -> None:
    with pytest.raises(Refused) as refused:
        _decide(raised)
    assert _gates(refused) == ["finding_answered"]


def test_the_unit_that_answered_does_not_decide(raised: Finding) -> None:
    _answer(raised)
    with pytest.raises(Refused) as refused:
        _decide(raised, "apply")
    assert _gates(refused) == ["allowed", "separate_hands"]


def test_another_unit_does_not_answer(raised: Finding) -> None:
    with pytest.raises(Refused) as refused:
        _answer(raised, by=actor_for(works_case(), "accept"))
    assert _gates(refused) == ["allowed"]


def test_a_decided_finding_is_decided_once(raised: Finding) -> None:
    _answer(raised)
    _decide(raised)
    with pytest.raises(Refused) as refused:
        _answer(raised, key="answer 2")
    assert _gates(refused) == ["finding_undecided"]


def test_the_same_finding_raised_again_keeps_its_answer(raised: Finding) -> None:
    _answer(raised)
    _apply(raised.task, "apply 2")
    raised.refresh_from_db()
    assert raised.thing().answer == "漏写，已补。"
    assert raised.answered_at is not None


def test_an_unknown_decision_is_a_mistake_of_the_program(raised: Finding) -> None:
    with pytest.raises(ValueError, match="maybe"):
        _decide(raised, decision="maybe")


def test_a_finding_about_what_a_refused_attempt_brought_is_the_same_one_when_it_is_brought_again() -> None:
    task = make_task("in_progress", ready=True)
    _apply_unfinished(task, "apply 1")
    first = Finding.objects.get(check_id="COVER")
    _answer(first)
    _decide(first)

    _apply_unfinished(task, "apply 2")
    again = Finding.objects.get(check_id="COVER")
    assert (again.id, again.thing().answer, again.thing().decision) == (first.id, "漏写，已补。", "explained")
    assert again.key != first.key, "it points at the statement of the second attempt now"


def _apply_unfinished(task: Task, key: str) -> None:
    case = works_case("claimed_done")
    said = case.last_statement(task.id, "completion")
    assert said is not None
    answers = [statements.Answer(said.text[s.start : s.end], s.measures, s.evidence) for s in said.spans]
    answers[1] = statements.Answer("排水户错接排查执法尚未完成，正在推进。", said.spans[1].measures)
    with pytest.raises(Refused):
        statements.apply_for_acceptance(
            task=task.id, by=actor_for(case, "apply"), at=works_life().at("apply"), key=key, answers=answers, done_on="2025-06-30"
        )


def test_comparing_everything_again_leaves_what_a_refused_attempt_brought(raised: Finding) -> None:
    before = (raised.key, raised.raised_at, raised.more)
    for _ in range(2):
        list(rescreen(at=works_life().now("in_progress"), again=True))
        raised.refresh_from_db()
        assert (raised.standing, (raised.key, raised.raised_at, raised.more)) == (True, before)


def test_comparing_everything_again_takes_down_what_no_refused_attempt_brought(raised: Finding) -> None:
    raised.raised_at += timedelta(seconds=1)  # at a moment at which nothing was refused
    raised.save()
    list(rescreen(at=works_life().now("in_progress"), again=True))
    raised.refresh_from_db()
    assert not raised.standing
