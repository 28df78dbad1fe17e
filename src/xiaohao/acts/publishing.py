"""Bringing the public files of the journal up to its rows: tiles first, then the signed checkpoint that stands on them."""

from __future__ import annotations

from django.conf import settings

from xiaohao.acts.signing import log_signer
from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.records.anchor import Anchor
from xiaohao.records.integrate import integrate
from xiaohao.records.journal_rows import entries_from
from xiaohao.records.tiles import TileStore


def publish_journal() -> Checkpoint:
    """Integrate every entry that is not yet in the tiles and publish the checkpoint. Safe to repeat, and to be killed at any point.
    Raises what `integrate` raises when the database is older than the log it once signed."""
    return integrate(entries_from, public_tiles(), Anchor(settings.JOURNAL_HOME / "anchor.db"), log_signer())


def public_tiles() -> TileStore:
    """The journal's public files."""
    return TileStore(settings.JOURNAL_HOME / "public")
