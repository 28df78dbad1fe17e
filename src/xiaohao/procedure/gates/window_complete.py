"""Gate: the notice has stood for its whole window, its last day is over, and no look at the page found it gone."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.kernel.when import CST
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import Round, last_in_round
from xiaohao.procedure.rules import Rulebook
from xiaohao.publicity.window import days_down, days_words, remaining_words, unit_of, window_of


@gate(
    basis=say("公示期满且足额，方可销号；首日和末日都计入。"),
    met=say("公示期已满、足额"),
)
def window_complete(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who = unit_words(dossier, TaskRole.PUBLISHER, rules)
    record = last_in_round(dossier, "publicity", of=Round.NOTICE)
    window = window_of(record) if record else None
    if record is None or window is None:
        return Gap(fact=say("没有起止日期明确的公示。"), way=say("发布公示，公示期满后再销号。"), who=who)
    calendar, unit, today = calendar_of(dossier), unit_of(rules.publicity.unit), at.astimezone(CST).date()
    last = rules.window_end(window.start, calendar)
    if window.end < last:
        days = days_words(rules.publicity.days, unit)
        return Gap(
            fact=say("公示期 {start} 至 {end} 不足 {days}。", start=window.start, end=window.end, days=days),
            way=say("撤回后重新公示，公示期最早到 {last}。", last=last),
            who=who,
            where=record.id,
        )
    if not window.is_over(today):
        return Gap(
            fact=say("公示到 {end} 为止，{left}。", end=window.end, left=remaining_words(window, today, calendar)),
            way=say("{end} 过后再销号。", end=window.end),
            who=who,
            where=record.id,
        )
    if down := days_down(record, window):
        return Gap(
            fact=say("公示期内 {days} 查看时页面打不开。", days="、".join(map(str, down))),
            way=say("撤回后重新公示。"),
            who=who,
            where=record.id,
        )
    return None
