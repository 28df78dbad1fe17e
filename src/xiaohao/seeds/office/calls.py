"""Two calls for progress: January's, answered by all; February's, answered by one, with two units that still owe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from xiaohao.acts import calls
from xiaohao.acts.calls import Asking
from xiaohao.acts.ids import id_from
from xiaohao.dossier.oversight import CallLine
from xiaohao.records.models import Task
from xiaohao.records.to_dossier import dossier_of
from xiaohao.seeds.moments import moment
from xiaohao.seeds.seats import seat
from xiaohao.seeds.walk import Event

_ASKS = "countyoffice-1"
_Lines = Mapping[int, tuple[str, str] | None]  # measure's number -> (status, text), None: as before

#: key -> (issued at, what is asked, {task: (answered at, by whom, lines)}).
_CALLS: tuple[tuple[str, str, Asking, Mapping[str, tuple[str, str, _Lines]]], ...] = (
    (
        "january",
        "2026-01-20T09:00",
        Asking(
            kind="monthly",
            title="2026年1月整改进展调度",
            start=date(2026, 1, 1),
            end=date(2026, 1, 20),
            due=date(2026, 1, 26),
            tasks=("task-qh2025a-11",),
            number="青整改办〔2026〕2号",
            note="逐项措施填写，没有变化的勾选“无变化”。",
        ),
        {
            "task-qh2025a-11": (
                "2026-01-23T15:20",
                "industry-1",
                {1: ("behind", "供热管道已铺设4.5公里，热源点征地未完成。"), 2: ("behind", "已拆除燃煤小锅炉9台。")},
            )
        },
    ),
    (
        "february",
        "2026-02-24T09:00",
        Asking(
            kind="monthly",
            title="2026年2月整改进展调度",
            start=date(2026, 1, 21),
            end=date(2026, 2, 24),
            due=date(2026, 3, 2),
            tasks=("task-qh2025a-1", "task-qh2025a-7", "task-qh2025a-11"),
            number="青整改办〔2026〕5号",
            note="逐项措施填写，没有变化的勾选“无变化”。",
        ),
        {
            "task-qh2025a-11": (
                "2026-02-27T11:00",
                "industry-1",
                {1: ("behind", "供热管道已铺设4.9公里。"), 2: ("behind", "已拆除燃煤小锅炉11台。")},
            )
        },
    ),
)


def events() -> Iterator[Event]:
    """Issued, and answered by those who did."""
    for key, at, asking, answers in _CALLS:
        yield Event(moment(at), True, partial(_issue, key, at, asking))
        for task, (answered, by, lines) in answers.items():
            yield Event(moment(answered), True, partial(_answer, key, task, answered, by, lines))


def _issue(key: str, at: str, asking: Asking) -> None:
    calls.issue_call(by=seat(_ASKS), at=moment(at), key=key, asking=asking)


def _answer(key: str, task: str, at: str, by: str, lines: _Lines) -> None:
    said = []
    for measure in dossier_of(Task.objects.get(pk=task), at=moment(at)).measures_of(task):
        line = lines.get(measure.number)
        status, text = line or ("", "")
        said.append(CallLine(measure=measure.id, status=status, text=text, unchanged=line is None))
    calls.answer_call(call=id_from("call", seat(_ASKS).person, key), task=task, by=seat(by), at=moment(at), key=f"{key} {task}", lines=said)
