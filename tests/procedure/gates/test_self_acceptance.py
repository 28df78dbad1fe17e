"""self_acceptance_shown and outside_sample_taken: what lawful self-acceptance costs."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import COUNTY, each, rows, under
from xiaohao.dossier.record import Record
from xiaohao.procedure.gates.outside_sample_taken import outside_sample_taken
from xiaohao.procedure.gates.self_acceptance_shown import self_acceptance_shown


def own(status):
    """The duty case accepted by the very unit that did it, as the county's rulebook allows."""
    return cases.duty_case(status, acceptor="org-park")


def printed():
    notice = cases.duty_case("accepted").last_statement(cases.DUTY, "notice")
    return cases.change(own("accepted"), "st-notice", text=f"{notice.text}{COUNTY.hands.printed}。")


def sampled(org="org-citysupervision", passed=True, kind="site_visit"):
    sample = Record(
        id="rec-sample",
        type=kind,
        tasks=(cases.DUTY,),
        org=org,
        people=("person-citysupervision-1",),
        date="2026-01-29",
        recorded_at="2026-01-29T16:00:00+08:00",
        passed=passed,
    )
    return cases.add(own("published"), sample)


def sampled_before_it_went_back():
    sent_back = cases.returned(sampled(), "review", cases.duty_life().at("close"))
    return cases.change(sent_back, "rec-acceptance", recorded_at=cases.duty_life().recorded("close", 16))


ROWS = (
    *under(
        COUNTY,
        rows(
            self_acceptance_shown,
            "publish",
            accepted_by_another=(lambda: cases.duty_case("accepted"), None),
            accepted_by_itself_and_printed=(printed, None),
            accepted_by_itself_and_not_printed=(lambda: own("accepted"), "验收由责任单位自行组织，公示中没有写明。"),
        ),
    ),
    *under(
        COUNTY,
        rows(
            outside_sample_taken,
            "close",
            accepted_by_another=(lambda: cases.duty_case("published"), None),
            sampled_from_outside=(sampled, None),
            a_look_back_from_outside=(lambda: sampled(kind="look_back"), None),
            no_sample=(lambda: own("published"), "验收由责任单位自行组织，没有其他单位的抽查记录。"),
            sampled_by_itself=(lambda: sampled(org="org-park"), "验收由责任单位自行组织，没有其他单位的抽查记录。"),
            a_visit_without_a_result=(lambda: sampled(passed=None), "验收由责任单位自行组织，没有其他单位的抽查记录。"),
            the_sample_differs=(lambda: sampled(passed=False), "其他单位抽查，与申报不一致。"),
            sampled_before_it_went_back=(sampled_before_it_went_back, "验收由责任单位自行组织，没有其他单位的抽查记录。"),
        ),
    ),
)


@each(ROWS)
def test_self_acceptance(row):
    assert row.ask() == row.fact


def test_an_office_of_the_owner_is_the_owner():
    hosted = cases.change(cases.duty_case("published"), "org-countyeco", hosted_by="org-park")
    row = replace(ROWS[-1], build=lambda: hosted)
    assert row.ask() == "验收由责任单位自行组织，没有其他单位的抽查记录。"
