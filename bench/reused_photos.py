"""Photographs used again, beside imagehash and pdqhash in one run: recall for each way of being changed, false alarms, pictures a second, growth.

    python bench/reused_photos.py [--quick | --full]

Pictures are drawn scenes (tests/fakes/pictures.py). Strangers are other scenes; true second shots of the same places are asked for too and must not be
taken for copies. The peers' threshold is the smallest distance at which no stranger and no second shot is taken for one of the pictures: zero false
alarms, as is ours. The index is the installation's own (Django, SQLite on disk). For growth it is filled with pictures whose marks are mixed from those of
drawn scenes (0.8 of one mark, 0.6 of another), which costs no drawing and collides at least as often as drawn ones.
--quick: 30 pictures, 200 strangers, 2,000 in the index; else 150, 2,000 and 10,000 → 100,000; --full: → 1,000,000. One JSON line per figure.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for all alike, as in xiaohao.kernel.arrays

#: Pictures put into the index at once.
BATCH = 200


def say(figure: str, value: float, unit: str, goal: str = "", **more: Any) -> None:
    line = {"bench": "reused_photos", "figure": figure, "value": round(value, 4), "unit": unit, "goal": goal, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


class Imagehash:
    name = "imagehash.phash 256"

    def of(self, content: bytes) -> Any:
        import imagehash
        from PIL import Image

        return imagehash.phash(Image.open(io.BytesIO(content)), hash_size=16).hash.ravel()


class Pdqhash:
    name = "pdqhash"

    def of(self, content: bytes) -> Any:
        import numpy as np
        import pdqhash
        from PIL import Image

        return pdqhash.compute(np.asarray(Image.open(io.BytesIO(content)).convert("RGB")))[0].astype(bool)


def beside_the_peers(scenes: int, strangers: int) -> None:
    import numpy as np

    from tests.fakes.pictures import COPIES, saved, shot
    from xiaohao.evidence.photo_keys import candidates
    from xiaohao.evidence.photo_laid import AGREEING, agreeing, laid
    from xiaohao.evidence.photo_marks import marks_of
    from xiaohao.evidence.photo_same import compared, is_one_negative

    pictures = [shot(scene) for scene in range(scenes)]
    originals = [saved(picture) for picture in pictures]
    seconds = [saved(shot(scene, 1)) for scene in range(scenes)]
    others = [saved(shot(100_000 + n)) for n in range(strangers)]
    copies = {kind: [change(picture, Random(n)) for n, picture in enumerate(pictures)] for kind, change in COPIES.items()}

    def one_negative(one: Any, other: Any) -> bool:
        layout = laid(one, other)
        if layout is not None and layout.scale < 0.9:
            one, other = other, one
            layout = laid(one, other)
        return layout is not None and agreeing(one, other, layout) >= AGREEING and is_one_negative(compared(one, other, layout))

    spent, own = cpu(lambda: [marks_of(content) for content in originals])
    say("pictures a second ours", scenes / spent, "1/s CPU", pixels="480 × 360")
    for kind, made in copies.items():
        say(f"recall {kind} ours", sum(one_negative(a, marks_of(b)) for a, b in zip(own, made, strict=True)) / scenes, "share", ">=0.95")
    say(
        "second shots taken for copies ours",
        sum(one_negative(a, marks_of(b)) for a, b in zip(own, seconds, strict=True)),
        f"of {scenes}",
        "0",
    )
    every = own + [marks_of(content) for content in others]
    near = candidates(every, 20)
    say(
        "strangers taken for copies ours",
        sum(one_negative(every[a], every[b]) for a, b in near),
        f"of {len(every)} pictures",
        "0",
        looked_at=len(near),
    )
    for peer in (Imagehash(), Pdqhash()):
        spent, hashes = cpu(lambda peer=peer: [peer.of(content) for content in originals])
        say(f"pictures a second {peer.name}", scenes / spent, "1/s CPU", pixels="480 × 360")
        known = np.stack(hashes)
        foreign = np.stack([peer.of(content) for content in (*seconds, *others)])
        least = min(int((known != one).sum(1).min()) for one in foreign)
        say(f"distance without false alarm {peer.name}", least - 1, "bits of 256")
        for kind, made in copies.items():
            near_ones = [int((known[n] != peer.of(content)).sum()) < least for n, content in enumerate(made)]
            say(f"recall {kind} {peer.name}", sum(near_ones) / scenes, "share")


def of_a_telephone(count: int) -> None:
    """Pictures a CPU second where pictures are as large as a telephone's (4032 × 3024, JPEG 90): the full set of marks, imagehash as documented, and
    the limit, the decoder alone at an eighth of the size; one after the other on each picture."""
    import numpy as np
    from PIL import Image

    from tests.fakes.pictures import saved, shot
    from xiaohao.evidence.photo_marks import marks_of

    def decoded(content: bytes) -> Any:
        with Image.open(io.BytesIO(content)) as picture:
            picture.draft("L", (504, 378))
            return picture.load()

    rng = np.random.default_rng(1)
    spent: dict[str, float] = {"ours": 0.0, "imagehash.phash 256": 0.0, "decoder at 1/8": 0.0}
    for number in range(count):
        grain = rng.normal(0, 5, (3024, 4032, 1))
        large = np.asarray(shot(300_000 + number).resize((4032, 3024), Image.Resampling.BICUBIC), float) + grain
        content = saved(Image.fromarray(np.clip(large, 0, 255).astype(np.uint8)), 90)
        for name, work in (("ours", marks_of), ("imagehash.phash 256", Imagehash().of), ("decoder at 1/8", decoded)):
            if number:  # the first one loads libraries
                spent[name] += cpu(lambda work=work, content=content: work(content))[0]
            else:
                work(content)
    for name, seconds in spent.items():
        say(f"pictures a second {name}", (count - 1) / seconds, "1/s CPU", pixels="4032 × 3024")
    say("times imagehash", spent["imagehash.phash 256"] / spent["ours"], "times", ">=3.5", pixels="4032 × 3024")
    say("share of the decoder", spent["decoder at 1/8"] / spent["ours"], "share", ">=0.6", pixels="4032 × 3024")


def growth(scenes: int, sizes: list[int]) -> None:
    import numpy as np
    from django.db import connection, transaction

    from tests.fakes.pictures import COPIES, saved, shot
    from xiaohao.evidence.photo_marks import Marks, marks_of
    from xiaohao.records import pictured

    rng = np.random.default_rng(1)
    pool = [marks_of(saved(shot(200_000 + n))) for n in range(scenes)]
    patch = np.concatenate([one.patch for one in pool])
    rest = [np.concatenate([getattr(one, name) for one in pool]) for name in ("at", "scale", "angle")]

    def mixed() -> Marks:
        a, b = rng.integers(0, len(patch), (2, 260))
        both = 0.8 * patch[a] + 0.6 * patch[b]
        return Marks(np.zeros((0, 0), np.uint8), *(column[a] for column in rest), both / np.linalg.norm(both, axis=1, keepdims=True))

    kinds = ("recompressed", "cropped 30", "screenshot", "all of it")
    known = {n + 1: shot(n) for n in range(scenes)}
    with transaction.atomic():
        pictured.insert_keys([(n, marks_of(saved(picture))) for n, picture in known.items()])
    asked = {kind: [(n, marks_of(COPIES[kind](picture, Random(n)))) for n, picture in known.items()] for kind in kinds}
    count, filling = len(known), 0.0
    first: dict[str, float] = {}
    for size in sizes:
        before = count
        while count < size:
            some = [(count + n + 1, mixed()) for n in range(min(BATCH, size - count))]
            with transaction.atomic():
                filling += cpu(lambda some=some: pictured.insert_keys(some))[0]
            count += len(some)
        say(f"put in, to {size}", (count - before) / max(filling, 1e-9), "pictures a CPU second")
        filling, times = 0.0, []
        for kind, questions in asked.items():
            hits = 0
            for number, marks in questions:
                spent, found = cpu(lambda marks=marks, count=count: pictured.nearest(marks, photographs=count))
                times.append(1000 * spent)
                hits += number in found
            say(f"recall of the candidates {kind} at {size}", hits / len(questions), "share", ">=0.9", candidates=pictured.MOST_CANDIDATES)
        now = {"p50": median(times), "p99": sorted(times)[int(0.99 * len(times))]}
        for name, value in now.items():
            first.setdefault(name, value)
            say(f"question {name} at {size}", value, "ms CPU", "<=50", times_first=round(value / first[name], 2))
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        name = Path(str(connection.settings_dict["NAME"]))
        say(f"keys on disk at {size}", name.stat().st_size / count, "bytes a picture")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true")
    how.add_argument("--full", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"XIAOHAO_HOME": home, "DJANGO_SETTINGS_MODULE": "xiaohao.web.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        of_a_telephone(8 if args.quick else 40)
        beside_the_peers(*((30, 200) if args.quick else (150, 2_000)))
        growth(30 if args.quick else 150, [2_000] if args.quick else [10_000, 100_000, *([1_000_000] if args.full else [])])


if __name__ == "__main__":
    main()
