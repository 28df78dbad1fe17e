"""Codes of units."""

from __future__ import annotations

import pytest

from xiaohao.kernel.codes import is_credit_code, is_region_code

#: Made for this test from the body 11100000MB0000000, whose weighted sum is worked out by hand below.
BODY = "11100000MB0000000"


def test_the_check_character_is_the_one_of_the_standard():
    # weights 1 3 9 27 19 26 16 17 20 29 …; values 1 1 1 0 0 0 0 0 M=21 B=11: 1 + 3 + 9 + 21*20 + 11*29 = 752 = 24*31 + 8, so 31 - 8 = 23 = P
    assert is_credit_code(BODY + "P")
    assert [letter for letter in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(BODY + letter)] == ["P"]


@pytest.mark.parametrize("text", ["", BODY, BODY + "p", "1110O000MB0000000P", BODY.replace("MB", "BM") + "P", " " + BODY])
def test_what_is_not_a_credit_code(text):
    assert not is_credit_code(text)


@pytest.mark.parametrize(("text", "known"), [("640300", True), ("110105", True), ("990300", False), ("64030", False), ("64030０", False)])
def test_region_codes(text, known):
    assert is_region_code(text) is known
