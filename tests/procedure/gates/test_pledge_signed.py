"""The three pledges: signed by the right unit, in this round, on paper only with its scan and who entered it."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.pledge_signed import acceptance_pledged, application_pledged, closing_pledged

UNSIGNED = "没有签署真实性承诺。"


def _close(**changes):
    return lambda: cases.change(cases.works_case("published"), "rec-pledge-close", **changes)


def _after_a_return():
    life = cases.works_life()
    return cases.returned(cases.works_case("in_progress"), "acceptance", life.at("apply"))


ROWS = (
    *rows(
        application_pledged,
        "apply",
        signed=(lambda: cases.works_case("in_progress"), None),
        unsigned=(lambda: cases.works_case("in_progress", missing="pledge"), UNSIGNED),
        signed_by_another_unit=(lambda: cases.change(cases.works_case("in_progress"), "rec-pledge-apply", org="org-county"), UNSIGNED),
        signed_by_nobody=(lambda: cases.change(cases.works_case("in_progress"), "rec-pledge-apply", people=()), UNSIGNED),
        signed_before_it_was_sent_back=(_after_a_return, UNSIGNED),
    ),
    *rows(
        acceptance_pledged,
        "accept",
        signed=(lambda: cases.works_case("claimed_done"), None),
        only_the_applicant_signed=(lambda: cases.works_case("claimed_done", missing="pledge_accept"), UNSIGNED),
    ),
    *rows(
        closing_pledged,
        "close",
        signed_on_paper_and_scanned=(lambda: cases.works_case("published"), None),
        signed_on_screen=(_close(on_paper=None, files=(), recorded_by=None), None),
        unsigned=(lambda: cases.works_case("published", missing="pledge_close"), UNSIGNED),
        on_paper_without_a_scan=(_close(files=()), "承诺书为纸质签批，没有扫描件或录入人。"),
        on_paper_entered_by_nobody=(_close(recorded_by=None), "承诺书为纸质签批，没有扫描件或录入人。"),
    ),
)


@each(ROWS)
def test_pledges(row):
    assert row.ask() == row.fact
