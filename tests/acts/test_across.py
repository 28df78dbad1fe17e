"""What is read from the database for the checks over all cases is what they read of the whole ledger; a run reads it once."""

from __future__ import annotations

import pytest

from tests.acts.walking import make_task
from xiaohao.acts.screening import Kept
from xiaohao.kernel.when import parse_instant
from xiaohao.records.compared import compared_ledger
from xiaohao.records.models import Task
from xiaohao.records.to_dossier import ledger_of
from xiaohao.screening.across import narrowed

pytestmark = pytest.mark.django_db

AT = parse_instant("2026-12-03T09:00:00+08:00")


@pytest.fixture
def closed() -> Task:
    return make_task("closed", ready=True)


def test_the_database_gives_what_the_whole_ledger_narrowed_gives(closed: Task) -> None:
    rows = list(Task.objects.select_related("owner", "list").order_by("pk"))
    whole, read = narrowed(ledger_of(rows, title="", at=AT)), compared_ledger(AT)
    for name in ("tasks", "plans", "petitions", "orgs", "people", "places", "lists"):
        assert getattr(read, name) == getattr(whole, name), name
    posts = {record.id for record in whole.records if record.type not in {one.type for one in read.records}}
    assert {one.id for one in read.records} == {one.id for one in whole.records} - posts
    assert {one.type for one in whole.records if one.id in posts} <= {"personnel", "term", "post", "appointment"}
    assert read.records


def test_a_run_over_many_cases_reads_all_cases_once(closed: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    from xiaohao.acts import screening

    read = []
    monkeypatch.setattr(screening, "compared_ledger", lambda at: read.append(at) or compared_ledger(at))
    kept = Kept(fresh=False)
    for _ in range(3):
        assert kept.screen(closed.pk, at=AT, checks=("RUSH", "RECUR", "LAB")).failed == ()
    assert len(read) == 1
