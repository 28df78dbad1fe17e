"""会签: a document is sent round, each unit's head signs it or sends it back with an opinion, on the screen or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from xiaohao.acts._allowed import ALL_HANDS
from xiaohao.acts._entry import pseudonym
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts._records import acted
from xiaohao.acts.paper import OnPaper, entered
from xiaohao.acts.receipt import Receipt
from xiaohao.acts.telling import people_of, tell
from xiaohao.dossier import Dossier
from xiaohao.dossier.record import REPLACES, WITHDRAWN, Record
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.countersigning import (
    ACCEPT,
    ANSWER,
    APPLY,
    PAPER,
    PLAN,
    SHEET,
    Sheet,
    is_awaited,
    of_one_document,
    plan_digest,
    sheets_of,
)
from xiaohao.procedure.rules import Rulebook
from xiaohao.records import models
from xiaohao.records.countersigns import sheet_now
from xiaohao.records.in_post import head_signers, may_sign_for, not_in_post, title_of
from xiaohao.records.rulebooks import rulebook_of

#: Accounts that may send a document round, or enter for their unit what was signed on paper.
_CLERKS = frozenset({Role.REPORTER, Role.HEAD, Role.CLERK})


@dataclass(frozen=True, slots=True)
class Circulated:
    """What is sent round: for which document (`stage`), what it is called, its words, and the digest of what it was made of."""

    stage: str
    title: str
    text: str
    digest: str


def send_countersign(
    *, task: str, by: Actor, at: datetime, key: str, document: Circulated, units: Sequence[str], in_order: bool, due: str
) -> Receipt:
    """Send the document to `units` to sign by `due` (2026-03-10), side by side or in their order. It takes the place of an earlier sheet of the same
    document; who has signed the same text need not sign again. Raises Refused for a person of another unit, for a plan that is not the one in force,
    for units that are unknown or the sender's own, and for a day that is past."""
    rules = rulebook_of(models.Task.objects.get(pk=task))
    sheet = acted(
        SHEET, task=task, by=by, at=at, key=key, stage=document.stage, title=document.title, text=document.text, digest=document.digest,
        end=due, units=tuple(dict.fromkeys(units)), in_order=in_order or None,
    )  # fmt: skip

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        gaps = (*_sender(dossier, actor, sheet), *_in_order(dossier, actor, sheet, rules, at))
        return tuple(gap for gap in gaps if gap)

    receipt = perform(
        "send_countersign",
        task=task,
        by=by,
        at=at,
        key=key,
        allowed=allowed,
        propose=lambda _dossier, _row: Proposal(things=(sheet,), result={"sheet": sheet.id}),
    )
    address = models.Task.objects.values_list("address", flat=True).get(pk=task)
    ask_to_sign(address, Sheet(sheet, ()), sheet.units[:1] if in_order else sheet.units, at)
    return receipt


def countersign(
    *, task: str, by: Actor, at: datetime, key: str, sheet: str, unit: str, text: str = "", paper: OnPaper | None = None
) -> Receipt:
    """Sign for `unit` what the sheet holds, with an opinion where there is one. Its head signs, or who stands in; a signature on paper is entered by
    the unit's people with its scan. Raises Refused where it is not the unit's turn, it has signed, the text is not awaited any more, or the
    person may not sign for it."""
    return _answer("countersign", True, task=task, by=by, at=at, key=key, sheet=sheet, unit=unit, text=text, paper=paper)


def return_countersign(
    *, task: str, by: Actor, at: datetime, key: str, sheet: str, unit: str, text: str, paper: OnPaper | None = None
) -> Receipt:
    """Send the document back for `unit`, with the opinion that says why. Raises Refused as `countersign` does, and without an opinion."""
    return _answer("return_countersign", False, task=task, by=by, at=at, key=key, sheet=sheet, unit=unit, text=text, paper=paper)


def withdraw_countersign(*, task: str, by: Actor, at: datetime, key: str, sheet: str, reason: str) -> Receipt:
    """Take a sheet back: nobody signs it any more, and no step waits for the units it named. Raises Refused for others than its sender's unit and
    for a sheet that does not count."""

    def propose(dossier: Dossier, _row: models.Task) -> Proposal:
        back = acted(SHEET, task=task, by=by, at=at, key=key, reason=reason.strip())
        rows = of_one_document(dossier, sheet)
        return Proposal(
            things=tuple(
                replace(back, id=f"{back.id}-{n}", stage=row.stage, title=row.title, unknown=((REPLACES, row.id), (WITHDRAWN, True)))
                for n, row in enumerate(rows, 1)
            )
        )

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        row = next((one for one in dossier.records if one.id == sheet), None)  # `find` knows what counts only, and here the row is gone
        if row is None or row.type != SHEET or task not in row.tasks:
            return (_no(say("没有这份会签单"), say("刷新页面后再办"), task),)
        if actor.org != row.org or not actor.roles & (_CLERKS | {Role.ACCEPTOR}):
            return (_no(say("会签单由送会签的单位撤回"), say("请他们办理"), task),)
        return () if reason.strip() else (_no(say("没有写撤回的理由"), say("写明为什么撤回"), task),)

    return perform("withdraw_countersign", task=task, by=by, at=at, key=key, allowed=allowed, propose=propose)


def ask_to_sign(address: str, sheet: Sheet, units: Sequence[str], at: datetime) -> int:
    """Tell the heads and reporters of these units that a document waits for them; returns how many were told. Nobody is told twice. `address` is
    that of the task or list."""
    words = say("“{title}”送来会签，请在 {due} 前签", title=sheet.record.title or "", due=sheet.due)
    return tell(people_of(units, Role.HEAD, Role.REPORTER), "countersign_asked", f"{sheet.record.id}/{address}", words, at)


def may_send(dossier: Dossier, actor: Actor, stage: str, rules: Rulebook) -> bool:
    """Whether this person may send the document of the stage round now."""
    probe = Record(id="", type=SHEET, stage=stage, recorded_at="", digest=_digest_now(dossier, stage))
    return not _sender(dossier, actor, probe) and is_awaited(dossier, Sheet(probe, ()), rules)


def _digest_now(dossier: Dossier, stage: str) -> str | None:
    plan = dossier.plan_in_force(dossier.task.id) if stage == PLAN else None
    return plan_digest(plan) if plan else None


def _sender(dossier: Dossier, actor: Actor, sheet: Record) -> tuple[Unmet, ...]:
    task, plan = dossier.task, dossier.plan_in_force(dossier.task.id)
    theirs = {
        PLAN: (actor.org in (task.owner, *task.co_owners, task.lead, plan.author if plan else None), _CLERKS),
        APPLY: (actor.org in (task.owner, *task.co_owners), _CLERKS),
        ACCEPT: (actor.org == task.acceptor, frozenset({Role.ACCEPTOR, Role.HEAD})),
    }
    if sheet.stage == PAPER:
        return ALL_HANDS(dossier, actor)
    of_unit, accounts = theirs.get(sheet.stage or "", (False, frozenset()))
    if of_unit and actor.roles & accounts:
        return ()
    return (_no(say("会签由办文单位的经办人送出"), say("请他们办理"), task.id),)


def _in_order(dossier: Dossier, actor: Actor, sheet: Record, rules: Rulebook, at: datetime) -> tuple[Unmet | None, ...]:
    known = {org.id for org in dossier.orgs}
    task = dossier.task.id
    return (
        None
        if is_awaited(dossier, Sheet(sheet, ()), rules)
        else _no(say("现在的文字不等会签，或者方案又改过"), say("刷新页面，看任务办到哪一步"), task),
        None if sheet.units and known >= set(sheet.units) else _no(say("没有选会签单位"), say("至少选一家"), task),
        _no(say("会签单位里有本单位"), say("本单位不用会签，由主要负责人签批"), task) if actor.org in sheet.units else None,
        None if (sheet.text or "").strip() else _no(say("没有要会签的文字"), say("先把文字写好"), task),
        None
        if (sheet.end or "") >= at.astimezone(CST).date().isoformat()
        else _no(say("会签期限 {due} 已经过去", due=sheet.end or ""), say("写一个今天或以后的日期"), task),
    )


def _answer(
    act: str, passed: bool, *, task: str, by: Actor, at: datetime, key: str, sheet: str, unit: str, text: str, paper: OnPaper | None
) -> Receipt:
    rules = rulebook_of(models.Task.objects.get(pk=task))
    day = paper.signed_on if paper else at.astimezone(CST).date().isoformat()
    signer = paper.signed_by if paper else by.person

    stage = models.Record.objects.filter(pk=sheet).values_list("more__stage", flat=True).first()
    bare = acted(
        ANSWER, task=task, by=by, at=at, key=key, of=sheet, org=unit, text=text.strip() or None, passed=passed, stage=stage,
        post=title_of(signer, unit, day),
    )  # fmt: skip
    record, scans = entered(bare, paper)

    def propose(_dossier: Dossier, _row: models.Task) -> Proposal:
        signed = {"on_paper": pseudonym(Actor(signer, unit, frozenset({Role.HEAD})))} if paper else {}
        return Proposal(things=(*scans, record), journal=signed, result={"answer": record.id})

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        before = replace(dossier, records=tuple(r for r in dossier.records if r.id != record.id))
        gaps = (*_turn(before, sheet, unit, rules), wrong_signer(actor, unit, signer, day, on_paper=paper is not None, task=task))
        mute = None if passed or text.strip() else _no(say("没有写意见"), say("不同意的，写明为什么、怎样改"), task)
        return tuple(gap for gap in (*gaps, mute) if gap)

    receipt = perform(act, task=task, by=by, at=at, key=key, allowed=allowed, propose=propose)
    tell_next(sheet, at)
    return receipt


def _turn(dossier: Dossier, sheet: str, unit: str, rules: Rulebook) -> tuple[Unmet, ...]:
    task = dossier.task.id
    found = next((one for one in sheets_of(dossier) if one.record.id == sheet), None)
    if found is None or not is_awaited(dossier, found, rules):
        return (_no(say("这份会签单已经撤回、换过，或者不再等会签"), say("看送会签的单位有没有送来新的一份"), task),)
    if unit not in found.record.units:
        return (_no(say("这份会签单没有送给{unit}", unit=dossier.org_name(unit)), say("由会签单位办理"), task),)
    if unit in found.turn:
        return ()
    if found.returned:
        return (_no(say("已有单位不同意，等送会签的单位改"), say("改好重新送来以后再签"), task),)
    line = next(line for line in found.lines if line.unit == unit)
    if line.answer:
        return (_no(say("{unit}已经签过", unit=dossier.org_name(unit)), say("不用再签"), task),)
    return (_no(say("还没有轮到{unit}", unit=dossier.org_name(unit)), say("等前面的单位签好"), task),)


def wrong_signer(actor: Actor, unit: str, signer: str, day: str, *, on_paper: bool, task: str) -> Unmet | None:
    """Why this person may not sign for the unit, or the `signer` of the paper could not on that day (YYYY-MM-DD); None where they may."""
    if not on_paper:
        if may_sign_for(actor, unit, day):
            return None
        return _no(say("会签由主要负责人或者代行人签"), say("请他们登录后签；签在纸上的，由本单位录入并附扫描件"), task)
    if actor.org != unit or not actor.roles & _CLERKS:
        return _no(say("纸上签的，由本单位的人录入"), say("请他们登录后录入"), task)
    return not_in_post(head_signers(unit), signer, day)


def tell_next(sheet: str, at: datetime) -> None:
    """Whose turn has come by this signature; or, of one that was sent back, its sender."""
    found = sheet_now(sheet)
    if found is None:
        return
    one = found.sheet
    if one.returned:
        words = say("“{title}”会签有单位不同意，请改好重新送", title=one.record.title or "")
        about = f"{one.record.id}/{found.address}"
        tell(people_of([one.record.org], Role.REPORTER, Role.CLERK, Role.ACCEPTOR), "countersign_returned", about, words, at)
    elif one.turn and one.record.in_order:
        ask_to_sign(found.address, one, one.turn, at)


def _no(fact: Said, way: Said, task: str) -> Unmet:
    return Unmet(
        gate="countersign",
        fact=fact,
        basis=say("会签由送达单位的主要负责人或代行人，对送来的那一份文字签"),
        way=way,
        who=say("送会签的单位，会签单位"),
        where=task,
    )
