"""措施漏答: a measure of the plan in force has no answer, no evidence of its own, or an answer that says it is unfinished.

Innocent explanations looked for first: one paragraph answering several measures, another order, a measure withdrawn in an approved and
published version, long-term measures not claimed done, a measure of another body (routed as `elsewhere`, not blamed), a denial or a
quotation of unfinished work. Source: INSTITUTION.md, fact 5; notices that report 已完成前期手续 as done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.where import Where
from xiaohao.evidence.coverage import Answer, Answered, claiming_statement, coverage, is_tied
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.words import listed, measure_name

ID = "COVER"
STAGE = "application"
NEEDS = ("plans.measures", "statements.spans", "records.measures")

BASIS = say("整改措施须逐条答复，每条有自己的佐证")


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding per measure that is unanswered, without evidence, unfinished by its own words, or answered in part."""
    task = case.task.id
    statement = claiming_statement(case, task)
    if not case.measures_of(task):
        yield Skipped(ID, task, say("没有整改措施可以对照"))
    elif statement is None:
        yield Skipped(ID, task, say("还没有完成情况或公示，措施未报完成"))
    elif not is_tied(case, task):
        yield Skipped(ID, task, say("完成情况没有标明哪一段答复哪一条措施"))
    else:
        for answer in coverage(case, task):
            measure = case.find(Measure, answer.measure)
            if measure is not None:
                yield from _judge(case, answer, measure)


def _judge(case: Dossier, answer: Answer, measure: Measure) -> Iterator[Finding]:
    name = measure_name(measure)
    if answer.answered in (Answered.YES, Answered.WITHDRAWN, Answered.ELSEWHERE):
        return
    if answer.unfinished:
        yield _finding(
            case,
            answer,
            Severity.BLOCK,
            answer.unfinished,
            say("{name}报完成，答复中却写“{words}”。请按实际进度填报，完成后再申请。", name=name, words=listed(answer.unfinished_words)),
            {"unfinished": list(answer.unfinished_words)},
        )
    elif not answer.has_answer and not answer.evidence:
        in_text = say("{name}在完成情况中没有答复。请补写答复。", name=name)
        in_file = say("{name}在完成情况中没有答复，也没有对应记录。请补写答复和佐证。", name=name)
        yield _finding(case, answer, Severity.BLOCK, (), in_text if case.is_text else in_file, {})
    elif not answer.has_answer:
        yield _finding(
            case,
            answer,
            Severity.WARN,
            (),
            say("{name}有 {count} 条记录，完成情况中没有答复。请补写答复。", name=name, count=len(answer.evidence)),
            {},
        )
    elif not answer.evidence and not case.is_text:
        severity = Severity.WARN if answer.facts else Severity.BLOCK
        yield _finding(
            case,
            answer,
            severity,
            answer.where,
            say("{name}有答复，没有一条对应的记录或文件。请补记录。", name=name),
            {"facts": answer.facts},
        )
    elif answer.lacking:
        yield _finding(
            case,
            answer,
            Severity.WARN,
            answer.where,
            say(
                "{name}只答复了一部分：要求的“{lacking}”在全文中未见。请补写做了什么、记录在哪里。",
                name=name,
                lacking="”“".join(answer.lacking),
            ),
            {"lacking": list(answer.lacking)},
        )


def _finding(
    case: Dossier, answer: Answer, severity: Severity, where: tuple[Where, ...], message: str, figures: dict[str, object]
) -> Finding:
    if case.is_text:
        # which sentence answers which measure was matched by the reader, not said by the unit: lowered, and said; answers in a lump more so
        most = Severity.NOTE if _in_a_lump(case) and not answer.has_answer else Severity.WARN
        severity = min(severity, most, key=lambda one: one.weight)
        message = say("{message}（答复与措施由程序对应，请人工核对）", message=message)
    return Finding(
        ID,
        severity,
        answer.task,
        (Where(answer.measure), *where),
        message,
        BASIS,
        {"measure": answer.measure, "evidence": len(answer.evidence), **figures},
    )


def _in_a_lump(case: Dossier) -> bool:
    """Whether the text answers all its measures in one paragraph without numbers."""
    statement = claiming_statement(case, case.task.id)
    if statement is None or len(statement.spans) <= 1:
        return statement is not None
    first, last = min(span.start for span in statement.spans), max(span.end for span in statement.spans)
    return not _SEPARATE.search(statement.text, first, last)


#: What sets one answer apart from the next.
_SEPARATE = re.compile(r"\n|[。；：]\s*(?:（[一二三四五\d]）|\d[.．、]|[一二三四五]是)|[①-⑨]")
