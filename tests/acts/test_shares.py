"""A task given to many: shared out, each share on its own route, the whole held until all are closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.acts.walking import CLERK, make_task
from tests.cases import works_life
from xiaohao.acts.shares import Share, decompose
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.procedure.decide import look
from xiaohao.procedure.steps import CLOSE
from xiaohao.records.fsck import faults
from xiaohao.records.models import Task
from xiaohao.records.queries import find_public, overview
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.records.to_dossier import dossier_of, shares_of

pytestmark = pytest.mark.django_db
AT = works_life().at("start") + timedelta(days=1)
UNITS = (Share("org-housing", "镇区管网由住建局负责。"), Share("org-water", "河道由水务局负责。"), Share("org-town", "", due="2025-10"))


def _shared(key: str = "k") -> Task:
    task = make_task("in_progress")
    decompose(task=task.pk, by=CLERK, at=AT, key=key, shares=UNITS)
    return Task.objects.get(pk=task.pk)


@pytest.mark.usefixtures("own_journal")
def test_each_share_is_a_task_of_its_own_with_an_entry_and_the_whole_knows_them():
    whole = _shared()
    assert [(row.address, row.owner_id, row.status, row.due) for row in shares_of(whole)] == [
        ("qh2025a-7-1", "org-housing", "", "2025-12"),
        ("qh2025a-7-2", "org-water", "", "2025-12"),
        ("qh2025a-7-3", "org-town", "", "2025-10"),
    ]
    third = Task.objects.get(address="qh2025a-7-3")
    assert third.problem == whole.problem
    assert [entry.step for entry in third.entries.all()] == ["open_task"]
    assert whole.entries.order_by("-index")[0].step == "decompose"
    assert [fault.message for fault in faults() if fault.kind != "tile"] == []


def test_the_whole_is_held_by_every_share_that_is_not_closed_and_a_share_sees_its_whole():
    whole = _shared()
    dossier, rules = dossier_of(whole, at=AT), rulebook_of(whole)
    assert dossier.task.id == whole.pk
    held = {unmet.gate: unmet.fact for unmet in look(CLOSE, dossier, CLERK, rules, AT).unmet}
    assert held["shares_closed"].startswith("3 个承办单位的部分没有销号")
    share = Task.objects.get(address="qh2025a-7-2")
    seen = dossier_of(share, at=AT)
    assert (seen.task.id, {task.id for task in seen.tasks}) == (share.pk, {share.pk, whole.pk})
    assert "shares_closed" not in {unmet.gate for unmet in look(CLOSE, seen, CLERK, rules, AT).unmet}


def test_the_same_request_twice_gives_the_same_shares():
    whole = _shared()
    again = decompose(task=whole.pk, by=CLERK, at=AT, key="k", shares=UNITS)
    assert again.result["shares"] == ["qh2025a-7-1", "qh2025a-7-2", "qh2025a-7-3"]
    assert shares_of(whole).count() == 3


@pytest.mark.parametrize(
    ("shares", "by", "fact"),
    [
        (UNITS[:1], CLERK, "只分给了 1 个单位"),
        ((UNITS[0], UNITS[0]), CLERK, "青禾县住房和城乡建设局分到两个部分"),
        (UNITS, Actor("person-park-1", "org-park", frozenset({Role.CLERK})), "青禾循环经济园区管理委员会的骆芳不能分解这项任务"),
    ],
    ids=["one unit", "one unit twice", "somebody else"],
)
def test_it_is_refused_with_the_reason_and_nothing_is_left_behind(shares, by, fact):
    task = make_task("in_progress")
    with pytest.raises(Refused) as refused:
        decompose(task=task.pk, by=by, at=AT, key="r", shares=shares)
    assert [unmet.fact for unmet in refused.value.unmet] == [fact]
    assert Task.objects.count() == 1


def test_a_share_is_not_shared_again_and_a_task_that_is_done_is_not_shared_out():
    _shared()
    share = Task.objects.get(address="qh2025a-7-2")
    with pytest.raises(Refused, match="不再往下分"):
        decompose(task=share.pk, by=CLERK, at=AT, key="s", shares=UNITS[:2])


def test_public_totals_count_the_whole_once_and_no_share():
    whole = _shared()
    seen = overview(AT)
    assert (Task.objects.count(), seen.total, sum(sum(group.by_status.values()) for group in seen.groups)) == (4, 1, 1)
    assert whole.address in {line.address for line in find_public("")}
