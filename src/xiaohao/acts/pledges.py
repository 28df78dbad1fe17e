"""Signatures that bind a person: the pledge of truth, and the check that nothing secret or personal is published."""

from __future__ import annotations

from datetime import datetime

from xiaohao.acts._allowed import ALL_HANDS, all_of
from xiaohao.acts._entry import pseudonym
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts._records import acted
from xiaohao.acts.paper import OnPaper, entered, in_post_then
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor, Role
from xiaohao.records import models


def sign_pledge(*, task: str, by: Actor, at: datetime, key: str, stage: str, text: str, paper: OnPaper | None = None) -> Receipt:
    """Sign that what is submitted at `stage` (apply, accept, …) is true. The signer answers for it by name."""
    return _sign("sign_pledge", "pledge", task=task, by=by, at=at, key=key, stage=stage, text=text, paper=paper)


def sign_confidentiality(*, task: str, by: Actor, at: datetime, key: str, text: str, paper: OnPaper | None = None) -> Receipt:
    """Sign that nothing in the notice is secret or personal; without it nothing is published."""
    return _sign("sign_confidentiality", "consent", task=task, by=by, at=at, key=key, stage="confidentiality", text=text, paper=paper)


def _sign(act: str, kind: str, *, task: str, by: Actor, at: datetime, key: str, stage: str, text: str, paper: OnPaper | None) -> Receipt:
    record, scans = entered(acted(kind, task=task, by=by, at=at, key=f"{key} {act}", stage=stage, text=text), paper)

    def propose(_dossier: Dossier, _row: models.Task) -> Proposal:
        signed = {"on_paper": pseudonym(_signer(paper))} if paper else {}
        return Proposal(things=(*scans, record), journal=signed, result={"record": record.id})

    allowed = all_of(ALL_HANDS, in_post_then(paper)) if paper else ALL_HANDS
    return perform(act, task=task, by=by, at=at, key=key, allowed=allowed, propose=propose)


def _signer(paper: OnPaper) -> Actor:
    """The person whose signature it is; paper is signed by heads, clerks have accounts."""
    org = models.Person.objects.values_list("org_id", flat=True).get(pk=paper.signed_by)
    return Actor(paper.signed_by, org or "", frozenset({Role.HEAD}))
