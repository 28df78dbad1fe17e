"""The run: every check over one dossier, the same bytes out for the same bundle in."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.evidence.coverage import Answer, coverage
from xiaohao.kernel.said import say
from xiaohao.publicity.window import WindowCount
from xiaohao.screening.belonging import concerns
from xiaohao.screening.catalogue import catalogue
from xiaohao.screening.checks import CHECKS, CaseCheck, Check, LedgerCheck
from xiaohao.screening.finding import Finding, Skipped, numbered
from xiaohao.screening.windows import counted_windows

#: What has something to say about a text alone: the checks that need only its words, and those that turn its claims into questions.
#: All others compare registers, and a text has none (FINDINGS.md, "When the input is a text").
OF_A_TEXT = frozenset(
    {"NOTICE-LINT", "PUB-DAYS", "COVER", "VAGUE", "ROLE-SEP", "STATUS-PLAN", "TXT-FOREIGN", "TXT-RANK"}
    | {"NUM-CLAIM", "TARGET", "LEADER-ACT", "SESSION-GAP"}
)
#: Why the others did not run on a text.
NO_REGISTERS = say("文字材料没有登记可以对照")


@dataclass(frozen=True, slots=True)
class Screening:
    """What the checks say of a dossier: findings sorted by task, check and first pointer; a row per measure; the publicity windows by id of
    their notice statement; and what could not be checked, and why. An empty `findings` is no clean bill: read `skipped` beside it."""

    findings: tuple[Finding, ...]
    coverage: tuple[Answer, ...]
    notices: Mapping[str, WindowCount]
    skipped: tuple[Skipped, ...]


def screen(dossier: Dossier, *, stages: Iterable[str] | None = None, only: frozenset[str] | None = None) -> Screening:
    """Judge the dossier: the task it is about, or every task of a ledger. `stages` (of FINDINGS.md) leaves out checks of other stages,
    `only` all but these ids.
    Checks over all tasks see the whole ledger even when it is about one; then only what concerns that task is kept."""
    wanted = None if stages is None else frozenset(stages)
    checks = tuple(check for check in CHECKS if (wanted is None or _speaks_at(check, wanted)) and (only is None or check.ID in only))
    idle: tuple[Check, ...] = ()
    if dossier.is_text:
        idle = tuple(check for check in checks if check.ID not in OF_A_TEXT)
        checks = tuple(check for check in checks if check.ID in OF_A_TEXT)
    cases = tuple(about(dossier, task_id) for task_id in _task_ids(dossier))
    said = [one for case in cases for check in checks if isinstance(check, CaseCheck) for one in check.check(case)]
    said += [Skipped(check.ID, case.task.id, NO_REGISTERS) for case in cases for check in idle]
    said += _said_of_all(dossier, tuple(check for check in checks if isinstance(check, LedgerCheck)))
    return Screening(
        numbered(one for one in said if isinstance(one, Finding)),
        tuple(row for case in cases for row in coverage(case, case.task.id)),
        {statement: window for case in cases for statement, window in counted_windows(case)},
        tuple(sorted((one for one in said if isinstance(one, Skipped)), key=lambda s: (s.task or "", s.check, s.reason))),
    )


def _said_of_all(dossier: Dossier, checks: Iterable[LedgerCheck]) -> list[Finding | Skipped]:
    said = [one for check in checks for one in check.check_all(dossier)]
    return said if dossier.about is None else [one for one in said if concerns(dossier, one, dossier.about)]


def about(dossier: Dossier, task_id: str) -> Dossier:
    """The same registers, judged for one task. Groupings that the dossier has already made are kept, so that a ledger of many tasks is
    grouped once and not once per task."""
    case = copy.copy(dossier)
    object.__setattr__(case, "about", task_id)
    return case


def _task_ids(dossier: Dossier) -> tuple[str, ...]:
    if dossier.about is not None:
        return (dossier.task.id,)
    return tuple(sorted(task.id for task in dossier.tasks))


def _speaks_at(check: Check, stages: frozenset[str]) -> bool:
    own = catalogue()[check.ID].stages
    return "any" in own or bool(own & stages)
