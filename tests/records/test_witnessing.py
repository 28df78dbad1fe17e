"""A witness under two requests at once: a smaller tree never takes the place of a larger one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest

from tests.records.journal_disk import BEGAN, SIGNER, numbered
from xiaohao.journal.checkpoint import Checkpoint, sign_checkpoint
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.proof import consistency_proof, hashes_of, tree_root
from xiaohao.journal.signer import Cosigner
from xiaohao.journal.submission import request_body
from xiaohao.journal.witness import Answer, Logs
from xiaohao.records import witnessing as module
from xiaohao.records.anchor import Anchor
from xiaohao.records.witnessing import answer_witness

CITY = Cosigner("witness.jinglan.example/w", b"\x22" * 32)
LOGS: Logs = {SIGNER.name: [SIGNER.key]}
HASHES = hashes_of([leaf_hash(entry) for entry in numbered(40)])


def request(old: int, new: int) -> bytes:
    note = sign_checkpoint(Checkpoint(SIGNER.name, new, tree_root(new, HASHES)), SIGNER)
    return request_body(old, consistency_proof(old, new, HASHES), note)


def cosigned(tmp_path: Path) -> Anchor:
    made = Anchor.create(tmp_path / "cosigned.db")
    made.begin(SIGNER.name, BEGAN)
    return made


def ask(anchor: Anchor, body: bytes, at: datetime = BEGAN) -> Answer:
    return answer_witness(body, logs=LOGS, cosigned=anchor, cosigners=[CITY], at=at)


def test_the_state_is_kept_from_one_request_to_the_next(tmp_path: Path) -> None:
    anchor = cosigned(tmp_path)
    assert [ask(anchor, request(0, 5)).status, ask(anchor, request(5, 9)).status, ask(anchor, request(5, 20)).status] == [200, 200, 409]
    assert anchor.last(SIGNER.name).size == 9
    assert CITY.name in anchor.last(SIGNER.name).note.decode()


def test_of_two_requests_that_read_the_same_state_one_is_signed_and_the_other_told_the_new_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anchor = cosigned(tmp_path)
    ask(anchor, request(0, 5))
    barrier = Barrier(2)
    plain = module.add_checkpoint

    def together(*args: object, **given: object) -> Answer:
        answer: Answer = plain(*args, **given)  # type: ignore[arg-type]
        if answer.status == 200:
            barrier.wait(timeout=10)  # both are found good before either is stored
        return answer

    monkeypatch.setattr(module, "add_checkpoint", together)
    for old, (small, large) in enumerate([(9, 20), (21, 22), (23, 40)]):
        base = anchor.last(SIGNER.name).size
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda new, base=base: ask(anchor, request(base, new)), (small, large)))  # type: ignore[misc]
        assert sorted(answer.status for answer in answers) == [200, 409], old
        stored = anchor.last(SIGNER.name).size
        assert stored == next(size for size, answer in zip((small, large), answers, strict=True) if answer.status == 200)
        assert next(answer.body for answer in answers if answer.status == 409) == b"%d\n" % stored
        if stored < large:
            monkeypatch.setattr(module, "add_checkpoint", plain)
            assert ask(anchor, request(stored, large)).status == 200
            monkeypatch.setattr(module, "add_checkpoint", together)


def test_a_request_that_was_judged_before_a_larger_one_was_stored_is_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anchor = cosigned(tmp_path)
    ask(anchor, request(0, 5))
    plain = module.add_checkpoint
    overtaking = [request(5, 20)]

    def slowly(*args: object, **given: object) -> Answer:
        answer: Answer = plain(*args, **given)  # type: ignore[arg-type]
        if overtaking:
            assert ask(anchor, overtaking.pop()).status == 200
        return answer

    monkeypatch.setattr(module, "add_checkpoint", slowly)
    answer = ask(anchor, request(5, 9))
    assert (answer.status, answer.body, anchor.last(SIGNER.name).size) == (409, b"20\n", 20)


def test_an_unreadable_request_changes_nothing(tmp_path: Path) -> None:
    anchor = cosigned(tmp_path)
    assert ask(anchor, b"nonsense").status == 400
    assert anchor.last(SIGNER.name).size == 0
