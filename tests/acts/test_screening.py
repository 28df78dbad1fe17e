"""What an act filed is compared in the background; the next body waits for it, nothing is lost and nothing is found twice."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.acts.walking import make_task
from tests.cases import actor_for, works_case, works_life
from xiaohao.acts import screening, verdicts
from xiaohao.acts.rescreening import rescreen
from xiaohao.dossier.where import Where
from xiaohao.kernel.refused import Refused
from xiaohao.records.models import Finding, JournalEntry, Screening, Task
from xiaohao.screening.checks import flat, review_form
from xiaohao.screening.finding import Finding as Lead
from xiaohao.screening.finding import Severity
from xiaohao.screening.pace import IN_BACKGROUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def applied() -> Task:
    """A case just applied for, with the records that its acceptance needs, compared so far."""
    return make_task("claimed_done", ready=True)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that reads readings finds something in this case: the one thing replaced, for what it finds in honest readings is nothing."""

    def found(case):
        yield Lead("FLAT", Severity.BLOCK, case.task.id, (Where("rec-meeting-1"),), "恒值。", "依据", {"hours": 91})

    monkeypatch.setattr(flat, "check", found)


def _ask_again(task: Task) -> None:
    Screening.objects.filter(task=task).update(done=-1, stages=["progress", "application"])


def _accept(task: Task) -> None:
    case, life = works_case("accepted"), works_life()
    accepted = case.last_record(task.id, "acceptance")
    verdicts.accept(task=task.id, by=actor_for(case, "accept"), at=life.at("accept"), key="accept", acceptance=accepted)


def _gates(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [unmet.gate for unmet in refused.value.unmet]


def test_the_next_body_waits_until_what_was_filed_is_compared(applied: Task) -> None:
    _ask_again(applied)
    with pytest.raises(Refused) as refused:
        _accept(applied)
    assert _gates(refused) == ["screening_finished"]
    assert screening.screen_due() == 1
    _accept(applied)
    applied.refresh_from_db()
    assert applied.status == "accepted"


def test_a_finding_of_the_background_is_journaled_and_holds_the_next_body(applied: Task, still: None) -> None:
    _ask_again(applied)
    screening.screen_due()
    row = Finding.objects.get(check_id="FLAT")
    entry = JournalEntry.objects.order_by("-index").first()
    assert entry is not None
    assert (row.key, row.answer_due, b'"step":"screen"' in bytes(entry.content)) == ("FLAT:rec-meeting-1#1", "2025-10-31", True)
    with pytest.raises(Refused) as refused:
        _accept(applied)
    assert _gates(refused) == ["findings_settled"]


def test_the_same_run_twice_writes_nothing_the_second_time(applied: Task, still: None) -> None:
    _ask_again(applied)
    screening.screen_due()
    entries = JournalEntry.objects.count()
    _ask_again(applied)
    assert (screening.screen_due(), JournalEntry.objects.count(), Finding.objects.filter(check_id="FLAT").count()) == (1, entries, 1)


def test_what_is_mended_vanishes_at_the_next_run_of_any_stage_and_keeps_its_answer(
    applied: Task, still: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ask_again(applied)
    screening.screen_due()
    Finding.objects.filter(check_id="FLAT").update(more={"answer": "已换设备。"})
    monkeypatch.setattr(flat, "check", lambda case: ())
    Screening.objects.filter(task=applied).update(done=-1, stages=["review"])
    screening.screen_due()
    row = Finding.objects.get(check_id="FLAT")
    assert (row.standing, row.more["answer"]) == (False, "已换设备。")


def test_a_worker_that_dies_between_two_checks_has_lost_nothing(applied: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    _ask_again(applied)
    told = screening._tell

    def killed(row, done, of):
        told(row, done, of)
        if done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(screening, "_tell", killed)
    with pytest.raises(KeyboardInterrupt):
        screening.screen_due()
    run = Screening.objects.get(task=applied)
    assert (run.is_awaited, run.checks_done) == (True, 2)
    monkeypatch.setattr(screening, "_tell", told)
    screening.screen_due()
    run.refresh_from_db()
    assert (run.is_awaited, run.is_pending) == (False, False)


def test_a_check_that_breaks_is_named_and_holds_nobody(applied: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(case):
        raise ZeroDivisionError

    monkeypatch.setattr(flat, "check", broken)
    _ask_again(applied)
    screening.screen_due()
    assert Screening.objects.get(task=applied).failed == ["FLAT"]
    _accept(applied)


def test_a_run_that_a_newer_act_overtook_writes_nothing_and_stays_due(applied: Task, still: None, monkeypatch: pytest.MonkeyPatch) -> None:
    _ask_again(applied)
    told = screening._tell

    def overtaken(row, done, of):
        told(row, done, of)
        if done == of:
            Screening.objects.filter(task=row).update(asked=10_000)

    monkeypatch.setattr(screening, "_tell", overtaken)
    screening.screen_due()
    assert (Finding.objects.filter(check_id="FLAT").count(), Screening.objects.get(task=applied).is_pending) == (0, True)


def test_how_a_reviewer_judged_is_for_the_reviewer_to_answer_and_for_somebody_else_to_decide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from xiaohao.acts import findings

    task = make_task("reviewed", ready=True)
    case = works_case("reviewed")
    review = case.last_record(task.id, "review")
    assert review is not None

    def alike(ledger):
        yield Lead("REVIEW-FORM", Severity.WARN, None, (Where(_review_on_file()),), "意见相同。", "依据", {"tasks": 10})

    monkeypatch.setattr(review_form, "check_all", alike)
    Screening.objects.filter(task=task).update(done=-1, stages=["after closure"])
    screening.screen_due()
    row = Finding.objects.get(check_id="REVIEW-FORM")
    assert row.must_answer_id == "org-cityoffice"
    at = works_life().now("reviewed")
    owner, reviewer = actor_for(case, "apply"), actor_for(case, "review")
    with pytest.raises(Refused):
        findings.answer_finding(finding=row.pk, by=owner, at=at, key="a1", answer="替他答")
    findings.answer_finding(finding=row.pk, by=reviewer, at=at, key="a2", answer="逐条核对过。")
    with pytest.raises(Refused):
        findings.decide_finding(finding=row.pk, by=reviewer, at=at, key="d1", decision="explained", reason="自己判断")
    with pytest.raises(Refused):
        findings.decide_finding(finding=row.pk, by=actor_for(case, "accept"), at=at, key="d2", decision="explained", reason="下级判断")


def _review_on_file() -> str:
    from xiaohao.records.models import Record

    return Record.objects.get(type="review").pk


def test_everything_is_compared_again_once_and_a_stopped_run_goes_on(applied: Task, still: None) -> None:
    assert [(line.address, line.number, line.of, line.changed) for line in rescreen(at=works_life().now("claimed_done"))] == [
        ("qh2025a-7", 1, 1, 1)
    ]
    assert [line.changed for line in rescreen(at=works_life().now("claimed_done"))] == [0]
    (settings.HOME / "screening.json").write_text('{"task": "task-7"}')
    assert list(rescreen(at=works_life().now("claimed_done"))) == []
    assert not (settings.HOME / "screening.json").exists()


def test_what_could_not_run_in_the_background_is_kept_with_its_reason(applied: Task) -> None:
    _ask_again(applied)
    screening.screen_due()
    kept = Screening.objects.get(task=applied).skipped
    assert kept
    assert set(kept) <= IN_BACKGROUND
    Screening.objects.filter(task=applied).update(done=-1, stages=["intake"])
    screening.screen_due()
    assert set(kept) <= set(Screening.objects.get(task=applied).skipped)
