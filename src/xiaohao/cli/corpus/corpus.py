"""What is known of every document of a corpus before anything is compared: whose it is, and its number by when it was first seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from xiaohao.cli.corpus.files import Export, batches
from xiaohao.screening.fingerprints.judged import Owned
from xiaohao.screening.fingerprints.prints import Filed


@dataclass(frozen=True)
class Register:
    """Documents of one kind, numbered 0, 1, … by when they were first seen, then by jurisdiction and opaque id. `rows` holds, for each export, the
    number of each row of its file."""

    owned: tuple[Owned, ...]
    owner: Any
    rows: tuple[Any, ...]

    @cached_property
    def twin(self) -> Any:
        """One number for each opaque id: two documents with the same are one paper, held in two places."""
        return (
            np.unique([one.document for one in self.owned], return_inverse=True)[1].astype(np.int64)
            if self.owned
            else np.zeros(0, np.int64)
        )


def statements(exports: Sequence[Export]) -> Register:
    return _register([(one, one.texts) for one in exports], "sentence")


def photographs(exports: Sequence[Export]) -> Register:
    return _register([(one, one.photos) for one in exports], None)


def _register(files: Sequence[tuple[Export, Path]], sentence: str | None) -> Register:
    every: list[tuple[str, str, str, int, int, Owned]] = []
    for export, (held, path) in enumerate(files):
        at = 0
        for batch in batches(path, ["document", "entry", "digest", "recorded", *([sentence] if sentence else [])]):
            for row in batch.to_pylist():
                filed = Filed(row["entry"], row["digest"], row["recorded"])
                sentences = len(set(row[sentence])) if sentence else 0
                owned = Owned(held.header.jurisdiction, row["document"], filed, sentences)
                every.append((filed.recorded, owned.jurisdiction, owned.document, export, at, owned))
                at += 1
    every.sort(key=lambda one: one[:5])
    rows = [np.zeros(sum(1 for one in every if one[3] == export), np.int64) for export in range(len(files))]
    for number, (_, _, _, export, at, _) in enumerate(every):
        rows[export][at] = number
    owner = np.array([one[3] for one in every], np.int64)
    return Register(tuple(one[5] for one in every), owner, tuple(rows))
