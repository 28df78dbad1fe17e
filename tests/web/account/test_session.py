"""A session ends by idleness, by age and by its owner; a fresh proof is asked for before a task is closed, and nothing typed is lost."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from tests.web.account.conftest import PASSWORD, come_in, person
from xiaohao.kernel.roles import Role
from xiaohao.records.models import AccessEvent, Account, SignedIn
from xiaohao.records.sessions import BEGUN, PROVED, SEEN

pytestmark = pytest.mark.django_db


def ago(client: Client, **seconds: int) -> None:
    session = client.session
    for name, value in seconds.items():
        session[name] = time.time() - value
    session.save()


@pytest.mark.parametrize(("seconds", "is_in"), [(29 * 60, True), (31 * 60, False)])
def test_half_an_hour_without_use_ends_a_session(client, phone, seconds, is_in):
    come_in(client, phone)
    ago(client, **{SEEN: seconds})
    answer = client.get("/desk/")
    assert answer.status_code == (200 if is_in else 302)
    if not is_in:
        assert answer.headers["Location"] == "/sign-in?why=idle&next=/desk/"
        assert "有一段时间没有操作" in client.get(answer.headers["Location"]).content.decode()


def test_twelve_hours_end_a_session_however_busy_it_is(client, phone):
    come_in(client, phone)
    ago(client, **{BEGUN: 12 * 3600 + 1, SEEN: 1})
    assert "why=age" in client.get("/desk/").headers["Location"]
    assert not SignedIn.objects.exclude(account=None).exists()


def test_using_a_session_does_not_write_to_the_database_each_time(client, phone, django_assert_num_queries):
    come_in(client, phone)
    client.get("/me")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get("/me")
    assert not [one for one in asked.captured_queries if one["sql"].startswith(("UPDATE", "INSERT"))]


def test_one_sees_one_s_own_sessions_and_ends_the_others(phone):
    here, there, stranger = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/131.0"}), Client(), Client()
    for browser in (here, there):
        come_in(browser, phone)
    other = Account.objects.open(
        username="other", password=PASSWORD, person=person(phone.account.person.org, 8, "白芷"), roles=[Role.CLERK]
    )
    stranger.force_login(other)
    page = here.get("/me").content.decode()
    assert ("Chrome，Windows" in page, page.count('name="which"')) == (True, 2)
    here.post("/me/sessions", {"which": "others"})
    assert [browser.get("/desk/").status_code for browser in (here, there, stranger)] == [200, 302, 200]
    assert AccessEvent.objects.order_by("number").last().about == "zhoumin 1"


def test_one_of_them_can_be_ended_alone_and_its_key_stands_in_no_page(phone):
    import re

    here, there, third = Client(), Client(), Client()
    for browser in (here, there, third):
        come_in(browser, phone)
    page = here.get("/me").content.decode()
    assert not any(row.session_key in page for row in SignedIn.objects.all())
    here.post("/me/sessions", {"which": re.findall(r'name="which" value="([0-9a-f]+)"', page)[0]})
    assert sorted(browser.get("/desk/").status_code for browser in (there, third)) == [200, 302]


def test_a_new_password_ends_every_other_session(phone):
    here, there = Client(), Client()
    for browser in (here, there):
        come_in(browser, phone)
    new = {"new_password": "three other long words", "repeated": "three other long words"}
    assert here.post("/me/password", new).headers["Location"] == "/me"
    assert [browser.get("/desk/").status_code for browser in (here, there)] == [200, 302]


def test_an_old_proof_is_asked_for_again_and_what_was_typed_waits(client, phone):
    come_in(client, phone)
    ago(client, **{PROVED: 11 * 60})
    answer = client.post("/desk/t/qh2025a-7/do/close", {"words": "公示期满，予以销号。", "pledged": "on"})
    assert answer.headers["Location"] == "/sign-in/again?next=/desk/t/qh2025a-7/do/close"
    assert client.post("/sign-in/again", {"password": "wrong", "code": phone.code()}).status_code == 422
    page = client.post("/sign-in/again", {"password": PASSWORD, "code": phone.code()}).content.decode()
    assert 'action="/desk/t/qh2025a-7/do/close"' in page
    assert 'name="words" value="公示期满，予以销号。"' in page
    assert client.post("/desk/t/qh2025a-7/do/close", {"words": "x"}).status_code == 404  # asked no more; there is no such task here


def test_a_fresh_proof_lasts_ten_minutes(client, phone):
    come_in(client, phone)
    ago(client, **{PROVED: 9 * 60})
    assert client.get("/me/password").status_code == 200
    ago(client, **{PROVED: 11 * 60})
    assert client.get("/me/password").status_code == 302


def test_a_seat_of_the_demonstration_has_nothing_to_prove_it_with(client, account, settings):
    settings.DEMO = True
    account.set_unusable_password()
    account.save()
    client.post("/demo/as/zhoumin")
    ago(client, **{PROVED: 3600})
    assert client.get("/desk/t/qh2025a-7/do/close").status_code == 404


def test_the_last_second_factor_stays(client, phone):
    come_in(client, phone)
    factor = phone.account.second_factors.get()
    page = client.post(f"/me/second/{factor.pk}/remove", follow=True).content.decode()
    assert "这是您唯一的第二验证" in page
    assert phone.account.second_factors.exists()


def test_new_codes_on_paper_replace_the_old_ones(client, phone):
    come_in(client, phone)
    assert "只显示这一次" in client.post("/me/codes").content.decode()
    old = {row.digest for row in phone.account.recovery_codes.all()}
    client.post("/me/codes")
    assert not old & {row.digest for row in phone.account.recovery_codes.all()}
    assert phone.account.recovery_codes.count() == 10
