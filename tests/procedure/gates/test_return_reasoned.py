"""Returns: a reason in writing, of this return and not of an earlier one; a letter names a measure and a day."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.dossier.record import Opinion
from xiaohao.procedure.gates.return_reasoned import letter_specific, public_return_reasoned, return_reasoned

LIFE = cases.works_life()
NONE = "没有写明理由。"
SILENT = {"reason": None, "public_reason": None}


def sent_back(status, stage, step, **more):
    return lambda: cases.returned(cases.works_case(status), stage, LIFE.at(step), **more)


def letter(*asked, end="2025-12-31"):
    return sent_back("accepted", "return_to_work", "review", opinions=asked, end=end)


def asked(reason="干管有两处渗漏。", todo="修复后通水。", measure="measure-7-1"):
    return Opinion(measure=measure, reason=reason, todo=todo)


VAGUE = "退回函没有对任何一项措施写明缺什么、要做到什么"

ROWS = (
    *rows(
        letter_specific,
        "return_to_work",
        a_measure_and_a_day=(letter(asked()), None),
        on_the_last_day_itself=(letter(asked(), end=LIFE.days["close"].isoformat()), None),
        no_letter_yet=(lambda: cases.works_case("accepted"), None),
        neither_measure_nor_day=(letter(end=None), f"{VAGUE}；退回函没有写期限。"),
        what_is_held_without_what_is_to_be_done=(letter(asked(todo=None)), f"{VAGUE}。"),
        a_measure_of_another_task=(letter(asked(measure="measure-2-1")), f"{VAGUE}。"),
        what_is_to_be_done_without_what_is_lacking=(
            letter(asked(), asked(measure="measure-7-2", reason=" ")),
            "第 2 项措施没有写缺什么。",
        ),
        a_day_that_is_past=(letter(asked(), end="2025-01-01"), "退回函的期限 2025-01-01 已经过去。"),
    ),
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
