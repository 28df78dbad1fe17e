"""A refusal names every gate."""

from __future__ import annotations

from xiaohao.kernel.refused import Refused, Unmet


def test_a_refusal_holds_every_reason():
    unmet = tuple(Unmet(gate, fact, "规程", "补记录", "责任单位") for gate, fact in (("notice", "未公示"), ("objection", "有异议")))
    refused = Refused("close", unmet)
    assert refused.unmet == unmet
    assert str(refused) == "close: notice: 未公示; objection: 有异议"
