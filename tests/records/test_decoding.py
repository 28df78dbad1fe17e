"""Pictures are decoded in a process apart. Whatever is thrown at it, the caller gets facts or a Chinese sentence, in time, and the next picture is read."""

from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from random import Random

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from tests.evidence.pictures import camera_exif, drawn, jpeg, png, png_bomb, webp
from tests.fakes.pictures import saved, shot
from xiaohao.evidence.photo import BadPicture, read_photo, sniff_picture
from xiaohao.evidence.photo_marks import seen_in
from xiaohao.records import decoding, decoding_child


def heic(picture: Image.Image | None = None, **options: object) -> bytes:
    from pillow_heif import from_pillow

    out = io.BytesIO()
    from_pillow(picture or drawn()).save(out, quality=60, **options)
    return out.getvalue()


def exif_loop() -> bytes:
    """A JPEG whose EXIF directory names itself as the next one and as its own sub-directory."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    tiff = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", 2) + entry + struct.pack("<HHII", 0x8825, 4, 1, 8) + struct.pack("<I", 8)
    segment = b"Exif\x00\x00" + tiff
    return jpeg()[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg()[2:]


def exif_of_lies() -> bytes:
    """An EXIF entry that claims four thousand million values far behind the end."""
    tiff = b"MM\x00*" + struct.pack(">I", 8) + struct.pack(">H", 1) + struct.pack(">HHII", 0x9003, 2, 0xFFFFFFFF, 0x7FFFFFFF) + b"\x00" * 4
    segment = b"Exif\x00\x00" + tiff
    return jpeg()[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg()[2:]


def png_text_bomb() -> bytes:
    """A PNG whose compressed text is 60 MB of one sign."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    whole = png()
    return whole[:33] + chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"A" * 60_000_000, 9)) + whole[33:]


def jpeg_of_size(width: int, height: int) -> bytes:
    """A JPEG whose head claims another size."""
    whole = jpeg()
    at = whole.index(b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]


def scans(count: int) -> bytes:
    """A progressive JPEG with its first scan repeated: each costs a pass over the picture."""
    whole = jpeg(drawn(1600, 1200), progressive=True)
    at = whole.index(b"\xff\xda")
    end = whole.index(b"\xff", at + 14)
    while whole[end + 1] in (0, *range(0xD0, 0xD8)):
        end = whole.index(b"\xff", end + 2)
    return whole[:end] + whole[at:end] * count + whole[end:]


HOSTILE = {
    "nothing": b"",
    "text": "不是图片".encode(),
    "svg": b"<svg onload='alert(1)'/>",
    "jpeg head alone": b"\xff\xd8\xff",
    "jpeg cut short": jpeg()[:900],
    "png head alone": b"\x89PNG\r\n\x1a\n",
    "png cut short": png()[:200],
    "png bomb": png_bomb(),
    "webp cut short": webp()[:120],
    "webp of lies": b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 60,
    "heic head alone": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "heic cut short": heic()[:700],
    "heic of lies": heic()[:60] + b"\xff" * 400,
    "jpeg of 65,000 by 65,000": jpeg_of_size(65_000, 65_000),
    "jpeg of nothing by nothing": jpeg_of_size(0, 0),
    "jpeg of one by 60,000": jpeg_of_size(1, 60_000),
}
HARMLESS = {
    "exif loop": exif_loop(),
    "exif of lies": exif_of_lies(),
    "jpeg with html behind": jpeg() + b"<html><script>alert(1)</script>",
    "png with zip behind": png() + b"PK\x03\x04" + b"\x00" * 80,
    "foolish position": jpeg(exif=camera_exif(GPSLatitude=(IFDRational(1, 0), IFDRational(99), IFDRational(0, 0)))),
    "one pixel": png(Image.new("RGB", (1, 1))),
    "a line": png(Image.new("L", (9000, 1))),
    "heic": heic(drawn(300, 200)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_with_a_chinese_sentence(name: str) -> None:
    for look in (decoding.facts, decoding.seen, decoding.public_copy):
        with pytest.raises(BadPicture) as refused:
            look(HOSTILE[name])
        assert re.search(r"[\u4e00-\u9fff]{4}", str(refused.value))


@pytest.mark.parametrize("name", HARMLESS)
def test_a_strange_picture_that_can_be_seen_is_taken(name: str) -> None:
    facts = decoding.facts(HARMLESS[name])
    assert facts.width > 0
    assert decoding.seen(HARMLESS[name]).longest == max(facts.width, facts.height)
    assert sniff_picture(decoding.public_copy(HARMLESS[name])) == "image/jpeg"


@pytest.mark.parametrize("content", [png_text_bomb(), scans(300)], ids=["text bomb", "300 scans"])
def test_what_costs_much_is_refused_or_read_and_the_next_picture_is_read(content: bytes) -> None:
    with suppress(BadPicture):
        decoding.facts(content)
    assert decoding.facts(jpeg()).width == 320


def test_the_facts_and_the_marks_are_the_same_as_in_one_process() -> None:
    content = jpeg(exif=camera_exif(6))
    assert decoding.facts(content) == read_photo(content)
    picture = saved(shot(3))
    here, apart = seen_in(picture), decoding.seen(picture)
    assert here.longest == apart.longest
    for name in ("grey", "at", "scale", "angle", "patch"):
        assert (getattr(here.marks, name) == getattr(apart.marks, name)).all(), name


def test_a_telephone_s_heic_says_when_where_and_stands_upright() -> None:
    facts = decoding.facts(heic(drawn(320, 240), exif=camera_exif().tobytes()))
    assert (facts.media, facts.width, facts.captured_at, facts.lat) == ("image/heic", 320, "2025-09-30T14:20:05+08:00", 31.2042)


def test_a_process_that_dies_costs_its_picture_and_nothing_else() -> None:
    decoding.facts(jpeg())
    for reader in decoding._idle:
        reader._process.kill()
        reader._process.wait()
    assert decoding.facts(jpeg()).width == 320


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(decoding, "MOST_SECONDS", 0.0)
    big = png(Image.effect_noise((1500, 1500), 80))
    with pytest.raises(BadPicture, match="超时"):
        decoding.facts(big)
    monkeypatch.undo()
    assert decoding.facts(jpeg()).width == 320


def test_the_process_has_given_up_its_rights() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _TRY], capture_output=True, text=True, check=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    ).stdout.split()
    assert told == ["memory", "file"]


_TRY = f"""
import os, signal, tempfile
from {decoding_child.__name__} import MOST_MEMORY, give_up_rights
place = tempfile.mkdtemp()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
give_up_rights()
try:
    bytearray(MOST_MEMORY)
except MemoryError:
    print("memory")
try:
    with open(os.path.join(place, "a"), "wb", buffering=0) as file:
        file.write(b"x")
except OSError:
    print("file")
"""


def test_many_are_looked_at_in_their_order_and_one_that_cannot_be_is_none() -> None:
    pictures = {"a": jpeg(), "b": jpeg()[:700], "c": saved(shot(2)), "d": None}
    found = dict(decoding.seen_of((name, lambda content=content: content) for name, content in pictures.items()))
    assert list(found) == ["a", "b", "c", "d"]
    assert [name for name, seen in found.items() if seen is None] == ["b", "d"]


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "heic"])
def test_no_flipped_bytes_do_worse_than_a_refusal(kind: str) -> None:
    whole = {"jpeg": jpeg(exif=camera_exif()), "png": png(), "webp": webp(), "heic": heic()}[kind]
    rng = Random(kind)
    for _ in range(25):
        content = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        with suppress(BadPicture):
            decoding.facts(bytes(content))
    assert decoding.facts(whole).width == 320
