"""Gate: a task is opened with its list, its number as printed, the problem in the inspection's own words, and who is responsible."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.dossier.task import TaskList
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import in_a_row, say
from xiaohao.procedure.gate import Gap, gate
from xiaohao.procedure.rules import Rulebook


@gate(
    basis=say("交办任务应当写明清单、序号、问题原文和责任单位。"),
    met=say("清单、序号、问题原文和责任单位齐全"),
)
def task_identified(dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
    task = dossier.task
    parts = (
        (say("清单"), dossier.find(TaskList, task.list)),
        (say("序号"), str(task.number).strip()),
        (say("问题原文"), task.problem.strip()),
        (say("责任单位"), task.owner),
    )
    lacking = in_a_row(word for word, value in parts if not value)
    if not lacking:
        return None
    return Gap(fact=say("没有写明{lacking}。", lacking=lacking), way=say("按清单原文补齐。"), who=say("整改办"), where=task.id)
