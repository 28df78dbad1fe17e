"""What a task still lacks for its next step, as the procedure itself says beforehand; whose turn it is and who looks do not count as gaps."""

from __future__ import annotations

from datetime import datetime

from xiaohao.dossier import Dossier
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.procedure.decide import look
from xiaohao.procedure.steps import Step
from xiaohao.records.models import Task
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.worklist import next_step
from xiaohao.screening.run import about

#: Unmet for whoever only looks on, and no gap in the case.
_OF_THE_READER = frozenset({"in_turn", "right_hands", "separate_hands"})


def gaps_of(row: Task, dossier: Dossier, actor: Actor, at: datetime) -> tuple[Step | None, tuple[Unmet, ...]]:
    """The next step of the task and what it lacks. `dossier` may be a ledger that holds the task among others."""
    rules = rulebook_of(row)
    step = next_step(row.status, rules)
    if step is None or row.more.get("carried_in"):
        return None, ()
    seen = look(step, about(dossier, row.pk), actor, rules, at)
    return step, tuple(unmet for unmet in seen.unmet if unmet.gate not in _OF_THE_READER)
