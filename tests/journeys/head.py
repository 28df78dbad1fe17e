"""The head of the responsible unit, who signs what the clerk has put together, and knows what that means."""

from __future__ import annotations

from tests.journeys.visitor import Visitor


def sign(head: Visitor, case: str) -> None:
    """Sign the application that waits, which is not to be had without opening the sampled records."""
    _to_what_waits(head, case)
    head.press("签批，申请验收")
    head.sees("抽查件还没有打开看过。请逐件打开后再签。")
    while (unread := head.page.locator("#samples li", has_text="还没打开")).count():
        head.click(unread.first.get_by_role("link"))
        _to_what_waits(head, case)
    head.tick("我看过上面 4 件事和抽查件")
    head.press("签批，申请验收")
    head.sees("已签批，申请验收。")


def _to_what_waits(head: Visitor, case: str) -> None:
    head.go_to("签批")
    head.click(head.page.get_by_role("link", name=case))
    head.sees("签批：")
