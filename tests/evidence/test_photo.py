from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from tests.evidence.pictures import camera_exif, drawn, jpeg, png, png_bomb, webp
from xiaohao.evidence.photo import (
    LONGEST_SIDE,
    MOST_PIXELS,
    PUBLIC_SIDE,
    THUMBNAIL_SIDE,
    BadPicture,
    PhotoFacts,
    copy_that_keeps,
    public_copy,
    read_photo,
    size_as_seen,
    sniff_picture,
    thumbnail,
)
from xiaohao.kernel.when import When


def reopened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def test_a_telephone_s_picture_says_when_where_and_with_what_it_was_taken():
    facts = read_photo(jpeg(exif=camera_exif()))
    assert facts == PhotoFacts("image/jpeg", 320, 240, "2025-09-30T14:20:05+08:00", 31.2042, 110.331, 48.1, "HUAWEI P60", "P60 4.2")
    assert When.parse(facts.captured_at or "").moment is not None


def test_a_picture_without_metadata_says_only_what_it_is():
    assert [read_photo(content) for content in (jpeg(), png(), webp())] == [
        PhotoFacts("image/jpeg", 320, 240),
        PhotoFacts("image/png", 320, 240),
        PhotoFacts("image/webp", 320, 240),
    ]


def test_the_size_is_that_of_the_upright_picture():
    assert (read_photo(jpeg(exif=camera_exif(6))).width, read_photo(jpeg(exif=camera_exif(3))).width) == (240, 320)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025:09:30 14:20:05", "2025-09-30T14:20:05+08:00"),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("2025:02:30 10:00:00", None),
        ("昨天", None),
    ],
)
def test_a_time_that_never_was_is_none(written: str, read: str | None):
    assert read_photo(jpeg(exif=camera_exif(DateTimeOriginal=written))).captured_at == read


def test_a_foolish_offset_is_left_out_and_the_time_kept():
    assert read_photo(jpeg(exif=camera_exif(OffsetTimeOriginal="北京"))).captured_at == "2025-09-30T14:20:05"


@pytest.mark.parametrize(
    "latitude",
    [
        (IFDRational(0, 0),) * 3,
        (IFDRational(91), IFDRational(0), IFDRational(0)),
        (IFDRational(31), IFDRational(12)),
    ],
)
def test_a_position_that_is_none_is_absent(latitude: tuple[IFDRational, ...]):
    facts = read_photo(jpeg(exif=camera_exif(GPSLatitude=latitude)))
    assert (facts.lat, facts.lon, facts.captured_at) == (None, None, "2025-09-30T14:20:05+08:00")


def test_south_and_west_are_negative():
    facts = read_photo(jpeg(exif=camera_exif(GPSLatitudeRef="S", GPSLongitudeRef="W")))
    assert (facts.lat, facts.lon) == (-31.2042, -110.331)


CANARIES = (b"HUAWEI", b"2025:09:30", b"Exif", b"http://ns.adobe.com", b"Photoshop", b"secret", b"ICC_PROFILE", b"P60")


def loaded(kind: str) -> bytes:
    """A picture with every kind of metadata that a format takes."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>'
    exif = camera_exif()
    if kind == "jpeg":
        plain = jpeg(exif=exif, comment=b"secret comment", xmp=xmp, icc_profile=b"secret profile ICC_PROFILE")
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0asecret"
        return plain[:2] + b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc + plain[2:] + b"secret trailer"
    if kind == "png":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", "secret")
        info.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return png(exif=exif, pnginfo=info)
    return webp(exif=exif, xmp=xmp)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_the_public_copy_says_nothing_but_what_is_seen(kind: str):
    content = loaded(kind)
    assert any(canary in content for canary in CANARIES)
    for copy in (public_copy(content), thumbnail(content)):
        assert [canary for canary in CANARIES if canary in copy] == []
        assert {copy[at + 1] for at in range(2, copy.index(b"\xff\xda")) if copy[at] == 0xFF and 0xE1 <= copy[at + 1] <= 0xFE} == set()
        assert dict(reopened(copy).getexif()) == {}


def test_time_and_place_stay_only_where_the_sender_wants_them():
    content = jpeg(exif=camera_exif())
    known = read_photo(content)
    assert (known.captured_at is None, known.lat is None) == (False, False)
    for time, place in ((True, False), (False, True), (True, True), (False, False)):
        left = read_photo(copy_that_keeps(content, time=time, place=place))
        assert (left.captured_at is not None, left.lat is not None, left.device) == (time, place, None)
        if place:
            assert (left.lat, left.lon) == (known.lat, known.lon)


def test_the_size_is_known_from_the_head_alone():
    content = jpeg(exif=camera_exif())
    assert size_as_seen(content) == (read_photo(content).width, read_photo(content).height)
    with pytest.raises(BadPicture):
        size_as_seen(b"no picture")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_public_copy_stands_upright(orientation: int):
    upright = reopened(public_copy(jpeg(drawn(), exif=camera_exif(orientation), quality=95)))
    expected = {1: (20, 20), 2: (300, 20), 3: (300, 220), 4: (20, 220), 5: (20, 20), 6: (220, 20), 7: (220, 300), 8: (20, 300)}[orientation]
    red, green, _ = upright.getpixel(expected)  # type: ignore[misc]
    assert (upright.size == ((240, 320) if orientation > 4 else (320, 240)), red > 150 and green < 90) == (True, True)


def test_copies_are_no_longer_than_asked_and_small_pictures_are_not_blown_up():
    big = jpeg(drawn(3000, 1500))
    assert reopened(public_copy(big)).size == (PUBLIC_SIDE, PUBLIC_SIDE // 2)
    assert reopened(thumbnail(big)).size == (THUMBNAIL_SIDE, THUMBNAIL_SIDE // 2)
    assert reopened(public_copy(jpeg())).size == (320, 240)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "1", "P", "CMYK", "I;16"])
def test_every_mode_of_colour_becomes_a_picture_on_white(mode: str):
    picture = Image.new(mode, (40, 30)) if mode == "I;16" else drawn(40, 30).convert(mode)
    content = jpeg(picture) if mode == "CMYK" else png(picture)
    assert (reopened(public_copy(content)).mode, reopened(public_copy(content)).size) == ("RGB", (40, 30))
    clear = png(Image.new("RGBA", (8, 8), (0, 0, 0, 0)))
    assert reopened(public_copy(clear)).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("side", [60_000, 8_000, 15_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(side: int):
    content = png_bomb(side)
    assert len(content) < 5_000
    for act in (read_photo, public_copy, thumbnail):
        with pytest.raises(BadPicture, match="像素"):
            act(content)


def test_the_limit_of_pixels_lets_a_50_megapixel_telephone_through():
    assert 8192 * 6144 < MOST_PIXELS < Image.MAX_IMAGE_PIXELS  # type: ignore[operator]
    with pytest.raises(BadPicture, match="像素"):
        read_photo(png(Image.new("1", (LONGEST_SIDE + 1, 1))))


def test_a_moving_picture_is_no_photo():
    moving = io.BytesIO()
    drawn(20, 20).save(moving, "WEBP", save_all=True, append_images=[Image.new("RGB", (20, 20))], duration=100)
    with pytest.raises(BadPicture, match="动图"):
        read_photo(moving.getvalue())


@pytest.mark.parametrize("content", [b"", b"GIF89a" + b"\x00" * 40, b"<svg/>", b"\x00" * 100, b"BM" + b"\x00" * 100])
def test_what_is_no_picture_is_refused(content: bytes):
    assert sniff_picture(content) is None
    with pytest.raises(BadPicture, match="不是 JPEG、PNG、WebP 或 HEIC"):
        read_photo(content)


@pytest.mark.parametrize("whole", [jpeg(exif=camera_exif()), png(), webp()], ids=["jpeg", "png", "webp"])
def test_a_picture_cut_short_is_refused(whole: bytes):
    for part in (0.1, 0.5, 0.8):
        with pytest.raises(BadPicture, match="不完整或已损坏"):
            public_copy(whole[: int(len(whole) * part)])


SMALL = [jpeg(drawn(16, 12), exif=camera_exif()), png(drawn(16, 12)), webp(drawn(16, 12))]


@settings(deadline=None)
@given(st.sampled_from(SMALL), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8))
def test_no_flipped_byte_does_worse_than_a_refusal(whole: bytes, flips: list[tuple[float, int]]):
    broken = bytearray(whole)
    for place, value in flips:
        broken[12 + int(place * (len(broken) - 12))] = value
    for act in (read_photo, thumbnail):
        with suppress(BadPicture):
            act(bytes(broken))
