"""The fingerprint of one statement and of one photograph: everything that leaves a jurisdiction about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from xiaohao.evidence.photo_keys import BITS, keys_of, places_of
from xiaohao.evidence.photo_marks import Marks, mirrored
from xiaohao.kernel.arrays import np
from xiaohao.screening.copied.grams import Grams
from xiaohao.screening.fingerprints.keyed import DOCUMENT, GRAM, MARK, PICTURE, keyed, keyed_bytes

#: Marks of a photograph that are exported, the strongest first. Of drawn scenes a copy at full view keeps at least 18 of 128 keys in one place,
#: two true shots of one place and strangers at most 4 (`bench/many_jurisdictions.py`).
MARKS = 128
#: Signs of a mark's key that are exported, the surest: whoever compares keyed keys can only find them equal, so none may be there that often differs.
SIGNS = 32


@dataclass(frozen=True, slots=True)
class Filed:
    """Where its owner finds it: the number of the journal entry that filed it (None: before there was a journal) with the entry's leaf hash, and
    the day (YYYY-MM-DD) on which the system first saw it."""

    entry: int | None
    digest: str
    recorded: str


@dataclass(frozen=True, slots=True)
class TextPrint:
    """A statement: keyed sampled grams, each with the sentence it stands in. Sentences are numbered anew, by their smallest gram, so that neither
    their order nor the length of what lies between them is told."""

    document: str
    filed: Filed
    grams: tuple[int, ...]
    sentence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PhotoPrint:
    """A photograph: the keyed hash of its file, and of its strongest marks the keyed keys, those of its mirror image, and where each lies (19 bits:
    place to 12.5 pixels of 400, direction, size)."""

    document: str
    filed: Filed
    same: int
    keys: tuple[int, ...]
    mirror: tuple[int, ...]
    places: tuple[int, ...]


def text_print(row: str, text: str, found: Grams, filed: Filed, key: bytes) -> TextPrint:
    """The fingerprint of the statement in the row of this id, of which `found` are the sampled own grams."""
    grams = keyed(found.hashes, key, GRAM)
    smallest: dict[int, int] = {}
    for gram, sentence in zip(grams, found.sentence.tolist(), strict=True):
        smallest[sentence] = min(gram, smallest.get(sentence, gram))
    numbers = {sentence: number for number, sentence in enumerate(sorted(smallest, key=lambda one: smallest[one]))}
    pairs = sorted({(gram, numbers[sentence]) for gram, sentence in zip(grams, found.sentence.tolist(), strict=True)})
    return TextPrint(
        opaque("t", row, text.encode(), key), filed, tuple(gram for gram, _ in pairs), tuple(sentence for _, sentence in pairs)
    )


def photo_print(row: str, sha256: str, marks: Marks | None, filed: Filed, key: bytes) -> PhotoPrint:
    """The fingerprint of the photograph in the row of this id; one that cannot be read (`marks` None) has only the hash of its file."""
    document, same = opaque("p", row, sha256.encode(), key), keyed_bytes(sha256.encode(), key, PICTURE)
    if marks is None:
        return PhotoPrint(document, filed, same, (), (), ())
    best = Marks(marks.grey, marks.at[:MARKS], marks.scale[:MARKS], marks.angle[:MARKS], marks.patch[:MARKS])
    other = Marks(best.grey, best.at, best.scale, best.angle, mirrored(best))
    keys, mirror = (keyed((keys_of(one) >> (BITS - SIGNS)).astype(np.uint64), key, MARK) for one in (best, other))
    return PhotoPrint(document, filed, same, tuple(keys), tuple(mirror), tuple(places_of(best).tolist()))


def opaque(letter: str, row: str, content: bytes, key: bytes) -> str:
    """By what others name the thing: the same in every jurisdiction that holds the same row with the same content (a case handed up with its
    papers), so that it is never set beside itself. Says nothing to who has no key."""
    number = keyed_bytes(row.encode() + b"\n" + hashlib.sha256(content).digest(), key, DOCUMENT)
    return f"{letter}{number:016x}"
