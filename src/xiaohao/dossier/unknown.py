"""Names that this version does not know, kept as they came and passed on when the bundle is written again (rule 7 of DOSSIER.md)."""

from __future__ import annotations

from typing import Any

#: (name, plain JSON value) in the order of the source.
Unknown = tuple[tuple[str, Any], ...]
