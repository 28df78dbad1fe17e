"""Which checks are quick enough to run while somebody waits, and which run in the background (docs/adr).

Quick is what reads the words, rows and dates of one case. Slow is what reads readings (a year of hours is 8,760 of them) or pictures, or compares the case
with every other case: both grow with what others have filed, and no request may wait for that.
"""

from __future__ import annotations

from collections.abc import Iterable

from xiaohao.screening.catalogue import catalogue
from xiaohao.screening.checks import CHECKS, Check


def _compares_cases(check: Check) -> bool:
    return catalogue()[check.ID].scope == "corpus"


def _reads_series(check: Check) -> bool:
    return any("series" in need for need in check.NEEDS)


def _reads_pictures(check: Check) -> bool:
    return any(need.startswith("files(") for need in check.NEEDS)


#: Ids of the checks that compare the case with all others: they need the whole ledger.
ACROSS_CASES = frozenset(check.ID for check in CHECKS if _compares_cases(check))
#: Ids of the checks that run in the background, by stage.
IN_BACKGROUND = ACROSS_CASES | frozenset(check.ID for check in CHECKS if _reads_series(check) or _reads_pictures(check))
#: Ids of the checks that run inside the act, all of them at every step.
AT_THE_ACT = frozenset(check.ID for check in CHECKS) - IN_BACKGROUND


#: Stages at which a check runs besides its own: an answer on the way may be taken from elsewhere too.
ALSO_AT = {"TXT-DUP": frozenset({"progress"})}


def background_at(stages: Iterable[str], standing: Iterable[str]) -> tuple[str, ...]:
    """The background checks due at these stages (of FINDINGS.md), and those with a finding that stands: what was mended must be able to vanish."""
    wanted, again = frozenset(stages), frozenset(standing)
    return tuple(check.ID for check in CHECKS if check.ID in IN_BACKGROUND and (check.ID in again or _stages(check.ID) & wanted))


def _stages(check: str) -> frozenset[str]:
    return catalogue()[check].stages | ALSO_AT.get(check, frozenset())
