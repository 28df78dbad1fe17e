"""Photographs of places that do not exist, drawn by code, and what is done to them: copies of every kind, true second shots, patches painted over.

A scene is its layout (seed), a shot of it has its own viewpoint, light, clouds, season and grain. Two shots of one scene share outlines and nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

WIDTH, HEIGHT = 480, 360
_ROOM = 60  # pixels around the frame, so that a moved viewpoint sees something

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class _Thing:
    kind: str
    box: tuple[float, float, float, float]
    colour: Colour
    lasting: bool


def shot(scene: int, visit: int = 0, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    """The scene as it was seen at that visit."""
    lay, day = Random(f"scene {scene}"), Random(f"scene {scene} visit {visit}")
    wide, tall = WIDTH + 2 * _ROOM, HEIGHT + 2 * _ROOM
    picture = Image.new("RGB", (wide, tall))
    draw = ImageDraw.Draw(picture)
    horizon = lay.uniform(0.4, 0.6) * tall
    sky, ground = _colour(day, 130, 240), _near(_colour(lay, 60, 180), day, 40)
    for y in range(tall):
        share = min(1.0, y / horizon)
        draw.line([(0, y), (wide, y)], fill=tuple(int(c * (0.75 + 0.25 * share)) for c in sky) if y < horizon else ground)
    _hills(draw, lay, _near(_colour(lay, 50, 150), day, 45), horizon, wide)
    for thing in _things(lay, wide, tall, lay.randint(14, 24)):
        _draw(draw, thing, _near(thing.colour, day, 35))
    for thing in _things(day, wide, tall, day.randint(6, 14)):  # what came and went: clouds, people, heaps
        _draw(draw, thing, thing.colour)
    picture = picture.rotate(day.uniform(-3, 3), Image.Resampling.BICUBIC)
    shift = [day.randint(-22, 22) for _ in range(2)]
    zoom = day.uniform(0.93, 1.07)
    left, top = _ROOM + shift[0], _ROOM + shift[1]
    picture = picture.crop((left, top, left + round(WIDTH * zoom), top + round(HEIGHT * zoom))).resize(size, Image.Resampling.BICUBIC)
    return _grained(picture.filter(ImageFilter.GaussianBlur(0.6)), day, day.uniform(6, 12), day.uniform(0.85, 1.15))


def _grained(picture: Image.Image, day: Random, strength: float, light: float) -> Image.Image:
    rng = np.random.default_rng(day.getrandbits(32))
    grain = rng.normal(0, strength, (picture.height, picture.width, 1)) + rng.normal(0, strength / 3, (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(np.asarray(picture, float) * light + grain, 0, 255).astype(np.uint8))


def _things(rng: Random, wide: int, tall: int, count: int) -> list[_Thing]:
    things = []
    for _ in range(count):
        x, y, w, h = rng.uniform(0, wide), rng.uniform(0, tall), rng.uniform(16, 110), rng.uniform(12, 80)
        things.append(_Thing(rng.choice(("oval", "box", "tree", "pole")), (x, y, x + w, y + h), _colour(rng, 20, 235), True))
    return things


def _draw(draw: ImageDraw.ImageDraw, thing: _Thing, colour: Colour) -> None:
    left, top, right, bottom = thing.box
    if thing.kind == "oval":
        draw.ellipse(thing.box, fill=colour)
    elif thing.kind == "box":
        draw.rectangle(thing.box, fill=colour)
    elif thing.kind == "tree":
        draw.polygon([(left, bottom), ((left + right) / 2, top), (right, bottom)], fill=colour)
    else:
        draw.rectangle([left, top, left + 8, bottom], fill=colour)


def _hills(draw: ImageDraw.ImageDraw, lay: Random, colour: Colour, horizon: float, wide: int) -> None:
    points = [(0.0, horizon)]
    for n in range(13):
        points.append((n * wide / 12, horizon - lay.uniform(8, 140)))
    draw.polygon([*points, (wide, horizon)], fill=colour)


def _colour(rng: Random, low: int, high: int) -> Colour:
    return rng.randint(low, high), rng.randint(low, high), rng.randint(low, high)


def _near(colour: Colour, rng: Random, by: int) -> Colour:
    r, g, b = (max(0, min(255, part + rng.randint(-by, by))) for part in colour)
    return r, g, b


# What is done to a picture ----------------------------------------------------------------------------------------------------------------


def saved(picture: Image.Image, quality: int = 88) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def cropped(picture: Image.Image, share: float, rng: Random) -> Image.Image:
    """A part of so much of the picture's area."""
    w, h = round(picture.width * share**0.5), round(picture.height * share**0.5)
    x, y = rng.randint(0, picture.width - w), rng.randint(0, picture.height - h)
    return picture.crop((x, y, x + w, y + h))


def stamped(picture: Image.Image, rng: Random) -> Image.Image:
    out = picture.copy()
    draw = ImageDraw.Draw(out)
    draw.rectangle([0, picture.height * 0.86, picture.width * 0.7, picture.height], fill=(20, 60, 120))
    draw.text((6, picture.height * 0.89), f"2023-0{rng.randint(1, 9)}-1{rng.randint(0, 9)} 10:2{rng.randint(0, 9)}", fill="white")
    return out


def toned(picture: Image.Image, rng: Random) -> Image.Image:
    out = ImageEnhance.Contrast(picture).enhance(rng.choice((0.7, 1.3)))
    return ImageEnhance.Color(ImageEnhance.Brightness(out).enhance(rng.uniform(0.8, 1.25))).enhance(rng.uniform(0.3, 1.4))


def screenshot(picture: Image.Image, rng: Random) -> Image.Image:
    """The picture in a telephone's gallery: bars above and below, drawn a little smaller or larger."""
    k = rng.uniform(0.8, 1.2)
    inner = picture.resize((round(picture.width * k), round(picture.height * k)), Image.Resampling.BICUBIC)
    page = Image.new("RGB", (inner.width + 8, round(inner.height * 1.5)), (246, 246, 246))
    draw = ImageDraw.Draw(page)
    draw.rectangle([0, 0, page.width, 26], fill=(24, 24, 24))
    for n in range(5):
        draw.ellipse([20 + n * 70, page.height - 40, 44 + n * 70, page.height - 16], fill=(90, 110, 200))
    page.paste(inner, (4, round(inner.height * 0.25)))
    return page


Change = Callable[[Image.Image, Random], bytes]

COPIES: Mapping[str, Change] = {
    "recompressed": lambda p, r: saved(p, r.randint(35, 60)),
    "resized": lambda p, r: saved(p.resize((p.width * 2 // 3, p.height * 2 // 3), Image.Resampling.BICUBIC), 75),
    "toned": lambda p, r: saved(toned(p, r), 75),
    "stamped": lambda p, r: saved(stamped(p, r), 80),
    "cropped 70": lambda p, r: saved(cropped(p, 0.7, r), 80),
    "cropped 30": lambda p, r: saved(cropped(p, 0.3, r), 80),
    "mirrored": lambda p, r: saved(ImageOps.mirror(p), 80),
    "turned": lambda p, r: saved(p.rotate(r.choice((90, 270)), expand=True), 80),
    "framed": lambda p, r: saved(ImageOps.expand(p, border=36, fill="white"), 80),
    "screenshot": lambda p, r: saved(screenshot(p, r), 65),
    "all of it": lambda p, r: saved(stamped(cropped(ImageOps.mirror(toned(p, r)), 0.6, r), r), 65),
}


def painted_over(picture: Image.Image, rng: Random, patches: int = 3) -> Image.Image:
    """Patches of green over parts of the picture."""
    out = picture.copy()
    draw = ImageDraw.Draw(out)
    for _ in range(patches):
        x, y = rng.randrange(picture.width - 110), rng.randrange(picture.height // 3, picture.height - 70)
        draw.rectangle(
            [x, y, x + rng.randint(50, 105), y + rng.randint(40, 66)],
            fill=(rng.randint(40, 90), rng.randint(110, 160), rng.randint(40, 80)),
        )
    return out
