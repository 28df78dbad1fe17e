"""Gate: every measure of the plan in force is answered, and something is on file behind the answer; measures of another body are routed, not blamed."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Measure
from xiaohao.evidence.coverage import coverage
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import Said, one_after_another, say
from xiaohao.kernel.when import parse_instant
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rounds import round_began
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("整改措施应当逐项落实、逐项说明，并有相应佐证。"),
    met=say("每项措施都已答复，并有记录"),
)
def measures_answered(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    who = unit_words(dossier, TaskRole.OWNER, rules)
    said = dossier.last_statement(dossier.task.id, "completion")
    if said is None:
        return Gap(fact=say("没有整改完成情况说明。"), way=say("逐项写明措施落实情况，并挂上记录。"), who=who)
    began = round_began(dossier)
    if began and parse_instant(said.recorded_at) < began:
        return Gap(fact=say("退回后没有新的完成情况说明。"), way=say("写明退回意见的落实情况，重新说明。"), who=who, where=said.id)
    answers = {answer.measure: answer for answer in coverage(dossier, dossier.task.id)}
    owed = [
        m for m in dossier.measures_of(dossier.task.id) if m.id not in answers or answers[m.id].answered not in ("withdrawn", "elsewhere")
    ]
    unanswered = [m for m in owed if m.id not in answers or answers[m.id].answered == "no"]
    partly = [m for m in owed if m not in unanswered and answers[m.id].answered == "partly"]
    bare = [m for m in owed if m not in unanswered and not answers[m.id].evidence]
    facts = (*_named(say("未答"), unanswered), *_named(say("部分答"), partly), *_named(say("未见记录"), bare))
    if not facts:
        return None
    first = min((*unanswered, *partly, *bare), key=lambda measure: measure.number)
    return Gap(
        fact=say("{facts}。", facts=one_after_another(facts)), way=say("逐项答复措施，并给每项挂上记录或附件。"), who=who, where=first.id
    )


def _named(word: Said, measures: list[Measure]) -> tuple[Said, ...]:
    numbers = "、".join(str(measure.number) for measure in measures)
    return (say("{word}：第 {numbers} 项措施", word=word, numbers=numbers),) if measures else ()
