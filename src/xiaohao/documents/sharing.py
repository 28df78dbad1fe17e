"""Measures that are partly another body's duty: "市委督查室、政府督查室要加大督促检查力度" inside a county's measure.

Such sentences are cut out as shares with an owner of their own: to be routed to that body, not to be blamed on the unit that reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiaohao.documents.bodies import level_of
from xiaohao.documents.fields import ReadItem
from xiaohao.documents.parties import GENERIC, Parties
from xiaohao.dossier.parties import Org
from xiaohao.evidence.folding import fold
from xiaohao.kernel.roles import Level


@dataclass(frozen=True, slots=True)
class Share:
    """A stretch of a measure in source offsets; `owner` is the unit whose duty it is, None for the task's own owner."""

    text: str
    start: int
    end: int
    owner: str | None


_BODY = r"[一-鿿“”（）]{1,30}?(?:局|厅|委|办公室|督查室|督察室|领导小组|政府|办|部门|管委会|纪委监委|组织部|公司|中心|分局|支队)"
_SUBJECT = re.compile(
    rf"(?P<bodies>{_BODY}(?:[、和及]{_BODY}){{0,5}})(?:等(?:相关|有关)?(?:部门|单位)?)?(?:要|应当?|须|必须|负责|牵头|会同)(?![^，。；]{{0,1}}求)"
)
_BY = re.compile(
    rf"^[^，。；]{{0,24}}?由(?P<bodies>{_BODY}(?:[、和及]{_BODY}){{0,5}})(?:等(?:相关|有关)?(?:部门|单位)?)?(?:负责|牵头|组织|开展|进行)"
)
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")


def shares_of(item: ReadItem, parties: Parties) -> tuple[list[Share], Parties]:
    """The measure in shares, its own first; one share when nobody else is named. New bodies are added to the parties."""
    folded = fold(item.text)
    own_level = _level_of_owner(parties)
    pieces: list[tuple[int, int, str | None]] = []
    for sentence in _SENTENCE.finditer(folded.text):
        name = _other_body(sentence.group().strip(), own_level)
        if pieces and pieces[-1][2] == name:
            pieces[-1] = (pieces[-1][0], sentence.end(), name)
        else:
            pieces.append((sentence.start(), sentence.end(), name))
    if len(pieces) <= 1 and (not pieces or pieces[0][2] is None):
        return [Share(item.text, item.start, item.end, None)], parties
    return _shares(item, pieces, parties)


def _shares(item: ReadItem, pieces: list[tuple[int, int, str | None]], parties: Parties) -> tuple[list[Share], Parties]:
    shares: list[Share] = []
    plain = len(item.text) == item.end - item.start
    for start, end, name in sorted(pieces, key=lambda piece: piece[2] is not None):
        owner = None
        if name:
            parties, owner = parties.with_body(name)
        own = next((share for share in shares if share.owner is None), None) if owner is None else None
        begin, stop = (item.start + start, item.start + end) if plain else (item.start, item.end)
        if own and plain:
            shares[shares.index(own)] = Share(own.text + item.text[start:end], own.start, own.end, None)
        else:
            shares.append(Share(item.text[start:end].strip(), begin, stop, owner))
    return shares, parties


def _level_of_owner(parties: Parties) -> Level:
    owner = next((org for org in parties.orgs if org.id == parties.roles["owner"]), None)
    return _level(owner)


def _level(org: Org | None) -> Level:
    return Level(org.level) if org else Level.NONE


_ORDER = list(Level)


def _other_body(sentence: str, own: Level) -> str | None:
    """The first body that the sentence gives a duty to, when it stands above the unit that reports (or is a firm); else None."""
    found = _SUBJECT.match(sentence) or _BY.match(sentence)
    if not found:
        return None
    name = re.split(r"[、和及]", found["bodies"])[0]
    if GENERIC.search(name) or len(name) < 3:
        return None
    level = level_of(name)
    if level is Level.NONE or own is Level.NONE:
        return None
    return name if _ORDER.index(level) < _ORDER.index(own) else None
