"""Tasks that were read from a ledger or a plan as one bundle of the format: units by their names, tasks, plans with goals and measures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from xiaohao.documents.bodies import kind_of, level_of
from xiaohao.documents.ledger.tasks import LedgerTask
from xiaohao.dossier.dossier import Dossier
from xiaohao.dossier.parties import Org
from xiaohao.dossier.plan import Goal, Measure, Plan
from xiaohao.dossier.task import Inspection, Task, TaskList


def bundle_of(tasks: Sequence[LedgerTask], *, title: str, at: str) -> Dossier:
    """The tasks as a ledger of the format; ids are the reader's own (task-7, measure-7-1). `at` is an instant with offset. A number that comes
    twice is taken once."""
    tasks = list({task.number: task for task in reversed(tasks)}.values())[::-1]
    orgs = _Orgs()
    things = [(_task(task, orgs), _plan(task, orgs, at)) for task in tasks]
    return Dossier(
        id="ledger-" + hashlib.sha256("\n".join(f"{t.number} {t.problem}" for t in tasks).encode()).hexdigest()[:12],
        kind="ledger",
        made_at=at,
        title=title,
        orgs=tuple(orgs.by_name.values()),
        inspections=(Inspection(id="inspection-1", name="未写明", level="central", kind="routine"),),
        lists=(TaskList(id="list-1", inspection="inspection-1", name=title),),
        tasks=tuple(task for task, _ in things),
        plans=tuple(plan for _, plan in things if plan),
    )


class _Orgs:
    """Units by the names that the source gives them."""

    def __init__(self) -> None:
        self.by_name: dict[str, Org] = {}

    def id_of(self, name: str) -> str:
        known = self.by_name.get(name)
        if known is None:
            known = Org(id=f"org-{len(self.by_name) + 1}", name=name, level=level_of(name), kind=kind_of(name))
            self.by_name[name] = known
        return known.id

    def maybe(self, name: str) -> str | None:
        return self.id_of(name) if name else None


def _task(task: LedgerTask, orgs: _Orgs) -> Task:
    return Task(
        id=f"task-{task.number}",
        list="list-1",
        number=int(task.number) if task.number.isdecimal() else task.number,
        title=task.title or None,
        problem=task.problem,
        kind=task.kind,
        owner=orgs.id_of(task.owners[0]),
        co_owners=tuple(dict.fromkeys(orgs.id_of(name) for name in task.owners[1:])),
        lead=orgs.maybe(task.lead),
        supervisor=orgs.maybe(task.supervisor),
        acceptor=orgs.maybe(task.acceptor),
        reviewer=orgs.maybe(task.reviewer),
        assessor=orgs.maybe(task.assessor),
        due=task.due,
        due_words=task.due_words or None,
    )


def _plan(task: LedgerTask, orgs: _Orgs, at: str) -> Plan | None:
    if not task.goals and not task.measures:
        return None
    owner = orgs.id_of(task.owners[0])
    return Plan(
        id=f"plan-{task.number}",
        task=f"task-{task.number}",
        version=1,
        author=owner,
        date=at[:10],
        recorded_at=at,
        goals=tuple(Goal(id=f"goal-{task.number}-{n}", text=goal.text) for n, goal in enumerate(task.goals, 1)),
        measures=tuple(
            Measure(
                id=f"measure-{task.number}-{n}",
                number=n,
                text=one.text,
                owner=orgs.id_of(one.owner.split("、")[0]) if one.owner else owner,
                due=one.due or task.due,
            )
            for n, one in enumerate(task.measures, 1)
        ),
    )
