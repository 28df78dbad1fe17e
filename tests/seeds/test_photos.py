"""Photos drawn by code: small, dated, the same each time, before and after from one point."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from PIL import ExifTags, Image

from xiaohao.seeds.photos import Shot, photo, signed_page

BEFORE = Shot("quarry", "before", datetime(2024, 11, 21, 10, 5), "2#", 31.2311, 110.3725, 48)  # noqa: DTZ001 - a camera's own clock


@pytest.mark.parametrize("scene", ["quarry", "canal", "plant"])
@pytest.mark.parametrize("phase", ["before", "after"])
def test_a_photo_is_a_small_jpeg(scene: str, phase: str) -> None:
    content = photo(replace(BEFORE, scene=scene, phase=phase))
    with Image.open(BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (960, 640))
    assert len(content) <= 60_000


def test_the_same_shot_gives_the_same_picture_and_another_day_another() -> None:
    assert photo(BEFORE) == photo(BEFORE)
    assert photo(BEFORE) != photo(replace(BEFORE, taken=datetime(2024, 11, 22, 10, 5)))  # noqa: DTZ001


def test_a_photo_says_when_and_where_it_was_taken() -> None:
    with Image.open(BytesIO(photo(BEFORE))) as picture:
        exif = picture.getexif()
    assert exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] == "2024:11:21 10:05:00"
    degrees, minutes, seconds = exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude]
    assert float(degrees) + float(minutes) / 60 + float(seconds) / 3600 == pytest.approx(31.2311, abs=1e-5)


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(KeyError):
        photo(replace(BEFORE, scene="moon"))


def test_a_signed_page_is_an_image() -> None:
    with Image.open(BytesIO(signed_page("pledge"))) as page:
        assert page.format == "JPEG"
