"""The head of the unit signs knowingly: four facts, two records that must have been opened, a tick."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import form_of, send, words_in
from tests.web.desk.test_steps import application, ready_to_apply
from xiaohao.acts import pledges, posts
from xiaohao.acts.paper import OnPaper
from xiaohao.dossier.file import File
from xiaohao.dossier.posts import Post, Term
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records import models
from xiaohao.records.in_post import in_office

SignIn = Callable[[str], Client]
SIGN = "/desk/sign/qh2025a-7"
APPLY = "/desk/t/qh2025a-7/apply"
PLEDGE = "/desk/t/qh2025a-7/pledge/apply"


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


def handed_over() -> None:
    """On 2025-09-01 the head's post went to a clerk of the unit."""
    post = Post(id="post-h", org="org-housing", title="局长", head="government", roles=("head",))
    term = Term(id="term-h", post="post-h", person="person-housing-head", start="2023-01-01", recorded_at="2024-11-18T09:00:00+08:00")
    posts.enter_posts([post], [term], at=TODAY)
    head = office.actor("housing-head")
    posts.hand_over(by=head, at=TODAY, key="k" * 32, post="post-h", to=None, name="高远", on="2025-09-01", reason="调任")


def on_paper(client: Client, signer: str, day: str) -> HttpResponse:
    scan = SimpleUploadedFile("签字页.txt", "签字页".encode())
    return send(client, PLEDGE, on_paper="on", signed_by=signer, signed_on=day, scan=scan)


def test_after_a_handover_each_head_may_have_signed_in_their_own_days_only(as_: SignIn) -> None:
    office.works("start")
    handed_over()
    clerk, new = as_("housing-1"), models.Person.objects.get(name="高远").pk
    offered = dict(clerk.get(PLEDGE).context["form"].fields["signed_by"].choices)
    assert (offered[new], offered["person-housing-head"].partition("（")[2]) == ("高远（局长）", "原局长，2023-01-01 至 2025-09-01）")
    late = on_paper(clerk, "person-housing-head", "2025-10-18")
    assert (late.status_code, list(late.context["form"].errors), "当天在任的人（高远）" in words_in(late)) == (422, ["signed_on"], True)
    early = on_paper(clerk, new, "2025-08-31")
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["signed_on"])
    assert list(on_paper(clerk, new, "2026-03-04").context["form"].errors) == ["signed_on"]  # tomorrow
    assert models.Record.objects.filter(type="pledge").count() == 0
    assert on_paper(clerk, "person-housing-head", "2025-08-31").status_code == 302
    assert models.Record.objects.get(type="pledge").thing().people == ("person-housing-head",)


def test_the_act_itself_refuses_a_signature_outside_the_term(as_: SignIn) -> None:
    office.works("start")
    handed_over()
    clerk = office.actor("housing-1")
    scan = File(
        id="file-s", path="scans/s.txt", sha256="0" * 64, bytes=1, media="text/plain", kind="scan", recorded_at="2026-03-03T09:00:00+08:00"
    )
    paper = OnPaper(signed_by="person-housing-head", signed_on="2025-10-18", scan=scan)
    with pytest.raises(Refused) as refused:
        pledges.sign_pledge(task=models.Task.objects.get().pk, by=clerk, at=TODAY, key="p" * 32, stage="apply", text="承诺", paper=paper)
    assert [unmet.gate for unmet in refused.value.unmet] == ["held_on_the_day"]


def test_who_has_left_is_not_asked_for_a_signature_nor_sent_out(as_: SignIn) -> None:
    office.works("start")
    handed_over()
    account = models.Account.objects.get(username="housing-head")
    account.roles = ["head"]  # as where the post named no roles, so that the handover took none away
    account.save()
    assert as_("housing-1").get(APPLY).context["heads"] == []
    assert "person-housing-head" not in set(in_office(models.Person.objects.filter(org="org-housing")).values_list("pk", flat=True))


def test_a_deputy_may_have_signed_while_standing_in(as_: SignIn) -> None:
    office.works("start")
    handed_over()
    head = office.models.Person.objects.get(name="高远")
    chief = Actor(head.pk, "org-housing", frozenset({Role.HEAD}))
    posts.appoint_deputy(
        by=chief, at=TODAY, key="d" * 32, post="post-h", person="person-magistrate", start="2026-01-05", end="2026-01-09", reason="学习"
    )
    clerk = as_("housing-1")
    assert on_paper(clerk, "person-magistrate", "2026-01-10").status_code == 422
    assert on_paper(clerk, "person-magistrate", "2026-01-09").status_code == 302
