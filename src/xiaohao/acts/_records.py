"""The register rows that acts write themselves: who acted, for which unit, when the system saw it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from xiaohao.acts.ids import id_from
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor
from xiaohao.records.models.filed import instant


def acted(kind: str, *, task: str, by: Actor, at: datetime, key: str, **fields: Any) -> Record:
    """A record of that type about `task`, done by this person on this day, with more `fields` of the dossier's Record."""
    seen = instant(at)
    bare = Record(
        id=id_from("rec", key, kind),
        type=kind,
        tasks=(task,),
        org=by.org,
        people=(by.person,),
        date=seen[:10],
        recorded_at=seen,
        recorded_by=by.person,
    )
    return replace(bare, **fields)


def returned(*, task: str, by: Actor, at: datetime, key: str, stage: str, reason: str, of: str | None = None) -> Record:
    """The record that a step back leaves; `stage` names the step, and what was on file before it belongs to the round before."""
    return acted(
        "return", task=task, by=by, at=at, key=key, stage=stage, text=reason, reason=reason, public_reason=reason, passed=False, of=of
    )
