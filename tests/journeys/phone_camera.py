"""What a phone reads from a QR code on the screen: the picture is sampled module by module and decoded (ISO/IEC 18004).

A drawing has no dirt on it, so the error correction is left aside; only the level and the sizes that our pages use are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from PIL import Image
from playwright.sync_api import Locator

#: Data codewords of each block at level Q, by version (ISO/IEC 18004, table 9).
_BLOCKS = {1: (13,), 2: (22,), 3: (17, 17), 4: (24, 24), 5: (15, 15, 16, 16), 6: (19, 19, 19, 19)}
#: Two bits of the format that say level Q, and what the format is masked with (ISO/IEC 18004, 7.9).
_LEVEL_Q, _FORMAT_MASK = 0b11, 0b101010000010010
_BYTES = 0b0100
_MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2,
    lambda r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)
_Matrix = list[list[bool]]


def read_code(drawing: Locator) -> str:
    """The text of the code as it is drawn on the page."""
    across = int(float((drawing.get_attribute("viewBox") or "").split()[2]))
    picture = Image.open(BytesIO(drawing.screenshot())).convert("L")
    box = drawing.bounding_box()  # the screenshot begins at whole pixels, the drawing need not
    assert box
    step, left, top = box["width"] / across, box["x"] % 1, box["y"] % 1
    dots = [
        [picture.getpixel((int(left + (c + 0.5) * step), int(top + (r + 0.5) * step))) < 128 for c in range(across)] for r in range(across)
    ]
    quiet = next(n for n, row in enumerate(dots) if any(row))
    return decode([row[quiet : across - quiet] for row in dots[quiet : across - quiet]])


def decode(dots: _Matrix) -> str:
    """The text in a matrix of dark (True) and light modules."""
    size = len(dots)
    version = (size - 17) // 4
    corner = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    form = int("".join(str(int(dots[r][c])) for r, c in corner), 2) ^ _FORMAT_MASK
    assert form >> 13 == _LEVEL_Q, "not a code of level Q"
    mask = _MASKS[form >> 10 & 0b111]
    bits = "".join(str(int(dots[r][c] ^ (mask(r, c) == 0))) for r, c in _path(size))
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    bits = "".join(f"{word:08b}" for word in _in_order(words, _BLOCKS[version]))
    assert int(bits[:4], 2) == _BYTES, "not a code of bytes"
    length = int(bits[4:12], 2)
    return bytes(int(bits[at : at + 8], 2) for at in range(12, 12 + 8 * length, 8)).decode()


def _path(size: int) -> Iterator[tuple[int, int]]:
    """The modules that hold data, in the order in which they are written: pairs of columns from the right, up and down in turn."""
    rows = range(size - 1, -1, -1)
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for row in rows:
            for column in (right, right - 1):
                if not _is_fixed(row, column, size):
                    yield row, column
        rows = rows[::-1]


def _is_fixed(r: int, c: int, size: int) -> bool:
    """Finders with their formats, timing lines, and the one alignment pattern of versions 2 to 6."""
    finder = (r < 9 and c < 9) or (r < 9 and c >= size - 8) or (r >= size - 8 and c < 9)
    aligned = size > 21 and abs(r - (size - 7)) <= 2 and abs(c - (size - 7)) <= 2
    return finder or aligned or r == 6 or c == 6


def _in_order(words: list[int], blocks: tuple[int, ...]) -> list[int]:
    """Codewords lie interleaved, the first of each block, then the second of each; shorter blocks drop out at the end."""
    found: list[list[int]] = [[] for _ in blocks]
    coming = iter(words)
    for number in range(max(blocks)):
        for block, length in zip(found, blocks, strict=True):
            if number < length:
                block.append(next(coming))
    return [word for block in found for word in block]
