"""The looks of every state: glyph, word and edge, in which colour comes last. The only place that maps a state to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Look:
    """`glyph` names a drawing of glyphs.py, `word` is what people read, `tone` is the CSS suffix (todo, run, ok, warn, bad, watch)."""

    glyph: str
    word: Any
    tone: str


#: Task.status (DOSSIER.md) first, then what is derived from it, then the states of measures, claims, gates, findings and proofs.
LOOKS = {
    "": Look("todo", _("已交办"), "todo"),
    "planned": Look("todo", _("已制定方案"), "todo"),
    "approved": Look("todo", _("方案已批"), "todo"),
    "in_progress": Look("run", _("整改中"), "run"),
    "claimed_done": Look("run", _("待验收"), "run"),
    "accepted": Look("check", _("已验收"), "run"),
    "reviewed": Look("check", _("已审核"), "run"),
    "assessed": Look("check", _("已评估"), "run"),
    "published": Look("pub", _("公示中"), "run"),
    "closed": Look("ring", _("已销号，观察中"), "watch"),
    "watch": Look("ring", _("已销号，观察中"), "watch"),
    "confirmed": Look("check", _("观察期满"), "ok"),
    "reopened": Look("back", _("重新整改"), "bad"),
    "sent_back": Look("back", _("退回，没有重新申请"), "bad"),
    "relapsed": Look("back", _("反弹"), "bad"),
    "suspended": Look("pause", _("因异议暂停"), "bad"),
    "refused": Look("stop", _("被拒绝"), "bad"),
    "carried_in": Look("dash", _("原已销号，本系统未核"), "todo"),
    "over_time": Look("warn", _("逾期"), "bad"),
    "window_ended": Look("pub", _("公示已结束"), "todo"),
    "window_coming": Look("clock", _("公示未开始"), "todo"),
    # coverage of a measure, in the order of the matrix
    "yes": Look("check", _("已答"), "ok"),
    "partly": Look("half", _("部分答"), "warn"),
    "no": Look("gap", _("未答"), "bad"),
    "withdrawn": Look("dash", _("已撤回"), "todo"),
    "elsewhere": Look("dash", _("由其他单位答"), "todo"),
    # cells of the matrix
    "done": Look("check", _("已完成"), "ok"),
    "late": Look("half", _("完成，晚了"), "warn"),
    "ongoing": Look("ring", _("持续中"), "watch"),
    "lacking": Look("gap", _("缺"), "bad"),
    "not_needed": Look("dash", _("不需要"), "todo"),
    # goals
    "reached": Look("check", _("达到"), "ok"),
    "not_reached": Look("gap", _("未达到"), "bad"),
    "over_target": Look("over", _("超目标"), "warn"),
    "over_limit": Look("warn", _("超限"), "bad"),
    "no_figure": Look("dash", _("没有数值目标"), "todo"),
    "unmeasured": Look("dash", _("无法核验"), "todo"),
    # claims
    "backed": Look("check", _("有据"), "ok"),
    "thin": Look("half", _("证据不足"), "warn"),
    "unbacked": Look("gap", _("无据"), "bad"),
    "not_checkable": Look("dash", _("无法核验"), "todo"),
    # units that countersign
    "signed": Look("check", _("已签"), "ok"),
    "declined": Look("back", _("不同意"), "bad"),
    "to_sign": Look("todo", _("待签"), "todo"),
    "not_yet": Look("dash", _("还没轮到"), "todo"),
    # gates
    "met": Look("check", _("已满足"), "ok"),
    "unmet": Look("gap", _("未满足"), "bad"),
    # findings
    "block": Look("lock", _("答复并判断前不能往下走"), "bad"),
    "warn": Look("flag", _("审核前须答复"), "warn"),
    "note": Look("note", _("供审核人参考"), "todo"),
    # objections
    "received": Look("check", _("已收到"), "run"),
    "admitted": Look("run", _("已受理，核查中"), "run"),
    "inadmissible": Look("stop", _("不受理"), "bad"),
    "upheld": Look("back", _("成立，已退回"), "bad"),
    "not_upheld": Look("check", _("不成立，已答复"), "ok"),
    "overdue": Look("warn", _("已超期"), "bad"),
    # proofs
    "logged": Look("clock", _("已入日志"), "warn"),
    "waiting": Look("clock", _("待见证"), "warn"),
    "witnessed": Look("seal", _("上级已见证"), "ok"),
    "genuine": Look("check", _("是真的，没有被改过"), "ok"),
    "differs": Look("gap", _("不一致"), "bad"),
    "unknown": Look("stop", _("查不到"), "bad"),
}


def look(state: str) -> Look:
    """How `state` looks. Raises KeyError for a state nobody has drawn: a page must not print a bare English word."""
    return LOOKS[state]
