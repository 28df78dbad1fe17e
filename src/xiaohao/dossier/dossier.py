"""The case file 案卷: one task's whole file (or a ledger of many) as one frozen value.

Gates, checks, notices and forms all take it. It is made from a bundle, from a notice, or from the database, and it never changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Literal, TypeVar

from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.inventory import Inventory
from xiaohao.dossier.oversight import Disposition, ScreeningRun, Visit, WatchPlan
from xiaohao.dossier.parties import Org, Person, Place
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.plan import Goal, Measure, Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.rules import Calendar, Rules
from xiaohao.dossier.series import Facility, Series
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.dossier.unknown import Unknown

FORMAT = "xiaohao-dossier/1"

#: The id of a dossier that was read from a text: `text-` and the first 12 hex digits of the text's SHA-256 (FINDINGS.md).
_READ_FROM_TEXT = re.compile(r"text-[0-9a-f]{12}(?:\..+)?")


Thing = TypeVar("Thing")


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A bundle's registers. `kind` is `dossier` for exactly one task, `ledger` for many; ids are unique in the whole bundle."""

    id: str
    kind: Literal["dossier", "ledger"]
    made_at: str
    title: str | None = None
    made_by: str | None = None
    rules: Rules | None = None
    calendar: Calendar | None = None
    orgs: tuple[Org, ...] = ()
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    lists: tuple[TaskList, ...] = ()
    tasks: tuple[Task, ...] = ()
    plans: tuple[Plan, ...] = ()
    statements: tuple[Statement, ...] = ()
    documents: tuple[Document, ...] = ()
    records: tuple[Record, ...] = ()
    files: tuple[File, ...] = ()
    series: tuple[Series, ...] = ()
    facilities: tuple[Facility, ...] = ()
    petitions: tuple[Petition, ...] = ()
    inventories: tuple[Inventory, ...] = ()
    visits: tuple[Visit, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    watch_plans: tuple[WatchPlan, ...] = ()
    unknown: Unknown = ()
    #: In a ledger: the task that is being judged, the others being what it is judged by. Not written by the codec.
    about: str | None = field(default=None, compare=False)
    #: The comparison in the background that the next body has to wait for, None when there is none. Not written by the codec.
    awaited: ScreeningRun | None = field(default=None, compare=False)
    #: Bytes of the bundle's files by path; whoever makes the dossier decides where they come from. Not written by the codec.
    contents: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    #: What was worked out from this dossier at a cost, by name (or name and what was asked): shared with what it is `about`, never with a changed one. Not written by the codec.
    memory: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def content_of(self, file_id: str | None) -> bytes | None:
        """The bytes of a file of the bundle, or None when the file or its content is missing."""
        file = self.find(File, file_id)
        return self.contents.get(file.path) if file else None

    @property
    def is_text(self) -> bool:
        """Whether this was read from a text (a notice): then it has no registers, and nothing may be inferred from their silence."""
        return _READ_FROM_TEXT.fullmatch(self.id) is not None

    @property
    def task(self) -> Task:
        """The one task, or the one that a ledger is `about`. Raises ValueError on a ledger that is about none."""
        if about := self.find(Task, self.about):
            return about
        if len(self.tasks) != 1:
            raise ValueError("a ledger has no single task: say which one it is `about`")
        return self.tasks[0]

    def with_task(self, task: Task) -> Dossier:
        """The dossier with this task in the place of the one under its id; the other tasks of a ledger stay."""
        return replace(self, tasks=tuple(task if each.id == task.id else each for each in self.tasks))

    @cached_property
    def by_id(self) -> Mapping[str, Any]:
        """Everything that has an id, the goals and measures inside plans and the items inside inventories too. Under the id of a row that was
        corrected stands its newest version, so that what cited it goes on speaking; a withdrawn one is not there."""
        things: dict[str, Any] = {}
        for register in fields(self):
            value = getattr(self, register.name)
            if isinstance(value, tuple):
                things.update((thing.id, thing) for thing in value if hasattr(thing, "id"))
        for plan in self.plans:
            things.update((goal.id, goal) for goal in plan.goals)
            things.update((measure.id, measure) for measure in plan.measures)
        for inventory in self.inventories:
            things.update((item.id, item) for item in inventory.items)
        for record in sorted(self.records, key=lambda one: (one.recorded_at, one.id), reverse=True):
            if record.replaces and record.id in things:  # newest first, so that a chain ends at its last version
                things[record.replaces] = things[record.id]
        return {key: thing for key, thing in things.items() if not (isinstance(thing, Record) and thing.withdrawn)}

    @cached_property
    def standing_records(self) -> tuple[Record, ...]:
        """The rows that count: of a corrected row its newest version, of a withdrawn one nothing."""
        replaced = {record.replaces for record in self.records}
        return tuple(record for record in self.records if record.id not in replaced and not record.withdrawn)

    def find(self, kind: type[Thing], thing_id: str | None) -> Thing | None:
        """The thing of that kind under that id, or None (also for an id of another kind: a dangling id is the bundle's problem)."""
        found = self.by_id.get(thing_id) if thing_id else None
        return found if isinstance(found, kind) else None

    def org_name(self, org_id: str | None) -> str:
        """The unit's name, or the bare id where the register lacks it; "" for no unit."""
        org = self.find(Org, org_id)
        return org.name if org else org_id or ""

    def person_name(self, person_id: str | None) -> str:
        person = self.find(Person, person_id)
        return person.name if person else person_id or ""

    # What belongs to one task -------------------------------------------------------------------------------------------

    @cached_property
    def _plans(self) -> Mapping[str, tuple[Plan, ...]]:
        return _grouped(self.plans, lambda plan: (plan.task,))

    @cached_property
    def _statements(self) -> Mapping[str, tuple[Statement, ...]]:
        return _grouped(self.statements, lambda statement: (statement.task,))

    @cached_property
    def _records(self) -> Mapping[str, tuple[Record, ...]]:
        return _grouped(self.standing_records, lambda record: record.tasks)

    def plans_of(self, task_id: str) -> tuple[Plan, ...]:
        """All versions of the task's plans, oldest first, superior plans among them."""
        return tuple(sorted(self._plans.get(task_id, ()), key=lambda plan: (plan.version, plan.recorded_at, plan.id)))

    def plan_in_force(self, task_id: str) -> Plan | None:
        """The latest version of the plan that no other plan of the same task names in `under` (DOSSIER.md)."""
        plans = self.plans_of(task_id)
        superior = {plan.under for plan in plans}
        own = [plan for plan in plans if plan.id not in superior]
        return own[-1] if own else None

    def measures_of(self, task_id: str) -> tuple[Measure, ...]:
        plan = self.plan_in_force(task_id)
        return plan.measures if plan else ()

    @cached_property
    def _renamed(self) -> tuple[frozenset[str], ...]:
        """Pairs of ids that are one measure in two versions of a plan."""
        return tuple(frozenset({m.id, m.was}) for plan in self.plans for m in plan.measures if m.was)

    def versions_of(self, measure_ids: Iterable[str]) -> frozenset[str]:
        """The measures with what they were in earlier versions of the plan and became in later ones (`was`): rows and answers name the
        version of their day."""
        found = frozenset(measure_ids)
        while more := frozenset().union(*(pair for pair in self._renamed if pair & found)) - found:
            found |= more
        return found

    def goals_of(self, task_id: str) -> tuple[Goal, ...]:
        plan = self.plan_in_force(task_id)
        return plan.goals if plan else ()

    def statements_of(self, task_id: str, kind: str | None = None) -> tuple[Statement, ...]:
        """The task's statements in the order in which they were first seen."""
        found = (s for s in self._statements.get(task_id, ()) if kind is None or s.kind == kind)
        return tuple(sorted(found, key=lambda s: (s.recorded_at, s.id)))

    def last_statement(self, task_id: str, kind: str) -> Statement | None:
        found = self.statements_of(task_id, kind)
        return found[-1] if found else None

    def records_of(self, task_id: str, *types: str) -> tuple[Record, ...]:
        """The task's records of these types (all, when none is named), in the order in which they were first seen."""
        found = (r for r in self._records.get(task_id, ()) if not types or r.type in types)
        return tuple(sorted(found, key=lambda r: (r.recorded_at, r.id)))

    def last_record(self, task_id: str, kind: str) -> Record | None:
        found = self.records_of(task_id, kind)
        return found[-1] if found else None

    def shares_of(self, task_id: str) -> tuple[Task, ...]:
        """The shares of a task that was given to many (links of `share_of`), as far as this dossier holds them."""
        return tuple(t for t in self.tasks if any(link.task == task_id and link.relation == "share_of" for link in t.links))

    def files_of(self, task_id: str) -> tuple[File, ...]:
        return tuple(f for f in self.files if task_id in f.tasks)

    def series_of(self, task_id: str) -> tuple[Series, ...]:
        return tuple(s for s in self.series if task_id in s.tasks)

    def dispositions_of(self, task_id: str) -> tuple[Disposition, ...]:
        return tuple(d for d in self.dispositions if d.task == task_id)

    def watch_plan_of(self, task_id: str) -> WatchPlan | None:
        found = [w for w in self.watch_plans if w.task == task_id]
        return found[-1] if found else None

    # The trees ----------------------------------------------------------------------------------------------------------

    def above(self, org_id: str | None) -> tuple[Org, ...]:
        """The unit itself and everything it is under, nearest first. A loop in the tree is cut."""
        chain: list[Org] = []
        while (org := self.find(Org, org_id)) and org not in chain:
            chain.append(org)
            org_id = org.parent
        return tuple(chain)


def _grouped(things: Iterable[Thing], keys: Any) -> Mapping[str, tuple[Thing, ...]]:
    groups: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for key in keys(thing):
            groups[key].append(thing)
    return {key: tuple(group) for key, group in groups.items()}
