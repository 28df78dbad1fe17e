"""数字无据: a counted act (执法检查23次) exceeds the rows of the register in its period, double entries counted once.

Innocent explanations looked for first: 余次 and Chinese numerals; room numbers, day counts and ordinals; a sum over two linked tasks;
physical amounts, which are held against measured quantities elsewhere. Source: the counted meetings and inspections of public notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from xiaohao.dossier import Dossier
from xiaohao.dossier.statement import Statement
from xiaohao.dossier.where import Where
from xiaohao.evidence.backing import Backed, Backing, backing
from xiaohao.evidence.claims import Claim
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import quoted

ID = "NUM-CLAIM"
STAGE = "application"
NEEDS = ("statements.text/spans", "records(type, date, people, place)")

#: Words before the number that say what was counted.
_CONTEXT_CHARS = 12
#: Words by which a sentence splits a count into parts that do not overlap.
_PART = re.compile(r"[上下]半年|第?[一二三四]季度|20\d{2}年|[去今前]年|白天|日间|夜间|汛前|汛后|第[一二三四]阶段|[前后]期")
#: … unless they are parts of a number just given.
_OF_WHICH = re.compile(r"其中|含|包括")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per counted act that the registers do not bear out."""
    task = case.task.id
    if case.is_text:
        yield Skipped(ID, task, say("文字材料没有登记可以对照，所报次数列为待核陈述"))
        return
    statements = _claiming(case)
    if not statements:
        yield Skipped(ID, task, say("还没有完成情况或公示"))
    elif not case.records_of(task):
        yield Skipped(ID, task, say("案卷中没有登记可以对照"))
    short = tuple(_short(case, statements))
    for statement, backed in short:
        yield _finding(case, statement, backed)
    if not short:
        yield from _sums(case, statements)


def _claiming(case: Dossier) -> tuple[Statement, ...]:
    """The last completion statement and the last notice: what stands in both is one claim."""
    found = (case.last_statement(case.task.id, kind) for kind in ("completion", "notice"))
    return tuple(statement for statement in found if statement)


def _short(case: Dossier, statements: tuple[Statement, ...]) -> Iterator[tuple[Statement, Backed]]:
    if not case.records_of(case.task.id):
        return
    said: set[tuple[object, ...]] = set()
    for statement in statements:
        for backed in backing(case, statement):
            claim = backed.claim
            what = (claim.kind, claim.value, claim.unit)
            if claim.record_types and backed.counts_rows and what not in said and backed.state in (Backing.THIN, Backing.UNBACKED):
                yield statement, backed
            if backed.counts_rows:
                said.add(what)


def _sums(case: Dossier, statements: tuple[Statement, ...]) -> Iterator[Finding]:
    """Counts of one act in one sentence, part by part (上半年9次，下半年7次): each may be borne out by the same rows, their sum may not."""
    for statement in statements if case.records_of(case.task.id) else ():
        sentences: dict[tuple[object, ...], dict[str, Backed]] = {}
        for backed in backing(case, statement):
            before = re.split(r"[。；\n]", statement.text[: backed.claim.start])[-1]
            parts = _PART.findall(before[-_CONTEXT_CHARS:])
            if backed.counts_rows and parts and backed.claim.record_types and not _OF_WHICH.search(before):
                key = (statement.text.count("。", 0, backed.claim.start), backed.claim.kind, backed.claim.unit)
                sentences.setdefault(key, {}).setdefault(parts[-1], backed)
        for parted in sentences.values():
            total, found = sum(one.claim.value or 0 for one in parted.values()), max(one.found for one in parted.values())
            if len(parted) > 1 and total > found:
                first = max(parted.values(), key=lambda one: one.found)
                yield _finding(case, statement, replace(first, found=found), total=total)
                return


def _finding(case: Dossier, statement: Statement, backed: Backed, *, total: float | None = None) -> Finding:
    claim = backed.claim
    parts = say("（各段合计 {total} {unit}）", total=_plain(total), unit=claim.unit) if total is not None else ""
    rows = tuple(Where(row) for row in backed.records)
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (Where(statement.id, claim.start, claim.end), *rows),
        say(
            "自报“{claim}”{parts}，登记可对上的有 {found} 条。请补登记（{settled_by}），或更正文字。",
            claim=_in_words(statement, claim),
            parts=parts,
            found=int(backed.found),
            settled_by=claim.settled_by,
        ),
        say("完成情况中的次数须有等量登记"),
        {"claimed": _plain(claim.value if total is None else total), "found": int(backed.found), "unit": claim.unit},
    )


def _plain(value: float | None) -> float | int | None:
    """27 rather than 27.0: the figures are read by people."""
    return int(value) if value is not None and value == int(value) else value


def _in_words(statement: Statement, claim: Claim) -> str:
    """The number with the words before it in its clause: 开展执法检查27次."""
    before = statement.text[max(0, claim.start - _CONTEXT_CHARS) : claim.start]
    for mark in "。；，、）)：:\n“”":
        before = before.rpartition(mark)[2]
    return quoted(before + claim.text)
