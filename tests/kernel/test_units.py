"""Units in the spellings of official texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.kernel.units import UnitsDiffer, comparable, convert, read_unit


@pytest.mark.parametrize(
    ("value", "given_unit", "wanted", "result"),
    [
        (2250, "ug/L", "mg/L", 2.25),
        (1.5, "毫克/升", "mg/L", 1.5),
        (1.5, "mg/L", "微克/升", 1500),
        (229, "微克／立方米", "mg/m3", 0.229),
        (229, "µg/m³", "ug/m3", 229),
        (2.4, "公里", "m", 2400),
        (15, "亩", "ha", 1),
        (1, "平方公里", "㎡", 1e6),
        (3, "万吨/日", "t/d", 30000),
        (1.2, "万立方米", "m3", 12000),
        (386, "万元", "元", 3_860_000),
        (10, "斤", "kg", 5),
        (61, "％", "%", 61),
        (23, "余次", "次", 23),
    ],
)
def test_a_value_keeps_its_size_when_its_unit_is_written_otherwise(value, given_unit, wanted, result):
    assert convert(value, given_unit, wanted) == pytest.approx(result)


@pytest.mark.parametrize(("one", "other"), [("mg/L", "mg/m3"), ("套", "台"), ("t", "t/d"), ("m", "m2"), ("个", "%")])
def test_different_kinds_of_units_are_never_compared(one, other):
    assert not comparable(one, other)
    with pytest.raises(UnitsDiffer) as refusal:
        convert(1, one, other)
    assert str(refusal.value) == f"{one} 与 {other} 不是同一类单位"


def test_an_unknown_word_counts_itself():
    assert comparable("眼", "眼")
    assert convert(7, "眼", "眼") == 7


def test_a_unit_is_a_word():
    with pytest.raises(ValueError, match="a unit is a word"):
        read_unit("　")


LENGTHS = st.sampled_from(["m", "km", "米", "公里", "厘米", "毫米", "万米"])


@given(st.floats(min_value=1e-3, max_value=1e6), LENGTHS, LENGTHS)
def test_converting_there_and_back_changes_nothing(value, one, other):
    assert convert(convert(value, one, other), other, one) == pytest.approx(value)
