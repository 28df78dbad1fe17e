"""会签: sent round, signed by heads, deputies and on paper, returned, void when the text changes, and waited for by the step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import send, words_in
from tests.web.desk.test_steps import application, ready_to_apply
from xiaohao.acts import due, plans, posts
from xiaohao.documents.forms.rows import countersign_rows
from xiaohao.dossier.posts import Post, Term
from xiaohao.records import models
from xiaohao.records.fsck import faults
from xiaohao.records.to_dossier import dossier_of

SignIn = Callable[[str], Client]
APPLY, PLEDGE = "/desk/t/qh2025a-7/apply", "/desk/t/qh2025a-7/pledge/apply"
ROUND = "/desk/t/qh2025a-7/countersign/apply"


@pytest.fixture
def ready(as_: SignIn) -> dict[str, object]:
    """The application lies written in the clerk's draft, pledged."""
    typed = application(ready_to_apply())
    clerk = as_("housing-1")
    send(clerk, PLEDGE, signed="on")
    answer = send(clerk, APPLY, holding="done_on", countersign="1", **typed)
    assert answer.url == ROUND
    return typed


def sent(clerk: Client, *units: str, **more: object) -> str:
    """Where the sheet lies, sent to these units."""
    typed = {f"unit_{n}": unit for n, unit in enumerate(units, 1)}
    answer = send(clerk, ROUND, due="2026-03-06", **typed, **more)
    assert answer.status_code == 302, answer.context["form"].errors
    return f"/desk/countersigns/{models.Record.objects.filter(type='countersign').latest('recorded_at', 'pk').pk}"


def apply(clerk: Client, typed: dict[str, object]) -> HttpResponse:
    return send(clerk, APPLY, holding="done_on", **typed)


def lacking() -> str:
    """What the last refusal says of signatures."""
    unmet = models.Refusal.objects.latest("entry").unmet
    said = [one["fact"] for one in unmet if one["gate"] == "application_countersigned"]
    return str(said[0]) if said else ""


def test_the_step_waits_until_every_unit_has_signed(as_: SignIn, ready: dict[str, object]) -> None:
    clerk, park = as_("housing-1"), as_("park-head")
    sheet = sent(clerk, "org-park", "org-county")
    apply(clerk, ready)
    assert "会签没有齐" in lacking()
    assert [one.sheet.record.title for one, _late in park.get("/desk/").context["to_countersign"]] == ["验收申请"]
    assert park.get("/desk/t/qh2025a-7").status_code == 404  # the sheet, not the case
    assert "整改完成日期" in words_in(park.get(sheet))
    assert send(park, sheet, holding="text", sign="1").status_code == 302
    assert send(as_("magistrate"), sheet, holding="text", sign="1", text="同意").status_code == 302
    assert park.get("/desk/countersigns").context["waiting"] == []
    apply(clerk, ready)
    assert models.Task.objects.get().status == "claimed_done"
    assert {entry.step for entry in models.JournalEntry.objects.all()} >= {"send_countersign", "countersign"}
    assert [one for one in faults() if one.kind not in ("tile", "file")] == []


def test_a_changed_text_has_to_be_signed_again_an_unchanged_one_has_not(as_: SignIn, ready: dict[str, object]) -> None:
    clerk, park = as_("housing-1"), as_("park-head")
    send(park, sent(clerk, "org-park"), holding="text", sign="1")
    changed = {**ready, "general": "又补了一句。"}
    apply(clerk, changed)
    assert (models.Task.objects.get().status, "已签的作废" in lacking()) == ("in_progress", True)
    models.Record.objects.filter(type="countersign").update(recorded_at=TODAY - timedelta(minutes=5))
    send(clerk, APPLY, holding="done_on", countersign="1", **{**ready, "general": ""})
    again = sent(clerk, "org-park", "org-county")  # one unit more, the same words
    assert [line.state for line in park.get(again).context["panels"][0].lines] == ["signed", "to_sign"]


def test_one_after_another_in_their_order(as_: SignIn, ready: dict[str, object]) -> None:
    sheet = sent(as_("housing-1"), "org-county", "org-park", in_order="on")
    park = as_("park-head")
    assert (park.get("/desk/countersigns").context["waiting"], park.get(sheet).context["may"]) == ([], False)
    send(as_("magistrate"), sheet, holding="text", sign="1")
    assert models.Message.objects.filter(kind="countersign_asked", person="person-park-head").count() == 1
    assert send(park, sheet, holding="text", sign="1").status_code == 302


def test_a_unit_sends_it_back_with_its_opinion(as_: SignIn, ready: dict[str, object]) -> None:
    clerk, park = as_("housing-1"), as_("park-head")
    sheet = sent(clerk, "org-park", "org-county")
    mute = send(park, sheet, holding="text", **{"return": "1"})
    assert (mute.status_code, list(mute.context["form"].errors)) == (422, ["text"])
    send(park, sheet, holding="text", **{"return": "1"}, text="第二项的数字与我委台账不符。")
    assert as_("magistrate").get(sheet).context["may"] is False  # nobody signs what is being changed
    apply(clerk, ready)
    assert "不同意" in lacking()
    assert "第二项的数字" in words_in(clerk.get(APPLY))
    assert models.Message.objects.filter(kind="countersign_returned", person="person-housing-1").exists()


def test_on_paper_it_is_entered_by_the_unit_with_its_scan(as_: SignIn, ready: dict[str, object]) -> None:
    post = Post(id="post-p", org="org-park", title="主任", head="government", roles=("head",))
    term = Term(id="term-p", post="post-p", person="person-park-head", start="2025-01-01", recorded_at="2026-03-03T09:00:00+08:00")
    posts.enter_posts([post], [term], at=TODAY)
    sheet, clerk = sent(as_("housing-1"), "org-park"), as_("park-1")
    refused = send(clerk, sheet, holding="text", sign="1")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["signed_by", "signed_on", "scan"])
    scan = SimpleUploadedFile("签字页.txt", "签字页".encode())
    typed = {"on_paper": "on", "signed_by": "person-park-head", "scan": scan, "sign": "1"}
    assert list(send(clerk, sheet, holding="text", signed_on="2024-12-31", **typed).context["form"].errors) == ["signed_on"]
    typed["scan"] = SimpleUploadedFile("签字页.txt", "签字页".encode())
    assert send(clerk, sheet, holding="text", signed_on="2026-03-02", **typed).status_code == 302
    said = models.Record.objects.get(type="countersigned").thing()
    assert (said.on_paper, said.people, said.post, said.recorded_by) == (True, ("person-park-head",), "主任", "person-park-1")


def test_a_deputy_signs_while_standing_in_and_not_afterwards(as_: SignIn, ready: dict[str, object]) -> None:
    post = Post(id="post-p", org="org-park", title="主任", head="government", roles=("head",))
    recorded = "2026-03-03T09:00:00+08:00"
    terms = [
        Term(id="term-p", post="post-p", person="person-park-head", start="2025-01-01", recorded_at=recorded),
        Term(
            id="term-d",
            post="post-p",
            person="person-countydesk-1",
            start="2026-03-01",
            end="2026-03-03",
            acting=True,
            recorded_at=recorded,
        ),
    ]
    posts.enter_posts([post], terms, at=TODAY)
    sheet, deputy = sent(as_("housing-1"), "org-park"), as_("countydesk-1")
    assert send(deputy, sheet, holding="text", sign="1").status_code == 302
    said = models.Record.objects.get(type="countersigned").thing()
    assert (said.org, said.post) == ("org-park", "代行主任")
    models.Term.objects.filter(pk="term-d").update(end="2026-03-02")
    assert deputy.get(sheet).status_code == 404


def test_a_sheet_that_was_taken_back_is_signed_by_nobody_and_waited_for_by_nothing(as_: SignIn, ready: dict[str, object]) -> None:
    clerk, park = as_("housing-1"), as_("park-head")
    sheet = sent(clerk, "org-park")
    assert send(park, sheet, holding="text", withdraw="1", reason="试试").status_code == 422
    assert send(clerk, sheet, holding="withdraw", reason="送错了单位").status_code == 302
    assert park.get(sheet).context["may"] is False
    apply(clerk, ready)
    assert models.Task.objects.get().status == "claimed_done"


def test_what_is_wrong_with_a_sheet_is_said_before_it_goes_round(as_: SignIn, ready: dict[str, object]) -> None:
    clerk = as_("housing-1")
    page = send(clerk, ROUND, due="2026-03-02", unit_1="")
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"due", "unit_1"})
    assert "org-housing" not in dict(clerk.get(ROUND).context["form"].fields["unit_1"].choices)
    assert as_("county-clerk").get(ROUND).context["may"] is False
    assert models.Record.objects.filter(type="countersign").count() == 0


def test_overdue_it_stands_so_in_both_lists_and_heads_are_told_once(as_: SignIn, ready: dict[str, object]) -> None:
    clerk, park = as_("housing-1"), as_("park-head")
    sent(clerk, "org-park")
    models.Record.objects.filter(type="countersign").update(more=models.Record.objects.get(type="countersign").more | {"end": "2026-03-02"})
    assert ([late for _one, late, _by in park.get("/desk/countersigns").context["waiting"]], "逾期" in words_in(park.get("/desk/"))) == (
        [True],
        True,
    )
    assert [late for _one, late, _names in clerk.get("/desk/countersigns").context["sent"]] == [True]
    due.remind_of_days(TODAY)
    due.remind_of_days(TODAY)
    assert models.Message.objects.filter(kind="countersign_overdue", person="person-park-head").count() == 1


def test_an_opinion_that_says_so_itself_is_printed_once(as_: SignIn, ready: dict[str, object]) -> None:
    sheet = sent(as_("housing-1"), "org-park", "org-county", "org-countyeco")
    send(as_("park-head"), sheet, holding="text", sign="1", text="同意。尽快办。")
    send(as_("magistrate"), sheet, holding="text", sign="1", text="请补附图。")
    row = models.Record.objects.get(type="countersign").thing()
    printed = countersign_rows(dossier_of(models.Task.objects.get(), at=TODAY), row)
    assert [line["意见"] for line in printed] == ["同意。尽快办。", "同意。请补附图。", "　"]


def test_the_sheet_prints_with_room_for_signatures(as_: SignIn, ready: dict[str, object]) -> None:
    sheet = sent(as_("housing-1"), "org-park")
    page = as_("park-1").get(f"{sheet}/sheet.pdf")
    assert (page.status_code, page["Content-Type"], page.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert as_("citydesk-1").get(f"{sheet}/sheet.pdf").status_code == 200  # reads the case
    assert as_("countydesk-1").get(f"{sheet}/sheet.pdf").status_code == 404


def test_the_public_page_names_the_units_that_signed_and_nobody_in_them(as_: SignIn) -> None:
    office.works("file_plan")
    send(as_("county-clerk"), "/desk/t/qh2025a-7/countersign/plan", due="2026-03-06", unit_1="org-park")
    sheet = models.Record.objects.get(type="countersign").pk
    public = Client()
    send(as_("park-head"), f"/desk/countersigns/{sheet}", holding="text", sign="1", text="同意，请注意内部口径。")
    assert "方案会签" not in words_in(public.get("/t/qh2025a-7"))  # not before the plan is approved
    plans.approve_plan(task="task-7", by=office.actor("cityoffice-1"), at=TODAY, key=office.key("approve"))
    page = words_in(public.get("/t/qh2025a-7"))
    unit, head = models.Org.objects.get(pk="org-park").name, models.Person.objects.get(pk="person-park-head").name
    assert f"方案会签 {unit}" in " ".join(page.split())
    assert [word in page for word in (head, "内部口径")] == [False, False]
