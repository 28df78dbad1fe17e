"""Security keys: added, shown, and refused when they are another's, answer another question, or have a twin."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.test import Client

from tests.web.account.conftest import PASSWORD, come_in
from tests.web.account.software_key import SoftwareKey

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


def question_in(page: str) -> str:
    found = re.search(r'data-question="([^"]+)"', page)
    assert found, page
    return unescape(found[1])


@pytest.fixture
def browser(phone) -> Client:
    """The clerk's, signed in at a name to which keys can be bound."""
    browser = Client(**HOST)
    come_in(browser, phone)
    return browser


@pytest.fixture
def key(browser: Client) -> SoftwareKey:
    """A key that the account has taken."""
    made = SoftwareKey("http://localhost")
    question = question_in(browser.get("/me/second").content.decode())
    answer = browser.post("/me/second", {"label": "抽屉里的", "key_answer": json.dumps(made.made(question))})
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/me"), answer.content.decode()
    return made


def half_in() -> tuple[Client, str]:
    browser = Client(**HOST)
    browser.post("/sign-in", {"username": "zhoumin", "password": PASSWORD})
    return browser, question_in(browser.get("/sign-in/second").content.decode())


def shown(browser: Client, answer: dict) -> int:
    return browser.post("/sign-in/second", {"key_answer": json.dumps(answer)}).status_code


def test_a_key_is_a_second_half(key):
    browser, question = half_in()
    assert shown(browser, key.shown(question)) == 302
    assert browser.get("/desk/").status_code == 200


def test_somebody_else_s_key_opens_nothing(key):
    browser, question = half_in()
    stranger = SoftwareKey("http://localhost", name=key.name)
    assert shown(browser, stranger.shown(question)) == 422


def test_an_answer_is_good_for_its_own_question_only_and_once(key):
    browser, question = half_in()
    answer = key.shown(question)
    other, _ = half_in()
    assert shown(other, answer) == 422
    assert shown(browser, answer) == 302
    browser.post("/sign-out")
    assert shown(half_in()[0], answer) == 422


def test_an_answer_made_for_another_site_is_refused(key):
    browser, question = half_in()
    key.origin = "https://evil.example"
    assert shown(browser, key.shown(question)) == 422


def test_a_key_whose_count_goes_back_has_a_twin(key):
    browser, question = half_in()
    key.count = 40
    assert shown(browser, key.shown(question)) == 302
    browser, question = half_in()
    key.count = 20
    assert shown(browser, key.shown(question)) == 422


@pytest.mark.parametrize("answer", ["", "{}", "[]", "nonsense", '{"id": 1}'])
def test_nonsense_is_no_answer(key, answer):
    browser, _ = half_in()
    assert browser.post("/sign-in/second", {"key_answer": answer}).status_code == 422


def test_with_two_factors_one_can_go(browser, key, phone):
    factor = phone.account.second_factors.get(kind="totp")
    browser.post(f"/me/second/{factor.pk}/remove")
    assert [one.kind for one in phone.account.second_factors.all()] == ["key"]


def test_no_key_is_offered_at_a_bare_address(phone):
    browser = Client(HTTP_HOST="127.0.0.1")
    come_in(browser, phone)
    assert "data-question" not in browser.get("/me/second").content.decode()
