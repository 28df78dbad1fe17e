"""A screening as a clerk reads it in a terminal: the window with its days, every lead with the sentence it is about, what it rests on and what
would settle it, the measures, the claims that wait for a register, and what could not be checked.

Every state is a glyph and a word; colour only repeats them (UX.md, lesson 4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xiaohao.cli.columns import cut, padded, width, wrapped
from xiaohao.dossier import Dossier
from xiaohao.dossier.bundle import Problem
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.where import Where
from xiaohao.evidence.coverage import Answer, Answered
from xiaohao.kernel.said import say
from xiaohao.publicity.window import DayUnit, WindowCount, days_words
from xiaohao.screening.catalogue import catalogue
from xiaohao.screening.finding import Finding, Severity
from xiaohao.screening.run import Screening

#: Longer lines are hard to read for anyone; shorter terminals than the least are treated as that.
WIDEST, NARROWEST = 100, 40

#: A quotation takes at most this many lines.
QUOTED_LINES = 3

#: A list of records names at most this many of them.
MOST_NAMED = 4

_SEVERITIES = {
    Severity.BLOCK: ("■", say("拦住"), "31"),
    Severity.WARN: ("▲", say("须答复"), "33"),
    Severity.NOTE: ("○", say("供参考"), "36"),
}
_ANSWERS = {
    Answered.YES: ("●", say("已答"), "32"),
    Answered.PARTLY: ("◐", say("部分答"), "33"),
    Answered.NO: ("○", say("未答"), "31"),
    Answered.WITHDRAWN: ("–", say("已撤回"), "2"),
    Answered.ELSEWHERE: ("→", say("属于其他单位"), "36"),
}
_RECORD_WORDS = {
    "meeting": "会议", "study": "学习", "interview": "约谈", "site_visit": "现场核查", "enforcement": "执法检查", "contract": "合同", "invoice": "发票",
    "acceptance": "验收", "review": "审核", "publicity": "公示", "closure": "销号", "work_log": "施工日志", "personal_act": "亲自督办", "training": "培训",
}  # fmt: skip


def severity_word(severity: Severity) -> str:
    """拦住, 须答复, 供参考."""
    return _SEVERITIES[severity][1]


@dataclass(frozen=True, slots=True)
class Page:
    """How wide the page is, and whether it may be coloured."""

    columns: int
    coloured: bool

    @classmethod
    def of(cls, columns: int, coloured: bool) -> Page:
        return cls(max(NARROWEST, min(WIDEST, columns)), coloured)

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured and text else text

    def strong(self, text: str) -> str:
        return self.paint(text, "1")

    def quiet(self, text: str) -> str:
        return self.paint(text, "2")

    def labelled(self, label: str, text: str, indent: int = 4, label_code: str = "2") -> Iterator[str]:
        """`label  text`, the text wrapped beside the label."""
        beside = indent + width(label) + 2
        for number, line in enumerate(wrapped(text, self.columns - beside)):
            head = self.paint(label, label_code) if number == 0 else " " * width(label)
            yield " " * indent + head + "  " + line


def render(
    page: Page,
    name: str,
    dossier: Dossier,
    screening: Screening,
    problems: Sequence[Problem] = (),
    reading: Mapping[str, Any] | None = None,
) -> Iterator[str]:
    """The lines of one input's page."""
    yield from _header(page, name, dossier, reading)
    yield from _windows(page, screening)
    yield from _findings(page, dossier, screening.findings)
    yield from _coverage(page, dossier, screening.coverage)
    if reading is not None:
        yield from _claims(page, _source_text(dossier), reading)
    yield from _skipped(page, screening)
    yield from _problems(page, problems)
    yield ""
    yield from (page.quiet(line) for line in wrapped(say("以上是疑点，不是结论；没有疑点也不等于没有问题。"), page.columns))


# Who and what -------------------------------------------------------------------------------------------------------------------


def _header(page: Page, name: str, dossier: Dossier, reading: Mapping[str, Any] | None) -> Iterator[str]:
    fields = reading["fields"] if reading else {}
    title = fields.get("title") or dossier.title or (_name_of_text(fields.get("issuer"), dossier) if reading else "") or name
    yield from (page.strong(line) for line in wrapped(title, page.columns))
    yield page.quiet("─" * (page.columns // width("─")))
    for label, text in _facts(name, dossier, fields if reading else None):
        yield from page.labelled(label, text, indent=0)


def _name_of_text(issuer: str | None, dossier: Dossier) -> str:
    """A name for a text without a title: who and which task, else its first line."""
    number = dossier.tasks[0].number if dossier.tasks else ""
    task = say("整改任务第 {number} 项", number=number) if number not in ("", "-") else ""
    first = next((line.strip() for line in _source_text(dossier).splitlines() if line.strip()), "")
    return "  ".join(filter(None, (issuer, task))) if task else issuer or cut(first, WIDEST - 20)


def _facts(name: str, dossier: Dossier, fields: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    yield say("来源"), name
    if fields is None:
        yield say("任务"), say("{count} 项", count=len(dossier.tasks)) if len(dossier.tasks) != 1 else _task_line(dossier)
        return
    rows = (
        (say("发布"), fields.get("issuer"), fields.get("issue_date")),
        (say("任务"), say("第 {number} 项", number=fields["task_no"]) if fields.get("task_no") else None, fields.get("problem")),
        (say("责任"), "、".join(fields.get("responsible_units") or ()), None),
        (say("受理"), fields.get("accepting_dept"), "  ".join(filter(None, (fields.get("contact_phone"), fields.get("contact_address"))))),
    )
    for label, *parts in rows:
        said = "  ".join(part for part in parts if part)
        if said:
            yield label, cut_long(said)


def _task_line(dossier: Dossier) -> str:
    task = dossier.tasks[0]
    return say(
        "第 {number} 项  {title}  责任单位 {owner}",
        number=task.number,
        title=task.title or task.problem,
        owner=dossier.org_name(task.owner),
    )


def cut_long(text: str, most: int = 120) -> str:
    """A long text on one line, cut: the page shows what is meant, the source has the rest."""
    return cut(text, most)


# The window ---------------------------------------------------------------------------------------------------------------------


def _windows(page: Page, screening: Screening) -> Iterator[str]:
    for count in screening.notices.values():
        yield from page.labelled(say("公示"), _window_words(page, count), indent=0)


def _window_words(page: Page, count: WindowCount) -> str:
    span = say("{start} 至 {end}", start=count.start, end=count.end)
    stated = say("，写明 {days}", days=days_words(count.stated, count.unit)) if count.stated else say("，未写明天数")
    required = say("，规则要求 {days}", days=days_words(count.required, count.unit)) if count.required else ""
    if count.workdays is None:
        return span + stated + required + say("；该年放假安排待公布，未计算工作日")
    held = count.workdays if count.unit is DayUnit.WORKDAY else count.calendar_days
    counted = say("；按日历 {days}（共 {calendar} 天）", days=days_words(held, count.unit), calendar=count.calendar_days)
    verdict = {True: say("，够"), False: say("，不够"), None: ""}[count.enough]
    return span + stated + required + counted + verdict


# Findings -----------------------------------------------------------------------------------------------------------------------


def _findings(page: Page, dossier: Dossier, findings: Sequence[Finding]) -> Iterator[str]:
    yield ""
    if not findings:
        yield page.strong(say("疑点  没有"))
        return
    counts = Counter(finding.severity for finding in findings)
    summary = " · ".join(f"{glyph} {word} {counts[severity]}" for severity, (glyph, word, _) in _SEVERITIES.items() if counts[severity])
    yield page.strong(say("疑点  {count} 处", count=len(findings))) + f"   {summary}"
    ordered = sorted(findings, key=lambda finding: -finding.severity.weight)
    for number, finding in enumerate(ordered, 1):
        yield ""
        yield from _finding(page, dossier, number, finding)


def _finding(page: Page, dossier: Dossier, number: int, finding: Finding) -> Iterator[str]:
    glyph, word, code = _SEVERITIES[finding.severity]
    title = catalogue()[finding.check].title
    task = say("  任务 {task}", task=_task_name(dossier, finding.task)) if finding.task and len(dossier.tasks) > 1 else ""
    yield f"{number:>2}  {page.paint(f'{glyph} {word}', code)}  {page.strong(title)} {page.quiet(finding.check)}{task}"
    if sentence := _quotation(dossier, finding.where):
        yield from _quoted(page, sentence)
    fact, way = _fact_and_way(str(finding.message))
    yield from page.labelled(say("差在"), fact)
    if records := _records(dossier, finding.where):
        yield from page.labelled(say("对照"), records)
    yield from page.labelled(say("依据"), str(finding.basis))
    if way:
        yield from page.labelled(say("办法"), way)


def _task_name(dossier: Dossier, task_id: str) -> str:
    task = dossier.by_id.get(task_id)
    return say("第 {number} 项", number=task.number) if task else task_id


def _fact_and_way(message: str) -> tuple[str, str]:
    """A message says the fact first and then asks (请…): the two parts."""
    at = message.find("。请")
    return (message[: at + 1], message[at + 1 :]) if at >= 0 else (message, "")


def _quotation(dossier: Dossier, where: Sequence[Where]) -> str:
    """The sentences around the pointed stretches, or the measure that is pointed at."""
    parts: list[str] = []
    for pointer in where:
        thing = dossier.by_id.get(pointer.id)
        if isinstance(thing, Statement) and pointer.start is not None and pointer.end is not None:
            parts.append(_sentence(thing.text, pointer.start, pointer.end))
    if not parts:
        parts = [thing.text for pointer in where if isinstance(thing := dossier.by_id.get(pointer.id), Measure)]
    return " …… ".join(dict.fromkeys(part for part in parts if part))


def _sentence(text: str, start: int, end: int) -> str:
    """The pointed stretch, widened to whole sentences."""
    before = max(text.rfind(mark, 0, start) for mark in "。；：:\n")
    ends = [at for mark in "。；\n" if (at := text.find(mark, max(end - 1, start))) >= 0]
    after = min(ends, default=len(text) - 1)
    return " ".join(text[before + 1 : max(after + 1, end)].split())


def _quoted(page: Page, sentence: str) -> Iterator[str]:
    lines = list(wrapped(f"“{sentence}”", page.columns - 10))
    if len(lines) > QUOTED_LINES:
        lines = [*lines[:QUOTED_LINES], "……”"]
    yield from page.labelled(say("原文"), "\n".join(lines))


def _records(dossier: Dossier, where: Sequence[Where]) -> str:
    """The rows that are pointed at, by kind and day."""
    rows = [thing for pointer in where if isinstance(thing := dossier.by_id.get(pointer.id), Record)]
    named = [f"{_RECORD_WORDS.get(row.type, row.type)} {row.date or row.start or ''}（{row.id}）" for row in rows[:MOST_NAMED]]
    more = say(" 等 {count} 条", count=len(rows)) if len(rows) > MOST_NAMED else ""
    return "、".join(named) + more


# Measures -----------------------------------------------------------------------------------------------------------------------


def _coverage(page: Page, dossier: Dossier, answers: Sequence[Answer]) -> Iterator[str]:
    if not answers:
        return
    counts = Counter(answer.answered for answer in answers)
    yield ""
    yield (
        page.strong(say("措施  {count} 条", count=len(answers)))
        + "   "
        + " · ".join(f"{glyph} {word} {counts[state]}" for state, (glyph, word, _) in _ANSWERS.items() if counts[state])
    )
    widest = max(width(_ANSWERS[answer.answered][1]) for answer in answers)
    for answer in answers:
        glyph, word, code = _ANSWERS[answer.answered]
        measure = dossier.find(Measure, answer.measure)
        head = f"  {glyph} {padded(word, widest)}  "
        room = page.columns - width(head) - 4
        number = padded(_measure_number(answer.measure, measure), 3)
        yield f"  {page.paint(f'{glyph} {padded(word, widest)}', code)}  {number} " + cut(measure.text if measure else "", room)
        if note := _note(dossier, answer):
            yield from (" " * (width(head) + 4) + page.quiet(line) for line in wrapped(note, room))


def _measure_number(measure_id: str, measure: Measure | None) -> str:
    """2, and 2.1 for a sentence of measure two that addresses another body."""
    part = re.search(r"\.\d+$", measure_id)
    return f"{measure.number if measure else ''}{part.group() if part else ''}"


def _note(dossier: Dossier, answer: Answer) -> str:
    if answer.answered is Answered.ELSEWHERE:
        return say("转 {body}", body=answer.body)
    notes = []
    if answer.facts:
        notes.append(say("可核事实 {count} 处", count=answer.facts))
    if answer.evidence:
        notes.append(say("佐证 {count} 件", count=len(answer.evidence)))
    elif not dossier.is_text and answer.answered is not Answered.WITHDRAWN:
        notes.append(say("没有佐证"))
    if answer.unfinished_words:
        notes.append(say("自称未完：{words}", words="、".join(answer.unfinished_words)))
    if answer.lacking:
        notes.append(say("未见：{lacking}", lacking="、".join(answer.lacking)))
    return "，".join(notes)


# Claims, gaps, defects ----------------------------------------------------------------------------------------------------------


def _source_text(dossier: Dossier) -> str:
    """The text that the reading's offsets count in: the whole notice."""
    notice = dossier.last_statement(dossier.tasks[0].id, "notice") if dossier.tasks else None
    return notice.text if notice else ""


#: A claim is shown with the words of its clause before it, at most so many.
_BEFORE = 30


def _in_words(text: str, claim: Mapping[str, Any]) -> str:
    """The claim with the words of its clause before it: 研究环境保护工作23次, not 23次."""
    start = claim["start"]
    before = text[max(0, start - _BEFORE) : start]
    for mark in "。；，,;:：、）)\n":
        before = before.rpartition(mark)[2]
    return cut_long(before + claim["text"])


def _claims(page: Page, text: str, reading: Mapping[str, Any]) -> Iterator[str]:
    claims = reading["claims"]
    if not claims:
        return
    yield ""
    yield page.strong(say("要有登记才算数的话  {count} 句", count=len(claims)))
    for settled_by, group in _by_register(claims):
        for claim in group:
            yield from page.labelled("·", f"“{_in_words(text, claim)}”{_claimed(claim)}", indent=2)
        yield from page.labelled(say("须有"), settled_by)


def _by_register(claims: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The claims by the register that settles them, in order of first appearance."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for claim in claims:
        groups.setdefault(claim["settled_by"], []).append(claim)
    yield from groups.items()


def _claimed(claim: Mapping[str, Any]) -> str:
    """What the words leave open: a number that is not given."""
    return "" if claim.get("value") is not None or claim.get("kind") in _NOT_COUNTED else say("（没有写次数）")


_NOT_COUNTED = frozenset({"document", "organisation", "rhythm", "personal_act"})


def _skipped(page: Page, screening: Screening) -> Iterator[str]:
    reasons: dict[tuple[str, str], int] = {}
    for skipped in screening.skipped:
        reasons[(skipped.check, str(skipped.reason))] = reasons.get((skipped.check, str(skipped.reason)), 0) + 1
    if not reasons:
        return
    yield ""
    yield page.strong(say("没有核对的  {count} 项", count=len(reasons)))
    for (check, reason), count in reasons.items():
        times = say("（{count} 项任务）", count=count) if count > 1 else ""
        yield from page.labelled(f"{padded(catalogue()[check].title, 14)}", reason + times, indent=2)


def _problems(page: Page, problems: Sequence[Problem]) -> Iterator[str]:
    if not problems:
        return
    yield ""
    yield page.strong(say("案卷包本身的缺陷  {count} 处", count=len(problems)))
    for problem in problems:
        yield from page.labelled("·", f"{problem.message}" + (f"（{problem.where}）" if problem.where else ""), indent=2)
