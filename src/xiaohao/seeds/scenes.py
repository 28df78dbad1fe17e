"""Places that do not exist, drawn before and after their rectification; the lie of the land is the same both times.

Each scene takes the drawing, a randomness of the land (the same before and after) and one of the day.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from PIL import ImageDraw

WIDTH, HEIGHT = 960, 640

Colour = tuple[int, int, int]


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
    _houses(draw, lay)
    draw.polygon([(0, 255), (WIDTH, 255), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(112, 128, 92) if after else (136, 126, 104))
    draw.polygon([(400, 262), (560, 262), (900, HEIGHT), (60, HEIGHT)], fill=(92, 134, 142) if after else (52, 54, 46))
    for _ in range(150 if after else 260):
        y = day.randrange(275, HEIGHT - 4)
        half = 80 + (y - 262) * 0.9
        x, length = 480 + day.uniform(-half, half) * 0.9, day.randrange(8, 40)
        tone = (128, 168, 172) if after else _shade((86, 84, 66), day.randrange(-20, 24))
        draw.ellipse([x, y, x + length, y + (2 if after else length * 0.28)], fill=tone)
    draw.rectangle([330, 236, 640, 262], fill=(168, 160, 150))
    draw.arc([400, 236, 560, 330], 180, 360, fill=(120, 114, 106), width=8)
    if after:
        _planted_banks(draw, day)
    else:
        draw.rectangle([250, 440, 300, 462], fill=(88, 82, 74))
        draw.polygon([(296, 452), (380, 486), (372, 500), (290, 464)], fill=(74, 70, 54))


def _houses(draw: ImageDraw.ImageDraw, lay: random.Random) -> None:
    for x in range(0, WIDTH, 120):
        height, tone = lay.randrange(60, 130), lay.randrange(150, 205)
        draw.rectangle([x, 225 - height, x + 104, 260], fill=(tone, tone - 8, tone - 18))
        for row in range(230 - height, 240, 24):
            for column in range(x + 10, x + 96, 24):
                draw.rectangle([column, row, column + 10, row + 12], fill=(96, 108, 122))


def _planted_banks(draw: ImageDraw.ImageDraw, day: random.Random) -> None:
    for side in (-1, 1):
        for step in range(26):
            x, y, size = 480 + side * (123 + step * 13.26), 285 + step * 13, 6 + step * 1.3
            draw.ellipse([x - size, y - size * 1.5, x + size, y + size * 0.5], fill=_shade((72, 116, 62), day.randrange(-18, 22)))


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
        depth, size = day.randrange(480, HEIGHT - 6), day.randrange(2, 7) if after else day.randrange(4, 16)
        left = 480 + day.uniform(-1, 1) * (90 + (depth - 470) * 0.68)
        draw.ellipse([left, depth, left + size * 1.5, depth + size], fill=(196, 208, 204) if after else (206, 200, 186))


SCENES: dict[str, Callable[..., None]] = {"quarry": _quarry, "canal": _canal, "plant": _plant}


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
