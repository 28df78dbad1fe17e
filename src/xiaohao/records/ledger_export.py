"""Ledgers going out: a list in the columns that its own ledger came in with, and a sheet returned with its doubtful cells commented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from xiaohao.documents.ledger.columns import MEANING_WORDS, Meaning
from xiaohao.documents.ledger.write import Comment, write_ledger
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import said_from_json
from xiaohao.kernel.when import CST
from xiaohao.procedure.states import STATE_WORDS, State, state_of
from xiaohao.records.models import Ledger, LedgerItem, Plan, Record, Task, TaskList
from xiaohao.records.worklist import visible_to

#: The columns of a list that no ledger brought in; those of the closing assessment only where one of its tasks has an assessor.
_USUAL = (
    Meaning.NUMBER, Meaning.TITLE, Meaning.PROBLEM, Meaning.GOAL, Meaning.MEASURE, Meaning.OWNER, Meaning.CO_OWNER, Meaning.LEAD,
    Meaning.SUPERVISOR, Meaning.ACCEPTOR, Meaning.REVIEWER, Meaning.ASSESSOR, Meaning.DUE, Meaning.STATUS, Meaning.ASSESSED_ON,
    Meaning.ASSESSMENT, Meaning.CLOSED_ON,
)  # fmt: skip
_OF_ASSESSMENT = frozenset({Meaning.ASSESSOR, Meaning.ASSESSED_ON, Meaning.ASSESSMENT})
#: Columns in which the system's own word stands, wherever it has one.
_OWN_WORD = frozenset({Meaning.STATUS, Meaning.CLOSED_ON, Meaning.ASSESSED_ON, Meaning.ASSESSMENT})
#: A task in one of these states has passed its assessment, where it has one.
_ASSESSED = frozenset({State.ASSESSED, State.PUBLISHED, State.CLOSED, State.CONFIRMED})


def ledger_of_list(listing: TaskList, actor: Actor, *, at: datetime) -> bytes:
    """The tasks of a list that this person may see, one row each or, where the ledger had several, those rows with what the ledger said;
    what the system knows better (state, units, dates) stands in the columns that mean it. b"" where there is none."""
    tasks = list(
        visible_to(actor).filter(list=listing).order_by("address").select_related("lead", "supervisor", "acceptor", "reviewer", "assessor")
    )
    if not tasks:
        return b""
    items = {item.task_id: item for item in LedgerItem.objects.filter(task__in=[task.pk for task in tasks]).order_by("entry")}
    newest = max(items.values(), key=lambda item: item.entry, default=None)
    if newest:
        headers, meanings = newest.content["headers"], [Meaning(meaning) for meaning in newest.content["meanings"]]
    else:
        left_out = frozenset() if any(task.assessor_id for task in tasks) else _OF_ASSESSMENT
        meanings = [meaning for meaning in _USUAL if meaning not in left_out]
        headers = [str(MEANING_WORDS[meaning]).partition("（")[0] for meaning in meanings]
    plans = {plan.task_id: plan for plan in Plan.objects.filter(task__in=[task.pk for task in tasks]).order_by("version")}
    day = at.astimezone(CST).date().isoformat()
    known = {task.pk: _known(task, plans.get(task.pk)) for task in tasks}
    for task_id, date in _assessed(tasks) if _OF_ASSESSMENT & set(meanings) else ():
        known[task_id] |= {Meaning.ASSESSED_ON: date, Meaning.ASSESSMENT: "通过"}
    rows = (row for task in sorted(tasks, key=_by_number) for row in _rows(known[task.pk], items.get(task.pk), meanings, headers))
    return write_ledger(headers, rows, title=f"{listing.name}（{day}）", sheet=listing.name, meanings=meanings)


def _by_number(task: Task) -> tuple[bool, int, str]:
    return (not isinstance(task.number, int), task.number if isinstance(task.number, int) else 0, str(task.number))


def _assessed(tasks: Iterable[Task]) -> Iterator[tuple[str, str]]:
    """(task, day) of the closing assessments that the tasks have passed and stand on."""
    passed = [task.pk for task in tasks if task.assessor_id and state_of(task.thing()) in _ASSESSED]
    rows = Record.objects.filter(type="closing_assessment", on_tasks__in=passed).order_by("recorded_at")
    yield from rows.values_list("on_tasks", "date")


def _rows(known: Mapping[Meaning, str], item: LedgerItem | None, meanings: list[Meaning], headers: list[str]) -> Iterator[list[str]]:
    if item is None or item.content["headers"] != headers:
        yield [known.get(meaning, "") for meaning in meanings]
        return
    for place, values in enumerate(item.content["task"]["values"]):
        yield [
            known[meaning] if place == 0 and meaning in _OWN_WORD and known.get(meaning) else value
            for meaning, value in zip(meanings, values, strict=True)
        ]


def _known(task: Task, plan: Plan | None) -> dict[Meaning, str]:
    """What the system knows of the task, by column. The state is the system's own, in its own words."""
    promised = plan.thing() if plan else None
    return {
        Meaning.NUMBER: str(task.number),
        Meaning.TITLE: task.title,
        Meaning.PROBLEM: task.problem,
        Meaning.GOAL: _numbered([goal.text for goal in promised.goals]) if promised else "",
        Meaning.MEASURE: _numbered([measure.text for measure in promised.measures]) if promised else "",
        Meaning.OWNER: task.owner.name,
        Meaning.LEAD: task.lead.name if task.lead else "",
        Meaning.SUPERVISOR: task.supervisor.name if task.supervisor else "",
        Meaning.ACCEPTOR: task.acceptor.name if task.acceptor else "",
        Meaning.REVIEWER: task.reviewer.name if task.reviewer else "",
        Meaning.ASSESSOR: task.assessor.name if task.assessor else "",
        Meaning.DUE: task.more.get("due_words") or task.due,
        Meaning.STATUS: str(STATE_WORDS[state_of(task.thing())]),
        Meaning.CLOSED_ON: task.closed_at,
    }


def _numbered(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1))


def annotated_ledger(ledger: Ledger) -> bytes:
    """The rows of a ledger as they stood, with a comment at every cell that has something to be put right or looked at. Row numbers are those of
    the sheet it came from, so that whoever wrote it finds the place."""
    headers = ["原表行号", *(header for header, *_ in ledger.headers)]
    letters = {letter: n for n, (_, _, _, letter, _) in enumerate(ledger.headers, 1)}
    comments: list[Comment] = []
    rows: list[list[str]] = []
    for line in ledger.lines.all():
        places = {}
        for row, values in zip(line.content["rows"], line.content["values"], strict=True):
            places[row] = len(rows)
            rows.append([str(row), *values])
        for problem in line.problems:
            found = re.fullmatch(r"([A-Z]+)(\d+)", problem["cell"])
            row = int(found[2]) if found else problem["row"]
            column = letters.get(found[1], 0) if found else 0
            comments.append(Comment(places.get(row, places[line.content["rows"][0]]), column, str(said_from_json(problem["said"]))))
    meanings = [Meaning.NUMBER, *(Meaning(meaning) for _, meaning, *_ in ledger.headers)]
    return write_ledger(headers, rows, sheet=ledger.sheet, meanings=meanings, comments=comments)
