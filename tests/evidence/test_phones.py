"""Telephone numbers in the spellings of notices."""

from __future__ import annotations

import pytest

from xiaohao.evidence.phones import phones_in


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("联系电话:0953-5097025", "0953-5097025"), ("(0953)5097025", "0953-5097025"), ("监督电话：0953 509 7025", "0953-5097025"), ("０９５３—５０９７０２５", "0953-5097025"), ("电话139 0000 0000", "13900000000"),
        ("电话：5097025", "5097025"), ("举报热线：12369", "12369"), ("0551—66181732转802", "0551-66181732转802"), ("400-820-1234", "400-820-1234"), ("监督电话：0547-12369", "0547-12369"),
    ],
)  # fmt: skip
def test_a_number_comes_out_in_its_usual_spelling(words, number):
    assert [phone.number for phone in phones_in(words)] == [number]


@pytest.mark.parametrize("words", ["传真：0953-5097025", "12369", "邮编751100", "2021年1月6日", "D3SX202105280012"])
def test_fax_postcode_and_petition_numbers_are_none(words):
    assert phones_in(words) == ()


def test_a_mobile_is_told_from_an_office_telephone():
    assert [phone.mobile for phone in phones_in("024-87654321/13800138000")] == [False, True]
