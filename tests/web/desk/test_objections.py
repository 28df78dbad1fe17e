"""Every objection gets a timely, real answer; those by phone or letter get the same receipt; nobody but the handler sees the contact."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import form_of, send, words_in
from xiaohao.acts.objections import find_by_code, object_to
from xiaohao.kernel.when import CST
from xiaohao.records import models

SignIn = Callable[[str], Client]
QUEUE = "/desk/objections"
TEXT = "西坪村口仍有污水流入河中。"


def objected(at: datetime = TODAY, contact: str = "张三 13800000000", **more: object) -> models.Objection:
    notice = models.Record.objects.get(type="publicity")
    made = object_to(notice=notice.pk, channel="web", text=TEXT, contact=contact, at=at, key=office.key("web", at, contact), **more)  # type: ignore[arg-type]
    return models.Objection.objects.get(pk=made.result["objection"])


def admitted(as_: SignIn) -> tuple[Client, models.Objection]:
    row, desk = objected(measures=("measure-7-1",)), as_("citydesk-1")
    page = f"{QUEUE}/{row.pk}"
    send(
        desk,
        page,
        holding="admission-reason",
        to=f"{page}/admit",
        **{"admission-admissible": "yes", "admission-reason": "属于本公示的内容。"},
    )
    return desk, row


def reply(desk: Client, row: models.Objection, **typed: str) -> object:
    page = f"{QUEUE}/{row.pk}"
    usual = {
        "reply-upheld": "no",
        "reply-public_text": "反映西坪村口有污水。",
        "reply-answer": "市信访局会同水务部门到场查看，未见污水流入。",
        "reply-about_measure-7-1": "三月四日到场，干管通水正常。",
    }
    return send(desk, page, holding="reply-answer", to=f"{page}/answer", **{**usual, **typed})


def test_a_phone_call_gets_the_same_receipt(as_: SignIn) -> None:
    office.works("publish")
    notice, desk = models.Record.objects.get(type="publicity"), as_("citydesk-1")
    page = f"{QUEUE}/new?notice={notice.pk}"
    answer = send(desk, page, holding="text", channel="phone", text=TEXT, contact="李四 0999-5550000", measures=["measure-7-1"])
    row = models.Objection.objects.get()
    found = find_by_code(answer.url.rstrip("/").rsplit("/", 1)[-1])
    assert (row.channel, row.entered_by_id, row.measures, found) == ("phone", "person-citydesk-1", ["measure-7-1"], row)
    assert desk.get(answer.url).status_code == 200


def test_a_desk_of_another_place_may_not_enter_one(as_: SignIn) -> None:
    office.works("publish")
    notice = models.Record.objects.get(type="publicity")
    page = as_("countydesk-1").post(f"{QUEUE}/new", {"key": office.key("k"), "notice": notice.pk, "channel": "phone", "text": TEXT})
    assert (page.status_code, models.Objection.objects.count()) == (422, 0)


def test_the_queue_is_ordered_by_the_time_that_is_left(as_: SignIn) -> None:
    office.works("publish")
    later = objected()
    sooner = objected(datetime(2026, 3, 2, 10, 0, tzinfo=CST), contact="")
    lines = as_("citydesk-1").get(QUEUE).context["lines"]
    assert [(line.objection.pk, str(line.words)) for line in lines] == [(sooner.pk, "还有 1 个工作日"), (later.pk, "还有 2 个工作日")]


def test_one_admits_with_a_public_reason(as_: SignIn) -> None:
    office.works("publish")
    _desk, row = admitted(as_)
    row.refresh_from_db()
    assert (row.admissible, row.admission_reason, row.admitted_by_id) == (True, "属于本公示的内容。", "person-citydesk-1")


def test_an_admission_needs_its_reason(as_: SignIn) -> None:
    office.works("publish")
    row, desk = objected(), as_("citydesk-1")
    page = send(desk, f"{QUEUE}/{row.pk}", holding="admission-reason", to=f"{QUEUE}/{row.pk}/admit", **{"admission-admissible": "yes"})
    assert (page.status_code, list(page.context["admission"].errors)) == (422, ["reason"])


def test_the_answer_is_given_measure_by_measure(as_: SignIn) -> None:
    office.works("publish")
    desk, row = admitted(as_)
    reply(desk, row)
    row.refresh_from_db()
    assert (row.upheld, row.answer.splitlines()[0]) == (False, "措施 1：三月四日到场，干管通水正常。")
    assert row.public_text == "反映西坪村口有污水。"


def test_a_measure_without_its_finding_is_not_answered(as_: SignIn) -> None:
    office.works("publish")
    desk, row = admitted(as_)
    page = reply(desk, row, **{"reply-about_measure-7-1": ""})
    assert (page.status_code, list(page.context["reply"].errors)) == (422, ["about_measure-7-1"])  # type: ignore[attr-defined]


def test_upheld_the_task_returns_in_the_same_act(as_: SignIn) -> None:
    office.works("publish")
    desk, row = admitted(as_)
    reply(desk, row, **{"reply-upheld": "yes"})
    assert models.Task.objects.get().status == "reopened"


def test_an_answer_that_repeats_the_statement_must_be_confirmed(as_: SignIn) -> None:
    office.works("publish")
    desk, row = admitted(as_)
    said = models.Statement.objects.get(kind="completion").text.replace("\n", "")
    page = reply(desk, row, **{"reply-answer": said})
    assert (page.status_code, "逐字相同" in words_in(page)) == (422, True)  # type: ignore[attr-defined]
    reply(desk, row, **{"reply-answer": said, "reply-confirmed": "on"})
    row.refresh_from_db()
    assert row.answered_at is not None


def test_the_contact_is_shown_to_the_handler_and_that_is_logged_without_it(as_: SignIn, caplog: pytest.LogCaptureFixture) -> None:
    office.works("publish")
    desk, row = admitted(as_)
    with caplog.at_level(logging.WARNING, "xiaohao.contacts"):
        page = send(desk, f"{QUEUE}/{row.pk}", holding="csrfmiddlewaretoken", to=f"{QUEUE}/{row.pk}/contact")
    assert "张三 13800000000" in words_in(page)
    assert [record.getMessage() for record in caplog.records] == [f"contact of {row.pk} was opened by person-citydesk-1"]


def test_the_contact_is_on_no_page_before_it_is_asked_for(as_: SignIn) -> None:
    office.works("publish")
    desk, row = admitted(as_)
    pages = (QUEUE, f"{QUEUE}/{row.pk}", "/desk/t/qh2025a-7")
    assert [page for page in pages if "13800000000" in desk.get(page).content.decode()] == []


def test_nobody_else_of_the_desk_sees_the_contact(as_: SignIn) -> None:
    office.works("publish")
    _desk, row = admitted(as_)
    models.Account.objects.create(username="second", person_id="person-citydesk-head", roles=["desk"])
    other = as_("second")
    answer = other.post(f"{QUEUE}/{row.pk}/contact")
    assert (answer.status_code, "13800000000" in other.get(f"{QUEUE}/{row.pk}").content.decode()) == (302, False)


def test_another_desk_does_not_find_the_objection(as_: SignIn) -> None:
    office.works("publish")
    row = objected()
    assert as_("countydesk-1").get(f"{QUEUE}/{row.pk}").status_code == 404


def test_the_reporting_unit_has_no_objections_desk(as_: SignIn) -> None:
    office.works("publish")
    row = objected()
    assert [as_("housing-1").get(page).status_code for page in (QUEUE, f"{QUEUE}/{row.pk}", f"{QUEUE}/new")] == [403, 403, 403]


def test_a_task_with_an_open_objection_is_shown_suspended_and_may_not_be_closed(as_: SignIn) -> None:
    office.works("publish")
    objected(datetime(2025, 11, 10, 10, 0, tzinfo=CST))  # inside the window
    head = as_("mayor")
    send(head, "/desk/t/qh2025a-7/watch", months="12", n="3", k="2")
    answer = send(head, "/desk/t/qh2025a-7/do/close", holding="words", words="予以销号。", pledged="on")
    gates = [line.unmet.gate for line in head.get(answer.url).context["gates"]]
    assert (gates, head.get("/desk/t/qh2025a-7").context["state"]) == (["no_open_objection"], "suspended")


def test_similar_objections_are_shown_beside_each_other(as_: SignIn) -> None:
    office.works("publish")
    one, other = objected(), objected(datetime(2026, 3, 2, 10, 0, tzinfo=CST), contact="")
    page = as_("citydesk-1").get(f"{QUEUE}/{one.pk}")
    assert [row.pk for row in page.context["similar"]] == [other.pk]


def test_the_form_of_a_letter_holds_nothing_that_a_browser_should_remember(as_: SignIn) -> None:
    office.works("publish")
    notice = models.Record.objects.get(type="publicity")
    fields = form_of(as_("citydesk-1"), f"{QUEUE}/new?notice={notice.pk}", holding="text")
    assert fields["text"] == [""]
