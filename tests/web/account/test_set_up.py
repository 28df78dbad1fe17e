"""An invitation brings somebody in who sets their own password and second factor; it works once, for a time, and shows its secrets once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.web.account.conftest import Phone
from xiaohao.acts import accounts
from xiaohao.acts.clock import machine_now
from xiaohao.kernel import totp
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records.models import AccessEvent, Account, Invitation, RecoveryCode, SecondFactor

pytestmark = pytest.mark.django_db
NEW = {"new_password": "四个没有关系的词 lamp", "repeated": "四个没有关系的词 lamp"}


@pytest.fixture
def token(account: Account) -> str:
    account.set_unusable_password()
    account.save()
    return accounts.invite(account=account, by=None, at=machine_now())


def secret_in(page: str) -> bytes:
    import base64

    found = re.search(r'<p class="mono" lang="en">([A-Z2-7 ]+)</p>', page)
    assert found
    return base64.b32decode(found[1].replace(" ", ""))


def code_for(page: str) -> str:
    return totp.code_at(secret_in(page), int(machine_now().timestamp()) // totp.STEP)


def test_from_the_link_to_the_desk(client, account, token):
    assert "周敏" in client.get(f"/join/{token}").content.decode()
    assert client.post(f"/join/{token}", NEW).headers["Location"] == "/sign-in/set-up"
    assert client.get("/desk/").status_code == 302, "a password alone brings nobody in"
    page = client.get("/sign-in/set-up").content.decode()
    done = client.post("/sign-in/set-up", {"code": code_for(page)}).content.decode()
    codes = re.findall(r'<li class="mono">([\w-]+)</li>', done)
    assert (len(codes), len(set(codes))) == (10, 10)
    assert client.get("/desk/").status_code == 200
    assert [row.what for row in AccessEvent.objects.order_by("number")] == ["invited", "joined", "factor_added", "codes_made", "sign_in"]
    assert not any(code.replace("-", "") in row.digest for code in codes for row in RecoveryCode.objects.all())
    assert secret_in(page) not in bytes(SecondFactor.objects.get().sealed)


def test_a_link_works_once(client, token):
    client.post(f"/join/{token}", NEW)
    assert (Client().get(f"/join/{token}").status_code, Client().post(f"/join/{token}", NEW).status_code) == (404, 404)


def test_a_link_ends_after_its_days_and_when_another_is_made(client, account, token, settings):
    newer = accounts.invite(account=account, by=None, at=machine_now())
    assert (client.get(f"/join/{token}").status_code, client.get(f"/join/{newer}").status_code) == (404, 200)
    Invitation.objects.update(expires_at=machine_now() - timedelta(seconds=1))
    assert client.get(f"/join/{newer}").status_code == 404
    assert settings.INVITATION_DAYS == 7


def test_only_the_digest_of_a_link_is_kept(token):
    assert token not in Invitation.objects.get().digest


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"new_password": "short", "repeated": "short"}, "太短"),
        ({"new_password": "four unrelated words", "repeated": "four unrelated word"}, "两次输入的密码不一样"),
        ({"new_password": "zhoumin-zhou", "repeated": "zhoumin-zhou"}, "相似"),
        ({"new_password": "1qaz2wsx3edc", "repeated": "1qaz2wsx3edc"}, "常见"),
    ],
)
def test_a_weak_password_is_refused_in_words(client, token, typed, said):
    answer = client.post(f"/join/{token}", typed)
    assert (answer.status_code, said in answer.content.decode()) == (422, True), answer.content.decode()[:3000]
    assert Invitation.objects.get().used_at is None


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_secret(client, token):
    client.post(f"/join/{token}", NEW)
    before = secret_in(client.get("/sign-in/set-up").content.decode())
    answer = client.post("/sign-in/set-up", {"code": "123"})
    assert (answer.status_code, secret_in(answer.content.decode())) == (422, before)
    assert not SecondFactor.objects.exists()


def test_setting_up_is_not_a_way_around_a_second_factor_that_is_there(client, account, phone: Phone):
    client.post("/sign-in", {"username": "zhoumin", "password": "a long enough word"})
    assert client.get("/sign-in/set-up").headers["Location"] == "/sign-in/second"


def test_one_administrator_alone_cannot_take_over_an_account_in_use(account):
    keeper = Actor("person-1", "org-office", frozenset({Role.SYSTEM_ADMIN}))
    with pytest.raises(Refused) as refused:
        accounts.invite(account=account, by=keeper, at=machine_now())
    assert [one.gate for one in refused.value.unmet] == ["reset_first"]


def test_the_server_s_own_log_never_holds_a_link(client, token, caplog):
    client.post(f"/join/{token}", {})
    client.get("/join/unknown-but-long-token")
    assert token not in caplog.text
    assert "unknown-but-long-token" not in caplog.text
