"""Photos of places that do not exist, drawn by code: the same viewpoint before and after, the day burnt into the corner as site cameras do.

The same arguments give the same picture. Each stays under 60 kB, so that a county's telephone connection can carry a notice.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import ExifTags, Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from xiaohao.seeds.scenes import HEIGHT, SCENES, WIDTH

#: JPEG quality at which a drawn scene stays readable and below 60 kB.
_QUALITY = 72
#: Share of grain that makes a drawing look taken rather than drawn.
_GRAIN = 0.03


@dataclass(frozen=True, slots=True)
class Shot:
    """Where the photographer stood (WGS84 degrees), which way they looked (degrees from north), when, and the point's own mark."""

    scene: str
    phase: str
    taken: datetime
    mark: str
    lat: float
    lon: float
    bearing: float


def photo(shot: Shot) -> bytes:
    """The picture as JPEG bytes with the metadata of a site camera. Raises KeyError for an unknown scene."""
    lay = random.Random(shot.scene)  # the lie of the land: the same before and after
    day = random.Random(f"{shot.scene} {shot.phase} {shot.taken.isoformat()}")  # the weather and the plants of that day
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    SCENES[shot.scene](ImageDraw.Draw(picture), lay, day, after=shot.phase == "after")
    picture = _grained(picture.filter(ImageFilter.GaussianBlur(0.8)), day)
    _burn_in(picture, f"{shot.taken:%Y-%m-%d %H:%M}  {shot.mark}  {shot.bearing:.0f}°")
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, exif=_exif(shot))
    return out.getvalue()


def taken_over(content: bytes, box: tuple[int, int, int, int], stamp: str) -> bytes:
    """A part of a picture (left, top, right, bottom in its pixels) passed off as another: enlarged, lightened, with a stamp of its own and, as a
    screenshot has, no metadata."""
    with Image.open(BytesIO(content)) as picture:
        part = ImageEnhance.Brightness(picture.crop(box)).enhance(1.08).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    _burn_in(part, stamp)
    out = BytesIO()
    part.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _grained(picture: Image.Image, day: random.Random) -> Image.Image:
    """A coarse grain, drawn small and enlarged: fine noise would only fatten the file."""
    small = (WIDTH // 3, HEIGHT // 3)
    grain = Image.frombytes("L", small, day.randbytes(small[0] * small[1])).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
    return Image.blend(picture, Image.merge("RGB", [grain] * 3), _GRAIN)


def _burn_in(picture: Image.Image, text: str) -> None:
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(26)
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    at = (WIDTH - (right - left) - 24, HEIGHT - (bottom - top) - 30)
    draw.text((at[0] + 2, at[1] + 2), text, font=font, fill=(40, 30, 10))
    draw.text(at, text, font=font, fill=(255, 196, 64))


def _exif(shot: Shot) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "site camera"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{shot.taken:%Y:%m:%d %H:%M:%S}"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", _sexagesimal(shot.lat)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", _sexagesimal(shot.lon)
    gps[ExifTags.GPS.GPSImgDirectionRef], gps[ExifTags.GPS.GPSImgDirection] = "T", shot.bearing
    return exif


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    return float(whole), float(minutes), round((degrees - whole - minutes / 60) * 3600, 2)


# Paper --------------------------------------------------------------------------------------------------------------------------------


def signed_page(name: str) -> bytes:
    """A scanned page with lines of text too small to read and a signature at its foot: for decisions signed on paper."""
    hand = random.Random(name)
    page = Image.new("L", (620, 877), 250)
    draw = ImageDraw.Draw(page)
    draw.rectangle([170, 80, 450, 104], fill=70)
    for row in range(12):
        end = 540 if row % 4 < 3 else hand.randrange(200, 420)
        draw.rectangle([80, 170 + row * 34, end, 180 + row * 34], fill=140)
    x, y = 360.0, 700.0
    for _ in range(9):
        to = (x + hand.uniform(6, 26), 700 + hand.uniform(-30, 24))
        draw.line([(x, y), to], fill=30, width=4)
        x, y = to
    draw.line([(330, 740), (560, 740)], fill=120, width=2)
    out = BytesIO()
    page.rotate(hand.uniform(-0.8, 0.8), fillcolor=235).save(out, "JPEG", quality=60, optimize=True)
    return out.getvalue()
