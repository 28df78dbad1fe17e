"""One clerk with a password and a phone, and a browser that brings them in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from xiaohao.acts import beginning, second_factors
from xiaohao.acts.clock import machine_now
from xiaohao.kernel import totp
from xiaohao.kernel.roles import Role
from xiaohao.records.models import Account, Org, Person, SecondFactor

PASSWORD = "a long enough word"


@dataclass
class Phone:
    """A phone that makes codes. Each call gives the code of a step that was not given yet, as a patient person would wait for it."""

    account: Account
    secret: bytes = field(default_factory=second_factors.new_secret)

    def code(self) -> str:
        SecondFactor.objects.filter(account=self.account, kind="totp").update(counter=0)
        return totp.code_at(self.secret, int(machine_now().timestamp()) // totp.STEP)


@pytest.fixture
def office(db: None) -> Org:
    cache.clear()
    shutil.rmtree(settings.JOURNAL_HOME, ignore_errors=True)
    beginning.make_keys()
    beginning.begin_journal(at=datetime.fromisoformat("2026-03-02T09:00:00+08:00"))
    return Org.objects.create(id="org-office", name="青禾县整改办", level="county", kind="office", path="org-office/")


def person(office: Org, number: int, name: str) -> Person:
    return Person.objects.create(id=f"person-{number}", name=name, org=office, staff_no=f"10{number:02}")


@pytest.fixture
def account(office: Org) -> Account:
    """A clerk with a password, and nothing else yet."""
    return Account.objects.open(username="zhoumin", password=PASSWORD, person=person(office, 7, "周敏"), roles=[Role.CLERK])


@pytest.fixture
def phone(account: Account) -> Phone:
    """The clerk's phone, set up."""
    made = Phone(account)
    code = totp.code_at(made.secret, int(machine_now().timestamp()) // totp.STEP)
    assert second_factors.add_codes_of_a_phone(account=account, secret=made.secret, code=code, at=machine_now(), address="")
    return made


def come_in(client: Client, phone: Phone, **typed: str):
    """Both halves; returns the last answer."""
    client.post("/sign-in", {"username": phone.account.username, "password": PASSWORD, **typed})
    return client.post("/sign-in/second", {"code": phone.code()})
