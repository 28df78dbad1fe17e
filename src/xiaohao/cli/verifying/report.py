"""The answer of the verifier: one of three verdicts, and what was found, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from xiaohao.journal.attested import Attested
from xiaohao.kernel.said import Said, say


class Verdict(Enum):
    """`Invalid` is the third verdict: it is raised, with its reason."""

    VALID = say("有效")
    UNWITNESSED = say("有效，但还没有见证")


@dataclass(frozen=True, slots=True)
class Report:
    """What holds."""

    verdict: Verdict
    lines: tuple[Said, ...]


def verdict_of(*attested: Attested) -> Verdict:
    """Valid when every checkpoint was seen by enough witnesses."""
    return Verdict.VALID if all(one.witnessed for one in attested) else Verdict.UNWITNESSED
