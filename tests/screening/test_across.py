"""The checks over all cases say the same when they run once for a narrow ledger as when each case runs them over everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from random import Random

import pytest

from tests.fakes.measure import FAMILIES
from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Place
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.kernel.geo import cells_around, metres_between, position
from xiaohao.screening.across import narrowed, said_of
from xiaohao.screening.checks import lab, meet_conflict, recur, repeat, review_form, rush
from xiaohao.screening.run import about, screen

CHECKS = (meet_conflict, rush, repeat, review_form, recur)


def _ledgers(check: str) -> Iterator[Dossier]:
    for grade in ("obvious", "careful", "cunning", None):
        for seed in (100, 101):
            yield FAMILIES[check](check, seed, grade)


@pytest.mark.parametrize("check", [one.ID for one in CHECKS])
def test_once_over_a_narrow_ledger_says_what_every_case_says_over_all_of_it(check: str) -> None:
    said = 0
    for ledger in _ledgers(check):
        narrow = narrowed(ledger)
        for task in ledger.tasks:
            whole = screen(about(ledger, task.id), only=frozenset({check}))
            findings, skipped = said_of(narrow, check, task.id)
            assert findings == whole.findings
            assert [(one.check, one.reason) for one in skipped] == [(one.check, one.reason) for one in whole.skipped]
            said += len(findings)
    assert said


def test_the_laboratory_check_needs_no_more_of_other_cases_either() -> None:
    said = 0
    for ledger in _ledgers(lab.ID):
        for task in ledger.tasks:
            whole = screen(about(ledger, task.id), only=frozenset({lab.ID}))
            assert screen(about(narrowed(ledger), task.id), only=frozenset({lab.ID})).findings == whole.findings
            said += len(whole.findings)
    assert said


def test_cells_hold_whatever_is_near() -> None:
    rng = Random(8)
    for _ in range(400):
        lat, lon = rng.uniform(18, 53), rng.uniform(74, 134)
        here, there = position(lat, lon), position(lat + rng.uniform(-0.004, 0.004), lon + rng.uniform(-0.006, 0.006))
        if metres_between(here, there) <= 300:
            assert set(cells_around(there, 300, itself=True)) <= set(cells_around(here, 300, itself=False))


def _tasks(count: int) -> Dossier:
    """Closed and later listed tasks at sites that share names, lie near one another, or are named by nobody."""
    rng = Random(2)
    places = tuple(
        Place(id=f"place-{n}", name=f"第{n % 9}排口", kind="point", lat=36 + rng.random() / 100, lon=104 + rng.random() / 100)
        for n in range(count)
    )
    tasks = tuple(
        Task(
            id=f"task-{n}",
            list=f"list-{n % 3}",
            number=n,
            problem=rng.choice(("生活污水直排青禾河", "采石场没有复绿", "污水处理厂超标排放")),
            kind="deadline",
            owner=f"org-{n % 4}",
            places=(f"place-{n}",) if n % 5 else (),
            closed_at=str(date(2023, 1, 1) + timedelta(days=rng.randint(0, 900))) if n % 2 else None,
        )
        for n in range(count)
    )
    lists = tuple(TaskList(id=f"list-{n}", name=f"清单{n}", inspection=f"insp-{n}") for n in range(3))
    inspections = tuple(
        Inspection(id=f"insp-{n}", name=f"督察{n}", level="province", kind="routine", feedback_date=f"{2023 + n}-06-01") for n in range(3)
    )
    return Dossier(
        id="ledger", kind="ledger", made_at="2026-03-03T09:00:00+08:00", places=places, tasks=tasks, lists=lists, inspections=inspections
    )


def test_a_problem_that_comes_back_is_looked_for_where_it_can_be_only_and_all_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = _tasks(60)
    found = list(recur.check_all(ledger))
    monkeypatch.setattr(recur._Near, "of", lambda near, task: near._closed)
    assert list(recur.check_all(replace(ledger))) == found
    assert len(found) > 5


def test_a_petition_is_held_beside_those_only_that_can_be_of_its_place_and_all_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(3)
    petitions = tuple(
        Petition(
            id=f"pet-{n}",
            number=f"D{n}",
            received=str(date(2024, 1, 1) + timedelta(days=n)),
            text="夜间排放废气。",
            pollution=(rng.choice(("气", "水")),),
            status="done",
            done_at=str(date(2024, 1, 20) + timedelta(days=n)),
            lat=36 + rng.random() / 100 if n % 3 else None,
            lon=104 + rng.random() / 100 if n % 3 else None,
            address=rng.choice(("东街 1 号", "西街2号")) if n % 2 else None,
            recorded_at="2024-01-20T09:00:00+08:00",
        )
        for n in range(80)
    )
    ledger = Dossier(id="ledger", kind="ledger", made_at="2026-03-03T09:00:00+08:00", petitions=petitions)
    found = list(repeat.check_all(ledger))
    monkeypatch.setattr(repeat._Near, "of", lambda near, petition: list(near._petitions))
    assert list(repeat.check_all(replace(ledger))) == found
    assert len(found) > 5


def test_opinions_are_grouped_as_one_by_one() -> None:
    rng, words = Random(4), "经现场核查整改措施落实到位同意通过验收材料齐全指标达标请补充台账"
    base = ["".join(rng.choices(words, k=60)) for _ in range(6)]
    texts = sorted("".join(rng.choice(words) if rng.random() < 0.05 else sign for sign in rng.choice(base)) for _ in range(120))
    plain: list[list[str]] = []
    for text in texts:
        group = next(
            (g for g in plain if g[0] == text or SequenceMatcher(None, g[0], text, autojunk=False).ratio() >= review_form.ALIKE), None
        )
        if group is None:
            plain.append([text])
        else:
            group.append(text)
    groups = review_form._Groups()
    for text in texts:
        groups.add(text)
    assert groups.sizes == [len(group) for group in plain]
    assert 6 <= len(plain) < 120
