"""A batch: many commitments under one, each row of which can be shown alone and none forged."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal import story
from tests.journal.trees import flipped
from xiaohao.journal.batch import RowProof, batch_digest, batch_of, check_row, parse_row_proof, prove_row, write_row_proof
from xiaohao.journal.commitment import commit
from xiaohao.journal.entry import Commitment
from xiaohao.journal.invalid import Invalid

SIZES = st.integers(1, 200)


def _rows(size: int) -> list[Commitment]:
    return [Commitment(f"row/{n}", commit(f"row/{n}", _salt(n), b"%d" % n)) for n in range(size)]


def _salt(n: int) -> bytes:
    return sha256(b"salt %d" % n).digest()


def _proof(size: int, index: int) -> RowProof:
    digests = [row.digest for row in _rows(size)]
    return prove_row("batch/1", digests, index, name=f"row/{index}", salt=_salt(index), content=b"%d" % index)


@given(SIZES, st.data())
@settings(max_examples=60, deadline=None)
def test_every_row_of_a_batch_is_proved_and_the_proof_survives_its_file(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = _proof(size, index)
    assert parse_row_proof(write_row_proof(proof)) == proof
    check_row(proof, [batch_of("batch/1", _rows(size))])


@given(SIZES, st.data())
@settings(max_examples=60, deadline=None)
def test_no_changed_byte_of_a_proof_file_passes(size: int, data: st.DataObject) -> None:
    file = write_row_proof(_proof(size, data.draw(st.integers(0, size - 1))))
    changed = data.draw(flipped(file))
    with pytest.raises(Invalid):
        check_row(parse_row_proof(changed), [batch_of("batch/1", _rows(size))])


@pytest.mark.parametrize(
    "forged",
    [
        {"content": b"8"},
        {"name": "row/8"},
        {"index": 6},
        {"size": 13},
        {"batch": "batch/2"},
        {"root": bytes(32)},
        {"hashes": ()},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_a_proof_with_another_field_is_refused(forged: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        check_row(replace(_proof(12, 7), **forged), [batch_of("batch/1", _rows(12))])


def test_the_order_and_the_number_of_the_rows_are_fixed_by_the_digest() -> None:
    digests = [row.digest for row in _rows(5)]
    assert len({batch_digest("batch/1", digests), batch_digest("batch/1", digests[::-1]), batch_digest("batch/1", digests[:4])}) == 3
    assert batch_digest("batch/2", digests) != batch_digest("batch/1", digests)


def test_content_that_was_never_committed_to_gets_no_proof() -> None:
    with pytest.raises(Invalid):
        prove_row("batch/1", [row.digest for row in _rows(3)], 1, name="row/1", salt=_salt(1), content=b"other")


def test_a_batch_can_be_recomputed_by_hand() -> None:
    one = sha256(b"\x00" + bytes.fromhex(story.BATCHED[0].digest)).digest()
    two = sha256(b"\x00" + bytes.fromhex(story.BATCHED[1].digest)).digest()
    three = sha256(b"\x00" + bytes.fromhex(story.BATCHED[2].digest)).digest()
    root = sha256(b"\x01" + sha256(b"\x01" + one + two).digest() + three).digest()
    assert story.IN_ENTRY.digest == sha256(b"xiaohao/b/1\nbatch/1\n3\n" + root).hexdigest()
