"""A review is given item by item; there is no verdict on the whole before each has been seen."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.web.desk import office
from tests.web.desk.pages import form_of, send, words_in
from xiaohao.records import models

SignIn = Callable[[str], Client]
REVIEW = "/desk/review/qh2025a-7"
LETTER = "/desk/t/qh2025a-7/return"


def see_all(client: Client, verdict: str = "approved", reason: str = "") -> None:
    for seen in client.get(REVIEW).context["seen"]:
        send(client, f"{REVIEW}/{seen.item.id}", holding="item", verdict=verdict, reason=reason)


def test_goals_measures_claims_and_the_acceptance_are_all_to_be_seen(as_: SignIn) -> None:
    office.works("accept")
    kinds = [seen.item.id.split("-")[0] for seen in as_("cityoffice-1").get(REVIEW).context["seen"]]
    assert (kinds.count("goal"), kinds.count("measure"), kinds.count("claim") > 0, kinds.count("acceptance")) == (1, 3, True, 1)


def test_no_opinion_is_chosen_beforehand(as_: SignIn) -> None:
    office.works("accept")
    assert "verdict" not in form_of(as_("cityoffice-1"), f"{REVIEW}/measure-1", holding="item")


def test_an_item_without_an_opinion_is_not_taken(as_: SignIn) -> None:
    office.works("accept")
    page = send(as_("cityoffice-1"), f"{REVIEW}/measure-1", holding="item")
    assert (page.status_code, "请先选一个意见。" in words_in(page)) == (422, True)


def test_saving_leads_to_the_next_item_that_was_not_seen(as_: SignIn) -> None:
    office.works("accept")
    answer = send(as_("cityoffice-1"), f"{REVIEW}/goal-1", holding="item", verdict="approved")
    assert answer.url == f"{REVIEW}/measure-1"


def test_the_whole_cannot_be_approved_before_every_item_was_seen(as_: SignIn) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    send(client, f"{REVIEW}/goal-1", holding="item", verdict="approved")
    page = client.get(REVIEW)
    client.post(REVIEW, {"key": office.key("r"), "version": page.context["case"].task.version, "text": "通过"})
    assert (page.context["all_seen"], models.Task.objects.get().status) == (False, "accepted")


def test_all_approved_the_review_is_given_with_the_time_that_was_spent(as_: SignIn) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    see_all(client)
    send(client, REVIEW, holding="text")
    record = models.Record.objects.get(type="review").thing()
    assert (models.Task.objects.get().status, record.people, record.seconds is not None) == ("reviewed", ("person-cityoffice-1",), True)


def test_one_item_not_approved_leaves_only_the_return_with_its_reasons(as_: SignIn) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    see_all(client)
    send(client, f"{REVIEW}/measure-2", holding="item", verdict="not_approved", reason="检查笔录没有签名。")
    page = client.get(REVIEW)
    assert (page.context["all_approved"], "写退回函" in words_in(page)) == (False, True)
    client.post(REVIEW, {"key": office.key("r"), "version": page.context["case"].task.version, "text": "硬要通过"})
    assert models.Task.objects.get().status == "accepted"
    letter = client.get(LETTER).context["form"]
    assert "检查笔录没有签名。" in letter["reason"].value()
    assert letter["lacks_measure-7-2"].value() == "检查笔录没有签名。"
    send(client, LETTER, holding="reason", **{"todo_measure-7-2": "补签检查笔录。"})
    assert models.Task.objects.get().status == "in_progress"


def test_an_item_that_changed_must_be_seen_again(as_: SignIn) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    see_all(client)
    send(
        as_("cityeco-1"),
        "/desk/t/qh2025a-7/register",
        type="enforcement",
        date="2025-09-20",
        title="补查",
        org="org-cityeco",
        measures=["measure-7-2"],
    )
    unseen = {seen.item.id for seen in client.get(REVIEW).context["seen"] if not seen.verdict}
    assert {"measure-1", "measure-2"} & unseen == {"measure-2"}


def test_somebody_of_the_accepting_unit_gets_the_reason_instead_of_the_form(as_: SignIn) -> None:
    office.works("accept")
    page = as_("cityeco-1").get(REVIEW)
    assert ("verdict" in page.content.decode(), "不能审核这一项" in words_in(page)) == (False, True)


def test_opinions_are_the_reviewers_own(as_: SignIn) -> None:
    office.works("accept")
    send(as_("cityoffice-1"), f"{REVIEW}/goal-1", holding="item", verdict="approved")
    assert as_("cityoffice-2").get(REVIEW).context["count"] == 0


def test_a_script_gets_the_next_item_and_its_address(as_: SignIn) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    fields = form_of(client, f"{REVIEW}/goal-1", holding="item")
    part = client.post(f"{REVIEW}/goal-1", {**fields, "verdict": "approved"}, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Push-Url"]) == (200, f"{REVIEW}/measure-1")
