"""An office's own sheet goes in: looked at first, ready rows at once, doubtful ones stay out, and the same sheet again changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.documents.rows.test_rows import petitions as petition_sheet
from tests.web.desk import office
from tests.web.desk.pages import words_in
from xiaohao.records import models
from xiaohao.records.fsck import faults
from xiaohao.web.desk.forms.keyed import fresh_key

SignIn = Callable[[str], Client]
ROWS = "日期,会议名称,参会人员,纪要文号,措施序号\n" + "".join(
    f"2025-05-{day:02},会议{day},李岚、外来人,青建纪〔2025〕{day}号,1\n" for day in range(1, 29)
)


def look(client: Client, page: str, content: bytes, name: str, **typed: Any) -> Any:
    return client.post(page, {"key": fresh_key(), "sheet": SimpleUploadedFile(name, content), **typed})


def confirm(client: Client, page: str, looked: Any, **typed: Any) -> Any:
    held = re.search(r'name="held" value="([^"]+)"', looked.content.decode())
    assert held
    return client.post(page, {"key": fresh_key(), "held": held[1], "confirmed": "1", **typed})


def test_a_table_of_petitions_goes_in_once_and_never_who_complained(as_: SignIn) -> None:
    client, page, typed = as_("county-clerk"), "/desk/petitions/import", {"org": "org-housing"}
    looked = look(client, page, petition_sheet(), "转办件.xlsx", **typed)
    assert (looked.context["ready_count"], looked.context["wrong_count"]) == (2, 1)
    assert models.Petition.objects.count() == 0
    assert "举报人、联系电话" in words_in(looked)
    assert "贺兰亭" not in looked.content.decode()
    done = confirm(client, page, looked, **typed)
    assert done["Location"] == "/desk/petitions"
    assert sorted(models.Petition.objects.values_list("number", "status")) == [
        ("D3SX202505280018", "done"),
        ("X3SX202506010011", "stage_done"),
    ]
    again = look(client, page, petition_sheet(), "转办件.xlsx", **typed)
    assert (again.context["ready_count"], again.context["known_count"]) == (0, 2)
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_rows_of_a_register_go_in_with_people_papers_and_measures(as_: SignIn) -> None:
    office.works("start")
    client, page, typed = as_("housing-1"), "/desk/t/qh2025a-7/register/import", {"type": "meeting", "org": "org-housing"}
    looked = look(client, page, ROWS.encode(), "会议.csv", **typed)
    assert looked.context["ready_count"] == 28
    assert confirm(client, page, looked, **typed).status_code == 302
    rows = [row.thing() for row in models.Record.objects.filter(type="meeting")]
    assert len(rows) == 28
    assert {row.measures for row in rows} == {("measure-7-1",)}
    assert {row.text for row in rows} == {"参加人员：外来人"} or {row.text for row in rows} == {"参加人员：李岚、外来人"}
    assert models.Document.objects.filter(number__startswith="青建纪").count() == 28
    again = look(client, page, ROWS.encode(), "会议.csv", **typed)
    assert (again.context["ready_count"], again.context["known_count"]) == (0, 28)
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_a_hundred_rows_are_one_act_of_the_journal(as_: SignIn) -> None:
    office.works("start")
    client, page, typed = as_("housing-1"), "/desk/t/qh2025a-7/register/import", {"type": "enforcement", "org": "org-housing"}
    content = ("检查日期,检查事项\n" + "".join(f"2025-{n % 12 + 1:02}-{n % 28 + 1:02},检查{n}\n" for n in range(100))).encode()
    before = models.JournalEntry.objects.count()
    confirm(client, page, look(client, page, content, "执法.csv", **typed), **typed)
    assert models.Record.objects.filter(type="enforcement").count() >= 100
    assert models.JournalEntry.objects.count() == before + 1


def test_what_is_no_table_gets_a_sentence(as_: SignIn) -> None:
    client = as_("county-clerk")
    answer = look(client, "/desk/petitions/import", b"\x00\x01\x02", "x.xlsx", org="org-housing")
    assert answer.status_code == 422
    assert client.post("/desk/petitions/import", {"key": fresh_key(), "org": "org-housing"}).status_code == 422
    changed = client.post("/desk/petitions/import", {"key": fresh_key(), "org": "org-housing", "held": "forged:1:x", "confirmed": "1"})
    assert "表格已经不在" in words_in(changed)
