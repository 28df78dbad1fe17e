"""Photos of places that do not exist, drawn by code: the same viewpoint before and after, the day burnt into the corner as site cameras do.

The same arguments give the same picture. Each stays under 60 kB, so that a county's telephone connection can carry a notice.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 960, 640
#: JPEG quality at which a drawn scene stays readable and below 60 kB.
_QUALITY = 72
#: Share of grain that makes a drawing look taken rather than drawn.
_GRAIN = 0.03

Colour = tuple[int, int, int]


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
    _SCENES[shot.scene](ImageDraw.Draw(picture), lay, day, after=shot.phase == "after")
    picture = _grained(picture.filter(ImageFilter.GaussianBlur(0.8)), day)
    _burn_in(picture, f"{shot.taken:%Y-%m-%d %H:%M}  {shot.mark}  {shot.bearing:.0f}°")
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True, exif=_exif(shot))
    return out.getvalue()


# Scenes -------------------------------------------------------------------------------------------------------------------------------


def _quarry(draw: ImageDraw.ImageDraw, lay: random.Random, day: random.Random, *, after: bool) -> None:
    """A cut slope in three benches under a ridge: bare rock before, grown over after, a wall and a ditch at its foot."""
    _sky(draw, 260, hazy=not after)
    _ridge(draw, lay, 230, 60, (104, 122, 104) if after else (118, 120, 108))
    for bench in range(3):
        top = 235 + bench * 95
        edge = _line(lay, top, 14)
        draw.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], fill=_shade((126, 138, 92) if after else (171, 150, 121), -10 * bench))
        _cracks(draw, lay, day, top, after=after)
        if after:
            _plants(draw, day, top + 12, top + 92, 210)
    if after:
        draw.polygon([(0, 560), (WIDTH, 535), (WIDTH, 575), (0, 600)], fill=(176, 174, 168))
        for x in range(0, WIDTH, 48):
            draw.line([(x, 560 - x * 25 / WIDTH), (x, 600 - x * 25 / WIDTH)], fill=(146, 144, 138), width=2)
        draw.polygon([(0, 605), (WIDTH, 580), (WIDTH, 592), (0, 617)], fill=(96, 112, 118))
    else:
        for _ in range(90):
            x, y, size = day.randrange(WIDTH), day.randrange(530, HEIGHT), day.randrange(4, 22)
            draw.ellipse([x, y, x + size * 1.6, y + size], fill=_shade((150, 138, 118), day.randrange(-25, 25)))


def _canal(draw: ImageDraw.ImageDraw, lay: random.Random, day: random.Random, *, after: bool) -> None:
    """A town canal between two banks with a bridge: dark and scummed before, clear with planted banks after."""
    _sky(draw, 262, hazy=not after)
    for x in range(0, WIDTH, 120):
        height, tone = lay.randrange(60, 130), lay.randrange(150, 205)
        draw.rectangle([x, 225 - height, x + 104, 260], fill=(tone, tone - 8, tone - 18))
        for row in range(230 - height, 240, 24):
            for column in range(x + 10, x + 96, 24):
                draw.rectangle([column, row, column + 10, row + 12], fill=(96, 108, 122))
    draw.polygon([(0, 255), (WIDTH, 255), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(112, 128, 92) if after else (136, 126, 104))
    draw.polygon([(400, 262), (560, 262), (900, HEIGHT), (60, HEIGHT)], fill=(92, 134, 142) if after else (52, 54, 46))
    for _ in range(150 if after else 260):
        y = day.randrange(275, HEIGHT - 4)
        half = 80 + (y - 262) * 0.9
        x = 480 + day.uniform(-half, half) * 0.9
        length = day.randrange(8, 40)
        tone = (128, 168, 172) if after else _shade((86, 84, 66), day.randrange(-20, 24))
        draw.ellipse([x, y, x + length, y + (2 if after else length * 0.28)], fill=tone)
    draw.rectangle([330, 236, 640, 262], fill=(168, 160, 150))
    draw.arc([400, 236, 560, 330], 180, 360, fill=(120, 114, 106), width=8)
    if after:
        for side in (-1, 1):
            for step in range(26):
                y = 285 + step * 13
                x = 480 + side * (100 + (y - 262) * 1.02)
                size = 6 + step * 1.3
                draw.ellipse([x - size, y - size * 1.5, x + size, y + size * 0.5], fill=_shade((72, 116, 62), day.randrange(-18, 22)))
    else:
        draw.rectangle([250, 440, 300, 462], fill=(88, 82, 74))
        draw.polygon([(296, 452), (380, 486), (372, 500), (290, 464)], fill=(74, 70, 54))


def _plant(draw: ImageDraw.ImageDraw, lay: random.Random, day: random.Random, *, after: bool) -> None:
    """Two round tanks of a treatment works with their outfall: foam and grey water before, a clear overflow after."""
    _sky(draw, 240, hazy=not after)
    _ridge(draw, lay, 230, 24, (120, 134, 118))
    draw.rectangle([0, 250, WIDTH, HEIGHT], fill=(150, 152, 140))
    for x, y in ((60, 260), (500, 250)):
        draw.ellipse([x, y, x + 400, y + 190], fill=(182, 182, 178))
        draw.ellipse([x + 16, y + 12, x + 384, y + 172], fill=(104, 138, 136) if after else (110, 102, 84))
        draw.line([(x + 200, y + 92), (x + 372, y + 60)], fill=(88, 92, 96), width=8)
    draw.polygon([(380, 470), (580, 470), (700, HEIGHT), (260, HEIGHT)], fill=(118, 152, 150) if after else (104, 100, 84))
    for _ in range(40 if after else 320):
        y = day.randrange(480, HEIGHT - 6)
        x = 480 + day.uniform(-1, 1) * (90 + (y - 470) * 0.68)
        size = day.randrange(2, 7) if after else day.randrange(4, 16)
        draw.ellipse([x, y, x + size * 1.5, y + size], fill=(196, 208, 204) if after else (206, 200, 186))


_SCENES: dict[str, Callable[..., None]] = {"quarry": _quarry, "canal": _canal, "plant": _plant}


# What scenes are made of --------------------------------------------------------------------------------------------------------------


def _sky(draw: ImageDraw.ImageDraw, bottom: int, *, hazy: bool) -> None:
    top, low = ((176, 178, 172), (206, 202, 190)) if hazy else ((122, 168, 212), (206, 224, 232))
    for y in range(bottom):
        share = y / bottom
        draw.line([(0, y), (WIDTH, y)], fill=tuple(round(a + (b - a) * share) for a, b in zip(top, low, strict=True)))


def _ridge(draw: ImageDraw.ImageDraw, lay: random.Random, base: int, height: int, colour: Colour) -> None:
    points = [(x, base - lay.uniform(0.3, 1) * height) for x in range(0, WIDTH + 80, 80)]
    draw.polygon([*points, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)


def _line(lay: random.Random, top: int, swing: int) -> list[tuple[float, float]]:
    return [(x, top + lay.uniform(-swing, swing)) for x in range(0, WIDTH + 60, 60)]


def _cracks(draw: ImageDraw.ImageDraw, lay: random.Random, day: random.Random, top: int, *, after: bool) -> None:
    for _ in range(46):
        x, y = lay.randrange(WIDTH), top + lay.randrange(12, 88)
        length, lean = lay.randrange(10, 46), lay.randrange(-14, 14)
        if not after or day.random() < 0.2:
            draw.line([(x, y), (x + lean, y + length)], fill=(132, 114, 92), width=lay.randrange(1, 4))


def _plants(draw: ImageDraw.ImageDraw, day: random.Random, top: int, bottom: int, count: int) -> None:
    for _ in range(count):
        x, y, size = day.randrange(-10, WIDTH), day.randrange(top, bottom), day.randrange(5, 15)
        draw.ellipse([x, y, x + size * 1.5, y + size], fill=_shade((74, 112, 58), day.randrange(-22, 30)))


def _shade(colour: Colour, by: int) -> Colour:
    return tuple(max(0, min(255, part + by)) for part in colour)  # type: ignore[return-value]


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
