"""The witness rule: every answer of the protocol, and what a log makes of it."""

from __future__ import annotations

import pytest

from tests.journal.story import CITY, ENTRIES, ORIGIN, PROVINCE, SIGNER, note_of
from xiaohao.journal.attested import attest
from xiaohao.journal.checkpoint import Checkpoint, sign_checkpoint
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.note import signature_of, split_note
from xiaohao.journal.policy import policy_of
from xiaohao.journal.proof import consistency_proof, hashes_of, tree_root
from xiaohao.journal.signer import Signer
from xiaohao.journal.submission import Behind, Cosigned, ForkAlarm, NoAnswer, read_answer, request_body, with_lines
from xiaohao.journal.witness import NEVER, SIZE, Answer, Seen, add_checkpoint

HASHES = hashes_of([leaf_hash(entry) for entry in ENTRIES])
FORK = (b"another", *ENTRIES[1:])
SEEN = Seen(5, tree_root(5, HASHES), note_of(5, None))


def ask(body: bytes, seen: Seen = SEEN) -> Answer:
    return add_checkpoint(body, logs={ORIGIN: [SIGNER.key]}, last=lambda _origin: seen, cosigners=[CITY, PROVINCE], seconds=1_772_500_000)


def body(old: int, new: int, *, note: bytes | None = None, proof: tuple[bytes, ...] | None = None) -> bytes:
    return request_body(old, consistency_proof(min(old, new), new, HASHES) if proof is None else proof, note or note_of(new, None))


def test_a_tree_that_follows_is_signed_and_becomes_the_new_state() -> None:
    answer = ask(body(5, 9))
    assert (answer.status, answer.content_type, answer.evidence) == (200, "text/plain; charset=utf-8", False)
    assert answer.seen
    assert (answer.seen.size, answer.seen.root) == (9, tree_root(9, HASHES))
    attested = attest(answer.seen.note, policy_of([SIGNER.key], [CITY.key, PROVINCE.key]))
    assert (attested.witnessed_at, attested.checkpoint.size) == (1_772_500_000, 9)
    assert answer.seen.note.endswith(answer.body)


def test_the_first_checkpoint_needs_no_proof_and_the_same_one_may_come_again() -> None:
    assert ask(body(0, 9), NEVER).status == 200
    assert ask(body(5, 5)).status == 200
    assert ask(body(0, 0), NEVER).status == 200


def test_lines_by_strangers_are_neither_believed_nor_kept() -> None:
    stranger = Signer("stranger.example", b"\x66" * 32)
    note = note_of(9, None)
    note += signature_of(stranger.key, stranger.sign(b"")).line().encode()
    answer = ask(body(5, 9, note=note))
    assert answer.seen
    assert [line.name for line in split_note(answer.seen.note).signatures] == [ORIGIN, CITY.name, PROVINCE.name]


@pytest.mark.parametrize(
    "request_",
    [
        b"",
        b"old 5\n",
        b"old 5\n\nnonsense",
        b"old 05\n\n" + note_of(9, None),
        b"OLD 5\n\n" + note_of(9, None),
        b"old 5\nAAAA\n\n" + note_of(9, None),
        "old 五\n\n".encode() + note_of(9, None),
        request_body(5, [b"\x00" * 32] * 64, note_of(9, None)),
        b"old 5\n\n" + note_of(9, None) + b"x" * 16384,
        body(10, 9),
    ],
)
def test_what_cannot_be_read_is_answered_400(request_: bytes) -> None:
    answer = ask(request_)
    assert (answer.status, answer.seen, answer.evidence) == (400, None, False)


def test_an_unknown_log_is_answered_404() -> None:
    other = Signer("log.other.example", b"\x55" * 32)
    note = sign_checkpoint(Checkpoint(other.name, 0, NEVER.root), other)
    assert ask(request_body(0, (), note)).status == 404


def test_a_missing_or_broken_signature_is_answered_403() -> None:
    text = split_note(note_of(9, None)).text.encode()
    stranger = Signer("stranger.example", b"\x66" * 32)
    for line in (signature_of(stranger.key, stranger.sign(text)), signature_of(SIGNER.key, b"\x00" * 64)):
        assert ask(body(5, 9, note=text + b"\n" + line.line().encode())).status == 403


@pytest.mark.parametrize("old", [0, 4, 6])
def test_another_size_than_the_last_is_answered_409_with_the_size(old: int) -> None:
    answer = ask(body(old, 9))
    assert (answer.status, answer.body, answer.content_type, answer.seen) == (409, b"5\n", SIZE, None)


def test_a_tree_that_does_not_follow_is_answered_422_and_kept_as_evidence() -> None:
    proof = consistency_proof(5, 9, HASHES)
    empty_with_root = sign_checkpoint(Checkpoint(ORIGIN, 0, b"\x01" * 32), SIGNER)
    forks = [
        (body(5, 9, note=note_of(9, None, FORK)), SEEN),
        (body(5, 5, note=note_of(5, None, FORK)), SEEN),
        (body(5, 5, proof=proof), SEEN),
        (body(5, 9, proof=proof[:-1]), SEEN),
        (body(5, 9, proof=()), SEEN),
        (body(0, 9, proof=proof), NEVER),
        (request_body(0, (), empty_with_root), NEVER),
    ]
    for request, seen in forks:
        answer = ask(request, seen)
        assert (answer.status, answer.seen, answer.evidence) == (422, None, True)


NOTE = note_of(9, None)


def read(answer: Answer) -> object:
    return read_answer(status=answer.status, content_type=answer.content_type, body=answer.body, note=NOTE, keys=[CITY.key])


def test_the_log_takes_the_lines_of_the_witnesses_it_knows() -> None:
    outcome = read(ask(body(5, 9)))
    assert isinstance(outcome, Cosigned)
    assert [line.name for line in split_note(NOTE + outcome.lines).signatures] == [ORIGIN, CITY.name]


def test_the_log_begins_again_from_the_size_that_the_witness_names() -> None:
    assert read(ask(body(0, 9))) == Behind(5)


def test_a_refusal_for_another_history_is_an_alarm_and_never_tried_again() -> None:
    assert isinstance(read(ask(body(5, 9, note=note_of(9, None, FORK)))), ForkAlarm)
    # A deployed witness says 409 without a size to an equal size with another root.
    assert isinstance(read(Answer(409, b"conflict\n")), ForkAlarm)


@pytest.mark.parametrize("answer", [Answer(429), Answer(503, b"x"), Answer(200, b"<html>"), Answer(200, b""), Answer(409, b"many\n", SIZE)])
def test_anything_else_is_no_answer(answer: Answer) -> None:
    assert read(answer) == NoAnswer(answer.status)


def test_lines_over_another_checkpoint_are_no_answer() -> None:
    text = split_note(note_of(8, None)).text.encode()
    assert read(Answer(200, signature_of(CITY.key, CITY.cosign(text, 1)).line().encode())) == NoAnswer(200)


def test_a_line_is_added_once() -> None:
    line = signature_of(CITY.key, CITY.cosign(b"text", 1)).line().encode()
    assert with_lines(with_lines(NOTE, line + line), line) == NOTE + line
    with pytest.raises(Invalid):
        with_lines(NOTE, b"nonsense\n")
