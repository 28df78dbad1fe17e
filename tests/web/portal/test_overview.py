"""The first page and the list behind its numbers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.acts.walking import make_task
from tests.cases import works_life
from tests.web.portal.conftest import AFTER_WINDOW, IN_WINDOW, NO
from xiaohao.records import queries
from xiaohao.web.portal.overview import percent

pytestmark = pytest.mark.django_db


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def said(client, address: str) -> str:
    return text_of(client.get(address).content.decode())


def test_an_empty_site_says_so_and_promises_nothing(client):
    page = said(client, "/")
    assert "现在没有公示。" in page
    assert "销号率 — 守住率 —：销号满一年的 0 项，没有退回的 0 项" in page


def test_the_closure_rate_is_never_printed_without_the_held_rate(client, db, clock_at):
    make_task("closed")
    clock_at(works_life().at("close") + timedelta(days=1))
    assert "销号率 100% 守住率 —：销号满一年的 0 项" in said(client, "/")
    clock_at(works_life().at("close") + timedelta(days=366))
    assert "守住率 100%：销号满一年的 1 项，没有退回的 1 项" in said(client, "/")


def test_it_lists_open_notices_soonest_end_first_with_days_left_and_objections(client, published, code):
    page = said(client, "/")
    assert "清沅河氨氮超标 青禾县整改清单第 7 项 因异议暂停 还剩 9 个工作日 异议 1 件" in page
    assert f'href="/n/{NO}"' in client.get("/").content.decode()


def test_a_notice_whose_window_is_over_is_no_longer_listed(client, published, clock_at):
    clock_at(AFTER_WINDOW)
    assert queries.open_notices(AFTER_WINDOW) == ()
    assert "现在没有公示。" in said(client, "/")


def test_every_count_is_a_link_to_what_it_counts(client, published):
    page = client.get("/").content.decode()
    assert re.findall(r'<b><a href="([^"]+)">\d+</a></b>', page) == ["/tasks", "/tasks?state=closed", "/tasks?state=reopened"]


def test_progress_is_told_in_words_beside_its_bar(client, published):
    assert 'aria-label="验收、审核与公示 1；"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("q=氨氮", 1),
        ("q=清沅河 住房", 1),
        ("q=粉尘", 0),
        ("state=published", 1),
        ("state=closed", 0),
        ("q=氨氮&state=reopened", 0),
        ("state=nonsense", 1),
    ],
)
def test_the_list_is_searched_by_every_word_and_narrowed_by_state(client, published, query, found):
    page = client.get(f"/tasks?{query}").content.decode()
    assert page.count('class="t"') == found
    assert ("没有找到" in page) is (found == 0)


def test_a_wild_card_in_the_search_is_only_a_sign(client, published):
    assert queries.find_public("%") == ()
    assert queries.find_public("_") == ()


@pytest.mark.parametrize(("part", "whole", "words"), [(41, 96, "43%"), (0, 5, "0%"), (0, 0, "—"), (1, 1, "100%")])
def test_percentages(part, whole, words):
    assert percent(part, whole) == words


def test_the_first_page_asks_few_questions_of_the_database(client, published, django_assert_max_num_queries):
    with django_assert_max_num_queries(23):  # one for each block of the page and each of its counts
        client.get("/")


def test_the_overview_counts_what_was_returned(db):
    make_task("published")
    assert queries.overview(IN_WINDOW).returned == 0
