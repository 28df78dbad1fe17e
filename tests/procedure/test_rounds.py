"""Rounds: which returns end which round, and what is on file since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cases
from xiaohao.procedure.rounds import Round, in_round, last_in_round, round_began

LIFE = cases.works_life()
BACK = LIFE.at("review")


@pytest.mark.parametrize(
    ("stage", "ends"),
    [
        ("plan", {Round.PLAN}),
        ("return_plan", {Round.PLAN}),
        ("publish", {Round.NOTICE}),
        ("withdraw_notice", {Round.NOTICE}),
        ("acceptance", {Round.WORK, Round.NOTICE}),
        ("review", {Round.WORK, Round.NOTICE}),
        ("reopen", {Round.WORK, Round.NOTICE}),
        ("objection", {Round.WORK, Round.NOTICE}),
        (None, {Round.WORK, Round.NOTICE}),
    ],
)
def test_a_return_ends_the_round_of_what_went_back(stage, ends):
    dossier = cases.change(cases.returned(cases.works_case("accepted"), "x", BACK), "rec-return-x", stage=stage)
    assert {each for each in Round if round_began(dossier, each) == BACK} == ends


def test_the_last_return_counts():
    dossier = cases.returned(cases.returned(cases.works_case("accepted"), "acceptance", BACK - timedelta(days=3)), "review", BACK)
    assert round_began(dossier) == BACK


@pytest.mark.parametrize(("seconds", "found"), [(-1, ()), (0, ("rec-acceptance",)), (1, ("rec-acceptance",))])
def test_what_was_recorded_when_the_round_began_or_later_belongs_to_it(seconds, found):
    dossier = cases.returned(cases.works_case("accepted"), "acceptance", BACK)
    dossier = cases.change(dossier, "rec-acceptance", recorded_at=(BACK + timedelta(seconds=seconds)).isoformat())
    assert tuple(record.id for record in in_round(dossier, "acceptance")) == found
    assert (last_in_round(dossier, "acceptance") is None) is (found == ())


def test_in_the_first_round_everything_counts():
    dossier = cases.works_case("published")
    assert (round_began(dossier), [r.id for r in in_round(dossier, "pledge", stage="apply")]) == (None, ["rec-pledge-apply"])
