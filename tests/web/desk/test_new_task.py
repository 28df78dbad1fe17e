"""A task is opened from a notice's text: the draft stands beside its source, everything may be changed, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.shared import SHARED, needs_shared
from tests.web.desk import office
from tests.web.desk.pages import send, words_in
from xiaohao.records import models

SignIn = Callable[[str], Client]
NEW, DRAFT = "/desk/new", "/desk/new/draft"
SAMPLE = files("xiaohao.documents").joinpath("samples", "qinghe-notice.txt").read_text("utf-8")

#: What a clerk adds to the draft of the sample: what the notice does not say.
ROLES = {
    "owner": "org-park",
    "lead": "org-county",
    "acceptor": "org-countyeco",
    "reviewer": "org-cityoffice",
    "publisher": "org-county",
    "desk": "org-citydesk",
    "closer": "org-county",
}
LIST = {"list": "list-1", "number": "2", "title": "整改销号流于形式", "kind": "long_term", "nature": "non_works", "due": "2026-12"}
BY_HAND = {**ROLES, **LIST, "problem": "销号把关不严。", "rulebook": "county-closes-city-reviews"}


def read(client: Client, text: str = SAMPLE) -> Client:
    assert client.post(NEW, {"text": text}).url == DRAFT
    return client


def test_what_was_read_stands_in_the_form_and_its_place_is_marked(as_: SignIn) -> None:
    page = read(as_("county-clerk")).get(DRAFT)
    problem = page.context["form"]["problem"].value()
    marked = {piece.anchor: piece.text for piece in page.context["pieces"] if piece.name}
    assert "".join(problem.split()) in "".join(SAMPLE.split())
    assert len(problem) > 10
    assert {"src-problem", "src-measure-1"} <= set(marked)
    assert "".join(piece.text for piece in page.context["pieces"]) == SAMPLE.replace("\r\n", "\n").strip()


def test_what_the_text_does_not_say_stays_empty(as_: SignIn) -> None:
    form = read(as_("county-clerk"), "今天天气很好。").get(DRAFT).context["form"]
    assert {name: form[name].value() or "" for name in ("problem", "number", "due", "owner")} == {
        "problem": "",
        "number": "",
        "due": "",
        "owner": "",
    }


def test_a_file_is_read_like_a_pasted_text(as_: SignIn) -> None:
    client = as_("county-clerk")
    client.post(NEW, {"file": SimpleUploadedFile("公示.txt", SAMPLE.encode("gb18030"))})
    assert client.get(DRAFT).context["form"]["problem"].value()


def test_a_file_that_cannot_be_read_says_why(as_: SignIn) -> None:
    page = as_("county-clerk").post(NEW, {"file": SimpleUploadedFile("公示.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600)})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])


def test_confirmed_the_task_is_opened_and_its_plan_filed(as_: SignIn) -> None:
    client = read(as_("county-clerk"))
    plan = client.get(DRAFT).context["plan"]
    goals = {
        f"goal-{n}-{name}": value
        for n in range(len(plan.goals.forms) - 1)
        for name, value in (("way", "none"), ("reason", "该目标无法量化。"))
    }
    measures = {
        f"measure-{n}-{name}": value
        for n in range(len(plan.measures.forms) - 1)
        for name, value in (("owner", "org-park"), ("due", "2026-12"))
    }
    answer = send(client, DRAFT, **ROLES, **LIST, rulebook="county-closes-city-reviews", **goals, **measures)
    task = models.Task.objects.get(address="qh2025a-2")
    assert (answer.url, task.rulebook, task.acceptor_id, task.status) == (
        "/desk/t/qh2025a-2",
        "county-closes-city-reviews",
        "org-countyeco",
        "planned",
    )
    assert [m["owner"] for m in task.plans.get().more["measures"]] == ["org-park"] * (len(plan.measures.forms) - 1)
    assert models.Draft.objects.count() == 0


def test_a_task_is_opened_by_hand(as_: SignIn) -> None:
    client = as_("county-clerk")
    client.post(NEW, {"by_hand": "1"})
    send(client, DRAFT, **BY_HAND)
    task = models.Task.objects.get()
    assert (task.problem, task.status, task.number) == ("销号把关不严。", "", 2)


def test_a_new_list_is_opened_with_its_inspection(as_: SignIn) -> None:
    client = as_("county-clerk")
    client.post(NEW, {"by_hand": "1"})
    new = {"list": "", "list_name": "青禾县二〇二六年清单", "list_code": "qh2026a", "inspection_name": "东陆省第三轮督察"}
    new |= {"inspection_level": "province", "inspection_kind": "routine"}
    send(client, DRAFT, **{**BY_HAND, **new})
    task = models.Task.objects.select_related("list__inspection").get()
    assert (task.address, task.list.name, task.list.inspection.name) == ("qh2026a-2", "青禾县二〇二六年清单", "东陆省第三轮督察")


def test_an_old_list_and_a_new_one_at_once_are_asked_about(as_: SignIn) -> None:
    client = as_("county-clerk")
    client.post(NEW, {"by_hand": "1"})
    page = send(client, DRAFT, **{**BY_HAND, "list_name": "另一份清单"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["list"])


def test_hands_that_are_not_separate_are_said_before_the_task_is_opened(as_: SignIn) -> None:
    client = as_("county-clerk")
    client.post(NEW, {"by_hand": "1"})
    bad = {**BY_HAND, "reviewer": "org-park"}
    page = send(client, DRAFT, **bad)
    assert (page.status_code, "责任单位" in str(page.context["warning"]), models.Task.objects.count()) == (422, True, 0)
    send(client, DRAFT, **bad, hands_seen="on")
    assert models.Task.objects.count() == 1


def test_a_number_that_is_taken_is_said_and_nothing_typed_is_lost(as_: SignIn) -> None:
    office.works("open_task")
    client = as_("county-clerk")
    client.post(NEW, {"by_hand": "1"})
    page = send(client, DRAFT, **{**BY_HAND, "number": "7"})
    assert (page.status_code, "已有第 7 项" in words_in(page), page.context["form"]["problem"].value()) == (422, True, "销号把关不严。")


def test_a_missing_field_keeps_everything_else(as_: SignIn) -> None:
    client = as_("county-clerk")
    client.post(NEW, {"by_hand": "1"})
    page = send(client, DRAFT, **{**BY_HAND, "title": ""})
    assert (page.status_code, [error.words for error in page.context["errors"]]) == (422, ["请填写“简称”。"])
    assert client.get(DRAFT).context["form"]["problem"].value() == "销号把关不严。"


def test_a_row_more_is_a_sending_of_its_own(as_: SignIn) -> None:
    client = as_("county-clerk")
    client.post(NEW, {"by_hand": "1"})
    page = send(client, DRAFT, **BY_HAND, **{"measure-0-text": "第一项措施"}, add="measure")
    texts = [form["text"].value() for form in page.context["plan"].measures.forms]
    assert (page.status_code, texts, models.Task.objects.count()) == (200, ["第一项措施", None], 0)


def test_the_route_is_drawn(as_: SignIn) -> None:
    drawing = as_("county-clerk").get("/desk/route/county-closes-city-reviews.svg")
    assert (drawing.status_code, drawing.headers["Content-Type"]) == (200, "image/svg+xml")


@pytest.mark.parametrize("person", ["housing-1", "cityeco-1", "citydesk-1"])
def test_only_a_clerk_opens_tasks(as_: SignIn, person: str) -> None:
    assert (as_(person).get(NEW).status_code, as_(person).post(DRAFT).status_code) == (403, 403)


def test_a_plan_that_is_not_the_clerks_to_file_waits_on_the_plans_page(as_: SignIn) -> None:
    client = as_("city-clerk")
    client.post(NEW, {"by_hand": "1"})
    rows = {"measure-0-text": "补建管网。", "measure-0-owner": "org-park", "measure-0-due": "2026-12", "goal-0-text": "不再返潮。"}
    rows |= {"goal-0-way": "none", "goal-0-reason": "无量化指标。"}
    send(client, DRAFT, **BY_HAND, **rows)
    plan = as_("park-1").get("/desk/t/qh2025a-2/plan").context["plan"]
    assert (models.Plan.objects.count(), plan.measures.forms[0]["text"].value()) == (0, "补建管网。")


@needs_shared
def test_the_notice_that_this_system_was_asked_for_is_read(as_: SignIn) -> None:
    text = (SHARED / "data" / "inputs" / "notice-taiyangshan-2021.txt").read_text("utf-8")
    page = read(as_("county-clerk"), text).get(DRAFT)
    assert (page.status_code, len(page.context["plan"].measures.forms) >= 4) == (200, True)


def test_what_the_text_does_not_say_is_left_to_the_person(as_: SignIn) -> None:
    client = as_("county-clerk")
    send(client, "/desk/new", text="一、整改任务：有的单位“重建设、轻管理，只报进度”，问题整改不到位。", holding="text")
    form = client.get(DRAFT).context["form"]
    assert [form[name].value() or "" for name in ("nature", "inspection_kind", "rulebook")] == ["", "", ""]
