"""Coming in takes two halves; neither alone opens anything."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests.web.account.conftest import PASSWORD, Phone, come_in
from xiaohao.acts import second_factors, signing_in
from xiaohao.acts.clock import demo_clock, machine_now
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records.models import AccessEvent, Account, SignInLock

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_password_alone_opens_nothing(client, account, phone):
    answer = client.post("/en/sign-in", {"username": "zhoumin", "password": PASSWORD, "next": "/en/desk/t/qh2025a-7"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/sign-in/second")
    assert not is_in(client)
    assert client.get("/desk/").status_code == 302


def test_both_halves_sign_in_and_lead_where_the_person_was_going(client, account, phone):
    answer = come_in(client, phone, next="/en/desk/t/qh2025a-7")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/desk/t/qh2025a-7")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert list(AccessEvent.objects.values_list("what", "result", "about"))[-1] == ("sign_in", "done", "password")


def test_without_a_destination_it_leads_to_the_desk_read_the_same_way(client, account, phone):
    client.post("/en/sign-in", {"username": "zhoumin", "password": PASSWORD})
    assert client.post("/en/sign-in/second", {"code": phone.code()}).headers["Location"] == "/en/desk/"


def test_a_foreign_destination_is_ignored(client, account, phone):
    assert come_in(client, phone, next="https://evil.example/").headers["Location"] == "/desk/"


def test_nobody_is_asked_for_a_code_before_the_password(client, account, phone):
    assert client.post("/sign-in/second", {"code": phone.code()}).headers["Location"] == "/sign-in"
    assert not is_in(client)


def test_a_code_is_good_once(client, account, phone):
    client.post("/sign-in", {"username": "zhoumin", "password": PASSWORD})
    code = phone.code()
    assert client.post("/sign-in/second", {"code": code}).status_code == 302
    other = Client()
    other.post("/sign-in", {"username": "zhoumin", "password": PASSWORD})
    answer = other.post("/sign-in/second", {"code": code})
    assert (answer.status_code, "已经用过" in answer.content.decode(), is_in(other)) == (422, True, False)


def test_a_code_on_paper_is_good_once_too(client, account, phone):
    code = second_factors.new_codes(account=account, at=machine_now(), address="")[3]
    for status in (302, 422):
        browser = Client()
        browser.post("/sign-in", {"username": "zhoumin", "password": PASSWORD})
        assert browser.post("/sign-in/second", {"code": code.upper()}).status_code == status


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


@pytest.mark.parametrize("name", ["zhoumin", "nobody"])
def test_after_five_failures_a_name_is_locked_and_the_answer_does_not_tell_whether_it_is_one(client, account, name):
    for _ in range(4):
        assert "用户名或密码不对" in client.post("/sign-in", {"username": name, "password": "wrong"}).content.decode()
    assert "锁定到" in client.post("/sign-in", {"username": name, "password": "wrong"}).content.decode()
    cache.clear()  # another network
    answer = Client().post("/sign-in", {"username": name, "password": PASSWORD})
    assert (answer.status_code, "锁定到" in answer.content.decode()) == (422, True)
    assert "zhoumin" not in SignInLock.objects.get().name


def test_wrong_codes_lock_like_wrong_passwords_and_forget_the_first_half(client, account, phone):
    client.post("/sign-in", {"username": "zhoumin", "password": PASSWORD})
    for _ in range(4):
        assert client.post("/sign-in/second", {"code": "000000"}).status_code == 422
    assert "锁定到" in client.post("/sign-in/second", {"code": "000000"}).content.decode()
    assert client.post("/sign-in/second", {"code": phone.code()}).headers["Location"] == "/sign-in"


def test_the_security_administrator_lets_them_try_again(client, account, phone):
    for _ in range(5):
        client.post("/sign-in", {"username": "zhoumin", "password": "wrong"})
    keeper = Actor(account.person_id, account.person.org_id, frozenset({Role.SECURITY_ADMIN}))
    signing_in.unlock(by=keeper, at=machine_now(), account=account)
    assert come_in(client, phone).status_code == 302


def test_one_network_is_slowed_down_whatever_names_it_tries(client, account):
    for number in range(20):
        client.post("/sign-in", {"username": f"name{number}", "password": "wrong"})
    answer = client.post("/sign-in", {"username": "zhoumin", "password": PASSWORD})
    assert (answer.status_code, "试的次数太多" in answer.content.decode()) == (422, True)


def test_signing_out_ends_the_session(client, account):
    client.force_login(account)
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert not is_in(client)


def test_nobody_can_be_signed_out_by_a_link(client, account):
    client.force_login(account)
    assert client.get("/sign-out").status_code == 405


def test_a_closed_account_comes_in_nowhere(client, account, phone):
    client.post("/sign-in", {"username": "zhoumin", "password": PASSWORD})
    Account.objects.update(is_active=False)
    assert client.post("/sign-in/second", {"code": phone.code()}).headers["Location"] == "/sign-in"
    assert "用户名或密码不对" in client.post("/sign-in", {"username": "zhoumin", "password": PASSWORD}).content.decode()


def test_in_the_demonstration_one_click_takes_a_seat_without_a_second_half(client, account, settings):
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


def test_the_access_log_never_holds_what_was_typed(client, account, phone: Phone):
    client.post("/sign-in", {"username": "my secret by mistake", "password": "another secret"})
    held = " ".join(str(value) for row in AccessEvent.objects.values_list() for value in row)
    assert "secret" not in held
