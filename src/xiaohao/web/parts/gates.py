"""The list of unmet gates: each with what is the case now, the basis, who can mend it, and the way there."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.kernel.refused import Unmet
from xiaohao.web.parts.link import Link


@dataclass(frozen=True, slots=True)
class GateLine:
    """An unmet gate with the link that leads to mending it (none where this reader cannot)."""

    unmet: Unmet
    link: Link | None = None
