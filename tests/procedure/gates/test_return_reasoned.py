"""return_reasoned and public_return_reasoned: a reason in writing, of this return and not of an earlier one."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.return_reasoned import public_return_reasoned, return_reasoned

LIFE = cases.works_life()
NONE = "没有写明理由。"
SILENT = {"reason": None, "public_reason": None}


def sent_back(status, stage, step, **more):
    return lambda: cases.returned(cases.works_case(status), stage, LIFE.at(step), **more)


ROWS = (
    *rows(
        return_reasoned,
        "return_to_work",
        with_a_reason=(sent_back("accepted", "review", "review"), None),
        with_a_reason_for_the_unit_only=(sent_back("accepted", "review", "review", public_reason=None), None),
        in_the_words_of_the_record=(sent_back("accepted", "review", "review", **SILENT, text="登记与现场不一致。"), None),
        in_the_same_second_as_what_it_answers=(
            lambda: cases.change(sent_back("accepted", "review", "review")(), "rec-review", recorded_at=LIFE.at("review").isoformat()),
            None,
        ),
        no_return=(lambda: cases.works_case("accepted"), NONE),
        without_a_word=(sent_back("accepted", "review", "review", **SILENT), NONE),
        only_the_return_before_the_last_acceptance=(sent_back("accepted", "acceptance", "apply"), NONE),
    ),
    *rows(
        public_return_reasoned,
        "reopen",
        said_in_public=(sent_back("closed", "reopen", "confirm"), None),
        said_to_the_unit_only=(sent_back("closed", "reopen", "confirm", public_reason=None), NONE),
        no_return=(lambda: cases.works_case("closed"), NONE),
    ),
)


@each(ROWS)
def test_returns(row):
    assert row.ask() == row.fact
