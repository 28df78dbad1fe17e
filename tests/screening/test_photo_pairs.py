"""Photographs that are one negative, and the innocent reasons for which two may be."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from random import Random

import pytest
from PIL import Image

from tests.fakes.pictures import COPIES, cropped, painted_over, saved, shot
from tests.fakes.textured import page, textured
from tests.screening.samples import said, skipped
from tests.screening.trips_photo import pictured, reused, with_other_task
from xiaohao.dossier.task import Link
from xiaohao.screening.run import about, screen


@pytest.mark.parametrize("change", COPIES)
def test_a_picture_filed_for_another_task_is_found_whatever_was_done_to_it(change):
    (found,) = said(reused(change), "PHOTO-DUP")
    assert [pointer.id for pointer in found.where] == ["file-p0", "file-p1"]
    assert found.task is None


def test_in_a_case_s_own_finding_a_photograph_of_another_case_is_named_by_the_number_of_its_task_only():
    ledger = reused("mirrored")
    task = ledger.tasks[0]
    (found,) = [one for one in screen(about(ledger, task.id)).findings if one.check == "PHOTO-DUP"]
    other = next(file for file in ledger.files if task.id not in file.tasks)
    assert f"第 {ledger.tasks[1].number} 项的照片" in found.message
    assert (other.caption or other.path) not in found.message
    assert other.captured_at[:10] not in found.message
    assert "（2023-09-12）" in found.message


@pytest.mark.parametrize("scene", range(4))
def test_two_true_shots_of_one_place_are_two(scene):
    case = with_other_task(pictured(("after", "2023-09-12", saved(shot(scene))), ("after", "2023-09-28", saved(shot(scene, 1)))), 1)
    assert said(case, "PHOTO-DUP") == []


@pytest.mark.parametrize("scene", range(3))
def test_a_later_shot_of_a_place_full_of_texture_is_no_painted_over_one(scene):
    before, after = (textured(scene, visit) for visit in (0, 1))
    case = pictured(("before", "2023-03-12", saved(before)), ("after", "2023-09-12", saved(after)))
    assert said(case, "BEFORE-AFTER") == said(case, "PHOTO-DUP") == []
    painted = saved(painted_over(before, Random(scene)), 80)
    assert len(said(pictured(("before", "2023-03-12", saved(before)), ("after", "2023-09-12", painted)), "BEFORE-AFTER")) == 1


def test_a_part_of_a_picture_on_a_telephone_s_screen_is_found():
    part = cropped(textured(5, 0), 0.25, Random(2))
    screen = Image.new("RGB", (540, 1134), (16, 16, 18))
    screen.paste(part.resize((540, round(part.height * 540 / part.width))), (0, 360))
    case = with_other_task(pictured(("after", "2023-09-12", saved(textured(5, 0))), ("after", "2023-09-28", saved(screen, 80))), 1)
    assert len(said(case, "PHOTO-DUP")) == 1


def test_two_pages_of_one_office_are_two():
    pages = [saved(page(number)) for number in (1, 2)]
    case = with_other_task(pictured(*(("after", f"2023-09-{n + 12}", one) for n, one in enumerate(pages))), 1)
    assert said(case, "PHOTO-DUP") == []


def test_one_picture_for_two_days_of_one_task():
    picture = saved(shot(9))
    (found,) = said(pictured(("during", "2023-05-12", picture), ("during", "2023-07-01", picture)), "PHOTO-DUP")
    assert found.task == "task-1"
    assert said(pictured(("during", "2023-05-12", picture), ("during", "2023-05-13", picture)), "PHOTO-DUP") == []


def test_a_burst_of_one_visit_is_silent():
    burst = tuple(("after", "2023-09-12", saved(shot(9), quality)) for quality in (70, 80, 90))
    assert said(pictured(*burst), "PHOTO-DUP") == []


@pytest.mark.parametrize("relation", ["same_site", "same_firm"])
def test_a_photograph_for_two_linked_tasks_is_silent(relation):
    picture = saved(shot(9))
    case = pictured(("after", "2023-09-12", picture), ("after", "2023-09-12", picture))
    assert len(said(with_other_task(case, 1), "PHOTO-DUP")) == 1
    assert said(with_other_task(case, 1, links=(Link(task="task-1", relation=relation),)), "PHOTO-DUP") == []


def test_one_file_for_tasks_that_have_nothing_to_do_with_each_other():
    case = with_other_task(pictured(("after", "2023-09-12", saved(shot(9)))))
    here = replace(case.places[0], id="place-own", name="青沅河石桥", kind="point")
    case = replace(case, places=(*case.places, here), tasks=(replace(case.tasks[0], places=("place-own",)), case.tasks[1]))
    case = replace(case, files=(replace(case.files[0], tasks=("task-1", "task-2")),))
    (found,) = said(case, "PHOTO-DUP")
    assert found.figures["tasks"] == 2


def test_the_box_says_which_part_of_the_picture_was_cut_out():
    picture = shot(11)
    part = picture.crop((200, 120, 440, 300))
    case = with_other_task(pictured(("after", "2023-09-12", saved(picture)), ("after", "2023-09-28", saved(part))), 1)
    (found,) = said(case, "PHOTO-DUP")
    assert found.where[0].box is not None
    assert all(abs(a - b) <= 4 for a, b in zip(found.where[0].box, (200, 120, 240, 180), strict=True))


def test_copies_of_one_negative_are_one_finding():
    picture = shot(12)
    files = [("after", f"2023-0{month}-12", COPIES["recompressed"](picture, Random(month))) for month in (4, 6, 8)]
    (found,) = said(pictured(*files), "PHOTO-DUP")
    assert [pointer.id for pointer in found.where] == ["file-p0", "file-p1", "file-p2"]


def test_the_patches_are_pointed_at_in_the_after_picture():
    before = shot(5)
    case = pictured(("before", "2023-03-12", saved(before)), ("after", "2023-09-12", saved(painted_over(before, Random(2), 1), 80)))
    (found,) = said(case, "BEFORE-AFTER")
    assert [pointer.id for pointer in found.where] == ["file-p1", "file-p0"]
    assert found.where[0].box is not None
    assert said(case, "PHOTO-DUP") == []  # one cause, one finding


def test_the_before_picture_again_as_after_is_a_reuse():
    case = pictured(("before", "2023-03-12", saved(shot(5))), ("after", "2023-09-12", saved(cropped(shot(5), 0.8, Random(3)))))
    assert len(said(case, "PHOTO-DUP")) == 1


def test_without_the_files_the_hashes_are_compared_and_the_rest_is_skipped():
    picture = saved(shot(9))
    case = replace(with_other_task(pictured(("after", "2023-09-12", picture), ("after", "2023-09-28", picture)), 1), contents={})
    assert len(said(case, "PHOTO-DUP")) == 1
    assert any("不在包里" in one.reason for one in skipped(case, "PHOTO-DUP"))


@pytest.mark.parametrize("seed", range(40))
def test_broken_pictures_harm_nothing(seed):
    rng = Random(seed)
    content = bytearray(saved(shot(seed % 3)))
    for _ in range(rng.randint(1, 60)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    broken = bytes(content[: rng.randrange(4, len(content))]) if seed % 2 else bytes(content)
    case = with_other_task(pictured(("before", "2023-03-12", broken), ("after", "2023-09-28", saved(shot(20)))), 1)
    assert said(case, "PHOTO-DUP") == []
    assert case.files[0].sha256 == sha256(broken).hexdigest()


def test_the_edge_may_look_and_compare_its_own_way_and_finds_the_same():
    from xiaohao.records.decoding import seen_of
    from xiaohao.screening.photo_pairs import look_at

    asked = []

    def backwards(work, pairs):
        asked.extend(pairs)
        return reversed([work(pair) for pair in reversed(pairs)])

    here, apart = reused("screenshot"), reused("screenshot")
    look_at(apart, seen_of, backwards)
    assert said(apart, "PHOTO-DUP") == said(here, "PHOTO-DUP")
    assert asked == [(0, 1)]


def test_a_screenshot_is_outlined_where_the_picture_lies_in_it():
    (found,) = said(reused("screenshot"), "PHOTO-DUP")
    boxes = {pointer.id: pointer.box for pointer in found.where}
    assert boxes["file-p0"] is None
    left, top, width, height = boxes["file-p1"]
    assert left < 20
    assert top > 0.15 * height
    assert 1.2 < width / height < 1.45
