"""The result report of a list: filed in versions, sent round, signed, and asked for again where it has changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import send, words_in
from xiaohao.acts import due, list_reports, posts
from xiaohao.documents.report_text import changed_lines
from xiaohao.dossier.posts import Post, Term
from xiaohao.kernel.refused import Refused
from xiaohao.records import models
from xiaohao.records.fsck import faults
from xiaohao.records.to_dossier import content_store

SignIn = Callable[[str], Client]
PAGE = "/desk/reports/qh2025a"


@pytest.fixture
def task(staff: None) -> models.Task:
    return office.works("start")


@pytest.fixture
def clerk(as_: SignIn, task: models.Task) -> Client:
    return as_("county-clerk")


def file(client: Client, **typed: object) -> HttpResponse:
    return client.post(PAGE, {"do": "file", "key": office.key("file", len(typed), models.ListReport.objects.count()), **typed})


def sent(client: Client, *units: str, **more: object) -> str:
    """Where the sheet lies, sent to these units."""
    typed = {f"unit_{n}": unit for n, unit in enumerate(units, 1)}
    key = office.key("send", *units, models.Record.objects.count())
    answer = client.post(PAGE, {"do": "send", "key": key, "due": "2026-03-06", **typed, **more})
    assert answer.status_code == 302, answer.context["sending"].errors
    return f"/desk/countersigns/{models.Record.objects.filter(type='countersign').latest('recorded_at', 'pk').pk}"


def sign(client: Client, sheet: str, **more: Any) -> HttpResponse:
    return send(client, sheet, holding="text", **({"sign": "1"} | more))


def moved_on(task: models.Task) -> None:
    """Something that the report tells has changed."""
    office.works("apply")
    models.Record.objects.filter(type="countersign").update(recorded_at=TODAY.replace(hour=1))


def states(page: HttpResponse) -> list[str]:
    return [line.state for line in page.context["panels"][0].lines]


def test_a_report_is_filed_once_as_it_stands_with_its_word_file(clerk: Client) -> None:
    assert file(clerk).status_code == 302
    row = models.ListReport.objects.get()
    assert (row.version, row.org_id, row.title) == (
        1,
        models.Account.objects.get(username="county-clerk").person.org_id,
        row.list.name + "整改落实情况报告",
    )
    word = clerk.get(f"{PAGE}/{row.pk}.docx")
    assert word.content == content_store().get(row.sha256)
    cells = [cell.text for table in docx.Document(io.BytesIO(word.content)).tables for line in table.rows for cell in line.cells]
    assert "清沅河氨氮超标" in "".join(cells)
    assert "第7项　清沅河氨氮超标　责任单位：" in row.more["text"]
    entry = models.JournalEntry.objects.get(step="file_report")
    assert (f"日志第 {entry.index} 号" in words_in(clerk.get(PAGE)), entry.task_id) == (True, None)
    again = file(clerk, reason="再来一次")
    assert (again.status_code, "没有变化" in words_in(again), models.ListReport.objects.count()) == (422, True, 1)
    assert [one for one in faults() if one.kind != "tile"] == []


def test_a_further_version_says_why(clerk: Client, task: models.Task) -> None:
    file(clerk)
    moved_on(task)
    page = file(clerk, reason="")
    assert (page.status_code, list(page.context["filing"].errors)) == (422, ["reason"])
    assert file(clerk, reason="第 7 项已申请验收").status_code == 302
    assert models.ListReport.objects.filter(version=2).get().more["reason"] == "第 7 项已申请验收"


def test_units_sign_the_version_that_was_sent_and_see_the_sheet_only(as_: SignIn, clerk: Client) -> None:
    file(clerk)
    sheet, park = sent(clerk, "org-park", "org-housing"), as_("park-head")
    assert [one.about for one, _late in park.get("/desk/").context["to_countersign"]] == [models.TaskList.objects.get(code="qh2025a").name]
    assert (park.get(PAGE).status_code, park.get(f"{PAGE}/{models.ListReport.objects.get().pk}.docx").status_code) == (404, 404)
    assert (as_("countydesk-1").get(sheet).status_code, as_("magistrate").get(sheet).status_code) == (404, 200)
    assert "清沅河氨氮超标" in words_in(park.get(sheet))
    assert sign(as_("park-1"), sheet).status_code == 422  # not a head
    assert sign(park, sheet, text="同意。").status_code == 302
    assert park.get(sheet).context["may"] is False
    with pytest.raises(Refused, match="已经签过"):
        list_reports.answer_report(
            by=office.actor("park-head"), at=TODAY, key=office.key("twice"), sheet=sheet.split("/")[-1], unit="org-park", passed=True
        )
    assert sign(as_("housing-head"), sheet).status_code == 302
    page = clerk.get(PAGE)
    assert [line.state for line in page.context["chains"][0].panels[0].lines] == ["signed", "signed"]
    assert {entry.step for entry in models.JournalEntry.objects.filter(task_id=None)} >= {"file_report", "send_countersign", "countersign"}
    paper = clerk.get(f"{sheet}/sheet.pdf")
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    assert [one for one in faults() if one.kind != "tile"] == []


def test_what_has_changed_is_asked_for_again_and_shown(as_: SignIn, clerk: Client, task: models.Task) -> None:
    file(clerk)
    first, park = sent(clerk, "org-park"), as_("park-head")
    sign(park, first)
    moved_on(task)
    file(clerk, reason="第 7 项已申请验收")
    assert park.get(first).context["may"] is False  # the old words are not asked for any more
    second = sent(clerk, "org-park", "org-housing")
    page = park.get(second)
    assert (states(page), page.context["may"]) == (["to_sign", "to_sign"], True)
    changed = [(mark, line[:3]) for mark, line in page.context["changes"]]
    assert {("del", "第7项"), ("ins", "第7项")} <= set(changed)
    assert as_("housing-head").get(second).context["changes"] == ()
    assert "您单位签过以后改了的" in words_in(page)
    assert sign(park, second).status_code == 302


def test_the_same_version_for_one_unit_more_need_not_be_signed_again(as_: SignIn, clerk: Client) -> None:
    file(clerk)
    sign(as_("park-head"), sent(clerk, "org-park"))
    models.Record.objects.filter(type__startswith="countersign").update(recorded_at=TODAY.replace(hour=1))
    assert states(clerk.get(sent(clerk, "org-park", "org-housing"))) == ["signed", "to_sign"]


def test_one_sends_it_back_and_nobody_signs_until_it_goes_round_anew(as_: SignIn, clerk: Client) -> None:
    file(clerk)
    sheet, park = sent(clerk, "org-park", "org-housing", in_order="on"), as_("park-head")
    assert as_("housing-head").get(sheet).context["may"] is False
    assert sign(park, sheet, sign="", **{"return": "1"}).status_code == 422
    assert send(park, sheet, holding="text", **{"return": "1"}, text="第7项的数字不对。").status_code == 302
    assert as_("housing-head").get(sheet).context["may"] is False
    assert "第7项的数字不对。" in words_in(clerk.get(PAGE))
    assert models.Message.objects.filter(kind="countersign_returned", person="person-county-clerk").exists()
    models.Record.objects.filter(type__startswith="countersign").update(recorded_at=TODAY.replace(hour=1))
    assert states(clerk.get(sent(clerk, "org-park"))) == ["to_sign"]


def test_on_paper_it_is_entered_by_the_unit_with_its_scan(as_: SignIn, clerk: Client) -> None:
    recorded = "2026-03-03T09:00:00+08:00"
    post = Post(id="post-p", org="org-park", title="主任", head="government", roles=("head",))
    posts.enter_posts(
        [post], [Term(id="term-p", post="post-p", person="person-park-head", start="2025-01-01", recorded_at=recorded)], at=TODAY
    )
    file(clerk)
    sheet = sent(clerk, "org-park")
    scan = SimpleUploadedFile("签字页.txt", "签字页".encode())
    typed = {"on_paper": "on", "signed_by": "person-park-head", "signed_on": "2026-03-02", "scan": scan}
    assert sign(as_("park-1"), sheet, **typed).status_code == 302
    said = models.Record.objects.get(type="countersigned").thing()
    assert (said.on_paper, said.people, said.post) == (True, ("person-park-head",), "主任")
    assert models.JournalEntry.objects.filter(step="countersign").count() == 1
    assert [one for one in faults() if one.kind != "tile"] == []


def test_taken_back_it_is_signed_by_nobody(as_: SignIn, clerk: Client) -> None:
    file(clerk)
    sheet = sent(clerk, "org-park")
    assert send(as_("park-head"), sheet, holding="text", withdraw="1", reason="试试").status_code == 422
    assert send(clerk, sheet, holding="withdraw", reason="送错了").status_code == 302
    assert as_("park-head").get(sheet).context["may"] is False
    assert clerk.get(PAGE).context["chains"][0].panels == ()


def test_others_file_and_send_nothing(as_: SignIn, clerk: Client) -> None:
    assert as_("housing-1").post(PAGE, {"do": "file", "key": office.key("x")}).status_code == 403
    assert as_("park-1").get(PAGE).status_code == 404
    file(clerk)
    wrong = clerk.post(PAGE, {"do": "send", "key": office.key("s"), "due": "2026-03-02", "unit_1": ""})
    assert (wrong.status_code, set(wrong.context["sending"].errors)) == (422, {"due", "unit_1"})
    other = as_("city-clerk")  # reads it, and files a report of its own
    assert other.get(PAGE).context["newest"] is None
    assert models.Record.objects.filter(type="countersign").count() == 0


def test_overdue_its_heads_and_its_office_are_told_once(as_: SignIn, clerk: Client) -> None:
    file(clerk)
    sent(clerk, "org-park")
    row = models.Record.objects.get(type="countersign")
    models.Record.objects.filter(pk=row.pk).update(more=row.more | {"end": "2026-03-02"})
    due.remind_of_days(TODAY)
    due.remind_of_days(TODAY)
    assert models.Message.objects.filter(kind="countersign_overdue", person="person-park-head").count() == 1
    assert models.Message.objects.filter(kind="countersign_overdue", person="person-county-clerk").count() == 1


def test_a_lost_word_file_is_a_fault(clerk: Client) -> None:
    file(clerk)
    models.ListReport.objects.update(sha256="0" * 64)
    assert "file" in {one.kind for one in faults()}


def test_lines_that_only_one_text_has() -> None:
    assert changed_lines("一\n二\n三", "一\n贰\n三\n四") == (("del", "二"), ("ins", "贰"), ("ins", "四"))
    assert changed_lines("一", "一") == ()
