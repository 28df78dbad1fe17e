"""Photos that residents add: read, turned upright, freed of metadata except what the person chose to leave, and kept by their hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.utils.translation import gettext as _

from xiaohao.evidence.photo import BadPicture
from xiaohao.records.decoding import copy_that_keeps
from xiaohao.records.to_dossier import content_store

#: How many photos one objection may carry, and how large each may be: what a telephone makes in one go.
MOST_PHOTOS, LARGEST_BYTES = 9, 20 * 1024 * 1024


class PhotoRefused(ValueError):  # noqa: N818 - an answer for the person, in their words
    """Why a photo was not taken."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the person chose to leave in the photo."""

    time: bool
    place: bool


def keep_photos(photos: Sequence[File[bytes]], kept: Kept, *, already: int = 0) -> tuple[str, ...]:
    """Store the photos, returns their hashes. Raises PhotoRefused, naming the photo, before anything is stored."""
    if len(photos) + already > MOST_PHOTOS:
        raise PhotoRefused(_("照片最多 {most} 张，您选了 {chosen} 张").format(most=MOST_PHOTOS, chosen=len(photos) + already))
    cleaned = [clean_photo(photo.read(LARGEST_BYTES + 1), photo.name or "", kept) for photo in photos]
    store = content_store()
    return tuple(store.put([content])[0] for content in cleaned)


def clean_photo(content: bytes, name: str, kept: Kept) -> bytes:
    """The photo as a JPEG without metadata, except time and place where the person wants them left. Raises PhotoRefused."""
    if len(content) > LARGEST_BYTES:
        raise PhotoRefused(_("照片“{name}”超过 20 MB，请换一张小一些的").format(name=name))
    try:
        return copy_that_keeps(content, time=kept.time, place=kept.place)
    except BadPicture as bad:
        raise PhotoRefused(_("“{name}”不是能打开的照片，请用 JPG 或 PNG").format(name=name)) from bad
