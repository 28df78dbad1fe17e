"""The library of closure standards: what ships is whole, and a mistake in an office's copy is named, all of it."""

from __future__ import annotations

import pytest

from xiaohao.procedure.standards import StandardsRefused, packaged_standards, read_standards


def test_the_packaged_library_has_eight_classes_and_each_asks_for_something():
    library = packaged_standards()
    assert library.version == "2026-1"
    assert len(library.classes) == 8
    assert all(one.records for one in library.classes.values())


def test_every_mistake_is_named_at_once():
    text = """
version = "x"
title = "本地标准"
colour = 1
[classes.a]
title = "甲"
figure = 1
months = 99
photos = true
records = { sampling = 1, closure = 1 }
[classes.b]
title = "乙"
"""
    with pytest.raises(StandardsRefused) as refused:
        read_standards(text)
    assert refused.value.reasons == (
        "不认识“colour”",
        "a：figure 只能是 true 或 false",
        "a：months 应当是 0 到 24 的整数",
        "a：records 里的“closure”不是可以要求的登记",
        "b：应当正好有 figure、months、photos、records、title",
    )
