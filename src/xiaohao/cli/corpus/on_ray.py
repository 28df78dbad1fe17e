"""The engine past one machine: the same joins and sums as Daft plans on a Ray cluster. Only whole numbers are compared and added, so it says what
the plain engine says, byte for byte."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from xiaohao.cli.corpus.corpus import Register
from xiaohao.cli.corpus.files import Export, Unusable
from xiaohao.evidence.photo_keys import COMMON
from xiaohao.screening.fingerprints.postings import (
    AGREEING_MARKS,
    GRAMS_A_SENTENCE,
    PhotoTally,
    TextTally,
    boxes,
    limits,
    merged,
    same_files,
)


class OnRay:
    """Tallies of a corpus on the Ray cluster at `address` (None: that of the environment, else one begun on this machine)."""

    def __init__(self, exports: Sequence[Export], address: str | None = None) -> None:
        for needed in ("daft", "ray"):
            if importlib.util.find_spec(needed) is None:
                raise Unusable("没有安装 scale 附加组件。请先运行：pip install 'xiaohao[scale]'")
        os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
        os.environ.setdefault("DO_NOT_TRACK", "1")
        os.environ.setdefault("DAFT_ANALYTICS_ENABLED", "0")
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        import daft
        import ray

        if not ray.is_initialized():
            ray.init(address=address, include_dashboard=False if address is None else None, log_to_driver=False, logging_level="ERROR")
        daft.set_runner_ray(noop_if_initialized=True)
        self._daft, self._exports = daft, exports

    def texts(self, register: Register) -> list[TextTally]:
        if not register.owned:
            return []
        col, limit = self._daft.col, limits(len(register.owned))
        read = self._numbered([one.texts for one in self._exports], ["document", "grams", "sentence"], register)
        postings = read.explode("grams", "sentence").select(
            col("grams").alias("gram"), "number", "owner", "twin", col("sentence").cast(self._daft.DataType.int64())
        )
        postings = postings.where(col("gram").not_null()).distinct()
        holders = postings.select("gram", "number", "owner", "twin").distinct()
        many = holders.groupby("gram").agg(col("number").count().alias("many")).where((col("many") > 1) & (col("many") <= limit.most))
        earlier = holders.join(many, on="gram").select(
            "gram", "many", col("number").alias("earlier"), col("owner").alias("their_owner"), col("twin").alias("their_twin")
        )
        met = postings.join(earlier, on="gram").where(
            (col("earlier") < col("number")) & (col("owner") != col("their_owner")) & (col("twin") != col("their_twin"))
        )
        whole = self._daft.DataType.int64()
        met = met.with_column("rare", (col("many") <= limit.rare).cast(whole))
        cells = met.groupby("number", "earlier", "sentence").agg(col("rare").count().alias("times"), col("rare").sum().alias("rarely"))
        cells = cells.with_column("is_touched", (col("times") >= GRAMS_A_SENTENCE).cast(whole))
        cells = cells.with_column("is_rare", (col("rarely") >= GRAMS_A_SENTENCE).cast(whole))
        pairs = (
            cells.groupby("number", "earlier")
            .agg(col("is_touched").sum().alias("touched"), col("is_rare").sum().alias("rare"), col("times").sum().alias("grams"))
            .where(col("touched") > 0)
        )
        found = pairs.select("number", "earlier", "touched", "rare", "grams").to_pydict()
        rows = sorted(zip(*(found[name] for name in ("number", "earlier", "touched", "rare", "grams")), strict=True))
        return [TextTally(*(int(value) for value in row)) for row in rows]

    def photos(self, register: Register) -> list[PhotoTally]:
        if not register.owned:
            return []
        daft = self._daft
        col, whole = daft.col, daft.DataType.int64()
        read = self._numbered([one.photos for one in self._exports], ["document", "same", "keys", "mirror", "places"], register)

        @daft.func.batch(return_dtype=daft.DataType.list(whole))
        def counted(lists: Any) -> Any:
            return [list(range(len(one or ()))) for one in lists.to_pylist()]

        @daft.func.batch(return_dtype=daft.DataType.list(whole))
        def in_boxes(asked: Any, found: Any, mirror: Any) -> Any:
            return boxes(*(np.array(one.to_pylist(), np.int64) for one in (asked, found, mirror))).tolist()

        read = read.with_column("mark", counted(col("keys")))
        sides = []
        for side, name in enumerate(("keys", "mirror")):
            rows = read.select(
                col(name).alias("key"), "mark", col("places").cast(daft.DataType.list(whole)).alias("place"), "number", "owner", "twin"
            )
            sides.append(rows.explode("key", "mark", "place").where(col("key").not_null()).with_column("side", daft.lit(side).cast(whole)))
        asked = sides[0].concat(sides[1])
        few = sides[0].groupby("key").agg(col("mark").count().alias("many")).where(col("many") <= COMMON)
        kept = (
            sides[0]
            .join(few, on="key")
            .select(
                "key",
                col("number").alias("earlier"),
                col("owner").alias("their_owner"),
                col("twin").alias("their_twin"),
                col("place").alias("found"),
            )
        )
        met = asked.join(kept, on="key").where(
            (col("earlier") < col("number")) & (col("owner") != col("their_owner")) & (col("twin") != col("their_twin"))
        )
        met = met.with_column("box", in_boxes(col("place"), col("found"), col("side"))).explode("box")
        met = met.select("number", "earlier", "box", "mark").distinct()
        agreed = met.groupby("number", "earlier", "box").agg(col("mark").count().alias("marks")).where(col("marks") >= AGREEING_MARKS)
        pairs = agreed.groupby("number", "earlier").agg(col("marks").max().alias("agreeing")).to_pydict()
        rows = sorted(zip(pairs["number"], pairs["earlier"], pairs["agreeing"], strict=True))
        files = read.select("same", "number").to_pydict()
        same = same_files(np.array(files["same"], np.int64), np.array(files["number"], np.int64), register.owner, register.twin)
        return merged([PhotoTally(*(int(value) for value in row), False) for row in rows], same)

    def _numbered(self, paths: Sequence[Path], columns: Sequence[str], register: Register) -> Any:
        """The rows of all files with the number, the jurisdiction and the twin of each document. An opaque id may stand in several files, so
        it is joined by both."""
        daft = self._daft
        frames = []
        for owner, path in enumerate(paths):
            frame = daft.read_parquet(str(path)).select(*columns)
            frames.append(frame.with_column("owner", daft.lit(owner).cast(daft.DataType.int64())))
        read = frames[0]
        for frame in frames[1:]:
            read = read.concat(frame)
        known = daft.from_pydict(
            {
                "document": [one.document for one in register.owned],
                "owner": register.owner.tolist(),
                "number": list(range(len(register.owned))),
                "twin": register.twin.tolist(),
            }
        )
        return read.join(known.with_column("owner", daft.col("owner").cast(daft.DataType.int64())), on=["document", "owner"])
