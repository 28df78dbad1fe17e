"""Receipts and commitments: what was promised can be shown, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.story import CITY, OBJECTED, OBJECTION, RECEIPT, SALT, SIGNER
from tests.journal.trees import flipped
from xiaohao.journal.checkpoint import parse_checkpoint
from xiaohao.journal.commitment import check_commitment, commit
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.note import sign_note
from xiaohao.journal.receipt import COMMITTED_AS, ObjectionReceipt, open_receipt, parse_receipt, sign_receipt
from xiaohao.journal.signer import Signer

NOTE = sign_receipt(RECEIPT, SIGNER)


def test_a_receipt_reads_back_as_it_was_signed() -> None:
    assert open_receipt(NOTE, [SIGNER.key]) == RECEIPT
    assert RECEIPT.due_at == RECEIPT.at + timedelta(hours=24)


@settings(deadline=None, max_examples=200)
@given(flipped(NOTE))
def test_no_receipt_with_a_changed_bit_is_accepted(changed: bytes) -> None:
    with pytest.raises(Invalid):
        open_receipt(changed, [SIGNER.key])


def test_a_receipt_signed_by_another_is_refused() -> None:
    other = Signer("log.other.example", b"\x55" * 32)
    with pytest.raises(ValueError, match="does not sign for"):
        sign_receipt(RECEIPT, other)
    with pytest.raises(Invalid):
        open_receipt(NOTE, [other.key, CITY.key])
    with pytest.raises(Invalid, match="签名的却是"):
        open_receipt(sign_note(RECEIPT.text(), other), [other.key])


def test_a_receipt_can_never_be_taken_for_a_checkpoint() -> None:
    with pytest.raises(Invalid):
        parse_checkpoint(RECEIPT.text())


@pytest.mark.parametrize(
    "receipt",
    [
        replace(RECEIPT, id=""),
        replace(RECEIPT, id="a b"),
        replace(RECEIPT, task=""),
        replace(RECEIPT, task="a\nlog b"),
        replace(RECEIPT, commitment="abc"),
        replace(RECEIPT, promise_hours=0),
    ],
)
def test_a_receipt_that_could_be_misread_is_not_signed(receipt: ObjectionReceipt) -> None:
    with pytest.raises(Invalid):
        sign_receipt(receipt, SIGNER)


@pytest.mark.parametrize(
    "change", [("task ", "tasks "), ("promise 24\n", ""), ("promise 24\n", "promise 24\nmore 1\n"), ("receipt/1", "receipt/2")]
)
def test_a_receipt_of_another_form_is_refused(change: tuple[str, str]) -> None:
    with pytest.raises(Invalid):
        parse_receipt(RECEIPT.text().replace(*change))


@given(st.binary(max_size=100), st.binary(min_size=32, max_size=32), st.sampled_from(["objection", "file/1"]))
def test_a_commitment_fits_its_own_content_salt_and_name_only(content: bytes, salt: bytes, name: str) -> None:
    digest = commit(name, salt, content)
    check_commitment(digest, name=name, salt=salt, content=content)
    for given_ in ({"content": content + b"x"}, {"salt": bytes(32) if any(salt) else b"\x01" * 32}, {"name": name + "x"}, {"salt": b""}):
        with pytest.raises(Invalid):
            check_commitment(digest, **{"name": name, "salt": salt, "content": content, **given_})  # type: ignore[arg-type]


def test_the_parts_of_a_commitment_cannot_slide_into_each_other() -> None:
    assert commit("a", SALT, b"bc") != commit("ab", SALT, b"c")
    for name, salt in (("a\nb", SALT), ("", SALT), ("a", SALT[:31])):
        with pytest.raises(ValueError, match="commitment"):
            commit(name, salt, b"")


def test_the_story_commits_to_the_objection() -> None:
    check_commitment(OBJECTED, name=COMMITTED_AS, salt=SALT, content=OBJECTION)
