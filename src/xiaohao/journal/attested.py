"""A checkpoint as a reader may believe it: signed by a log of the policy, and seen by these witnesses at these times."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.journal.checkpoint import Checkpoint, parse_checkpoint
from xiaohao.journal.cosignature import unpack_cosignature
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.note import open_note
from xiaohao.journal.policy import NONE, Policy
from xiaohao.kernel.said import say


@dataclass(frozen=True, slots=True)
class Attested:
    """`checkpoint` is the log's word; `cosigned` holds (witness name of the policy, POSIX seconds), earliest first;
    `witnessed` says that they are enough, and `witnessed_at` since when they were (None when they are not)."""

    checkpoint: Checkpoint
    cosigned: tuple[tuple[str, int], ...]
    witnessed_at: int | None

    @property
    def witnessed(self) -> bool:
        return self.witnessed_at is not None


def attest(note: bytes, policy: Policy) -> Attested:
    """Open a checkpoint under `policy`. Raises Invalid when no log of the policy signed it, when the log signs for another origin,
    or when a known key's line does not hold. Too few witnesses is not invalid; it is `witnessed` False (always so for `quorum none`)."""
    logs = [known.key for known in policy.logs]
    names = {known.key: name for name, known in policy.witnesses.items()}
    opened = open_note(note, [*logs, *names])
    signers = {key.name for key, _ in opened.signed if key in logs}
    if not signers:
        raise Invalid(say("没有所信任的日志的签名"))
    checkpoint = parse_checkpoint(opened.text)
    if checkpoint.origin not in signers:
        raise Invalid(say("检查点写的日志是 {origin}，签名的却是 {signer}", origin=checkpoint.origin, signer="、".join(sorted(signers))))
    times: dict[str, int] = {}
    for key, field in opened.signed:
        if key in names:
            seconds, _ = unpack_cosignature(field)
            times[names[key]] = min(seconds, times.get(names[key], seconds))
    met_at = None if policy.quorum == NONE else policy.met_at(times)
    return Attested(checkpoint, tuple(sorted(times.items(), key=lambda item: (item[1], item[0]))), met_at)
