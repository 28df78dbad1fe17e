"""What a case lacks of its class's closure standard, requirement by requirement; the gate and the page ask here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import When, parse_when
from xiaohao.procedure.rounds import last_in_round
from xiaohao.procedure.standards import ASKABLE, Standard


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement: its words, what the case holds, and whether that is enough."""

    words: Said
    found: Said
    met: bool


def asked_of(dossier: Dossier, standard: Standard, today: When) -> tuple[Asked, ...]:
    """Every requirement of the standard held against the case; months are counted to the acceptance, or to `today`."""
    return tuple(_asked(dossier, standard, today))


def _asked(dossier: Dossier, standard: Standard, today: When) -> Iterator[Asked]:
    task = dossier.task
    for kind, count in standard.records.items():
        held = len(dossier.records_of(task.id, kind))
        yield Asked(say("{kind}不少于 {count} 条", kind=ASKABLE[kind], count=count), say("已登记 {held} 条", held=held), held >= count)
    if standard.figure:
        goals = dossier.goals_of(task.id)
        plain = sum(goal.target is not None for goal in goals)
        yield Asked(say("至少一个目标有数值"), say("有数值的 {count} 个", count=plain), plain > 0)
    if standard.photos:
        phases = [file.phase for file in dossier.files_of(task.id) if file.kind == "photo"]
        before, after = phases.count("before"), phases.count("after")
        yield Asked(say("整改前、整改后照片"), say("改前 {before} 张，改后 {after} 张", before=before, after=after), bool(before and after))
    if standard.months:
        done = parse_when(task.done_at)
        acceptance = last_in_round(dossier, "acceptance")
        until = parse_when(acceptance.date if acceptance else None) or today
        held = max(0, done.months_until(until)) if done else 0
        words = say("已满 {held} 个月", held=held) if done else say("没有登记完成日期")
        yield Asked(say("完成后稳定 {months} 个月", months=standard.months), words, held >= standard.months)
