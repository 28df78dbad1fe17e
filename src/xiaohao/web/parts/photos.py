"""Photos, and the before/after pair: always side by side, with date and point printed under each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of `width` × `height` pixels at `src`; `alt` says what is to be seen, `caption` when and where."""

    src: str
    width: int
    height: int
    alt: str
    caption: str
    large: str = ""


@dataclass(frozen=True, slots=True)
class PhotoPair:
    """The same point before and after; `note` says how the point was chosen and how far apart the two stood."""

    before: Photo
    after: Photo
    note: str = ""
