"""A drop is red: every check finds its fakes and leaves its honest twins alone, on seeds that the table of the docs has not seen."""

from __future__ import annotations

from random import Random

import pytest

from tests.fakes import measure, paper, photos
from tests.fakes.paper_world import KINDS, county, one_task

#: Seeds far from those of the table, so that nobody tunes on both.
FIRST = 5_000
EACH, TWINS = 8, 16


def least(check: str, grade: str) -> float:
    """What the table of the docs promises, less one dossier where it promises less than all."""
    row = next(line for line in measure.DOCS.read_text("utf-8").splitlines() if line.startswith(f"| [{check}]"))
    told = float(row.split("|")[3 + measure.GRADES.index(grade)])
    return told if told == 1 else told - 1 / EACH


@pytest.mark.parametrize("check", [check for check in measure.checks() if check in paper.FAMILIES])
def test_a_check_finds_its_fakes_and_spares_the_honest(check):
    found = measure.measure(check, EACH, TWINS, FIRST)
    assert {grade: found.recall(grade) >= least(check, grade) for grade in measure.GRADES} == dict.fromkeys(measure.GRADES, True)
    assert found.alarms <= measure.FALSE_ALARMS * TWINS + 0.5


#: Of the checks that look at pictures: each dossier is drawn and looked at, half a second of CPU.
FEW_PICTURES, FEW_TWINS = 2, 5


@pytest.mark.parametrize("check", [check for check in measure.checks() if check in photos.FAMILIES])
def test_a_check_of_photographs_finds_its_fakes_and_spares_the_honest(check):
    drawn = check in ("PHOTO-DUP", "BEFORE-AFTER")
    each, twins = (FEW_PICTURES, FEW_TWINS) if drawn else (EACH, TWINS)
    found = measure.measure(check, each, twins, FIRST)
    lost = {grade: each - found.found[grade] for grade in measure.GRADES}
    assert {grade: count <= round((1 - measure.RECALL[grade]) * each) + (not drawn) for grade, count in lost.items()} == dict.fromkeys(
        measure.GRADES, True
    ), lost
    assert found.alarms == 0


@pytest.mark.parametrize("seed", range(12))
def test_an_honest_county_is_silent(seed):
    rng = Random(FIRST + seed)
    w = county(rng)
    for _ in range(rng.randint(2, 7)):
        w.task(w.list_id, delay=rng.choice((0, 20, 60)))
    assert not measure.spoken(w.dossier())


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_an_honest_task_of_every_kind_is_silent(kind):
    for seed in range(4):
        w, _ = one_task(Random(FIRST + seed), (kind,))
        assert not measure.spoken(w.dossier())


def test_the_same_seed_gives_the_same_dossier():
    assert paper.make("BURST", 3, "careful") == paper.make("BURST", 3, "careful")
    assert paper.make("BURST", 3, "careful") != paper.make("BURST", 4, "careful")


def test_generated_dossiers_are_bundles_without_defects():
    import json

    from xiaohao.dossier.bundle import read_bundle
    from xiaohao.dossier.codec import dossier_to_json

    for check in paper.FAMILIES:
        for grade in (None, *paper.GRADES):
            _, problems = read_bundle(json.dumps(dossier_to_json(paper.make(check, FIRST, grade))).encode())
            assert [problem for problem in problems if problem.kind in ("json", "schema")] == []


def test_the_page_shows_every_measured_check():
    page = measure.DOCS.read_text("utf-8")
    assert [check for check in measure.checks() if f"| [{check}](checks/{check}.md) |" not in page] == []


def test_rows_of_named_checks_are_renewed_in_place():
    shown = "| a |\n|---|\n| [TXT-DUP](x) | old |\n| [DOC-NO](x) | kept |\n"
    fresh = "| a |\n|---|\n| [COVER](x) | new |\n| [TXT-DUP](x) | new |"
    assert measure.renewed(shown, fresh).splitlines()[2:] == ["| [TXT-DUP](x) | new |", "| [DOC-NO](x) | kept |", "| [COVER](x) | new |"]
