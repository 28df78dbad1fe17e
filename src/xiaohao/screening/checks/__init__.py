"""The checks, one file each, one shape: docstring (what it catches, innocent explanations, source), ID, STAGE, NEEDS, thresholds, `check`.

To add a check: copy the smallest one, write its page in docs/checks/, give it a sample that trips it and a near miss, list it here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast, runtime_checkable

from xiaohao.dossier import Dossier
from xiaohao.screening.checks import (
    balance,
    before_after,
    burst,
    capacity,
    ceiling,
    cover,
    cross_meter,
    date_order,
    doc_late,
    doc_no,
    evid_time,
    flat,
    geom,
    heap,
    lab,
    leader_act,
    list_gap,
    mark,
    meet_conflict,
    meta_batch,
    notice_lint,
    num_claim,
    output_outcome,
    peer,
    photo_cover,
    photo_dup,
    photo_time,
    plan_diff,
    point_gap,
    pub_days,
    ratio,
    recur,
    relapse,
    repeat,
    review_form,
    role_sep,
    row_repeat,
    rush,
    sanction_follow,
    session_gap,
    shift,
    site_proof,
    source_gap,
    status_plan,
    stop_go,
    sub_plan,
    target,
    txt_dup,
    txt_foreign,
    txt_rank,
    vague,
    window,
    works_near,
)
from xiaohao.screening.finding import Finding, Skipped


class Check(Protocol):
    """A module that is a check: a CaseCheck or a LedgerCheck."""

    ID: str
    STAGE: str
    NEEDS: tuple[str, ...]


@runtime_checkable
class CaseCheck(Check, Protocol):
    """`check` judges the one task that the dossier is about."""

    def check(self, case: Dossier) -> Iterable[Finding | Skipped]: ...


@runtime_checkable
class LedgerCheck(Check, Protocol):
    """`check_all` judges all tasks of a dossier together, once; a finding names its task where it has exactly one."""

    def check_all(self, ledger: Dossier) -> Iterable[Finding | Skipped]: ...


#: In the order of the catalogue.
CHECKS: tuple[Check, ...] = cast(
    tuple[Check, ...],
    (
        txt_dup,
        txt_foreign,
        txt_rank,
        date_order,
        doc_no,
        doc_late,
        meta_batch,
        meet_conflict,
        burst,
        notice_lint,
        vague,
        num_claim,
        cover,
        plan_diff,
        sub_plan,
        evid_time,
        target,
        relapse,
        window,
        shift,
        stop_go,
        cross_meter,
        site_proof,
        rush,
        role_sep,
        pub_days,
        sanction_follow,
        repeat,
        row_repeat,
        balance,
        capacity,
        source_gap,
        lab,
        point_gap,
        works_near,
        flat,
        ceiling,
        peer,
        mark,
        ratio,
        heap,
        output_outcome,
        list_gap,
        photo_cover,
        photo_dup,
        before_after,
        photo_time,
        geom,
        status_plan,
        review_form,
        recur,
        leader_act,
        session_gap,
    ),
)
