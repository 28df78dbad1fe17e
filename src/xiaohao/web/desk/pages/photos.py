"""Before and after of one point, side by side, from the files behind a measure."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Place
from xiaohao.dossier.record import Record
from xiaohao.evidence.photo import BadPicture, size_as_seen
from xiaohao.kernel.said import Said, say
from xiaohao.web.desk.case import Case
from xiaohao.web.parts.photos import Photo, PhotoPair

#: Pairs beside one item; each picture is decoded once to know its size.
_MOST_PAIRS = 2


def pairs_behind(case: Case, evidence: Iterable[str]) -> tuple[PhotoPair, ...]:
    """Pairs of the same place among these records and files, in the order in which the first was recorded."""
    shots = sorted(_photos(case, evidence), key=lambda file: file.recorded_at)
    before = {file.place: file for file in shots if file.phase == "before"}
    after = {file.place: file for file in shots if file.phase == "after"}
    pairs = ((_photo(case, before[place], say("整改前")), _photo(case, after[place], say("整改后"))) for place in before if place in after)
    return tuple(PhotoPair(one, other) for one, other in pairs if one and other)[:_MOST_PAIRS]


def _photos(case: Case, evidence: Iterable[str]) -> Iterable[File]:
    for one in evidence:
        thing = case.dossier.by_id.get(one)
        ids = thing.files if isinstance(thing, Record) else (one,)
        for found in ids:
            file = case.dossier.find(File, found)
            if file is not None and file.kind == "photo":
                yield file


def _photo(case: Case, file: File, phase: Said) -> Photo | None:
    content = case.dossier.content_of(file.id)
    try:
        size = size_as_seen(content) if content else None
    except BadPicture:
        size = None
    if size is None:
        return None
    place = case.dossier.find(Place, file.place)
    where = place.name if place else ""
    taken = (file.captured_at or "")[:10] or say("未写拍摄日期")
    address = reverse("desk_file", args=[case.no, file.id])
    caption = say("{phase} {taken} · {where} · 上传 {day}", phase=phase, taken=taken, where=where, day=file.recorded_at[:10])
    return Photo(address, *size, say("{phase}：{what}", phase=phase, what=file.caption or where), caption, large=address)
