"""Posts and who holds them: a post is set up, changes hands, is stood in for. What is open moves with the post; what was done stays where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from xiaohao.acts._entry import COMMAND_LINE, append_entry
from xiaohao.acts._perform import perform_within
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.access_log import note
from xiaohao.acts.accounts import account_of, must_lie_apart
from xiaohao.acts.ids import id_from
from xiaohao.acts.once import once
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import posts as values
from xiaohao.dossier.parties import Person
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST
from xiaohao.records import models, write
from xiaohao.records.access_log import What
from xiaohao.records.models.filed import instant
from xiaohao.records.offices import drafts_with, may_keep_posts, open_tasks_of, roles_of_person, term_in_force

#: Rows in one act; an entry of the journal holds some eighty commitments.
_AT_ONCE = 60


def enter_posts(posts: Iterable[values.Post], terms: Iterable[values.Term], *, at: datetime) -> None:
    """Enter posts and terms as an office's list has them. Raises IntegrityError when one is there already."""
    with transaction.atomic():
        every = [*posts, *terms]
        for group in (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE)):
            append_entry(EntryType.ACT, step="enter_posts", by=COMMAND_LINE, at=at, rows=[write.add(one) for one in group])


def add_post(*, by: Actor, at: datetime, key: str, org: str, title: str, head: str | None, roles: tuple[str, ...]) -> Receipt:
    """Set up a post in a unit; nobody holds it yet. Raises Refused when the unit has one of that title."""

    def write_it() -> dict[str, Any]:
        _must_be_allowed("add_post", by, models.Org.objects.get(pk=org))
        if models.Post.objects.filter(org=org, title=title).exists():
            raise Refused("add_post", (_wrong("post_new", say("本单位已有“{title}”岗位", title=title), say("请直接在这个岗位上办理")),))
        post = values.Post(id=id_from("post", key), org=org, title=title, head=head, roles=roles)
        append_entry(EntryType.ACT, step="add_post", by=by, at=at.replace(microsecond=0), rows=[write.add(post)])
        return {"post": post.id}

    return once("add_post", by, at, key, write_it)


def hand_over(
    *, by: Actor, at: datetime, key: str, post: str, to: str | None, name: str | None = None, on: str, document: str = "", reason: str = ""
) -> Receipt:
    """The post goes from whoever holds it to the person `to` (or to somebody new of that `name`), whose first day is `on`.

    Open duties move: the first responsibility for tasks that are not ended, what waits for the holder's signature or lies half written. The
    outgoing person's account loses the roles of the post at once; the new one's are asked of the security administrator. Terms, records and
    everything signed stay with whoever held the post then. Raises Refused."""

    def write_it() -> dict[str, Any]:
        row = models.Post.objects.select_for_update(of=("self",)).select_related("org").get(pk=post)
        _must_be_allowed("hand_over", by, row.org)
        old = term_in_force(row)
        incoming = _incoming(row, to, name, key)
        _must_be_in_order(old, incoming, on, at)
        must_lie_apart("hand_over", incoming.pk, row.thing().roles)
        rows: list[Any] = []
        if old is not None:
            old.end = on
            old.save()
            rows.append(old)
        rows += [_begin(row, incoming, start=on, by=by, at=at, key=key, document=document, reason=reason), *_seated(row, old, incoming)]
        append_entry(EntryType.ACT, step="hand_over", by=by, at=at.replace(microsecond=0), rows=rows)
        moved = _move_duties(row, old, incoming, by=by, at=at, key=key) if old else {"tasks": [], "drafts": 0}
        _move_roles(row, old, incoming, by=by, at=at, key=key)
        return {"post": row.pk, "person": incoming.pk, **moved}

    return once("hand_over", by, at, key, write_it)


def appoint_deputy(
    *, by: Actor, at: datetime, key: str, post: str, person: str, start: str, end: str, reason: str, document: str = ""
) -> Receipt:
    """Somebody stands in for the holder of a post from `start` to `end`, both counted. Raises Refused when it is the holder, when the days are
    the wrong way round, or when somebody else stands in on one of them."""

    def write_it() -> dict[str, Any]:
        row = models.Post.objects.select_for_update(of=("self",)).select_related("org").get(pk=post)
        _must_be_allowed("appoint_deputy", by, row.org)
        holder, deputy = term_in_force(row), models.Person.objects.get(pk=person)
        clash = row.terms.filter(acting=True, start__lte=end, end__gte=start).first()
        wrong = [
            holder is None and _wrong("post_held", say("这个岗位现在没有人任职"), say("请先办理任职")),
            holder is not None and holder.person_id == person and _wrong("deputy_other", say("代行人就是任职人本人"), say("请另选一人")),
            end < start and _wrong("days_in_order", say("结束日期早于开始日期"), say("请核对日期")),
            clash is not None and _wrong("one_deputy", say("这几天已有代行人"), say("请先结束原来的代行，或另定日期")),
        ]
        _refuse_if("appoint_deputy", wrong)
        term = _begin(row, deputy, start=start, by=by, at=at, key=key, document=document, reason=reason, end=end, acting=True)
        append_entry(EntryType.ACT, step="appoint_deputy", by=by, at=at.replace(microsecond=0), rows=[term])
        return {"term": term.pk}

    return once("appoint_deputy", by, at, key, write_it)


def recall_deputy(*, by: Actor, at: datetime, key: str, term: str) -> Receipt:
    """The holder is back: the deputy's last day is today (or the day they began, where that lies ahead)."""

    def write_it() -> dict[str, Any]:
        row = models.Term.objects.select_for_update(of=("self",)).select_related("post__org").get(pk=term, acting=True)
        _must_be_allowed("recall_deputy", by, row.post.org)
        today = at.astimezone(CST).date().isoformat()
        if row.end < today:
            raise Refused("recall_deputy", (_wrong("still_acting", say("这次代行已经结束"), say("不用再办")),))
        row.end = max(today, row.start)
        row.save()
        append_entry(EntryType.ACT, step="recall_deputy", by=by, at=at.replace(microsecond=0), rows=[row])
        return {"term": row.pk}

    return once("recall_deputy", by, at, key, write_it)


def _incoming(post: models.Post, to: str | None, name: str | None, key: str) -> models.Person:
    """The person who takes the post, entered now where they are new."""
    if to:
        return models.Person.objects.get(pk=to)
    number = models.Person.objects.count() + 1
    while models.Person.objects.filter(staff_no=f"{number:05}").exists():
        number += 1
    new = write.add(Person(id=id_from("person", key), name=name or "", org=post.org_id, post=post.title), staff_no=f"{number:05}")
    assert isinstance(new, models.Person)
    return new  # committed to with the others whose post changes


def _must_be_in_order(old: models.Term | None, incoming: models.Person, on: str, at: datetime) -> None:
    wrong = [
        old is not None
        and old.person_id == incoming.pk
        and _wrong("other_person", say("接任人就是现任人"), say("请另选一人，或者不办交接")),
        on > at.astimezone(CST).date().isoformat() and _wrong("day_has_come", say("接任日期还没有到"), say("请在接任当天或以后办理交接")),
        old is not None and on < old.start and _wrong("days_in_order", say("接任日期早于现任人的任职日期"), say("请核对日期")),
    ]
    _refuse_if("hand_over", wrong)


def _begin(
    post: models.Post,
    person: models.Person,
    *,
    start: str,
    by: Actor,
    at: datetime,
    key: str,
    document: str,
    reason: str,
    end: str | None = None,
    acting: bool | None = None,
) -> models.Term:
    term = values.Term(
        id=id_from("term", key),
        post=post.pk,
        person=person.pk,
        start=start,
        end=end,
        acting=acting,
        reason=reason or None,
        document=document or None,
        recorded_at=instant(at),
        recorded_by=by.person,
    )
    row = write.add(term)
    assert isinstance(row, models.Term)
    return row


def _seated(post: models.Post, old: models.Term | None, incoming: models.Person) -> list[Any]:
    """The persons and the unit as they stand after the handover; who holds no other post has none."""
    incoming.org, incoming.post = post.org, post.title
    incoming.save()
    changed: list[Any] = [incoming]
    if old is not None and old.person.post == post.title:
        other = models.Term.objects.filter(person=old.person, end="").exclude(acting=True).select_related("post").first()
        old.person.post = other.post.title if other else ""
        old.person.save()
        changed.append(old.person)
    if post.head:
        unit, leaving = post.org, old.person_id if old else None
        leaders = [incoming.pk if one == leaving else one for one in unit.more.get("leaders", [])]
        unit.more = {**unit.more, "leaders": list(dict.fromkeys(leaders if incoming.pk in leaders else [*leaders, incoming.pk]))}
        unit.save()
        changed.append(unit)
    return changed


def _move_duties(post: models.Post, old: models.Term, incoming: models.Person, *, by: Actor, at: datetime, key: str) -> dict[str, Any]:
    tasks = open_tasks_of(old.person_id, post)
    for task in tasks:
        perform_within("hand_over", task=task.pk, by=by, at=at, key=key, propose=_instead(old.person_id, incoming.pk))
    account = models.Account.objects.filter(person=incoming, is_active=True).first()
    drafts = drafts_with(old.person_id) if account else []
    for draft in drafts:
        assert account is not None
        if not models.Draft.objects.filter(account=account, task=draft.task, step=draft.step).exists():
            draft.account = account
            draft.save()
    return {"tasks": [task.address for task in tasks], "drafts": len(drafts)}


def _instead(old: str, new: str) -> Callable[[Any, models.Task], Proposal]:
    def propose(_dossier: Any, row: models.Task) -> Proposal:
        named = row.more.get("first_responsible", [])
        return Proposal(task={"first_responsible": list(dict.fromkeys(new if one == old else one for one in named))})

    return propose


def _move_roles(post: models.Post, old: models.Term | None, incoming: models.Person, *, by: Actor, at: datetime, key: str) -> None:
    """Taking away needs nobody's consent; giving needs the security administrator's."""
    roles = post.thing().roles
    if old is not None:
        kept = roles_of_person(old.person_id)
        for account in models.Account.objects.filter(person=old.person):
            left = [role for role in account.roles if role not in roles or role in kept]
            if left != account.roles:
                gone = sorted(set(account.roles) - set(left))
                account.roles = left
                account.save()
                note(What.ROLES_TAKEN, at=at, account=account_of(by), about=f"{account.username} {' '.join(gone)}")
    for account in models.Account.objects.filter(person=incoming, is_active=True)[:1]:
        wanted = sorted({*account.roles, *roles})
        if wanted != sorted(account.roles):
            models.RoleRequest.objects.create(account=account, roles=wanted, asked_by_id=by.person, asked_at=at, reason=post.title)
            note(What.ROLES_ASKED, at=at, account=account_of(by), about=f"{account.username} {' '.join(wanted)}")


def _must_be_allowed(act: str, by: Actor, unit: models.Org) -> None:
    if not may_keep_posts(by, unit):
        raise Refused(
            act,
            (
                Unmet(
                    gate="allowed",
                    fact=say("{unit}的岗位由本单位主要负责人、上级整改办或系统管理员登记", unit=unit.name),
                    basis=say("各环节由不同单位的人员办理，岗位权限见权限表"),
                    way=say("请他们登录后办理"),
                    who=unit.name,
                ),
            ),
        )


def _refuse_if(act: str, wrong: Iterable[Any]) -> None:
    if unmet := tuple(one for one in wrong if one):
        raise Refused(act, unmet)


def _wrong(gate: str, fact: str, way: str) -> Unmet:
    return Unmet(gate=gate, fact=fact, basis=say("任职、交接和代行如实登记，日期前后相接"), way=way, who=say("登记人"))
