"""A finding is answered by the unit and decided on by somebody else; both from the case's own page."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.web.desk import office
from tests.web.desk.pages import form_of, words_in
from xiaohao.kernel.said import said_to_json, say
from xiaohao.records import models

SignIn = Callable[[str], Client]
TASK = "/desk/t/qh2025a-7"


def one_finding(check: str = "NUM-CLAIM") -> models.Finding:
    office.boasting()
    return models.Finding.objects.get(check_id=check)


def answer(client: Client, finding: models.Finding, words: str = "其余三次由市局开展，记录在市局。", **more: object) -> object:
    fields = form_of(client, TASK, holding="answer")
    return client.post(f"{TASK}/finding/{finding.pk}/answer", {"key": fields["key"], "answer": words, **more})


def test_a_finding_raised_by_a_refused_application_stands_in_the_case_and_in_the_list(as_: SignIn) -> None:
    finding = one_finding()
    client = as_("housing-1")
    assert [card.id for card in client.get(TASK).context["cards"]] == [finding.pk]
    assert client.get("/desk/").context["groups"][0].rows[0].unanswered == 1


def test_the_unit_answers_with_evidence(as_: SignIn) -> None:
    finding = one_finding()
    answer(as_("housing-1"), finding, evidence=["rec-enforcement-1"])
    finding.refresh_from_db()
    assert (finding.more["answer"], finding.more["evidence"]) == ("其余三次由市局开展，记录在市局。", ["rec-enforcement-1"])


def test_evidence_of_another_case_is_not_taken(as_: SignIn) -> None:
    finding = one_finding()
    page = answer(as_("housing-1"), finding, evidence=["rec-of-nobody"])
    finding.refresh_from_db()
    assert (page.status_code, finding.answered_at) == (422, None)  # type: ignore[attr-defined]


def test_only_the_unit_is_offered_the_answer_and_only_others_the_decision(as_: SignIn) -> None:
    finding = one_finding()
    before = {person: as_(person).get(TASK).context["cards"][0] for person in ("housing-1", "cityeco-1", "citysupervision-1")}
    answer(as_("housing-1"), finding)
    after = {person: as_(person).get(TASK).context["cards"][0] for person in ("housing-1", "cityeco-1", "citysupervision-1")}
    assert {p: (bool(c.action), bool(c.decide)) for p, c in before.items()} == {
        "housing-1": (True, False),
        "cityeco-1": (False, False),
        "citysupervision-1": (False, False),
    }
    assert {p: bool(c.decide) for p, c in after.items()} == {"housing-1": False, "cityeco-1": True, "citysupervision-1": False}


def test_somebody_else_decides_with_a_reason(as_: SignIn) -> None:
    finding = one_finding()
    answer(as_("housing-1"), finding)
    client = as_("cityeco-1")
    fields = form_of(client, TASK, holding="reason")
    client.post(f"{TASK}/finding/{finding.pk}/decide", {"key": fields["key"], "decision": "explained", "reason": "市局记录已核对。"})
    finding.refresh_from_db()
    assert (finding.more["decision"], finding.more["decided_by"]) == ("explained", "person-cityeco-1")


def test_a_decision_without_a_reason_brings_back_the_card(as_: SignIn) -> None:
    finding = one_finding()
    answer(as_("housing-1"), finding)
    client = as_("cityeco-1")
    fields = form_of(client, TASK, holding="reason")
    page = client.post(f"{TASK}/finding/{finding.pk}/decide", {"key": fields["key"], "decision": "explained", "reason": " "})
    assert (page.status_code, "请填写“理由”。" in words_in(page)) == (422, True)


def test_a_script_gets_back_the_one_card(as_: SignIn) -> None:
    finding = one_finding()
    client = as_("housing-1")
    fields = form_of(client, TASK, holding="answer")
    part = client.post(f"{TASK}/finding/{finding.pk}/answer", {"key": fields["key"], "answer": "说明。"}, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert ("<html" in text, f'id="finding-{finding.pk}"' in text, "说明。" in text) == (False, True, True)


def test_the_unit_may_not_decide_on_its_own_answer(as_: SignIn) -> None:
    finding = one_finding()
    client = as_("housing-1")
    answer(client, finding)
    account = models.Account.objects.get(username="housing-1")
    account.roles = ["reporter", "clerk"]
    account.save()
    client = as_("housing-1")
    key = office.key("decide")
    refused = client.post(f"{TASK}/finding/{finding.pk}/decide", {"key": key, "decision": "explained", "reason": "自己判断"})
    finding.refresh_from_db()
    assert (refused.url.startswith(f"{TASK}/refused/"), finding.decided_at) == (True, None)


def test_a_finding_of_another_task_is_not_found(as_: SignIn) -> None:
    office.boasting()
    answer_to = as_("housing-1").post(f"{TASK}/finding/fnd-none/answer", {"key": office.key("x"), "answer": "?"})
    assert answer_to.status_code == 404


def test_a_unit_that_accepts_its_own_work_is_not_asked_to_decide_on_its_own_answer(as_: SignIn) -> None:
    finding = one_finding()
    answer(as_("housing-1"), finding)
    models.Task.objects.update(acceptor="org-housing")
    models.Account.objects.filter(username="housing-1").update(roles=["acceptor"])
    client = as_("housing-1")
    listed = [row for group in client.get("/desk/?view=findings").context["groups"] for row in group.rows]
    assert (listed, bool(client.get(TASK).context["cards"][0].decide)) == ([], False)


def test_the_evidence_of_an_answer_is_shown_to_who_decides_and_stays_ticked_for_who_answers_again(as_: SignIn) -> None:
    finding = one_finding()
    answer(as_("housing-1"), finding, evidence=["rec-enforcement-1"])
    (link,) = as_("cityeco-1").get(TASK).context["cards"][0].brought
    assert link.href == f"{TASK}/r/rec-enforcement-1"
    assert as_("cityeco-1").get(link.href).status_code == 200
    mine = as_("housing-1").get(TASK)
    assert mine.context["cards"][0].ticked == ("rec-enforcement-1",)
    assert 'value="rec-enforcement-1" checked' in mine.content.decode()


def test_what_was_ticked_comes_back_with_an_answer_that_could_not_be_taken(as_: SignIn) -> None:
    finding = one_finding()
    page = answer(as_("housing-1"), finding, words=" ", evidence=["rec-enforcement-1"])
    assert (page.status_code, 'value="rec-enforcement-1" checked' in page.content.decode()) == (422, True)  # type: ignore[attr-defined]


def test_who_may_not_answer_is_told_so_even_with_an_empty_answer(as_: SignIn) -> None:
    finding = one_finding()
    page = as_("cityeco-1").post(f"{TASK}/finding/{finding.pk}/answer", {"key": office.key("x"), "answer": ""})
    finding.refresh_from_db()
    assert (page.status_code, page.url.startswith(f"{TASK}/refused/"), finding.answered_at) == (302, True, None)


def test_the_decision_is_said_in_english_too(as_: SignIn) -> None:
    finding = one_finding()
    answer(as_("housing-1"), finding)
    client = as_("cityeco-1")
    fields = form_of(client, TASK, holding="reason")
    client.post(f"{TASK}/finding/{finding.pk}/decide", {"key": fields["key"], "decision": "upheld", "reason": "市局没有记录。"})
    assert "Not accepted: upheld, to be rectified. 市局没有记录。" in words_in(client.get(f"/en{TASK}"))


def test_a_check_that_could_not_run_is_named_once_and_not_beside_its_own_finding(as_: SignIn) -> None:
    finding = one_finding()
    client = as_("housing-1")
    before = client.get(TASK).context["skipped"]
    said = {check: said_to_json(say("没有")) for check in ("NUM-CLAIM", "COVER", "RUSH", "FLAT")}
    models.Screening.objects.update_or_create(
        task_id=finding.task_id, defaults={"skipped": said, "asked": 0, "done": 0, "asked_at": finding.raised_at}
    )
    after = client.get(TASK).context["skipped"]
    assert len(after) - len(before) <= 1  # FLAT alone is of the background
    assert len(after) == len(set(after)) == len({line.split("（")[0] for line in map(str, after)})
