"""Signatures that bind a person: the pledge of truth, the confidentiality check, what a first responsible person did in person."""

from __future__ import annotations

from datetime import datetime

from xiaohao.acts._allowed import ALL_HANDS
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.ids import id_from
from xiaohao.acts.paper import OnPaper, entered
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.record import Record
from xiaohao.kernel.roles import Actor
from xiaohao.records.models.filed import instant


def sign_pledge(*, task: str, by: Actor, at: datetime, key: str, stage: str, text: str, paper: OnPaper | None = None) -> Receipt:
    """Sign that what is submitted at `stage` (apply, accept, …) is true. The signer answers for it by name."""
    return _sign("sign_pledge", "pledge", task=task, by=by, at=at, key=key, stage=stage, text=text, paper=paper)


def sign_confidentiality(*, task: str, by: Actor, at: datetime, key: str, text: str, paper: OnPaper | None = None) -> Receipt:
    """Sign that nothing in the notice is secret or personal; without it nothing is published."""
    return _sign("sign_confidentiality", "consent", task=task, by=by, at=at, key=key, stage="confidentiality", text=text, paper=paper)


def _sign(act: str, kind: str, *, task: str, by: Actor, at: datetime, key: str, stage: str, text: str, paper: OnPaper | None) -> Receipt:
    seen = instant(at)
    unsigned = Record(
        id=id_from("rec", key, act),
        type=kind,
        tasks=(task,),
        org=by.org,
        people=(by.person,),
        date=seen[:10],
        recorded_at=seen,
        recorded_by=by.person,
        stage=stage,
        text=text,
    )
    record, scans = entered(unsigned, paper)
    return perform(
        act,
        task=task,
        by=by,
        at=at,
        key=key,
        allowed=ALL_HANDS,
        propose=lambda _dossier, _row: Proposal(things=(*scans, record), result={"record": record.id}),
    )
