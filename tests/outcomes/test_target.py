from __future__ import annotations

import json
from datetime import date

import pytest

from tests.outcomes.cases import RECORDED, case, daily, goal, monthly
from tests.shared import SHARED, needs_shared
from xiaohao.dossier.bundle import read_bundle
from xiaohao.dossier.plan import Goal
from xiaohao.dossier.record import Record, Result
from xiaohao.kernel.when import When, parse_when
from xiaohao.outcomes.target import Verdict, judge


def verdict(the_goal: Goal, csv: str | None, done_at: str = "2021-05-20", until: str = "2021-10-10", **more: object) -> Verdict:
    return judge(case(the_goal, csv, **more), the_goal, done_at=parse_when(done_at), until=When.parse(until))  # type: ignore[arg-type]


def names(found: Verdict) -> list[str]:
    return [window.name for window in found.windows if window.counts]


def test_the_last_complete_months_before_the_acceptance_decide_and_earlier_failures_are_shown():
    found = verdict(goal(), daily("2021-05-01", "2021-10-10", lambda day: 2.0 if day.month < 7 else 1.2))
    assert (found.met, names(found)) == (True, ["2021-07", "2021-08", "2021-09"])
    assert [window.name for window in found.earlier_failures] == ["2021-05", "2021-06"][1:]
    assert found.reason == "2021-07、2021-08、2021-09 的月均值（3 个）都达到“不高于 1.5 mg/L”的目标。"
    assert found.earliest == date(2021, 8, 20)


def test_one_failing_month_among_those_that_count_fails_the_goal_and_is_named():
    found = verdict(goal(), daily("2021-05-01", "2021-10-10", lambda day: 1.62 if day.month == 8 else 1.2))
    assert found.met is False
    assert found.reason == "2021-08（1.62）的月均值未达到“不高于 1.5 mg/L”的目标。"


def test_a_value_equal_to_the_limit_meets_it_whatever_the_average_does_to_the_last_digit():
    csv = daily("2021-05-01", "2021-10-10", lambda day: 0.1)
    assert verdict(goal(value=0.1), csv).met is True
    assert verdict(goal(value=0.1, operator=">="), csv).met is True
    assert verdict(goal(value=0.1, operator="="), csv).met is True
    assert verdict(goal(value=0.1, operator="<"), csv).met is False
    assert verdict(goal(value=0.1, operator=">"), csv).met is False


def test_a_limit_that_float_noise_would_miss_is_still_met():
    assert 700 * 1e-3 > 0.7
    assert verdict(goal(value=0.7), daily("2021-05-01", "2021-10-10", lambda day: 700), unit="ug/L").met is True


def test_a_month_not_yet_over_at_the_acceptance_is_no_month_where_whole_ones_are_enough():
    found = verdict(goal(), daily("2021-05-01", "2021-10-25", lambda day: 3.0 if day.month == 10 else 1.0), until="2021-10-25")
    assert (found.met, names(found)) == (True, ["2021-07", "2021-08", "2021-09"])


def test_a_failing_value_never_looks_equal_to_its_limit_in_the_sentence():
    found = verdict(goal(), daily("2021-05-01", "2021-10-10", lambda day: 1.50004))
    assert found.reason.startswith("2021-07（1.50004）")


def test_one_outlying_day_does_not_fail_a_monthly_goal():
    found = verdict(goal(), daily("2021-05-01", "2021-10-10", lambda day: 9.0 if day == date(2021, 8, 3) else 1.0))
    assert found.met is True


def test_readings_under_a_fault_or_calibration_mark_are_left_out():
    csv = daily("2021-05-01", "2021-10-10", lambda day: "9.0,D" if day.day < 10 else "1.0,")
    assert verdict(goal(), csv).met is True
    assert verdict(goal(), csv, marks={"D": "降雨"}).met is False


def test_a_month_with_less_than_half_of_its_readings_is_not_complete_and_an_earlier_one_takes_its_place():
    csv = daily("2021-05-01", "2021-10-10", lambda day: "," if day.month == 8 and day.day > 15 else "1.0,")
    assert names(verdict(goal(), csv)) == ["2021-06", "2021-07", "2021-09"]
    just_half = daily("2021-05-01", "2021-10-10", lambda day: "," if day.month == 8 and day.day > 16 else "1.0,")
    assert names(verdict(goal(), just_half)) == ["2021-07", "2021-08", "2021-09"]


def test_an_acceptance_exactly_at_the_minimum_is_enough_and_a_day_before_is_not():
    csv = daily("2021-05-01", "2021-10-10", lambda day: 1.0)
    at_the_minimum = verdict(goal(), csv, until="2021-08-20")
    assert (at_the_minimum.met, names(at_the_minimum)) == (True, ["2021-06", "2021-07", "2021-08"])
    early = verdict(goal(), csv, until="2021-08-19")
    assert (early.met, early.earliest) == (None, date(2021, 8, 20))
    assert early.reason == "目标要求保持 3 个月，完工至今满 2 个月，最早到 2021-08-20。"


def test_a_failure_is_known_before_the_months_have_passed():
    assert verdict(goal(), daily("2021-05-01", "2021-07-10", lambda day: 3.0), until="2021-07-10").met is False


def test_too_few_complete_months_give_no_verdict():
    found = verdict(goal(min_months=6), daily("2021-08-01", "2021-12-31", lambda day: 1.0), done_at="2021-05-31", until="2021-12-31")
    assert (found.met, found.needed) == (None, 6)
    assert found.reason == "判断目标需要 6 个数据过半的月均值，现有 5 个。"


def test_without_a_number_of_months_every_month_from_done_at_on_must_meet_the_target():
    csv = daily("2021-05-01", "2021-10-10", lambda day: 1.0 if day.month != 6 else 2.0)
    found = verdict(goal(min_months=None), csv)
    assert (found.met, names(found)) == (False, ["2021-06", "2021-07", "2021-08", "2021-09"])


def test_the_reading_is_converted_to_the_unit_of_the_target():
    found = verdict(goal(), daily("2021-05-01", "2021-10-10", lambda day: 1200), unit="ug/L")
    assert (found.met, round(found.windows[-2].value or 0, 6)) == (True, 1.2)
    mixed = verdict(goal(), daily("2021-05-01", "2021-10-10", lambda day: 1), unit="km")
    assert (mixed.met, mixed.reason) == (None, "series-1 的单位是“km”，目标的单位是“mg/L”，不能换算。")


def test_monthly_samples_count_one_a_month():
    found = verdict(goal(), monthly([("2021-06", 1.4), ("2021-07", 1.1), ("2021-08", 1.0)]), interval="month", until="2021-08-20")
    assert (found.met, names(found)) == (True, ["2021-06", "2021-07", "2021-08"])


def test_a_quarterly_goal_asks_as_many_quarters_as_its_months_hold():
    csv = daily("2021-01-01", "2022-04-10", lambda day: 1.0)
    found = verdict(goal(window="quarter", min_months=6), csv, until="2022-04-05")
    assert (found.met, names(found)) == (True, ["2021-Q4", "2022-Q1"])
    yearly = verdict(goal(window="year", min_months=12), csv, done_at="2020-12-31", until="2022-01-05")
    assert (yearly.met, names(yearly)) == (True, ["2021"])


def test_every_day_of_a_daily_goal_must_meet_it_within_the_last_months():
    good = daily("2021-05-01", "2021-10-10", lambda day: 1.0)
    assert verdict(goal(window="day"), good).met is True
    one_bad = daily("2021-05-01", "2021-10-10", lambda day: 2.0 if day == date(2021, 9, 1) else 1.0)
    assert [window.name for window in verdict(goal(window="day"), one_bad).failed] == ["2021-09-01"]
    long_ago = daily("2021-05-01", "2021-10-10", lambda day: 2.0 if day == date(2021, 6, 1) else 1.0)
    assert verdict(goal(window="day"), long_ago).met is True
    sparse = daily("2021-05-01", "2021-10-10", lambda day: "1.0," if day.day < 5 else ",")
    assert verdict(goal(window="day"), sparse).met is None


def test_an_hourly_goal_is_read_hour_by_hour():
    lines = [f"2021-09-{day:02d}T{hour:02d}:00,{9.0 if (day, hour) == (29, 7) else 1.0}," for day in range(1, 31) for hour in range(24)]
    found = verdict(goal(window="hour", min_months=1), "\n".join(lines), done_at="2021-08-20", until="2021-09-30", interval="hour")
    assert [window.name for window in found.failed] == ["2021-09-29T07"]


def test_single_samples_of_no_rhythm_must_come_from_half_of_the_months():
    one = verdict(goal(window="instant", min_months=4), "2021-09-03,1.0,", interval="event")
    assert one.met is None
    two = verdict(goal(window="instant", min_months=4), "2021-08-03,1.0,\n2021-09-03,1.0,", interval="event")
    assert two.met is True


def test_a_total_adds_up_from_the_day_the_work_was_done_and_a_floor_from_the_beginning():
    csv = "2021-03-01,3000,\n2021-06-01,1000,\n2021-07-01,1500,"
    most = verdict(goal(window="total", operator="<=", value=2500, min_months=None), csv, interval="event")
    least = verdict(goal(window="total", operator=">=", value=5500, min_months=None), csv, interval="event")
    assert [(most.met, most.windows[0].value), (least.met, least.windows[0].value)] == [(True, 2500.0), (True, 5500.0)]
    assert least.reason == "氨氮累计为 5500 mg/L，达到“不低于 5500 mg/L”的目标。"


def test_a_season_that_the_goal_asks_for_must_lie_mostly_inside():
    csv = daily("2021-01-01", "2022-01-31", lambda day: 1.0)
    dry_only = verdict(goal(seasons=("wet",)), csv, done_at="2021-09-20", until="2022-01-15")
    assert (dry_only.met, dry_only.reason) == (None, "目标要求经过汛期，完工至今还没有经过，最早到 2022-08-01。")
    assert verdict(goal(seasons=("wet",)), csv, done_at="2021-06-20", until="2021-10-10").met is True


def test_a_goal_without_a_figure_or_a_day_of_completion_or_readings_gives_no_verdict_and_says_why():
    bare = Goal(id="goal-1", text="提高认识。")
    assert verdict(bare, "").reason == "目标没有量化指标，不能用数据判断。"
    assert judge(case(goal(), ""), goal(), done_at=None, until=When.parse("2021-10-10")).reason == "没有登记完工日期，不知道从哪天起算。"
    assert verdict(goal(), None).reason == "案卷中没有“氨氮”的监测数据。"
    assert verdict(goal(), "").reason == "完工以后还没有一个数据过半的月均值。"


def test_a_series_at_a_point_of_the_river_speaks_for_the_river_but_another_place_does_not():
    csv = daily("2021-05-01", "2021-10-10", lambda day: 1.0)
    assert verdict(goal(place="place-river"), csv).met is True
    assert verdict(goal(place="place-elsewhere"), csv).met is None


def test_a_good_series_never_hides_a_bad_one_beside_it():
    from dataclasses import replace

    dossier = case(goal(), daily("2021-05-01", "2021-10-10", lambda day: 1.0))
    other = replace(dossier.series[0], id="series-2", file="file-2")
    file = replace(dossier.files[0], id="file-2", path="t.csv")
    bad = b"time,value,mark\n" + daily("2021-05-01", "2021-10-10", lambda day: 2.0).encode()
    both = replace(dossier, series=(*dossier.series, other), files=(*dossier.files, file), contents={**dossier.contents, "t.csv": bad})
    found = judge(both, goal(), done_at=When.parse("2021-05-20"), until=When.parse("2021-10-10"))
    assert (found.met, {window.source for window in found.failed}) == (False, {"series-2"})


def test_without_a_series_laboratory_and_acceptance_results_speak():
    records = tuple(
        Record(
            id=f"rec-{month}",
            type=kind,
            tasks=("task-1",),
            place="place-point",
            date=f"2021-{month:02d}-08",
            recorded_at=RECORDED,
            results=(Result(indicator="氨 氮", value=value, unit="mg/L"),),
        )
        for month, kind, value in ((7, "lab_report", 1.1), (8, "lab_report", 1.3), (9, "acceptance", 1.7))
    )
    found = verdict(goal(), None, records=records)
    assert (found.met, [window.name for window in found.failed]) == (False, ["2021-09"])


@needs_shared
@pytest.mark.parametrize(
    "label",
    json.loads((SHARED / "data/dossiers/labels.json").read_text())["cases"] if SHARED.is_dir() else [],
    ids=lambda label: label["bundle"],
)
def test_no_sample_bundle_that_is_not_labelled_so_misses_its_target(label):
    folder = SHARED / "data/dossiers/bundles" / label["bundle"]
    contents = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    dossier, _ = read_bundle(next(folder.glob("*.json")).read_bytes(), contents)
    for task in dossier.tasks:
        acceptance = dossier.last_record(task.id, "acceptance")
        assert acceptance is not None
        for each in dossier.goals_of(task.id):
            found = judge(dossier, each, done_at=parse_when(task.done_at), until=When.parse(acceptance.date or ""))
            assert (task.id, found.met, found.reason) == (task.id, True, found.reason) or "TARGET" in label["expect"]
