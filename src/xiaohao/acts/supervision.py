"""Plans of supervision 督查 and draws weighted by risk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from xiaohao.acts._beside import beside
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.dossier.supervision import SupervisionDraw, SupervisionPlan
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.records import models, write
from xiaohao.records.models.filed import instant
from xiaohao.records.risks import risks_of
from xiaohao.records.supervision import PLANNERS, coverage_of, may_be_supervised, plans_for

KINDS = ("regular", "targeted")


@dataclass(frozen=True, slots=True)
class Planned:
    """What an office plans: `kind` of KINDS, from when to when, who goes (person ids), which tasks (ids)."""

    kind: str
    title: str
    start: date
    end: date
    team: tuple[str, ...]
    tasks: tuple[str, ...]
    number: str = ""
    note: str = ""


def make_plan(*, by: Actor, at: datetime, key: str, planned: Planned) -> Receipt:
    """Make a plan. Raises Refused for a person who does not supervise, a period that ends before it begins or is past, an empty team or scope, and
    tasks that are not at work, not below the office, or the office's own."""
    at = at.replace(microsecond=0)

    def unmet() -> Iterator[Unmet]:
        yield from _planner(by)
        if planned.kind not in KINDS or not planned.title.strip():
            yield _no(say("没有写明督查方式或名称"), say("请选定期全覆盖或不定期重点，写上名称"))
        if planned.end < planned.start or planned.end < at.astimezone(CST).date():
            yield _no(say("督查时段的末日早于首日，或已经过去"), say("请核对督查时段"))
        if not planned.team or models.Person.objects.filter(pk__in=planned.team, org=by.org).count() != len(set(planned.team)):
            yield _no(say("没有写明谁去，或不是本单位的人"), say("请从本单位人员中选"))
        if not planned.tasks or set(planned.tasks) - set(may_be_supervised(by).values_list("pk", flat=True)):
            yield _no(say("没有选任务，或所选任务不在整改中、不在本级以下、由本单位自己整改"), say("请从列出的任务中选"))

    def rows() -> tuple[list[models.SupervisionPlan], dict[str, str]]:
        row = write.add(
            SupervisionPlan(
                id=id_from("supervision", by.person, key),
                kind=planned.kind,
                title=planned.title.strip(),
                org=by.org,
                made_by=by.person,
                made_at=instant(at),
                start=planned.start.isoformat(),
                end=planned.end.isoformat(),
                team=tuple(sorted(set(planned.team))),
                tasks=tuple(sorted(set(planned.tasks))),
                number=planned.number or None,
                note=planned.note or None,
            )
        )
        assert isinstance(row, models.SupervisionPlan)
        return [row], {"plan": row.pk}

    return beside("plan_supervision", by=by, at=at, key=key, unmet=unmet, write=rows)


def draw_tasks(*, plan: str, by: Actor, at: datetime, key: str, count: int) -> Receipt:
    """Fix what the draw chooses among, with each task's weight: those of the plan that nobody has visited under it. Which are drawn follows from the
    next root of the log. Raises Refused for another office's plan, a second draw, and a number that is not from 1 to the tasks left."""
    at = at.replace(microsecond=0)
    row = plans_for(by).filter(pk=plan).first()
    left = [one.task for one in coverage_of(row) if not one.is_covered] if row else []

    def unmet() -> Iterator[Unmet]:
        yield from _planner(by)
        if row is None:
            yield _no(say("没有这项督查计划"), say("请回到督查页核对"))
        elif models.SupervisionDraw.objects.filter(plan=row).exists():
            yield _no(say("这项计划已经抽过"), say("抽取只有一次，谁也不能挑；要再抽，另立一项计划，两次都留着"))
        elif not 1 <= count <= len(left):
            yield _no(
                say("要抽 {count} 项，可抽的有 {left} 项", count=count, left=len(left)), say("请写 1 到 {left} 之间的数", left=len(left))
            )

    def rows() -> tuple[list[models.SupervisionDraw], dict[str, str]]:
        made = write.add(
            SupervisionDraw(
                id=id_from("draw", by.person, key),
                plan=plan,
                org=by.org,
                drawn_by=by.person,
                drawn_at=instant(at),
                count=count,
                population=risks_of(left, at.astimezone(CST).date()),
            )
        )
        assert isinstance(made, models.SupervisionDraw)
        return [made], {"draw": made.pk, "plan": plan}

    return beside("draw_tasks", by=by, at=at, key=key, unmet=unmet, write=rows)


def _planner(by: Actor) -> Iterator[Unmet]:
    if not by.roles & PLANNERS:
        yield _no(say("督查由督查室或整改办的人员安排"), say("请督查室或整改办的人员登录后办理"))


def _no(fact: Said, way: Said) -> Unmet:
    basis = say("督查有定期全覆盖，也有不定期重点；抽取按案卷里的情形加权，由日志的下一个根决定。")
    return Unmet(gate="supervision", fact=fact, basis=basis, way=way, who=say("督查室或整改办"))
