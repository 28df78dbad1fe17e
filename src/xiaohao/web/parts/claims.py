"""The claim view: each sentence of a statement tied to the records that bear it out, or to the gap where there are none."""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.web.parts.link import Link

#: State of a claim -> CSS class of its line.
_TONES = {"backed": "full", "thin": "half", "unbacked": "none", "not_checkable": "vague"}


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """`before`, `marked` and `after` together are the sentence as written; `state` is backed, thin, unbacked or not_checkable,
    `words` replaces the state's word (说 12 次，记录 9 次), `facts` are lines about the records, `ways` the ways out of a gap."""

    marked: str
    state: str
    before: str = ""
    after: str = ""
    words: str = ""
    facts: tuple[str, ...] = ()
    records: tuple[Link, ...] = ()
    ways: tuple[Link, ...] = ()

    @property
    def tone(self) -> str:
        return _TONES[self.state]
