"""A call as pages and papers show it: each task with its measures, what was answered, and how the answer stands in words."""

from __future__ import annotations

from datetime import datetime

from xiaohao.documents.call_paper import CallPaper, PaperRow
from xiaohao.dossier.plan import Measure
from xiaohao.kernel.said import Said, say
from xiaohao.publicity.progress import CALL_STATUS
from xiaohao.records.calls import Asked, Standing
from xiaohao.records.models import Call, Plan, Task

STANDING: dict[Standing, Said] = {
    Standing.ANSWERED: say("按时答复"),
    Standing.LATE: say("逾期答复"),
    Standing.OWING: say("待答复"),
    Standing.OVERDUE: say("逾期未答复"),
    Standing.MOVED_ON: say("已进入验收等环节，不再答复"),
}
KINDS: dict[str, Said] = {"monthly": say("月调度"), "quarterly": say("季调度"), "on_demand": say("临时调度")}


def measures_in_force(task: Task) -> tuple[Measure, ...]:
    """The measures of the newest plan, () before there is one."""
    plan = Plan.objects.filter(task=task).order_by("-version").first()
    return plan.thing().measures if plan else ()


def paper_of(call: Call, rows: tuple[Asked, ...], at: datetime) -> CallPaper:
    """The call with these rows, as it is printed."""
    asked = call.thing()
    return CallPaper(
        title=call.title,
        number=asked.number or "",
        issuer=call.org.name,
        start=asked.start,
        end=asked.end,
        due=call.due,
        at=at,
        rows=tuple(row for one in sorted(rows, key=lambda one: _in_order(one.task)) for row in _rows(one)),
    )


def _in_order(task: Task) -> tuple[str, int, str]:
    number = str(task.number)
    return (task.list_id, int(number) if number.isdecimal() else 0, number)


def _rows(one: Asked) -> list[PaperRow]:
    lines = {line.measure: line for line in one.lines}
    task, found = one.task, []
    for measure in measures_in_force(task):
        line = lines.get(measure.id)
        found.append(
            PaperRow(
                number=str(task.number),
                task=task.title or task.problem[:30],
                unit=task.owner.name,
                measure=f"{measure.number}. {measure.text}",
                due=measure.due or task.due,
                status=str(CALL_STATUS[line.status]) if line else "",
                text=(line.text or "") if line else "",
                standing=str(STANDING[one.standing]),
            )
        )
    return found
