"""Signing in and out."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from xiaohao.acts.clock import demo_clock
from xiaohao.kernel.roles import Role
from xiaohao.records.models import Account, Org, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    cache.clear()
    org = Org.objects.create(id="org-office", name="青禾县整改办", level="county", kind="office", path="org-office/")
    person = Person.objects.create(id="person-zm", name="周敏", org=org, staff_no="1007")
    return Account.objects.open(username="zhoumin", password="a long enough word", person=person, roles=[Role.CLERK])


def test_the_right_password_signs_in_and_leads_where_the_person_was_going(client, account):
    answer = client.post("/en/sign-in", {"username": "zhoumin", "password": "a long enough word", "next": "/en/desk/t/qh2025a-7"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/desk/t/qh2025a-7")
    assert client.session["_auth_user_id"] == str(account.pk)


def test_without_a_destination_it_leads_to_the_desk_read_the_same_way(client, account):
    answer = client.post("/en/sign-in", {"username": "zhoumin", "password": "a long enough word"})
    assert answer.headers["Location"] == "/en/desk/"


def test_a_foreign_destination_is_ignored(client, account):
    answer = client.post("/sign-in", {"username": "zhoumin", "password": "a long enough word", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/desk/"


def test_a_wrong_password_says_so_at_the_top_and_at_the_form_and_keeps_the_name(client, account):
    answer = client.post("/sign-in", {"username": "zhoumin", "password": "wrong"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("用户名或密码不对") == 2
    assert 'value="zhoumin"' in page
    assert "<title>有错误：" in page


def test_empty_fields_are_named(client):
    page = client.post("/sign-in", {}).content.decode()
    assert page.count("请填写用户名") == page.count("请填写密码") == 2


def test_after_too_many_guesses_even_the_right_password_waits(client, account):
    for _ in range(10):
        client.post("/sign-in", {"username": "zhoumin", "password": "wrong"})
    answer = client.post("/sign-in", {"username": "zhoumin", "password": "a long enough word"})
    assert answer.status_code == 422
    assert "试的次数太多" in answer.content.decode()


def test_signing_out_ends_the_session(client, account):
    client.force_login(account)
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "_auth_user_id" not in client.session


def test_nobody_can_be_signed_out_by_a_link(client, account):
    client.force_login(account)
    assert client.get("/sign-out").status_code == 405


def test_in_the_demonstration_one_click_takes_a_seat(client, account, settings):
    settings.DEMO = True
    assert "周敏" in client.get("/sign-in").content.decode()
    assert client.post("/demo/as/zhoumin", {"next": "/desk/t/1"}).headers["Location"] == "/desk/t/1"
    assert client.session["_auth_user_id"] == str(account.pk)


def test_outside_the_demonstration_no_account_is_shown(client, account):
    assert "周敏" not in client.get("/sign-in").content.decode()
    assert client.post("/demo/as/zhoumin").status_code == 404


def test_in_the_demonstration_the_clock_moves_to_the_next_working_day(client, settings, tmp_path):
    settings.DEMO, settings.HOME = True, tmp_path
    client.post("/demo/next-workday", {"next": "/tasks"})
    assert demo_clock().now().isoformat() == "2026-03-04T09:00:00+08:00"
