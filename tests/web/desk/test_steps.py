"""The story of one case, told by filling in the desk's own pages from its plan to its closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import form_of, send, words_in
from xiaohao.kernel.when import CST
from xiaohao.records import models

SignIn = Callable[[str], Client]
NO = "qh2025a-7"


def status() -> str:
    return str(models.Task.objects.values_list("status", flat=True).get(address=NO))


def test_the_level_above_approves_the_plan(as_: SignIn) -> None:
    office.works("file_plan")
    answer = send(as_("cityoffice-1"), f"/desk/t/{NO}/do/approve_plan")
    assert (answer.status_code, answer.url, status()) == (302, f"/desk/t/{NO}", "approved")


def test_the_unit_starts(as_: SignIn) -> None:
    office.works("approve_plan")
    send(as_("housing-1"), f"/desk/t/{NO}/do/start")
    assert status() == "in_progress"


def test_a_step_refused_leads_to_the_page_that_names_every_gate(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    answer = send(client, f"/desk/t/{NO}/apply", holding="done_on", done_on="2025-06-30")
    refusal = models.Refusal.objects.get()
    assert answer.url == f"/desk/t/{NO}/refused/{refusal.pk}"
    page = client.get(answer.url)
    assert page.status_code == 409
    assert [line.unmet.gate for line in page.context["gates"]] == [row["gate"] for row in refusal.unmet]
    met = {row["gate"] for row in refusal.met}
    assert {"target_given", "claims_backed"} <= met
    assert not met & {row["gate"] for row in refusal.unmet}
    assert len(page.context["met"]) == len(met - {"in_turn", "right_hands"})
    assert [row["gate"] for row in refusal.unmet] == ["measures_answered", "first_responsible_on_record", "application_pledged"]


def test_a_program_gets_the_same_list_as_json(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    fields = form_of(client, f"/desk/t/{NO}/apply", holding="done_on")
    answer = client.post(f"/desk/t/{NO}/apply", {**fields, "done_on": "2025-06-30"}, headers={"Accept": "application/json"})
    again = client.get(f"/desk/t/{NO}/refused/{models.Refusal.objects.get().pk}", headers={"Accept": "application/json"})
    assert (answer.status_code, again.status_code) == (409, 409)
    assert [one["gate"] for one in answer.json()["unmet"]] == [one["gate"] for one in again.json()["unmet"]]


def test_a_refused_application_is_kept_as_a_draft(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    send(client, f"/desk/t/{NO}/apply", holding="done_on", done_on="2025-06-30", **{"text_measure-7-1": "建成干管2.4公里。"})
    assert form_of(client, f"/desk/t/{NO}/apply", holding="done_on")["text_measure-7-1"] == ["建成干管2.4公里。"]


def application(walk: office.Walk) -> dict[str, object]:
    typed: dict[str, object] = {"done_on": "2025-06-30"}
    for answer in walk.answers():
        typed[f"text_{answer.measures[0]}"] = answer.text
        typed[f"evidence_{answer.measures[0]}"] = list(answer.evidence)
    return typed


#: The group's leader and what it held of each measure.
OPINIONS = {
    "leader": "person-cityeco-1",
    **{f"verdict_measure-7-{n}": "done" for n in (1, 2, 3)},
    **{f"looked_measure-7-{n}": "登记和现场" for n in (1, 2, 3)},
    **{f"reason_measure-7-{n}": f"第{n}项与方案一致。" for n in (1, 2, 3)},
}


def ready_to_apply() -> office.Walk:
    walk = office.works_walk()
    walk.until("start")
    walk.file_evidence(datetime(2025, 10, 20, 10, 0, tzinfo=CST))
    return walk


def test_the_unit_applies_with_its_answers_and_their_evidence(as_: SignIn) -> None:
    walk = ready_to_apply()
    walk.pledge("apply", "housing-1", datetime(2025, 10, 20, 11, 0, tzinfo=CST))
    send(as_("housing-1"), f"/desk/t/{NO}/apply", holding="done_on", **application(walk))
    said = models.Statement.objects.get(task__address=NO, kind="completion").thing()
    assert status() == "claimed_done"
    assert [span.measures for span in said.spans] == [("measure-7-1",), ("measure-7-2",), ("measure-7-3",)]


def test_the_self_check_writes_nothing_and_says_what_the_application_would_hear(as_: SignIn) -> None:
    walk = ready_to_apply()
    entries = models.JournalEntry.objects.count()
    client = as_("housing-1")
    page = send(client, f"/desk/t/{NO}/apply", holding="done_on", check="1", **application(walk))
    assert [line.unmet.gate for line in page.context["gates"]] == ["application_pledged"]
    assert (models.JournalEntry.objects.count(), models.Refusal.objects.count(), models.Finding.objects.count()) == (entries, 0, 0)


def test_a_draft_is_seen_by_nobody_else(as_: SignIn) -> None:
    ready_to_apply()
    send(as_("housing-1"), f"/desk/t/{NO}/apply", holding="done_on", save="1", **{"text_measure-7-1": "只有我看得到"})
    other = as_("housing-head").get(f"/desk/t/{NO}/apply")
    assert "只有我看得到" not in words_in(other)


def test_the_group_accepts_and_signs_in_one_sending(as_: SignIn) -> None:
    office.works("apply")
    send(
        as_("cityeco-1"),
        f"/desk/accept/{NO}",
        people=["person-cityeco-1", "person-cityeco-2"],
        method="site",
        place="place-point",
        text="查看干管两处检查井并通水。",
        pledged="on",
        **{"measured_measure-7-1": "2.41", **OPINIONS},
    )
    record = models.Record.objects.get(type="acceptance").thing()
    assert status() == "accepted"
    assert (record.people, record.measured[0].value) == (("person-cityeco-1", "person-cityeco-2"), 2.41)
    assert {result.indicator for result in record.results} == {"氨氮"}


def test_an_acceptance_without_a_pledge_is_refused_and_keeps_what_was_typed(as_: SignIn) -> None:
    office.works("apply")
    client = as_("cityeco-1")
    typed = {"people": ["person-cityeco-1", "person-cityeco-2"], "method": "site", "place": "place-point", "text": "看过现场。"}
    answer = send(client, f"/desk/accept/{NO}", holding="text", **typed, **{"measured_measure-7-1": "2.41", **OPINIONS})
    gates = [line.unmet.gate for line in client.get(answer.url).context["gates"]]
    assert (gates, form_of(client, f"/desk/accept/{NO}", holding="text")["text"]) == (["acceptance_pledged"], ["看过现场。"])


def test_what_the_group_photographed_is_filed_with_its_opinion(as_: SignIn) -> None:
    office.works("apply")
    picture = BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "JPEG")
    send(
        as_("cityeco-1"),
        f"/desk/accept/{NO}",
        people=["person-cityeco-1", "person-cityeco-2"],
        method="site",
        place="place-point",
        text="查看干管。",
        pledged="on",
        photos=[SimpleUploadedFile("检查井.jpg", picture.getvalue())],
        **{"measured_measure-7-1": "2.41", **OPINIONS},
    )
    file = models.File.objects.get(pk=models.Record.objects.get(type="acceptance").more["files"][0]).thing()
    assert (file.kind, file.phase, file.place, file.claimed_at) == ("photo", "after", "place-point", "2026-03-03")


def test_a_return_needs_its_reason(as_: SignIn) -> None:
    office.works("apply")
    client = as_("cityeco-1")
    empty = send(client, f"/desk/t/{NO}/return", holding="reason", reason=" ")
    assert (empty.status_code, status()) == (422, "claimed_done")
    asked = {"lacks_measure-7-1": "没有实测。", "todo_measure-7-1": "请测绘单位实测。"}
    send(client, f"/desk/t/{NO}/return", holding="reason", reason="第一项措施没有实测。", **asked)
    assert status() == "in_progress"


def test_one_checks_for_secrets_and_another_publishes(as_: SignIn) -> None:
    office.works("review")
    clerk, head = as_("county-clerk"), as_("magistrate")
    send(clerk, f"/desk/t/{NO}/publish", holding="secret-text", to=f"/desk/t/{NO}/confidentiality", **{"secret-signed": "on"})
    send(head, f"/desk/t/{NO}/publish", holding="number", number="青整改公示〔2026〕1号", starts_on="2026-03-03")
    posted = models.Record.objects.get(type="publicity").thing()
    assert (status(), posted.start, posted.end) == ("published", "2026-03-03", "2026-03-16")


def test_the_one_who_checked_may_not_publish(as_: SignIn) -> None:
    office.works("review")
    clerk = as_("county-clerk")
    send(clerk, f"/desk/t/{NO}/publish", holding="secret-text", to=f"/desk/t/{NO}/confidentiality", **{"secret-signed": "on"})
    answer = send(clerk, f"/desk/t/{NO}/publish", holding="number", number="青整改公示〔2026〕1号", starts_on="2026-03-03")
    assert [line.unmet.gate for line in clerk.get(answer.url).context["gates"]] == ["confidentiality_signed"]


def test_a_year_without_its_calendar_promises_no_window(as_: SignIn) -> None:
    office.works("review")
    page = send(as_("magistrate"), f"/desk/t/{NO}/publish", holding="number", number="青整改公示〔2031〕1号", starts_on="2031-03-03")
    assert (page.status_code, "待公布" in words_in(page), status()) == (422, True, "reviewed")


def test_the_suggested_number_follows_the_last_one_of_the_year(as_: SignIn) -> None:
    office.works("publish")
    page = as_("magistrate").get(f"/desk/t/{NO}/publish")
    assert page.context["form"]["number"].value() == "青整改公示〔2026〕1号"


def test_the_task_is_closed_with_a_watch_and_a_pledge(as_: SignIn) -> None:
    office.works("publish")
    head = as_("mayor")
    send(head, f"/desk/t/{NO}/watch", months="12", n="3", k="2")
    send(head, f"/desk/t/{NO}/do/close", holding="words", words="公示期满，予以销号。", pledged="on")
    assert status() == "closed"


def test_closing_without_a_watch_is_refused(as_: SignIn) -> None:
    office.works("publish")
    head = as_("mayor")
    answer = send(head, f"/desk/t/{NO}/do/close", holding="words", words="予以销号。", pledged="on")
    assert [line.unmet.gate for line in head.get(answer.url).context["gates"]] == ["watch_plan_present"]


def test_the_same_sending_twice_is_one_act(as_: SignIn) -> None:
    office.works("file_plan")
    client = as_("cityoffice-1")
    fields = form_of(client, f"/desk/t/{NO}/do/approve_plan", holding="version")
    first, entries = client.post(f"/desk/t/{NO}/do/approve_plan", fields), models.JournalEntry.objects.count()
    second = client.post(f"/desk/t/{NO}/do/approve_plan", fields)
    assert (first.url, second.url, models.JournalEntry.objects.count()) == (f"/desk/t/{NO}", f"/desk/t/{NO}", entries)


def test_a_decision_with_its_signature_sent_twice_is_one_of_each(as_: SignIn) -> None:
    office.works("publish")
    head = as_("mayor")
    send(head, f"/desk/t/{NO}/watch", months="12", n="3", k="2")
    fields = {**form_of(head, f"/desk/t/{NO}/do/close", holding="words"), "words": "公示期满，予以销号。", "pledged": "on"}
    head.post(f"/desk/t/{NO}/do/close", fields)
    entries = models.JournalEntry.objects.count()
    head.post(f"/desk/t/{NO}/do/close", fields)
    assert (status(), models.JournalEntry.objects.count()) == ("closed", entries)


def test_the_second_of_two_deciders_is_told_who_was_first(as_: SignIn) -> None:
    office.works("file_plan")
    one, other = as_("cityoffice-1"), as_("cityoffice-2")
    late = form_of(other, f"/desk/t/{NO}/do/return_plan", holding="words")
    send(one, f"/desk/t/{NO}/do/approve_plan")
    page = other.post(f"/desk/t/{NO}/do/return_plan", {**late, "words": "措施不具体。"})
    assert (page.status_code, page.context["first"].person, page.context["first"].act) == (409, "祝予安", "approve_plan")
    assert form_of(other, f"/desk/t/{NO}/do/return_plan", holding="words")["words"] == ["措施不具体。"]


@pytest.mark.parametrize("field", ["status", "closed_at", "task", "by", "at", "owner"])
def test_a_form_takes_only_its_own_fields(as_: SignIn, field: str) -> None:
    before = office.works("file_plan")
    send(as_("cityoffice-1"), f"/desk/t/{NO}/do/approve_plan", **{field: "closed"})
    after = models.Task.objects.get(pk=before.pk)
    assert (after.status, after.closed_at, after.owner_id) == ("approved", "", "org-housing")


@pytest.mark.parametrize("key", ["", "0" * 31, "ZZ" * 16, "<script>"])
def test_a_form_without_its_key_is_not_taken(as_: SignIn, key: str) -> None:
    office.works("file_plan")
    answer = send(as_("cityoffice-1"), f"/desk/t/{NO}/do/approve_plan", key=key)
    assert (answer.status_code, status()) == (422, "planned")


def test_the_list_of_what_is_missing_is_a_sheet_of_paper_too(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    send(client, f"/desk/t/{NO}/apply", holding="done_on", done_on="2025-06-30")
    sheet = client.get(f"/desk/t/{NO}/refused/{models.Refusal.objects.get().pk}.pdf")
    assert (sheet.headers["Content-Type"], sheet.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_refusal_of_another_task_is_not_found(as_: SignIn) -> None:
    office.works("start")
    assert as_("housing-1").get(f"/desk/t/{NO}/refused/3").status_code == 404


def test_the_self_check_and_the_signature_drop_what_applying_drops(as_: SignIn) -> None:
    walk = ready_to_apply()
    client = as_("housing-1")
    mended = {"key": "COVER|an answer that was missing", "check_id": "COVER", "severity": "block", "must_answer_id": "org-housing"}
    models.Finding.objects.create(id="fnd-old", task=models.Task.objects.get(address=NO), raised_at=TODAY, **mended)
    walk.pledge("apply", "housing-1", datetime(2025, 10, 20, 11, 0, tzinfo=CST))
    checked = send(client, f"/desk/t/{NO}/apply", holding="done_on", check="1", **application(walk))
    send(client, f"/desk/t/{NO}/apply", holding="done_on", hand_on="housing-head", **application(walk))
    signing = as_("housing-head").get(f"/desk/sign/{NO}")
    send(client, f"/desk/t/{NO}/apply", holding="done_on", **application(walk))
    assert (checked.context["gates"], signing.context["gates"], status()) == ((), (), "claimed_done")
