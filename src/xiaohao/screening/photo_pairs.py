"""Which photographs of a dossier are one negative: found once for all checks that ask, from the hashes and, where the files are there, from the pixels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.evidence.photo import BadPicture
from xiaohao.evidence.photo_keys import candidates
from xiaohao.evidence.photo_laid import AGREEING, Laid, agreeing, laid
from xiaohao.evidence.photo_marks import Marks, Seen, seen_in
from xiaohao.evidence.photo_patches import patches
from xiaohao.evidence.photo_same import Box, compared, is_one_negative
from xiaohao.kernel.arrays import np

#: Pairs looked at closely for each photograph: those whose marks agree best (of 240 copies among 2,040 drawn pictures 238 have the true one there).
#: Of few photographs every pair is looked at.
CLOSEST, FEW = 8, 40

#: Pictures to look at, by file id, and what was seen of each in their order (None: cannot be read). The edge may look at several at once.
Pictures = Iterable[tuple[str, Callable[[], bytes | None]]]
Look = Callable[[Pictures], Iterator[tuple[str, Seen | None]]]

_KEPT, _LOOKED_AT = "photographs", "photographs looked at"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two photographs of one negative. `same` the share of what lies under both that agrees; `overlap` the share of the second that was compared;
    `changed` boxes in pixels of the second; `seen` in pixels of the first: the part of it that the second shows, `shown` in pixels of the second:
    the part of it that shows the first (None: all, or identical files)."""

    one: File
    other: File
    same: float
    overlap: float = 1.0
    mirrored: bool = False
    turned: int = 0
    identical: bool = False
    changed: tuple[Box, ...] = ()
    seen: Box | None = None
    shown: Box | None = None


@dataclass(frozen=True, slots=True)
class Photographs:
    """The pairs; ids of photographs whose `absent` files or `broken` pictures could only be judged by their hash."""

    pairs: tuple[Pair, ...]
    absent: tuple[str, ...]
    broken: tuple[str, ...]


#: A function over many pieces of work, in their order: `map`, or one that spreads them over the cores.
Spread = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]


def look_at(ledger: Dossier, look: Look, spread: Spread = map) -> None:
    """Have the dossier's photographs looked at by the edge (in processes apart, several at once), and pairs compared the edge's way. Without this
    everything happens here, one after the other, and the same is found."""
    ledger.memory[_LOOKED_AT] = dict(look(_pictures(ledger))), spread


def photographs(ledger: Dossier) -> Photographs:
    """What is one negative among the photographs of a dossier. Found once: a dossier never changes."""
    kept: Photographs | None = ledger.memory.get(_KEPT)
    if kept is None:
        seen, spread = ledger.memory.pop(_LOOKED_AT, None) or (dict(_look(_pictures(ledger))), map)
        kept = _photographs(ledger, seen, spread)
        ledger.memory[_KEPT] = kept
    return kept


def keep(ledger: Dossier, seen: Mapping[str, Seen | None], near: Iterable[tuple[str, str]], whole: Callable[[str], Seen | None]) -> None:
    """Let `photographs` say what comes of these pairs of ids and of identical files. `seen` may lack the pictures themselves (marks from an
    index): `whole` then gives what was seen of one, picture and all."""
    photos = _photos(ledger)
    by_id = {file.id: file for file in photos}
    pairs = [(by_id[a], by_id[b]) for a, b in near if a in by_id and b in by_id]
    ledger.memory[_KEPT] = _found(photos, seen, pairs, whole, lambda id: ledger.content_of(id) is not None)


def _pictures(ledger: Dossier) -> Pictures:
    return ((file.id, partial(ledger.content_of, file.id)) for file in _photos(ledger))


def _look(pictures: Pictures) -> Iterator[tuple[str, Seen | None]]:
    for name, load in pictures:
        content = load()
        try:
            yield name, seen_in(content) if content is not None else None
        except BadPicture:
            yield name, None


def _photos(ledger: Dossier) -> list[File]:
    return sorted((file for file in ledger.files if file.kind == "photo"), key=lambda file: file.id)


def _photographs(ledger: Dossier, seen: Mapping[str, Seen | None], spread: Spread) -> Photographs:
    photos = _photos(ledger)
    readable = [file for file in photos if seen.get(file.id)]
    if len(readable) > FEW:
        near = candidates([one.marks for file in readable if (one := seen[file.id])], CLOSEST, spread)
    else:
        near = [(a, b) for b in range(len(readable)) for a in range(b)]
    pairs = [(readable[a], readable[b]) for a, b in sorted(near)]
    return _found(photos, seen, pairs, lambda id: seen[id], lambda id: ledger.content_of(id) is not None, spread)


def _found(
    photos: list[File],
    seen: Mapping[str, Seen | None],
    near: Iterable[tuple[File, File]],
    whole: Callable[[str], Seen | None],
    is_there: Callable[[str], bool],
    spread: Spread = map,
) -> Photographs:
    identical = list(_identical(photos))
    known = {(pair.one.id, pair.other.id) for pair in identical}
    place = {file.id: number for number, file in enumerate(photos)}
    wanted = [(place[a.id], place[b.id]) for a, b in near if (a.id, b.id) not in known and may_differ(a, b)]

    def compare(numbers: tuple[int, int]) -> Pair | None:
        a, b = (photos[number] for number in numbers)
        first, second = seen.get(a.id), seen.get(b.id)
        return _pair(a, b, first, second, whole) if first and second else None

    pairs = [pair for pair in spread(compare, wanted) if pair]
    blank = [file.id for file in photos if file.id in seen and seen[file.id] is None]
    broken = tuple(id for id in blank if is_there(id))
    return Photographs((*identical, *pairs), tuple(id for id in blank if id not in broken), broken)


def may_differ(one: File, other: File) -> bool:
    """Whether it would matter that the two are one negative: not where they are filed for one task, one phase and one day (a burst of one visit)."""
    return not (set(one.tasks) & set(other.tasks) and one.phase == other.phase and day(one) == day(other))


def day(file: File) -> str:
    """The day that a photograph is filed under: as claimed, else as taken; "" where neither is known."""
    return (file.claimed_at or file.captured_at or "")[:10]


def _identical(photos: Iterable[File]) -> Iterable[Pair]:
    by_hash: dict[str, list[File]] = defaultdict(list)
    for file in photos:
        by_hash[file.sha256].append(file)
    for files in by_hash.values():
        for n, other in enumerate(files[1:], 1):
            yield from (Pair(one, other, 1.0, identical=True) for one in files[:n] if may_differ(one, other))


def _pair(one: File, other: File, first: Seen, second: Seen, whole: Callable[[str], Seen | None]) -> Pair | None:
    """The pair with the larger view first: the second shows a part of it, or all. Of two equal views the one from before comes first."""
    layout = laid(first.marks, second.marks)
    if layout is None:
        return None
    if layout.scale < 0.9 or (layout.scale < 1.1 and (one.phase, other.phase) == ("after", "before")):
        one, other, first, second = other, one, second, first
        if (layout := laid(first.marks, second.marks)) is None:
            return None
    if agreeing(first.marks, second.marks, layout) < AGREEING:
        return None
    first, second = (seen if seen.marks.grey.size else whole(file.id) for file, seen in ((one, first), (other, second)))  # type: ignore[assignment]
    if first is None or second is None:
        return None
    found = compared(first.marks, second.marks, layout)
    if not is_one_negative(found):
        return None
    larger, smaller = _pixels(second), _pixels(first)
    back = np.linalg.inv(np.vstack([layout.matrix, [0, 0, 1]]))[:2]
    return Pair(
        one,
        other,
        found.same,
        found.overlap,
        layout.mirrored,
        _quarter_turns(layout),
        changed=tuple(_scaled(box, larger) for box in patches(found)),
        seen=_part(back, second.marks, first.marks, smaller),
        shown=_part(layout.matrix, first.marks, second.marks, larger),
    )


def _pixels(seen: Seen) -> float:
    """How many pixels of the file one pixel of its grey stands for."""
    return seen.longest / float(max(seen.marks.grey.shape))


def _scaled(box: Box, pixels: float) -> Box:
    left, top, width, height = (round(side * pixels) for side in box)
    return left, top, width, height


def _quarter_turns(layout: Laid) -> int:
    """Degrees by which the second is turned: 0, 90, 180 or 270."""
    a, b = layout.matrix[0, 0], layout.matrix[1, 0]
    if layout.mirrored:
        a, b = -a, -b
    if abs(a) >= abs(b):
        return 0 if a > 0 else 180
    return 90 if b > 0 else 270


def _part(matrix: Any, upper: Marks, lower: Marks, pixels: float) -> Box | None:
    """The box of the lower picture (in its file's pixels) that the upper one covers when laid over it by `matrix`; None where it covers nearly all."""
    height, width = upper.grey.shape
    corners = np.array([(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)]) @ matrix[:, :2].T + matrix[:, 2]
    tall, wide = lower.grey.shape
    (left, top), (right, bottom) = (np.clip(edge, 0, (wide, tall)) for edge in (corners.min(0), corners.max(0)))
    if (right - left) * (bottom - top) > 0.9 * wide * tall or right <= left or bottom <= top:
        return None
    return _scaled((left, top, right - left, bottom - top), pixels)
