"""Pictures as bytes: what they are, what they say about themselves, and copies for the public that say nothing but what is seen.

A picture is decoded only after its size has been read and found sane; a hostile one raises BadPicture with a sentence for whoever sent it.
"""

from __future__ import annotations

import io
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from PIL import ExifTags, Image

from xiaohao.kernel.arrays import np
from xiaohao.kernel.said import say
from xiaohao.kernel.when import When

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Pixels. A telephone's 50-megapixel picture passes (8192 × 6144); decoded it takes 150 MB. Pillow itself only warns at 89 million.
MOST_PIXELS = 60_000_000

#: Pixels of one side: beyond it JPEG (65,535) and WebP (16,383) writers fail, and no camera goes.
LONGEST_SIDE = 16_383

#: Longest side of the copy that anybody may open, in pixels: enough to read a sign in the picture, too little to print a poster.
PUBLIC_SIDE = 2048

#: Longest side of the picture in a page, in pixels: 60 kB a photo (UX.md, 9).
THUMBNAIL_SIDE = 640

#: JPEG quality of the copies: no visible blocks in foliage and gravel, a third of the bytes of a camera's own.
_QUALITY = 82

#: Characters kept of what a file says about its device or program.
_WORDS = 100

_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_MEDIA = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}

#: Brands (ISO/IEC 23008-12, annex B) of still pictures that telephones write: HEVC in one item, with or without extensions.
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})

#: EXIF orientation → what turns the picture upright (EXIF 2.32, tag 0x0112).
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

#: What broken and hostile files make Pillow raise, beside its own errors (all of them OSError).
_FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    OverflowError,
    IndexError,
    KeyError,
    TypeError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
)

#: Pillow's own alarms: an error at 179 million pixels; the warning at 89 million is one where warnings are errors.
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class BadPicture(ValueError):  # noqa: N818 - carries an answer for the person who sent the picture
    """The picture cannot be taken; the message says why and what would do."""


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What a picture is and says about itself. Size as seen, after its orientation is applied; `captured_at` an ISO date (`When` text), with an
    offset where the camera gives one; position in WGS84 degrees as written, `bearing` in degrees from north."""

    media: str
    width: int
    height: int
    captured_at: str | None = None
    lat: float | None = None
    lon: float | None = None
    bearing: float | None = None
    device: str | None = None
    software: str | None = None


def sniff_picture(content: bytes) -> str | None:
    """The media type by content: image/jpeg, image/png, image/webp, image/heic, or None."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/heic" if _is_heic(content) else None


def _is_heic(content: bytes) -> bool:
    """Whether the first box of the file (ISO/IEC 14496-12: size, "ftyp", brand, version, more brands) names a still picture of HEVC."""
    if content[4:8] != b"ftyp":
        return False
    size = min(int.from_bytes(content[:4], "big"), 256)
    brands = {content[8:12], *(content[at : at + 4] for at in range(16, size - 3, 4))}
    return content[8:12] in (_HEIC_BRANDS | {b"mif1"}) and bool(brands & _HEIC_BRANDS)


def read_photo(content: bytes) -> PhotoFacts:
    """The facts of a picture, every pixel of it decoded once. Raises BadPicture."""
    with _opened(content) as picture:
        exif = _exif(picture)
        picture.load()
        width, height = _size(picture, exif)
        return PhotoFacts(media=_MEDIA[picture.format or ""], width=width, height=height, **_said_by(exif))


def told_by(content: bytes) -> PhotoFacts:
    """The facts of a picture from its head alone, no pixel decoded. Raises BadPicture."""
    with _opened(content) as picture:
        exif = _exif(picture)
        width, height = _size(picture, exif)
        return PhotoFacts(media=_MEDIA[picture.format or ""], width=width, height=height, **_said_by(exif))


def grey_of(content: bytes, longest: int) -> NDArray[np.float32]:
    """What is seen, upright, as greys 0..255 (rows × columns), its longer side exactly `longest` pixels. Raises BadPicture."""
    with _opened(content) as picture:
        exif = _exif(picture)
        share = min(1.0, longest / max(picture.size))
        picture.draft("L", (int(picture.width * share), int(picture.height * share)))  # a decoder skips what is finer than needed
        turn = _UPRIGHT.get(exif.get(ExifTags.Base.Orientation, 1))
        seen = picture if picture.mode == "L" else _on_white(picture).convert("L")
        share = longest / max(seen.size)
        seen = seen.resize(
            (max(1, round(seen.width * share)), max(1, round(seen.height * share))), Image.Resampling.BILINEAR, reducing_gap=2.0
        )
        seen = seen.transpose(turn) if turn is not None else seen
        return np.asarray(seen, np.float32)


def size_as_seen(content: bytes) -> tuple[int, int]:
    """Width and height once the orientation is applied, from the picture's head alone. Raises BadPicture."""
    with _opened(content) as picture:
        return _size(picture, _exif(picture))


def public_copy(content: bytes, *, longest: int = PUBLIC_SIDE) -> bytes:
    """A JPEG of what is seen and nothing else: orientation applied, no EXIF, XMP, IPTC, GPS, comment, profile or embedded thumbnail, no side
    longer than `longest` pixels. Raises BadPicture."""
    return _copy(content, longest, time=False, place=False)


def thumbnail(content: bytes, *, longest: int = THUMBNAIL_SIDE) -> bytes:
    """The copy for a page: `public_copy` with a shorter side. Raises BadPicture."""
    return public_copy(content, longest=longest)


def copy_that_keeps(content: bytes, *, time: bool, place: bool, longest: int = PUBLIC_SIDE) -> bytes:
    """`public_copy`, with the time of the shot or the position left in it where the person who sends the picture wants that. Raises BadPicture."""
    return _copy(content, longest, time=time, place=place)


def _copy(content: bytes, longest: int, *, time: bool, place: bool) -> bytes:
    with _opened(content) as picture:
        exif = _exif(picture)
        left = _left_in(exif, time=time, place=place)
        picture.draft("RGB", (longest, longest))  # a JPEG decoder may skip to the next smaller size
        turn = _UPRIGHT.get(exif.get(ExifTags.Base.Orientation, 1))
        seen = _on_white(picture)
        seen.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        seen = seen.transpose(turn) if turn is not None else seen
        clean = Image.new("RGB", seen.size)
        clean.paste(seen)  # a new picture has no info to leak
        out = io.BytesIO()
        clean.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True, **({"exif": left} if left else {}))
        return out.getvalue()


def _left_in(found: Image.Exif, *, time: bool, place: bool) -> Image.Exif | None:
    """The few fields that stay: when it was taken, and latitude and longitude with their hemispheres (EXIF GPS tags 1 to 4)."""
    left = Image.Exif()
    taken = found.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) if time else None
    if isinstance(taken, str):
        left.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
        left[ExifTags.Base.DateTime] = taken
    where = found.get_ifd(ExifTags.IFD.GPSInfo) if place else {}
    if where:
        left[ExifTags.IFD.GPSInfo] = {tag: where[tag] for tag in (1, 2, 3, 4) if tag in where}
    return left if len(left) else None


def _size(picture: Image.Image, exif: Image.Exif) -> tuple[int, int]:
    turned = exif.get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
    return picture.size[::-1] if turned else picture.size


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """The picture, of a known format and a sane size, not yet decoded."""
    media = sniff_picture(content)
    if media is None:
        raise BadPicture(say("这个文件不是 JPEG、PNG、WebP 或 HEIC 图片。"))
    try:
        with Image.open(io.BytesIO(content), formats=_heif() if media == "image/heic" else _FORMATS) as picture:
            _require_sane(picture)
            yield picture
    except BadPicture:
        raise
    except _BOMBS as bomb:
        raise BadPicture(say("图片像素过多，最多 {most} 万像素，请缩小后再传。", most=MOST_PIXELS // 10_000)) from bomb
    except _FAULTS as fault:
        raise BadPicture(say("图片不完整或已损坏，请重新拍摄或导出后再传。")) from fault


def _heif() -> tuple[str]:
    """Pillow's name of the format, once it knows it: the library is loaded when the first such picture comes."""
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)
    return ("HEIF",)


def _require_sane(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise BadPicture(
            say("图片有 {width}×{height} 像素，最多 {most} 万像素，请缩小后再传。", width=width, height=height, most=MOST_PIXELS // 10_000)
        )
    if picture.format in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1:
        raise BadPicture(say("动图不能作为照片，请传静态图片。"))


def _on_white(picture: Image.Image) -> Image.Image:
    """RGB; what is transparent becomes white, as on paper, and 16-bit greys become 8-bit ones."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda grey: grey / 256).convert("L").convert("RGB")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        page = Image.new("RGB", layer.size, "white")
        page.paste(layer, mask=layer.getchannel("A"))
        return page
    return picture.convert("RGB")


# What the picture says about itself ----------------------------------------------------------------------------------------------


def _exif(picture: Image.Image) -> Image.Exif:
    """The picture's EXIF; a malformed one is an empty one."""
    try:
        return picture.getexif()
    except _FAULTS:
        return Image.Exif()


def _said_by(exif: Image.Exif) -> dict[str, Any]:
    """The fields of PhotoFacts that EXIF gives; a malformed one is absent, never an error."""
    try:
        camera = exif.get_ifd(ExifTags.IFD.Exif)
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except _FAULTS:
        camera, gps = {}, {}
    lat = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    lon = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    make, model = _text(exif.get(ExifTags.Base.Make)), _text(exif.get(ExifTags.Base.Model))
    device = model if model and make and model.lower().startswith(make.lower()) else " ".join(part for part in (make, model) if part)
    placed = lat is not None and lon is not None and (lat, lon) != (0.0, 0.0)
    return {
        "captured_at": _captured_at(exif, camera),
        "lat": lat if placed else None,
        "lon": lon if placed else None,
        "bearing": _number(gps.get(ExifTags.GPS.GPSImgDirection), 360),
        "device": device or None,
        "software": _text(exif.get(ExifTags.Base.Software)),
    }


def _captured_at(exif: Image.Exif, camera: Mapping[int, Any]) -> str | None:
    """When the shutter fell; the time of digitising where the camera gives no other. DateTime alone is when a program last wrote the file: no."""
    for tag, offset in (
        (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal),
        (ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized),
    ):
        text = _text(camera.get(tag) or exif.get(tag))
        if text and (found := _iso(text, _text(camera.get(offset)))):
            return found
    return None


def _iso(text: str, offset: str | None) -> str | None:
    """2021:09:30 14:20:05 (EXIF) as 2021-09-30T14:20:05+08:00; None for zeros, blanks and dates that never were."""
    day, _, clock = text.partition(" ")
    moment = f"{day.replace(':', '-')}T{clock.strip()}" if clock.strip() else day.replace(":", "-")
    for candidate in (moment + (offset or ""), moment):
        try:
            When.parse(candidate)
        except ValueError:
            continue
        return candidate
    return None


def _degrees(gps: Mapping[int, Any], tag: int, ref_tag: int, negative: str, most: float) -> float | None:
    parts = gps.get(tag)
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    numbers = [_number(part, most) for part in parts]
    if None in numbers:
        return None
    degrees, minutes, seconds = (number or 0.0 for number in numbers)
    value = degrees + minutes / 60 + seconds / 3600
    if value > most:
        return None
    return round(-value if (_text(gps.get(ref_tag)) or "").upper() == negative else value, 7)


def _number(value: Any, most: float) -> float | None:
    """A rational between 0 and `most`; 0/0 and the like are none."""
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if isfinite(number) and 0 <= number <= most else None


def _text(value: Any) -> str | None:
    """What EXIF says in letters, without controls, shortened."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    seen = "".join(sign for sign in value if unicodedata.category(sign)[0] != "C").strip()
    return seen[:_WORDS] or None
