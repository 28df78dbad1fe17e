"""The rooms of casework: registers, calls, orders, petitions, posts, ledgers, batches, calendar, standards, supervision, accounts, boards — further scenes for the audits."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.journeys.scenes import Scene, at, empty
from tests.journeys.visitor import Visitor


def to(path: str, words: str) -> Callable[[Visitor], None]:
    """There by address, then by the first link that says so."""

    def bring(someone: Visitor) -> None:
        someone.open(path)
        someone.click(someone.page.locator("main").get_by_role("link", name=re.compile(words)).first)

    return bring


def _batch_begun(office: Visitor) -> None:
    """Begun with two tasks, so that the board and its public page have something on them."""
    office.open("/desk/batches/new")
    office.fill("来文标题", "关于限期办结长期坚持任务的通知")
    office.fill("文号", "景整改组〔2026〕1号")
    office.choose("来文单位", "景澜市人民政府")
    office.fill("来文日期", "2026-03-02")
    office.fill("办结期限", "2026-06-30")
    office.tick("来文可以公开：公开页上列出任务、单位和进度")
    for place in (0, 1):
        office.group("要求销号的任务").get_by_role("checkbox").nth(place).check()
    office.press("录入")
    office.sees("景整改组〔2026〕1号")


def _batch_for_all(resident: Visitor) -> None:
    resident.open("/t/qh2025a-1")
    resident.click(resident.page.get_by_role("link", name=re.compile("关于限期办结长期坚持任务的通知")).first)


def _token_made(office: Visitor) -> None:
    office.open("/me/tokens/new")
    office.fill("给哪个系统用", "局里的台账系统")
    office.tick("读任务、案卷、疑点和登记")
    office.tick("报进展、答复调度和疑点、存草稿")
    office.press("发令牌")
    office.sees("令牌只显示这一次")


PETITIONS = "/desk/petitions"
CASEWORK = (
    Scene("calls", "周敏", at("/desk/calls")),
    Scene("call", "周敏", to("/desk/calls", "2026年2月整改进展调度")),
    Scene("call-new", "周敏", at("/desk/calls/new")),
    Scene("call-new-errors", "周敏", empty("/desk/calls/new", "发调度")),
    Scene("call-to-answer", "田禾", to("/desk/calls", "2026年2月整改进展调度")),
    Scene("orders", "计星河", at("/desk/orders")),
    Scene("press", "计星河", at("/desk/t/qh2025a-11/press")),
    Scene("petitions", "周敏", at(PETITIONS)),
    Scene("petition", "周敏", to(PETITIONS, "石桥断面河水发黑")),
    Scene("petition-new", "周敏", at("/desk/petitions/new")),
    Scene("petition-new-errors", "周敏", empty("/desk/petitions/new", "登记")),
    Scene("petitions-import", "周敏", at("/desk/petitions/import")),
    Scene("import", "周敏", at("/desk/import")),
    Scene("import-ledger", "周敏", to("/desk/import", "自查问题整改台账")),
    Scene("import-errors", "周敏", empty("/desk/import", "读台账")),
    Scene("batch-new", "边晴", at("/desk/batches/new")),
    Scene("batch-new-errors", "边晴", empty("/desk/batches/new", "录入")),
    Scene("batch", "边晴", _batch_begun),
    Scene("batches", "边晴", at("/desk/batches")),
    Scene("batch-public", "", _batch_for_all),
    Scene("calendar", "周敏", at("/desk/calendar")),
    Scene("calendar-year", "周敏", at("/desk/calendar/2026")),
    Scene("findings-room", "周敏", at("/desk/findings")),
    Scene("findings-outcomes", "周敏", at("/desk/findings/outcomes")),
    Scene("registers", "骆芳", at("/desk/registers")),
    Scene("numbers", "骆芳", at("/desk/registers/numbers")),
    Scene("rhythms", "骆芳", at("/desk/registers/rhythms")),
    Scene("register-import", "骆芳", at("/desk/t/qh2025a-2/register/import?type=meeting")),
    Scene("paper", "骆芳", at("/desk/t/qh2025a-2/paper")),
    Scene("plan-versions", "骆芳", at("/desk/t/qh2025a-2/plan/versions")),
    Scene("standard", "周敏", at("/desk/t/qh2025a-11/standard")),
    Scene("shares", "周敏", at("/desk/t/qh2025b-3/shares")),
    Scene("sample", "祝予安", at("/desk/t/qh2025a-9/sample")),
    Scene("units", "路遥知", at("/desk/units")),
    Scene("unit", "路遥知", at("/desk/units/org-park")),
    Scene("unit-edit", "路遥知", at("/desk/units/org-park/edit")),
    Scene("unit-new-errors", "路遥知", empty("/desk/units/new", "登记单位")),
    Scene("unit-dissolve", "路遥知", at("/desk/units/org-park/dissolve")),
    Scene("post-new", "路遥知", at("/desk/units/org-park/new-post")),
    Scene("hand-over", "路遥知", at("/desk/posts/post-park-1/hand-over")),
    Scene("deputy", "路遥知", at("/desk/posts/post-park-1/deputy")),
    Scene("roles", "虞清扬", at("/desk/roles")),
    Scene("list-report", "周敏", at("/desk/reports/qh2025a")),
    Scene("list-report-errors", "周敏", empty("/desk/reports/qh2025a", "按现在的案卷再出一版")),
    Scene("countersigns", "方敬", at("/desk/countersigns")),
    Scene("countersign", "方敬", to("/desk/countersigns", "整改落实情况报告")),
    Scene("countersign-new", "骆芳", at("/desk/t/qh2025a-2/countersign/paper")),
    Scene("countersign-new-errors", "骆芳", empty("/desk/t/qh2025a-2/countersign/paper", "送会签")),
    Scene("petitions-public", "", at("/petitions")),
    Scene("find", "周敏", at("/desk/find?q=整改")),
    Scene("find-nothing", "周敏", at("/desk/find?q=没有的东西")),
    Scene("board", "周敏", at("/desk/board")),
    Scene("board-city", "温若川", at("/desk/board/city")),
    Scene("supervision", "计星河", at("/desk/supervision")),
    Scene("supervision-new", "计星河", at("/desk/supervision/new")),
    Scene("site-new", "计星河", at("/desk/site/new")),
    Scene("guidance", "计星河", at("/desk/t/qh2025a-11/guidance")),
    Scene("visits", "沈启明", at("/desk/visits")),
    Scene("inspections", "周敏", at("/desk/inspections")),
    Scene("links", "周敏", at("/desk/t/qh2025a-5/links")),
    Scene("accounts", "路遥知", at("/desk/accounts")),
    Scene("access-log", "钟离序", at("/desk/access-log")),
    Scene("token-new", "周敏", at("/me/tokens/new")),
    Scene("token-new-errors", "周敏", empty("/me/tokens/new", "发令牌")),
    Scene("token-made", "周敏", _token_made),
    Scene("my-account", "周敏", at("/me")),
    Scene("tokens", "虞清扬", at("/desk/tokens")),
    Scene("findings-room-english", "周敏", at("/en/desk/findings")),
    Scene("calls-english", "周敏", at("/en/desk/calls")),
    Scene("petitions-big", "周敏", at("/big/desk/petitions")),
)
