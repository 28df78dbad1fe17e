"""The head of the unit signs knowingly: four facts, two records that must have been opened, a tick."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.desk import office
from tests.web.desk.pages import form_of, send, words_in
from tests.web.desk.test_steps import application, ready_to_apply
from xiaohao.records import models

SignIn = Callable[[str], Client]
SIGN = "/desk/sign/qh2025a-7"
APPLY = "/desk/t/qh2025a-7/apply"


def handed_on(as_: SignIn) -> Client:
    """The head's browser, once the clerk has handed the application on."""
    walk = ready_to_apply()
    send(as_("housing-1"), APPLY, holding="done_on", hand_on="housing-head", **application(walk))
    return as_("housing-head")


def open_samples(head: Client) -> None:
    for _words, address, _opened in head.get(SIGN).context["samples"]:
        head.get(address)


def test_what_was_handed_on_waits_in_the_heads_list(as_: SignIn) -> None:
    head = handed_on(as_)
    assert [draft.task.address for draft in head.get("/desk/sign").context["drafts"]] == ["qh2025a-7"]


def test_signing_without_opening_the_samples_is_not_taken(as_: SignIn) -> None:
    head = handed_on(as_)
    page = head.get(send(head, SIGN, read="on").url)  # an address of its own, so that Back from a sample finds it again
    assert (page.status_code, "抽查件还没有打开看过" in words_in(page), models.Task.objects.get().status) == (422, True, "in_progress")
    assert 'id="id_read" checked' in page.content.decode()
    open_samples(head)
    again = head.get(f"{SIGN}?unread=1&read=on")
    assert (again.status_code, "抽查件还没有打开看过" in words_in(again)) == (200, False)


def test_signing_without_the_tick_is_not_taken(as_: SignIn) -> None:
    head = handed_on(as_)
    open_samples(head)
    page = head.get(send(head, SIGN).url)
    assert (page.status_code, models.Record.objects.filter(type="pledge").count()) == (422, 0)


def test_the_head_signs_and_applies_in_one(as_: SignIn) -> None:
    head = handed_on(as_)
    open_samples(head)
    send(head, SIGN, read="on")
    pledge = models.Record.objects.get(type="pledge").thing()
    assert (models.Task.objects.get().status, pledge.people, pledge.stage) == ("claimed_done", ("person-housing-head",), "apply")
    assert head.get("/desk/sign").context["drafts"] == []


def test_four_facts_are_told(as_: SignIn) -> None:
    head = handed_on(as_)
    facts = [str(fact) for _glyph, fact, _detail in head.get(SIGN).context["facts"]]
    assert [fact.split("，")[0].split(" ", 1)[1][:2] for fact in facts[:2]] == ["项措", "个数"]
    assert len(facts) == 4


def test_two_records_are_drawn_and_nobody_chooses_which(as_: SignIn) -> None:
    head = handed_on(as_)
    first, again = head.get(SIGN).context["samples"], head.get(SIGN).context["samples"]
    assert (len(first), [one[:2] for one in first]) == (2, [one[:2] for one in again])


def test_a_change_since_it_was_handed_on_is_said(as_: SignIn) -> None:
    head = handed_on(as_)
    send(as_("housing-1"), "/desk/t/qh2025a-7/register", type="meeting", date="2025-10-01", title="补记", org="org-housing")
    assert (head.get(SIGN).context["changed"], "请重新看一遍" in words_in(head.get(SIGN))) == (True, True)


def test_a_change_while_the_page_is_open_stops_the_signature(as_: SignIn) -> None:
    head = handed_on(as_)
    open_samples(head)
    fields = form_of(head, SIGN, holding="key")
    send(as_("housing-1"), "/desk/t/qh2025a-7/register", type="meeting", date="2025-10-01", title="补记", org="org-housing")
    open_samples(head)
    page = head.post(SIGN, {**fields, "read": "on"})
    assert (page.status_code, models.Record.objects.filter(type="pledge").count()) == (409, 0)


def test_sent_back_the_clerk_finds_the_reason_and_everything_typed(as_: SignIn) -> None:
    head = handed_on(as_)
    send(head, SIGN, holding="send_back", reason="第二项写清在哪里检查的。")
    page = as_("housing-1").get(APPLY)
    assert (page.context["returned"], page.context["form"]["done_on"].value()) == ("第二项写清在哪里检查的。", "2025-06-30")
    assert models.JournalEntry.objects.filter(step="sign_pledge").count() == 0


def test_a_clerk_cannot_open_the_heads_page(as_: SignIn) -> None:
    handed_on(as_)
    assert as_("housing-1").get(SIGN).status_code == 403


def test_a_signature_on_paper_is_entered_as_exactly_that(as_: SignIn) -> None:
    office.works("start")
    scan = SimpleUploadedFile("签字页.txt", "签字页".encode())
    typed = {"on_paper": "on", "signed_by": "person-housing-head", "signed_on": "2025-10-18", "scan": scan}
    send(as_("housing-1"), "/desk/t/qh2025a-7/pledge/apply", **typed)
    pledge = models.Record.objects.get(type="pledge").thing()
    assert (pledge.on_paper, pledge.people, pledge.recorded_by, pledge.date) == (
        True,
        ("person-housing-head",),
        "person-housing-1",
        "2025-10-18",
    )
    assert models.File.objects.get(pk=pledge.files[0]).kind == "scan"


def test_a_signature_on_paper_needs_its_scan(as_: SignIn) -> None:
    office.works("start")
    page = send(as_("housing-1"), "/desk/t/qh2025a-7/pledge/apply", on_paper="on", signed_by="person-housing-head", signed_on="2025-10-18")
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["scan"])


def test_a_pledge_needs_its_tick(as_: SignIn) -> None:
    office.works("start")
    assert send(as_("housing-1"), "/desk/t/qh2025a-7/pledge/apply").status_code == 422
