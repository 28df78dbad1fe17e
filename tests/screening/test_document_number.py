"""Document numbers, however they are written."""

from __future__ import annotations

import pytest

from xiaohao.screening.document_number import DocumentNumber, numbers_in, read_number


@pytest.mark.parametrize(
    "text", ["青政办发〔2023〕9号", "青政办发[2023] 9号", "青政办发（2023）09号", "青政办发〔２０２３〕第9号", "青政办发2023年9号"]
)
def test_one_number_in_many_spellings(text):
    assert read_number(text) == DocumentNumber("青政办发", 2023, 9)


@pytest.mark.parametrize("text", [None, "", "青政办发", "〔2023〕9号文件之二", "2023年第9号"])
def test_what_is_no_number_is_none(text):
    assert read_number(text) is None


def test_numbers_are_found_in_a_sentence_with_their_place():
    text = "见测图青自然函〔2023〕46号和青水发[2022]7号。"
    found = list(numbers_in(text))
    assert [text[one.start : one.end] for one in found] == ["见测图青自然函〔2023〕46号", "和青水发[2022]7号"]
    assert found[0].names(DocumentNumber("青自然函", 2023, 46))
    assert not found[0].names(DocumentNumber("青自然函", 2022, 46))
