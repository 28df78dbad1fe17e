"""The import screen without a script: upload, put right, import, undo, bring again; and the same ledger back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import ORGS
from tests.documents.ledger.sheets import county, plain
from tests.web.desk.pages import words_in
from xiaohao.acts import ledgers, worker
from xiaohao.records import models
from xiaohao.web.desk.forms.keyed import fresh_key

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
OWNER, OWNER_ID = ORGS[-1].name, ORGS[-1].id
ORG_NAMES = {org.id: org.name for org in ORGS}
HEADERS = ("序号", "反馈问题", "整改措施", "责任单位", "整改时限", "完成情况", "销号时间")
ROWS = (
    ("41", "渣土露天堆放", "1.覆盖；2.清运", OWNER, "2025年12月底前", "已完成", ""),
    ("42", "管网混接", "改造", "某某办", "长期坚持", "推进中", ""),
    ("43", "垃圾堆放", "清理", OWNER, "13月底前", "推进中", ""),
    ("44", "旧账一笔", "", OWNER, "2023年底", "已销号", "2023-11-20"),
)


def _upload(client: Client, content: bytes, name: str = "措施清单.xlsx") -> object:
    typed = {"key": fresh_key(), "file": SimpleUploadedFile(name, content), "list": "list-1", "lead": "org-county", "year": "2025"}
    return client.post("/desk/import", typed)


def _begun(client: Client, *rows: tuple[str, ...]) -> str:
    return str(_upload(client, plain(*(rows or ROWS), headers=HEADERS)).url)  # type: ignore[attr-defined]


def _import(client: Client, address: str, **more: object) -> object:
    return client.post(address, {"do": "import", "key": fresh_key(), **more})


def test_the_sheet_stands_there_with_meanings_counts_and_errors_by_cell(as_: SignIn) -> None:
    client = as_("county-clerk")
    page = client.get(_begun(client))
    words = words_in(page)
    assert [(name, number) for name, number, *_ in page.context["counts"]] == [("ready", 2), ("fix", 2)]
    assert "没有 13 月" in words
    assert "2025-12-31" in words
    assert "导入 2 项，2 项留下待改" in words
    assert [name for _, name, _ in page.context["unknown"]] == ["某某办"]


def test_what_is_put_right_is_read_again_and_remembered_for_the_next_ledger(as_: SignIn) -> None:
    client = as_("county-clerk")
    address = _begun(client)
    client.post(address, {"do": "read", "fE4": "2025-12-31", "u0": ORGS[-1].id, "m6": "kept"})
    page = client.get(address)
    assert {name: number for name, number, *_ in page.context["counts"]} == {"ready": 3, "confirm": 1}
    _import(client, address)
    again = client.get(_begun(client, ("45", "渣土", "清运", "某某办", "2025年底", "", "2024-01-01")))
    assert [head.meaning for head in again.context["heads"]][-1] == "kept"
    assert [name for name, *_ in again.context["counts"]] == ["ready"]


def test_rows_held_back_stay_and_closed_ones_come_in_as_found_or_open_as_chosen(as_: SignIn) -> None:
    client = as_("county-clerk")
    address = _begun(client)
    _import(client, address, hold=["0"])
    assert {str(task.number): task.status for task in models.Task.objects.filter(number__in=[41, 44])} == {"44": "closed"}
    _import(client, address)
    assert models.Task.objects.get(number=41).status == ""


def test_a_closed_row_may_be_opened_like_the_others(as_: SignIn) -> None:
    client = as_("county-clerk")
    _import(client, _begun(client), open=["3"])
    assert models.Task.objects.get(number=44).status == ""


def test_an_import_is_undone_by_one_button(as_: SignIn) -> None:
    client = as_("county-clerk")
    address = _begun(client)
    _import(client, address)
    entry = models.Ledger.objects.get().imports[0]["entry"]
    assert "整批撤回" in words_in(client.get(address))
    page = client.post(f"{address}/undo", {"entry": entry}, follow=True)
    assert "撤回了 2 项任务，撤回已入日志。" in words_in(page)
    assert not models.Task.objects.filter(number=41).exists()
    assert client.get("/t/qh2025a-41").status_code == 404


def test_a_changed_ledger_shows_before_and_after(as_: SignIn) -> None:
    client = as_("county-clerk")
    _import(client, _begun(client))
    page = client.get(_begun(client, (*ROWS[0][:4], "2026年6月底前", "推进中", ""), ROWS[3]))
    assert {name: number for name, number, *_ in page.context["counts"]} == {"changed": 1, "same": 1}
    assert "任务照旧；方案草稿跟着改，经报批后才算数。" in words_in(page)
    same = client.get(_begun(client))
    assert {name: number for name, number, *_ in same.context["counts"]} == {"same": 2, "fix": 2}
    assert "导入 " not in words_in(same).replace("导入台账", "").replace("导入预览", "").split("按改动")[0][-12:]


def test_the_plan_s_page_begins_with_the_ledger_s_measures(as_: SignIn) -> None:
    client = as_("county-clerk")
    _import(client, _begun(client))
    form = client.get("/desk/t/qh2025a-41/plan")
    if form.status_code == 200:
        assert [row.initial["text"] for row in form.context["plan"].measures.forms if row.initial] == ["覆盖", "清运"]
    assert models.Draft.objects.filter(step=ledgers.HANDED_ON).count() == 1


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [(b"PK\x03\x04x", "坏.xlsx", "已损坏"), (b"", "空.xlsx", "空"), ("甲,乙\n1,2\n".encode(), "无头.csv", "没有认出表头")],
    ids=["broken", "empty", "no header"],
)
def test_an_unreadable_file_is_said_in_one_sentence_and_keeps_nothing(as_: SignIn, content: bytes, name: str, what: str) -> None:
    page = _upload(as_("county-clerk"), content, name)
    assert page.status_code == 422  # type: ignore[attr-defined]
    assert what in words_in(page)
    assert not models.Ledger.objects.exists()


def test_a_new_list_is_made_on_the_way(as_: SignIn) -> None:
    typed = {"list_name": "青禾县省级督察清单", "list_code": "qh2026p", "inspection_name": "省级督察", "inspection_level": "province"}
    typed |= {"inspection_kind": "routine", "key": fresh_key(), "year": "2026", "lead": "", "list": ""}
    page = as_("county-clerk").post("/desk/import", {**typed, "file": SimpleUploadedFile("县.xlsx", county())})
    assert page.status_code == 302
    assert models.Ledger.objects.get().listing.code == "qh2026p"


def test_nobody_opens_another_person_s_ledger_and_only_clerks_import(as_: SignIn) -> None:
    address = _begun(as_("county-clerk"))
    assert as_("city-clerk").get(address).status_code == 404
    assert as_("housing-1").get("/desk/import").status_code == 403


def test_a_large_ledger_is_imported_in_the_background_with_its_progress(as_: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "IMPORT_AT_ONCE", 1)
    client = as_("county-clerk")
    address = _begun(client)
    _import(client, address)
    page = client.get(address)
    assert "正在后台导入" in words_in(page)
    assert b'http-equiv="refresh"' in page.content
    worker._run_outbox()
    assert models.Task.objects.filter(number__in=[41, 44]).count() == 2
    assert "已导入：交办 1 项，照录原已销号 1 项" in words_in(client.get(address))


def _cells(content: bytes) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]


def test_the_same_ledger_comes_back_in_the_same_columns(as_: SignIn) -> None:
    client = as_("county-clerk")
    _import(client, _begun(client))
    rows = _cells(client.get("/desk/export/qh2025a.xlsx").content)
    assert rows[1] == list(HEADERS)
    assert [list(row) for row in (ROWS[0], ROWS[3])] == [row for row in rows if row[0] in ("41", "44")]


def test_the_commented_sheet_points_at_the_cells(as_: SignIn) -> None:
    client = as_("county-clerk")
    content = client.get(_begun(client) + "/annotated.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    said = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert "没有 13 月" in said["F4"]
    assert sheet["F4"].value == "13月底前"


def test_a_plan_in_a_word_file_stands_beside_its_source_and_goes_in_like_a_ledger(as_: SignIn) -> None:
    from tests.documents.test_plan import PLAN, _docx

    client = as_("county-clerk")
    address = _upload(client, _docx(PLAN), "整改方案.docx").url  # type: ignore[attr-defined]
    page = client.get(address)
    assert "方案原文" in words_in(page)
    client.post(address, {"do": "read", **{f"u{n}": OWNER_ID for n in range(len(page.context["unknown"]))}})
    _import(client, address)
    assert sorted(models.Task.objects.filter(ledger_items__isnull=False).values_list("number", flat=True)) == [1, 2, 3]


REGION_HEADERS = ("序号", "反馈问题", "责任单位", "整改时限", "验收单位", "审核单位", "评估单位", "评估时间", "评估结论")
REGION_ROW = (
    "46",
    "围堰外渗",
    OWNER,
    "2025年底前",
    "景澜市生态环境局",
    ORG_NAMES["org-cityoffice"],
    ORG_NAMES["org-provinceoffice"],
    "",
    "",
)


def _region(client: Client) -> object:
    return _import(client, str(_upload(client, plain(REGION_ROW, headers=REGION_HEADERS)).url))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("rulebook", "assessor"), [("region-assesses", "org-provinceoffice"), ("default", None)])
def test_the_assessing_unit_comes_in_where_the_place_assesses_and_goes_out_again(
    as_: SignIn, settings: Any, rulebook: str, assessor: str | None
) -> None:
    settings.RULEBOOK = rulebook
    client = as_("county-clerk")
    _region(client)
    task = models.Task.objects.get(number=46)
    assert (task.acceptor_id, task.reviewer_id, task.assessor_id) == ("org-cityeco", "org-cityoffice", assessor)
    rows = _cells(client.get("/desk/export/qh2025a.xlsx").content)
    assert (rows[1], rows[-1]) == (list(REGION_HEADERS), list(REGION_ROW))


def test_an_assessing_unit_that_nobody_knows_is_asked_for(as_: SignIn) -> None:
    client = as_("county-clerk")
    page = client.get(str(_upload(client, plain((*REGION_ROW[:6], "某评估中心", "", ""), headers=REGION_HEADERS)).url))  # type: ignore[attr-defined]
    assert [name for _, name, _ in page.context["unknown"]] == ["某评估中心"]
