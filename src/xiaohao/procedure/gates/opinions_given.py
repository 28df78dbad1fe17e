"""Gates: the group has an opinion on every measure, each with its reason and what was looked at; and one measure that is not done forbids
the acceptance as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Opinion
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import Said, one_after_another, say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import last_in_round
from xiaohao.procedure.rules import Rulebook

#: Opinion.verdict in words.
VERDICT_WORDS: dict[str, Said] = {"done": say("完成"), "mostly_done": say("基本完成"), "not_done": say("未完成")}


@gate(
    basis=say("验收应当对每项措施逐项提出意见，写明理由和看了什么。"),
    met=say("每项措施都有意见、理由和看了什么"),
)
def opinions_given(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    record = last_in_round(dossier, "acceptance")
    if record is None:
        return None  # 没有验收意见：另一项条件已经说了
    lacking = tuple(_lacking(dossier, record.opinions))
    if not lacking:
        return None
    return Gap(
        fact=say("{facts}。", facts=one_after_another(lacking)),
        way=say("逐项写意见：完成、基本完成还是未完成，为什么，看了什么。不能用一句话代替几项。"),
        who=unit_words(dossier, TaskRole.ACCEPTOR, rules),
        where=record.id,
    )


@gate(
    basis=say("验收结论由逐项意见得出，有一项未完成的，不得通过验收。"),
    met=say("没有一项措施的意见是未完成"),
)
def no_measure_undone(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    record = last_in_round(dossier, "acceptance")
    undone = {one.measure for one in record.opinions if one.verdict == "not_done"} if record else set()
    if record is None or not undone:
        return None
    return Gap(
        fact=say("第 {numbers} 项措施的意见是“未完成”，不能通过验收。", numbers=_numbers(dossier, undone)),
        way=say("写退回函，说明缺什么、补到什么程度再申请。"),
        who=unit_words(dossier, TaskRole.ACCEPTOR, rules),
        where=record.id,
    )


def _lacking(dossier: Dossier, opinions: tuple[Opinion, ...]) -> Iterator[Said]:
    given = {one.measure: one for one in opinions if one.verdict in VERDICT_WORDS}
    measures = dossier.measures_of(dossier.task.id)
    if none := {measure.id for measure in measures if measure.id not in given}:
        yield say("第 {numbers} 项措施没有意见", numbers=_numbers(dossier, none))
    if bare := {one.measure for one in given.values() if not one.reason.strip()}:
        yield say("第 {numbers} 项措施没有写理由", numbers=_numbers(dossier, bare))
    if unseen := {one.measure for one in given.values() if not (one.looked_at or "").strip()}:
        yield say("第 {numbers} 项措施没有写看了什么", numbers=_numbers(dossier, unseen))
    # 一句理由套用几项，等于没有逐项看：这是本系统自己的规定
    often = Counter(one.reason.strip() for one in given.values() if one.reason.strip())
    for words in sorted(words for words, count in often.items() if count > 1):
        same = {one.measure for one in given.values() if one.reason.strip() == words}
        yield say("第 {numbers} 项措施的理由一字不差", numbers=_numbers(dossier, same))


def _numbers(dossier: Dossier, measures: set[str]) -> str:
    known = {measure.id: measure.number for measure in dossier.measures_of(dossier.task.id)}
    return "、".join(str(number) for number in sorted(known[one] for one in measures if one in known))
