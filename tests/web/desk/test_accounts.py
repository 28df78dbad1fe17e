"""The rooms of the three administrators: each their own, none of them a case, and links and files that are shown once or asked for twice."""

from __future__ import annotations

import csv
import io
import re
import time

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import send, words_in
from xiaohao.acts import accounts
from xiaohao.kernel.roles import Role
from xiaohao.records.models import AccessEvent, Account, RoleRequest, SignInLock
from xiaohao.records.sessions import PROVED

THREE = {"cityinfo-1": Role.SYSTEM_ADMIN, "cityinfo-2": Role.SECURITY_ADMIN, "cityinfo-3": Role.AUDIT_ADMIN}


@pytest.fixture
def three(as_):
    """Browsers of the three, by what they are."""
    for name, role in THREE.items():
        accounts.open_account(username=name, person=f"person-{name}", roles=(role,), password=office.PASSWORD)
    return {role: as_(name) for name, role in THREE.items()}


@pytest.fixture
def system(three) -> Client:
    return three[Role.SYSTEM_ADMIN]


@pytest.fixture
def security(three) -> Client:
    return three[Role.SECURITY_ADMIN]


@pytest.fixture
def audit(three) -> Client:
    return three[Role.AUDIT_ADMIN]


def number_of(username: str) -> int:
    return Account.objects.get(username=username).pk


#: page -> who may open it
ROOMS = {
    "/desk/accounts": {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN},
    "/desk/accounts/new": {Role.SYSTEM_ADMIN},
    "/desk/roles": {Role.SECURITY_ADMIN},
    "/desk/access-log": {Role.AUDIT_ADMIN},
    "/desk/access-log.xlsx": {Role.AUDIT_ADMIN},
    "/desk/access-log.csv": {Role.AUDIT_ADMIN},
    "/desk/installation": {Role.SYSTEM_ADMIN},
}


@pytest.mark.parametrize("room", ROOMS)
def test_each_enters_only_their_own_rooms_and_no_clerk_any(three, as_, room):
    assert {role for role, browser in three.items() if browser.get(room).status_code == 200} == ROOMS[room]
    assert as_("county-clerk").get(room).status_code == 403
    assert AccessEvent.objects.filter(what="denied", about=f"GET {room}").count() == 4 - len(ROOMS[room])


def test_they_do_not_do_each_others_work(three):
    number = number_of("housing-1")
    for path, whose in (
        ("roles", Role.SYSTEM_ADMIN),
        ("invite", Role.SYSTEM_ADMIN),
        ("active", Role.SYSTEM_ADMIN),
        ("unlock", Role.SECURITY_ADMIN),
    ):
        answers = {role: browser.post(f"/desk/accounts/{number}/{path}").status_code for role, browser in three.items()}
        assert {role for role, status in answers.items() if status != 403} == {whose}


def test_from_opening_to_the_first_day(system, security):
    page = send(system, "/desk/accounts/new", holding="person", person="person-cityeco-2", username="eco-two", roles=["inspector"])
    (link,) = re.findall(r"http://127\.0\.0\.1:8000(/join/[\w-]+)", page.content.decode())
    assert "只显示这一次" in words_in(page)
    account = Account.objects.get(username="eco-two")
    assert (account.roles, account.has_usable_password()) == ([], False)
    assert link.removeprefix("/join/") not in system.get(f"/desk/accounts/{account.pk}").content.decode()
    request = RoleRequest.objects.get()
    assert "核查人" in words_in(security.get("/desk/roles"))
    security.post(f"/desk/roles/{request.pk}", {"decision": "grant"})
    account.refresh_from_db()
    assert account.roles == ["inspector"]
    assert Client().get(link).status_code == 200
    assert [row.what for row in AccessEvent.objects.order_by("number")][-4:] == [
        "account_opened",
        "roles_asked",
        "invited",
        "roles_granted",
    ]


def test_a_name_that_is_taken_and_roles_that_do_not_go_together_are_said_at_the_form(system):
    taken = send(system, "/desk/accounts/new", holding="person", person="person-cityeco-2", username="housing-1", roles=["inspector"])
    assert (taken.status_code, "已有人用" in words_in(taken)) == (422, True)
    both = send(system, "/desk/accounts/new", holding="person", person="person-cityeco-2", username="eco", roles=["clerk", "audit_admin"])
    assert (both.status_code, "互不兼任" in words_in(both)) == (422, True)
    beside = send(system, "/desk/accounts/new", holding="person", person="person-cityinfo-2", username="second", roles=["clerk"])
    assert (beside.status_code, "互不兼任" in words_in(beside)) == (422, True)
    assert not RoleRequest.objects.exists()


def test_a_clerk_never_becomes_an_administrator_beside(system, security):
    number = number_of("housing-1")
    page = system.post(f"/desk/accounts/{number}/roles", {"roles": ["security_admin"]}, follow=True)
    assert RoleRequest.objects.filter(account=number).count() == 1, words_in(page)  # instead of what they were: that may be asked
    other = accounts.open_account(username="housing-1b", person="person-housing-1", roles=[Role.REPORTER], password=None)
    security.post(f"/desk/roles/{RoleRequest.objects.get(account=number).pk}", {"decision": "grant"})
    assert Account.objects.get(pk=number).roles == ["reporter"], "their other account stands against it"
    assert other.roles == ["reporter"]


def test_an_account_that_is_closed_loses_its_sessions(system, as_):
    clerk = as_("housing-1")
    clerk.get("/desk/")
    system.post(f"/desk/accounts/{number_of('housing-1')}/active", {"active": "0"})
    assert clerk.get("/desk/").status_code == 302
    assert "已停用" in words_in(system.get("/desk/accounts?state=closed"))


def test_who_came_in_without_a_password_is_not_told_to_have_never_entered(system):
    seat = Account.objects.get(username="housing-1")
    seat.set_unusable_password()
    seat.save()
    assert "housing-1" in words_in(system.get("/desk/accounts?state=invited"))
    Account.objects.filter(pk=seat.pk).update(last_login=TODAY)
    assert "housing-1" not in words_in(system.get("/desk/accounts?state=invited"))
    page = words_in(system.get(f"/desk/accounts/{seat.pk}"))
    assert ("在用" in page, "没有密码" in page, "2026-03-03" in page, "还没启用" in page) == (True, True, True, False)


def test_a_lock_is_seen_and_lifted(security):
    for _ in range(5):
        Client().post("/sign-in", {"username": "housing-1", "password": "wrong"})
    assert "housing-1" in words_in(security.get("/desk/accounts?state=locked"))
    security.post(f"/desk/accounts/{number_of('housing-1')}/unlock")
    assert not SignInLock.objects.exists()


def test_a_reset_needs_a_fresh_proof_and_both_administrators(security, system):
    number = number_of("housing-1")
    assert "已经设了密码" in words_in(system.post(f"/desk/accounts/{number}/invite", follow=True))
    session = security.session
    session[PROVED] = time.time() - 3600
    session.save()
    assert security.post(f"/desk/accounts/{number}/reset").headers["Location"].startswith("/sign-in/again")
    session[PROVED] = time.time()
    session.save()
    security.post(f"/desk/accounts/{number}/reset")
    assert not Account.objects.get(pk=number).has_usable_password()
    assert "发启用链接" in words_in(system.get(f"/desk/accounts/{number}"))
    assert "/join/" in system.post(f"/desk/accounts/{number}/invite").content.decode()


def test_nobody_resets_or_closes_themselves(security, system):
    security.post(f"/desk/accounts/{number_of('cityinfo-2')}/reset")
    system.post(f"/desk/accounts/{number_of('cityinfo-1')}/active", {"active": "0"})
    assert Account.objects.get(username="cityinfo-2").has_usable_password()
    assert Account.objects.get(username="cityinfo-1").is_active


def test_the_page_and_both_files_hold_the_same_lines(audit, as_):
    as_("county-clerk").get("/desk/accounts")
    as_("county-clerk").get("/desk/installation")
    Client().post("/sign-in", {"username": "housing-1", "password": "wrong"})
    query = "?what=denied"
    page = words_in(audit.get(f"/desk/access-log{query}"))
    assert ("GET /desk/accounts" in page, "GET /desk/installation" in page, "2 行" in page) == (True, True, True)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(audit.get(f"/desk/access-log.xlsx{query}").content)).get_sheet_by_index(0).to_python()
    text = list(csv.reader(io.StringIO(audit.get(f"/desk/access-log.csv{query}").content.decode("utf-8-sig"))))
    assert [row[7] for row in sheet[2:]] == [row[7] for row in text[1:]] == ["GET /desk/installation", "GET /desk/accounts"]
    assert AccessEvent.objects.filter(what="export").count() == 2


def test_a_cell_that_could_be_taken_for_a_formula_is_text(audit):
    AccessEvent.objects.all()
    from xiaohao.acts import access_log
    from xiaohao.acts.clock import now
    from xiaohao.records.access_log import What

    access_log.note(What.DENIED, at=now(), about="=HYPERLINK(1)")
    access_log.note(What.DENIED, at=now(), about="＝cmd")
    text = list(csv.reader(io.StringIO(audit.get("/desk/access-log.csv").content.decode("utf-8-sig"))))
    assert [row[7] for row in text[1:]] == ["'＝cmd", "'=HYPERLINK(1)"]


def test_the_log_is_carried_away_only_after_a_fresh_proof(audit):
    session = audit.session
    session[PROVED] = time.time() - 3600
    session.save()
    assert audit.get("/desk/access-log.csv").headers["Location"] == "/sign-in/again?next=/desk/access-log.csv"
    assert not AccessEvent.objects.filter(what="export").exists()


@pytest.mark.parametrize(
    "address",
    [
        "/desk/find.xlsx?q=氨氮",
        "/desk/export/qh2025a.xlsx",
        "/desk/t/qh2025a-7/file.pdf",
        "/desk/t/qh2025a-7/forms/notice.docx",
        "/desk/t/qh2025a-7/forms/notice.pdf",
        "/desk/t/qh2025a-7/bundle.zip",
    ],
)
def test_what_names_people_is_carried_away_only_after_a_fresh_proof(as_, address):
    office.works("start")
    client = as_("county-clerk")
    session = client.session
    session[PROVED] = time.time() - 3600
    session.save()
    asked = client.get(address)
    assert (asked.status_code, asked.headers["Location"].partition("?")[0]) == (302, "/sign-in/again")
    assert not AccessEvent.objects.filter(what="export").exists()


def test_the_filters_are_right_and_say_what_is_wrong(audit):
    Client().post("/sign-in", {"username": "housing-1", "password": "wrong"})
    page = words_in(audit.get("/desk/access-log?who=housing-1&result=failed&first=2020-01-01"))
    assert "1 行" in page
    assert "0 行" in words_in(audit.get("/desk/access-log?who=housing-1&result=failed&last=2020-01-01"))
    assert audit.get("/desk/access-log?first=tomorrow").status_code == 422
    assert "没有改动" in words_in(audit.get("/desk/access-log?check=1"))


def test_seeing_who_objected_is_a_line(as_):
    from xiaohao.web.permissions import whole_table

    assert whole_table()["desk_objection_contact"]["POST"].logged == "personal_data"


def test_the_installation_page_tells_no_secret(system, settings):
    page = system.get("/desk/installation").content.decode()
    assert "log.qinghe.example/xiaohao" in page
    assert settings.SECRET_KEY not in page
