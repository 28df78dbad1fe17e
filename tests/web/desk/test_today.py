"""The list shows what is this person's to do, and nothing of other people's cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import words_in
from xiaohao.kernel.roles import Role
from xiaohao.records import models

SignIn = Callable[[str], Client]


def listed(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/desk/{query}")
    return [row.task.address for group in page.context["groups"] for row in group.rows]


#: last step -> the people whose turn it then is
TURNS = {
    "open_task": {"housing-1", "housing-head", "county-clerk", "magistrate"},
    "file_plan": {"cityoffice-1", "cityoffice-2", "cityoffice-head"},
    "approve_plan": {"housing-1", "housing-head", "county-clerk", "magistrate"},
    "start": {"housing-1", "housing-head"},
    "apply": {"cityeco-1", "cityeco-2"},
    "accept": {"cityoffice-1", "cityoffice-2"},
    "review": {"county-clerk", "magistrate"},
    "publish": {"city-clerk", "mayor"},
}


@pytest.mark.parametrize("last", TURNS)
def test_a_task_stands_in_the_list_of_those_whose_turn_it_is(as_: SignIn, last: str) -> None:
    office.works(last)
    assert {person for person in office.ROLES if listed(as_(person)) == ["qh2025a-7"]} == TURNS[last]


def test_a_unit_of_another_branch_sees_neither_the_list_nor_the_task(as_: SignIn) -> None:
    office.works("apply")
    stranger = as_("park-1")
    assert listed(stranger, "?view=all") == []
    pages = ("t/qh2025a-7", "t/qh2025a-7/apply", "t/qh2025a-7/evidence", "accept/qh2025a-7", "review/qh2025a-7", "t/qh2025a-7/look/apply")
    assert {page: stranger.get(f"/desk/{page}").status_code for page in pages} == dict.fromkeys(pages, 404)


def test_a_foreign_task_looks_like_one_that_does_not_exist(as_: SignIn) -> None:
    office.works("apply")
    stranger = as_("park-1")
    assert words_in(stranger.get("/desk/t/qh2025a-7")) == words_in(stranger.get("/desk/t/qh2025a-99"))


def test_an_office_sees_what_the_government_above_it_sees(as_: SignIn) -> None:
    office.works("start")
    assert listed(as_("citysupervision-1"), "?view=all") == ["qh2025a-7"]


def test_the_administrators_see_no_case(as_: SignIn) -> None:
    office.works("apply")
    account = models.Account.objects.get(username="housing-1")
    account.roles = [Role.SYSTEM_ADMIN]
    account.save()
    client = as_("housing-1")
    page = client.get("/desk/")
    assert (page.status_code, "任务的内容不归管理员看" in words_in(page), "氨氮" in words_in(page)) == (200, True, False)
    assert client.get("/desk/t/qh2025a-7").status_code == 403


def test_nobody_sees_the_desk_without_signing_in(staff: None) -> None:
    assert Client().get("/desk/").url == "/sign-in?next=/desk/"


@pytest.mark.parametrize(
    ("words", "found"), [("第7项", ["qh2025a-7"]), ("氨氮", ["qh2025a-7"]), ("住房", ["qh2025a-7"]), ("第8项", []), ("%", [])]
)
def test_the_list_is_filtered_by_words(as_: SignIn, words: str, found: list[str]) -> None:
    office.works("start")
    assert listed(as_("housing-1"), f"?view=all&q={words}") == found


def test_a_script_that_filters_gets_the_list_alone(as_: SignIn) -> None:
    office.works("start")
    part = as_("housing-1").get("/desk/?view=all", headers={"HX-Request": "true"})
    assert ("<html" in part.content.decode(), "清沅河氨氮超标" in words_in(part)) == (False, True)


def test_a_late_task_says_how_late(as_: SignIn) -> None:
    office.works("start")
    row = as_("housing-1").get("/desk/").context["groups"][0].rows[0]
    assert (str(row.due.words), row.due.is_past) == ("逾期 39 个工作日", True)


def test_a_refusal_leads_the_row_to_what_is_lacking(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    from tests.web.desk.pages import send

    send(client, "/desk/t/qh2025a-7/apply", holding="done_on", done_on="2025-06-30")
    row = client.get("/desk/").context["groups"][0].rows[0]
    assert (row.state, row.verb.href) == ("refused", f"/desk/t/qh2025a-7/refused/{models.Refusal.objects.get().pk}")


def test_an_empty_list_says_when_the_next_thing_is_due(as_: SignIn) -> None:
    assert "今天没有要办的。" in words_in(as_("housing-1").get("/desk/"))


def test_the_list_does_not_ask_more_of_the_database_for_more_tasks(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    client.get("/desk/?view=all")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/desk/?view=all")
    assert len(few) <= 50, len(few)


def test_a_task_carried_in_is_nobodys_turn(as_: SignIn) -> None:
    office.works("apply")
    task = models.Task.objects.get()
    task.more = {**task.more, "carried_in": True}
    task.save()
    client = as_("cityeco-1")
    assert (listed(client), listed(client, "?view=all")) == ([], ["qh2025a-7"])


def test_the_next_due_date_is_the_soonest_day_where_some_name_only_a_month(as_: SignIn) -> None:
    office.works("start")
    models.Task.objects.update(due="2026-04")
    late = models.Task.objects.get()
    assert as_("citysupervision-1").get("/desk/").context["next_due"] == "2026-04-30"
    late.due = "2026-02"
    late.save()
    assert as_("citysupervision-1").get("/desk/").context["next_due"] == ""


def test_three_reminders_are_seen_at_once_and_the_others_are_folded(as_: SignIn) -> None:
    client = as_("housing-1")
    for number in range(5):
        models.Message.objects.create(
            id=f"message-{number}",
            person_id="person-housing-1",
            kind="call",
            about=f"call-{number}",
            sentence={"pattern": f"提醒甲{number}", "values": {}},
            made_at=TODAY - timedelta(hours=number),
        )
    page = client.get("/desk/").content.decode()
    open_, _, folded = page.partition("<summary>还有 2 条</summary>")
    assert [name for name in (f"提醒甲{n}</a>" for n in range(5)) if name in open_] == [f"提醒甲{n}</a>" for n in range(3)]
    assert all(f"提醒甲{n}</a>" in folded for n in (3, 4))
