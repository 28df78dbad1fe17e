"""The facts of an entry in human words: which task, whose, what was done, from which state to which, when, by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaohao.cli.verifying.words import OUTCOMES, ROLES, STATES, STEPS, TYPES, word
from xiaohao.journal.attested import Attested
from xiaohao.journal.entry import ActedBy, Entry, Window
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST


def clock(moment: datetime) -> str:
    """2026-03-03 10:18, China Standard Time."""
    return moment.astimezone(CST).strftime("%Y-%m-%d %H:%M")


def moment_of(seconds: int) -> datetime:
    """The time of a witness line."""
    return datetime.fromtimestamp(seconds, CST)


def entry_lines(entry: Entry) -> Iterator[Said]:
    """What the entry says."""
    yield say("{kind}，记录时间 {at}", kind=word(TYPES, entry.type), at=clock(entry.at))
    if entry.task is not None:
        yield say("任务 {task}，责任单位 {unit}，本任务第 {seq} 条", task=entry.task, unit=entry.unit, seq=entry.seq)
    if entry.step is not None:
        yield say("步骤 {step}", step=word(STEPS, entry.step))
    if entry.state is not None and entry.prev_state is not None:
        yield say("状态 {before} → {after}", before=word(STATES, entry.prev_state), after=word(STATES, entry.state))
    elif entry.state is not None:
        yield say("状态 {after}", after=word(STATES, entry.state))
    if entry.actor is not None:
        yield _person(entry.actor, entry.on_paper)
    if entry.notice is not None:
        yield window_line(entry.notice)
    yield from _rest(entry)


def _person(actor: ActedBy, on_paper: ActedBy | None) -> Said:
    if on_paper is None:
        return say("经办 {unit}，{role} {staff}", unit=actor.unit, role=word(ROLES, actor.role), staff=actor.staff)
    return say(
        "纸质签批 {unit}，{role} {staff}；由 {clerk} 录入",
        unit=on_paper.unit,
        role=word(ROLES, on_paper.role),
        staff=on_paper.staff,
        clerk=actor.staff,
    )


def window_line(window: Window) -> Said:
    """The days of a notice."""
    if window.counted == "workday":
        return say(
            "公示 {no}：{first} 至 {last}，应满 {days} 个工作日", no=window.no, first=window.first, last=window.last, days=window.days
        )
    return say("公示 {no}：{first} 至 {last}，应满 {days} 天", no=window.no, first=window.first, last=window.last, days=window.days)


def _rest(entry: Entry) -> Iterator[Said]:
    if entry.unmet:
        yield say("未满足的条件：{gates}", gates="、".join(entry.unmet))
    if entry.outcome is not None:
        yield say("结论 {outcome}", outcome=word(OUTCOMES, entry.outcome))
    if entry.objection is not None:
        yield say("异议承诺 {digest}", digest=entry.objection)
    for received in entry.objections:
        yield say("异议承诺 {digest}，任务 {task}", digest=received.digest, task=received.task)
    if entry.exceptions:
        yield say("用了规程允许的例外：{names}", names="、".join(entry.exceptions))
    if entry.seen is not None:
        yield say("日志 {origin} 当时有 {size} 条", origin=entry.seen.origin, size=entry.seen.size)
    if entry.pub is not None:
        yield say("公开文件摘要 {digest}", digest=entry.pub)


def checkpoint_lines(attested: Attested) -> Iterator[Said]:
    """Which log, how long, and who has seen it."""
    checkpoint = attested.checkpoint
    yield say("日志 {origin}，共 {size} 条，根哈希 {root}", origin=checkpoint.origin, size=checkpoint.size, root=checkpoint.root.hex())
    for name, seconds in attested.cosigned:
        yield say("见证 {name}，{at}", name=name, at=clock(moment_of(seconds)))
    if attested.witnessed_at is not None:
        yield say("见证足够：以上内容不晚于 {at} 已经存在", at=clock(moment_of(attested.witnessed_at)))
    else:
        yield say("见证还不够：只有日志自己的签名能作证")
