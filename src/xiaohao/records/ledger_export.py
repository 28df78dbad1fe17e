"""Ledgers going out: a list in the columns that its own ledger came in with, and a sheet returned with its doubtful cells commented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from xiaohao.documents.ledger.columns import MEANING_WORDS, Meaning
from xiaohao.documents.ledger.write import Comment, write_ledger
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import said_from_json
from xiaohao.kernel.when import CST
from xiaohao.procedure.states import STATE_WORDS, state_of
from xiaohao.records.models import Ledger, LedgerItem, Plan, Task, TaskList
from xiaohao.records.worklist import visible_to

#: The columns of a list that no ledger brought in.
_USUAL = (
    Meaning.NUMBER, Meaning.TITLE, Meaning.PROBLEM, Meaning.GOAL, Meaning.MEASURE, Meaning.OWNER, Meaning.CO_OWNER, Meaning.LEAD,
    Meaning.SUPERVISOR, Meaning.ACCEPTOR, Meaning.DUE, Meaning.STATUS, Meaning.CLOSED_ON,
)  # fmt: skip


def ledger_of_list(listing: TaskList, actor: Actor, *, at: datetime) -> bytes:
    """The tasks of a list that this person may see, one row each or, where the ledger had several, those rows with what the ledger said;
    what the system knows better (state, units, dates) stands in the columns that mean it. b"" where there is none."""
    tasks = list(visible_to(actor).filter(list=listing).order_by("address").select_related("lead", "supervisor", "acceptor"))
    if not tasks:
        return b""
    items = {item.task_id: item for item in LedgerItem.objects.filter(task__in=[task.pk for task in tasks]).order_by("entry")}
    newest = max(items.values(), key=lambda item: item.entry, default=None)
    if newest:
        headers, meanings = newest.content["headers"], [Meaning(meaning) for meaning in newest.content["meanings"]]
    else:
        headers, meanings = [str(MEANING_WORDS[m]).partition("（")[0] for m in _USUAL], list(_USUAL)
    plans = {plan.task_id: plan for plan in Plan.objects.filter(task__in=[task.pk for task in tasks]).order_by("version")}
    day = at.astimezone(CST).date().isoformat()
    rows = (row for task in sorted(tasks, key=_by_number) for row in _rows(task, items.get(task.pk), plans.get(task.pk), meanings, headers))
    return write_ledger(headers, rows, title=f"{listing.name}（{day}）", sheet=listing.name, meanings=meanings)


def _by_number(task: Task) -> tuple[bool, int, str]:
    return (not isinstance(task.number, int), task.number if isinstance(task.number, int) else 0, str(task.number))


def _rows(task: Task, item: LedgerItem | None, plan: Plan | None, meanings: list[Meaning], headers: list[str]) -> Iterator[list[str]]:
    known = _known(task, plan)
    if item is None or item.content["headers"] != headers:
        yield [known.get(meaning, "") for meaning in meanings]
        return
    for place, values in enumerate(item.content["task"]["values"]):
        yield [
            known[meaning] if place == 0 and meaning in (Meaning.STATUS, Meaning.CLOSED_ON) and known.get(meaning) else value
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
