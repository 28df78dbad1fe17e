"""standard_met: the case holds what the closure standard of its class asks for."""

from __future__ import annotations

from tests import cases
from tests.procedure.gates.table import each, rows
from xiaohao.procedure.gates.standard_met import standard_met


def of_class(name):
    return lambda: cases.works_case("claimed_done", class_=name)


ROWS = rows(
    standard_met,
    "accept",
    no_class=(lambda: cases.works_case("claimed_done"), None),
    enough=(
        lambda: cases.add(
            cases.change(cases.duty_case("claimed_done"), cases.DUTY, class_="duty"),
        ),
        None,
    ),
    lacking=(
        of_class("livestock"),
        "按“畜禽养殖污染”销号标准（2026-1）还缺 2 项：现场核查不少于 2 条，已登记 0 条、整改前、整改后照片，改前 0 张，改后 0 张。",
    ),
    held_to_a_version_that_is_gone=(
        lambda: cases.works_case("claimed_done", class_="livestock", unknown=(("x-standards", "2019-1"),)),
        "定类时的销号标准（2019-1）没有留存，无法核对。",
    ),
    unknown_class=(of_class("noise"), "销号标准 2026-1 里没有“noise”这一类。"),
)


@each(ROWS)
def test_the_table(row):
    assert row.ask() == row.fact
