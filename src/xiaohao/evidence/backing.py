"""What stands behind each claim of a statement: how many register rows in its period, and what is lacking.

It serves the check NUM-CLAIM, the gate "claims backed" and the view "claims beside records". Absent rows are no proof of absent work:
they are what the unit is asked to bring.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from xiaohao.dossier import Dossier
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.evidence.amounts import bears_out, largest_amount, readings_like
from xiaohao.evidence.claims import Claim, claims_in
from xiaohao.evidence.papers import cited, documents_behind
from xiaohao.evidence.rows import Span, is_own_visit, period_of, rows_behind, tasks_sharing
from xiaohao.kernel.said import say
from xiaohao.kernel.when import parse_when


class Backing(StrEnum):
    """How a claim stands beside the registers (UX.md section 4)."""

    BACKED = "backed"  # 有据
    THIN = "thin"  # 证据不足: rows that show the act but not the number, or evidence that a person must read
    UNBACKED = "unbacked"  # 无据: no row at all, or fewer than were counted
    NOT_CHECKABLE = "not_checkable"  # 无法核验: no register counts towards it, and the sentence cites nothing


@dataclass(frozen=True, slots=True)
class Backed:
    """One claim and its rows: `found` of what the claim counts (in the claim's unit for amounts), `records` their ids,
    `lacking` one Chinese sentence saying what would settle it ("" when backed)."""

    claim: Claim
    state: Backing
    found: float
    records: tuple[str, ...]
    lacking: str

    @property
    def counts_rows(self) -> bool:
        """Whether the claim counts acts that a register holds row by row (执法检查23次), so that rows can be held against its number."""
        return self.claim.value is not None and counts_rows(self.claim)


#: Claims about amounts are held against measured quantities, not against the number of rows.
AMOUNT_KINDS = frozenset({"amount", "share", "fine"})

#: Claims that papers settle.
_PAPERS = frozenset({"document", "organisation"})

#: Units of acts: one register row is one of them, whatever the kind; 家次 and 户次 are one row each, 人次 counts the people of the rows.
_ACT_UNITS = frozenset(["次", "余次", "场", "场次", "轮", "轮次", "批次", "趟", "回", "遍"])

#: Further units in which one row is one of what is counted, by kind of claim. 宣传单2000份 is one row of the media register, not 2000.
_ROW_UNITS = {
    "enforcement": frozenset(["起", "件", "份", "家次", "户次", "宗"]),
    "order": frozenset(["件", "份", "期"]),
    "interview": frozenset(["家次", "家", "人次", "人", "名"]),
    "site_visit": frozenset(["家次", "户次", "点次"]),
    "closure": frozenset(["项", "个", "件"]),
    "sanction": frozenset(["起", "人", "人次", "名"]),
    "training": frozenset(["期"]),
    "petition": frozenset(["件", "个", "起"]),
}
_PEOPLE_UNITS = frozenset({"人次", "人", "名"})
_FIRM_UNITS = frozenset({"家", "户"})


def counts_rows(claim: Claim) -> bool:
    """Whether one register row is one of what the claim counts."""
    return (
        claim.kind not in AMOUNT_KINDS
        and claim.unit is not None
        and (claim.unit in _ACT_UNITS or claim.unit in _ROW_UNITS.get(claim.kind, ()))
    )


#: Claims whose rows belong to the unit's other tasks (完成6项问题的整改销号).
OVER_TASKS = frozenset({"closure", "look_back"})

#: Registers in which the same act may honestly stand as well: 到现场督办1次 is a visit or a head's personal act as much as an order.
#: Only for acts counted in 次: 督办函5份 is five papers.
_ALSO = {"order": ("personal_act", "site_visit"), "site_visit": ("personal_act",), "interview": ("personal_act",)}

#: 约 and 近 are taken to allow one tenth less; a courtesy of ours so that rounding is not held against anyone.
ABOUT = 0.9

#: Amounts may fall short of the claim by this share where the rulebook gives no tolerance (GEOM uses the same).
DEFAULT_LENGTH_TOLERANCE = 0.05

_LOOKS_BACK = re.compile(r"年(?:\d{1,2}月)?(?:份)?(?:以来|起|至今|开始)|近[一二三四五六七八九十\d]+年|多年")

_QUOTED = re.compile(r"“[^”]*”")

#: "多次" without a number is taken to mean at least two.
SEVERAL = 2


def backing(dossier: Dossier, statement: Statement) -> tuple[Backed, ...]:
    """Every claim of the statement with what stands behind it, in order of appearance. Quotations are not the author's claims, nor are the
    problem, goals and measures that a notice prints: of a notice with spans only these are read."""
    return tuple(_backed(dossier, statement, claim) for claim in claims_in(statement.text) if _is_own(statement, claim))


def _is_own(statement: Statement, claim: Claim) -> bool:
    if _is_quoted(statement.text, claim):
        return False
    spoken = statement.kind != "notice" or not statement.spans
    return spoken or any(span.start <= claim.start and claim.end <= span.end for span in statement.spans)


def _is_quoted(text: str, claim: Claim) -> bool:
    starts, ends = _quotations(text)
    place = bisect_left(starts, claim.start) - 1
    return place >= 0 and claim.end < ends[place]


@lru_cache(maxsize=8)  # as many as evidence.rows keeps
def _quotations(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(starts, ends) of the quotations of a text, found once for all its claims."""
    found = list(_QUOTED.finditer(text))
    return tuple(one.start() for one in found), tuple(one.end() for one in found)


@lru_cache(maxsize=8)
def _looks_back(text: str) -> bool:
    return _LOOKS_BACK.search(text) is not None


def _backed(dossier: Dossier, statement: Statement, claim: Claim) -> Backed:
    task = dossier.find(Task, statement.task)
    if task is None:
        return _stands(claim, Backing.NOT_CHECKABLE, 0, ())
    if claim.kind in _PAPERS:
        papers = documents_behind(dossier, task.id, claim)
        return _or_cited(dossier, statement, claim, _stands(claim, Backing.BACKED if papers else Backing.UNBACKED, len(papers), papers))
    if claim.kind == "petition":
        petitions = tuple(sorted(one.id for one in dossier.petitions if one.task == task.id))
        return _or_cited(dossier, statement, claim, _stands(claim, _state(claim, len(petitions)), len(petitions), petitions))
    if claim.value is not None and not counts_rows(claim):
        amount = _amount(dossier, statement, task, claim)
        if amount.found or claim.kind in AMOUNT_KINDS:
            return _or_cited(dossier, statement, claim, amount)
    if not claim.record_types:
        return _or_cited(dossier, statement, claim, _stands(claim, Backing.NOT_CHECKABLE, 0, ()))
    rows = _rows(dossier, statement, task, claim)
    own = _without_others(dossier, task, statement, rows)
    found = counted(claim.unit, own)
    stands = _stands(claim, _state(claim, found), found, tuple(sorted(row.id for row in own)))
    if len(own) == len(rows) or stands.state is Backing.BACKED:
        return stands
    apart = say("；另有督查等其他单位的现场核查 {count} 次，不算本单位的", count=len(rows) - len(own))
    return replace(stands, lacking=say("{lacking}{apart}", lacking=stands.lacking, apart=apart))


def _stands(claim: Claim, state: Backing, found: float, records: tuple[str, ...]) -> Backed:
    return Backed(claim, state, found, records, "" if state is Backing.BACKED else say("需要：{settled_by}", settled_by=claim.settled_by))


def _or_cited(dossier: Dossier, statement: Statement, claim: Claim, backed: Backed) -> Backed:
    """What no register bears out, but the sentence cites evidence for, is thin: a person must read the evidence."""
    if backed.state in (Backing.BACKED, Backing.THIN):
        return backed
    evidence = cited(dossier, statement, claim)
    return _stands(claim, Backing.THIN, backed.found, evidence) if evidence else backed


def _state(claim: Claim, found: int) -> Backing:
    """A counted act with fewer rows than claimed is unbacked as counted: 12次 with 9 minutes stops the step (UX.md, corrections to D2). A number
    of things that rows do not count one by one (宣传单2000份) is never more than thin: the rows show the act, not the number."""
    if not found:
        return Backing.UNBACKED
    if claim.value is None:
        return Backing.BACKED if found >= _wanted(claim) else Backing.THIN
    if not counts_rows(claim):
        return Backing.THIN
    return Backing.BACKED if found >= _wanted(claim) else Backing.UNBACKED


def _rows(dossier: Dossier, statement: Statement, task: Task, claim: Claim) -> tuple[Record, ...]:
    """Own rows; where they do not suffice, those of linked tasks as well: one sentence may sum up the work of two."""
    spans = [span for span in statement.spans if span.start < claim.end and claim.start < span.end]
    measures = {measure for span in spans for measure in span.measures}
    period = _since_the_inspection(dossier, task, statement, period_of(statement, claim))
    types = (*claim.record_types, *(_ALSO.get(claim.kind, ()) if claim.unit in (None, "次") else ()))
    if claim.kind in OVER_TASKS:
        return rows_behind(dossier, _tasks_of_unit(dossier, task, statement), types, period)
    own = rows_behind(dossier, (task.id,), types, period, measures)
    if counted(claim.unit, _without_others(dossier, task, statement, own)) >= _wanted(claim):
        return own
    return rows_behind(dossier, tasks_sharing(dossier, task), types, period, measures if len(dossier.tasks) == 1 else ())


def _since_the_inspection(dossier: Dossier, task: Task, statement: Statement, period: Span) -> Span:
    """Where the text says from when it counts, that; else a problem found by an inspection is worked on from the inspection on. Long-term duties,
    tasks carried over and texts that look back to an earlier year (2018年以来) go on longer."""
    carried = any(link.relation in ("carried_over", "continues", "duplicate") for link in task.links)
    if period.first is not None or task.kind == "long_term" or task.carried_in or carried or _looks_back(statement.text):
        return period
    named = dossier.find(TaskList, task.list)
    inspection = dossier.find(Inspection, named.inspection) if named else None
    begun = parse_when(inspection.start) if inspection else None
    if begun is None:
        return period
    planned = [when for plan in dossier.plans_of(task.id) if (when := parse_when(plan.date))]
    return replace(period, first=min([begun, *planned], key=lambda when: when.first))


def _without_others(dossier: Dossier, task: Task, statement: Statement, rows: tuple[Record, ...]) -> tuple[Record, ...]:
    """The rows without visits of others: who supervises, accepts or guides does not do the unit's work."""
    asked = ("without_others", task.id, statement.author, tuple(row.id for row in rows))
    if asked not in dossier.memory:
        dossier.memory[asked] = tuple(row for row in rows if row.type != "site_visit" or is_own_visit(dossier, task, statement.author, row))
    own: tuple[Record, ...] = dossier.memory[asked]
    return own


def _tasks_of_unit(dossier: Dossier, task: Task, statement: Statement) -> tuple[str, ...]:
    """Closings and look-backs are of other tasks of the same unit: the whole ledger speaks."""
    own = {task.owner, statement.author}
    return tuple(other.id for other in dossier.tasks if other.owner in own or other.id == task.id)


def counted(unit: str | None, rows: Iterable[Record]) -> int:
    """How many of `unit` the rows hold: people for 人次, different firms for 家 (rows, where no firm is named), else rows."""
    rows = tuple(rows)
    if unit in _PEOPLE_UNITS:
        return sum(len(row.people) for row in rows)
    if unit in _FIRM_UNITS and all(row.other_org for row in rows):
        return len({row.other_org for row in rows})
    return len(rows)


def _wanted(claim: Claim) -> float:
    if claim.value is None:
        return 1 if claim.kind == "personal_act" else SEVERAL
    return claim.value * ABOUT if claim.qualifier == "about" else claim.value


def _amount(dossier: Dossier, statement: Statement, task: Task, claim: Claim) -> Backed:
    """A physical amount against what the rows add up to; a concentration or share against single results."""
    tasks, unit = tasks_sharing(dossier, task), claim.unit or ""
    readings = readings_like(dossier, tasks, claim)
    if readings:
        value, rows = readings[0]
        return _stands(claim, Backing.BACKED if bears_out(value, claim) else Backing.THIN, value, rows)
    if claim.kind == "share" or claim.qualifier in ("at_most", "under"):
        return _stands(claim, Backing.NOT_CHECKABLE, 0, ())
    measures = dossier.versions_of(
        m for span in statement.spans if span.start < claim.end and claim.start < span.end for m in span.measures
    )
    best, rows = largest_amount(dossier, tasks, unit, measures)
    enough = best > 0 and best >= _wanted(claim) * (1 - _tolerance(dossier))
    return _stands(claim, Backing.BACKED if enough else Backing.THIN if best else Backing.UNBACKED, best, rows)


def _tolerance(dossier: Dossier) -> float:
    given = dossier.rules.tolerance if dossier.rules else None
    return given.length if given and given.length is not None else DEFAULT_LENGTH_TOLERANCE
