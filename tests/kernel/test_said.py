"""A sentence that remembers its pattern."""

from __future__ import annotations

import copy
import json

import pytest

from xiaohao.kernel.said import Said, say


def test_a_sentence_is_a_string_and_keeps_its_pattern():
    sentence = say("自报 {claimed} 次，登记 {found} 次。", claimed=23, found=5)
    assert sentence == "自报 23 次，登记 5 次。"
    assert isinstance(sentence, Said)
    assert sentence.pattern == "自报 {claimed} 次，登记 {found} 次。"
    assert sentence.values == {"claimed": 23, "found": 5}
    assert json.dumps(sentence, ensure_ascii=False) == '"自报 23 次，登记 5 次。"'


def test_a_missing_figure_is_an_error_at_once():
    with pytest.raises(KeyError):
        say("登记 {found} 次")


def test_a_copy_keeps_its_pattern():
    copied = copy.deepcopy({"words": say("还剩 {days} 天", days=3)})["words"]
    assert (copied, copied.pattern, copied.values) == ("还剩 3 天", "还剩 {days} 天", {"days": 3})
