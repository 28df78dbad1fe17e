"""What happens to an objection after it has come, whichever way it came: looked up, admitted, in the way of the closing, upheld."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

CASE = "北山砂石料场边坡裸露"


def look_up(neighbour: Visitor, code: str, said: str) -> None:
    """The code, read out over the fence and typed in small letters, finds the receipt."""
    neighbour.open("/")
    neighbour.click(neighbour.page.get_by_role("contentinfo").get_by_role("link", name="查异议回执"))
    neighbour.fill("回执号", code.lower().replace("-", " "))
    neighbour.press("查看")
    neighbour.sees(said, "销号已暂停")


def closing_is_refused(closer: Visitor) -> None:
    """The window runs out, and still the task cannot be closed: the one gate left names the objection."""
    for _day in range(5):
        closer.next_workday()
    closer.go_to("今天")
    closer.click(closer.page.get_by_role("link", name=f"销号 {CASE}"))
    _plan_the_watch(closer)
    closer.fill("销号意见", "公示期满，同意销号。")
    closer.tick("我对所作决定的真实性负责")
    closer.press("销号")
    assert closer.title == "现在不能销号，还缺 1 项"
    expect(closer.page.locator("#main ol.gates h3")).to_have_text(["有 1 件异议未答复，最早的收到于 2026-03-03。"])


def _plan_the_watch(closer: Visitor) -> None:
    closer.press("定观察计划")
    closer.click(closer.page.locator("form").get_by_role("button").last)


def admit(desk: Visitor, said: str) -> None:
    desk.go_to("异议")
    desk.click(desk.page.get_by_role("link", name=said, exact=True))
    desk.sees(said)
    desk.tick("受理")
    desk.fill("理由（会公开）", "反映的是公示中的第2项措施，受理。")
    desk.press("决定，公开理由")
    desk.sees("已受理，理由已公开。")


def uphold(desk: Visitor, said: str) -> None:
    desk.go_to("异议")
    desk.click(desk.page.get_by_role("link", name=said, exact=True))
    desk.fill("对措施 2的核查结果", "3月6日会同林业技术员到场，抽查6个样方，成活率不足四成。")
    desk.fill("答复（会公开）", "反映的情况属实。树苗成活率不足四成，料场须补植后重新申请验收。")
    desk.fill("公开的异议内容（去掉姓名、住址、电话等）", "坡上的树苗大半枯死，刮风仍有扬尘。")
    desk.tick("成立，任务退回整改")
    desk.press("答复并公开")
    desk.sees("异议成立，任务已退回整改，答复已公开。", "树苗成活率不足四成")
