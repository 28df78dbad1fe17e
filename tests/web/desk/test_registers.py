"""The register room: every row behind a number is found, corrected without being rewritten, and cannot quietly contradict another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.web.desk import office
from tests.web.desk.pages import send, words_in
from xiaohao.acts import registers
from xiaohao.acts.clock import now
from xiaohao.dossier.record import Record
from xiaohao.kernel.refused import Refused
from xiaohao.records import models
from xiaohao.records.fsck import faults
from xiaohao.records.to_dossier import dossier_of

SignIn = Callable[[str], Client]
NO = "qh2025a-7"
FORM = f"/desk/t/{NO}/register"
PEOPLE = ["person-secretary", "person-magistrate"]


def enter(client: Client, **typed: Any) -> Any:
    given = {"type": "meeting", "date": "2025-05-14", "title": "清沅河专题会", "org": "org-housing", "people": PEOPLE, **typed}
    return send(client, f"{FORM}?type={given['type']}", **given)


def meeting(title: str = "清沅河专题会") -> Any:
    return next(row.thing() for row in models.Record.objects.filter(type="meeting") if row.more.get("title") == title)


def current() -> Any:
    task = models.Task.objects.get(address=NO)
    return dossier_of(task, at=now()).records_of(task.pk, "meeting")


def test_a_row_has_the_fields_of_its_kind_and_no_others(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    offered = {
        kind: {f.name for f in client.get(f"{FORM}?type={kind}").context["form"].own_fields} for kind in ("weighbridge", "lab_report")
    }
    assert offered["weighbridge"] == {"other_org", "vehicle", "slip", "quantities"}
    assert "results" in offered["lab_report"]
    assert "vehicle" not in offered["lab_report"]
    enter(
        client,
        type="lab_report",
        title="石桥断面",
        results="氨氮 0.86 mg/L\n总磷 0.1 mg/L",
        received_at="2025-05-10",
        reported_at="2025-05-14",
    )
    row = models.Record.objects.get(type="lab_report").thing()
    assert [(r.indicator, r.value, r.unit) for r in row.results] == [("氨氮", 0.86, "mg/L"), ("总磷", 0.1, "mg/L")]
    assert (row.received_at, row.reported_at) == ("2025-05-10", "2025-05-14")


def test_what_cannot_be_read_is_said_by_line_and_nothing_is_lost(as_: SignIn) -> None:
    office.works("start")
    answer = enter(as_("housing-1"), type="lab_report", title="石桥断面", results="氨氮 很低")
    assert answer.status_code == 422
    assert "“氨氮 很低”看不懂" in words_in(answer)
    assert "氨氮 很低</textarea>" in answer.content.decode()


def test_a_day_that_has_not_come_is_told_at_the_field_and_refused_behind_it(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    answer = enter(client, date="2026-12-30")
    assert answer.status_code == 422
    assert "2026-12-30 还没有到：已经做了的才能登记" in words_in(answer)
    assert not models.Record.objects.filter(more__title="清沅河专题会").exists()
    task = models.Task.objects.get(address=NO)
    row = Record(id="rec-ahead", type="meeting", date="2026-12-30", recorded_at="")
    with pytest.raises(Refused, match="还没有到"):
        registers.add_records(task=task.pk, by=office.actor("housing-1"), at=now(), key="ahead", records=(row,))


def test_signs_that_nobody_sees_fall_away(as_: SignIn) -> None:
    office.works("start")
    assert enter(as_("housing-1"), title="清沅河\x00专题\x0b会").status_code == 302
    assert meeting().title == "清沅河专题会"


def test_a_correction_is_a_row_of_its_own_and_the_old_one_stays(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    enter(client, start="09:00", end="10:00")
    old = meeting()
    page = f"/desk/t/{NO}/r/{old.id}/correct"
    assert send(client, page, title="清沅河调度会", reason="标题写错").status_code == 302
    fresh = meeting("清沅河调度会")
    assert models.Record.objects.get(pk=old.id).thing() == old
    assert (fresh.replaces, fresh.reason, fresh.people, fresh.start) == (old.id, "标题写错", old.people, "2025-05-14T09:00")
    assert [row.id for row in current()] == [fresh.id]
    shown = words_in(client.get(f"/desk/t/{NO}/r/{fresh.id}"))
    assert "更正理由： 标题写错" in shown
    assert "清沅河专题会" in shown
    assert "清沅河调度会" in words_in(client.get(f"/desk/t/{NO}/r/{old.id}"))  # what cited the old row finds the newest version
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_a_row_entered_by_mistake_counts_no_more(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    enter(client)
    old = meeting()
    send(client, f"/desk/t/{NO}/r/{old.id}/correct", reason="会议没有开", mistake="on")
    assert current() == ()
    assert models.Record.objects.filter(type="meeting").count() == 2
    assert "清沅河专题会" not in words_in(client.get("/desk/registers?kind=meeting"))


def test_only_the_unit_that_entered_a_row_corrects_it(as_: SignIn) -> None:
    office.works("start")
    enter(as_("housing-1"))
    answer = send(as_("cityeco-1"), f"/desk/t/{NO}/r/{meeting().id}/correct", title="改掉", reason="想改")
    assert "更正" in words_in(as_("cityeco-1").get(answer["Location"]))
    assert models.Record.objects.filter(type="meeting").count() == 1


def test_an_old_version_is_not_corrected_a_second_time(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    enter(client)
    page = f"/desk/t/{NO}/r/{meeting().id}/correct"
    send(client, page, title="第二稿", reason="改标题")
    send(client, page, title="第三稿", reason="再改")  # the page under the old address corrects the newest version
    assert [row.title for row in current()] == ["第三稿"]


def test_two_meetings_at_once_with_one_person_are_shown_before_saving(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    enter(client, start="09:00", end="10:30")
    clash = enter(client, title="另一个会", start="10:00", end="11:00", people=PEOPLE[:1])
    assert clash.status_code == 422
    assert "在 09:00–10:30 另有登记：会议 2025-05-14 清沅河专题会" in words_in(clash)
    assert models.Record.objects.filter(type="meeting").count() == 1
    assert enter(client, title="接着的会", start="10:30", end="11:00").status_code == 302
    assert enter(client, title="另一个会", start="10:00", end="11:00", people=PEOPLE[:1], anyway="on").status_code == 302
    assert models.Record.objects.filter(type="meeting").count() == 3


def test_the_clash_is_told_while_it_is_typed(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    enter(client, start="09:00", end="10:30")
    typed = {"type": "meeting", "date": "2025-05-14", "start": "10:00", "end": "11:00", "people": PEOPLE}
    answer = client.post(f"{FORM}/clashes", typed)
    assert "另有登记" in words_in(answer)
    assert words_in(client.post(f"{FORM}/clashes", {**typed, "start": "", "date": "瞎写"})) == ""
    assert models.Record.objects.filter(type="meeting").count() == 1


def test_a_clash_in_a_case_that_one_may_not_read_tells_only_the_hours(as_: SignIn) -> None:
    office.works("start")
    enter(as_("housing-1"), start="09:00", end="10:30")
    models.Record.objects.get(type="meeting").on_tasks.clear()
    answer = enter(as_("housing-1"), title="另一个会", start="10:00", end="11:00")
    assert "另有登记：会议" in words_in(answer)
    assert "清沅河专题会" not in words_in(answer)


def test_a_number_that_another_document_bears_is_shown_before_saving(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    page = f"/desk/t/{NO}/paper"
    typed = {"issuer": "org-housing", "kind": "order", "date": "2025-05-14"}
    assert send(client, page, title="关于排查的通知", number="青建发〔2025〕3号", **typed).status_code == 302
    answer = send(client, page, title="关于会议的通知", number="青建发[2025]3号", **typed)
    assert "文号“青建发〔2025〕3号”已登记给《关于排查的通知》" in words_in(answer)
    assert models.Document.objects.filter(number__contains="3号", issuer="org-housing").count() == 1


def test_the_number_register_shows_gaps_and_numbers_out_of_order(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    for serial, day in ((3, "2025-05-14"), (6, "2025-04-01")):
        typed = {"issuer": "org-housing", "kind": "order", "date": day}
        send(client, f"/desk/t/{NO}/paper", title=f"通知{serial}", number=f"青建发〔2025〕{serial}号", **typed)
    page = client.get("/desk/registers/numbers?year=2025")
    block = next(one for one in page.context["series"] if one.words == "青建发")
    assert block.gaps == "1–2、4–5"
    assert [line.out_of_order for line in block.lines] == [False, True]


def test_a_recipient_books_a_document_in_once(as_: SignIn) -> None:
    office.works("start")
    typed = {"issuer": "org-housing", "kind": "report", "date": "2025-05-14", "recipients": ["org-cityeco"]}
    send(as_("housing-1"), f"/desk/t/{NO}/paper", title="情况报告", number="青建发〔2025〕3号", **typed)
    paper = models.Document.objects.get(title="情况报告")
    receiver = as_("cityeco-1")
    assert "情况报告" in words_in(receiver.get("/desk/registers/numbers"))
    for _again in range(2):
        receiver.post(f"/desk/t/{NO}/paper/{paper.pk}/receipt")
    paper.refresh_from_db()
    assert [(one["org"], one["at"][:10]) for one in paper.more["receipts"]] == [("org-cityeco", "2026-03-03")]
    as_("countyeco-1").post(f"/desk/t/{NO}/paper/{paper.pk}/receipt")
    paper.refresh_from_db()
    assert len(paper.more["receipts"]) == 1
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_a_rhythm_shows_the_weeks_without_a_session(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    for day in ("2026-01-05", "2026-01-12", "2026-01-26"):
        enter(client, type="study", date=day, title="学习", schedule="weekly:mon")
    line = next(iter(client.get("/desk/registers/rhythms").context["lines"]))
    missed = [one.first.isoformat() for one in line.missed]
    assert line.held == 3
    assert "2026-01-19" in missed
    assert "2026-02-16" not in missed  # the week of the spring festival asks for nothing


def test_the_room_lists_by_kind_day_unit_and_words_a_page_at_a_time(as_: SignIn, monkeypatch: Any) -> None:
    office.works("start")
    client = as_("housing-1")
    for month in range(1, 7):
        enter(client, date=f"2025-{month:02}-10", title=f"会议{month}")
    monkeypatch.setattr("xiaohao.records.registers.page_of.__kwdefaults__", {"after": "", "size": 4})
    first = client.get("/desk/registers?kind=meeting")
    assert [line.title for line in first.context["lines"]] == ["会议6", "会议5", "会议4", "会议3"]
    second = client.get("/desk/registers" + first.context["next"])
    assert [line.title for line in second.context["lines"]] == ["会议2", "会议1"]
    narrowed = client.get("/desk/registers?kind=meeting&since=2025-02&until=2025-03-10&q=会议")
    assert [line.title for line in narrowed.context["lines"]] == ["会议3", "会议2"]
    assert narrowed.context["by_task"] == ((NO, models.Task.objects.get(address=NO).title, 2),)


def test_rows_of_tasks_that_one_may_not_read_are_not_in_the_room(as_: SignIn) -> None:
    office.works("start")
    enter(as_("housing-1"))
    task = models.Task.objects.get(address=NO)
    models.Record.objects.filter(type="meeting").get().on_tasks.clear()
    assert "清沅河专题会" not in words_in(as_("housing-1").get("/desk/registers"))
    models.Record.objects.filter(type="meeting").get().on_tasks.add(task)
    assert "清沅河专题会" in words_in(as_("housing-1").get("/desk/registers"))
    assert "清沅河专题会" not in words_in(as_("park-1").get("/desk/registers"))
