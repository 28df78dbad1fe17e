"""A year of the calendar is entered from its notice, and everything that counts working days counts by it from then on."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.acts.walking import CLERK, make_task
from xiaohao.acts.calendar import enter_year
from xiaohao.dossier.calendar import calendar_of
from xiaohao.kernel.holiday_text import NoSuchDay, days_in, in_spans
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.procedure.gates.window_complete import window_complete
from xiaohao.publicity.why import why_deadline, why_window
from xiaohao.records.calendar import office_calendar
from xiaohao.records.fsck import faults
from xiaohao.records.models import CalendarYear, JournalEntry
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of

pytestmark = pytest.mark.django_db
ADMIN = Actor("person-cityinfo-1", "org-cityinfo", frozenset({Role.SYSTEM_ADMIN}))
AT = datetime(2026, 11, 20, 9, tzinfo=CST)
OFF, ON = days_in(2027, "1月1日（周五）至3日（周日）、2月5日至11日"), days_in(2027, "1月30日、2月20日")


@pytest.mark.usefixtures("own_journal")
def _enter(year=2027, off=OFF, on=ON, by=ADMIN, key="k", notice="国办发明电〔2026〕8号"):
    return enter_year(by=by, at=AT, key=key, year=year, notice=notice, off=off, on=on)


@pytest.mark.usefixtures("own_journal")
def test_an_entered_year_is_journaled_and_counts_everywhere():
    task = make_task("in_progress")
    with pytest.raises(CalendarUnknown):
        office_calendar().count(date(2027, 1, 1), date(2027, 1, 10))
    receipt = _enter()
    assert JournalEntry.objects.get(pk=receipt.entry).step == "enter_year"
    assert office_calendar().count(date(2027, 1, 1), date(2027, 1, 10)) == 5
    assert office_calendar().is_workday(date(2027, 1, 30))
    case = dossier_of(task, at=AT)
    assert calendar_of(case).notice_of(2027) == "国办发明电〔2026〕8号"
    assert [fault.message for fault in faults() if fault.kind != "tile"] == []

    again = _enter(off=OFF | {date(2027, 4, 5)}, key="k2", notice="国办发明电〔2027〕1号")
    assert again.entry != receipt.entry
    assert CalendarYear.objects.count() == 1
    assert not office_calendar().is_workday(date(2027, 4, 5))
    assert [fault.message for fault in faults() if fault.kind != "tile"] == []


def test_a_shipped_year_may_be_put_right_and_the_others_stay():
    make_task("given")
    _enter(year=2026, off=frozenset({date(2026, 3, 9)}), on=frozenset(), key="z")
    assert not office_calendar().is_workday(date(2026, 3, 9))
    assert office_calendar().is_workday(date(2025, 1, 26))


@pytest.mark.parametrize(
    ("what", "fact"),
    [
        ({"by": CLERK}, "工作日历由系统管理员录入"),
        ({"notice": " "}, "没有写明通知的文号"),
        ({"off": frozenset()}, "没有写明放假的日子"),
        ({"off": OFF | {date(2026, 12, 31)}}, "2026-12-31 不在 2027 年"),
        ({"on": ON | {date(2027, 1, 3)}}, "2027-01-03 既写作放假，又写作上班"),
        ({"on": ON | {date(2027, 3, 1)}}, "2027-03-01 不是周末，本来就上班"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_notice_can_mean_is_refused(what, fact):
    make_task("given")
    with pytest.raises(Refused) as refused:
        _enter(**what)
    assert [unmet.fact for unmet in refused.value.unmet] == [fact]
    assert not CalendarYear.objects.exists()


def test_a_date_says_why_it_is_that_day():
    assert why_deadline(date(2026, 2, 26), 3, office_calendar()) == (
        "2026年2月26日的次日起算，第 3 个工作日到期。",
        "周六、周日不计：3月1日。",
        "调休上班计入：2月28日。",
        "工作日依据：国办发明电〔2025〕7号。",
    )
    assert why_window(date(2026, 12, 29), date(2027, 1, 5), office_calendar()) == ("2027 年节假日安排待公布，日期暂不能定。",)


def test_days_are_read_as_the_notice_writes_them_and_said_again_in_the_same_way():
    assert in_spans(days_in(2026, "0101-0103 2026-02-15、9月30日至10月2日")) == "1月1日至3日、2月15日、9月30日至10月2日"
    for wrong in ("2月30日", "5日", "3月5日至1日", "元旦"):
        with pytest.raises(NoSuchDay, match=wrong):
            days_in(2026, wrong)


def test_the_gate_of_the_window_counts_by_the_entered_year():
    task = make_task("published", ready=True)
    rules = rulebook_of(task)
    posted = dossier_of(task, at=AT).last_record(task.pk, "publicity")
    assert posted is not None
    first = date.fromisoformat(posted.start or "")
    assert window_complete(dossier_of(task, at=AT), CLERK, rules, AT) is None
    _enter(year=first.year, off=frozenset({first}), on=frozenset(), key="w")
    held = window_complete(dossier_of(task, at=AT), CLERK, rules, AT)
    assert held is not None
    assert held.way == "撤回后重新公示，公示期最早到 2025-11-19。"
