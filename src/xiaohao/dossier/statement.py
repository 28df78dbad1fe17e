"""What a unit says about its work, with the stretches of text tied to measures and evidence."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.unknown import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text in code points, end excluded: which measures it answers, which records stand behind it."""

    start: int
    end: int
    measures: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    quotes: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From when to when a statement speaks."""

    start: str | None = None
    end: str | None = None
    unknown: Unknown = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a unit says: progress 进展, completion 完成情况, notice 公示, forecast 对外预计."""

    id: str
    task: str
    kind: str
    author: str
    date: str
    recorded_at: str
    period: Period | None = None
    percent: float | None = None
    expects_done: str | None = None
    text: str
    spans: tuple[Span, ...] = ()
    document: str | None = None
    unknown: Unknown = ()
