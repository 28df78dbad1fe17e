"""The public log as the pages need it: its checkpoint, who has seen it, and the badge of one entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from xiaohao.journal.attested import Attested, attest
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.keys import parse_vkey
from xiaohao.journal.policy import Policy, parse_policy, policy_of
from xiaohao.kernel.when import CST
from xiaohao.records.tiles import TileStore
from xiaohao.web.parts.journal import ProofBadge


@dataclass(frozen=True, slots=True)
class Log:
    """The published part of the log. `attested` is None before the first checkpoint, or when the one on disk does not hold."""

    tiles: TileStore
    policy: Policy | None
    attested: Attested | None

    @property
    def size(self) -> int:
        """Entries under the checkpoint."""
        return self.attested.checkpoint.size if self.attested else 0

    @property
    def witnesses(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.attested.cosigned) if self.attested else ()

    @property
    def witnessed_at(self) -> datetime | None:
        seconds = self.attested.witnessed_at if self.attested else None
        return datetime.fromtimestamp(seconds, CST) if seconds is not None else None

    def badge(self, index: int | None) -> ProofBadge | None:
        """The proof badge of an entry; None for what is not in the journal yet."""
        if index is None:
            return None
        state = "logged" if index >= self.size else "witnessed" if self.attested and self.attested.witnessed else "waiting"
        witness = "、".join(self.witnesses) if state == "witnessed" else ""
        return ProofBadge(index, state, witness, f"{reverse('verify')}?q={index}")


def public_log() -> Log:
    """The log of this installation as it lies on disk, believed only as far as its signatures hold."""
    tiles = TileStore(settings.JOURNAL_HOME / "public")
    policy, note = _policy(), tiles.checkpoint()
    try:
        attested = attest(note, policy) if note and policy else None
    except Invalid:
        attested = None
    return Log(tiles, policy, attested)


def vkey() -> str | None:
    """The log's public key as handbooks print it; None before `xiaohao init`."""
    try:
        return settings.JOURNAL_VKEY_FILE.read_text("utf-8").strip()
    except FileNotFoundError:
        return None


def _policy() -> Policy | None:
    """The office's list of trusted keys (`policy` beside the journal), or the log's own key and no witness."""
    written = settings.JOURNAL_HOME / "policy"
    if written.is_file():
        return parse_policy(written.read_bytes())
    own = vkey()
    return policy_of([parse_vkey(own)]) if own else None
