"""时序颠倒: something is dated before the thing it answers, cites or rests on; or cites a document number of a later year.

Innocent explanations looked for first: 立行立改 and 边督边改 between the inspection's first day and the plan; later versions of a plan; a plan
carried over from an earlier round; standing rules older than the feedback; the same day; dates too coarse to be put in an order.
Source: INSTITUTION.md, facts 1 and 10: feedback, plan, works, acceptance, notice and closing answer one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.plan import Plan
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When, parse_when
from xiaohao.publicity.words import RECORD_WORDS
from xiaohao.screening.belonging import only_task, sole
from xiaohao.screening.document_number import DocumentNumber, numbers_in, read_number
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import quoted

ID = "DATE-ORDER"
STAGE = "any"
NEEDS = ("documents.date/cites/number", "inspections.feedback_date", "plans.date", "records.date", "statements.date")

BASIS = say("答复、引用和依据他件的文件和记录，日期不应早于他件")

#: Rows of works; those that are all older than the inspection are EVID-TIME's business.
WORKS = ("contract", "work_log", "weighbridge", "transfer", "invoice", "dosing", "enforcement")
#: Links by which a task brings an older plan and older rows with it.
_CARRIED = frozenset({"carried_over", "continues", "duplicate"})
#: What may set a task back, so that later dates follow an earlier acceptance.
_RESETS = ("return", "look_back", "objection", "override")


#: A record and the day that it gives.
_Found = tuple[Record, When] | None


class _Dated(Protocol):
    """A thing with an id."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Disorder:
    """`early` is dated before `late`, on which it rests; `fact` says so in words. `days` None: known by the year of a number only."""

    early: str
    late: str
    where: tuple[Where, ...]
    fact: str
    first: str
    second: str
    days: int | None
    severity: Severity = Severity.BLOCK


def check_all(ledger: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per knot of dates that contradict each other: a plan that is too old is too old for all that it cites."""
    if ledger.is_text:
        yield Skipped(ID, sole(ledger), say("文字材料没有文件和登记的日期可以对照"))
        return
    found = (
        *(one for plan in ledger.plans for one in _of_plan(ledger, plan)),
        *(one for document in ledger.documents for one in _of_document(ledger, document)),
        *(one for task in ledger.tasks for one in _of_task(ledger, task)),
        *_of_statements(ledger),
    )
    for knot in _knots(found):
        yield _finding(ledger, knot)


# Plans ------------------------------------------------------------------------------------------------------------------


def _of_plan(ledger: Dossier, plan: Plan) -> Iterator[_Disorder]:
    task = ledger.find(Task, plan.task)
    if task is None or _carried(task):
        return
    when = parse_when(plan.date)
    before = ledger.find(Plan, plan.replaces) or ledger.find(Plan, plan.under)
    superior = parse_when(before.date) if before else None
    if before and when and superior and when.surely_before(superior):
        yield _disorder(_paper(ledger, plan), _paper(ledger, before), when, superior, plan.date, before.date, _plan_words(plan, before))
    inspection = _inspection(ledger, task)
    feedback = _feedback(ledger, inspection)
    if not (inspection and feedback and when) or plan.replaces:
        return
    answered, said = feedback
    began = parse_when(inspection.start)
    at_once = task.kind == "immediate" and not (began and when.surely_before(began))
    if when.surely_before(answered) and not at_once:
        words = say("整改方案落款 {plan}，早于所答复的反馈意见（{feedback}）", plan=plan.date, feedback=said)
        yield _disorder(_paper(ledger, plan), inspection.feedback or inspection.id, when, answered, plan.date, said, words)


def _plan_words(plan: Plan, before: Plan) -> str:
    if plan.replaces == before.id:
        return say("方案第 {version} 版落款 {date}，早于所替代的一版（{other}）", version=plan.version, date=plan.date, other=before.date)
    return say("方案落款 {date}，早于所依据的上级方案（{other}）", date=plan.date, other=before.date)


def _paper(ledger: Dossier, plan: Plan) -> str:
    """The plan's document where it has one that bears the same date, else the plan itself."""
    document = ledger.find(Document, plan.document)
    return document.id if document and document.date == plan.date else plan.id


def _inspection(ledger: Dossier, task: Task) -> Inspection | None:
    named = ledger.find(TaskList, task.list)
    return ledger.find(Inspection, named.inspection) if named else None


def _feedback(ledger: Dossier, inspection: Inspection | None) -> tuple[When, str] | None:
    if inspection is None:
        return None
    document = ledger.find(Document, inspection.feedback)
    said = inspection.feedback_date or (document.date if document else None)
    when = parse_when(said)
    return (when, said) if when and said else None


def _carried(task: Task) -> bool:
    return bool(task.carried_in) or any(link.relation in _CARRIED for link in task.links)


# Documents --------------------------------------------------------------------------------------------------------------


def _of_document(ledger: Dossier, document: Document) -> Iterator[_Disorder]:
    when = parse_when(document.date)
    if when is None:
        return
    for cite in document.cites:
        cited = ledger.find(Document, cite.document) or _by_number(ledger, read_number(cite.number))
        date = cited.date if cited else cite.date
        other, number = parse_when(date), read_number(cite.number) or (read_number(cited.number) if cited else None)
        if cited and cited.id == document.id:
            continue
        name = cite.number or (cited.number or cited.title if cited else cite.title) or ""
        if other and date and when.surely_before(other):
            words = say(
                "《{title}》落款 {date}，早于所引用的“{cited}”（{other}）", title=document.title, date=document.date, cited=name, other=date
            )
            yield _disorder(document.id, cited.id if cited else document.id, when, other, document.date, date, words)
        elif number and number.year > when.last.year:
            yield _later_year(document, document.title, cited, name, number.year, Where(document.id))
    yield from _in_text(ledger, document, document.text or "", document.date, document.title)


def _by_number(ledger: Dossier, number: DocumentNumber | None) -> Document | None:
    if number is None:
        return None
    return next((document for document in ledger.documents if read_number(document.number) == number), None)


def _later_year(thing: _Dated, title: str, cited: Document | None, name: str, year: int, where: Where) -> _Disorder:
    date = getattr(thing, "date", "")
    words = say("“{title}”写于 {date}，引用了 {year} 年的文号“{cited}”", title=quoted(title), date=date, year=year, cited=name)
    pointers = (where, *((Where(cited.id),) if cited else ()))
    return _Disorder(thing.id, cited.id if cited else thing.id, pointers, words, date, str(year), None)


def _in_text(ledger: Dossier, thing: _Dated, text: str, date: str, title: str) -> Iterator[_Disorder]:
    """Numbers in the words of a document or statement that are of a later year, or of a paper that is dated later."""
    when = parse_when(date)
    if when is None or not text:
        return
    for cited in numbers_in(text):
        paper = next((d for d in ledger.documents if d.id != thing.id and (n := read_number(d.number)) and cited.names(n)), None)
        other = parse_when(paper.date) if paper else None
        where = Where(thing.id, cited.start, cited.end)
        if paper and other and when.surely_before(other):
            words = say(
                "“{title}”写于 {date}，早于文中引用的“{cited}”（{other}）",
                title=quoted(title),
                date=date,
                cited=paper.number,
                other=paper.date,
            )
            yield _Disorder(thing.id, paper.id, (where, Where(paper.id)), words, date, paper.date, _days(when, other))
        elif cited.year > when.last.year:
            yield _later_year(thing, title, paper, text[cited.start : cited.end], cited.year, where)


def _of_statements(ledger: Dossier) -> Iterator[_Disorder]:
    """A statement rests on the rows and papers that it gives as evidence, and on the papers that it cites."""
    for statement in ledger.statements:
        when = parse_when(statement.date)
        yield from _in_text(ledger, statement, statement.text, statement.date, statement.text)
        for span in statement.spans:
            for one in span.evidence:
                thing = ledger.find(Record, one) or ledger.find(Document, one)
                date = thing.date if thing else None
                other = parse_when(date)
                if thing and when and other and date and when.surely_before(other):
                    name = RECORD_WORDS.get(thing.type, thing.type) if isinstance(thing, Record) else thing.title
                    words = say(
                        "“{text}”写于 {date}，早于所列佐证“{name}”（{other}）",
                        text=quoted(statement.text),
                        date=statement.date,
                        name=name,
                        other=date,
                    )
                    where = (Where(statement.id, span.start, span.end), Where(thing.id))
                    yield _Disorder(statement.id, thing.id, where, words, statement.date, date, _days(when, other))


# The steps of a task ----------------------------------------------------------------------------------------------------


def _of_task(ledger: Dossier, task: Task) -> Iterator[_Disorder]:
    if task.carried_in:
        return
    yield from _steps(ledger, task)
    yield from _older_than_the_inspection(ledger, task)


def _steps(ledger: Dossier, task: Task) -> Iterator[_Disorder]:
    """In every order that a place may give its stages: works before acceptance, acceptance before notice and closing, notice before closing."""
    acceptances = [r for r in ledger.records_of(task.id, "acceptance") if r.passed is not False]
    reset = any(map(_is_reset, ledger.records_of(task.id, *_RESETS)))
    accepted = _earliest(acceptances)
    closed = _earliest(ledger.records_of(task.id, "closure"))
    published = _earliest(ledger.records_of(task.id, "publicity"))
    plan = _first_plan(ledger, task)
    done = parse_when(task.done_at)
    if accepted and plan and (planned := parse_when(plan.date)) and accepted[1].surely_before(planned) and not _carried(task):
        words = say("验收（{date}）早于整改方案（{other}）", date=accepted[0].date, other=plan.date)
        yield _disorder(accepted[0].id, _paper(ledger, plan), accepted[1], planned, accepted[0].date or "", plan.date, words)
    if accepted and done and task.done_at and not reset and accepted[1].surely_before(done):
        words = say("验收（{date}）早于自报的完成日期（{other}）", date=accepted[0].date, other=task.done_at)
        yield _disorder(accepted[0].id, task.id, accepted[1], done, accepted[0].date or "", task.done_at, words)
    for later, name in ((published, say("公示")), (closed, say("销号"))):
        if accepted and later and later[1].surely_before(accepted[1]):
            words = say("{step}（{date}）早于验收（{other}）", step=name, date=later[0].date, other=accepted[0].date)
            yield _disorder(later[0].id, accepted[0].id, later[1], accepted[1], later[0].date or "", accepted[0].date or "", words)
    if closed and published and (ends := parse_when(published[0].end)) and closed[1].surely_before(ends):
        words = say("销号（{date}）早于公示期满（{other}）", date=closed[0].date, other=published[0].end)
        yield _disorder(closed[0].id, published[0].id, closed[1], ends, closed[0].date or "", published[0].end or "", words)
    yield from _said_too_early(ledger, task, accepted, reset=reset)
    reviewed = _earliest([r for r in ledger.records_of(task.id, "review") if r.passed is not False and r.stage in (None, "review")])
    if reviewed and accepted and reviewed[1].surely_before(accepted[1]):
        words = say("审核（{date}）早于验收（{other}）", date=reviewed[0].date, other=accepted[0].date)
        yield _disorder(reviewed[0].id, accepted[0].id, reviewed[1], accepted[1], reviewed[0].date or "", accepted[0].date or "", words)
    yield from _assessed(ledger, task, accepted, reviewed, closed)


def _assessed(ledger: Dossier, task: Task, accepted: _Found, reviewed: _Found, closed: _Found) -> Iterator[_Disorder]:
    """The region's closing assessment rests on the acceptance, and on the review unless the place reviews only what is closed; the closing
    rests on it."""
    assessed = _earliest([r for r in ledger.records_of(task.id, "closing_assessment") if r.passed is not False])
    if reviewed and closed and closed[1].surely_before(reviewed[1]):
        reviewed = None
    pairs = (assessed, say("销号评估"), accepted, say("验收")), (assessed, say("销号评估"), reviewed, say("审核"))
    for early, name, late, other in (*pairs, (closed, say("销号"), assessed, say("销号评估"))):
        if early and late and early[1].surely_before(late[1]):
            first, second = early[0].date or early[0].start or "", late[0].date or late[0].start or ""
            words = say("{step}（{date}）早于{other}（{other_date}）", step=name, date=first, other=other, other_date=second)
            yield _disorder(early[0].id, late[0].id, early[1], late[1], first, second, words)


def _is_reset(record: Record) -> bool:
    """A look-back that found everything in order, or an objection that was not upheld, sets nothing back."""
    return not ((record.type == "look_back" and record.passed is not False) or (record.type == "objection" and record.upheld is not True))


def _said_too_early(ledger: Dossier, task: Task, accepted: tuple[Record, When] | None, *, reset: bool) -> Iterator[_Disorder]:
    """A completion that was reported before the day on which it is said to have been reached, a notice that was written before the acceptance."""
    claim, done = ledger.last_statement(task.id, "completion"), parse_when(task.done_at)
    if claim and done and task.done_at and not reset and (when := parse_when(claim.date)) and when.surely_before(done):
        words = say("完成情况写于 {date}，早于自报的完成日期（{other}）", date=claim.date, other=task.done_at)
        yield _disorder(claim.id, task.id, when, done, claim.date, task.done_at, words)
    notices = ledger.statements_of(task.id, "notice")
    if accepted and notices and (when := parse_when(notices[0].date)) and when.surely_before(accepted[1]):
        words = say("公示文稿写于 {date}，早于验收（{other}）", date=notices[0].date, other=accepted[0].date)
        yield _disorder(notices[0].id, accepted[0].id, when, accepted[1], notices[0].date, accepted[0].date or "", words)


def _earliest(records: Iterable[Record]) -> tuple[Record, When] | None:
    """The record with the earliest date. A task that went round has several; the first of each kind rests on the first of the other."""
    dated = [(record, when) for record in records if (when := parse_when(record.date) or parse_when(record.start))]
    return min(dated, key=lambda found: (found[1].last, found[0].id), default=None)


def _first_plan(ledger: Dossier, task: Task) -> Plan | None:
    own = [plan for plan in ledger.plans_of(task.id) if not plan.replaces]
    return own[-1] if own else None


def _older_than_the_inspection(ledger: Dossier, task: Task) -> Iterator[_Disorder]:
    """Single rows of works that are older than the inspection, where others are not."""
    inspection = _inspection(ledger, task)
    began = parse_when(inspection.start) if inspection else None
    if inspection is None or began is None or _carried(task):
        return
    rows = [(r, when) for r in ledger.records_of(task.id, *WORKS) if r.measures and (when := parse_when(r.date))]
    old = [(r, when) for r, when in rows if when.surely_before(began)]
    if len(old) == len(rows):
        return
    for row, when in old:
        words = say(
            "{name}写明 {date}，早于督察进驻（{other}），却列为本次整改的记录",
            name=RECORD_WORDS.get(row.type, row.type),
            date=row.date,
            other=inspection.start,
        )
        yield _disorder(row.id, inspection.id, when, began, row.date or "", inspection.start or "", words, Severity.WARN)


# One cause, one finding ---------------------------------------------------------------------------------------------------


def _disorder(
    early: str, late: str, when: When, other: When, date: str, other_date: str, fact: str, severity: Severity = Severity.BLOCK
) -> _Disorder:
    where = tuple(Where(one) for one in dict.fromkeys((early, late)))
    return _Disorder(early, late, where, fact, date, other_date, _days(when, other), severity)


def _days(early: When, late: When) -> int:
    """The fewest days that can lie between them."""
    return (late.first - early.last).days


def _knots(found: Iterable[_Disorder]) -> Iterator[list[_Disorder]]:
    """Disorders that share a thing, together; the widest first. Things are joined through what is named early or late in more than one."""
    knots: list[list[_Disorder]] = []
    for one in found:
        joined = [knot for knot in knots if any({one.early, one.late} & {other.early, other.late} for other in knot)]
        knots = [knot for knot in knots if knot not in joined] + [[one, *(other for knot in joined for other in knot)]]
    for knot in knots:
        yield sorted(knot, key=lambda one: (-one.severity.weight, -(one.days or 0), one.early, one.late))


def _finding(ledger: Dossier, knot: list[_Disorder]) -> Finding:
    widest = knot[0]
    ids = [one for each in knot for one in (each.early, each.late)]
    pointers = dict.fromkeys(pointer for each in knot for pointer in each.where)
    fact = widest.fact if widest.days is None else say("{fact}，相差 {days} 天", fact=widest.fact, days=widest.days)
    if len(knot) > 1:
        fact = say("{fact}；相连的日期另有 {count} 处不一致", fact=fact, count=len(knot) - 1)
    return Finding(
        ID,
        widest.severity,
        only_task(ledger, ids),
        tuple(pointers),
        say("{fact}。请核对原件，更正日期或说明先后。", fact=fact),
        BASIS,
        {"earlier": widest.first, "later": widest.second, "days": widest.days, "places": len(knot)},
    )
