"""Three administrators are three people with nothing beside their office, whoever tries it and wherever; what they do stands in a log that nobody
changes."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from xiaohao.acts import access_log, accounts, beginning, parties, posts, roles
from xiaohao.acts.publishing import publish_journal
from xiaohao.dossier import posts as values
from xiaohao.dossier.parties import Org, Person
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Level, Role
from xiaohao.records import models
from xiaohao.records.access_log import What, broken_lines
from xiaohao.records.fsck import faults

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat("2026-03-03T09:00:00+08:00")
NAMES = {Role.SYSTEM_ADMIN: "system", Role.SECURITY_ADMIN: "security", Role.AUDIT_ADMIN: "audit"}
PERSONS = dict(zip(NAMES, ("person-1", "person-2", "person-3"), strict=True))


@pytest.fixture(autouse=True)
def town() -> None:
    shutil.rmtree(settings.JOURNAL_HOME, ignore_errors=True)
    beginning.make_keys()
    beginning.begin_journal(at=AT)
    parties.enter_orgs([Org(id="org-office", name="青禾县整改办", level=Level.COUNTY, kind="office")], at=AT)
    parties.enter_people([Person(id=f"person-{n}", name=f"甲{n}", org="org-office") for n in range(1, 6)], staff_no="{n:05}", at=AT)


@pytest.fixture
def three() -> dict[Role, Actor]:
    accounts.appoint_administrators(persons=PERSONS, usernames=NAMES, at=AT)
    return {role: Actor(person, "org-office", frozenset({role})) for role, person in PERSONS.items()}


def opened(username: str, person: str, held: list[Role]) -> models.Account:
    return accounts.open_account(username=username, person=person, roles=held, password=None)


def gates(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.gate for one in refused.value.unmet]


def test_the_first_three_are_appointed_once(three: dict[Role, Actor]) -> None:
    assert {account.username: account.roles for account in models.Account.objects.all()} == {name: [role] for role, name in NAMES.items()}
    assert not any(account.has_usable_password() for account in models.Account.objects.all())
    with pytest.raises(Refused) as again:
        accounts.appoint_administrators(persons=PERSONS, usernames=NAMES, at=AT)
    assert gates(again) == ["first_time"]


def test_two_of_them_are_never_one_person() -> None:
    with pytest.raises(Refused) as refused:
        accounts.appoint_administrators(persons=PERSONS | {Role.AUDIT_ADMIN: "person-1"}, usernames=NAMES, at=AT)
    assert gates(refused) == ["three_people"]
    assert not models.Account.objects.exists()


def test_there_is_no_superuser() -> None:
    assert not hasattr(models.Account, "is_superuser")
    assert not hasattr(models.Account.objects, "create_superuser")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([Role.SYSTEM_ADMIN], [Role.AUDIT_ADMIN]),
        ([Role.SECURITY_ADMIN], [Role.CLERK]),
        ([Role.CLERK], [Role.AUDIT_ADMIN]),
        ([], [Role.SYSTEM_ADMIN, Role.CLERK]),
    ],
)
def test_an_administrator_holds_nothing_beside_in_no_account_by_act_and_by_trigger(first: list[Role], second: list[Role]) -> None:
    if first:
        opened("one", "person-4", first)
    with pytest.raises(Refused) as refused:
        opened("two", "person-4", second)
    assert gates(refused) == ["hands_apart"]
    with pytest.raises(DatabaseError, match="holds no other role"), transaction.atomic():
        models.Account.objects.open(username="two", person_id="person-4", roles=sorted(second), password=None)
    later = models.Account.objects.open(username="two", person_id="person-4", roles=[], password=None)
    later.roles = sorted(second)
    with pytest.raises(DatabaseError, match="holds no other role"), transaction.atomic():
        later.save()


def test_a_closed_account_binds_its_person_no_more() -> None:
    closed = opened("one", "person-4", [Role.SYSTEM_ADMIN])
    closed.is_active = False
    closed.save()
    assert opened("two", "person-4", [Role.CLERK]).roles == ["clerk"]


def test_a_post_with_roles_does_not_go_with_an_administrator(three: dict[Role, Actor]) -> None:
    post = values.Post(id="post-1", org="org-office", title="主任", roles=("clerk",))
    term = values.Term(
        id="term-1", post="post-1", person="person-4", start="2026-01-01", recorded_at="2026-01-01T09:00:00+08:00", recorded_by="person-4"
    )
    posts.enter_posts([post], [term], at=AT)
    with pytest.raises(Refused) as refused:
        opened("one", "person-4", [Role.AUDIT_ADMIN])
    assert gates(refused) == ["hands_apart"]


def test_an_administrator_takes_no_post_that_has_roles(three: dict[Role, Actor]) -> None:
    posts.enter_posts([values.Post(id="post-1", org="org-office", title="主任", roles=("clerk",))], [], at=AT)
    with pytest.raises(Refused) as refused:
        posts.hand_over(by=three[Role.SYSTEM_ADMIN], at=AT, key="a", post="post-1", to="person-3", on="2026-03-03")
    assert gates(refused) == ["hands_apart"]
    accounts.enter_account(username="four", person="person-4", roles=[], at=AT)
    posts.hand_over(by=three[Role.SYSTEM_ADMIN], at=AT, key="b", post="post-1", to="person-4", on="2026-03-03")
    assert models.AccessEvent.objects.order_by("number").last().about == "four clerk"


def test_one_opens_and_asks_and_another_agrees(three: dict[Role, Actor]) -> None:
    done = accounts.open_account_for(
        by=three[Role.SYSTEM_ADMIN], at=AT, key="a", person="person-5", username="five", email="", roles=[Role.CLERK]
    )
    account = models.Account.objects.get(pk=done.result["account"])
    request = models.RoleRequest.objects.get()
    assert (account.roles, request.roles) == ([], ["clerk"])
    for by in (three[Role.SYSTEM_ADMIN], three[Role.AUDIT_ADMIN]):
        with pytest.raises(Refused):
            roles.decide_role_request(by=by, at=AT, request=request.pk, granted=True)
    assert roles.decide_role_request(by=three[Role.SECURITY_ADMIN], at=AT, request=request.pk, granted=True)
    account.refresh_from_db()
    assert account.roles == ["clerk"]


def test_each_does_only_their_own(three: dict[Role, Actor]) -> None:
    account = opened("five", "person-5", [Role.CLERK])
    for by in (three[Role.SECURITY_ADMIN], three[Role.AUDIT_ADMIN], Actor("person-5", "org-office", frozenset({Role.CLERK}))):
        with pytest.raises(Refused):
            accounts.invite(account=account, by=by, at=AT)
        with pytest.raises(Refused):
            accounts.set_active(by=by, at=AT, account=account, active=False)


def test_a_line_of_the_access_log_is_never_changed_or_deleted() -> None:
    row = access_log.note(What.SIGN_IN, at=AT, about="一")
    for statement in ("UPDATE records_accessevent SET about = 'x'", "DELETE FROM records_accessevent"):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert models.AccessEvent.objects.get().digest == row.digest


def unguarded(statement: str) -> None:
    """As somebody would who owns the database."""
    table = " ON records_accessevent" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER access_log_is_never_changed{table}")
        cursor.execute(f"DROP TRIGGER access_log_is_never_deleted{table}")
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_accessevent SET about = 'x' WHERE number = 1",
        "DELETE FROM records_accessevent WHERE number = 1",
        "UPDATE records_accessevent SET number = 7 WHERE number = 2",
    ],
)
def test_fsck_sees_a_line_that_was_changed_past_the_triggers(statement: str) -> None:
    for about in ("一", "二", "三"):
        access_log.note(What.SIGN_IN, at=AT, about=about)
    publish_journal()
    assert list(faults()) == []
    unguarded(statement)
    assert {fault.kind for fault in faults()} == {"trigger", "access"}


def test_even_a_chain_made_anew_is_seen_once_the_day_is_sealed() -> None:
    access_log.note(What.SIGN_IN, at=AT, about="一")
    assert access_log.seal_access_log(at=AT) is False, "the day is not over"
    assert access_log.seal_access_log(at=AT + timedelta(days=1)) is True
    assert access_log.seal_access_log(at=AT + timedelta(days=1, hours=1)) is False, "once is enough"
    publish_journal()
    assert list(faults()) == []
    row = models.AccessEvent.objects.get()
    row.about = "二"
    digest = access_log.digest_of(row)
    unguarded(f"UPDATE records_accessevent SET about = '二', digest = '{digest}'")
    assert list(broken_lines()) == [], "the chain itself is whole"
    assert {fault.kind for fault in faults()} == {"trigger", "row"}


def test_control_signs_do_not_come_into_the_log() -> None:
    assert access_log.note(What.DENIED, at=AT, about="GET /x\n2026-03-03 ok\x1b[31m").about == "GET /x2026-03-03 ok[31m"
