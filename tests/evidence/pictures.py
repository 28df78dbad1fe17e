"""Pictures drawn for the tests, honest and hostile; nothing is downloaded."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import ExifTags, Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational


def drawn(width: int = 320, height: int = 240) -> Image.Image:
    """A slope under a sky, the left upper corner red."""
    picture = Image.new("RGB", (width, height), "#DCEBF0")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, height), (width // 2, height // 3), (width, height)], fill="#8DAE8E")
    pen.rectangle((0, 0, width // 4, height // 4), fill="#C8161D")
    return picture


def camera_exif(orientation: int = 1, **overrides: object) -> Image.Exif:
    """What a telephone writes: make, model, time, position, direction, and a description with a script in it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "HUAWEI"
    exif[ExifTags.Base.Model] = "HUAWEI P60"
    exif[ExifTags.Base.Software] = "P60 4.2\x00\x07"
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.DateTime] = "2026:01:01 08:00:00"
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    camera[ExifTags.Base.DateTimeOriginal] = "2025:09:30 14:20:05"
    camera[ExifTags.Base.OffsetTimeOriginal] = "+08:00"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (IFDRational(31), IFDRational(12), IFDRational(1512, 100))
    gps[ExifTags.GPS.GPSLongitudeRef] = "E"
    gps[ExifTags.GPS.GPSLongitude] = (IFDRational(110), IFDRational(19), IFDRational(516, 10))
    gps[ExifTags.GPS.GPSImgDirection] = IFDRational(481, 10)
    for name, value in overrides.items():
        ifd = gps if name.startswith("GPS") else camera
        ifd[getattr(ExifTags.GPS if name.startswith("GPS") else ExifTags.Base, name)] = value
    return exif


def jpeg(picture: Image.Image | None = None, **options: object) -> bytes:
    return _saved(picture or drawn(), "JPEG", **options)


def png(picture: Image.Image | None = None, **options: object) -> bytes:
    return _saved(picture or drawn(), "PNG", **options)


def webp(picture: Image.Image | None = None, **options: object) -> bytes:
    return _saved(picture or drawn(), "WEBP", **options)


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def png_bomb(side: int = 60_000) -> bytes:
    """A PNG of side × side white pixels in a few kilobytes: only its head is honest, the data ends at once."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\xff" * 4096, 9)) + chunk(b"IEND", b"")
