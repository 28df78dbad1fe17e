"""Units: set up, renamed, moved in the tree, dissolved. A unit is never deleted; what it was called when stays, and open duties go to its successor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from xiaohao.acts._entry import append_entry
from xiaohao.acts._perform import perform_within
from xiaohao.acts._proposal import Proposal, Update
from xiaohao.acts.access_log import note
from xiaohao.acts.accounts import account_of
from xiaohao.acts.ids import id_from
from xiaohao.acts.once import once
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.parties import DISSOLVED, FORMER_NAMES, Org
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.codes import fits_level, is_credit_code, is_region_code
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role, TaskRole
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.records import models, search, write
from xiaohao.records.access_log import What
from xiaohao.records.offices import held_by_unit, roles_of_person

#: Our own names of a bundle for the two codes of a unit.
_REGION, _CREDIT = "x-region-code", "x-credit-code"


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is on file of a unit, "" for what is not known. `aliases` are short names under which ledgers know it."""

    name: str
    level: str
    kind: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    phone: str = ""
    address: str = ""
    region_code: str = ""
    credit_code: str = ""


def add_unit(*, by: Actor, at: datetime, key: str, facts: UnitFacts) -> Receipt:
    """Set up a unit. Raises Refused for others than the system administrator, a name that is taken, codes that cannot be right."""

    def write_it() -> dict[str, Any]:
        _refuse_if("add_unit", (_may(by), *_wrong_facts(facts, None)))
        parent = models.Org.objects.get(pk=facts.parent) if facts.parent else None
        org = Org(
            id=id_from("org", key), name=facts.name, level=facts.level, kind=facts.kind, parent=facts.parent or None, aliases=facts.aliases,
            phone=facts.phone or None, address=facts.address or None,
            unknown=tuple((name, code) for name, code in ((_REGION, facts.region_code), (_CREDIT, facts.credit_code)) if code),
        )  # fmt: skip
        row = write.add(org, path=write.path_of(org, parent))
        append_entry(EntryType.ACT, step="add_unit", by=by, at=at.replace(microsecond=0), rows=[row])
        return {"org": org.id}

    return once("add_unit", by, at, key, write_it)


def amend_unit(*, by: Actor, at: datetime, key: str, org: str, facts: UnitFacts, since: str, reason: str = "") -> Receipt:
    """Put a unit right. A new name holds from the day `since` on; the old one stays on file until the day before it, as an alias too, and every notice
    and closed case keeps the name of its day. A new parent takes the whole branch along. Raises Refused as `add_unit` does, for a parent that lies
    under the unit, and for a day that has not come or lies before the last change of the name."""

    def write_it() -> dict[str, Any]:
        row = models.Org.objects.select_for_update(of=("self",)).get(pk=org)
        renamed = facts.name != row.name
        wrong = (_may(by), *_wrong_facts(facts, row), _branch(row, facts.parent), _day(row, since, at) if renamed else None)
        _refuse_if("amend_unit", (*wrong, _standing(row)))
        more, aliases = dict(row.more), list(facts.aliases)
        if renamed:
            until = (date.fromisoformat(since) - timedelta(days=1)).isoformat()
            more[FORMER_NAMES] = [*row.former_names, {"name": row.name, "until": until} | ({"reason": reason} if reason else {})]
            aliases.append(row.name)
        named = {
            "aliases": list(dict.fromkeys(one for one in aliases if one != facts.name)), "phone": facts.phone, "address": facts.address,
            _REGION: facts.region_code, _CREDIT: facts.credit_code,
        }  # fmt: skip
        row.more = {name: value for name, value in (more | named).items() if value}
        row.name, row.level, row.kind = facts.name, facts.level, facts.kind
        moved = _move(row, facts.parent)
        row.save()
        if renamed:
            search.file_of_unit(row.pk)
        append_entry(EntryType.ACT, step="amend_unit", by=by, at=at.replace(microsecond=0), rows=[row, *moved])
        return {"org": row.pk, "renamed": renamed}

    return once("amend_unit", by, at, key, write_it)


def dissolve_unit(*, by: Actor, at: datetime, key: str, org: str, into: str, on: str, document: str = "", reason: str = "") -> Receipt:
    """The unit is no more from the day `on`; `into` takes its place in every task that is not ended, and in findings that wait for an answer. Terms of its
    posts end that day and their roles are taken away at once; history stays. Raises Refused for others than the system administrator, a successor
    that is the unit itself, under it or dissolved, units still under it, and a day that has not come."""

    def write_it() -> dict[str, Any]:
        row, successor = models.Org.objects.select_for_update(of=("self",)).get(pk=org), models.Org.objects.get(pk=into)
        _refuse_if("dissolve_unit", (_may(by), *_dissolvable(row, successor, on, at)))
        said = {"on": on, "into": into, "document": document, "reason": reason}
        row.more = {**row.more, DISSOLVED: {name: value for name, value in said.items() if value}}
        row.save()
        terms = list(models.Term.objects.filter(post__org=row, end="").select_related("person", "post"))
        for term in terms:
            term.end = max(on, term.start)
            term.save()
        append_entry(EntryType.ACT, step="dissolve_unit", by=by, at=at.replace(microsecond=0), rows=[row, *terms])
        _take_roles(terms, by=by, at=at)
        tasks = held_by_unit(org)
        for task in tasks:
            perform_within(
                "dissolve_unit",
                task=task.pk,
                by=by,
                at=at.replace(microsecond=0),
                key=key,
                propose=_taken_over(org, into),
            )
        return {"org": row.pk, "tasks": [task.address for task in tasks], "terms": len(terms)}

    return once("dissolve_unit", by, at, key, write_it)


def _taken_over(old: str, new: str) -> Callable[[Any, models.Task], Proposal]:
    def propose(_dossier: Any, row: models.Task) -> Proposal:
        columns: dict[str, Any] = {f"{role.value}_id": new for role in TaskRole if getattr(row, f"{role.value}_id", None) == old}
        co_owners = row.more.get("co_owners", [])
        if old in co_owners:
            taken = dict.fromkeys(new if one == old else one for one in co_owners)
            columns["co_owners"] = [one for one in taken if one != columns.get("owner_id", row.owner_id)]
        waiting = models.Finding.objects.filter(task=row, must_answer=old, standing=True, answered_at=None)
        return Proposal(task=columns, updates=tuple(Update(finding, {"must_answer_id": new}) for finding in waiting))

    return propose


def _take_roles(terms: Iterable[models.Term], *, by: Actor, at: datetime) -> None:
    for term in terms:
        gone, kept = set(term.post.thing().roles), roles_of_person(term.person_id)
        for account in models.Account.objects.filter(person=term.person):
            left = [role for role in account.roles if role not in gone or role in kept]
            if left != account.roles:
                taken = " ".join(sorted(set(account.roles) - set(left)))
                account.roles = left
                account.save()
                note(What.ROLES_TAKEN, at=at, account=account_of(by), about=f"{account.username} {taken}")


def _move(row: models.Org, parent: str) -> list[models.Org]:
    """The unit under its new parent, in memory; and every unit under it, saved with its new path. Returns those."""
    if (row.parent_id or "") == parent:
        return []
    above = models.Org.objects.filter(pk=parent).first()
    old, row.parent = row.path, above
    row.path = write.path_of(row.thing(), above)
    below = list(models.Org.objects.filter(path__startswith=old).exclude(pk=row.pk).order_by("path"))
    for one in below:
        one.path = row.path + one.path.removeprefix(old)
        one.save()
    return below


# What is wrong ---------------------------------------------------------------------------------------------------------------------


def _may(by: Actor) -> Unmet | None:
    return None if Role.SYSTEM_ADMIN in by.roles else _wrong("allowed", say("单位由系统管理员登记"), say("请他们登录后办理"))


def _wrong_facts(facts: UnitFacts, row: models.Org | None) -> Iterable[Unmet | None]:
    others = models.Org.objects.exclude(pk=row.pk if row else None)
    yield (
        _wrong("name_free", say("已有“{name}”", name=facts.name), say("请直接改那个单位，或者写全称"))
        if others.filter(name=facts.name).exists()
        else None
    )
    code = facts.region_code
    if code and not (is_region_code(code) and fits_level(code, facts.level)):
        yield _wrong("region_code", say("行政区划代码“{code}”不对", code=code), say("六位数字，按 GB/T 2260；省级末四位、市级末两位是 0"))
    elif code and others.filter(**{f"more__{_REGION}": code}).filter(kind=facts.kind).exists():
        yield _wrong("region_code", say("行政区划代码“{code}”已用于同类的另一个单位", code=code), say("请核对"))
    code = facts.credit_code
    if code and not is_credit_code(code):
        yield _wrong("credit_code", say("统一社会信用代码“{code}”不对", code=code), say("18 位，末位是校验码，请照证书核对"))
    elif code and others.filter(**{f"more__{_CREDIT}": code}).exists():
        yield _wrong("credit_code", say("统一社会信用代码“{code}”已用于另一个单位", code=code), say("请核对"))
    above = models.Org.objects.filter(pk=facts.parent).first() if facts.parent else None
    if facts.parent and (above is None or above.dissolved):
        yield _wrong("parent", say("选的上级单位不在或者已经撤销"), say("请另选一个"))


def _branch(row: models.Org, parent: str) -> Unmet | None:
    above = models.Org.objects.filter(pk=parent).first() if parent else None
    if above and above.path.startswith(row.path):
        return _wrong("parent", say("上级单位不能是本单位或者它的下级"), say("请另选一个"))
    return None


def _standing(row: models.Org) -> Unmet | None:
    return _wrong("standing", say("{unit}已经撤销", unit=row.name), say("撤销的单位不再改动")) if row.dissolved else None


def _day(row: models.Org, since: str, at: datetime) -> Unmet | None:
    if since > at.astimezone(CST).date().isoformat():
        return _wrong("since", say("更名日期还没有到"), say("请在更名当天或以后登记"))
    last = row.former_names[-1]["until"] if row.former_names else ""
    return _wrong("since", say("更名日期不能早于上一次更名"), say("请核对日期")) if last and since <= last else None


def _dissolvable(row: models.Org, successor: models.Org, on: str, at: datetime) -> Iterable[Unmet | None]:
    yield _standing(row)
    if successor.path.startswith(row.path) or successor.dissolved:
        yield _wrong("into", say("承接单位是本单位、它的下级，或者已经撤销"), say("请另选一个"))
    below = [org.name for org in models.Org.objects.filter(parent=row) if not org.dissolved]
    if below:
        yield _wrong("children", say("还有下级单位：{names}", names="、".join(below)), say("先给它们改上级，或者先撤销它们"))
    if on > at.astimezone(CST).date().isoformat():
        yield _wrong("on", say("撤销日期还没有到"), say("请在撤销当天或以后登记"))


def _refuse_if(act: str, wrong: Iterable[Unmet | None]) -> None:
    if unmet := tuple(one for one in wrong if one):
        raise Refused(act, unmet)


def _wrong(gate: str, fact: Said, way: Said) -> Unmet:
    return Unmet(gate=gate, fact=fact, basis=say("单位的名称、代码和隶属如实登记，历史名称不删"), way=way, who=say("系统管理员"))
