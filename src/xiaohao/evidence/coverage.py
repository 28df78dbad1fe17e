"""Is each measure of the plan answered, with what evidence of its own, and does the answer say itself that it is unfinished?

One row per measure of the plan in force (and per measure that a later version dropped). It serves the check COVER, the gate "measures
answered" and the matrix on the task's page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.plan import Measure, Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.series import Series
from xiaohao.dossier.statement import Span, Statement
from xiaohao.dossier.task import Task
from xiaohao.dossier.where import Where
from xiaohao.evidence.checkable import Fact, facts_in
from xiaohao.evidence.demands import not_shown
from xiaohao.evidence.unfinished import Unfinished, unfinished_in


class Answered(StrEnum):
    """How a measure stands (FINDINGS.md, `coverage`)."""

    YES = "yes"  # 已答
    PARTLY = "partly"  # 部分答
    NO = "no"  # 未答
    WITHDRAWN = "withdrawn"  # 已撤回
    ELSEWHERE = "elsewhere"  # 属于其他单位


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of the coverage.

    `facts` counts the checkable facts of the answer; `evidence` are ids of records, files, documents and series of its own (never the
    acceptance or later steps); `where` points at the stretches of the statement that answer it; `unfinished` at the words that say it is
    not finished; `lacking` names duties that the measure asks for and the answer shows nowhere; `body` is whom it belongs to, if elsewhere."""

    task: str
    measure: str
    answered: Answered
    facts: int = 0
    evidence: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()
    unfinished: tuple[Where, ...] = ()
    unfinished_words: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    body: str = ""

    @property
    def has_answer(self) -> bool:
        return bool(self.where)


#: Records that judge the work are no evidence of one measure's work.
JUDGING = frozenset(
    [
        "acceptance",
        "review",
        "closing_assessment",
        "publicity",
        "objection",
        "closure",
        "look_back",
        "override",
        "return",
        "appeal",
        "arrangement",
        "question",
        "reply",
        "countersign",
        "countersigned",
        "pledge",
        "assessment",
        "order",
        "sanction",
        "personnel",
    ]
)

#: Measures that by their own words never end.
_GOES_ON = re.compile(r"长期坚持|长期|持续|常态化|经常性|每年|日常")


def coverage(dossier: Dossier, task_id: str) -> tuple[Answer, ...]:
    """One Answer per measure of the plan in force, in the order of the plan; then those that later versions dropped."""
    task = dossier.find(Task, task_id)
    plan = dossier.plan_in_force(task_id)
    if task is None or plan is None:
        return ()
    statement = claiming_statement(dossier, task_id) or dossier.last_statement(task_id, "progress")
    claims_done = statement is not None and statement.kind != "progress"
    rows = [_answer(dossier, task, plan, measure, statement, claims_done) for measure in plan.measures]
    rows += [_dropped(dossier, task, plan, measure, statement, claims_done) for measure in dropped_measures(dossier, task_id)]
    return tuple(rows)


def claiming_statement(dossier: Dossier, task_id: str) -> Statement | None:
    """The statement that says the task is done: the last completion statement, else the last notice."""
    return dossier.last_statement(task_id, "completion") or dossier.last_statement(task_id, "notice")


def is_tied(dossier: Dossier, task_id: str) -> bool:
    """Whether the file says at all what answers which measure: by spans of the claiming statement or by records that name measures."""
    statement = claiming_statement(dossier, task_id)
    spans = statement.spans if statement else ()
    return any(span.measures for span in spans) or any(r.measures for r in dossier.records_of(task_id) if r.type not in JUDGING)


def dropped_measures(dossier: Dossier, task_id: str) -> tuple[Measure, ...]:
    """Measures of earlier versions of the plan that no later one carries on, by `was`, by id, or by the same words."""
    plan = dossier.plan_in_force(task_id)
    kept = plan.measures if plan else ()
    dropped: dict[str, Measure] = {}
    chain = {measure.was for measure in kept} | {measure.id for measure in kept}
    earlier = _earlier_versions(dossier, plan)
    for version in earlier:
        for measure in version.measures:
            if measure.id in chain:
                chain.add(measure.was)
            elif not any(_plain(measure.text) == _plain(other.text) for other in kept):
                dropped.setdefault(measure.id, measure)
    superseded = {measure.was for version in earlier for measure in version.measures if measure.id in dropped}
    return tuple(measure for measure in dropped.values() if measure.id not in superseded)


def _earlier_versions(dossier: Dossier, plan: Plan | None) -> tuple[Plan, ...]:
    """What the plan replaces, latest first. A loop is cut."""
    seen: list[Plan] = []
    while plan and (before := dossier.find(Plan, plan.replaces)) and before not in seen:
        seen.append(before)
        plan = before
    return tuple(seen)


def _dropped(dossier: Dossier, task: Task, plan: Plan, measure: Measure, statement: Statement | None, claims_done: bool) -> Answer:
    """A dropped measure is withdrawn when the level above agreed and the public was told; else it is still owed."""
    if plan.consent and plan.published_at:
        return Answer(task.id, measure.id, Answered.WITHDRAWN, where=(Where(plan.id),))
    return _answer(dossier, task, plan, measure, statement, claims_done)


def _answer(dossier: Dossier, task: Task, plan: Plan, measure: Measure, statement: Statement | None, claims_done: bool) -> Answer:
    ids = dossier.versions_of({measure.id})
    spans = tuple(span for span in (statement.spans if statement else ()) if ids & set(span.measures))
    where = tuple(Where(statement.id, span.start, span.end) for span in spans) if statement else ()
    evidence = _evidence(dossier, task.id, measure, spans)
    if not where and not evidence and _belongs_elsewhere(dossier, task, measure, statement):
        return Answer(task.id, measure.id, Answered.ELSEWHERE, body=dossier.org_name(measure.owner))
    unfinished = tuple(_unfinished(task, plan, measure, statement, spans)) if statement and claims_done else ()
    lacking = _lacking(dossier, measure, statement, evidence) if where and statement else ()
    complete = bool(where) and not unfinished and not lacking and (bool(evidence) or dossier.is_text) and claims_done
    answered = Answered.YES if complete else Answered.PARTLY if where or evidence else Answered.NO
    return Answer(
        task.id,
        measure.id,
        answered,
        len(answering_facts(dossier, measure, statement, spans)) if statement else 0,
        evidence,
        where,
        tuple(Where(statement.id, stretch.start, stretch.end) for stretch in unfinished) if statement else (),
        tuple(stretch.text for stretch in unfinished),
        lacking,
    )


def answering_facts(dossier: Dossier, measure: Measure, statement: Statement, spans: tuple[Span, ...]) -> tuple[Fact, ...]:
    """Checkable facts of the stretches that answer a measure, its own words taken out first: repeating the plan is no fact."""
    names = tuple(place.name for place in dossier.places if place.kind != "region")
    found: list[Fact] = []
    for span in spans:
        text = statement.text[span.start : span.end]
        found += facts_in(_without_quotation(text, measure.text), names)
    return tuple(found)


def _without_quotation(text: str, measure: str) -> str:
    """The answer without quotation marks' content and without the measure's own words where it repeats them, lengths kept."""
    plain = re.sub(r"“[^”]*”", lambda quoted: "　" * len(quoted.group()), text)
    repeated = measure.rstrip("。；;. ")
    return plain.replace(repeated, "　" * len(repeated), 1) if len(repeated) >= _SHORTEST_QUOTATION and plain.count(repeated) else plain


#: Fewer characters are a phrase that both may use, not a quotation.
_SHORTEST_QUOTATION = 6


def _evidence(dossier: Dossier, task_id: str, measure: Measure, spans: tuple[Span, ...]) -> tuple[str, ...]:
    """What the answer names and the rows tied to the measure, in any version of it; a row tied only to other measures is not its own."""
    ids = dossier.versions_of({measure.id})
    cited = (dossier.by_id.get(one) for span in spans for one in span.evidence)
    named = {one.id for one in cited if isinstance(one, File | Document | Series) or (isinstance(one, Record) and _may_serve(one, ids))}
    tied = {record.id for record in dossier.records_of(task_id) if ids & set(record.measures) and record.type not in JUDGING}
    return tuple(sorted(named | tied))


def _may_serve(record: Record, ids: frozenset[str]) -> bool:
    return not record.measures or bool(ids & set(record.measures))


def _belongs_elsewhere(dossier: Dossier, task: Task, measure: Measure, statement: Statement | None) -> bool:
    """Whether the measure's owner is neither the task's owner, a co-owner or the author, nor below one of them, nor the lead itself. A lead that
    has not written the account does not make every body below it answer in the owner's."""
    if measure.owner is None:
        return False
    own = {task.owner, *task.co_owners, statement.author if statement else task.lead}
    return measure.owner not in own | {task.lead} and not own & {org.id for org in dossier.above(measure.owner)}


def _unfinished(task: Task, plan: Plan, measure: Measure, statement: Statement, spans: tuple[Span, ...]) -> Iterator[Unfinished]:
    goes_on = task.kind == "long_term" or (measure.due is None and _GOES_ON.search(measure.text) is not None)
    promised = measure.text + "".join(goal.text for goal in plan.goals)
    for span in spans:
        for stretch in unfinished_in(statement.text[span.start : span.end]):
            # "基本消除" in the answer is no confession where the goal itself says 基本消除
            if not (stretch.soft and goes_on) and stretch.text.removeprefix("已") not in promised:
                yield Unfinished(
                    stretch.text, span.start + stretch.start, span.start + stretch.end, stretch.soft, stretch.share, stretch.degree
                )


def _lacking(dossier: Dossier, measure: Measure, statement: Statement, evidence: tuple[str, ...]) -> tuple[str, ...]:
    """Duties that the measure asks for and that the whole statement shows nowhere; a head's own act is shown by its row. Works have amounts instead."""
    if measure.quantity is not None or measure.kind == "works":
        return ()
    rows = [record for one in evidence if (record := dossier.find(Record, one))]
    task = dossier.find(Task, statement.task)
    heads = set(task.first_responsible) if task else set()
    shown = "亲自" if any(row.type == "personal_act" or heads & set(row.people) for row in rows) else ""
    return not_shown(measure.text, _answering_text(statement) + shown)


def _answering_text(statement: Statement) -> str:
    """The stretches that answer anything: in a notice the measures themselves are printed as well and must not answer themselves."""
    return "".join(statement.text[span.start : span.end] for span in statement.spans if span.measures)


def _plain(text: str) -> str:
    return re.sub(r"[\s，。；、,.;：:]", "", text)
