"""Forms of a case for whoever may read it, the result report of a list, and an office's own templates, each version in the journal."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import words_in
from xiaohao.acts import accounts
from xiaohao.acts.publishing import publish_journal
from xiaohao.documents.forms.kinds import CASE_FORMS, FORMS
from xiaohao.kernel.roles import Role
from xiaohao.records import models
from xiaohao.records.form_templates import shipped
from xiaohao.records.fsck import faults

SignIn = Callable[[str], Client]


@pytest.fixture
def task(staff: None) -> models.Task:
    return office.works("publish")


@pytest.fixture
def admin(as_: SignIn) -> Client:
    accounts.open_account(username="cityinfo-1", person="person-cityinfo-1", roles=(Role.SYSTEM_ADMIN,), password=office.PASSWORD)
    return as_("cityinfo-1")


def text_of(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def own_template(*lines: str, name: str = "本县样式.docx") -> SimpleUploadedFile:
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    held = io.BytesIO()
    paper.save(held)
    return SimpleUploadedFile(name, held.getvalue())


def put(client: Client, form: str, file: SimpleUploadedFile, key: str = "k") -> Any:
    return client.post(f"/desk/forms/{form}", {"key": office.key(key), "file": file})


def test_every_form_of_a_case_comes_out_as_word_and_as_pdf(as_: SignIn, task: models.Task) -> None:
    publish_journal()
    clerk = as_("county-clerk")
    page = words_in(clerk.get(f"/desk/t/{task.address}/forms"))
    for form in CASE_FORMS:
        assert (form.title in page) is (form.name != "assessment")  # this place has none
        word = clerk.get(f"/desk/t/{task.address}/forms/{form.name}.docx")
        assert (word.status_code, word.headers["Cache-Control"]) == (200, "no-store")
        assert task.title in text_of(word.content)
        assert clerk.get(f"/desk/t/{task.address}/forms/{form.name}.pdf").content.startswith(b"%PDF")


def test_the_notice_on_word_is_the_published_one_with_its_place_in_the_journal(as_: SignIn, task: models.Task) -> None:
    publish_journal()
    text = text_of(as_("county-clerk").get(f"/desk/t/{task.address}/forms/notice.docx").content)
    entry = models.JournalEntry.objects.get(task=task, step="publish")
    assert "青整改公示〔2025〕7号" in text
    assert f"第 {entry.index} 号；检查点" in text
    assert "/n/qh2025a-7-1" in text


def test_a_form_about_a_row_takes_that_row_and_no_other(as_: SignIn, task: models.Task) -> None:
    clerk = as_("county-clerk")
    accepted = models.Record.objects.get(type="acceptance", on_tasks=task)
    address = f"/desk/t/{task.address}/forms/acceptance.docx"
    assert (accepted.thing().text or "") in text_of(clerk.get(f"{address}?of={accepted.pk}").content)
    other = models.Record.objects.filter(on_tasks=task).exclude(type="acceptance").first()
    assert other is not None
    assert clerk.get(f"{address}?of={other.pk}").status_code == 404
    assert clerk.get(f"/desk/t/{task.address}/forms/nothing.docx").status_code == 404


def test_a_unit_beside_gets_no_form_and_no_report_of_it(as_: SignIn, task: models.Task) -> None:
    beside = as_("park-1")
    for page in ("forms", "forms/plan.docx", "forms/plan.pdf"):
        assert beside.get(f"/desk/t/{task.address}/{page}").status_code == 404
    assert beside.get("/desk/reports/qh2025a.docx").status_code == 404
    assert beside.get("/desk/reports/qh2025a.pdf").status_code == 404
    assert "整改落实情况报告（" not in words_in(beside.get("/desk/forms"))


def test_the_result_report_holds_the_tasks_that_the_reader_may_see(as_: SignIn, task: models.Task) -> None:
    office.duty("start")
    clerk = as_("county-clerk")
    text = text_of(clerk.get("/desk/reports/qh2025a.docx").content)
    assert "任务共2项：已销号0项，公示中1项" in text
    own = text_of(as_("housing-1").get("/desk/reports/qh2025a.docx").content)
    assert "任务共1项：" in own
    assert clerk.get("/desk/reports/qh2025a.pdf").content.startswith(b"%PDF")
    assert "/desk/reports/qh2025a.docx" in clerk.get("/desk/forms").content.decode()


def test_an_office_puts_its_own_template_in_and_goes_back(as_: SignIn, admin: Client, task: models.Task) -> None:
    clerk = as_("county-clerk")
    assert put(admin, "filing", own_template("本县样式：{{任务名称}}，{{销号单位}}")).status_code == 302
    address = f"/desk/t/{task.address}/forms/filing.docx"
    assert text_of(clerk.get(address).content).startswith(f"本县样式：{task.title}，")
    kept = models.FormTemplate.objects.get(form="filing")
    assert (kept.version, kept.person_id, kept.recorded_at) == (1, "person-cityinfo-1", TODAY)
    entry = models.JournalEntry.objects.get(step="put_template")
    page = words_in(admin.get("/desk/forms/filing"))
    assert "本县样式.docx" in page
    assert str(entry.index) in page
    assert clerk.get("/desk/forms/filing.docx").content != shipped("filing")

    assert put(admin, "filing", own_template("再改：{{任务名称}}"), key="k2").status_code == 302
    assert put(admin, "filing", own_template("再改：{{任务名称}}"), key="k2").status_code == 302  # sent twice
    assert models.FormTemplate.objects.filter(form="filing").count() == 2
    assert admin.post("/desk/forms/filing", {"key": office.key("k3"), "do": "shipped"}).status_code == 302
    assert clerk.get("/desk/forms/filing.docx").content == shipped("filing")
    assert [fault for fault in faults() if fault.kind in ("row", "file")] == []


def test_a_lost_template_is_a_fault_that_is_found(admin: Client, task: models.Task) -> None:
    put(admin, "filing", own_template("{{任务名称}}"))
    models.FormTemplate.objects.update(sha256="0" * 64)
    assert [fault.where for fault in faults() if fault.kind == "file"] == ["template-filing-1"]


def test_a_wrong_template_comes_back_with_every_wrong_placeholder_beside_the_field(admin: Client, task: models.Task) -> None:
    sent = put(admin, "plan", own_template("{{整改单位}}和{{责任人电话}}"))
    assert sent.status_code == 422
    page = words_in(sent)
    assert "不认识占位符“整改单位”" in page
    assert "不认识占位符“责任人电话”" in page
    assert put(admin, "plan", SimpleUploadedFile("a.pdf", b"%PDF-1.4 nothing")).status_code == 422
    assert admin.post("/desk/forms/plan", {"key": office.key("n")}).status_code == 422
    assert not models.FormTemplate.objects.exists()


def test_nobody_else_replaces_a_template_and_all_see_the_placeholders(as_: SignIn, task: models.Task) -> None:
    clerk = as_("county-clerk")
    assert put(clerk, "plan", own_template("{{任务名称}}")).status_code == 403
    page = words_in(clerk.get("/desk/forms/plan"))
    assert "{{任务名称}}" in page
    assert "{{行.责任单位}}" in page
    assert clerk.get("/desk/forms/nothing").status_code == 404
    assert [FORMS[name].title in words_in(clerk.get("/desk/forms")) for name in FORMS] == [True] * len(FORMS)


def test_the_whole_case_is_one_pdf_for_whoever_may_read_it(as_: SignIn, task: models.Task) -> None:
    publish_journal()
    address = f"/desk/t/{task.address}/file.pdf"
    answer = as_("county-clerk").get(address)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    text = "".join("".join(pages).split())
    assert answer.headers["Cache-Control"] == "no-store"
    assert "十三、办理过程" in text
    entries = models.JournalEntry.objects.filter(task=task)
    assert [entry.index for entry in entries if str(entry.index) not in text] == []
    assert as_("park-1").get(address).status_code == 404
