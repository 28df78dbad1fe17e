"""Petitions: entering them in batches, saying what was done about them, linking them with a task and with one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from xiaohao.acts._entry import append_entry
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.petition import Petition
from xiaohao.evidence.petition_number import bare_number
from xiaohao.evidence.petitioner import without_petitioner
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.records import models, search, write
from xiaohao.records.models.filed import instant
from xiaohao.records.worklist import root_of, visible_to

#: Who enters and links petitions; who says what was done.
ENTER = frozenset({Role.CLERK, Role.DESK, Role.SUPERVISOR})
HANDLE = frozenset({Role.REPORTER, Role.HEAD, Role.CLERK, Role.DESK})


@dataclass(frozen=True, slots=True)
class Handling:
    """What the handling unit says: truth and status in the dossier's words, the day it was done, what was done, and what of the matter the
    public may read ("" for nothing yet)."""

    truth: str
    status: str
    done_at: str | None
    text: str
    public: str


def petition_id(inspection: str | None, number: str) -> str:
    """One petition of one inspection has one id, however often it is imported."""
    return id_from("pet", inspection or "", bare_number(number))


def add_petitions(*, by: Actor, at: datetime, key: str, petitions: Sequence[tuple[Petition, str]]) -> Receipt:
    """Enter petitions, each with the id of the unit that handles it. Those already on file are left as they are. Who complained is blotted out.
    Raises Refused for a person who may not, and for a unit outside their own tree."""
    if done := _done(by, key):
        return done
    root = root_of(by.org)
    paths = dict(models.Org.objects.filter(pk__in={org for _petition, org in petitions}).values_list("pk", "path"))
    if not by.roles & ENTER or root is None or any(not paths.get(org, "").startswith(root) for _petition, org in petitions):
        raise Refused("add_petitions", (_no(say("转办件由本级整改办、督查或受理人员登记，承办单位应在本级以下"), say("请核对承办单位")),))
    with transaction.atomic(durable=not settings.TESTING):
        fresh = {one.id: (one, org) for one, org in ((_clean(p, org, at), org) for p, org in petitions)}
        known = set(models.Petition.objects.filter(pk__in=fresh).values_list("pk", flat=True))
        rows = [write.add(one) for pk, (one, _org) in fresh.items() if pk not in known]
        if not rows:
            return Receipt("add_petitions", "", None, at, {"added": [], "known": sorted(known)})
        entry = append_entry(EntryType.ACT, step="add_petitions", by=by, at=at.replace(microsecond=0), rows=rows)
        return _note(by, key, "add_petitions", entry.index, at, {"added": [row.pk for row in rows], "known": sorted(known)})


def handle_petition(*, by: Actor, at: datetime, key: str, petition: str, handling: Handling) -> Receipt:
    """Say what was done; what was said before stays beside it. Raises Refused for another unit, and for a closing without a day or an answer."""
    if done := _done(by, key):
        return done
    with transaction.atomic(durable=not settings.TESTING):
        row = models.Petition.objects.select_for_update(of=("self",)).select_related("org").get(pk=petition)
        if unmet := _unmet(row, by, handling):
            raise Refused("handle_petition", unmet)
        before = {name: row.more.get(name) for name in ("x-handling", "x-public", "done_at")} | {"status": row.status, "truth": row.truth}
        kept = [*row.more.get("x-history", ()), {"until": instant(at), "by": by.person, **{k: v for k, v in before.items() if v}}]
        row.status, row.truth = handling.status, handling.truth
        said = {
            "x-handling": without_petitioner(handling.text),
            "x-public": without_petitioner(handling.public),
            "done_at": handling.done_at,
        }
        row.more = {name: value for name, value in {**row.more, **said, "x-history": kept}.items() if value}
        return _changed(row, "handle_petition", by=by, at=at, key=key)


def link_petition(*, by: Actor, at: datetime, key: str, petition: str, task: str | None, merged_into: str | None) -> Receipt:
    """Say which task a petition belongs to and which earlier petition it repeats (None: none). Raises Refused for a person who may read either not,
    and for a repeat of itself or of one that is itself a repeat."""
    if done := _done(by, key):
        return done
    with transaction.atomic(durable=not settings.TESTING):
        row = models.Petition.objects.select_for_update(of=("self",)).select_related("org").get(pk=petition)
        _require_link(row, by, task, merged_into)
        row.task_id, row.merged_into = task, merged_into or ""
        return _changed(row, "link_petition", by=by, at=at, key=key)


def _require_link(row: models.Petition, by: Actor, task: str | None, merged_into: str | None) -> None:
    root = root_of(by.org)
    if not by.roles & ENTER or root is None or not row.org.path.startswith(root):
        raise Refused("link_petition", (_no(say("转办件由登记它的一级关联"), say("请由本级整改办、督查或受理人员办理")),))
    if task and not visible_to(by).filter(pk=task).exists():
        raise Refused("link_petition", (_no(say("没有这项任务"), say("请核对任务编号")),))
    first = models.Petition.objects.filter(pk=merged_into).first() if merged_into else None
    if merged_into and (first is None or first.pk == row.pk or first.merged_into):
        raise Refused("link_petition", (_no(say("不能并入这一件"), say("请并入最早的一件")),))


def _unmet(row: models.Petition, by: Actor, handling: Handling) -> tuple[Unmet, ...]:
    root = root_of(by.org)
    if not by.roles & HANDLE or root is None or not row.org.path.startswith(root):
        return (_no(say("这一件由{unit}办理", unit=row.org.name), say("请由承办单位填写")),)
    unmet = []
    if handling.status != "open" and not handling.text.strip():
        unmet.append(_no(say("没有写办理情况"), say("办结、阶段性办结都要写明做了什么")))
    if handling.status != "open" and not handling.truth:
        unmet.append(_no(say("没有写是否属实"), say("请选属实、基本属实、部分属实或不属实")))
    if handling.status == "done" and not handling.done_at:
        unmet.append(_no(say("没有写办结日期"), say("请填写办结日期")))
    return tuple(unmet)


def _clean(petition: Petition, org: str, at: datetime) -> Petition:
    kept = tuple((name, value) for name, value in petition.unknown if name not in ("x-org", "x-handling", "x-public"))
    said: Mapping[str, Any] = dict(petition.unknown)
    words = tuple((name, without_petitioner(str(said[name]))) for name in ("x-handling", "x-public") if said.get(name))
    return replace(
        petition,
        id=petition_id(petition.inspection, petition.number),
        number=bare_number(petition.number),
        text=without_petitioner(petition.text) if petition.text else None,
        address=without_petitioner(petition.address) if petition.address else None,
        recorded_at=instant(at),
        unknown=(*kept, ("x-org", org), *words),
    )


def _changed(row: models.Petition, act: str, *, by: Actor, at: datetime, key: str) -> Receipt:
    row.save()
    search.file([row])
    entry = append_entry(EntryType.ACT, step=act, by=by, at=at.replace(microsecond=0), rows=[row])
    return _note(by, key, act, entry.index, at, {"petition": row.pk})


def _done(by: Actor, key: str) -> Receipt | None:
    done = models.Done.objects.filter(actor=by.person, key=key).first()
    return Receipt(done.act, done.task, done.entry, done.at, done.result) if done else None


def _note(by: Actor, key: str, act: str, entry: int, at: datetime, result: dict[str, Any]) -> Receipt:
    models.Done.objects.create(actor=by.person, key=key, act=act, task="", entry=entry, at=at, result=result)
    return Receipt(act, "", entry, at, result)


def _no(fact: Said, way: Said) -> Unmet:
    return Unmet(
        gate="petition",
        fact=fact,
        basis=say("转办件由承办单位办理、交办一级登记；已办结和阶段性办结分开统计"),
        way=way,
        who=say("承办单位"),
        where="",
    )
