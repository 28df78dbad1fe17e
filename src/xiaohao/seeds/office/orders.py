"""Supervision: a reminder that was answered and lifted, one that was answered without effect and became an order, and an order that waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from xiaohao.acts import pressure
from xiaohao.procedure.pressure import ladder
from xiaohao.records.models import Task
from xiaohao.records.to_dossier import dossier_of
from xiaohao.seeds.moments import moment
from xiaohao.seeds.seats import seat
from xiaohao.seeds.walk import Event

_SUPERVISOR = "countysupervision-1"
_HEATING, _LIVESTOCK = "task-qh2025a-11", "task-qh2025a-7"


def events() -> Iterator[Event]:
    """The rungs in their order."""
    yield _press(
        _HEATING, "2026-01-05T09:00", "reminder", "整改时限已到2025年12月底，供热管道和小锅炉拆除均未完成，请说明原因和补救安排。", date(2026, 1, 12), "青督提〔2026〕1号"
    )  # fmt: skip
    yield _answer(_HEATING, "2026-01-09T16:00", "industry-1", "热源点征地迟缓，已请县政府协调；预计2026年6月完成。")
    yield _press(
        _HEATING, "2026-02-26T09:30", "supervision_order", "上次答复后两个月仅拆除3台，请按周报送拆除清单，主要负责人到场督办。", date(2026, 3, 5), "青督办〔2026〕4号"
    )  # fmt: skip
    yield _press(
        _LIVESTOCK, "2025-11-03T09:00", "reminder", "粪污收集池建设进度没有报送，请补报。", date(2025, 11, 10), "青督提〔2025〕18号"
    )  # fmt: skip
    yield _answer(_LIVESTOCK, "2025-11-07T10:00", "agri-1", "收集池建设进度已补报，台账随附。")
    yield Event(moment("2025-11-11T09:00"), True, partial(_lift, _LIVESTOCK, "2025-11-11T09:00", "已补报，核对无误。"))


def _press(task: str, at: str, rung: str, text: str, answer_by: date, number: str) -> Event:
    def do() -> None:
        pressure.press(
            task=task,
            by=seat(_SUPERVISOR),
            at=moment(at),
            key=f"press {task} {at}",
            rung=rung,
            text=text,
            answer_by=answer_by,
            number=number,
        )

    return Event(moment(at), True, do)


def _answer(task: str, at: str, by: str, text: str) -> Event:
    def do() -> None:
        pressure.answer_order(task=task, by=seat(by), at=moment(at), key=f"order {task} {at}", order=_last(task, at), text=text)

    return Event(moment(at), True, do)


def _lift(task: str, at: str, reason: str) -> None:
    pressure.lift_order(task=task, by=seat(_SUPERVISOR), at=moment(at), key=f"lift {task}", order=_last(task, at), reason=reason)


def _last(task: str, at: str) -> str:
    return ladder(dossier_of(Task.objects.get(pk=task), at=moment(at)))[-1].order.id
