from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaohao.publicity.receipt_code import parse_code, receipt_code

BITS = st.binary(min_size=16, max_size=16)


@given(BITS)
def test_a_code_finds_its_bytes_again_however_it_is_typed(bits: bytes):
    code = receipt_code(bits)
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4, 4, 4, 2]
    typed = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    full_width = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else "－" for sign in code)
    assert [parse_code(text) for text in (code, typed, f"  {code.replace('-', '')}\n", full_width)] == [bits] * 4


@given(BITS)
def test_a_code_has_no_signs_that_look_alike(bits: bytes):
    assert not set("ILOU") & set(receipt_code(bits))


def test_a_fixed_code_never_changes():
    assert receipt_code(bytes(range(16))) == "000G-40R4-0M30-E209-185G-R38E-1Z"


@pytest.mark.parametrize("text", ["", "7K3M", "*" * 26, receipt_code(bytes(16)) + "0", "编号" * 13, "0" * 100_000])
def test_what_is_no_code_finds_nothing(text: str):
    assert parse_code(text) is None


def test_most_slips_of_the_pen_are_told_from_a_code():
    code = receipt_code(bytes(range(16))).replace("-", "")
    slips = [code[:at] + sign + code[at + 1 :] for at in range(26) for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if sign != code[at]]
    caught = sum(parse_code(slip) is None for slip in slips)
    assert caught / len(slips) > 0.7


def test_a_code_is_made_of_sixteen_bytes():
    with pytest.raises(ValueError, match="16 bytes"):
        receipt_code(b"short")
