"""The field's words for how far a measure is (INSTITUTION.md, progress words), one word of code for each."""

from __future__ import annotations

from xiaohao.kernel.said import Said, say

CALL_STATUS: dict[str, Said] = {
    "under_way": say("正在推进"),
    "on_schedule": say("达到序时进度"),
    "behind": say("未达到序时进度"),
    "mostly_done": say("基本完成"),
    "done": say("已完成"),
    "done_and_kept": say("已完成并长期坚持"),
}
