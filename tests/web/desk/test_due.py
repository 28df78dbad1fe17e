"""What falls due is told once: to those who do the work, then to heads and whoever presses; and calls go out by the office's rhythm, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import send, words_in
from xiaohao.acts import due, pressure, questions, rhythm, telling, worker
from xiaohao.acts.due import remind_of_days
from xiaohao.acts.rhythm import call_by_rhythm
from xiaohao.kernel.when import parse_when
from xiaohao.records import models
from xiaohao.records.calls import REPORTING
from xiaohao.records.fsck import faults
from xiaohao.records.reminded import page_of

SignIn = Callable[[str], Client]


@pytest.fixture
def task(staff: None) -> models.Task:
    return office.works("start")


def told(kind: str) -> set[str]:
    return set(models.Message.objects.filter(kind=kind).values_list("person__accounts__username", flat=True))


def day(text: str) -> datetime:
    """The last day that the date names, in the morning."""
    when = parse_when(text)
    assert when
    return datetime.combine(when.last, TODAY.timetz())


def test_a_task_is_told_ten_days_before_and_again_when_it_is_past(task: models.Task) -> None:
    last = day(task.due)
    remind_of_days(last - timedelta(days=11))
    assert told("task_soon") == set()
    remind_of_days(last - timedelta(days=10))
    assert told("task_soon") == {"housing-1"}
    remind_of_days(last)
    assert told("task_overdue") == set()
    remind_of_days(last + timedelta(days=1))
    assert {"housing-1", "housing-head", "citysupervision-1"} <= told("task_overdue")
    sent = models.Message.objects.count()
    assert remind_of_days(last + timedelta(days=2)) == 0
    assert models.Message.objects.count() == sent


def test_a_measure_is_told_before_its_own_day(task: models.Task) -> None:
    plan = models.Plan.objects.filter(task=task).latest("version").thing()
    first = min(day(one.due) for one in plan.measures if one.due)
    assert first < day(task.due)
    remind_of_days(first - timedelta(days=11))
    assert told("measure_soon") == set()
    remind_of_days(first - timedelta(days=3))
    assert told("measure_soon") == {"housing-1"}


def test_a_finding_to_answer_is_told_and_goes_up_when_overdue(staff: None) -> None:
    office.boasting()
    finding = models.Finding.objects.filter(answered_at=None).exclude(answer_due="").earliest("answer_due")
    last = day(finding.answer_due)
    remind_of_days(last - timedelta(days=2))
    assert "housing-1" in told("finding_soon")
    assert told("finding_overdue") == set()
    remind_of_days(last + timedelta(days=1))
    assert {"housing-1", "housing-head", "citysupervision-1"} <= told("finding_overdue")


def test_an_order_is_told_to_the_unit_and_when_overdue_to_whoever_pressed(task: models.Task, as_: SignIn) -> None:
    by, last = office.actor("cityoffice-1"), TODAY + timedelta(days=7)
    pressure.press(task=task.pk, by=by, at=TODAY, key="a", rung="reminder", text="请抓紧", answer_by=last.date())
    remind_of_days(TODAY)
    assert told("order_soon") == set()
    remind_of_days(last)
    assert told("order_soon") == {"housing-1", "housing-head"}
    remind_of_days(last + timedelta(days=1))
    assert {"housing-1", "housing-head", "cityoffice-1"} <= told("order_overdue")
    unit = as_("housing-1")
    assert f'href="/desk/t/{task.address}/press"' in unit.get("/desk/").content.decode()


def test_a_look_that_is_cut_off_and_taken_again_tells_nobody_twice(task: models.Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker dies somewhere between two messages: the next look tells the rest, and nobody again."""
    when = TODAY + timedelta(days=1)  # task and order are both past
    real, calls = telling.tell, []

    def dies(people: object, *args: object, **more: object) -> int:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(people, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(due, "tell", dies)
    pressure.press(task=task.pk, by=office.actor("cityoffice-1"), at=TODAY, key="a", rung="reminder", text="请", answer_by=TODAY.date())
    with pytest.raises(KeyboardInterrupt):
        remind_of_days(when)
    before = set(models.Message.objects.values_list("pk", flat=True))
    assert {message.kind for message in models.Message.objects.all()} == {"task_overdue"}
    monkeypatch.setattr(due, "tell", real)
    made = remind_of_days(when)
    after = set(models.Message.objects.values_list("pk", flat=True))
    assert before < after
    assert made == len(after - before)
    assert told("order_overdue") >= {"housing-1", "cityoffice-1"}
    assert remind_of_days(when) == 0


def test_the_worker_looks_once_an_hour_and_again_after_a_restart(task: models.Task) -> None:
    looked = worker.look_at_days(TODAY, "")
    assert worker.look_at_days(TODAY + timedelta(minutes=20), looked) == looked
    assert worker.look_at_days(TODAY + timedelta(hours=1), looked) != looked


def test_a_rhythm_sends_the_call_of_the_past_month_once(task: models.Task, as_: SignIn) -> None:
    clerk = as_("county-clerk")
    assert send(clerk, "/desk/calls/rhythm", holding="day", kind="monthly", day="31", answer_within="5").status_code == 422
    assert send(clerk, "/desk/calls/rhythm", holding="day", kind="monthly", day="5", answer_within="5").status_code == 302
    assert "下一次：2026-03-05" in words_in(clerk.get("/desk/calls/rhythm"))
    assert call_by_rhythm(TODAY) == 0
    on = TODAY + timedelta(days=2)
    assert call_by_rhythm(on) == 1
    call = models.Call.objects.get().thing()
    assert (call.title, call.start, call.end, call.due) == ("2026年2月整改进展调度", "2026-02-01", "2026-02-28", "2026-03-12")
    assert set(call.tasks) == set(models.Task.objects.filter(status__in=REPORTING).values_list("pk", flat=True))
    assert [call_by_rhythm(on + timedelta(days=more)) for more in (0, 1, 20)] == [0, 0, 0]
    assert call_by_rhythm(on + timedelta(days=31)) == 1
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_a_rhythm_rests_and_says_so_when_whoever_set_it_has_left(task: models.Task, as_: SignIn) -> None:
    rhythm.set_rhythm(by=office.actor("city-clerk"), at=TODAY, key="r", kind="monthly", day=3, answer_within=5)
    rhythm.set_rhythm(by=office.actor("county-clerk"), at=TODAY, key="q", kind="monthly", day=3, answer_within=5)
    models.Account.objects.filter(username="county-clerk").update(is_active=False)
    assert call_by_rhythm(TODAY) <= 1  # the city's own
    assert not models.Call.objects.filter(org="org-county").exists()
    rests = {message.sentence["values"]["why"]["pattern"] for message in models.Message.objects.filter(kind="rhythm")}
    assert rests <= {"定这个节奏的人已不在岗"}


def test_a_rhythm_is_stopped(task: models.Task, as_: SignIn) -> None:
    clerk = as_("county-clerk")
    send(clerk, "/desk/calls/rhythm", holding="day", kind="monthly", day="5", answer_within="5")
    assert send(clerk, "/desk/calls/rhythm", holding="stop").status_code == 302
    assert "没有定节奏" in words_in(clerk.get("/desk/calls/rhythm"))
    assert call_by_rhythm(TODAY + timedelta(days=2)) == 0
    assert as_("housing-1").get("/desk/calls/rhythm").status_code == 403


def test_a_question_is_told_to_the_unit_and_when_overdue_to_whoever_asked(staff: None, as_: SignIn) -> None:
    case = office.works("apply")
    asker, last = office.actor("cityeco-1"), TODAY + timedelta(days=5)
    about = questions.About("measure-7-1")
    questions.ask_question(task=case.pk, by=asker, at=TODAY, key="q", about=about, text="哪一段没有通水？", due=last.date().isoformat())
    remind_of_days(TODAY)
    assert told("question_soon") == set()
    remind_of_days(last - timedelta(days=2))
    assert (told("question_soon"), told("question_overdue")) == ({"housing-1"}, set())
    remind_of_days(last + timedelta(days=1))
    assert {"housing-1", "housing-head", "cityeco-1", "citysupervision-1"} <= told("question_overdue")
    assert remind_of_days(last + timedelta(days=2)) == 0
    leads = {page_of(message) for message in models.Message.objects.filter(kind__startswith="question")}
    assert leads == {"desk/t/qh2025a-7/questions"}
    assert as_("housing-1").get("/desk/t/qh2025a-7/questions").status_code == 200


def test_an_answered_question_reminds_nobody(staff: None) -> None:
    case = office.works("apply")
    last = TODAY + timedelta(days=1)
    about = questions.About("measure-7-1")
    done = questions.ask_question(
        task=case.pk, by=office.actor("cityeco-1"), at=TODAY, key="q", about=about, text="哪一段？", due=last.date().isoformat()
    )
    asked = done.result["question"]
    unit = office.actor("housing-1")
    questions.answer_question(task=case.pk, by=unit, at=TODAY, key="a", question=asked, text="都通了。", evidence=("rec-works",))
    remind_of_days(last + timedelta(days=1))
    assert (told("question_soon"), told("question_overdue")) == (set(), set())
