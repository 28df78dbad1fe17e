"""督查: a plan with what it covers, a draw that anybody can repeat, visits nobody learns of beforehand, and what they found."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import form_of, send, words_in
from xiaohao.acts.publishing import publish_journal
from xiaohao.cli import sample
from xiaohao.cli.main import main
from xiaohao.records import models
from xiaohao.records.fsck import faults

SignIn = Callable[[str], Client]
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def task(staff: None) -> models.Task:
    return office.works("start")


def make_plan(client: Client, **typed: Any) -> models.SupervisionPlan:
    sent = send(client, "/desk/supervision/new", **{"title": "三月督查", "start": "2026-03-03", "end": "2026-03-31", **typed})
    assert sent.status_code == 302, words_in(sent)
    return models.SupervisionPlan.objects.latest("made_at", "pk")


def go(client: Client, task: models.Task, **typed: Any) -> models.SiteVisit:
    more = typed.pop("plan", "")
    sent = send(client, f"/desk/site/new?task={task.address}{more and f'&plan={more}'}", **{"kind": "targeted", **typed})
    assert sent.status_code == 302, words_in(sent)
    return models.SiteVisit.objects.latest("planned_at", "pk")


def measures_of(task: models.Task) -> list[str]:
    return [one.id for one in models.Plan.objects.filter(task=task).latest("version").thing().measures]


def found(task: models.Task, **typed: Any) -> dict[str, Any]:
    """A result in which every measure is as it was told."""
    return {**{f"verdict_{one}": "as_told" for one in measures_of(task)}, "passed": "yes", "text": "管线已铺到3号井。", **typed}


def picture(colour: str) -> io.BytesIO:
    held = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(held, "JPEG")
    held.seek(0)
    held.name = f"{colour}.jpg"
    return held


def test_a_plan_shows_what_is_covered_and_what_is_not(as_: SignIn, task: models.Task) -> None:
    supervisor = as_("citysupervision-1")
    plan = make_plan(supervisor)
    page = f"/desk/supervision/{plan.pk}"
    assert "还没有去" in words_in(supervisor.get(page))
    visit = go(supervisor, task, plan=plan.pk)
    assert visit.plan_id == plan.pk
    assert "已安排 2026-03-03" in words_in(supervisor.get(page))
    assert send(supervisor, f"/desk/site/{visit.pk}", holding="arrived_ago", **found(task)).status_code == 302
    said = words_in(supervisor.get(page))
    assert "还没有去" not in said
    assert "已去 2026-03-03" in said
    assert as_("cityeco-2").get(page).status_code == 404  # another office's plan
    assert as_("housing-1").get(page).status_code == 403


def test_a_plan_with_a_period_that_ends_before_it_begins_comes_back_with_what_was_typed(as_: SignIn, task: models.Task) -> None:
    sent = send(as_("citysupervision-1"), "/desk/supervision/new", title="三月督查", start="2026-03-20", end="2026-03-10")
    assert sent.status_code == 422
    assert "末日不能早于首日。" in words_in(sent)
    assert "三月督查" in sent.content.decode()


def test_the_draw_is_made_once_and_the_command_repeats_it(
    as_: SignIn, task: models.Task, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    supervisor = as_("citysupervision-1")
    plan = make_plan(supervisor, kind="targeted")
    page = f"/desk/supervision/{plan.pk}"
    assert send(supervisor, page, holding="count", to=f"{page}/draw", count="7").status_code == 422
    assert send(supervisor, page, holding="count", to=f"{page}/draw", count="1").status_code == 302
    assert "等下一个检查点产生种子" in words_in(supervisor.get(page))
    assert supervisor.get(f"{page}/draw.json").status_code == 404
    publish_journal()
    assert "抽中" in words_in(supervisor.get(page))
    file = tmp_path / "draw.json"
    file.write_bytes(supervisor.get(f"{page}/draw.json").content)
    assert main(["sample", str(file), "--log", str(settings.JOURNAL_HOME / "public")]) == 0
    assert "按权重抽 1 项\t一致" in capsys.readouterr().out
    told = json.loads(file.read_text("utf-8"))
    assert told["rule"] == sample.WEIGHTED
    told["population"][0]["weight"] += 1
    told["drawn"] = ["somebody-else"]
    file.write_text(json.dumps(told), "utf-8")
    assert main(["sample", str(file)]) == 1
    again = supervisor.post(f"{page}/draw", {"key": "0" * 32, "count": "1"})
    assert again.status_code == 422
    assert "这项计划已经抽过" in words_in(again)
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_nobody_learns_of_an_unannounced_visit_before_somebody_is_there(as_: SignIn, task: models.Task) -> None:
    supervisor, unit = as_("citysupervision-1"), as_("housing-1")
    visit = go(supervisor, task, unannounced="on")
    page = f"/desk/site/{visit.pk}"
    others = ("housing-1", "county-clerk", "cityoffice-1", "cityeco-1")
    assert [as_(one).get(page).status_code for one in others] == [404] * 4
    assert visit.pk not in unit.get(f"/desk/t/{task.address}").content.decode()
    assert not models.Message.objects.filter(kind="visit").exists()
    entry = models.JournalEntry.objects.get(step="plan_visit")
    assert entry.task_id is None
    assert task.address.encode() not in bytes(entry.content)
    assert send(supervisor, page, holding="key", to=f"{page}/arrive").status_code == 302
    assert "核查组已到现场" in words_in(unit.get(page))
    assert visit.pk in unit.get(f"/desk/t/{task.address}").content.decode()


def test_an_announced_visit_is_told_to_the_unit(as_: SignIn, task: models.Task) -> None:
    visit = go(as_("citysupervision-1"), task, date="2026-03-05")
    assert "定于 2026-03-05 到现场核查第 7 项" in words_in(as_("housing-1").get("/desk/"))
    assert f"/desk/site/{visit.pk}" in as_("housing-1").get("/desk/").content.decode()


def test_the_site_code_is_the_same_all_day_and_only_the_teams(as_: SignIn, task: models.Task) -> None:
    supervisor = as_("citysupervision-1")
    visit = go(supervisor, task)
    page = f"/desk/site/{visit.pk}"
    assert as_("housing-1").post(f"{page}/code", {"key": "1" * 32}).status_code == 403
    supervisor.post(f"{page}/code", {"key": "2" * 32})
    visit.refresh_from_db()
    code = visit.more["code"]
    assert len(code) == 5
    assert code in words_in(supervisor.get(page))
    supervisor.post(f"{page}/code", {"key": "3" * 32})
    visit.refresh_from_db()
    assert visit.more["code"] == code
    assert visit.more["code_on"] == "2026-03-03"
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_what_was_found_stands_in_the_case_file_and_the_unit_answers(as_: SignIn, task: models.Task) -> None:
    supervisor, unit = as_("citysupervision-1"), as_("housing-1")
    visit = go(supervisor, task)
    page = f"/desk/site/{visit.pk}"
    first = measures_of(task)[0]
    typed = found(task, passed="no", problems="3号井没有通水。", uploads=[picture("red"), picture("blue")])
    sent = send(supervisor, page, holding="arrived_ago", **{**typed, f"verdict_{first}": "differs"})
    assert sent.status_code == 422
    assert "请写明第 1 项措施哪里与所报不符。" in words_in(sent)
    for held in typed["uploads"]:
        held.seek(0)
    typed |= {f"verdict_{first}": "differs", f"text_{first}": "管道没有接入。"}
    assert send(supervisor, page, holding="arrived_ago", **typed).status_code == 302
    record = models.Record.objects.get(type="site_visit", more__stage="supervision")
    assert record.more["passed"] is False
    assert "第1项措施：与所报不符。管道没有接入。" in record.more["text"]
    assert len(record.more["files"]) == 2
    said = words_in(unit.get(page))
    assert "3号井没有通水。" in said
    assert "red.jpg" in said
    assert send(unit, page, holding="words", to=f"{page}/answer", words="已安排接管。").status_code == 302
    assert "已安排接管。" in words_in(supervisor.get(page))
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_problems_of_a_visit_open_a_rung_of_the_ladder_with_the_draft_ready(as_: SignIn, task: models.Task) -> None:
    supervisor = as_("citysupervision-1")
    visit = go(supervisor, task)
    page = f"/desk/site/{visit.pk}"
    send(supervisor, page, holding="arrived_ago", **found(task, passed="no", problems="3号井没有通水。"))
    assert "据此发督办" in words_in(supervisor.get(page))
    press = f"/desk/t/{task.address}/press?visit={visit.pk}"
    assert "2026-03-03现场核查发现：3号井没有通水。" in words_in(supervisor.get(press))
    assert send(supervisor, press, holding="answer_by", to=press).status_code == 302
    order = models.Record.objects.get(type="order", more__stage="reminder")
    visit.refresh_from_db()
    assert order.more["of"] == visit.more["record"]
    assert order.more["end"] == "2026-03-10"  # five working days from the next day on
    ladder = words_in(supervisor.get(press))
    assert "2026-03-10，5 个工作日" in ladder
    assert "第 5 个工作日到期" in ladder


def test_a_phone_sends_the_result_twice_and_it_is_filed_once(as_: SignIn, task: models.Task) -> None:
    supervisor = as_("citysupervision-1")
    visit = go(supervisor, task)
    page = f"/desk/site/{visit.pk}"
    fields: dict[str, Any] = {**form_of(supervisor, page, holding="arrived_ago"), **found(task), "arrived_ago": "7200"}
    answers = [supervisor.post(page, fields, **JSON) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert models.Record.objects.filter(type="site_visit", more__stage="supervision").count() == 1
    visit.refresh_from_db()
    thing = visit.thing()
    assert thing.arrived_at == thing.planned_at  # not before it was planned, whatever a phone says
    other = supervisor.post(page, {**fields, "key": "f" * 32}, **JSON)
    assert other.status_code == 409
    assert "已经提交" in other.json()["unmet"][0]["fact"]


def test_photographs_whose_pieces_are_gone_are_asked_for_again_and_nothing_is_filed(as_: SignIn, task: models.Task) -> None:
    supervisor = as_("citysupervision-1")
    page = f"/desk/site/{go(supervisor, task).pk}"
    fields: dict[str, Any] = {**form_of(supervisor, page, holding="arrived_ago"), **found(task), "held": "not-ours", "pieces": "1"}
    sent = supervisor.post(page, fields, **JSON)
    assert sent.status_code == 422
    assert sent.json()["again"] is True
    assert not models.Record.objects.filter(type="site_visit", more__stage="supervision").exists()


def test_the_responsible_unit_inspects_nobody_and_nobody_inspects_their_own(as_: SignIn, task: models.Task) -> None:
    assert as_("housing-1").get("/desk/site/new").status_code == 403
    visit = go(as_("citysupervision-1"), task)
    assert as_("county-clerk").post(f"/desk/site/{visit.pk}", found(task)).status_code in (404, 422)
    assert not models.SiteVisit.objects.exclude(reported_at=None).exists()


def test_guidance_is_entered_by_the_department_and_counted_apart(as_: SignIn, task: models.Task) -> None:
    department, unit = as_("cityeco-1"), as_("housing-1")
    page = f"/desk/t/{task.address}/guidance"
    assert send(department, page, holding="advice", date="2026-03-04", advice="先做管网检测。").status_code == 422
    assert send(department, page, holding="advice", date="2026-03-02", advice="先做管网检测。").status_code == 302
    visit = models.SiteVisit.objects.get(kind="guidance")
    assert "现场核查 0 次；指导帮扶另计，1 次" in words_in(department.get("/desk/supervision"))
    assert send(unit, f"/desk/site/{visit.pk}", holding="words", to=f"/desk/site/{visit.pk}/answer", words="已照办。").status_code == 302
    record = models.Record.objects.get(type="site_visit", more__stage="guidance")
    assert "passed" not in record.more
    assert "由这项任务的行业主管部门登记" in words_in(as_("citysupervision-1").get(page))
    stranger = as_("citysupervision-1").post(
        page, {"key": "9" * 32, "date": "2026-03-02", "advice": "x", "team": "person-citysupervision-1"}
    )
    assert models.SiteVisit.objects.filter(kind="guidance").count() == 1
    assert stranger.status_code == 302  # to the page that says why not
    assert models.Refusal.objects.latest("entry").unmet[0]["gate"] == "visit"
    assert TODAY.date().isoformat() == "2026-03-03"
