"""Being a witness: the rule of journal.witness, with the state of each log kept in an anchor file of its own and swapped in one step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.journal.signer import Cosigner
from xiaohao.journal.witness import Answer, Logs, Seen, add_checkpoint, parse_request
from xiaohao.records.anchor import Anchor, AnchorMoved


def answer_witness(body: bytes, *, logs: Logs, cosigned: Anchor, cosigners: Iterable[Cosigner], at: datetime) -> Answer:
    """Answer `POST add-checkpoint`. `cosigned` holds what was last signed for each of `logs` (each begun there once). Two requests at once:
    one is stored, the other is judged again by what then stands there, so that a smaller tree never replaces a larger one."""
    signers = tuple(cosigners)

    def last(origin: str) -> Seen:
        signed = cosigned.last(origin)
        return Seen(signed.size, signed.root, signed.note)

    while True:
        answer = add_checkpoint(body, logs=logs, last=last, cosigners=signers, seconds=int(at.timestamp()))
        if answer.seen is None or answer.origin is None:
            return answer
        request = parse_request(body)
        try:
            _store(answer.origin, answer.seen, request.old, request.proof, cosigned)
        except AnchorMoved:
            continue
        return answer


def _store(origin: str, seen: Seen, old: int, proof: tuple[bytes, ...], cosigned: Anchor) -> None:
    before = cosigned.last(origin)
    if before.size != old:
        raise AnchorMoved(origin)
    cosigned.advance(before, Checkpoint(origin, seen.size, seen.root), seen.note, proof)
