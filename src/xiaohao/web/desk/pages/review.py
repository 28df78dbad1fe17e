"""D7: the items of a review one by one: each goal, measure, claim and finding, and the acceptance itself, with what stands beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from xiaohao.acts.dry_run import look_at
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.evidence.backing import backing
from xiaohao.evidence.coverage import Answer, coverage
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.units import comparable, convert
from xiaohao.kernel.when import parse_when
from xiaohao.procedure import steps
from xiaohao.procedure.gates.opinions_given import VERDICT_WORDS
from xiaohao.publicity.words import METHOD_WORDS
from xiaohao.records.models import Record as RecordRow
from xiaohao.records.models import Task
from xiaohao.web.desk.case import Case
from xiaohao.web.desk.pages.dossier import goals_of
from xiaohao.web.desk.pages.evidence import words_of
from xiaohao.web.desk.pages.findings import findings_of
from xiaohao.web.desk.pages.photos import pairs_behind
from xiaohao.web.parts.link import Link
from xiaohao.web.parts.photos import PhotoPair

#: Register rows linked beside one item; the case's own page has them all.
_MOST_LINKS = 12
#: Relative difference between what the plan promised and what was measured that counts as none: rounding of a survey.
_SAME = 0.005


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison: what the plan says, what the unit reports, what the records say, and how the two stand (`state` of LOOKS)."""

    name: Said
    plan: str
    reported: str
    record: str
    state: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. `quote` is the unit's own sentence; `digest` changes when anything shown does, so that it must be seen again."""

    id: str
    title: str
    note: Said
    quote: str = ""
    lines: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    pairs: tuple[PhotoPair, ...] = ()
    more: tuple[str, ...] = ()
    #: What a question about it is about, as the form of questions names it ("" where none can be asked).
    ask: str = ""

    @property
    def digest(self) -> str:
        shown = repr((self.title, self.quote, self.lines, self.links, self.more))
        return hashlib.sha256(shown.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Seen:
    """An item with the opinion that this reviewer has given on it ("" for none yet)."""

    item: Item
    verdict: str
    reason: str
    seconds: int

    @property
    def glyph(self) -> str:
        return {"approved": "check", "more": "warn", "not_approved": "stop"}.get(self.verdict, "todo")


def items_of(case: Case) -> tuple[Item, ...]:
    """Everything that has to be seen, in the order in which it is read: goals, measures, claims, findings, the acceptance."""
    return (*_goals(case), *_measures(case), *_claims(case), *_findings(case), *_acceptance(case))


def conflict_of(case: Case) -> str:
    """Why this person may not review this case, "" where they may: hands and turn are asked of the procedure itself."""
    seen = look_at(steps.REVIEW, case.dossier, task=case.task, by=case.actor, at=case.at)
    return next((one.fact for one in seen.unmet if one.gate in ("right_hands", "in_turn", "separate_hands")), "")


def beside(case: Case) -> tuple[Said, ...]:
    """Side evidence: what else is known of the unit that did the work."""
    others = Task.objects.filter(owner=case.task.owner_id).exclude(pk=case.task.pk)
    if not others.exists():
        return (say("{unit}在本系统没有其他任务。", unit=case.task.owner.name),)
    returned = RecordRow.objects.filter(type="return", on_tasks__in=others).values("on_tasks").distinct().count()
    return (
        say(
            "{unit}另有 {count} 项任务，其中 {returned} 项曾被退回或重新打开。",
            unit=case.task.owner.name,
            count=others.count(),
            returned=returned,
        ),
    )


def _goals(case: Case) -> Iterable[Item]:
    for number, goal in enumerate(goals_of(case), 1):
        line = Line(say("目标"), goal.text, "", goal.words, goal.state)
        yield Item(f"goal-{number}", goal.text[:30], say("目标 {number}", number=number), lines=(line,))


def _measures(case: Case) -> Iterable[Item]:
    answers = {answer.measure: answer for answer in coverage(case.dossier, case.task.pk)}
    for measure in case.dossier.measures_of(case.task.pk):
        if measure.id in answers:
            yield _measure(case, measure, answers[measure.id])


def _measure(case: Case, measure: Measure, answer: Answer) -> Item:
    dossier = case.dossier
    quote = "".join(_cut(case, where.id, where.start, where.end) for where in answer.where)
    links = tuple(Link(words_of(dossier, one), _href(case, one)) for one in answer.evidence[:_MOST_LINKS])
    lines = (
        Line(say("落实"), measure.text, quote, say("{count} 条记录", count=len(answer.evidence)), str(answer.answered)),
        *_amounts(case, measure),
        *_dates(case, measure, answer),
    )
    pairs = pairs_behind(case, answer.evidence)
    note = say("措施 {number}", number=measure.number)
    return Item(f"measure-{measure.number}", measure.text[:30], note, quote, lines, links, pairs, ask=measure.id)


def _cut(case: Case, statement: str, start: int | None, end: int | None) -> str:
    said = case.dossier.find(Statement, statement)
    return said.text[start:end] if said else ""


def _amounts(case: Case, measure: Measure) -> Iterable[Line]:
    wanted = measure.quantity
    if wanted is None:
        return
    measured = [m for r in case.dossier.records_of(case.task.pk, "acceptance") for m in r.measured if m.measure == measure.id]
    planned = f"{wanted.value:g} {wanted.unit}"
    if not measured:
        yield Line(say("工程量"), planned, "", say("没有实测"), "lacking")
        return
    found = measured[-1]
    share = convert(found.value, found.unit, wanted.unit) / wanted.value if comparable(found.unit, wanted.unit) and wanted.value else 0.0
    short = share < 1 - _SAME
    words = say("少 {share}%", share=round((1 - share) * 100, 1)) if short else say("达到")
    yield Line(
        say("工程量"), planned, "", say("实测 {value} {unit}", value=found.value, unit=found.unit), "partly" if short else "reached", words
    )


def _dates(case: Case, measure: Measure, answer: Answer) -> Iterable[Line]:
    rows = [r for one in answer.evidence if (r := case.dossier.find(Record, one)) and (r.date or r.start)]
    due = parse_when(measure.due)
    if not rows or due is None:
        return
    last = max(r.date or r.start or "" for r in rows)
    when = parse_when(last)
    late = when is not None and due.surely_before(when)
    yield Line(
        say("完成日期"),
        measure.due or "",
        "",
        say("末次记录 {day}", day=last),
        "late" if late else "reached",
        say("晚于时限") if late else say("在时限内"),
    )


def _claims(case: Case) -> Iterable[Item]:
    said = case.dossier.last_statement(case.task.pk, "completion")
    for number, backed in enumerate(backing(case.dossier, said) if said else (), 1):
        text = clause(said.text, backed.claim.start, backed.claim.end) if said else ""
        links = tuple(Link(words_of(case.dossier, one), _href(case, one)) for one in backed.records[:_MOST_LINKS])
        more = (backed.lacking,) if backed.lacking else ()
        line = Line(say("说法"), "", text, say("{count} 条记录", count=len(backed.records)), str(backed.state))
        note, ask = say("说明第 {number} 处", number=number), f"{said.id}|{text}" if said else ""
        yield Item(f"claim-{number}", f"“{text}”", note, text, (line,), links, more=more, ask=ask)


def clause(text: str, start: int, end: int) -> str:
    """The clause in which the claim stands: “开展排水执法检查2次” and not the bare “2次”."""
    first = max(text.rfind(mark, 0, start) + 1 for mark in "，。；！？\n")
    last = min((found for mark in "，。；！？\n" if (found := text.find(mark, end)) >= 0), default=len(text))
    return text[first:last].strip()


def _findings(case: Case) -> Iterable[Item]:
    for row in findings_of(case):
        more = tuple(part for part in (row.more.get("answer", ""), row.more.get("decision_reason", "")) if part)
        yield Item(
            f"finding-{row.pk}", row.message[:40], say("疑点"), lines=(Line(say("疑点"), "", "", row.message, row.severity),), more=more
        )


def _acceptance(case: Case) -> Iterable[Item]:
    record = case.dossier.last_record(case.task.pk, "acceptance")
    if record is None:
        return
    people = "、".join(case.dossier.person_name(person) for person in record.people)
    dissents = tuple(say("{person}不同意：{text}", person=case.dossier.person_name(one.person), text=one.text) for one in record.dissents)
    line = Line(say("验收"), "", METHOD_WORDS.get(record.method or "", ""), say("{people}，{day}", people=people, day=record.date or ""))
    links = (Link(say("验收意见原文"), _href(case, record.id)),)
    lines = (line, *_opinions(case, record))
    title = (record.text or "")[:30] or record.id
    yield Item("acceptance", title, say("验收意见"), record.text or "", lines, links, more=dissents, ask=record.id)


def _opinions(case: Case, record: Record) -> Iterable[Line]:
    """What the group held of each measure, beside what the unit says of it."""
    texts = {measure.id: (measure.number, measure.text) for measure in case.dossier.measures_of(case.task.pk)}
    answers = {answer.measure: answer for answer in coverage(case.dossier, case.task.pk)}
    for one in record.opinions:
        number, text = texts.get(one.measure, ("", one.measure))
        answer = answers.get(one.measure)
        said = "".join(_cut(case, where.id, where.start, where.end) for where in answer.where) if answer else ""
        held = say(
            "{verdict}：{reason}（看了：{looked}）",
            verdict=VERDICT_WORDS[one.verdict or "done"],
            reason=one.reason,
            looked=one.looked_at or "",
        )
        yield Line(say("措施 {number}", number=number), text, said, held)


def _href(case: Case, thing: str) -> str:
    found = case.dossier.by_id.get(thing)
    if isinstance(found, Record):
        return reverse("desk_record", args=[case.no, thing])
    return reverse("desk_task", args=[case.no]) + "#files"
