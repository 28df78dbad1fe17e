"""The stepper follows the route of the place and the state of the task."""

from __future__ import annotations

from tests import cases
from xiaohao.procedure.rulebook import packaged
from xiaohao.procedure.stages import Mark, is_suspended, stages

DEFAULT, COUNTY = packaged("default"), packaged("county-closes-city-reviews")


def marks(dossier, rules):
    return {stage.name: stage.mark.value for stage in stages(dossier, rules)}


def test_the_stages_stand_in_the_order_of_the_route():
    assert [stage.words for stage in stages(cases.duty_case("accepted"), COUNTY)] == [
        "方案",
        "整改",
        "验收",
        "公示",
        "销号",
        "审核",
        "观察",
    ]


def test_a_task_in_publicity_stands_at_its_publicity():
    assert marks(cases.works_case("published"), DEFAULT) == {
        "plan": "done",
        "work": "done",
        "accept": "done",
        "review": "done",
        "publish": "current",
        "close": "next",
        "confirm": "next",
    }


def test_in_the_county_route_a_closed_task_still_stands_before_its_review():
    assert marks(cases.duty_case("closed"), COUNTY)["review"] == "current"


def test_a_confirmed_task_has_everything_behind_it_with_its_days():
    life = cases.works_life()
    passed = {stage.name: (stage.mark, stage.on) for stage in stages(cases.works_case("confirmed"), DEFAULT)}
    assert passed["accept"] == (Mark.DONE, life.days["accept"].isoformat())
    assert passed["publish"] == (Mark.DONE, life.window[1].isoformat())
    assert passed["close"] == (Mark.DONE, life.days["close"].isoformat())
    assert {mark for mark, _ in passed.values()} == {Mark.DONE}


def test_a_reopened_task_stands_at_its_work_again():
    here = next(stage for stage in stages(cases.works_case("reopened"), DEFAULT) if stage.mark is Mark.CURRENT)
    assert (here.name, here.again) == ("work", True)


def test_a_task_at_its_work_for_the_first_time_has_not_come_back_to_it():
    assert [stage.again for stage in stages(cases.works_case("in_progress"), DEFAULT)] == [False] * 7


def test_what_was_done_before_the_system_came_is_shown_as_unseen():
    carried = cases.works_case("closed", carried_in=True)
    assert marks(carried, DEFAULT) == {
        "plan": "unseen",
        "work": "unseen",
        "accept": "unseen",
        "review": "unseen",
        "publish": "unseen",
        "close": "done",
        "confirm": "current",
    }


def test_an_open_objection_suspends_and_an_answer_ends_it():
    waiting = cases.add(cases.works_case("published"), cases.objection(cases.works_life()))
    answered = cases.change(waiting, "obj-1", answered_at="2025-11-20T10:00:00+08:00", upheld=False)
    assert (is_suspended(waiting), is_suspended(answered)) == (True, False)
