"""Register rows behind a claim: which rows of which tasks count, in which period, and double entries counted once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Person
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Task
from xiaohao.evidence.claims import Claim
from xiaohao.kernel.when import When, parse_when

#: Links through which one task's register also serves another's sentence; 举一反三 (similar) is no shared work.
SHARED_WORK = frozenset({"same_site", "same_firm", "carried_over", "continues", "duplicate", "share_of"})

_SENTENCE_END = re.compile(r"[。\n]")
_WITHIN = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:全年|度(?!方案|计划))")


@dataclass(frozen=True, slots=True)
class Span:
    """The days a claim speaks of; None is open. A row counts unless it is surely outside."""

    first: When | None
    last: When | None

    def holds(self, record: Record) -> bool:
        when = parse_when(record.date) or parse_when(record.start)
        if when is None:
            return True
        return not (self.first and when.surely_before(self.first)) and not (self.last and self.last.surely_before(when))


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into sentences once, for all its claims: the places after 。 and line ends, and where it names a whole year (ends, first signs,
    years); all in code points, ascending."""

    begins: tuple[int, ...]
    year_ends: tuple[int, ...]
    year_starts: tuple[int, ...]
    years: tuple[When, ...]

    def year_before(self, at: int) -> When | None:
        """The last whole year (2021年全年) that the sentence around `at` names before it."""
        named = bisect_right(self.year_ends, at) - 1
        sentence = bisect_right(self.begins, at) - 1
        return self.years[named] if named >= 0 and self.year_starts[named] >= self.begins[sentence] else None


#: Texts whose cut is kept; a run judges one statement at a time (our own choice).
_CUTS = 8


@lru_cache(maxsize=_CUTS)
def cut_once(text: str) -> Cut:
    """The text cut into sentences, in time that grows with its length, kept for its next claim."""
    years = list(_WITHIN.finditer(text))
    return Cut(
        (0, *(end.end() for end in _SENTENCE_END.finditer(text))),
        tuple(year.end() for year in years),
        tuple(year.start() for year in years),
        tuple(When.parse(year["year"]) for year in years),
    )


def period_of(statement: Statement, claim: Claim) -> Span:
    """The period that a claim speaks of: 2021年全年 or 2018年以来 in its own sentence, else the statement's; never past the statement's date."""
    if year := cut_once(statement.text).year_before(claim.start):
        return Span(year, year)
    since = parse_when(claim.since) or (parse_when(statement.period.start) if statement.period else None)
    return Span(since, parse_when(statement.date))


def tasks_sharing(dossier: Dossier, task: Task) -> tuple[str, ...]:
    """The task itself, then the tasks whose registers may stand behind its sentences as well, whichever side names the link."""
    named = [link.task for link in task.links if link.relation in SHARED_WORK]
    naming = [other.id for other in dossier.tasks for link in other.links if link.task == task.id and link.relation in SHARED_WORK]
    return tuple(dict.fromkeys((task.id, *named, *naming)))


def rows_behind(
    dossier: Dossier, task_ids: Iterable[str], types: Iterable[str], period: Span, measures: Iterable[str] = ()
) -> tuple[Record, ...]:
    """Rows of these types for these tasks in the period, double entries once; rows tied only to other `measures` do not count. Kept in the
    dossier's memory: a long statement asks the same for claim after claim."""
    asked = ("rows_behind", tuple(task_ids), tuple(types), period, dossier.versions_of(measures))
    if asked not in dossier.memory:
        dossier.memory[asked] = _rows_behind(dossier, *asked[1:])
    rows: tuple[Record, ...] = dossier.memory[asked]
    return rows


def _rows_behind(
    dossier: Dossier, task_ids: tuple[str, ...], types: tuple[str, ...], period: Span, wanted: frozenset[str]
) -> tuple[Record, ...]:
    found = {
        record.id: record
        for task_id in task_ids
        for record in dossier.records_of(task_id, *types)
        if period.holds(record) and not (wanted and record.measures and not wanted & set(record.measures))
    }
    return merged(found.values())


#: Stages of a visit that supervises or guides the unit (acts/visit_results.py): nobody's own work, whoever came along.
_OF_OTHERS = frozenset({"supervision", "guidance"})


def is_own_visit(dossier: Dossier, task: Task, author: str | None, record: Record) -> bool:
    """Whether a visit is the responsible unit's own: by it, a unit under it or the statement's author, or by people of these or the first
    responsible persons. A row that names neither unit nor people is taken for its own; a supervision's or guidance's visit never is."""
    if record.stage in _OF_OTHERS:
        return False
    if record.org is None and not record.people:
        return True
    own = {task.owner, *task.co_owners, *((author,) if author else ())}
    if record.org is not None and own & {unit.id for unit in dossier.above(record.org)} | ({record.org} & own):
        return True
    people = (dossier.find(Person, one) for one in record.people)
    return bool(set(task.first_responsible) & set(record.people)) or any(person is not None and person.org in own for person in people)


def merged(records: Iterable[Record]) -> tuple[Record, ...]:
    """Each act once: the same kind of row by the same unit at the same time is one act when people or place agree, or, where neither
    is given, the words or the document."""
    kept: dict[tuple[object, ...], Record] = {}
    for record in records:
        kept.setdefault(_act(record), record)
    return tuple(kept.values())


def _act(record: Record) -> tuple[object, ...]:
    when = (record.date or record.start, record.start if record.start and "T" in record.start else None)
    if when[0] is None:
        return (record.id,)
    about = (record.of, record.other_org, record.person)
    if record.people:
        return (record.type, record.org, when, about, frozenset(record.people), record.place)
    if record.place:
        return (record.type, record.org, when, about, record.place)
    words = record.document or record.text or record.title
    return (record.type, record.org, when, about, words) if words else (record.type, record.org, when, about, record.id)
