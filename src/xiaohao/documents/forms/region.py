"""The result report 整改落实情况报告 of a list: how many of its tasks stand where, and each with its state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from xiaohao.documents.forms.facts import complete, short_title
from xiaohao.documents.forms.rows import Row, measure_rows
from xiaohao.dossier import Dossier
from xiaohao.dossier.task import Inspection, Task
from xiaohao.kernel.when import parse_when
from xiaohao.procedure.states import STATE_WORDS, State, state_of
from xiaohao.publicity.words import day_words, when_words

#: States that a report counts as one.
_GROUPS = {
    "已销号数": (State.CLOSED, State.CONFIRMED),
    "公示中数": (State.PUBLISHED,),
    "待办结数": (State.CLAIMED_DONE, State.ACCEPTED, State.REVIEWED, State.ASSESSED),
    "整改中数": (State.IN_PROGRESS, State.REOPENED, State.APPROVED),
    "未动工数": (State.GIVEN, State.PLANNED),
}
#: Characters of the last thing said that fit the table. Ours.
_MOST = 60
_CARRIED_IN = "系统启用前已销号"


def region_facts(ledger: Dossier, *, listing: str, by: str, today: date, journal: str = "") -> dict[str, Any]:
    """Every placeholder of the scope region for the tasks of `ledger`. `listing` is the name of the list, `by` the unit that reports."""
    tasks = sorted(ledger.tasks, key=_by_number)
    states = Counter(state_of(task) for task in tasks if not task.carried_in)
    measures = {task.id: measure_rows(ledger, task) for task in tasks}
    rows = {task.id: _row(ledger, task, measures[task.id]) for task in tasks}
    late = [rows[task.id] for task in tasks if _is_late(task, today)]
    back = [rows[task.id] for task in tasks if _was_returned(ledger, task)]
    inspection = ledger.find(Inspection, ledger.lists[0].inspection) if ledger.lists else None
    facts: dict[str, Any] = {
        "督察": inspection.name if inspection else "",
        "清单": listing,
        "报告单位": by,
        "制表日期": day_words(today),
        "任务总数": str(len(tasks)),
        **{name: str(sum(states[state] for state in group)) for name, group in _GROUPS.items()},
        "转入数": str(sum(bool(task.carried_in) for task in tasks)),
        "逾期数": str(len(late)),
        "退回数": str(len(back)),
        "措施总数": str(sum(len(found) for found in measures.values())),
        "已答复措施数": str(sum(_answered(found) for found in measures.values())),
        "逾期情况": _one_by_one(late, "，时限{时限}"),
        "退回情况": _one_by_one(back, ""),
        "日志行": journal,
        "任务": list(rows.values()),
    }
    return complete(facts, ("region",))


def _by_number(task: Task) -> tuple[bool, int, str]:
    return (not isinstance(task.number, int), task.number if isinstance(task.number, int) else 0, str(task.number))


def _row(ledger: Dossier, task: Task, measures: Sequence[Row]) -> Row:
    said = ledger.statements_of(task.id)
    return {
        "序号": str(task.number),
        "任务": short_title(task),
        "责任单位": "、".join(ledger.org_name(unit) for unit in (task.owner, *task.co_owners)),
        "时限": task.due_words or when_words(task.due),
        "状态": _CARRIED_IN if task.carried_in else str(STATE_WORDS[state_of(task)]),
        "措施": f"{_answered(measures)}/{len(measures)}" if measures else "",
        "情况": _shortened(said[-1].text, when_words(said[-1].date)) if said else "",
    }


def _answered(measures: Sequence[Row]) -> int:
    return sum(bool(row["落实情况"]) for row in measures)


def _shortened(text: str, day: str) -> str:
    flat = " ".join(text.split())
    return f"{day}：{flat[:_MOST]}{'……' if len(flat) > _MOST else ''}"


def _one_by_one(rows: Sequence[Row], more: str) -> str:
    """A line for each, 无 for none: the register was counted, so nothing is left to fill in."""
    return (
        "\n".join(f"第{row['序号']}项“{row['任务']}”，{row['责任单位']}{more.format(**row)}，目前{row['状态']}。" for row in rows) or "无。"
    )


def _is_late(task: Task, today: date) -> bool:
    due = parse_when(task.due)
    return bool(due and due.last < today) and not task.carried_in and state_of(task) not in _GROUPS["已销号数"]


def _was_returned(ledger: Dossier, task: Task) -> bool:
    return any(record.stage in ("return_to_work", "reopen") for record in ledger.records_of(task.id, "return"))
