"""A post that changes hands, and somebody who stands in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.desk import office
from tests.web.desk.conftest import OPENED
from xiaohao.acts import posts
from xiaohao.dossier.posts import Post, Term
from xiaohao.kernel.refused import Refused
from xiaohao.records import models
from xiaohao.records.fsck import faults
from xiaohao.records.models.filed import instant
from xiaohao.records.to_dossier import dossier_of

pytestmark = pytest.mark.django_db

ON = "2026-02-01"


@pytest.fixture
def task(db, settings):
    """The works case, in progress; its head's post is on file, and a draft waits for that head."""
    office.move_in(OPENED)
    row = office.works("start")
    head = next(one for one in row.more["first_responsible"] if models.Account.objects.filter(person=one).exists())
    person = models.Person.objects.get(pk=head)
    post = Post(id="post-1", org=person.org_id, title=person.post, head="government", roles=("head",))
    term = Term(id="term-1", post="post-1", person=head, start="2023-01-01", recorded_at=instant(at()))
    posts.enter_posts([post], [term], at=at())
    return models.Task.objects.get(pk=row.pk)


def at():
    return models.JournalEntry.objects.latest("index").at + timedelta(days=400)


def by(task):
    account = models.Account.objects.get(person_id=models.Term.objects.get(pk="term-1").person_id)
    return account.actor


@pytest.mark.usefixtures("own_journal")
def test_open_duties_move_with_the_post_and_history_stays(task):
    old = models.Term.objects.get(pk="term-1").person_id
    moment = at()
    account = models.Account.objects.get(person_id=old)
    models.Draft.objects.create(account=account, task=task, step="apply_signing", values={"clerk": "x"}, saved_at=moment)
    receipt = posts.hand_over(by=by(task), at=moment, key="k" * 32, post="post-1", to="person-city-clerk", on=ON, reason="调任")
    task.refresh_from_db()
    assert receipt.result["tasks"] == [task.address]
    assert old not in task.more["first_responsible"]
    assert "person-city-clerk" in task.more["first_responsible"]
    terms = {term.person_id: (term.start, term.end) for term in models.Term.objects.all()}
    assert terms == {old: ("2023-01-01", ON), "person-city-clerk": (ON, "")}
    assert models.Draft.objects.get().account.person_id == "person-city-clerk"
    account.refresh_from_db()
    assert account.roles == []
    asked = models.RoleRequest.objects.get()
    assert (asked.account.person_id, "head" in asked.roles, asked.granted) == ("person-city-clerk", True, None)
    assert models.JournalEntry.objects.get(task=task, step="hand_over").state == ""
    assert [fault for fault in faults() if fault.kind not in ("tile", "file")] == []


def test_asking_twice_with_one_key_hands_over_once(task):
    actor, moment = by(task), at()
    first = posts.hand_over(by=actor, at=moment, key="k" * 32, post="post-1", to="person-city-clerk", on=ON)
    assert posts.hand_over(by=actor, at=moment, key="k" * 32, post="post-1", to="person-city-clerk", on=ON) == first
    assert models.Term.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "gate"),
    [
        ({"to": None}, "other_person"),
        ({"on": "2999-01-01"}, "day_has_come"),
        ({"on": "2022-12-31"}, "days_in_order"),
    ],
)
def test_a_handover_that_cannot_be_is_refused_and_nothing_changes(task, change, gate):
    wanted = {"to": "person-city-clerk", "on": ON} | change
    wanted["to"] = wanted["to"] or models.Term.objects.get(pk="term-1").person_id
    with pytest.raises(Refused) as refused:
        posts.hand_over(by=by(task), at=at(), key="k" * 32, post="post-1", **wanted)
    assert [unmet.gate for unmet in refused.value.unmet] == [gate]
    assert models.Term.objects.get().end == ""


def test_nobody_from_another_unit_hands_over(task):
    with pytest.raises(Refused) as refused:
        posts.hand_over(by=office.actor("citydesk-1"), at=at(), key="k" * 32, post="post-1", to="person-city-clerk", on=ON)
    assert [unmet.gate for unmet in refused.value.unmet] == ["allowed"]


def test_whoever_served_in_the_responsible_unit_stays_one_of_its_hands_after_moving(task):
    from xiaohao.procedure.hands import people_of

    old = models.Term.objects.get(pk="term-1").person_id
    unit = models.Person.objects.get(pk=old).org_id
    posts.hand_over(by=by(task), at=at(), key="k" * 32, post="post-1", to="person-city-clerk", on=ON)
    models.Person.objects.filter(pk=old).update(org="org-cityoffice")
    assert old in people_of(dossier_of(task, at=at()), (unit,))


def test_a_deputy_is_recorded_with_dates_and_seen_in_the_file(task):
    moment = at()
    posts.appoint_deputy(
        by=by(task), at=moment, key="d" * 32, post="post-1", person="person-city-clerk", start="2025-12-01", end="2099-01-01", reason="学习"
    )
    row = next(r for r in dossier_of(task, at=moment).records if r.type == "personnel" and r.person == "person-city-clerk")
    assert (row.text, row.start, row.end, row.reason) == ("代行职务", "2025-12-01", "2099-01-01", "学习")
    with pytest.raises(Refused) as refused:
        posts.appoint_deputy(
            by=by(task), at=moment, key="e" * 32, post="post-1", person="person-mayor", start="2026-01-01", end="2026-01-05", reason="休假"
        )
    assert [unmet.gate for unmet in refused.value.unmet] == ["one_deputy"]
    term = models.Term.objects.get(acting=True)
    posts.recall_deputy(by=by(task), at=moment, key="f" * 32, term=term.pk)
    term.refresh_from_db()
    assert term.end == moment.date().isoformat()


def test_the_roles_of_the_post_come_with_a_second_persons_consent_only(task):
    from dataclasses import replace

    from xiaohao.acts.roles import decide_role_request
    from xiaohao.kernel.roles import Role

    posts.hand_over(by=by(task), at=at(), key="k" * 32, post="post-1", to="person-city-clerk", on=ON)
    asked = models.RoleRequest.objects.get()
    security = replace(office.actor("citydesk-1"), roles=frozenset({Role.SECURITY_ADMIN}))
    for wrong in (office.actor("citydesk-1"), replace(security, person=asked.asked_by_id), replace(security, person="person-city-clerk")):
        with pytest.raises(Refused):
            decide_role_request(by=wrong, at=at(), request=asked.pk, granted=True)
    assert "head" not in models.Account.objects.get(pk=asked.account_id).roles
    assert decide_role_request(by=security, at=at(), request=asked.pk, granted=True)
    assert "head" in models.Account.objects.get(pk=asked.account_id).roles
    assert decide_role_request(by=security, at=at(), request=asked.pk, granted=False)  # decided once
