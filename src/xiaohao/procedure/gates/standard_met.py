"""Gate: the case holds what the closure standard of its class asks for. A task without a class is held to the general rules alone."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, TaskRole
from xiaohao.kernel.said import in_a_row, say
from xiaohao.kernel.when import CST, When
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.hands import unit_words
from xiaohao.procedure.rules import STANDARDS_VERSION, Rulebook
from xiaohao.procedure.standard_gaps import asked_of


@gate(
    basis=say("同类问题按同一销号标准验收。"),
    met=say("没有定类，或符合本类的销号标准"),
)
def standard_met(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    task, who = dossier.task, unit_words(dossier, TaskRole.OWNER, rules)
    if not task.class_:
        return None
    library = rules.library_of(task)
    if library is None:
        return Gap(
            fact=say("定类时的销号标准（{version}）没有留存，无法核对。", version=str(dict(task.unknown).get(STANDARDS_VERSION))),
            way=say("由系统管理员把那一版放回 standards 文件夹，或由整改办退回后重新定类。"),
            who=say("系统管理员"),
            where=task.id,
        )
    standard = library.classes.get(task.class_)
    if standard is None:
        return Gap(
            fact=say("销号标准 {version} 里没有“{name}”这一类。", version=library.version, name=task.class_),
            way=say("由整改办重新定类。"),
            who=say("整改办"),
            where=task.id,
        )
    day = at.astimezone(CST).date()
    lacking = [one for one in asked_of(dossier, standard, When(day, day)) if not one.met]
    if not lacking:
        return None
    return Gap(
        fact=say(
            "按“{title}”销号标准（{version}）还缺 {count} 项：{lacking}。",
            title=standard.title,
            version=library.version,
            count=len(lacking),
            lacking=in_a_row(say("{words}，{found}", words=one.words, found=one.found) for one in lacking),
        ),
        way=say("补齐登记、照片或稳定时间；定类有误的，由整改办改定。"),
        who=who,
        where=task.id,
    )
