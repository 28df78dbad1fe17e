"""Fakes and honest twins for the checks of paper and process: one family per check, three grades, several ways each.

`make(check, seed, grade)` gives a fake of that grade, or with grade None an honest twin that holds one of the innocent explanations which
FINDINGS.md lists. The same seed gives the same dossier.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from zlib import crc32

from tests.fakes.bent import Bent
from tests.fakes.other_hand import BENDS
from tests.fakes.paper_copies import txt_dup
from tests.fakes.paper_files import FILES
from tests.fakes.paper_ledgers import LEDGERS
from tests.fakes.paper_process import PROCESS
from tests.fakes.paper_texts import TEXTS
from tests.fakes.paper_world import one_task
from xiaohao.dossier import Dossier

Grade = str | None
Family = Callable[[Random, Grade], Dossier]
GRADES = ("obvious", "careful", "cunning")


def _by_another_hand(check: str) -> Family:
    bend, kinds = BENDS[check]

    def family(rng: Random, grade: Grade) -> Dossier:
        bent = Bent(one_task(rng, kinds)[0], rng)
        bend(bent, grade)
        return bent.dossier()

    return family


FAMILIES: dict[str, Family] = {
    "TXT-DUP": txt_dup,
    **FILES,
    **PROCESS,
    **TEXTS,
    **LEDGERS,
    **{check: _by_another_hand(check) for check in BENDS},
}


def make(check: str, seed: int, grade: Grade) -> Dossier:
    rng = Random(crc32(f"{check}/{seed}/{grade}".encode()))  # a seed of its own for each dossier
    return FAMILIES[check](rng, grade)
