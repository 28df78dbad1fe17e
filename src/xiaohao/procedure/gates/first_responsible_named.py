"""Gate: the first responsible persons are named; both heads of party and government where the rulebook says 党政."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("整改实行主要负责同志负责制，第一责任人应当明确到人。"),
    met=say("第一责任人已明确到人"),
)
def first_responsible_named(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    named, needed = len(set(dossier.task.first_responsible)), 2 if rules.first_responsible == "both" else 1
    if named >= needed:
        return None
    fact = (
        say("没有登记第一责任人。")
        if not named
        else say("党政主要负责同志都是第一责任人，只登记了 {person}。", person=dossier.person_name(dossier.task.first_responsible[0]))
    )
    way = say("登记党、政两位主要负责同志的姓名和职务。") if needed == 2 else say("登记主要负责人的姓名和职务。")
    return Gap(fact=fact, way=way, who=unit_words(dossier, TaskRole.LEAD, rules), where=dossier.task.id)
