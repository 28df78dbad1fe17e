from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.cases import COUNTY_ROUTE, duty_case
from tests.outcomes.cases import RECORDED
from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Inspection, Link, Task, TaskList
from xiaohao.kernel.when import When
from xiaohao.outcomes.closings import closings_of
from xiaohao.outcomes.derived import DERIVED, Figure, derived_figure, derived_series, indicator_words
from xiaohao.outcomes.target import judge

AT = date(2023, 6, 30)


def task(number: int, closed: str | None = "2022-01-10", **more: object) -> Task:
    given = {"list": "list-1", "problem": "…", "kind": "deadline", "owner": "org-unit", "status": "closed" if closed else "in_progress"}
    return Task(id=f"task-{number}", number=number, closed_at=closed, **{**given, **more})  # type: ignore[arg-type]


def record(number: int, task_number: int, kind: str, day: str, **more: object) -> Record:
    return Record(id=f"rec-{number}", type=kind, tasks=(f"task-{task_number}",), date=day, recorded_at=f"{day}T17:00:00+08:00", **more)  # type: ignore[arg-type]


def ledger(*things: Task | Record) -> Dossier:
    return Dossier(
        id="ledger",
        kind="ledger",
        made_at=RECORDED,
        orgs=(
            Org(id="org-unit", name="青禾循环经济园区管理委员会", level="county", kind="park"),
            Org(id="org-part", name="园区建设局", level="county", kind="department", parent="org-unit"),
            Org(id="org-other", name="青禾县住建局", level="county", kind="department"),
        ),
        inspections=(Inspection(id="insp-2", name="第三轮督察", level="province", kind="routine", feedback_date="2023-01-15"),),
        lists=(TaskList(id="list-2", inspection="insp-2", name="第三轮清单"),),
        tasks=tuple(thing for thing in things if isinstance(thing, Task)),
        records=tuple(thing for thing in things if isinstance(thing, Record)),
    )


def held(*things: Task | Record, at: date = AT) -> Figure:
    return derived_figure(ledger(*things), "closings_held", "org-unit", at)


def test_a_closing_counts_after_twelve_months_and_not_a_day_before():
    assert held(task(1), at=date(2023, 1, 9)) == Figure(None, "%", 0, 0)
    assert held(task(1), at=date(2023, 1, 10)) == Figure(100.0, "%", 1, 1)


@pytest.mark.parametrize(
    "undoing",
    [
        {"kind": "return", "stage": "reopen"},
        {"kind": "objection", "upheld": True},
        {"kind": "look_back", "passed": False},
        {"kind": "review", "passed": False},
    ],
    ids=lambda undoing: undoing["kind"],
)
def test_a_closing_is_undone_by_return_upheld_objection_failed_look_back_or_review_after_it(undoing: dict[str, object]):
    after = record(1, 1, day="2022-06-01", **undoing)  # type: ignore[arg-type]
    before = record(1, 1, day="2021-12-01", **undoing)  # type: ignore[arg-type]
    assert held(task(1), task(2), after) == Figure(50.0, "%", 1, 2, against=("task-1",))
    assert held(task(1), task(2), before) == Figure(100.0, "%", 2, 2)


@pytest.mark.parametrize(
    "harmless",
    [
        {"kind": "objection", "upheld": False},
        {"kind": "look_back", "passed": True},
        {"kind": "return", "stage": "withdraw_notice"},
        {"kind": "objection"},
    ],
    ids=["objection not upheld", "look-back passed", "notice withdrawn", "objection open"],
)
def test_what_did_not_speak_against_the_closing_leaves_it_standing(harmless: dict[str, object]):
    assert held(task(1), record(1, 1, day="2022-06-01", **harmless)).value == 100  # type: ignore[arg-type]


def test_a_problem_listed_again_after_its_closing_undoes_it_and_a_neighbour_does_not():
    again = task(2, None, list="list-2", owner="org-other", links=(Link(task="task-1", relation="carried_over"),))
    similar = task(3, None, links=(Link(task="task-1", relation="similar"),))
    assert held(task(1), again).against == ("task-1",)
    assert held(task(1), again, at=date(2023, 1, 14)).value == 100
    assert held(task(1), similar).value == 100


def test_a_task_closed_again_has_two_closings_and_the_first_did_not_hold():
    rows = (
        record(1, 1, "closure", "2021-05-10", passed=True),
        record(2, 1, "return", "2021-09-01", stage="reopen"),
        record(3, 1, "closure", "2022-03-10", passed=True),
    )
    assert [(closing.on, closing.undone_by) for closing in closings_of(ledger(task(1), *rows), "org-unit")] == [
        (date(2021, 5, 10), "rec-2"),
        (date(2022, 3, 10), None),
    ]


def test_a_refused_closing_is_none_and_a_reopened_task_without_a_row_does_not_hold():
    assert held(task(1, None), record(1, 1, "closure", "2022-01-10", passed=False)).counted == 0
    assert held(task(1, status="reopened")).against == ("task-1",)


def test_the_closings_of_units_below_count_and_those_of_others_do_not():
    assert held(task(1), task(2, owner="org-part"), task(3, owner="org-other")).counted == 2


def test_closings_carried_in_count_as_found_and_are_named_apart():
    assert held(task(1, carried_in=True), task(2)) == Figure(100.0, "%", 2, 2, carried_in=1)


def test_returned_closings_are_counted_whatever_their_age():
    undone = (task(1), record(1, 1, "return", "2022-02-01", stage="reopen"), task(2))
    assert derived_figure(ledger(*undone), "closings_returned", "org-unit", date(2022, 3, 1)) == Figure(
        1.0, "件", 1, 2, against=("task-1",)
    )
    assert derived_figure(ledger(), "closings_returned", "org-unit", AT).value is None


def test_deadlines_are_kept_by_what_was_done_by_the_last_day_that_the_words_allow():
    tasks = (
        task(1, None, due="2022-12", done_at="2022-12-31"),
        task(2, None, due="2022-12", done_at="2023-01-02"),
        task(3, None, due="2022-12-31"),
        task(4, "2022-12-01", due="2022"),
        task(5, None, due="2023-06-30"),
        task(6, None),
    )
    assert derived_figure(ledger(*tasks), "deadlines_kept", "org-unit", AT) == Figure(50.0, "%", 2, 4, against=("task-2", "task-3"))


def test_sessions_are_held_against_their_claimed_rhythm():
    days = ("2021-03-01", "2021-03-04", "2021-03-08", "2021-03-15", "2021-03-18")
    rows = [record(n, 1, "study", day, org="org-unit", schedule="weekly:mon,thu") for n, day in enumerate(days)]
    assert derived_figure(ledger(task(1), *rows), "sessions_kept", "org-unit", date(2021, 3, 21)) == Figure(
        pytest.approx(500 / 6), "%", 5, 6
    )
    assert derived_figure(ledger(task(1), *rows), "sessions_kept", "org-unit", date(2030, 3, 21)).value is None
    assert derived_figure(ledger(task(1)), "sessions_kept", "org-unit", AT).value is None


def test_the_series_has_the_end_of_every_month_and_the_day_itself():
    series, content = derived_series(
        ledger(task(1, "2022-01-10"), task(2, "2022-02-10"), record(1, 2, "return", "2023-03-02", stage="reopen")),
        "closings_held",
        "org-unit",
        date(2023, 3, 20),
    )
    assert (series.id, series.unit, series.kind, series.interval, series.source) == (
        "derived-closings_held",
        "%",
        "register",
        "month",
        "org-unit",
    )
    assert content.decode().splitlines()[-4:] == ["2022-12-31,,", "2023-01-31,100,", "2023-02-28,100,", "2023-03-20,50,"]


def test_every_derived_indicator_has_chinese_words_and_runs_on_an_empty_ledger():
    for indicator, derived in DERIVED.items():
        assert indicator_words(indicator) == derived.words
        assert derived_series(ledger(), indicator, "org-unit", AT)[1] == b"time,value,mark\n"
    assert indicator_words("氨氮") == "氨氮"


def test_the_duty_case_meets_its_derived_target_and_one_return_breaks_it():
    dossier = duty_case("accepted", route=COUNTY_ROUTE)
    goal = dossier.goals_of(dossier.task.id)[0]
    done, until = When.parse("2025-12-31"), When.parse("2026-01-20")
    found = judge(dossier, goal, done_at=done, until=until)
    assert (found.met, found.reason) == (True, "销号守住率为 100 %，达到“不低于 100 %”的目标。")
    returned = Record(
        id="rec-back", type="return", stage="reopen", tasks=("task-12",), date="2025-06-01", recorded_at="2025-06-01T10:00:00+08:00"
    )
    broken = judge(replace(dossier, records=(*dossier.records, returned)), goal, done_at=done, until=until)
    assert (broken.met, broken.reason) == (False, "销号守住率为 83.33 %，未达到“不低于 100 %”的目标。")


def test_a_derived_series_in_the_dossier_of_one_task_speaks_as_the_ledger_did():
    whole = duty_case("accepted", route=COUNTY_ROUTE)
    series, content = derived_series(whole, "closings_held", "org-park", date(2026, 3, 3))
    goal = whole.goals_of(whole.task.id)[0]
    from xiaohao.dossier.file import File

    file = File(
        id=series.file, path="series/held.csv", sha256="", bytes=len(content), media="text/csv", kind="series", recorded_at=RECORDED
    )
    alone = replace(
        whole,
        kind="dossier",
        tasks=(whole.task,),
        series=(replace(series, tasks=(whole.task.id,)),),
        files=(file,),
        contents={file.path: content},
    )
    found = judge(alone, goal, done_at=When.parse("2026-01-15"), until=When.parse("2026-01-20"))
    assert (found.met, found.windows[0].value, found.windows[0].last) == (True, 100.0, date(2026, 1, 20))


def test_one_task_alone_says_nothing_of_closings():
    whole = duty_case("accepted", route=COUNTY_ROUTE)
    alone = replace(whole, kind="dossier", tasks=(whole.task,))
    goal = alone.goals_of(alone.task.id)[0]
    found = judge(alone, goal, done_at=When.parse("2025-12-31"), until=When.parse("2026-01-20"))
    assert (found.met, found.reason) == (None, "案卷中没有“销号守住率”的监测数据。")
