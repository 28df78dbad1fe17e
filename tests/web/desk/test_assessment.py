"""The region's closing assessment: a step of its own, drawn rows first, every item with its reason, and a paper of it."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Callable

import docx
import openpyxl
import pytest
from django.conf import settings
from django.test import Client

from tests.acts.walking import make_task
from tests.cases import REGION_ROUTE
from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import form_of, send, words_in
from xiaohao.acts import accounts, worker
from xiaohao.kernel.roles import Role
from xiaohao.records import models
from xiaohao.records.sessions import PROVED

SignIn = Callable[[str], Client]
NO = "qh2025a-7"
PAGE, SAMPLE, TASK = f"/desk/assess/{NO}", f"/desk/t/{NO}/sample", f"/desk/t/{NO}"


@pytest.fixture
def assessor(db: None) -> Client:
    """The province's assessor before a task that the city has reviewed."""
    shutil.rmtree(settings.JOURNAL_HOME, ignore_errors=True)  # the log of the test before this one
    make_task("reviewed", route=REGION_ROUTE)
    account = accounts.open_account(username="a", person="person-provinceoffice-1", roles=(Role.ASSESSOR,), password=None)
    client = Client()
    client.force_login(account)
    session = client.session
    session[PROVED] = time.time()  # as after signing in a moment ago: papers with names ask for it
    session.save()
    return client


def drawn(client: Client) -> None:
    send(client, SAMPLE)
    worker.tick(TODAY)


def filled(client: Client, **typed: str) -> dict[str, object]:
    """Every item and every drawn row called met, each with a reason of its own."""
    form = client.get(PAGE).context["form"]
    answers: dict[str, object] = {"people": ["person-provinceoffice-1"], "method": "site_and_paper", "text": "逐项合格，同意公示。"}
    for name in form.fields:
        if name.startswith("verdict_"):
            answers |= {name: "met", name.replace("verdict_", "reason_"): f"看过{name[8:]}的原件。"}
    return {**answers, **typed}


def test_the_task_waits_for_the_assessor_and_nobody_else_publishes_before(assessor: Client) -> None:
    assert NO in assessor.get("/desk/").content.decode()
    assert "逐项评估" in words_in(assessor.get("/desk/"))
    assert models.Task.objects.get().status == "reviewed"


def test_without_a_draw_it_is_refused_and_what_was_typed_is_kept(assessor: Client) -> None:
    page = send(assessor, PAGE, **filled(assessor))
    assert page.status_code == 302
    assert models.Refusal.objects.get().unmet[0]["gate"] == "assessment_sampled"
    assert form_of(assessor, PAGE, holding="text")["text"] == ["逐项合格，同意公示。"]


def test_every_item_and_every_drawn_row_is_judged_and_the_task_is_assessed(assessor: Client) -> None:
    drawn(assessor)
    shown = assessor.get(PAGE).context["drawn"]
    send(assessor, PAGE, **filled(assessor))
    record = models.Record.objects.get(type="closing_assessment").thing()
    assert models.Task.objects.get().status == "assessed"
    assert [one.row for one in record.assessed if one.row] == list(record.samples) == [one.controls.row for one in shown]
    assert len(record.samples) > 1
    page = assessor.get(f"{TASK}/r/{record.id}")
    assert ("整改目标达到并保持" in words_in(page), "现场与资料评估" in words_in(page)) == (True, True)
    assert len(page.context["record"].judged) == 5 + len(record.samples)
    assert assessor.get(f"{TASK}/forms/assessment.pdf?of={record.id}").content.startswith(b"%PDF")


def test_what_is_left_out_is_named_beside_its_field(assessor: Client) -> None:
    drawn(assessor)
    typed = filled(assessor)
    del typed["verdict_2"]
    page = send(assessor, PAGE, **typed)
    assert page.status_code == 422
    assert "请对“整改措施逐项落实”作出结论。" in words_in(page)


def test_an_item_that_is_not_met_leaves_the_letter_which_begins_with_it(assessor: Client) -> None:
    drawn(assessor)
    send(assessor, PAGE, **filled(assessor, verdict_4="not_met", reason_4="走访的住户说仍有臭味。"))
    assert models.Refusal.objects.get().unmet[0]["gate"] == "assessment_passed"
    letter = form_of(assessor, f"{TASK}/return", holding="reason")
    assert letter["reason"] == ["周边群众认可：走访的住户说仍有臭味。"]
    measure = {"lacks_measure-7-1": "干管有两处渗漏。", "todo_measure-7-1": "修复后通水。"}
    send(assessor, f"{TASK}/return", holding="reason", **measure)
    assert models.Task.objects.get().status == "in_progress"


def test_the_public_page_shows_the_stage_and_the_unit(assessor: Client) -> None:
    page = words_in(Client().get(f"/t/{NO}"))
    assert ("评估单位" in page, "东陆省督察整改工作领导小组办公室" in page) == (True, True)


def test_a_task_of_another_rulebook_has_no_assessment(staff: None, as_: SignIn) -> None:
    office.works("review")
    assert "没有销号评估" in words_in(as_("cityoffice-1").get(PAGE))


def _list(client: Client) -> dict[str, str]:
    """The list's ledger as it goes out: what stands in the row of the task, by header."""
    book = openpyxl.load_workbook(io.BytesIO(client.get("/desk/export/qh2025a.xlsx").content)).worksheets[0]
    headers, row = ([str(cell.value or "") for cell in cells] for cells in book.iter_rows(min_row=2, max_row=3))
    return dict(zip(headers, row, strict=True))


def test_the_ledger_of_the_list_says_who_assessed_and_when(assessor: Client) -> None:
    assert {name: _list(assessor)[name] for name in ("评估单位", "销号评估时间", "销号评估结论")} == {
        "评估单位": "东陆省督察整改工作领导小组办公室",
        "销号评估时间": "",
        "销号评估结论": "",
    }
    drawn(assessor)
    send(assessor, PAGE, **filled(assessor))
    record = models.Record.objects.get(type="closing_assessment")
    assert (_list(assessor)["销号评估时间"], _list(assessor)["销号评估结论"]) == (record.date, "通过")


def test_the_ledger_of_a_list_without_assessment_has_no_column_for_it(staff: None, as_: SignIn) -> None:
    office.works("review")
    assert [name for name in _list(as_("cityoffice-1")) if "评估" in name] == []


def test_the_papers_of_a_task_have_the_assessment_where_the_place_has_one(assessor: Client) -> None:
    assert "销号评估意见" in words_in(assessor.get(f"{TASK}/forms"))
    paper = docx.Document(io.BytesIO(assessor.get(f"{TASK}/forms/application.docx").content))
    labels = [row.cells[0].text for row in paper.tables[0].rows]
    assert labels[labels.index("审核意见") + 1] == "评估意见"


def test_the_papers_of_another_route_have_no_line_for_it(staff: None, as_: SignIn) -> None:
    office.works("review")
    client = as_("cityoffice-1")
    assert "评估" not in words_in(client.get(f"{TASK}/forms"))
    paper = docx.Document(io.BytesIO(client.get(f"{TASK}/forms/application.docx").content))
    assert [row.cells[0].text for row in paper.tables[0].rows if "评估" in row.cells[0].text] == []


def test_the_public_page_of_another_route_says_nothing_of_it(staff: None) -> None:
    office.works("publish")
    assert "评估" not in words_in(Client().get(f"/t/{NO}"))
