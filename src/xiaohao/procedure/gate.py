"""What a gate is: a fact that must hold before a step, with the principle behind it and the words for when it holds.

A gate file holds one function; `@gate` adds the name and the basis, so that the function only says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import say
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.procedure.rules import Rulebook


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing: `fact` as it is now, `way` that would meet it, `who` can mend it, `where` (an id of the dossier) it shows."""

    fact: str
    way: str
    who: str
    where: str = ""


Question = Callable[[Dossier, Actor, Rulebook, datetime], Gap | None]


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate: called like a function, it answers None (met) or the Unmet that a person reads.

    `basis` is the principle, `met` the sentence shown when the gate holds."""

    name: str
    basis: str
    met: str
    question: Question

    def __call__(self, dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Unmet | None:
        gap = self._asked(dossier, actor, rules, at)
        if gap is None:
            return None
        return Unmet(gate=self.name, fact=gap.fact, basis=rules.basis(self.name, self.basis), way=gap.way, who=gap.who, where=gap.where)

    def _asked(self, dossier: Dossier, actor: Actor, rules: Rulebook, at: datetime) -> Gap | None:
        try:
            return self.question(dossier, actor, rules, at)
        except CalendarUnknown as unknown:
            return Gap(
                fact=say("{year} 年节假日安排待公布，不能计算工作日。", year=unknown.year),
                way=say("国务院办公厅公布后，由系统管理员录入 {year} 年日历。", year=unknown.year),
                who=say("系统管理员"),
            )


def gate(*, basis: str, met: str) -> Callable[[Question], Gate]:
    """Make a gate of the function below; its name is the function's name."""

    def made(question: Question) -> Gate:
        return Gate(name=question.__name__, basis=basis, met=met, question=question)

    return made
