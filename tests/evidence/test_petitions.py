"""Numbers of petitions are read, rates come in pairs, and who complained is blotted out."""

from __future__ import annotations

from datetime import date

import pytest

from xiaohao.evidence.petition_number import PetitionNumber, bare_number, read_petition_number
from xiaohao.evidence.petition_rates import rates_of
from xiaohao.evidence.petitioner import says_who, without_petitioner


def test_a_number_tells_channel_round_province_day_serial_and_key() -> None:
    assert read_petition_number("D3SX202505280018") == PetitionNumber("phone", 3, "SX", date(2025, 5, 28), 18, False)
    assert read_petition_number(" *x3sx202506010011 ") == PetitionNumber("letter", 3, "SX", date(2025, 6, 1), 11, True)


@pytest.mark.parametrize("text", ["2025-0018", "D3SX202513280018", "D3SX20250528001", "", "E3SX202505280018"])
def test_a_plain_number_stays_plain(text: str) -> None:
    assert read_petition_number(text) is None


def test_numbers_are_compared_without_stars_spaces_and_width() -> None:
    assert bare_number("*Ｄ3sx 202505280018") == "D3SX202505280018"


def test_rates_come_in_pairs() -> None:
    rates = rates_of(["done", "stage_done", "open", "done"])
    assert (rates.strict, rates.loose, rates.open) == (0.5, 0.75, 1)
    assert rates_of([]).strict is None


@pytest.mark.parametrize(
    "said",
    [
        "举报人贺兰亭来电反映石桥排污口夜间排黑水，联系电话13900001234。",
        "投诉人：贺兰亭，身份证11010519491231002X，称石桥有异味",
        "姓名：贺兰亭 反映人（贺兰亭）139-0000-1234 说河水发黑",
        "信访人贺兰亭反映，可致电0999-5551234",
    ],
)
def test_who_complained_is_blotted_out(said: str) -> None:
    kept = without_petitioner(said)
    for secret in ("贺兰亭", "13900001234", "139-0000-1234", "11010519491231002X", "5551234"):
        assert secret not in kept
    assert "石桥" in kept or "河水" in kept or "反映" in kept


def test_what_is_no_name_stays() -> None:
    assert without_petitioner("举报人多次反映，投诉人要求停产") == "举报人多次反映，投诉人要求停产"


def test_columns_that_say_who_are_known() -> None:
    assert all(says_who(name) for name in ("举报人", "投诉人姓名", "联系电话", "来电人", "身份证号", "姓名"))
    assert not any(says_who(name) for name in ("受理编号", "责任单位", "办结情况", "污染类型", "所在地", "联系单位"))
