"""Gate: the notice is fit to be put up: it holds what a notice must hold, a window as long as the rulebook asks, posted by its first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import Round, last_in_round
from xiaohao.procedure.rules import Rulebook
from xiaohao.publicity.notice import compose
from xiaohao.publicity.notice_gaps import missing
from xiaohao.publicity.window import days_words, posted_late, unit_of, window_of


@gate(
    basis=say("整改情况应当向社会公示，写明公示期和异议受理方式，公示期不少于规定天数。"),
    met=say("公示有正文、足够的公示期和异议受理方式"),
)
def notice_ready(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who = unit_words(dossier, TaskRole.PUBLISHER, rules)
    record = last_in_round(dossier, "publicity", of=Round.NOTICE)
    if record is None:
        return Gap(fact=say("没有拟好的公示。"), way=say("拟写公示，定下公示期。"), who=who)
    lacking = (*_window_lacks(dossier, record, rules), *_text_lacks(dossier, record))
    if not lacking:
        return None
    return Gap(fact="".join(lacking), way=say("补齐公示内容；公示期不足的，重新定公示期。"), who=who, where=record.id)


def _window_lacks(dossier: Dossier, record: Record, rules: Rulebook) -> Iterator[str]:
    window = window_of(record)
    if window is None:
        return  # _text_lacks says so
    unit, needed = unit_of(rules.publicity.unit), rules.publicity.days
    last = rules.window_end(window.start, calendar_of(dossier))
    if window.end < last:
        yield say(
            "公示期 {start} 至 {end} 不足 {days}，最早到 {last}。",
            start=window.start,
            end=window.end,
            days=days_words(needed, unit),
            last=last,
        )
    if posted_late(record, window):
        yield say("张贴晚于公示期首日 {start}。", start=window.start)


def _text_lacks(dossier: Dossier, record: Record) -> Iterator[str]:
    """What the notice itself lacks; what it lacks of the measures, measures_answered says."""
    said = [s for s in dossier.statements_of(dossier.task.id, "notice") if record.statement in (None, s.id)]
    if not said or not said[-1].text.strip():
        yield say("没有公示正文。")
    measures = {measure.id for measure in dossier.measures_of(dossier.task.id)}
    yield from (gap.fact for gap in missing(compose(dossier, record.id)) if gap.where not in measures)
