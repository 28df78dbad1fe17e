"""What a case weighs follows from its own facts and the figures of its rulebook."""

from __future__ import annotations

from importlib.resources import files

import pytest

from xiaohao.procedure.risk import FACTS, CaseFacts, risk_of
from xiaohao.procedure.rulebook import RulebookRefused, packaged, read_rulebook
from xiaohao.procedure.rules import Supervision

QUIET = CaseFacts(overdue_days=None, days_left=200, findings=0, objections=0, silent_days=3, returned=0)
TEXT = files("xiaohao.procedure").joinpath("rulebooks/default.toml").read_text("utf-8")


def weigh(**facts: int | None) -> tuple[int, dict[str, int]]:
    values = {name: getattr(QUIET, name) for name in QUIET.__slots__} | facts
    risk = risk_of("t", "a-1", CaseFacts(**values), Supervision())
    return risk.weight, {fact.name: fact.weight for fact in risk.facts}


def test_a_quiet_case_has_the_base_that_everybody_has() -> None:
    assert weigh() == (1, {})


@pytest.mark.parametrize(
    ("facts", "added"),
    [
        ({"overdue_days": 1, "days_left": None}, {"overdue": 4}),
        ({"findings": 2}, {"findings": 4}),
        ({"findings": 9}, {"findings": 6}),
        ({"objections": 1}, {"objections": 4}),
        ({"silent_days": 59}, {}),
        ({"silent_days": 60}, {"silent": 2}),
        ({"days_left": 31}, {}),
        ({"days_left": 30}, {"near": 1}),
        ({"returned": 1}, {"returned": 3}),
    ],
)
def test_each_fact_adds_its_own(facts: dict[str, int | None], added: dict[str, int]) -> None:
    assert weigh(**facts) == (1 + sum(added.values()), added)
    assert set(added) <= set(FACTS)


def test_the_figures_are_the_rulebooks_and_a_misspelt_one_is_refused() -> None:
    assert packaged("default").supervision == Supervision()
    assert read_rulebook(TEXT.replace("overdue = 4", "overdue = 9")).supervision.overdue == 9
    with pytest.raises(RulebookRefused, match="overdu"):
        read_rulebook(TEXT.replace("overdue = 4", "overdu = 4"))
    with pytest.raises(RulebookRefused, match="不小于 1"):
        read_rulebook(TEXT.replace("overdue = 4", "overdue = 0"))
