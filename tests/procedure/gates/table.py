"""The table behind every gate's test: a sentence, the case, and the fact the gate states (None: met).

Registry tests read the tables, so a gate without one, or with only one side, is found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from tests import cases
from xiaohao.dossier import Dossier
from xiaohao.kernel.roles import Actor
from xiaohao.procedure.gate import Gate
from xiaohao.procedure.rulebook import packaged
from xiaohao.procedure.rules import Rulebook

DEFAULT, COUNTY = packaged("default"), packaged("county-closes-city-reviews")


@dataclass(frozen=True)
class Row:
    """One row: the case is built, the gate asked at the honest moment of `step` by whoever takes it."""

    says: str
    build: Callable[[], Dossier]
    fact: str | None
    gate: Gate
    step: str
    rules: Rulebook = DEFAULT
    at: datetime | None = None
    actor: Actor | None = None

    def ask(self) -> str | None:
        dossier = self.build()
        life = (cases.duty_life if dossier.task.id == cases.DUTY else cases.works_life)(self.rules.route)
        actor = self.actor or cases.actor_for(dossier, self.step)
        unmet = self.gate(dossier, actor, self.rules, self.at or life.at(self.step if self.step in life.order else "close"))
        assert unmet is None or (unmet.gate == self.gate.name and unmet.way and unmet.who and unmet.basis)
        return unmet.fact if unmet else None


def rows(gate: Gate, step: str, **table: tuple[Callable[[], Dossier], str | None]) -> tuple[Row, ...]:
    """Rows of one gate asked at one step; the keywords are the sentences, words joined by underscores."""
    return tuple(Row(says.replace("_", " "), build, fact, gate, step) for says, (build, fact) in table.items())


def under(rules: Rulebook, some: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(replace(row, rules=rules) for row in some)


def each(table: tuple[Row, ...]) -> pytest.MarkDecorator:
    """Parametrize a test over the rows, named by their sentences."""
    return pytest.mark.parametrize("row", table, ids=[f"{row.gate.name}: {row.says}" for row in table])
