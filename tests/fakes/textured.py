"""Drawn places full of texture (gravel, grass, windows), whose every true shot has other light, grain, clouds and viewpoint; and typed pages."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 560, 420


def textured(scene: int, visit: int) -> Image.Image:
    """One place as it was on one visit."""
    lay, day = Random(scene * 1009 + 5), Random(scene * 1009 + 31 * visit + 7)
    picture = Image.new("RGB", (2 * WIDTH, 2 * HEIGHT), (150, 180, 215))
    draw = ImageDraw.Draw(picture)
    horizon, ground = 2 * HEIGHT * 0.45, [lay.randint(80, 160) for _ in range(3)]
    draw.rectangle((0, horizon, 2 * WIDTH, 2 * HEIGHT), fill=tuple(ground))
    for _ in range(1100):  # gravel
        x, y, r = lay.randint(0, 2 * WIDTH), lay.uniform(horizon, 2 * HEIGHT), lay.randint(2, 15)
        draw.ellipse((x, y, x + 2 * r, y + r), fill=tuple(max(0, min(255, one + lay.randint(-30, 30))) for one in ground))
    for _ in range(7):  # houses
        x, tall, wide = lay.randint(0, 2 * WIDTH), lay.randint(60, 180), lay.randint(70, 190)
        draw.rectangle((x, horizon + 30 - tall, x + wide, horizon + 30), fill=tuple(lay.randint(60, 220) for _ in range(3)))
        for window in range(int(x) + 8, int(x) + wide - 14, 24):
            draw.rectangle((window, horizon + 42 - tall, window + 12, horizon + 58 - tall), fill=(40, 40, 50))
    for _ in range(40 + 30 * visit):  # what is cleared away or has grown
        x, y = day.randint(0, 2 * WIDTH), day.uniform(horizon + 40, 2 * HEIGHT)
        draw.line((x, y, x + day.randint(-8, 8), y - day.randint(8, 30)), fill=tuple(day.randint(20, 160) for _ in range(3)), width=3)
    for _ in range(5):  # clouds
        x, y = day.randint(0, 2 * WIDTH), day.uniform(0, horizon - 60)
        draw.ellipse((x, y, x + 140, y + 36), fill=(235, 238, 242))
    slid = [day.uniform(-0.012, 0.012) for _ in range(8)]
    box = (0.05, 0.05, 0.05, 0.95, 0.95, 0.95, 0.95, 0.05)
    corners = [(at + off) * 2 * side for at, off, side in zip(box, slid, (WIDTH, HEIGHT) * 4, strict=True)]
    seen = picture.transform((WIDTH, HEIGHT), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    light = np.linspace(day.uniform(0.75, 1.1), day.uniform(0.75, 1.1), WIDTH)[None, :, None]
    grain = np.random.default_rng(scene * 100 + visit).normal(0, 4.5, (HEIGHT, WIDTH, 3))
    return Image.fromarray((np.asarray(seen) * light + grain).clip(0, 255).astype(np.uint8))


def page(number: int) -> Image.Image:
    """A typed page under a red head: lines of small dark marks, other marks on every page."""
    rng = Random(number)
    picture = Image.new("RGB", (620, 877), (252, 251, 248))
    draw = ImageDraw.Draw(picture)
    for x in range(70, 540, 52):
        draw.rectangle((x, 62, x + 38, 104), outline=(210, 20, 20), width=8)
    draw.line((50, 180, 570, 180), fill=(210, 20, 20), width=4)
    for y in range(220, 780, 28):
        for x in range(60, 540, 16):
            for _ in range(4):
                draw.line(
                    (x + rng.randint(0, 12), y + rng.randint(0, 14), x + rng.randint(0, 12), y + rng.randint(0, 14)),
                    fill=(25, 25, 25),
                    width=2,
                )
    grain = np.random.default_rng(number).normal(0, 3, (877, 620, 3))
    return Image.fromarray((np.asarray(picture) + grain).clip(0, 255).astype(np.uint8))
