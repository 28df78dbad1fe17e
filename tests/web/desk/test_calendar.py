"""The calendar's pages: everybody reads, the system administrator enters a year in the notice's own words."""

from __future__ import annotations

from tests.web.desk import office
from tests.web.desk.pages import send, words_in
from xiaohao.acts import accounts
from xiaohao.kernel.roles import Role
from xiaohao.records.models import CalendarYear

PAGE = "/desk/calendar/2027"


def _admin(as_):
    accounts.open_account(username="cityinfo-1", person="person-cityinfo-1", roles=(Role.SYSTEM_ADMIN,), password=office.PASSWORD)
    return as_("cityinfo-1")


def test_a_year_not_announced_says_so_and_is_entered_by_the_administrator(as_):
    admin = _admin(as_)
    assert "2027 年的节假日安排待公布" in words_in(admin.get(PAGE))
    assert "待公布" in words_in(admin.get("/desk/calendar"))
    wrong = send(admin, PAGE, notice="国办发明电〔2026〕8号", off="元旦放假", on="")
    assert wrong.status_code == 422
    assert "“元旦放假”认不出是哪天" in words_in(wrong)
    weekday = send(admin, PAGE, notice="国办发明电〔2026〕8号", off="1月1日至3日", on="3月1日")
    assert "2027-03-01 不是周末，本来就上班" in words_in(weekday)
    assert not CalendarYear.objects.exists()

    done = send(admin, PAGE, notice="国办发明电〔2026〕8号", off="1月1日（周五）至3日（周日）", on="1月9日")
    assert done.status_code == 302
    shown = words_in(admin.get(PAGE))
    assert "1月1日至3日" in shown
    assert "待公布" not in shown
    assert "本单位录入" in words_in(admin.get("/desk/calendar"))


def test_others_read_it_and_may_not_enter_it(as_):
    clerk = as_("county-clerk")
    assert 'name="off"' not in clerk.get("/desk/calendar/2026").content.decode()
    assert clerk.post(PAGE, {"off": "1月1日"}).status_code == 403


def test_a_year_out_of_reach_is_not_found(as_):
    assert as_("county-clerk").get("/desk/calendar/1999").status_code == 404
