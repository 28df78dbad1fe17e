"""Opinions, dissent, questions back and the letter of return, on the desk's own pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import form_of, send, words_in
from tests.web.desk.test_steps import OPINIONS
from xiaohao.acts import screening
from xiaohao.records import models

SignIn = Callable[[str], Client]
NO = "qh2025a-7"
ACCEPT, RETURN, ASK = f"/desk/accept/{NO}", f"/desk/t/{NO}/return", f"/desk/t/{NO}/questions"
GROUP = {"people": ["person-cityeco-1", "person-cityeco-2"], "method": "site", "place": "place-point", "text": "到现场看过干管。"}
MEASURED = {"measured_measure-7-1": "2.41"}
DUE = (TODAY + timedelta(days=20)).date().isoformat()


def status() -> str:
    return str(models.Task.objects.values_list("status", flat=True).get(address=NO))


def gates(client: Client, answer: object) -> list[str]:
    return [line.unmet.gate for line in client.get(answer.url).context["gates"]]  # type: ignore[attr-defined]


def test_no_opinion_is_filled_in_beforehand(as_: SignIn) -> None:
    office.works("apply")
    client = as_("cityeco-1")
    empty = send(client, ACCEPT, holding="text", **GROUP, **MEASURED, leader="person-cityeco-1", pledged="on")
    wrong = {error.target for error in empty.context["errors"]}
    assert (empty.status_code, status()) == (422, "claimed_done")
    assert {f"id_reason_measure-7-{n}" for n in (1, 2, 3)} <= wrong


def test_a_measure_undone_forbids_the_acceptance_and_goes_into_the_letter_with_the_dissent(as_: SignIn) -> None:
    office.works("apply")
    client = as_("cityeco-1")
    undone = {"verdict_measure-7-1": "not_done", "reason_measure-7-1": "末端两百米没有通水。"}
    dissent = {"dissent_by_1": "person-cityeco-2", "dissent_1": "末端不影响整体效果，可以通过。"}
    answer = send(client, ACCEPT, holding="text", **GROUP, **MEASURED, **{**OPINIONS, **undone}, **dissent, pledged="on")
    assert (gates(client, answer), status()) == (["no_measure_undone"], "claimed_done")

    fields = form_of(client, RETURN, holding="reason")
    assert fields["lacks_measure-7-1"] == ["末端两百米没有通水。"]
    send(client, RETURN, holding="reason", reason="第一项没有完成。", due=DUE, **{"todo_measure-7-1": "末端通水，补实测。"})
    letter = models.Record.objects.get(type="return").thing()
    assert (status(), letter.end) == ("in_progress", DUE)
    assert [(one.measure, one.verdict, one.todo) for one in letter.opinions] == [
        ("measure-7-1", "not_done", "末端通水，补实测。"),
        ("measure-7-2", "done", None),
        ("measure-7-3", "done", None),
    ]
    assert [(one.person, one.text) for one in letter.dissents] == [("person-cityeco-2", "末端不影响整体效果，可以通过。")]

    page = words_in(as_("housing-1").get(f"/desk/t/{NO}/letter/{letter.id}"))
    assert all(words in page for words in ("末端两百米没有通水。", "末端通水，补实测。", "末端不影响整体效果，可以通过。"))
    paper = as_("housing-1").get(f"/desk/t/{NO}/letter/{letter.id}.pdf")
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    again = words_in(as_("housing-1").get(f"/desk/t/{NO}/apply"))
    assert "上次退回时的要求" in again
    assert "没有新的记录" in again


def test_a_letter_that_names_no_measure_is_not_sent(as_: SignIn) -> None:
    office.works("apply")
    answer = send(as_("cityeco-1"), RETURN, holding="reason", reason="再想想。", due=DUE)
    assert (answer.status_code, status()) == (422, "claimed_done")
    assert "至少对一项措施写明缺什么、要做到什么。" in words_in(answer)


def test_what_has_come_since_the_return_stands_beside_what_was_asked(as_: SignIn) -> None:
    office.works("apply")
    client = as_("cityeco-1")
    send(
        client, RETURN, holding="reason", reason="缺实测。", due=DUE, **{"lacks_measure-7-1": "没有实测。", "todo_measure-7-1": "补实测。"}
    )
    row = {"type": "enforcement", "date": "2026-03-03", "title": "末端实测", "org": "org-housing", "measures": ["measure-7-1"]}
    letter = models.Record.objects.get(type="return")
    models.Record.objects.filter(pk=letter.pk).update(recorded_at=TODAY - timedelta(days=1))
    send(as_("housing-1"), f"/desk/t/{NO}/register", holding="date", **row)
    asked = as_("housing-1").get(f"/desk/t/{NO}/apply").context["asked_before"].asked
    assert [(one.todo, ["末端实测" in link.words for link in one.since]) for one in asked] == [("补实测。", [True])]


def test_an_open_question_holds_the_acceptance_until_the_unit_has_answered_with_evidence(as_: SignIn) -> None:
    office.works("apply")
    client, unit = as_("cityeco-1"), as_("housing-1")
    send(client, ASK, holding="about", about="measure-7-1", text="干管末端在哪里？", due=DUE)
    question = models.Record.objects.get(type="question")
    held = send(client, ACCEPT, holding="text", **GROUP, **MEASURED, **OPINIONS, pledged="on")
    assert (gates(client, held), status()) == (["questions_answered"], "claimed_done")

    assert "答复 1 项质询" in words_in(unit.get("/desk/"))
    bare = send(unit, f"{ASK}/{question.pk}", holding="text", text="在石桥。")
    assert (bare.status_code, models.Record.objects.filter(type="reply").count()) == (422, 0)
    said = send(unit, f"{ASK}/{question.pk}", holding="text", text="在石桥，见施工日志。", evidence=["rec-works"])
    assert said.status_code == 302, [str(e) for e in said.context["errors"]]
    reply = models.Record.objects.get(type="reply").thing()
    assert (reply.of, reply.evidence, reply.org) == (question.pk, ("rec-works",), "org-housing")
    screening.screen_due()
    taken = send(client, ACCEPT, holding="text", **GROUP, **MEASURED, **OPINIONS, pledged="on")
    assert taken.url == f"/desk/t/{NO}", gates(client, taken)
    assert status() == "accepted"


def test_only_whoever_judges_next_asks_and_only_the_unit_answers(as_: SignIn) -> None:
    office.works("apply")
    for person in ("housing-1", "cityoffice-1"):
        assert not as_(person).get(ASK).context["may_ask"]
    send(as_("cityeco-1"), ASK, holding="about", about="measure-7-1", text="在哪里？", due=DUE)
    question = models.Record.objects.get(type="question")
    assert not as_("cityeco-1").get(f"{ASK}/{question.pk}").context["may"]


def test_a_dissent_is_printed_with_the_opinion(as_: SignIn) -> None:
    office.works("apply")
    dissent = {"dissent_by_1": "person-cityeco-2", "dissent_1": "第二项只看了登记。"}
    send(as_("cityeco-1"), ACCEPT, holding="text", **GROUP, **MEASURED, **OPINIONS, **dissent, pledged="on")
    record = models.Record.objects.get(type="acceptance")
    page = words_in(as_("cityoffice-1").get(f"/desk/t/{NO}/r/{record.pk}"))
    assert "何佳宁：第二项只看了登记。" in page
    assert "组长" in page
    paper = as_("cityoffice-1").get(f"/desk/t/{NO}/opinion/{record.pk}.pdf")
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    review = words_in(as_("cityoffice-1").get(f"/desk/review/{NO}/acceptance"))
    assert "何佳宁不同意：第二项只看了登记。" in review


def test_one_visit_day_for_several_tasks_leaves_every_opinion_to_be_written(as_: SignIn) -> None:
    office.works("apply")
    client = as_("cityeco-1")
    chosen = {"people": ["person-cityeco-1", "person-cityeco-2"], "leader": "person-cityeco-1"}
    answer = send(client, "/desk/visits", holding="text", tasks=["task-7"], date="2026-03-04", **chosen)
    visit = models.Record.objects.get(type="arrangement").thing()
    assert (answer.url, visit.date, visit.tasks) == (f"/desk/visits/{visit.id}", "2026-03-04", ("task-7",))
    assert (status(), "还没有意见" in words_in(client.get(answer.url))) == ("claimed_done", True)
    fields = form_of(client, ACCEPT, holding="text")
    assert (fields["people"], fields["leader"], fields["date"]) == (chosen["people"], ["person-cityeco-1"], ["2026-03-04"])
    assert not any(name.startswith("verdict_") for name in fields)
    assert as_("housing-1").get("/desk/visits").context["may"] is False
