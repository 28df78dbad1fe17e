"""The measures of the plan, each with how it stands: a glyph and a word, its facts and evidence, what is lacking, to whom it goes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from xiaohao.cli.columns import cut, padded, width, wrapped
from xiaohao.cli.terminal.page import Page
from xiaohao.dossier import Dossier
from xiaohao.dossier.plan import Measure
from xiaohao.dossier.task import Task
from xiaohao.evidence.coverage import Answer, Answered
from xiaohao.kernel.said import say

_ANSWERS = {
    Answered.YES: ("●", say("已答"), "32"),
    Answered.PARTLY: ("◐", say("部分答"), "33"),
    Answered.NO: ("○", say("未答"), "31"),
    Answered.WITHDRAWN: ("–", say("已撤回"), "2"),
    Answered.ELSEWHERE: ("→", say("属于其他单位"), "36"),
}


def measures(page: Page, dossier: Dossier, answers: Sequence[Answer]) -> Iterator[str]:
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
    for task, rows in groupby(answers, key=lambda answer: answer.task):
        if len(dossier.tasks) > 1:
            yield " " + page.quiet(cut(_task_words(dossier, task), page.columns - 2))
        for answer in rows:
            yield from _row(page, dossier, answer, widest)


def _task_words(dossier: Dossier, task_id: str) -> str:
    """第 7 项 青柳河氨氮超标, where the page is about several tasks."""
    task = dossier.find(Task, task_id)
    return say("第 {number} 项 {title}", number=task.number, title=task.title or "") if task else task_id


def _row(page: Page, dossier: Dossier, answer: Answer, widest: int) -> Iterator[str]:
    """Glyph, word, number and text of one measure; below it what is known of its answer."""
    glyph, word, code = _ANSWERS[answer.answered]
    state = f"{glyph} {padded(word, widest)}"
    measure = dossier.find(Measure, answer.measure)
    beside = width(f"  {state}  ") + 4
    number = padded(_measure_number(answer.measure, measure), 3)
    yield f"  {page.paint(state, code)}  {number} " + cut(measure.text if measure else "", page.columns - beside)
    if note := _note(dossier, answer):
        yield from (" " * beside + page.quiet(line) for line in wrapped(note, page.columns - beside))


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
