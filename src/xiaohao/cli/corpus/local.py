"""The plain engine: sorted arrays on one machine. Everything is dealt out to files by its key, so that only one part is ever in memory; each part is
one sort and a pass over the runs; what meets is dealt out again by the later document and added up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from xiaohao.cli.corpus.corpus import Register
from xiaohao.cli.corpus.files import Export, batches
from xiaohao.screening.fingerprints.postings import (
    PhotoTally,
    TextTally,
    hits,
    limits,
    meetings,
    merged,
    photo_tallies,
    same_files,
    text_tallies,
)

#: Rows of one part: 24 to 40 bytes each, sorted in memory.
ROWS_A_PART = 4_000_000
#: Numbers that stand for one document of either kind in reckoning how many parts there are.
_A_DOCUMENT = 128
#: A photograph asks for its marks and for their mirror images.
_ASKS = 2


class Deal:
    """Rows of whole numbers dealt out to `parts` files by one of their columns, and read back part by part."""

    def __init__(self, folder: Path, name: str, columns: int, parts: int) -> None:
        self._paths = [folder / f"{name}-{part}" for part in range(parts)]
        self._files = [path.open("wb") for path in self._paths]
        self._columns = columns

    def put(self, rows: Any, by: int) -> None:
        part = rows[:, by] % len(self._files)
        for number, file in enumerate(self._files):
            np.ascontiguousarray(rows[part == number], np.int64).tofile(file)

    def parts(self) -> Iterator[Any]:
        """Each part's rows; its file is deleted when the next is asked for."""
        for file, path in zip(self._files, self._paths, strict=True):
            file.close()
            yield np.fromfile(path, np.int64).reshape(-1, self._columns)
            path.unlink()


class Local:
    """Tallies of a corpus on this machine. `rows_a_part`: how many rows may be in memory at once."""

    def __init__(self, exports: Sequence[Export], rows_a_part: int = ROWS_A_PART) -> None:
        self._exports, self._rows = exports, rows_a_part

    def texts(self, register: Register) -> list[TextTally]:
        count = sum(len(batch) * _A_DOCUMENT for one in self._exports for batch in batches(one.texts, ["recorded"]))
        parts = 1 + count // self._rows
        limit = limits(len(register.owned))
        with tempfile.TemporaryDirectory(prefix="xiaohao-") as name:
            dealt, met = Deal(Path(name), "grams", 3, parts), Deal(Path(name), "met", 4, parts)
            for export, numbers in zip(self._exports, register.rows, strict=True):
                at = 0
                for batch in batches(export.texts, ["grams", "sentence"]):
                    grams, sentence = batch.column(0), batch.column(1)
                    of = np.repeat(numbers[at : at + len(batch)], _lengths(grams))
                    dealt.put(np.stack((_values(grams), of, _values(sentence)), axis=1), by=0)
                    at += len(batch)
            for part in dealt.parts():
                met.put(meetings(part[:, 0], part[:, 1], part[:, 2], register.owner, register.twin, limit), by=0)
            return sorted((one for part in met.parts() for one in text_tallies(part)), key=lambda one: (one.later, one.earlier))

    def photos(self, register: Register) -> list[PhotoTally]:
        count = sum(len(batch) * _A_DOCUMENT * _ASKS for one in self._exports for batch in batches(one.photos, ["recorded"]))
        parts = 1 + count // self._rows
        files, photos = [], []
        with tempfile.TemporaryDirectory(prefix="xiaohao-") as name:
            # a row: key, photograph, mark, place, 1 where the mirror image asks
            dealt, met = Deal(Path(name), "keys", 5, parts), Deal(Path(name), "met", 4, parts)
            for export, numbers in zip(self._exports, register.rows, strict=True):
                at = 0
                for batch in batches(export.photos, ["same", "keys", "mirror", "places"]):
                    own = numbers[at : at + len(batch)]
                    files.append(np.asarray(batch.column(0)))
                    photos.append(own)
                    lengths = _lengths(batch.column(1))
                    of, mark = np.repeat(own, lengths), _counted(lengths)
                    place = _values(batch.column(3))
                    for side, column in enumerate((1, 2)):
                        keys = _values(batch.column(column))
                        dealt.put(np.stack((keys, of, mark, place, np.full(len(keys), side)), axis=1), by=0)
                    at += len(batch)
            for part in dealt.parts():
                kept = part[part[:, 4] == 0]
                asked = {name: part[:, column] for name, column in (("key", 0), ("photo", 1), ("mark", 2), ("place", 3), ("mirror", 4))}
                known = {name: kept[:, column] for name, column in (("key", 0), ("photo", 1), ("mark", 2), ("place", 3))}
                met.put(hits(known, asked, register.owner, register.twin), by=0)
            same = same_files(_joined(files), _joined(photos), register.owner, register.twin)
            found = [one for part in met.parts() for one in photo_tallies(part)]
        return merged(found, same)


def _joined(parts: Sequence[Any]) -> Any:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, np.int64)


def _values(lists: Any) -> Any:
    return np.asarray(lists.flatten(), np.int64)


def _lengths(lists: Any) -> Any:
    return np.asarray(lists.value_lengths(), np.int64)


def _counted(lengths: Any) -> Any:
    """0, 1, … within each list."""
    return np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
