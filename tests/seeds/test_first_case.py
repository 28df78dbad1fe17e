"""The first case, as a newcomer takes it: the draft on the desk is refused with named gates, mended, granted, and goes its route to the end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from xiaohao.acts import closing, notices, pledges, registers, screening, statements, verdicts
from xiaohao.acts.clock import DEMO_BEGINS
from xiaohao.acts.statements import Answer
from xiaohao.dossier.oversight import WatchPlan
from xiaohao.dossier.record import Member, Opinion, Record
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.when import CST
from xiaohao.records.models import Draft, Finding, Task
from xiaohao.records.to_dossier import dossier_of
from xiaohao.seeds.seats import seat
from xiaohao.seeds.sheet import PLEDGED
from xiaohao.seeds.stories import duty
from xiaohao.web.desk.forms.application import ApplicationForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

TASK = duty.SHEET.task_id
PLENTY = "多次约谈企业主要负责人"


def answers(*, mended: bool) -> list[Answer]:
    texts, evidence = dict(duty.draft().texts), dict(duty.draft().evidence)
    if mended:
        texts[2] = texts[2].replace("，" + PLENTY, "")
        evidence[4] = (duty.RULE,)
    return [Answer(text, (duty.SHEET.measure_id(number),), evidence.get(number, ())) for number, text in texts.items()]


def apply(at: datetime, *, mended: bool) -> None:
    statements.apply_for_acceptance(
        task=TASK,
        by=seat("park-head"),
        at=at,
        key=f"apply {at}",
        answers=answers(mended=mended),
        done_on=duty.draft().done_on,
    )


def mend(at: datetime) -> None:
    """A meeting of the secretary that nobody had entered, and the head's signature."""
    met = Record(
        id="rec-found",
        type="meeting",
        measures=(duty.SHEET.measure_id(2),),
        people=("person-park-secretary", "person-park-head"),
        date="2025-10-15",
        recorded_at=at.isoformat(),
        title="党工委会议研究整改",
    )
    registers.add_records(task=TASK, by=seat("park-1"), at=at, key="found", records=[met])
    pledges.sign_pledge(task=TASK, by=seat("park-head"), at=at, key="pledge apply", stage="apply", text=PLEDGED)


def status() -> str:
    return Task.objects.get(pk=TASK).status


def test_the_draft_waits_in_the_account_of_the_parks_clerk() -> None:
    (draft,) = Draft.objects.all()
    assert (draft.account.username, draft.task_id, draft.step) == ("park-1", TASK, "apply")
    assert PLENTY in draft.values[f"text_{duty.SHEET.measure_id(2)}"]


def test_the_draft_fits_the_form_that_will_show_it() -> None:
    (draft,) = Draft.objects.all()
    case = dossier_of(Task.objects.get(pk=TASK), at=DEMO_BEGINS)
    form = ApplicationForm({**draft.values, "key": "0" * 32, "version": 1}, dossier=case)
    assert (form.errors, form.answers()) == ({}, tuple(answers(mended=False)))


def test_the_draft_as_it_lies_there_is_refused_with_every_gap_named() -> None:
    with pytest.raises(Refused) as refused:
        apply(DEMO_BEGINS, mended=False)
    assert {unmet.gate: str(unmet.fact) for unmet in refused.value.unmet} == {
        "measures_answered": "部分答：第 4 项措施；未见记录：第 4 项措施。",
        "claims_backed": "无据 1 处，无法核验 0 处：“多次约谈企业主要负责人”。",
        "first_responsible_on_record": "第 2 项措施要求第一责任人亲自办理，未见鲍国安本人的记录。",
        "application_pledged": "没有签署真实性承诺。",
        "blocks_settled": "未答复 1 条（COVER）。",
    }


def test_mended_it_passes_and_no_finding_stands() -> None:
    mend(DEMO_BEGINS)
    apply(DEMO_BEGINS, mended=True)
    assert status() == "claimed_done"
    assert [f.message for f in Finding.objects.filter(task=TASK, standing=True)] == []


def test_it_goes_the_route_of_the_county_that_closes_itself() -> None:
    at = DEMO_BEGINS
    mend(at)
    apply(at, mended=True)
    acceptor, clerk, head = seat("countyeco-1"), seat("countyoffice-1"), seat("countyoffice-head")
    pledges.sign_pledge(task=TASK, by=acceptor, at=at, key="pledge accept", stage="accept", text=PLEDGED)
    seen = Record(
        id="rec-seen",
        type="acceptance",
        people=("person-countyeco-1", "person-countyeco-2"),
        date="2026-03-03",
        recorded_at=at.isoformat(),
        method="site_and_paper",
        place="place-park",
        text="查阅学习、会议和检查登记，抽查3项已销号任务的现场，均与销号时一致。",
        group=(Member(person="person-countyeco-1", part="leader"), Member(person="person-countyeco-2", part="member")),
        opinions=tuple(
            Opinion(measure=duty.SHEET.measure_id(n), verdict="done", reason=f"第{n}项与登记一致。", looked_at="登记") for n in range(1, 5)
        ),
    )
    screening.screen_due()
    verdicts.accept(task=TASK, by=acceptor, at=at, key="accept", acceptance=seen)
    pledges.sign_confidentiality(task=TASK, by=head, at=at, key="secrecy", text="不涉密。")
    screening.screen_due()
    notices.publish(task=TASK, by=clerk, at=at, key="publish", number="青整办公示〔2026〕4号", starts_on=at.date())
    assert status() == "published"

    after = datetime(2026, 3, 10, 9, tzinfo=CST)  # five working days, 3 to 9 March
    watch = WatchPlan(id="watch-first", task=TASK, months=12, k=2, n=3)
    closing.plan_watch(task=TASK, by=clerk, at=after, key="watch", watch=watch)
    pledges.sign_pledge(task=TASK, by=head, at=after, key="pledge close", stage="close", text=PLEDGED)
    with pytest.raises(Refused, match="window_complete"):
        closing.close(task=TASK, by=clerk, at=after - timedelta(days=1), key="too soon", statement="公示期满，销号。")
    screening.screen_due()
    closing.close(task=TASK, by=clerk, at=after, key="close", statement="公示期满，销号。")
    screening.screen_due()
    verdicts.review(task=TASK, by=seat("cityoffice-1"), at=after, key="review", text="逐项核对，各项有据。", seconds=900)
    assert status() == "reviewed"
