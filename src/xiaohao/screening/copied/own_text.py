"""What of a statement is its author's own account: the stretches that count, and the words that came from elsewhere: the problem, the plan, the
papers of superiors, quotations, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.task import Task
from xiaohao.evidence.checkable import facts_in
from xiaohao.kernel.arrays import np
from xiaohao.screening.copied.grams import Grams, Hashes, among, grams
from xiaohao.screening.copied.masked import masked
from xiaohao.screening.copied.values import values

#: Papers that hand words down; a unit's own reports and notices hold its own.
_HANDED_DOWN = frozenset({"feedback", "plan", "order", "rule", "approval"})
#: So many tasks may name one paper or one day before it is plainly everybody's.
MOST_NAMED = 2
#: Where the answers to measures are marked, but hold less than this part of the text, the whole text counts.
LEAST_MARKED = 0.3
#: A sentence, and the facts that make one an account of something: an office's phrases hold neither amount nor day.
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")
_TELLING = frozenset({"amount", "day", "document"})
#: Names shorter than this are words (河, 局).
SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement with its `grams` outside what came from elsewhere, the sorted grams that did (`elsewhere`), the `stretches` that count
    (code points, None: all), the `names` in it, and the `figures` that its own plan and problem name."""

    statement: Statement
    grams: Grams
    elsewhere: Hashes
    stretches: tuple[tuple[int, int], ...] | None
    names: tuple[tuple[int, int], ...]
    figures: frozenset[str]

    def not_own(self, common: Hashes) -> Hashes:
        """Sorted grams that are not its own, with those that are everybody's."""
        return np.union1d(self.elsewhere, common)


def read_statement(ledger: Dossier, statement: Statement) -> Reading:
    """Take a statement apart, in the ledger that it belongs to."""
    given = tuple(texts_from_elsewhere(ledger, statement))
    elsewhere = _sorted_grams(given)
    found = grams(masked(statement.text))
    stretches = counted(statement)
    if stretches is not None:
        found = found.where(_starts_in(statement.text, found, stretches))
    task = ledger.find(Task, statement.task)
    figures = frozenset(values(" ".join([*_of_the_plan(ledger, statement.task), task.problem if task else ""])))
    return Reading(statement, found.where(~among(found.hashes, elsewhere)), elsewhere, stretches, names_in(ledger, statement.text), figures)


def texts_from_elsewhere(ledger: Dossier, statement: Statement) -> Iterable[str]:
    """The problem and plans of its task, the papers that hand words down, and what the text itself marks as quoted."""
    if task := ledger.find(Task, statement.task):
        yield task.problem
        yield task.title or ""
    yield from _of_the_plan(ledger, statement.task)
    for document in ledger.documents:
        if document.text and document.kind in _HANDED_DOWN and document.id != statement.document:
            yield document.text
    for span in statement.spans:
        if span.quotes:
            yield statement.text[span.start : span.end]


def _of_the_plan(ledger: Dossier, task: str) -> Iterable[str]:
    for plan in ledger.plans_of(task):
        yield from (goal.text for goal in plan.goals)
        yield from (measure.text for measure in plan.measures)


def _sorted_grams(texts: Iterable[str]) -> Hashes:
    found = [grams(masked(text)).hashes for text in texts if text]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.uint64)


def counted(statement: Statement) -> tuple[tuple[int, int], ...] | None:
    """From the first answer to a measure to the last, and before and after them the sentences that tell a fact: there stand the opening and
    the closing that a small ledger is too small to learn, and they tell none. None where the answers are not marked, or hold too little of
    the text to stand for it."""
    spans = [(span.start, span.end) for span in statement.spans if span.measures and not span.quotes]
    if not spans or sum(end - start for start, end in spans) < LEAST_MARKED * len(statement.text):
        return None
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return (*_telling(statement.text, 0, first), (first, last), *_telling(statement.text, last, len(statement.text)))


def _telling(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Sentences of the stretch with a fact in them."""
    for sentence in _SENTENCE.finditer(text, start, end):
        if any(fact.kind in _TELLING for fact in facts_in(sentence.group())):
            yield sentence.span()


def _starts_in(text: str, found: Grams, stretches: Sequence[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    places = masked(text).places[found.first]
    inside = np.zeros(len(places), dtype=bool)
    for start, end in stretches:
        inside |= (places >= start) & (places < end)
    return inside


def names_in(ledger: Dossier, text: str) -> tuple[tuple[int, int], ...]:
    """Where the names of places, units and persons of the ledger stand in the text."""
    every = [name for place in ledger.places for name in (place.name, *place.aliases)]
    every += [name for org in ledger.orgs for name in (org.name, *org.aliases)]
    every += [person.name for person in ledger.people]
    names = {name for name in every if len(name) >= SHORTEST_NAME}
    found = []
    for name in sorted(names):
        at = text.find(name)
        while at >= 0:
            found.append((at, at + len(name)))
            at = text.find(name, at + len(name))
    return tuple(found)


def rightly_shared(ledger: Dossier, statements: Sequence[Statement]) -> frozenset[str]:
    """Values that two statements may share: the numbers and days of papers handed down, of records that serve several tasks, and whatever
    more than two tasks name."""
    papers = {document.id: document for document in ledger.documents}
    serving = {one for document in ledger.documents if document.kind in _HANDED_DOWN or len(document.tasks) > 1 for one in (document.id,)}
    serving |= {record.document for record in ledger.records if record.document and len(record.tasks) > 1}
    shared = {value for one in serving if one in papers for value in values(papers[one].number or "")}
    for record in ledger.records:
        if len(record.tasks) > 1 and record.date:
            shared |= set(values(_in_words(record.date)))
    for inspection in ledger.inspections:
        for day in (inspection.start, inspection.end, inspection.feedback_date):
            shared |= set(values(_in_words(day))) if day else set()
    named = Counter(value for task in _texts_by_task(statements).values() for value in values(task))
    return frozenset(shared | {value for value, times in named.items() if times > MOST_NAMED})


def _texts_by_task(statements: Sequence[Statement]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for one in statements:
        texts[one.task] = f"{texts.get(one.task, '')}\n{one.text}"
    return texts


def _in_words(day: str) -> str:
    parts = day[:10].split("-")
    return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日" if len(parts) == 3 else ""
