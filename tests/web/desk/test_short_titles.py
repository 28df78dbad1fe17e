"""The name of a task to begin with: its first clause, without who found it."""

from __future__ import annotations

import pytest

from xiaohao.web.desk.pages.source import _short


@pytest.mark.parametrize(
    ("problem", "name"),
    [
        ("督察反馈指出：清沅河氨氮超标，群众反映强烈。", "清沅河氨氮超标"),
        ("省第三轮督察发现，料场扬尘严重。", "料场扬尘严重"),
        ("青阜镇生活污水直排清沅河，石桥断面超标。", "青阜镇生活污水直排清沅河"),
        ("督察整改不到位，问题反复。", "督察整改不到位"),
    ],
)
def test_who_found_it_is_no_part_of_the_name(problem, name):
    assert _short(problem) == name
