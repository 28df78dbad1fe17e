"""The reader on generated and hand-written fictional notices. The corpus is our own: it shows that nothing broke, not how well real notices are read."""

from __future__ import annotations

import pytest

from tests.documents.corpus.generate import corpus
from tests.documents.corpus.hand import HAND
from tests.documents.corpus.hand_held import HAND_HELD
from tests.documents.corpus.hand_more import HAND_MORE
from tests.documents.corpus.score import score
from tests.documents.scoring import f1, matched, quantities_found
from xiaohao.documents.notice import read_notice

AT = "2026-03-03T09:00:00+08:00"
BY_HAND = [*HAND, *HAND_MORE, *HAND_HELD]
ITEMS = ("goals", "measures", "completion_items")


@pytest.fixture(scope="module")
def generated():
    return score(corpus(seed=7))


@pytest.mark.parametrize("name", ["start", "end", "days", "working", "phone", "issued", "deadline"])
def test_dates_day_counts_and_telephones_are_exact(generated, name):
    assert generated.rate(name) >= 0.95


@pytest.mark.parametrize("name", ["address", "desk", "issuer", "number", "units"])
def test_parties_and_numbers_are_exact(generated, name):
    assert generated.rate(name) >= 0.95


@pytest.mark.parametrize("name", ["measures", "completion", "quantities", "answers"])
def test_items_quantities_and_answers_are_found(generated, name):
    assert generated.f1(name) >= 0.95


def test_no_window_is_read_shorter_than_it_is(generated):
    assert generated.false_alarms == 0


@pytest.mark.parametrize(("name", "text", "gold"), BY_HAND, ids=[name for name, _, _ in BY_HAND])
def test_a_notice_with_a_trap_is_read_right(name, text, gold):
    reading = read_notice(text, name, at=AT)
    fields = reading.fields
    for field, wanted in gold.items():
        if field == "answers":
            spans = reading.dossier.last_statement("task-1", "completion").spans
            assert {int(measure.removeprefix("measure-")) for span in spans for measure in span.measures} == wanted
            continue
        value = getattr(fields, field)
        if field in ITEMS:
            read = [item.text for item in value]
            assert (field, f1(matched(wanted, read), len(read), len(wanted))) == (field, 1.0)
        elif field == "quantities":
            read_pairs = [(round(amount.value, 4), amount.unit) for amount in value]
            assert (read_pairs, quantities_found(wanted, read_pairs)) == (wanted, len(wanted))
        else:
            assert (field, value) == (field, wanted)
