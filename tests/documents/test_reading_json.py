"""A reading in the shape of the findings format."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema_rs
import pytest

from tests.documents.corpus.generate import corpus
from tests.documents.corpus.hand import HAND
from tests.shared import SHARED, needs_shared
from xiaohao.documents.notice import read_notice
from xiaohao.documents.reading_json import reading_json

AT = "2026-03-03T09:00:00+08:00"
SAMPLE = files("xiaohao.documents").joinpath("samples/qinghe-notice.txt").read_text("utf-8")


@needs_shared
def test_every_reading_keeps_to_the_published_schema():
    schema = json.loads((SHARED / "findings.schema.json").read_text("utf-8"))
    reading = jsonschema_rs.validator_for({**schema["properties"]["reading"], "$defs": schema["$defs"]})
    texts = [SAMPLE, *(text for _, text, _ in HAND), *(written.text for written in corpus(seed=5))]
    assert [str(error) for text in texts for error in reading.iter_errors(reading_json(read_notice(text, "n", at=AT)))] == []


def test_whole_numbers_are_written_whole_and_places_are_kept():
    value = reading_json(read_notice(SAMPLE, "sample", at=AT))
    meeting = next(claim for claim in value["claims"] if claim["kind"] == "meeting")
    assert (meeting["value"], meeting["x-since"], meeting["x-record_types"]) == (31, "2022", ["meeting"])
    start, end = value["fields"]["x-spans"]["contact_phone"]
    assert SAMPLE[start:end] == "0970-6620318"


@pytest.mark.parametrize("name", ["title", "issuer", "publicity_start", "deadline"])
def test_what_is_not_said_is_null(name):
    assert reading_json(read_notice("整改措施：清淤。", "n", at=AT))["fields"][name] is None
