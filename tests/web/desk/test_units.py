"""The pages on which the system administrator keeps units."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.desk.conftest import OPENED
from tests.web.desk.pages import send, words_in
from xiaohao.acts import accounts, parties
from xiaohao.dossier.parties import Person
from xiaohao.kernel.roles import Role
from xiaohao.records import models

SignIn = Callable[[str], Client]


@pytest.fixture
def admin(as_: SignIn) -> Client:
    parties.enter_people([Person(id="person-sysadmin", name="管理员", org="org-county")], staff_no="A-{n:04}", at=OPENED)
    accounts.open_account(username="sysadmin", person="person-sysadmin", roles=[Role.SYSTEM_ADMIN], password=None)
    return as_("sysadmin")


def test_a_wrong_code_is_said_beside_its_field_and_nothing_typed_is_lost(admin: Client) -> None:
    page = send(admin, "/desk/units/new", holding="name", name="青禾县气象局", level="county", kind="department", parent="org-county", credit_code="91350100M000100Y42")  # fmt: skip
    assert (page.status_code, list(page.context["form"].errors), 'value="青禾县气象局"' in page.content.decode()) == (
        422,
        ["credit_code"],
        True,
    )
    assert send(admin, "/desk/units/new", holding="name", name="青禾县气象局", level="county", kind="department", parent="org-county").status_code == 302  # fmt: skip


def test_a_new_name_asks_for_its_day_and_shows_the_old_one(admin: Client) -> None:
    old = models.Org.objects.get(pk="org-park").name
    page = send(admin, "/desk/units/org-park/edit", holding="name", name="青禾高新区管委会")
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["since"])
    send(admin, "/desk/units/org-park/edit", holding="name", name="青禾高新区管委会", since="2026-02-01", reason="更名")
    words = words_in(admin.get("/desk/units/org-park"))
    assert (old in words, "曾用名" in words, "至 2026-01-31" in words) == (True, True, True)


def test_a_dissolved_unit_shows_into_what_and_is_kept_no_more(admin: Client, as_: SignIn) -> None:
    send(admin, "/desk/units/org-park/dissolve", holding="into", into="org-housing", on="2026-03-01")
    page = admin.get("/desk/units/org-park")
    assert ("起撤销" in words_in(page), page.context["keeps"], "改单位" in words_in(page)) == (True, False, False)
    assert as_("county-clerk").get("/desk/units/org-housing/edit").status_code == 403
