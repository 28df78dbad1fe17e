"""The closing assessment's gates: every item and every drawn row judged with its reason, and nothing wanting passed."""

from __future__ import annotations

from dataclasses import replace

from tests import cases
from tests.procedure.gates.table import each, rows, under
from xiaohao.dossier.record import Assessed
from xiaohao.procedure.gates.assessment_given import assessment_given, assessment_passed, assessment_sampled
from xiaohao.procedure.gates.hands_named import hands_named
from xiaohao.procedure.gates.separate_hands import separate_hands
from xiaohao.procedure.rulebook import packaged
from xiaohao.procedure.rules import Assessment, Item

REGION = packaged("region-assesses")
POINTS = replace(REGION, assessment=Assessment((Item("目标", 60), Item("群众", 40)), 80))


def case(**more):
    return cases.works_case("reviewed", route=cases.REGION_ROUTE, **more)


def assessed(**changes):
    return lambda: cases.change(case(), "rec-closing-assessment", **changes)


def judged(place, **changes):
    """The assessment with one of its verdicts changed."""
    given = case().by_id["rec-closing-assessment"].assessed
    return assessed(assessed=tuple(replace(one, **changes) if n == place else one for n, one in enumerate(given)))


def seen_by(person):
    """The assessment signed by that person; whoever takes the step is another one of the assessing unit."""
    return assessed(people=(person,))


def scored(goal, people):
    drawn = case().by_id["rec-closing-assessment"].assessed[5:]
    items = (
        Assessed(name="目标", verdict="met", score=goal, reason="监测达到。"),
        Assessed(name="群众", verdict="met", score=people, reason="走访5户。"),
    )
    return assessed(assessed=(*items, *drawn))


HANDS = (
    *rows(
        separate_hands,
        "assess",
        a_unit_and_people_of_its_own=(case, None),
        the_reviewing_unit_assesses=(
            lambda: case(assessor="org-cityoffice"),
            "审核单位（景澜市督察整改工作领导小组办公室）和评估单位（景澜市督察整改工作领导小组办公室）是同一单位。",
        ),
        the_responsible_unit_assesses=(
            lambda: case(assessor="org-housing"),
            "责任单位（青禾县住房和城乡建设局）和评估单位（青禾县住房和城乡建设局）是同一单位。",
        ),
        somebody_who_accepted=(seen_by("person-cityeco-1"), "沈启明既参加验收或审核，又参加评估。"),
        somebody_who_reviewed=(seen_by("person-cityoffice-1"), "祝予安既参加验收或审核，又参加评估。"),
        somebody_who_did_it=(seen_by("person-housing-1"), "李岚既参加整改，又参加评估。"),
    ),
    *rows(
        hands_named,
        "approve_plan",
        nobody_assesses=(lambda: cases.works_case("planned", route=cases.REGION_ROUTE, assessor=None), "没有指定评估单位。"),
        named=(lambda: cases.works_case("planned", route=cases.REGION_ROUTE), None),
    ),
)

ROWS = (
    *under(REGION, HANDS),
    *under(
        REGION,
        (
            *rows(
                assessment_given,
                "assess",
                every_item_with_its_reason=(case, None),
                none=(lambda: case(missing="assessment"), "没有销号评估意见。"),
                by_another_unit=(assessed(org="org-cityoffice"), "评估意见不是由指定的评估单位出具。"),
                by_nobody=(assessed(people=()), "评估意见没有写明评估人员、日期或总的意见。"),
                one_left_out=(judged(1, name="别的"), "没有评估：整改措施逐项落实。"),
                one_without_reason=(judged(1, reason=" "), "没有写理由：整改措施逐项落实。"),
                one_reason_for_two=(
                    judged(1, reason="石桥断面氨氮连续三个月低于1.5毫克/升。"),
                    "理由一字不差：整改目标达到并保持、整改措施逐项落实。",
                ),
                of_the_round_before=(
                    lambda: cases.returned(case(), "review", cases.works_life(cases.REGION_ROUTE).at("assess")),
                    "没有销号评估意见。",
                ),
            ),
            *rows(
                assessment_sampled,
                "assess",
                the_drawn_rows_were_looked_at=(case, None),
                nothing_was_drawn=(assessed(samples=()), "评估单位没有抽查完成说明背后的登记，或种子还没有产生。"),
                one_was_not_looked_at=(
                    assessed(samples=("rec-enforcement-1", "rec-meeting-2")),
                    "抽中的登记有 1 条没有核对结论或理由。",
                ),
                nothing_stands_behind_the_statement=(lambda: case(missing="completion"), None),
            ),
            *rows(
                assessment_passed,
                "assess",
                all_is_met=(case, None),
                one_item_is_not=(judged(3, verdict="not_met"), "评估不合格：周边群众认可，不能通过评估。"),
                one_drawn_row_is_not=(judged(5, verdict="not_met"), "抽中的登记有 1 条核对不一致，不能通过评估。"),
            ),
        ),
    ),
    *under(
        POINTS,
        (
            *rows(
                assessment_given,
                "assess",
                points_within_the_full_score=(scored(50, 40), None),
                more_points_than_there_are=(scored(61, 40), "“目标”的得分应在 0 到 60 之间。"),
                no_points=(scored(None, 40), "“目标”的得分应在 0 到 60 之间。"),
            ),
            *rows(
                assessment_passed,
                "assess",
                enough_points=(scored(45, 35), None),
                too_few_points=(scored(45.5, 34), "总分 79.5 低于及格分 80，不能通过评估。"),
            ),
        ),
    ),
)


@each(ROWS)
def test_assessment(row):
    assert row.ask() == row.fact
