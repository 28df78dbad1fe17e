"""Calls for progress: who owes what by when, answered measure by measure, only what changed asked again, overdue put before the heads."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
import pytest
from django.test import Client
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import send, words_in
from xiaohao.acts import calls as acts
from xiaohao.acts import reminders
from xiaohao.kernel.refused import Refused
from xiaohao.records import models
from xiaohao.records.calls import owed_by
from xiaohao.records.fsck import faults

SignIn = Callable[[str], Client]
WORDS = "已铺管 1.2 公里"


@pytest.fixture
def task(staff: None) -> models.Task:
    return office.works("start")


def issue(client: Client, **typed: Any) -> models.Call:
    given = {"kind": "monthly", "title": "3月整改进展调度", "start": "2026-02-01", "end": "2026-02-28", "due": "2026-03-06", **typed}
    sent = send(client, "/desk/calls/new", **given)
    assert sent.status_code == 302, words_in(sent)
    return models.Call.objects.latest("issued_at", "pk")


def answers(call: models.Call, task: models.Task, status: str = "on_schedule", text: str = WORDS) -> dict[str, str]:
    measures = models.Plan.objects.filter(task=task).latest("version").thing().measures
    return {f"{name}_{m.id}": value for m in measures for name, value in (("status", status), ("text", text))}


def reply(client: Client, call: models.Call, task: models.Task, **typed: str) -> Any:
    return send(client, f"/desk/calls/{call.pk}/t/{task.address}", **typed)


def test_a_call_tells_the_unit_and_the_answer_lands_in_the_tasks_file(as_: SignIn, task: models.Task) -> None:
    call = issue(as_("county-clerk"))
    unit = as_("housing-1")
    assert "3月整改进展调度：请在 2026-03-06 前答复第 7 项" in words_in(unit.get("/desk/"))
    assert reply(unit, call, task, **answers(call, task)).status_code == 302
    answer = models.CallAnswer.objects.get(call=call, task=task)
    assert {line.status for line in answer.thing().lines} == {"on_schedule"}
    said = models.Statement.objects.get(pk=answer.more["statement"])
    assert said.kind == "progress"
    assert said.text.startswith(f"达到序时进度。{WORDS}")
    assert owed_by(office.actor("housing-1")) == []
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_every_measure_is_answered_or_the_page_comes_back_with_what_was_typed(as_: SignIn, task: models.Task) -> None:
    call = issue(as_("county-clerk"))
    typed = answers(call, task)
    first = next(name for name in typed if name.startswith("status_"))
    sent = reply(as_("housing-1"), call, task, **{**typed, first: ""})
    assert sent.status_code == 422
    assert "请选第 1 项措施的进展情况" in words_in(sent)
    assert WORDS in words_in(sent)
    assert not models.CallAnswer.objects.exists()


def test_the_next_call_asks_only_what_has_changed(as_: SignIn, task: models.Task) -> None:
    clerk, unit = as_("county-clerk"), as_("housing-1")
    reply(unit, issue(clerk), task, **answers(models.Call.objects.get(), task))
    models.Call.objects.update(issued_at=TODAY - timedelta(days=30))
    statements = models.Statement.objects.count()
    second = issue(clerk, title="4月整改进展调度")
    page = words_in(unit.get(f"/desk/calls/{second.pk}/t/{task.address}"))
    assert f"上次：达到序时进度 {WORDS}" in page
    assert reply(unit, second, task, **answers(second, task, "unchanged", "")).status_code == 302
    lines = models.CallAnswer.objects.get(call=second).thing().lines
    assert {(line.status, line.text, line.unchanged) for line in lines} == {("on_schedule", WORDS, True)}
    assert models.Statement.objects.count() == statements


def test_a_call_is_answered_once_and_by_the_responsible_unit_only(as_: SignIn, task: models.Task) -> None:
    call = issue(as_("county-clerk"))
    stranger = reply(as_("cityeco-1"), call, task, **answers(call, task))
    assert stranger.status_code in (403, 404)
    typed = answers(call, task)
    assert reply(as_("housing-1"), call, task, **typed).status_code == 302
    assert reply(as_("housing-head"), call, task, **typed).status_code == 302
    assert models.CallAnswer.objects.count() == 1
    assert models.Refusal.objects.get().unmet[0]["fact"]["pattern"] == "这次调度已经答复过"


def test_only_an_office_asks_and_only_about_tasks_at_work_below_it(as_: SignIn, task: models.Task) -> None:
    day = TODAY.date()
    asking = acts.Asking("monthly", "调度", day, day, day - timedelta(days=1), ("task-elsewhere",))
    with pytest.raises(Refused) as refused:
        acts.issue_call(by=office.actor("county-clerk"), at=TODAY, key="a", asking=asking)
    assert len(refused.value.unmet) == 2
    with pytest.raises(Refused) as refused:
        acts.issue_call(by=office.actor("housing-1"), at=TODAY, key="b", asking=asking)
    assert [unmet.fact for unmet in refused.value.unmet] == ["调度由整改办或督查人员发出"]
    assert as_("housing-1").get("/desk/calls/new").status_code == 403


def test_an_overdue_answer_goes_to_the_heads_and_the_office_once(as_: SignIn, task: models.Task) -> None:
    call = issue(as_("county-clerk"))
    due = TODAY + timedelta(days=3)
    assert reminders.remind(TODAY) == 0
    assert reminders.remind(due) == 1  # the reporter, on the due day
    made = reminders.remind(due + timedelta(days=1))
    told = set(models.Message.objects.filter(kind="call_overdue").values_list("person__accounts__username", flat=True))
    assert {"housing-1", "housing-head", "county-clerk"} <= told
    assert made == len(told)
    assert reminders.remind(due + timedelta(days=1)) == 0
    assert reminders.remind(due + timedelta(days=2)) == 0
    assert "已报主要负责人和督导单位" in words_in(as_("county-clerk").get(f"/desk/calls/{call.pk}"))


def test_nothing_is_said_of_a_call_that_was_answered(as_: SignIn, task: models.Task) -> None:
    call = issue(as_("county-clerk"))
    reply(as_("housing-1"), call, task, **answers(call, task))
    assert reminders.remind(TODAY + timedelta(days=9)) == 0
    call.refresh_from_db()
    assert call.answers_complete_at is not None


def test_a_reminder_is_put_away_by_the_person_it_is_for(as_: SignIn, task: models.Task) -> None:
    issue(as_("county-clerk"))
    message = models.Message.objects.get(person__accounts__username="housing-1")
    as_("housing-head").post(f"/desk/messages/{message.pk}")
    message.refresh_from_db()
    assert message.seen_at is None
    as_("housing-1").post(f"/desk/messages/{message.pk}")
    message.refresh_from_db()
    assert message.seen_at == TODAY


def test_the_table_and_the_brief_come_out_with_every_measure_and_official_faces(as_: SignIn, task: models.Task) -> None:
    clerk = as_("county-clerk")
    call = issue(clerk)
    reply(as_("housing-1"), call, task, **answers(call, task, "behind"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(clerk.get(f"/desk/calls/{call.pk}.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    measures = models.Plan.objects.filter(task=task).latest("version").thing().measures
    assert [row[5] for row in rows if row[6] == WORDS] == ["未达到序时进度"] * len(measures)
    paper = docx.Document(io.BytesIO(clerk.get(f"/desk/calls/{call.pk}.docx").content))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert f"共调度1项任务、{len(measures)}项措施：按时答复1项任务。" in text
    assert f"未达到序时进度{len(measures)}项措施。" in text
    faces = {run._element.rPr.rFonts.get(qn("w:eastAsia")) for paragraph in paper.paragraphs for run in paragraph.runs}
    assert faces == {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"}
    assert len(paper.tables[0].rows) == len(measures) + 1


def test_a_unit_beside_sees_neither_the_call_nor_its_papers(as_: SignIn, task: models.Task) -> None:
    call = issue(as_("county-clerk"))
    for page in ("", ".xlsx", ".docx", f"/t/{task.address}"):
        assert as_("park-1").get(f"/desk/calls/{call.pk}{page}").status_code == 404
