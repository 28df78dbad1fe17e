"""The corpus: every layout under several uglinesses, with the gold of each notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.documents.corpus.cases import Case, make_case, plain, quantities
from tests.documents.corpus.layouts import LAYOUTS
from tests.documents.corpus.ugliness import UGLINESSES


@dataclass(frozen=True)
class Written:
    name: str
    text: str
    case: Case

    @property
    def quantities(self) -> list[tuple[float, str]]:
        parts = (self.case.topic.problem, *self.case.topic.goals, *self.case.measures, *self.case.answers)
        return [each for part in parts for each in quantities(part)]

    @property
    def measures(self) -> list[str]:
        return [plain(measure) for measure in self.case.measures]

    @property
    def answers(self) -> list[str]:
        return [plain(answer) for answer in self.case.answers]


def corpus(seed: int, rounds: int = 1) -> Iterator[Written]:
    """`rounds` × layouts × uglinesses notices; the same for the same seed."""
    random = Random(seed)
    for turn in range(rounds):
        for layout in LAYOUTS:
            for ugly in UGLINESSES:
                case = make_case(random)
                yield Written(f"{layout.__name__}/{ugly.__name__}/{turn}", ugly(layout(case, random), random), case)
