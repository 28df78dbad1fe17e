"""成因: each cause of the problem beside the measures that answer it, so that one without a measure shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xiaohao.web.desk.case import Case


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause with the (number, text) of the measures that answer it; none is what the plan still lacks."""

    number: int
    text: str
    measures: tuple[tuple[int, str], ...]


def causes_of(case: Case) -> tuple[Cause, ...]:
    """The task's causes beside the measures of the plan in force."""
    measures = case.dossier.measures_of(case.task.pk)
    return causes_beside(case.dossier.task.causes, ((m.number, m.text, m.answers_cause) for m in measures))


def causes_beside(causes: Sequence[str], measures: Iterable[tuple[int, str, int | None]]) -> tuple[Cause, ...]:
    """The causes beside the measures (number, text, which cause it answers, counted from 0)."""
    given = tuple(measures)
    return tuple(
        Cause(place + 1, text, tuple((number, words) for number, words, answers in given if answers == place))
        for place, text in enumerate(causes)
    )


def unanswered(causes: Iterable[Cause]) -> int:
    """How many causes no measure answers."""
    return sum(not one.measures for one in causes)
