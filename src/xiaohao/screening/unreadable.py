"""Files of a bundle that are there and cannot be read: they are said, not only passed over by the checks that needed them."""

from __future__ import annotations

from collections.abc import Iterator

from xiaohao.dossier import Dossier
from xiaohao.dossier.bundle import Problem
from xiaohao.kernel.said import say
from xiaohao.outcomes.curve import curve_of
from xiaohao.screening.photo_pairs import photographs


def unreadable_files(dossier: Dossier) -> Iterator[Problem]:
    """Pictures that do not open and series without a reading. Empty files are said where the bundle is read."""
    broken = frozenset(photographs(dossier).broken) if any(file.kind == "photo" for file in dossier.files) else frozenset()
    silent = {one.file for one in dossier.series if one.file and dossier.content_of(one.file) and curve_of(dossier, one) is None}
    for file in dossier.files:
        if file.id in broken and dossier.content_of(file.id):
            yield Problem("unreadable", say("照片打不开，可能已损坏或不是图片：{path}", path=file.path), file.id)
        elif file.id in silent:
            yield Problem("unreadable", say("监测数据读不出来，没有一行可用的读数：{path}", path=file.path), file.id)
