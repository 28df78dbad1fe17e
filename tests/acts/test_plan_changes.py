"""A plan is changed by a version that the level above consents to: refused without, diffed, published with; a child's weaker goal is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.acts.walking import CLERK, make_task
from tests.cases import actor_for, works_case, works_life
from xiaohao.acts import screening
from xiaohao.acts.plans import Paper, approve_plan, file_plan
from xiaohao.acts.shares import Share, decompose
from xiaohao.kernel.refused import Refused
from xiaohao.records.fsck import faults
from xiaohao.records.models import Plan, Task
from xiaohao.records.to_dossier import dossier_of
from xiaohao.web.parts.versions import versions_of

pytestmark = pytest.mark.django_db
AT = works_life().at("start") + timedelta(days=30)


def _change(task: Task, **more: object) -> None:
    before = dossier_of(task, at=AT).plan_in_force(task.pk)
    assert before is not None
    measure = replace(before.measures[0], id="measure-b1", was=before.measures[0].id, due="2025-09")
    others = tuple(replace(one, id=f"{one.id}b", was=one.id) for one in before.measures[1:])
    goals = tuple(replace(one, id=f"{one.id}b", was=one.id) for one in before.goals)
    plan = replace(before, id="plan-b", measures=(measure, *others), goals=goals, published_at=None, consent=None, **more)
    file_plan(task=task.pk, by=actor_for(works_case("given"), "file_plan"), at=AT, key="b", plan=plan)


@pytest.mark.usefixtures("own_journal")
def test_a_later_due_date_is_refused_without_consent_and_public_with_it():
    task = make_task("in_progress")
    reviewer = actor_for(works_case("planned"), "approve_plan")
    with pytest.raises(Refused, match="没有写明理由"):
        _change(task)
    _change(task, change_note="管材到货延后。")
    with pytest.raises(Refused) as refused:
        approve_plan(task=task.pk, by=reviewer, at=AT, key="no")
    assert "change_consented" in {unmet.gate for unmet in refused.value.unmet}

    seen = versions_of(dossier_of(task, at=AT), task.pk, public=True)
    assert [version.number for version in seen] == [1]

    screening.screen_due()
    approve_plan(task=task.pk, by=reviewer, at=AT, key="yes", consent=Paper("景整改办〔2025〕3号", "2025-02-08"))
    plan = Plan.objects.get(pk="plan-b").thing()
    assert (plan.version, plan.consent.org, plan.published_at) == (2, "org-cityoffice", "2025-02-05")
    newest = versions_of(dossier_of(Task.objects.get(pk=task.pk), at=AT), task.pk, public=True)[0]
    assert newest.consent == "景澜市督察整改工作领导小组办公室同意，景整改办〔2025〕3号，2025-02-08"
    assert [change.words for change in newest.changes] == ["第 1 项措施的时限由 2025-06 改为 2025-09"]
    assert [fault.message for fault in faults() if fault.kind != "tile"] == []


def test_a_share_that_asks_less_than_the_whole_is_marked():
    whole = make_task("in_progress")
    decompose(task=whole.pk, by=CLERK, at=AT, key="s", shares=(Share("org-housing", ""), Share("org-water", "")))
    share = Task.objects.get(address="qh2025a-7-1")
    above = dossier_of(whole, at=AT).plan_in_force(whole.pk)
    assert above is not None
    assert above.goals[0].target is not None
    goal = replace(above.goals[0], id="goal-s", target=replace(above.goals[0].target, value=2.0))
    measures = tuple(replace(one, id=f"{one.id}s") for one in above.measures)
    plan = replace(above, id="plan-s", goals=(goal,), measures=measures, published_at=None, document=None)
    file_plan(task=share.pk, by=actor_for(works_case("given"), "file_plan"), at=AT, key="s", plan=plan)
    assert versions_of(dossier_of(share, at=AT), share.pk)[0].weaker == ("氨氮目标由不高于 1.5 mg/L放宽到不高于 2 mg/L",)
