"""confidentiality_signed: before publishing, by somebody else than the publisher, anew after a notice was taken back."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import DEFAULT, Row, each, rows
from xiaohao.kernel.roles import Actor, Role
from xiaohao.procedure.gates.confidentiality_signed import confidentiality_signed


def signed(**changes):
    return lambda: cases.change(cases.works_case("reviewed"), "rec-confidentiality", **changes)


def _withdrawn():
    return cases.returned(cases.works_case("reviewed"), "publish", cases.works_life().at("publish"))


NOT_CHECKED = "公示内容没有通过保密审查。"
CHECKER = Actor("person-county-secrecy", "org-county", frozenset({Role.CLERK}))

ROWS = (
    *rows(
        confidentiality_signed,
        "publish",
        signed_before=(lambda: cases.works_case("reviewed"), None),
        signed_without_saying_passed=(signed(passed=None), None),
        signed_in_the_same_second=(signed(recorded_at=cases.works_life().at("publish").isoformat()), None),
        not_signed=(lambda: cases.works_case("reviewed", missing="confidentiality"), NOT_CHECKED),
        signed_by_nobody=(signed(people=()), NOT_CHECKED),
        not_passed=(signed(passed=False), NOT_CHECKED),
        another_consent=(signed(stage="handover"), NOT_CHECKED),
        signed_for_a_notice_that_was_withdrawn=(_withdrawn, NOT_CHECKED),
        signed_afterwards=(signed(recorded_at="2025-12-30T10:00:00+08:00"), "保密审查晚于公示。"),
    ),
    Row(
        "whoever checked publishes",
        lambda: cases.works_case("reviewed"),
        "保密审查人与发布人相同。",
        confidentiality_signed,
        "publish",
        actor=CHECKER,
    ),
)


@each(ROWS)
def test_confidentiality_signed(row):
    assert row.ask() == row.fact


def test_a_rulebook_may_ask_for_no_check_or_for_one_person_only():
    alone = replace(DEFAULT, confidentiality=replace(DEFAULT.confidentiality, two_people=False))
    without = replace(DEFAULT, confidentiality=replace(DEFAULT.confidentiality, required=False))
    row = ROWS[-1]
    unchecked = replace(row, build=lambda: cases.works_case("reviewed", missing="confidentiality"))
    assert (replace(row, rules=alone).ask(), replace(unchecked, rules=without).ask()) == (None, None)
