"""Petitions: entered once, handled by their unit, linked both ways, and never showing who complained."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import send, words_in
from xiaohao.acts import worker
from xiaohao.records import models
from xiaohao.records.fsck import faults

SignIn = Callable[[str], Client]
CANARIES = ("贺兰亭", "13900001234", "11010519491231002X")
TEXT = "举报人贺兰亭（身份证11010519491231002X）来电反映石桥断面河水发黑，联系电话13900001234。"


def enter(client: Client, number: str = "D3SX202505280018", **typed: Any) -> Any:
    given = {"org": "org-housing", "batch": "3", "address": "石桥断面", "pollution": "水、其他", "text": TEXT, **typed}
    return send(client, "/desk/petitions/new", number=number, **given)


def the(number: str = "D3SX202505280018") -> models.Petition:
    return models.Petition.objects.get(number=number)


def handle(client: Client, row: models.Petition, **typed: Any) -> Any:
    page = f"/desk/petitions/{row.pk}"
    return send(client, page, holding="truth", to=f"{page}/handle", **typed)


HANDLED = {"truth": "true", "status": "done", "done_at": "2025-06-05", "handling": "已截污，河水恢复。", "public": "石桥断面河水发黑。"}


def test_a_petition_is_entered_once_with_the_day_of_its_number(as_: SignIn) -> None:
    client = as_("county-clerk")
    assert enter(client).status_code == 302
    row = the()
    assert (row.received, row.batch, row.status, row.org_id) == ("2025-05-28", 3, "open", "org-housing")
    assert row.more["pollution"] == ["水", "其他"]
    again = enter(client, "*D3SX202505280018*")
    assert "这个编号已经登记过" in words_in(again)
    assert models.Petition.objects.count() == 1
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_a_plain_number_needs_its_day(as_: SignIn) -> None:
    answer = enter(as_("county-clerk"), "2025-0018")
    assert answer.status_code == 422
    assert "请填写哪天收到" in words_in(answer)
    assert "石桥断面河水发黑" in answer.content.decode()


def test_the_unit_says_what_was_done_and_what_was_said_before_stays(as_: SignIn) -> None:
    enter(as_("county-clerk"))
    client = as_("housing-1")
    handle(client, the(), truth="partly_true", status="stage_done", handling="正在截污。")
    handle(client, the(), **HANDLED)
    row = the()
    assert (row.status, row.truth, row.more["done_at"], row.more["x-handling"]) == ("done", "true", "2025-06-05", "已截污，河水恢复。")
    assert [one["status"] for one in row.more["x-history"]] == ["open", "stage_done"]
    assert row.more["x-history"][1]["x-handling"] == "正在截污。"
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_a_closing_needs_truth_answer_and_day(as_: SignIn) -> None:
    enter(as_("county-clerk"))
    answer = handle(as_("housing-1"), the(), status="done")
    told = words_in(answer)
    assert answer.status_code == 422
    for words in ("没有写办理情况", "没有写是否属实", "没有写办结日期"):
        assert words in told
    assert the().status == "open"


def test_another_unit_neither_sees_nor_handles_it(as_: SignIn) -> None:
    enter(as_("county-clerk"))
    page = f"/desk/petitions/{the().pk}"
    client = as_("park-1")
    assert client.get(page).status_code == 404
    assert client.post(f"{page}/handle", {"key": "a" * 32, "status": "done"}).status_code == 404
    assert "D3SX202505280018" not in words_in(client.get("/desk/petitions"))


def test_repeats_are_found_across_batches_and_joined(as_: SignIn) -> None:
    client = as_("county-clerk")
    enter(client)
    enter(client, "X4SX202508010002", batch="9")
    enter(client, "X4SX202508010003", batch="9", address="东坪村")
    later = the("X4SX202508010002")
    page = f"/desk/petitions/{later.pk}"
    assert [other.number for other, _words in client.get(page).context["same"]] == ["D3SX202505280018"]
    send(client, page, holding="merged_into", to=f"{page}/link", merged_into=the().pk)
    assert the("X4SX202508010002").merged_into == the().pk
    rates = dict(client.get("/desk/petitions").context["batches"])
    assert (rates[3].total, rates[9].total) == (1, 1)  # the repeat is counted with the first


def test_a_petition_and_its_task_lead_to_each_other(as_: SignIn) -> None:
    office.works("start")
    client = as_("county-clerk")
    enter(client)
    page = f"/desk/petitions/{the().pk}"
    send(client, page, holding="merged_into", to=f"{page}/link", task="qh2025a-7")
    assert the().task.address == "qh2025a-7"
    assert "D3SX202505280018" in words_in(client.get("/desk/t/qh2025a-7"))
    assert "/desk/t/qh2025a-7" in client.get(page).content.decode()
    unknown = send(client, page, holding="merged_into", to=f"{page}/link", task="qh2025a-99")
    assert "没有编号是“qh2025a-99”的任务" in words_in(unknown)


def test_both_rates_stand_together(as_: SignIn) -> None:
    client = as_("county-clerk")
    for serial, status in ((1, "done"), (2, "stage_done"), (3, "open")):
        number = f"D3SX20250528000{serial}"
        enter(client, number, address=f"{serial}号院")
        if status != "open":
            handle(as_("housing-1"), the(number), **{**HANDLED, "status": status})
    assert "3 件：已办结 1 件（33.3%），加上阶段性办结 1 件为 66.7%" in words_in(client.get("/desk/petitions"))


def test_who_complained_is_nowhere(as_: SignIn) -> None:
    office.works("start")
    clerk = as_("county-clerk")
    enter(clerk)
    page = f"/desk/petitions/{the().pk}"
    send(clerk, page, holding="merged_into", to=f"{page}/link", task="qh2025a-7")
    handle(as_("housing-1"), the(), **{**HANDLED, "handling": f"已回访。{TEXT}", "public": f"石桥断面河水发黑。{TEXT}"})
    worker.tick(TODAY)
    public = Client()
    seen = [
        public.get(path).content.decode()
        for path in ("/petitions", "/petitions?batch=3", "/petitions.csv", "/t/qh2025a-7", "/tasks?q=石桥", "/")
    ]
    seen += [clerk.get(path).content.decode() for path in ("/desk/petitions", page, "/desk/t/qh2025a-7", "/desk/petitions?q=石桥")]
    seen += [bytes(entry.content).decode() for entry in models.JournalEntry.objects.all()]
    seen += [file.read_bytes().decode("utf-8", "replace") for file in (settings.JOURNAL_HOME / "public").rglob("*") if file.is_file()]
    assert "石桥断面河水发黑" in seen[0]
    assert "石桥断面河水发黑" in seen[2]
    for canary in CANARIES:
        assert [text for text in seen if canary in text] == []
        assert not any(canary in str(row) for row in models.Petition.objects.values())


def test_what_the_petition_says_is_not_public(as_: SignIn) -> None:
    enter(as_("county-clerk"), text="石桥西头老槐树下第三家养猪，粪水入河。")
    assert "老槐树" not in words_in(Client().get("/petitions"))
    handle(as_("housing-1"), the(), **HANDLED)
    told = words_in(Client().get("/petitions"))
    assert "老槐树" not in told
    assert "石桥断面河水发黑" in told


def test_what_is_not_published_does_not_improve_the_public_rate(as_: SignIn) -> None:
    clerk = as_("county-clerk")
    enter(clerk)
    enter(clerk, "D3SX202505280019", address="二号院")
    handle(as_("housing-1"), the(), **HANDLED)
    told = words_in(Client().get("/petitions"))
    assert "2 件：已办结 1 件（50.0%）" in told
    assert "其中公开 1 件" in told


def test_a_public_cell_never_becomes_a_formula(as_: SignIn) -> None:
    enter(as_("county-clerk"))
    handle(as_("housing-1"), the(), **{**HANDLED, "public": "=1+1"})
    assert "'=1+1" in Client().get("/petitions.csv").content.decode()
