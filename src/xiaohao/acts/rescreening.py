"""Comparing everything of an installation again: after checks or figures have changed, or from time to time.

What the checks over all cases read is read once, and they run once (records.compared, screening.across); a case's own file is read when its turn comes. How far the run is stands in a file beside the journal, so that a run that was stopped goes on; losing the
file costs only time, for a case compared twice says the same the second time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from xiaohao.acts.screening import Kept
from xiaohao.records import copied, pictured
from xiaohao.records.models import Task
from xiaohao.records.to_dossier import content_store, dossier_of
from xiaohao.records.worklist import WORKED_ON
from xiaohao.screening.checks import CHECKS


@dataclass(frozen=True, slots=True)
class Line:
    """One case compared: the `number`-th `of` all, how many findings changed, and the checks that broke on it."""

    address: str
    number: int
    of: int
    changed: int
    failed: tuple[str, ...]


def rescreen(*, at: datetime, again: bool = False) -> Iterator[Line]:
    """Compare every case with every check (those carried in from before the system are only compared with), one case after the other in the order of their ids. Yields after each; begun anew with `again`,
    else after the last one that a stopped run has finished."""
    tasks = list(Task.objects.filter(WORKED_ON).order_by("pk").values_list("pk", "address"))
    reached = "" if again else _reached()
    index_statements(at)
    pictured.index_missing(content_store())
    kept = Kept(fresh=False)
    every = tuple(check.ID for check in CHECKS)
    for number, (task, address) in enumerate(tasks, 1):
        if task <= reached:
            continue
        compared = kept.screen(task, at=at, checks=every)
        _place().write_text(json.dumps({"task": task}), "utf-8")
        yield Line(address, number, len(tasks), compared.changed, compared.failed)
    _place().unlink(missing_ok=True)


def index_statements(at: datetime) -> int:
    """Put into the index the statements that it does not know; returns how many there were."""
    count = 0
    for statement in copied.missing():
        row = Task.objects.select_related("owner", "list").get(statements=statement)
        case = dossier_of(row, at=at)
        copied.file(next(one for one in case.statements if one.id == statement), case)
        count += 1
    return count


def _place() -> Path:
    return Path(settings.HOME) / "screening.json"


def _reached() -> str:
    try:
        return str(json.loads(_place().read_bytes())["task"])
    except (FileNotFoundError, ValueError, KeyError):
        return ""
