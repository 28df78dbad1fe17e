"""review_recorded: the reviewing unit's own opinion, with a name and a reason."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import COUNTY, each, rows, under
from xiaohao.procedure.gates.review_recorded import review_recorded


def reviewed(**changes):
    return lambda: cases.change(cases.works_case("accepted"), "rec-review", **changes)


ROWS = (
    *rows(
        review_recorded,
        "review",
        an_opinion_with_reasons=(lambda: cases.works_case("accepted"), None),
        none=(lambda: cases.works_case("accepted", missing="review"), "没有审核意见。"),
        by_another_unit=(reviewed(org="org-county"), "审核意见不是由指定的审核单位出具。"),
        not_passed=(reviewed(passed=False), "审核结论不是通过。"),
        by_nobody=(reviewed(people=()), "审核意见没有写明审核人或理由。"),
        without_a_word=(reviewed(text=None, reason=None), "审核意见没有写明审核人或理由。"),
        of_the_round_before=(
            lambda: cases.returned(cases.works_case("accepted"), "review", cases.works_life().at("review")),
            "没有审核意见。",
        ),
    ),
    *under(COUNTY, rows(review_recorded, "review", after_the_closing=(lambda: cases.duty_case("closed"), None))),
)


@each(ROWS)
def test_review_recorded(row):
    assert row.ask() == row.fact
