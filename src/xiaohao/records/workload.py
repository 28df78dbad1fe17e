"""How much waits for a person, in numbers: what the side menu of the desk shows.

Counting asks some twenty questions, and every page would ask them. None of the answers changes without an act, and every act has a journal
entry: so they are counted once for each person after each entry, and kept by this process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from xiaohao.kernel.roles import Actor, Role
from xiaohao.records import calls, petitions, registers, worklist
from xiaohao.records.countersigns import to_countersign
from xiaohao.records.findings import findings_seen_by, view_of
from xiaohao.records.supervision import to_visit
from xiaohao.records.to_dossier import last_entry

#: People whose numbers are kept at a time: our choice, more than work in one county at once; a set of numbers is some 200 bytes.
_PEOPLE_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Workload:
    """Numbers of rows: tasks that are the person's turn, tasks they may read, and so on in the order of the menu."""

    my_turn: int
    tasks: int
    to_answer: int
    to_decide: int
    open_findings: int
    to_countersign: int
    objections: int
    calls: int
    visits: int
    petitions: int
    to_book_in: int
    to_accept: int


def workload_of(actor: Actor, day: str) -> Workload:
    """What waits for that person on that ISO day, as of the newest entry of the journal. Not for use within an act, whose entry may be undone."""
    return _counted(actor, day, last_entry())


@lru_cache(_PEOPLE_KEPT)
def _counted(actor: Actor, day: str, entry: int) -> Workload:
    visible = worklist.visible_to(actor).order_by()
    findings = findings_seen_by(actor)
    return Workload(
        my_turn=visible.filter(worklist.my_turn(actor)).count(),
        tasks=visible.count(),
        to_answer=worklist.to_answer(actor).count(),
        to_decide=worklist.to_decide(actor).count(),
        open_findings=view_of(findings, "answer", day).count() + view_of(findings, "decide", day).count(),
        to_countersign=len(to_countersign(actor, day)),
        objections=worklist.open_objections(actor).count(),
        calls=len(calls.owed_by(actor)),
        visits=to_visit(actor),
        petitions=petitions.open_for(actor).count(),
        to_book_in=len(registers.to_book_in(actor)),
        to_accept=worklist.to_accept(actor).count() if Role.ACCEPTOR in actor.roles else 0,
    )


#: Forgets every number: for who writes rows without an act, as tests do.
forget = _counted.cache_clear
