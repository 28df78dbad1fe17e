"""The notice page: everything by which anybody can judge one closing, and object in time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings

from tests.cases import actor_for, works_case
from tests.web.portal.conftest import AFTER_WINDOW, IN_WINDOW, NO
from xiaohao.acts import notices, objections
from xiaohao.kernel.roles import Actor, Role
from xiaohao.publicity.notice import digest
from xiaohao.records.models import File, Objection, Org, Record
from xiaohao.web.portal.notice import notice_record
from xiaohao.web.portal.published import published as as_published

DESK = Actor("person-citydesk-1", "org-citydesk", frozenset({Role.DESK}))


@pytest.fixture
def page(client, published):
    return client.get(f"/n/{NO}").content.decode()


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_it_says_the_problem_the_goal_each_measure_with_its_answer_and_records_and_the_hands(page):
    said = text_of(page)
    for words in (
        "青阜镇生活污水直排清沅河，石桥断面氨氮均值3.9毫克/升",
        "石桥断面氨氮月均值不高于1.5毫克/升，保持三个月以上。",
        "1建设青阜镇段截污干管2.4公里。",
        "建成青阜镇段截污干管2.4公里，2025年6月30日通过竣工验收。",
        "执法检查记录2条",
        "景澜市生态环境局",
        "与责任、验收、审核、公示单位均不是同一单位",
        "0999-5550112",
    ):
        assert words in said


def test_each_measure_is_answered_one_by_one(page):
    case = works_case("published")
    assert page.count('<article class="ans"') == len(case.measures_of(case.task.id))


def test_the_clock_counts_today_and_prints_the_date_beside_the_count(page):
    said = text_of(page)
    assert "还剩 9 个工作日，可以提异议" in said
    assert "2025 年 11 月 5 日至 11 月 18 日，共 10 个工作日，首尾两天都算。" in said
    assert "工作日依据：国办发明电〔2024〕12号。" in said


def test_the_drawn_calendar_is_hidden_from_screen_readers_and_marks_today(page):
    calendar = re.search(r'<div class="cal" aria-hidden="true">.*?</div>', page, re.S).group()
    assert calendar.count('class="now"') == 1
    assert calendar.count('class="past"') == 1
    assert calendar.count('class="counts"') == 8


def test_the_effect_is_drawn_with_its_target_and_told_in_words(page):
    assert page.count('<svg class="chart sp"') == 1
    assert "达到" in text_of(page)
    assert re.search(r'<desc id="effect-1-d">2024-10 为 3.9', page)


def test_after_the_window_one_may_still_report(client, published, clock_at):
    clock_at(AFTER_WINDOW)
    said = text_of(client.get(f"/n/{NO}").content.decode())
    assert "公示期已满" in said
    assert "公示已结束，仍可反映情况" in said
    assert "我有异议" not in said


def test_an_objection_shows_by_its_number_and_state_never_by_its_words(client, published, code):
    page = client.get(f"/n/{NO}").content.decode()
    said = text_of(page)
    assert "因异议暂停" in said
    assert "第 1 件" in said
    assert "2025 年 11 月 20 日前答复" in said
    assert "石桥下面还在排污水" not in page
    assert "13912345678" not in page


def test_the_published_answer_shows_with_what_was_made_public_of_the_objection(client, published, code):
    row = Objection.objects.get()
    objections.answer(
        objection=row.pk, by=DESK, at=IN_WINDOW, key="answer", answer="现场复查，排口已封堵。", upheld=False, public_text="反映桥下排水"
    )
    said = text_of(client.get(f"/n/{NO}").content.decode())
    assert "不成立，已答复" in said
    assert "反映桥下排水" in said
    assert "现场复查，排口已封堵。" in said
    assert "石桥下面还在排污水" not in said


def test_a_withdrawn_notice_keeps_its_text_and_says_since_when_and_why(client, published):
    by = actor_for(works_case("published"), "publish")
    notices.withdraw_notice(task=published.pk, by=by, at=IN_WINDOW, key="withdraw", reason="第二项措施的数字有误。")
    page = client.get(f"/n/{NO}").content.decode()
    said = text_of(page)
    assert "这份公示已于 2025 年 11 月 6 日撤回，下面是当时的原文。" in said
    assert "第二项措施的数字有误。" in said
    assert "建成青阜镇段截污干管2.4公里" in said
    assert "/objection" not in page


def test_the_page_is_held_against_the_digest_that_the_journal_took_of_it(published):
    found = as_published(notice_record(NO), IN_WINDOW)
    assert found.same is True
    assert len(digest(found.notice)) == 64


def test_later_acts_do_not_change_what_was_published(published, clock_at):
    by = actor_for(works_case("published"), "publish")
    before = as_published(notice_record(NO), IN_WINDOW).notice
    notices.withdraw_notice(task=published.pk, by=by, at=IN_WINDOW + timedelta(hours=1), key="withdraw", reason="改正。")
    assert as_published(notice_record(NO), IN_WINDOW + timedelta(days=1)).notice == before


def test_a_changed_register_changes_nothing_that_was_published(client, published):
    row = Org.objects.get(pk="org-citydesk")
    row.more["phone"] = "0999-5550999"
    row.save()
    assert as_published(notice_record(NO), IN_WINDOW).notice.desk.phone == "0999-5550112"


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"{}"), lambda path: path.unlink()])
def test_a_damaged_or_lost_original_is_said_on_the_page(client, published, damage):
    kept = File.objects.get(path=f"notices/notice-{NO}.json").sha256
    path = settings.CONTENT_HOME / kept[:2] / kept[2:4] / kept
    content = path.read_bytes()
    damage(path)
    try:
        assert "本站保存的公示原文和日志里的指纹不一致" in text_of(client.get(f"/n/{NO}").content.decode())
    finally:
        path.write_bytes(content)


def test_the_proof_badge_says_how_far_the_entry_has_come(client, published):
    assert "已入日志" in text_of(client.get(f"/n/{NO}").content.decode())


def test_under_a_checkpoint_it_waits_for_a_witness(client, logged):
    entry = Record.objects.get(pk=f"notice-{NO}")
    said = text_of(client.get(f"/n/{NO}").content.decode())
    assert entry
    assert "待见证" in said


def test_the_code_leads_to_the_plain_address_whatever_way_the_page_is_read(client, published):
    plain, english = (client.get(f"{way}/n/{NO}").content.decode() for way in ("", "/en/big"))
    drawn = [re.search(r'<svg role="img" aria-label="[^"]*"(.*?)</svg>', page, re.S).group(1) for page in (plain, english)]
    assert drawn[0] == drawn[1]


def test_the_same_notice_comes_as_a_pdf(client, logged):
    answer = client.get(f"/n/{NO}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert client.get(f"/n/{NO}.pdf").content == answer.content


def test_a_number_that_no_notice_has_is_not_found(client, db):
    assert client.get("/n/qh2025a-7-9").status_code == 404


def test_in_english_the_site_speaks_english_and_the_official_text_stays_chinese(client, published):
    page = client.get(f"/en/n/{NO}").content.decode()
    assert '<html lang="en">' in page
    assert '<span lang="zh-Hans">建设青阜镇段截污干管2.4公里。</span>' in page
