"""Words of petitions: truth, status, kinds of pollution, and rates as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xiaohao.evidence.petition_rates import Rates
from xiaohao.kernel.said import Said, say

TRUTH: Mapping[str, Said] = MappingProxyType(
    {"true": say("属实"), "basically_true": say("基本属实"), "partly_true": say("部分属实"), "untrue": say("不属实")}
)
STATUS: Mapping[str, Said] = MappingProxyType({"open": say("正在办理"), "stage_done": say("阶段性办结"), "done": say("已办结")})
#: Kinds that handling tables use; others are kept as they were written.
POLLUTION = ("水", "大气", "土壤", "噪音", "油烟", "扬尘", "固废", "垃圾", "生态", "畜禽养殖", "辐射", "其他")


def rate_words(rates: Rates) -> Said:
    """The strict and the loose rate, never one alone."""
    if not rates.total:
        return say("没有转办件")
    return say(
        "{total} 件：已办结 {done} 件（{strict}），加上阶段性办结 {stage} 件为 {loose}",
        total=rates.total,
        done=rates.done,
        strict=f"{rates.strict:.1%}",
        stage=rates.stage_done,
        loose=f"{rates.loose:.1%}",
    )
