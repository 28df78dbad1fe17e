"""What a unit says: progress, and the completion statement with which it applies for acceptance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.statement import Span, Statement
from xiaohao.kernel.roles import Actor
from xiaohao.procedure import steps
from xiaohao.records.models.filed import instant


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit says about one measure (or, with no measure, in general), and the records that show it."""

    text: str
    measures: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def report_progress(*, task: str, by: Actor, at: datetime, key: str, answers: Sequence[Answer], expects_done: str | None = None) -> Receipt:
    """Report where the work stands, measure by measure. Nobody types a percentage."""
    said = _statement("progress", task=task, by=by, at=at, key=key, answers=answers, expects_done=expects_done)
    return perform("report", task=task, by=by, at=at, key=key, step=steps.REPORT, propose=lambda _dossier, _row: Proposal(things=(said,)))


def apply_for_acceptance(
    *, task: str, by: Actor, at: datetime, key: str, answers: Sequence[Answer], done_on: str, version: int | None = None
) -> Receipt:
    """Apply for acceptance: the completion statement, and the day on which the unit says the work was done."""
    said = _statement("completion", task=task, by=by, at=at, key=key, answers=answers)
    draft = {"done_on": done_on, "answers": [{"text": a.text, "measures": list(a.measures), "evidence": list(a.evidence)} for a in answers]}
    return perform(
        "apply",
        task=task,
        by=by,
        at=at,
        key=key,
        step=steps.APPLY,
        version=version,
        draft=draft,
        propose=lambda _dossier, _row: Proposal(things=(said,), task={"done_at": done_on}, result={"statement": said.id}),
    )


def composed(answers: Sequence[Answer]) -> tuple[str, tuple[Span, ...]]:
    """One running text from the answers, a paragraph each, and which stretch of it answers which measures."""
    text, spans = "", []
    for answer in answers:
        part = answer.text.strip()
        if not part:
            continue
        start = len(text)
        text += part + "\n"
        spans.append(Span(start=start, end=start + len(part), measures=answer.measures, evidence=answer.evidence))
    return text.rstrip("\n"), tuple(spans)


def _statement(
    kind: str, *, task: str, by: Actor, at: datetime, key: str, answers: Sequence[Answer], expects_done: str | None = None
) -> Statement:
    text, spans = composed(answers)
    return Statement(
        id=id_from("st", key, kind),
        task=task,
        kind=kind,
        author=by.org,
        date=instant(at)[:10],
        recorded_at=instant(at),
        text=text,
        spans=spans,
        expects_done=expects_done,
    )
