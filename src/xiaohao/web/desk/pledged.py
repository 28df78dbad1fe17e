"""Signing in the same breath as deciding: the pledge first, then the act, as two entries of the journal."""

from __future__ import annotations

from collections.abc import Callable

from xiaohao.acts import pledges
from xiaohao.acts.receipt import Overtaken, Receipt
from xiaohao.records.models import Done
from xiaohao.web.desk.case import Case

#: What a pledge of truth says.
PLEDGE = "本人已核对所报内容和所附材料，对其真实性负责。"


def sign_and(case: Case, act: Callable[[int], Receipt], *, key: str, version: int, stage: str) -> Receipt:
    """Sign for `stage`, then do `act` with the version that the task has after the signature. Sent again, both are as they were.
    Raises Overtaken before anything is signed when the task has moved on, Refused as the acts do."""
    signing = f"{key}-pledge"
    if not Done.objects.filter(actor=case.actor.person, key=signing).exists():
        if version != case.task.version:
            raise Overtaken(case.task.last_entry)
        pledges.sign_pledge(task=case.task.pk, by=case.actor, at=case.at, key=signing, stage=stage, text=PLEDGE)
    return act(version + 1)
