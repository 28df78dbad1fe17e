"""The leads: the sentence each is about, what differs, what it rests on, and what would settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xiaohao.cli.columns import wrapped
from xiaohao.cli.terminal.page import Page
from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.record import Record
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.screening.catalogue import catalogue
from xiaohao.screening.finding import Finding, Severity

#: A quotation takes at most this many lines.
QUOTED_LINES = 3

#: A list of records names at most this many of them.
MOST_NAMED = 4

_SEVERITIES = {
    Severity.BLOCK: ("■", say("拦住"), "31"),
    Severity.WARN: ("▲", say("须答复"), "33"),
    Severity.NOTE: ("○", say("供参考"), "36"),
}
_RECORD_WORDS = {
    "meeting": "会议", "study": "学习", "interview": "约谈", "site_visit": "现场核查", "enforcement": "执法检查", "contract": "合同", "invoice": "发票",
    "acceptance": "验收", "review": "审核", "closing_assessment": "销号评估", "publicity": "公示", "closure": "销号", "work_log": "施工日志", "personal_act": "亲自督办", "training": "培训",
    "return": "退回", "arrangement": "验收安排", "question": "质询", "reply": "质询答复", "countersign": "会签单", "countersigned": "会签意见",
}  # fmt: skip


def severity_word(severity: Severity) -> str:
    """拦住, 须答复, 供参考."""
    return _SEVERITIES[severity][1]


def leads(page: Page, dossier: Dossier, findings: Sequence[Finding]) -> Iterator[str]:
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


def between_texts(page: Page, name: str, findings: Sequence[Finding]) -> Iterator[str]:
    """What a batch of texts says together about one of them."""
    yield page.strong(say("与其他材料对照  {name}", name=name))
    nothing = Dossier(id="text", kind="dossier", made_at="")
    for number, finding in enumerate(findings, 1):
        yield from _finding(page, nothing, number, finding)


def _finding(page: Page, dossier: Dossier, number: int, finding: Finding) -> Iterator[str]:
    glyph, word, code = _SEVERITIES[finding.severity]
    title = catalogue()[finding.check].title
    task = f"  {_task_name(dossier, finding.task)}" if finding.task and len(dossier.tasks) > 1 else ""
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
