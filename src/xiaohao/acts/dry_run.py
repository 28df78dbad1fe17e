"""The dry run: what a step would say of a case as it would be, screened exactly as the act screens it, and nothing written.

Pages that tell a person beforehand whether a step would be refused ask here and nowhere else, so that the act never says otherwise.
"""

from __future__ import annotations

from datetime import datetime

from xiaohao.acts import _screening
from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor
from xiaohao.procedure.decide import Look, look
from xiaohao.procedure.steps import Step
from xiaohao.records.models import Task
from xiaohao.records.rulebooks import rulebook_of


def look_at(step: Step, case: Dossier, *, task: Task, by: Actor, at: datetime) -> Look:
    """Every gate of the step, met or not. `case` is the case as it would be, with what the step hands in; findings that the step would
    raise on it are counted in, findings that no longer stand are not."""
    screened = _screening.screened(case, task, at.replace(microsecond=0))
    return look(step, screened.dossier, by, rulebook_of(task), at)


def no_longer_raised(case: Dossier, *, task: Task, at: datetime) -> frozenset[str]:
    """Ids of the findings on file that the case as it is now does not raise any more. They stand until the next step, which takes them down."""
    return frozenset(row.pk for row in _screening.screened(case, task, at).gone)
