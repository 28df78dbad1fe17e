"""Tokens of other systems: made with a fresh proof, shown once, kept as digests, ended by their owner, the security administrator or the account's end."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.web.account.conftest import come_in, person
from tests.web.account.test_session import ago
from xiaohao.acts import accounts, second_factors, tokens
from xiaohao.acts.clock import machine_now
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Role
from xiaohao.records.models import AccessEvent, Account, ApiToken, JournalEntry
from xiaohao.records.sessions import PROVED
from xiaohao.records.tokens import MOST_TOKENS, Scope

pytestmark = pytest.mark.django_db


def make(account: Account, *scopes: Scope, days: int = 30) -> str:
    _row, token = tokens.make_token(
        account=account, name="台账系统", scopes=scopes or (Scope.READ_CASES,), days=days, at=machine_now(), address="192.0.2.1"
    )
    return token


def asked(token: str, path: str = "/api/v1/desk/worklist", **headers: str) -> Any:
    return Client().get(path, headers={"authorization": f"Bearer {token}", **headers})


def administrator(office: Any, role: Role) -> Account:
    return Account.objects.open(username=role.value, password=None, person=person(office, 40 + len(role), "周"), roles=[role])


def test_a_token_is_made_on_the_page_of_ones_account_shown_once_and_kept_as_a_digest(client, phone):
    come_in(client, phone)
    ago(client, **{PROVED: 11 * 60})
    assert client.get("/me/tokens/new").headers["Location"].startswith("/sign-in/again")
    ago(client, **{PROVED: 1})
    assert "请至少选一项" in client.post("/me/tokens/new", {"name": "台账系统", "days": "90"}).content.decode()
    page = client.post("/me/tokens/new", {"name": "台账系统", "days": "90", "scopes": ["read:cases", "submit"]}).content.decode()
    (token,) = re.findall(r"xiaohao_[\w-]{43}", page)
    row = ApiToken.objects.get()
    assert (row.digest, row.scopes, (row.expires_at - row.made_at).days) == (accounts.digest(token), ["read:cases", "submit"], 90)
    page = client.get("/me").content.decode()
    assert ("台账系统" in page, token in page) == (True, False)
    assert asked(token).status_code == 200
    client.post(f"/me/tokens/{row.pk}/end")
    assert asked(token).status_code == 401
    assert [one.what for one in AccessEvent.objects.filter(what__startswith="token").order_by("number")] == [
        "token_made",
        "token_used",
        "token_ended",
    ]
    assert not any(token in one.about for one in AccessEvent.objects.all())


def test_nobody_ends_a_token_of_somebody_else_but_the_security_administrator_and_the_journal_says_so(client, phone, office, account):
    other = Account.objects.open(username="other", password=None, person=person(office, 8, "白芷"), roles=[Role.CLERK])
    token, guard = make(other), administrator(office, Role.SECURITY_ADMIN)
    come_in(client, phone)
    row = ApiToken.objects.get()
    client.post(f"/me/tokens/{row.pk}/end")
    assert asked(token).status_code == 200
    client.force_login(guard)
    assert "台账系统" in client.get("/desk/tokens").content.decode()
    client.post(f"/desk/tokens/{row.pk}/end")
    assert asked(token).status_code == 401
    assert JournalEntry.objects.latest("index").step == "end_token"
    assert "已停用" in client.get("/desk/tokens").content.decode()
    with pytest.raises(Refused):
        tokens.end_anybodys_token(by=account.actor, token=row.pk, at=machine_now(), address="")


def test_a_token_has_no_more_rights_than_its_account_now_and_dies_with_it(office, account):
    token, keeper = make(account, *Scope), administrator(office, Role.SYSTEM_ADMIN)
    account.roles = []
    account.save()
    refused = asked(token)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:xiaohao:problem:not-allowed")
    account.roles = [Role.CLERK]
    account.save()
    assert asked(token).status_code == 200
    for active in (False, True):
        accounts.set_active(by=keeper.actor, at=machine_now(), account=account, active=active)
        assert asked(token).status_code == 401  # also when the account is open again
    token = make(account)
    second_factors.reset(by=administrator(office, Role.SECURITY_ADMIN).actor, at=machine_now(), account=account)
    assert asked(token).status_code == 401


def test_what_a_token_may_not_do_is_said_with_the_scope_that_it_lacks_and_noted(account):
    token = make(account, Scope.SUBMIT)
    refused = asked(token, **{"accept-language": "en"})
    assert (refused.status_code, refused.headers["Content-Type"]) == (403, "application/problem+json")
    assert (refused.json()["scope"], refused.json()["detail"]) == ("read:cases", "The token lacks the scope read:cases.")
    assert (refused.headers["Content-Language"], refused.headers["Cache-Control"]) == ("en", "no-store")
    assert AccessEvent.objects.latest("number").what == "denied"


@pytest.mark.parametrize("sent", ["", "Bearer xiaohao_nobodys", "Basic eGlhb2hhbw==", "Bearer " + "x" * 5000])
def test_no_token_a_wrong_one_and_a_browsers_session_are_asked_for_a_token(client, phone, sent):
    come_in(client, phone)
    answer = client.get("/api/v1/desk/worklist", headers={"authorization": sent})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="xiaohao"')


def test_a_token_ends_at_its_hour_and_no_later_than_in_a_year(account):
    token = make(account)
    ApiToken.objects.update(expires_at=machine_now() - timedelta(seconds=1))
    assert asked(token).status_code == 401
    with pytest.raises(Refused):
        make(account, days=366)


def test_administrators_get_none_and_nobody_gets_too_many(office, account):
    with pytest.raises(Refused) as refused:
        make(administrator(office, Role.AUDIT_ADMIN))
    assert [one.gate for one in refused.value.unmet] == ["token"]
    for _ in range(MOST_TOKENS):
        make(account)
    with pytest.raises(Refused):
        make(account)


def test_its_use_is_noted_once_a_day_and_for_each_address_and_not_written_each_time(account):
    token = make(account)
    for _ in range(3):
        asked(token)
    Client(REMOTE_ADDR="192.0.2.7").get("/api/v1/desk/worklist", headers={"authorization": f"Bearer {token}"})
    assert [one.address for one in AccessEvent.objects.filter(what="token_used").order_by("number")] == ["127.0.0.1", "192.0.2.7"]


def test_too_many_requests_are_told_when_to_come_again(account, monkeypatch):
    from xiaohao.web.api import gate

    cache.clear()
    monkeypatch.setattr(gate, "PACE", gate.Pace("api", times=2, seconds=60))
    answers = [asked(make(account)), *(Client().get("/api/v1/journal") for _ in range(2))]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    cache.clear()


def test_an_address_that_asks_for_a_fresh_proof_cannot_be_one_for_tokens():
    from xiaohao.web.api.permissions import _with

    with pytest.raises(ValueError, match="fresh proof"):
        _with(Scope.READ_CASES, "desk_bundle")
