"""The pages on which the system administrator keeps units."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.desk import office
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


def test_a_dissolved_unit_is_offered_for_nothing_new(admin: Client, as_: SignIn) -> None:
    clerk, acceptor = as_("county-clerk"), as_("cityeco-1")
    office.works("apply")
    assert "org-park" in offered(clerk, "/desk/petitions/new", "org")
    assert "person-citysupervision-1" in offered(acceptor, "/desk/visits", "people")
    for unit, into in (("org-park", "org-housing"), ("org-citysupervision", "org-cityeco")):
        send(admin, f"/desk/units/{unit}/dissolve", holding="into", into=into, on="2026-03-01")
    assert "org-park" not in offered(clerk, "/desk/petitions/new", "org")
    assert "org-park" not in offered(clerk, "/desk/petitions/import", "org")
    assert "person-citysupervision-1" not in offered(acceptor, "/desk/visits", "people")


def test_a_plan_that_is_changed_keeps_the_dissolved_unit_of_its_measures_and_offers_it_for_no_other(admin: Client, as_: SignIn) -> None:
    task = office.works("start")
    old = models.Org.objects.get(pk="org-housing").name
    send(admin, "/desk/units/org-housing/dissolve", holding="into", into="org-park", on="2026-03-01")
    page = as_("park-1").get(f"/desk/t/{task.address}/plan")
    rows = page.context["plan"].measures.forms
    shown = [dict(row.fields["owner"].choices).get("org-housing") for row in rows]
    assert shown == [*[f"{old}（已撤销）" for row in rows if row["was"].value()], None]
    assert page.content.decode().count('<option value="org-housing" selected') == len(rows) - 1
    again = send(as_("park-1"), f"/desk/t/{task.address}/plan", holding="measure-0-text", save="1")
    assert (again.status_code, again.context["plan"].measures.forms[0].cleaned_data["owner"]) == (200, "org-housing")


def offered(client: Client, path: str, field: str) -> set[str]:
    return {str(value) for value, _words in client.get(path).context["form"].fields[field].choices}


def test_a_unit_without_a_level_is_called_what_it_is(as_):
    page = words_in(as_("county-clerk").get("/desk/units"))
    assert "施工、运维单位" in page
    assert "其他" not in page
    assert page.index("青禾县水务局") < page.index("砚田市政工程有限公司")
