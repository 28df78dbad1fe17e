"""The one door: lock, dossier, decide, write, append to the journal, outbox — in one transaction, or nothing at all.

Nothing else in the project sets a task's status. A refusal is written too, in a transaction of its own, so that it can be shown and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from xiaohao.acts import _screening
from xiaohao.acts._entry import append_entry
from xiaohao.acts._open import open_row
from xiaohao.acts._proposal import Proposal, laid_over
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Overtaken, Receipt
from xiaohao.dossier import Dossier
from xiaohao.dossier.codec import plain
from xiaohao.dossier.statement import Statement
from xiaohao.journal.entry import EntryType
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import said_to_json
from xiaohao.procedure import steps
from xiaohao.procedure.decide import decide
from xiaohao.procedure.rules import Rulebook
from xiaohao.procedure.steps import Step
from xiaohao.records import copied, search, write
from xiaohao.records.models import Done, Finding, Refusal, Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of

#: What an act wants to write, given the file as it is.
Propose = Callable[[Dossier, Task], Proposal]
#: Why this person may not do this now, for acts that are not steps of the procedure.
Allowed = Callable[[Dossier, Actor], tuple[Unmet, ...]]
#: Columns of a task whose change changes what it is found by.
_FOUND_BY = frozenset({"title", "problem", "owner_id"})


def perform(
    act: str,
    *,
    task: str,
    by: Actor,
    at: datetime,
    key: str,
    propose: Propose,
    step: Step | None = None,
    allowed: Allowed | None = None,
    version: int | None = None,
    draft: dict[str, Any] | None = None,
) -> Receipt:
    """Do one thing to one task. `step` is the step of the procedure that decides and moves the state; an act without one must say who is `allowed`.
    Raises Refused with every unmet gate, Overtaken when the task is past `version`."""
    if (step is None) == (allowed is None):
        raise TypeError("an act is decided by a step of the procedure or by `allowed`, exactly one of them")
    if done := Done.objects.filter(actor=by.person, key=key).first():
        return _receipt(done)
    at = at.replace(microsecond=0)
    raised: list[Finding] = []
    try:
        with transaction.atomic(durable=not settings.TESTING):
            return _do(act, task=task, by=by, at=at, key=key, propose=propose, step=step, allowed=allowed, version=version, raised=raised)
    except Refused as refusal:
        _record_refusal(refusal, act=act, task=task, by=by, at=at, draft=draft or {}, raised=raised)
        raise
    except IntegrityError:
        if done := Done.objects.filter(actor=by.person, key=key).first():  # the same request, twice at once
            return _receipt(done)
        raise


def perform_within(act: str, *, task: str, by: Actor, at: datetime, key: str, propose: Propose) -> Receipt:
    """A consequence for one task of an act that is about more than a task (a post that changes hands), inside that act's own transaction.
    It takes no step of the procedure. `key` is that act's: every task gets one of its own from it."""
    return _do(
        act, task=task, by=by, at=at, key=id_from("within", key, task), propose=propose, step=None, allowed=None, version=None, raised=[]
    )


def _do(
    act: str,
    *,
    task: str,
    by: Actor,
    at: datetime,
    key: str,
    propose: Propose,
    step: Step | None,
    allowed: Allowed | None,
    version: int | None,
    raised: list[Finding],
) -> Receipt:
    row = Task.objects.select_for_update(of=("self",)).select_related("owner", "list").get(pk=task)
    if version is not None and row.version != version:
        raise Overtaken(row.last_entry)
    rules = rulebook_of(row)
    dossier = dossier_of(row, at=at, rules=rules.as_rules())
    proposal = propose(dossier, row)
    wanted = laid_over(dossier, proposal)
    state = row.status
    findings: tuple[Finding, ...] = ()
    if step:
        screened = _screening.screened(wanted, row, at)
        raised.extend(screened.raised)
        state = decide(step, screened.dossier, by, rules, at).to or row.status
        findings = _screening.settle(screened.raised, screened.gone)
    elif allowed and (unmet := allowed(wanted, by)):
        raise Refused(act, unmet)
    return _write(act, row, proposal, wanted, by=by, at=at, key=key, step=step, state=state, rules=rules, findings=findings)


def _write(
    act: str,
    row: Task,
    proposal: Proposal,
    dossier: Dossier,
    *,
    by: Actor,
    at: datetime,
    key: str,
    step: Step | None,
    state: str,
    rules: Rulebook,
    findings: tuple[Finding, ...],
) -> Receipt:
    for opened in proposal.opens:
        open_row(steps.OPEN_TASK, opened, rules=rules, by=by, at=at)
    rows = [write.add(thing) for thing in proposal.things]
    for statement in (thing for thing in proposal.things if isinstance(thing, Statement)):
        copied.file(statement, dossier)
    for update in proposal.updates:
        for column, value in update.columns.items():
            setattr(update.row, column, value)
        update.row.save()
        search.file([update.row])
    for one in proposal.also:
        append_entry(one["type"], task=row, by=by, at=at, fields={name: value for name, value in one.items() if name != "type"})
    before = row.status
    changed = _set(row, {**proposal.task, **({"status": state} if state != before else {})})
    said: dict[str, Any] = {"rules": rules.digest, **proposal.journal}
    if state != before:
        said |= {"state": state} | ({"prev_state": before} if before else {})
    written = [*rows, *(update.row for update in proposal.updates), *findings, *([row] if changed else [])]
    kind = said.pop("type", EntryType.ACT)
    entry = append_entry(kind, step=act if kind is EntryType.ACT else None, task=row, by=by, at=at, rows=written, fields=said)
    _move(row, changed, entry.index)
    if step or proposal.things:
        _screening.ask(row, entry.index, at, step.name if step else "", holds=bool(step) or by.org in _owners(row))
    for later, arguments in proposal.outbox:
        later.enqueue(*arguments)
    done = Done.objects.create(actor=by.person, key=key, act=act, task=row.address, entry=entry.index, at=at, result=dict(proposal.result))
    return _receipt(done)


def _owners(row: Task) -> tuple[str, ...]:
    return (row.owner_id, *row.more.get("co_owners", ()))


def _set(row: Task, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the task its new values, by their names in the dossier; returns the columns that hold them."""
    changed: dict[str, Any] = {}
    for name, value in values.items():
        if any(field.attname == name for field in row._meta.concrete_fields):
            changed[name] = value
        else:
            changed["more"] = {**changed.get("more", row.more), name: plain(value)}
    for column, value in changed.items():
        setattr(row, column, value)
    return changed


def _move(row: Task, changed: Mapping[str, Any], entry: int) -> None:
    """The only statement in the project that sets a task's status; it takes effect once for each version."""
    if "more" in changed and changed["more"].get("links") is not None:
        write.index_links(row)
    moved = Task.objects.filter(pk=row.pk, version=row.version).update(**changed, version=row.version + 1, last_entry=entry)
    if moved != 1:
        raise Overtaken(Task.objects.values_list("last_entry", flat=True).get(pk=row.pk))
    if changed.keys() & _FOUND_BY:
        search.file([search.whole(Task.objects.all(), "task").get(pk=row.pk)])


def _record_refusal(
    refusal: Refused, *, act: str, task: str, by: Actor, at: datetime, draft: dict[str, Any], raised: list[Finding]
) -> None:
    with transaction.atomic(durable=not settings.TESTING):
        row = Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task)
        written = _screening.settle(raised, ())
        said = {"unmet": tuple(dict.fromkeys(u.gate for u in refusal.unmet))} | ({"prev_state": row.status} if row.status else {})
        entry = append_entry(EntryType.REFUSED, step=act, task=row, by=by, at=at, rows=written, fields=said)
        met = [{"gate": gate, "fact": said_to_json(fact)} for gate, fact in refusal.met]
        unmet = [_unmet_json(u) for u in refusal.unmet]
        Refusal.objects.create(entry=entry, task=row, step=refusal.step, unmet=unmet, met=met, draft=draft)
        refusal.entry = entry.index


def _unmet_json(unmet: Unmet) -> dict[str, Any]:
    """An unmet gate with the pattern behind each sentence, so that the page can say it in English too."""
    return {field.name: said_to_json(getattr(unmet, field.name)) for field in fields(unmet)}


def _receipt(done: Done) -> Receipt:
    return Receipt(act=done.act, task=done.task, entry=done.entry, at=done.at, result=done.result)
