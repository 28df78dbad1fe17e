"""涂改照片: the after picture is the before picture with patches changed.

Innocent explanations looked for first: a true later photo of the same spot, where light, noise and viewpoint differ everywhere; a date printed into the
picture is not a patch of the works. Source: INSTITUTION.md; the method: docs/adr (photographs are compared by their marks).
"""

from __future__ import annotations

from collections.abc import Iterable

from xiaohao.dossier import Dossier
from xiaohao.dossier.where import Where
from xiaohao.kernel.said import say
from xiaohao.screening.finding import Finding, Severity, Skipped
from xiaohao.screening.photo_pairs import Pair, photographs

ID = "BEFORE-AFTER"
STAGE = "application"
NEEDS = ("files(phase)",)

#: Boxes pointed at in one picture; more would hide it.
MOST_BOXES = 6


def check(case: Dossier) -> Iterable[Finding | Skipped]:
    """One finding for each after picture that is a before picture painted over."""
    photos = {file.id: file for file in case.files_of(case.task.id) if file.kind == "photo"}
    phases = {file.phase for file in photos.values()}
    if not {"before", "after"} <= phases:
        yield Skipped(ID, case.task.id, say("没有成对的整改前、整改后照片"))
        return
    found = photographs(case)
    unseen = [one for one in (*found.absent, *found.broken) if one in photos]
    if unseen:
        yield Skipped(ID, case.task.id, say("{count} 张照片不在包里或不能读取，未能逐处比较", count=len(unseen)))
    for pair in found.pairs:
        if pair.changed and {pair.one.id, pair.other.id} <= set(photos) and {pair.one.phase, pair.other.phase} == {"before", "after"}:
            yield _finding(case, pair)


def _finding(case: Dossier, pair: Pair) -> Finding:
    count = min(len(pair.changed), MOST_BOXES)
    return Finding(
        ID,
        Severity.WARN,
        case.task.id,
        (*_boxes(pair, count), Where((pair.one if pair.other.phase == "after" else pair.other).id)),
        say(
            "除 {count} 处以外，整改后照片与整改前相同的部分占 {same:.0%}，连噪点和光影都相同。请提供整改后在同一位置重新拍摄的原始照片。",
            count=count,
            same=pair.same,
        ),
        say("整改后照片须是整改后拍摄的"),
        {"same": round(pair.same, 2), "patches": len(pair.changed)},
    )


def _boxes(pair: Pair, count: int) -> list[Where]:
    """Where the after picture was changed; the whole of it where only the other's changes are known in place."""
    if pair.other.phase == "after":
        return [Where(pair.other.id, box=box) for box in pair.changed[:count]]
    return [Where(pair.one.id)]
