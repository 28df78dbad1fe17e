"""Unified sign-in against a real provider process: it brings in whoever has an account here, asks for their second factor, and makes nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.test import Client

from tests.web.account.provider import CLIENT, SECRET
from xiaohao.records.installation import write_private
from xiaohao.records.models import AccessEvent, Account

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.web.account.provider"]
    running = subprocess.Popen(command, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    yield running.stdout.readline().strip()
    running.terminate()
    running.wait()


@pytest.fixture
def unified(issuer: str, phone, settings, tmp_path: Path) -> str:
    """Switched on, and the clerk's identity written down."""
    write_private(tmp_path / "unified", SECRET.encode())
    settings.UNIFIED = {"name": "青禾县统一身份认证平台", "issuer": issuer, "client_id": CLIENT}
    settings.UNIFIED_SECRET_FILE = tmp_path / "unified"
    Account.objects.filter(pk=phone.account.pk).update(unified_id="unified-7")
    requests.get(f"{issuer}/now", {"wrong": "", "who": "unified-7"}, timeout=5)
    return issuer


def come_back(browser: Client, **changed: str):
    """To the provider and back, as a browser would go; returns the answer to the way back."""
    there = browser.get("/sign-in/unified?next=/desk/registers").headers["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    return browser.get(back.removeprefix("http://127.0.0.1:8000"), **changed)


def test_it_is_the_first_half_and_the_second_factor_stays_ours(client, phone, unified):
    assert "统一身份认证登录" in client.get("/sign-in").content.decode()
    assert come_back(client).headers["Location"] == "/sign-in/second"
    assert "_auth_user_id" not in client.session
    assert client.post("/sign-in/second", {"code": phone.code()}).headers["Location"] == "/desk/registers"
    assert AccessEvent.objects.order_by("number").last().about == "unified"


def test_the_question_carries_a_state_a_nonce_and_a_proof_key(client, unified):
    there = client.get("/sign-in/unified").headers["Location"]
    assert there.startswith(unified)
    assert all(f"{name}=" in there for name in ("state", "nonce", "code_challenge"))
    assert "code_challenge_method=S256" in there


def test_where_the_provider_asks_for_the_second_factor_ours_need_not(client, unified, settings):
    settings.UNIFIED = settings.UNIFIED | {"second_factor": "theirs"}
    assert come_back(client).headers["Location"] == "/desk/registers"
    assert client.get("/desk/").status_code == 200


def test_an_identity_that_is_written_down_nowhere_makes_no_account(client, unified):
    requests.get(f"{unified}/now", {"who": "stranger"}, timeout=5)
    before = Account.objects.count()
    answer = come_back(client)
    assert (answer.status_code, "没有登记您的统一身份" in answer.content.decode()) == (422, True)
    assert Account.objects.count() == before
    assert AccessEvent.objects.order_by("number").last().result == "failed"


def test_a_token_without_the_claim_matches_nobody_who_has_no_identity(client, unified, settings):
    settings.UNIFIED = settings.UNIFIED | {"claim": "employee_number"}
    Account.objects.update(unified_id="")
    answer = come_back(client)
    assert (answer.status_code, "没有登记您的统一身份" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("wrong", ["signature", "issuer", "audience", "nonce", "time"])
def test_a_token_that_is_wrong_in_one_thing_brings_nobody_in(client, unified, wrong):
    requests.get(f"{unified}/now", {"wrong": wrong}, timeout=5)
    answer = come_back(client)
    assert (answer.status_code, "没有成功" in answer.content.decode()) == (422, True)


def test_an_answer_to_somebody_else_s_question_is_refused(client, unified):
    there = Client().get("/sign-in/unified").headers["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    assert client.get(back.removeprefix("http://127.0.0.1:8000")).status_code == 422


def test_a_provider_that_does_not_answer_leaves_the_password(client, unified, settings):
    settings.UNIFIED = settings.UNIFIED | {"issuer": "http://127.0.0.1:9"}
    answer = client.get("/sign-in/unified")
    assert (answer.status_code, "用密码登录" in answer.content.decode()) == (422, True)


def test_switched_off_there_is_no_such_way(client, account):
    assert (client.get("/sign-in/unified").status_code, client.get("/sign-in/unified/back").status_code) == (404, 404)
    assert "统一身份认证登录" not in client.get("/sign-in").content.decode()
