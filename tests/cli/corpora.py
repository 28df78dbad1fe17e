"""Made exports of jurisdictions that do not exist, with copies hidden in them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np

from bench.made.accounts import Account, World
from tests.fakes.pictures import COPIES, saved, shot
from xiaohao.cli.corpus.files import Header, write
from xiaohao.evidence.photo_marks import seen_in
from xiaohao.screening.copied.grams import SAMPLED, among, grams, sampled
from xiaohao.screening.copied.masked import masked
from xiaohao.screening.fingerprints.keyed import key_check
from xiaohao.screening.fingerprints.prints import Filed, PhotoPrint, TextPrint, photo_print, text_print

KEY = bytes(range(32))
AT = "2026-03-03T09:00:00+08:00"


def print_of(account: Account, row: str, recorded: str, entry: int | None = 7, key: bytes = KEY) -> TextPrint:
    """The fingerprint of an account, its task's text taken out."""
    every = grams(masked(account.text))
    own = every.where(~among(every.hashes, np.unique(grams(masked(account.task)).hashes)))
    return text_print(row, account.text, sampled(own), Filed(entry, "ab" * 32, recorded), key)


def picture_of(content: bytes, row: str, recorded: str, sha256: str = "", key: bytes = KEY) -> PhotoPrint:
    return photo_print(row, sha256 or f"{row:0>64}", seen_in(content).marks, Filed(9, "cd" * 32, recorded), key)


def three_places(folder: Path, count: int = 60, scenes: int = 6) -> list[str]:
    """Exports of two counties and a city. Of the second county's accounts the first eight are copies of the first county's, one of each kind; its first
    photographs are copies of the first county's, and the city holds one paper and one picture that the first county handed up."""
    world = World(5)
    theirs = [world.account() for _ in range(count)]
    first = [print_of(one, f"st-q{n}", f"2025-{n % 12 + 1:02}-03") for n, one in enumerate(theirs)]
    kinds = ("numbers", "names", "reordered", "lift 30%", "lift 60%", "noise 10%")
    taken = [world.copy(theirs[n], kind) for n, kind in enumerate(kinds)]
    second = [print_of(one, f"st-b{n}", "2026-01-09") for n, one in enumerate([*taken, *world.accounts(count)])]
    third = [*first[-1:], *(print_of(one, f"st-c{n}", "2025-06-01", entry=None) for n, one in enumerate(world.accounts(count)))]
    rng = Random(3)
    shots = [saved(shot(n)) for n in range(scenes)]
    mine = [picture_of(one, f"file-q{n}", f"2025-0{n + 1}-05") for n, one in enumerate(shots)]
    changed = [
        picture_of(COPIES[kind](shot(n), rng), f"file-b{n}", "2026-01-09") for n, kind in enumerate(("recompressed", "mirrored", "toned"))
    ]
    changed += [
        picture_of(saved(shot(3, visit=1)), "file-b8", "2026-01-09"),
        picture_of(shots[4], "file-b9", "2026-01-09", sha256=f"{'file-q4':0>64}"),
    ]
    held = [*mine[-1:], picture_of(saved(shot(50)), "file-c1", "2025-06-01")]
    for name, said, seen in (("qinghe", first, mine), ("bishui", second, changed), ("jinglan", third, held)):
        write(folder / name, Header(name, key_check(KEY), AT, SAMPLED), said, seen)
    return [str(folder / name) for name in ("qinghe", "bishui", "jinglan")]
