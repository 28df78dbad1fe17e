"""Checkable facts: what could be looked up, and what only sounds good."""

from __future__ import annotations

import pytest

from xiaohao.evidence.facts import facts_in


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("高度重视，强力推进，取得明显成效。", []),
        ("进一步提高思想认识，压实责任，狠抓落实。", []),
        ("2023年8月建成截污干管2.4公里（青政发〔2022〕5号）。", ["date", "amount", "document"]),
        ("出水达到一级A标准。", ["result"]),
        ("制定《河道管护办法》。", ["document"]),
        ("在石桥断面设点。", ["place"]),
    ],
)
def test_a_fact_is_something_that_can_be_looked_up(sentence, kinds):
    assert [fact.kind for fact in facts_in(sentence)] == kinds


def test_what_only_repeats_the_plan_is_no_fact():
    assert facts_in("回填整平8公顷。", known="回填整平8公顷。") == ()
