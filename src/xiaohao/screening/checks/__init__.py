"""The checks, one file each, one shape: docstring (what it catches, innocent explanations, source), ID, STAGE, NEEDS, thresholds, `check`.

To add a check: copy the smallest one, write its page in docs/checks/, give it a sample that trips it and a near miss, list it here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast, runtime_checkable

from xiaohao.dossier import Dossier
from xiaohao.screening.checks import (
    cover,
    leader_act,
    notice_lint,
    num_claim,
    pub_days,
    role_sep,
    session_gap,
    status_plan,
    target,
    vague,
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
    (notice_lint, vague, num_claim, cover, target, role_sep, pub_days, status_plan, leader_act, session_gap),
)
