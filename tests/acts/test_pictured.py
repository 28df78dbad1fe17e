"""A new photograph is compared with every one ever filed, through an index that holds marks and no pictures."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from django.db import connection

from tests.acts.walking import CLERK, make_task
from tests.fakes.pictures import COPIES, saved, shot
from xiaohao.acts import rescreening, screening, tasks
from xiaohao.dossier.file import File as FileThing
from xiaohao.evidence.photo_keys import COMMON, keys_of
from xiaohao.evidence.photo_marks import seen_in
from xiaohao.kernel.when import parse_instant
from xiaohao.records import decoding, pictured
from xiaohao.records.models import File, Finding, IndexedPhoto, Org, PhotoKey, Task
from xiaohao.records.to_dossier import content_store

pytestmark = pytest.mark.django_db

AT = parse_instant("2026-03-03T09:00:00+08:00")


@pytest.fixture
def applied() -> Task:
    return make_task("claimed_done", ready=True)


@pytest.fixture
def elsewhere(applied: Task) -> Task:
    """A task of another unit and of years ago."""

    owner = Org.objects.exclude(pk=applied.owner_id).order_by("pk")[0]
    other = replace(applied.thing(), id="task-old", number=901, owner=owner.pk, links=(), places=(), firms=(), closed_at="2021-06-01")
    tasks.carry_in(by=CLERK, at=AT, key="carry", task=other)
    return Task.objects.get(pk="task-old")


def _filed(task: Task, name: str, content: bytes, day: str = "2026-02-20") -> File:
    sha256, size = content_store().put([content])
    said = FileThing(
        id=f"file-{name}",
        path=f"photos/{name}.jpg",
        sha256=sha256,
        bytes=size,
        media="image/jpeg",
        kind="photo",
        phase="after",
        tasks=(task.pk,),
        claimed_at=day,
        recorded_at=f"{day}T12:00:00+08:00",
    )
    row = File.of(said)
    row.save(force_insert=True)
    row.on_tasks.set([task])
    return row


def _said_of(task: Task) -> list[set[str]]:
    screening.screen_case(task.pk, at=AT, checks=("PHOTO-DUP",))
    return [{pointer["id"] for pointer in row.where} for row in Finding.objects.filter(task=task, check_id="PHOTO-DUP", standing=True)]


@pytest.mark.parametrize("change", ["cropped 30", "all of it"])
def test_a_photograph_of_another_unit_and_year_is_found(applied: Task, elsewhere: Task, change: str) -> None:
    _filed(elsewhere, "old", saved(shot(31)), "2021-05-02")
    _filed(applied, "new", COPIES[change](shot(31), Random(3)))
    for n in range(3):
        _filed(elsewhere, f"other-{n}", saved(shot(40 + n)), "2021-05-02")
    assert _said_of(applied) == [{"file-old", "file-new"}]


def test_two_true_shots_of_one_place_are_not(applied: Task, elsewhere: Task) -> None:
    _filed(elsewhere, "old", saved(shot(31)), "2021-05-02")
    _filed(applied, "new", saved(shot(31, 1)))
    assert _said_of(applied) == []


def test_an_old_picture_is_not_decoded_again_unless_its_marks_lie_over_the_new_one(applied: Task, elsewhere: Task, monkeypatch) -> None:
    for n in range(4):
        _filed(elsewhere, f"other-{n}", saved(shot(40 + n)), "2021-05-02")
    pictured.index_missing(content_store())
    looked_at = []
    seen = decoding.seen
    monkeypatch.setattr(decoding, "seen", lambda content: looked_at.append(content) or seen(content))
    new = saved(shot(31))
    _filed(applied, "new", new)
    assert _said_of(applied) == []
    assert looked_at == [new]


def test_a_picture_that_cannot_be_read_is_in_the_index_and_harms_nothing(applied: Task) -> None:
    _filed(applied, "broken", saved(shot(31))[:900])
    assert pictured.index_missing(content_store()) >= 1
    assert bytes(IndexedPhoto.objects.get(file="file-broken").marks) == b""
    assert _said_of(applied) == []
    assert pictured.index_missing(content_store()) == 0


def test_the_index_can_be_made_anew(applied: Task) -> None:
    _filed(applied, "new", saved(shot(31)))
    count = pictured.index_missing(content_store())
    before = sorted(PhotoKey.objects.values_list("key", flat=True))
    IndexedPhoto.objects.all().delete()
    PhotoKey.objects.all().delete()
    assert pictured.index_missing(content_store()) == count
    assert sorted(PhotoKey.objects.values_list("key", flat=True)) == before
    assert len(before) > 100


def test_a_key_that_very_many_marks_share_is_kept_no_longer() -> None:
    marks = seen_in(saved(shot(31))).marks
    key = int(keys_of(marks)[0])
    PhotoKey.objects.bulk_create(PhotoKey(key=key, spot=n) for n in range(COMMON + 1))
    pictured.insert_keys([(77, marks)])
    assert PhotoKey.objects.filter(key=key).count() == COMMON + 1
    assert connection.vendor in ("sqlite", "postgresql")


def test_the_nearest_is_the_one_it_was_cut_from() -> None:
    scenes = [seen_in(saved(shot(scene))).marks for scene in range(60, 72)]
    pictured.insert_keys(list(enumerate(scenes, 1)))
    part = seen_in(COPIES["cropped 30"](shot(64), Random(1))).marks
    assert pictured.nearest(part)[0] == 5
    assert 5 not in pictured.nearest(part, frozenset({5}))


def test_screening_everything_again_fills_the_index(applied: Task) -> None:
    _filed(applied, "new", saved(shot(31)))
    list(rescreening.rescreen(at=AT))
    assert IndexedPhoto.objects.filter(file="file-new").exists()
