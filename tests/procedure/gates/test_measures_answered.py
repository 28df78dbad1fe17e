"""measures_answered: no measure without an answer, no answer without something on file."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.measures_answered import measures_answered


def _elsewhere():
    """The second measure belongs to a city body and is answered by nobody here."""
    dossier = cases.change(cases.works_case("in_progress"), "measure-7-2", owner="org-citydesk")
    statement = dossier.last_statement(cases.WORKS, "completion")
    dossier = cases.change(dossier, "st-completion", spans=(statement.spans[0], statement.spans[2]))
    return cases.without(dossier, "rec-enforcement-*")


def _sent_back():
    return cases.returned(cases.works_case("in_progress"), "acceptance", cases.works_life().at("apply"))


ROWS = rows(
    measures_answered,
    "apply",
    all_answered=(lambda: cases.works_case("in_progress"), None),
    all_duties_answered=(lambda: cases.duty_case("in_progress"), None),
    another_body_s_measure=(_elsewhere, None),
    no_statement=(lambda: cases.works_case("in_progress", missing="completion"), "没有整改完成情况说明。"),
    an_answer_missing_but_rows_on_file=(lambda: cases.works_case("in_progress", missing="answer"), "部分答：第 3 项措施。"),
    neither_answer_nor_rows=(
        lambda: cases.works_case("in_progress", missing=("evidence", "answer")),
        "未答：第 3 项措施。",
    ),
    an_answer_without_rows=(lambda: cases.works_case("in_progress", missing="evidence"), "部分答：第 3 项措施；未见记录：第 3 项措施。"),
    sent_back_and_not_answered_again=(_sent_back, "退回后没有新的完成情况说明。"),
)


@each(ROWS)
def test_measures_answered(row):
    assert row.ask() == row.fact
