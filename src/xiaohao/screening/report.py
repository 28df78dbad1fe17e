"""The printed form of a screening: a plain value exactly as findings.schema.json wants it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from xiaohao import __version__
from xiaohao.dossier.bundle import Problem
from xiaohao.evidence.coverage import Answer
from xiaohao.publicity.window import WindowCount
from xiaohao.screening.finding import Finding, Skipped
from xiaohao.screening.run import Screening

FORMAT = "xiaohao-findings/1"

#: The bundle id that is printed when the bundle is too broken to say its own.
UNREADABLE = "unreadable"


def report(
    bundle: str,
    screening: Screening | None,
    problems: Iterable[Problem] = (),
    *,
    made_at: str | None = None,
    reading: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The value to print. `screening` None: the bundle could not be judged, only its problems are known. `reading`: what was read from a text."""
    out: dict[str, Any] = {"format": FORMAT, "bundle": bundle, "engine": f"xiaohao {__version__}"}
    if made_at:
        out["made_at"] = made_at
    out |= {
        "findings": [_finding(finding) for finding in screening.findings] if screening else [],
        "coverage": [_answer(answer) for answer in screening.coverage] if screening else [],
        "notice": {key: window for key, count in screening.notices.items() if (window := _window(count))} if screening else {},
        "skipped": [_skipped(skipped) for skipped in screening.skipped] if screening else [],
        "problems": [_problem(problem) for problem in problems],
    }
    if reading is not None:
        out["reading"] = dict(reading)
    return out


def with_findings(printed: Mapping[str, Any], more: Iterable[Finding], ran: frozenset[str]) -> dict[str, Any]:
    """A printed report with findings that came to light after it, in their order; the checks that `ran` then are no longer said to be skipped."""
    added = [_finding(finding) for finding in more]
    findings = sorted([*printed["findings"], *added], key=lambda one: (one["task"] or "", one["check"]))
    return {**printed, "findings": findings, "skipped": [one for one in printed["skipped"] if one["check"] not in ran]}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "task": finding.task,
        "where": [pointer.as_json() for pointer in finding.where],
        "message": str(finding.message),
        "basis": str(finding.basis),
        "figures": dict(finding.figures),
        "key": finding.key,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    out: dict[str, Any] = {"task": answer.task, "measure": answer.measure, "answered": str(answer.answered), "facts": answer.facts}
    if answer.where:
        out["where"] = [pointer.as_json() for pointer in answer.where]
    return out | {"evidence": list(answer.evidence)}


def _window(count: WindowCount) -> dict[str, Any] | None:
    """None where the calendar of a year is not announced: the schema wants a number, and none is promised (PUB-DAYS says why)."""
    if count.workdays is None:
        return None
    out = {
        "start": count.start.isoformat(),
        "end": count.end.isoformat(),
        "calendar_days": count.calendar_days,
        "workdays": count.workdays,
        "stated": count.stated,
        "unit": str(count.unit),
        "required": count.required,
        "enough": count.enough is not False,
    }
    if count.earliest_end:
        out["earliest_end"] = count.earliest_end.isoformat()
    return out


def _skipped(skipped: Skipped) -> dict[str, Any]:
    where = {"task": skipped.task} if skipped.task else {}
    return {"check": skipped.check, **where, "reason": str(skipped.reason)}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"kind": problem.kind, **({"where": problem.where} if problem.where else {}), "message": str(problem.message)}


@cache
def findings_schema() -> Mapping[str, Any]:
    """The published schema of the printed form."""
    value: dict[str, Any] = json.loads(files("xiaohao.screening").joinpath("findings.schema.json").read_text("utf-8"))
    return value
