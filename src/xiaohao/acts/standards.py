"""Saying which class of problems a task belongs to, so that its closure standard applies."""

from __future__ import annotations

from datetime import datetime

from xiaohao.acts._allowed import Allowed, all_of, members_of
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor, Role, TaskRole
from xiaohao.kernel.said import say
from xiaohao.procedure.rules import STANDARDS_VERSION
from xiaohao.procedure.states import STATE_WORDS, State, state_of
from xiaohao.records.models import Task
from xiaohao.records.rulebooks import rulebook_of

_CLERKS = members_of(TaskRole.LEAD, TaskRole.REVIEWER, having=frozenset({Role.CLERK, Role.REVIEWER}))
#: Until the unit says that it is done: afterwards a class would be chosen to fit.
OPEN_TO_CLASS = (State.GIVEN, State.PLANNED, State.APPROVED, State.REOPENED, State.IN_PROGRESS)


def may_classify(dossier: Dossier, actor: Actor) -> bool:
    return not _CLERKS(dossier, actor) and state_of(dossier.task) in OPEN_TO_CLASS


def classify(*, task: str, by: Actor, at: datetime, key: str, class_: str, version: int | None = None) -> Receipt:
    """Give the task its class ("" takes it away). Raises Refused for others than clerks of the leading unit or reviewers, for a class that the
    library does not hold, and once the work is said to be done."""
    library = rulebook_of(Task.objects.get(pk=task)).standards
    known = class_ == "" or class_ in library.classes

    return perform(
        "classify",
        task=task,
        by=by,
        at=at,
        key=key,
        allowed=all_of(_CLERKS, _in_time(), _known(class_, known)),
        propose=lambda _dossier, _row: Proposal(task={"class": class_ or None, STANDARDS_VERSION: library.version if class_ else None}),
        version=version,
    )


def _in_time() -> Allowed:
    def allowed(dossier: Dossier, _actor: Actor) -> tuple[Unmet, ...]:
        state = state_of(dossier.task)
        if state in OPEN_TO_CLASS:
            return ()
        return (_unmet(say("任务已是“{state}”，不再改定类别", state=STATE_WORDS[state]), say("确需改定的，先退回整改")),)

    return allowed


def _known(class_: str, known: bool) -> Allowed:
    return lambda _dossier, _actor: () if known else (_unmet(say("销号标准里没有“{name}”这一类", name=class_), say("从清单里选")),)


def _unmet(fact: str, way: str) -> Unmet:
    return Unmet(gate="classified", fact=fact, basis=say("同类问题按同一销号标准验收。"), way=way, who=say("整改办"))
