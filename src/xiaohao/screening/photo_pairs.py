"""Which photographs of a dossier are one negative: found once for all checks that ask, from the hashes and, where the files are there, from the pixels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.evidence.photo import BadPicture, size_as_seen
from xiaohao.evidence.photo_marks import Marks, keys_of, marks_of, mirrored
from xiaohao.evidence.photo_same import Box, Laid, candidates, compared, is_one_negative, laid, patches
from xiaohao.kernel.arrays import np

#: Pairs looked at closely for each photograph: the ones whose marks agree most. Of few photographs every pair is looked at.
CLOSEST, FEW = 10, 40

_KEPT = "photographs"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two photographs of one negative. `same` the share of what lies under both that agrees; `overlap` the share of the second that was compared;
    `changed` boxes in pixels of the second, `seen` in pixels of the first: the part of it that the second shows (None: all or identical files)."""

    one: File
    other: File
    same: float
    overlap: float = 1.0
    mirrored: bool = False
    turned: int = 0
    identical: bool = False
    changed: tuple[Box, ...] = ()
    seen: Box | None = None


@dataclass(frozen=True, slots=True)
class Photographs:
    """The pairs; ids of photographs whose `absent` files or `broken` pictures could only be judged by their hash."""

    pairs: tuple[Pair, ...]
    absent: tuple[str, ...]
    broken: tuple[str, ...]


def photographs(ledger: Dossier) -> Photographs:
    """What is one negative among the photographs of a dossier. Found once: a dossier never changes."""
    kept: Photographs | None = ledger.memory.get(_KEPT)
    if kept is None:
        kept = _photographs(ledger)
        ledger.memory[_KEPT] = kept
    return kept


def _photographs(ledger: Dossier) -> Photographs:
    photos = sorted((file for file in ledger.files if file.kind == "photo"), key=lambda file: file.id)
    identical = list(_identical(photos))
    marks: dict[str, Marks] = {}
    absent, broken = [], []
    for file in photos:
        content = ledger.content_of(file.id)
        if content is None:
            absent.append(file.id)
            continue
        try:
            marks[file.id] = marks_of(content)
        except BadPicture:
            broken.append(file.id)
    known = {(pair.one.id, pair.other.id) for pair in identical}
    alike = _alike(
        ledger, [file for file in photos if file.id in marks], marks, lambda a, b: (a.id, b.id) not in known and may_differ(a, b)
    )
    return Photographs((*identical, *alike), tuple(absent), tuple(broken))


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


def _alike(ledger: Dossier, photos: list[File], marks: dict[str, Marks], wanted: Callable[[File, File], bool]) -> Iterable[Pair]:
    own = [marks[file.id] for file in photos]
    votes = candidates([keys_of(m.patch) for m in own], [keys_of(mirrored(m)) for m in own])
    looked: dict[int, int] = defaultdict(int)
    for i, j, _ in votes:
        enough = len(photos) > FEW and looked[i] >= CLOSEST and looked[j] >= CLOSEST
        if enough or not wanted(photos[i], photos[j]):
            continue
        looked[i] += 1
        looked[j] += 1
        if pair := _pair(ledger, photos[i], photos[j], own[i], own[j]):
            yield pair


def _pair(ledger: Dossier, one: File, other: File, first: Marks, second: Marks) -> Pair | None:
    """The pair with the larger view first: the second shows a part of it, or all. Of two equal views the one from before comes first."""
    layout = laid(first, second)
    if layout is None:
        return None
    if layout.scale < 0.9 or (layout.scale < 1.1 and (one.phase, other.phase) == ("after", "before")):
        one, other, first, second = other, one, second, first
        if (layout := laid(first, second)) is None:
            return None
    found = compared(first, second, layout)
    if not is_one_negative(found):
        return None
    larger = _pixels(ledger, other, second)
    return Pair(
        one,
        other,
        found.same,
        found.overlap,
        layout.mirrored,
        _quarter_turns(layout),
        changed=tuple(tuple(round(side * larger) for side in box) for box in patches(found)),  # type: ignore[misc]
        seen=_seen(layout, first, second, _pixels(ledger, one, first)),
    )


def _pixels(ledger: Dossier, file: File, marks: Marks) -> float:
    """How many pixels of the file one pixel of its grey stands for."""
    content = ledger.content_of(file.id)
    return max(size_as_seen(content)) / max(marks.grey.shape) if content else 1.0


def _quarter_turns(layout: Laid) -> int:
    """Degrees by which the second is turned: 0, 90, 180 or 270."""
    a, b = layout.matrix[0, 0], layout.matrix[1, 0]
    if layout.mirrored:
        a, b = -a, -b
    if abs(a) >= abs(b):
        return 0 if a > 0 else 180
    return 90 if b > 0 else 270


def _seen(layout: Laid, first: Marks, second: Marks, pixels: float) -> Box | None:
    """The box of the first that the second shows, in the first's pixels; None where it shows (nearly) all."""
    height, width = second.grey.shape
    turn = layout.matrix[:, :2]
    corners = [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)]
    there = [_back(turn, layout.matrix[:, 2], x, y) for x, y in corners]
    tall, wide = first.grey.shape
    left, right = (min(max(edge(x for x, _ in there), 0), wide) for edge in (min, max))
    top, bottom = (min(max(edge(y for _, y in there), 0), tall) for edge in (min, max))
    if (right - left) * (bottom - top) > 0.9 * wide * tall or right <= left or bottom <= top:
        return None
    return round(left * pixels), round(top * pixels), round((right - left) * pixels), round((bottom - top) * pixels)


def _back(turn: object, shift: object, x: float, y: float) -> tuple[float, float]:
    found = np.linalg.solve(np.asarray(turn), np.array([x, y]) - np.asarray(shift))
    return float(found[0]), float(found[1])
