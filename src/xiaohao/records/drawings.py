"""What a draw gives: its population from the row, the seed from the tiles, the rows by the rule of evidence.sampling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from xiaohao.evidence.sampling import RULE, drawn
from xiaohao.journal.proof import tree_root
from xiaohao.journal.tiles import TileHashes
from xiaohao.records.models import Commitment, Drawing
from xiaohao.records.proving import NotYetPublished, published_checkpoint
from xiaohao.records.tiles import TileStore


@dataclass(frozen=True, slots=True)
class Draw:
    """`entry` committed to the population; the seed is the `root` of the first entry + 1 entries. `rows` are drawn by claim."""

    drawing: Drawing
    entry: int
    root: bytes
    rows: Mapping[str, tuple[str, ...]]


def draw_of(drawing: Drawing, tiles: TileStore) -> Draw:
    """The draw, once a published checkpoint holds its entry. Raises NotYetPublished before that (a second or so)."""
    entry = Commitment.objects.filter(table="drawing", row=drawing.pk).values_list("entry_id", flat=True).get()
    size = entry + 1
    checkpoint, _note = published_checkpoint(tiles)
    if size > checkpoint.size:
        raise NotYetPublished(f"entry {entry} is not among the {checkpoint.size} published")
    root = tree_root(size, TileHashes(checkpoint.size, tiles.read))
    return Draw(drawing, entry, root, {claim: drawn(rows, root=root, claim=claim) for claim, rows in drawing.population.items()})


def drawn_now(drawing: Drawing) -> Draw | None:
    """The draw as this installation's published log gives it, None while its checkpoint is not out."""
    try:
        return draw_of(drawing, TileStore(settings.JOURNAL_HOME / "public"))
    except NotYetPublished:
        return None


def as_json(draw: Draw) -> dict[str, Any]:
    """Everything that `xiaohao sample` needs to repeat the draw; ids only, no names."""
    return {
        "rule": RULE,
        "drawing": draw.drawing.pk,
        "entry": draw.entry,
        "size": draw.entry + 1,
        "root": draw.root.hex(),
        "claims": [{"claim": key, "rows": rows, "drawn": list(draw.rows[key])} for key, rows in sorted(draw.drawing.population.items())],
    }
