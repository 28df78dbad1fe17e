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
    pieces: list[tuple[int, int, tuple[str, ...]]] = []
    for sentence in _SENTENCE.finditer(folded.text):
        names = _other_bodies(sentence.group().strip(), own_level)
        if pieces and pieces[-1][2] == names:
            pieces[-1] = (pieces[-1][0], sentence.end(), names)
        else:
            pieces.append((sentence.start(), sentence.end(), names))
    if len(pieces) <= 1 and (not pieces or not pieces[0][2]):
        return [Share(item.text, item.start, item.end, None)], parties
    return _shares(item, pieces, parties)


def _shares(item: ReadItem, pieces: list[tuple[int, int, tuple[str, ...]]], parties: Parties) -> tuple[list[Share], Parties]:
    shares: list[Share] = []
    plain = len(item.text) == item.end - item.start
    each = [(start, end, name) for start, end, names in sorted(pieces, key=lambda piece: bool(piece[2])) for name in names or (None,)]
    for start, end, name in each:
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


def _other_bodies(sentence: str, own: Level) -> tuple[str, ...]:
    """The bodies that the sentence gives a duty to, when they stand above the unit that reports (or are firms); () where it names none such."""
    found = _SUBJECT.match(sentence) or _BY.match(sentence)
    if not found:
        return ()
    first, *others = _BETWEEN.split(found["bodies"])
    names = (first, *(_with_place(other, first) for other in others))
    if not _is_above(first, own):
        return ()
    return tuple(dict.fromkeys(name for name in names if _is_above(name, own)))


#: Between two bodies, and not inside the name of one (工业和信息化局).
_BETWEEN = re.compile(r"(?<=[局委室组府办门会部司心队])[、和及]")
#: 市 of 市委督查室: a second body is of the same place.
_PLACE = re.compile(r"^.*?[省市县区旗州](?=委|党委|政府|人民政府)")


def _with_place(name: str, first: str) -> str:
    """政府督查室 after 市委督查室 is 市政府督查室: the place is said once and meant twice."""
    place = _PLACE.match(first)
    return place.group() + name if place and re.match(r"人民政府|政府|党委", name) else name


def _is_above(name: str, own: Level) -> bool:
    if GENERIC.search(name) or len(name) < 3:
        return False
    level = level_of(name)
    if level is Level.NONE or own is Level.NONE:
        return False
    return _ORDER.index(level) < _ORDER.index(own)
