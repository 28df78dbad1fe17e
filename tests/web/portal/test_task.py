"""The public page of a task: its whole life, and what would bring it back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.acts.walking import make_task
from tests.cases import COUNTY_ROUTE, DEFAULT_ROUTE, actor_for, works_case, works_life
from tests.web.portal.conftest import IN_WINDOW
from xiaohao.acts import notices, objections
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records import queries
from xiaohao.web.parts.steps import Standing
from xiaohao.web.portal.task import step_marks

ADDRESS = "/t/qh2025a-7"
DESK = Actor("person-citydesk-1", "org-citydesk", frozenset({Role.DESK}))
pytestmark = pytest.mark.django_db


def said(client) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", client.get(ADDRESS).content.decode()))


def test_before_a_plan_is_approved_only_the_problem_is_public(client):
    make_task("planned")
    page = said(client)
    assert "青阜镇生活污水直排清沅河" in page
    assert "整改方案还没有批准公开。" in page
    assert "截污干管" not in page


def test_an_approved_plan_shows_goals_and_measures(client):
    make_task("in_progress")
    page = said(client)
    assert "石桥断面氨氮月均值不高于1.5毫克/升" in page
    assert "1 建设青阜镇段截污干管2.4公里。期限 2025 年 6 月" in page
    assert "还没有公示。" in page


def test_it_leads_to_the_notice_while_one_stands(client, published):
    assert 'href="/n/qh2025a-7-1">看当前公示' in client.get(ADDRESS).content.decode()


def test_the_timeline_names_units_and_never_people(client, published):
    page = client.get(ADDRESS).content.decode()
    assert "发布公示" in page
    assert "景澜市督察整改工作领导小组办公室" in page
    assert [name for name in ("祝予安", "李岚", "苗青", "梁一舟", "邵长河") if name in page] == []


def test_a_refused_step_shows_in_the_timeline(client, published, code):
    from xiaohao.acts import closing
    from xiaohao.kernel.refused import Refused

    with pytest.raises(Refused):
        closing.close(
            task=published.pk, by=actor_for(works_case("published"), "close"), at=IN_WINDOW, key="too early", statement="予以销号。"
        )
    assert "销号，被拒绝" in said(client)


def test_after_closing_it_says_what_would_bring_it_back(client):
    make_task("closed")
    assert "销号后观察 12 个月：任意" in said(client)


def test_a_returned_task_says_when_and_why(client, published, code):
    from xiaohao.records.models import Objection

    objections.answer(
        objection=Objection.objects.get().pk,
        by=DESK,
        at=IN_WINDOW,
        key="answer",
        answer="东侧仍有渗出，异议成立。",
        upheld=True,
        public_text="反映渗水",
    )
    page = said(client)
    assert "2025 年 11 月 6 日退回重改" in page
    assert "东侧仍有渗出，异议成立。" in page


def test_an_unknown_address_is_not_found(client):
    assert client.get("/t/qh2025a-99").status_code == 404


@pytest.mark.parametrize(
    ("status", "at"),
    [
        ("planned", "方案"),
        ("approved", "整改"),
        ("in_progress", "整改"),
        ("claimed_done", "验收"),
        ("accepted", "审核"),
        ("reviewed", "公示"),
        ("published", "公示"),
        ("closed", "观察"),
    ],
)
def test_the_stepper_points_at_what_is_going_on(status, at):
    task = make_task(status)
    marks = step_marks(task, queries.public_timeline(task))
    assert [mark.name for mark in marks] == ["交办", "方案", "整改", "申请验收", "验收", "审核", "公示", "销号", "观察"]
    assert [mark.name for mark in marks if mark.is_current] == [at]
    place = [mark.name for mark in marks].index(at)
    assert all(mark.standing is Standing.DONE and mark.note for mark in marks[:place])
    assert [mark.note for mark in marks if " 日" in mark.note] == []  # 日 never stands alone on a line


def test_the_stepper_follows_the_route_of_the_place():
    task = make_task("published", route=COUNTY_ROUTE)
    names = [mark.name for mark in step_marks(task, queries.public_timeline(task))]
    assert names == ["交办", "方案", "整改", "申请验收", "验收", "公示", "销号备案", "审核", "观察"]


def test_a_task_past_its_watch_has_every_mark_behind_it():
    task = make_task("confirmed", route=DEFAULT_ROUTE)
    assert {mark.standing for mark in step_marks(task, queries.public_timeline(task))} == {Standing.DONE}


def test_a_withdrawn_notice_stays_listed_as_withdrawn(client, published):
    notices.withdraw_notice(
        task=published.pk, by=actor_for(works_case("published"), "publish"), at=IN_WINDOW + timedelta(hours=1), key="w", reason="改正。"
    )
    page = said(client)
    assert "2025 年 11 月 5 日至 2025 年 11 月 18 日" in page
    assert "已撤回" in page
    assert works_life().window
