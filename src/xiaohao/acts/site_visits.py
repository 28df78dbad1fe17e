"""Site visits 现场核查, before and on the way: planned, a site code fetched while there is a line, arrival."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from xiaohao.acts._beside import beside
from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts._visit_row import save, update_of
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.acts.telling import people_of, tell
from xiaohao.dossier import Dossier
from xiaohao.dossier.supervision import SiteVisit
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST, parse_instant
from xiaohao.records import models, write
from xiaohao.records.models.filed import instant
from xiaohao.records.supervision import VISITORS, may_be_supervised, plans_for, visits_known_to

KINDS = ("regular", "targeted")
#: A message to the unit that a visit is coming; never sent for one that is not announced.
ANNOUNCED = "visit"
#: First sign of a code: plain characters that cannot be mistaken for one another when written on a board. The rest are digits; 20 × 10^4 codes a
#: day are too many to prepare pictures for. Ours.
_FIRST, _DIGITS = "禾川云木田石泉林阳清山水火金土月星风雨光", 4


@dataclass(frozen=True, slots=True)
class Going:
    """What is planned: the task (id), the day, the team (person ids), where, which measures (ids) and what else to look for; `unannounced` is
    四不两直: the unit learns of it when somebody arrives."""

    task: str
    kind: str
    date: date
    team: tuple[str, ...]
    unannounced: bool
    place: str = ""
    look_at: tuple[str, ...] = ()
    look_for: str = ""
    plan: str = ""


def plan_visit(*, by: Actor, at: datetime, key: str, going: Going) -> Receipt:
    """Plan a visit. The entry in the public journal names no task, so that nobody reads there who will be visited. An announced visit is told to the
    unit. Raises Refused for a person who does not supervise, a day that is past, a team of others, another office's plan, and a task that is not at
    work, not below the office, or its own."""
    at = at.replace(microsecond=0)
    plan = plans_for(by).filter(pk=going.plan).first() if going.plan else None

    def unmet() -> Iterator[Unmet]:
        if not by.roles & VISITORS or going.kind not in KINDS:
            yield no(say("现场核查由督查、整改办或核查人员安排"), say("请督查室、整改办或核查人员登录后办理"))
        if not may_be_supervised(by).filter(pk=going.task).exists():
            yield no(say("这项任务不在整改中、不在本级以下，或由本单位自己整改"), say("请从列出的任务中选"))
        if going.date < at.astimezone(CST).date():
            yield no(say("核查日期 {day} 已过", day=going.date.isoformat()), say("请把日期定在今天或以后"))
        if not going.team or models.Person.objects.filter(pk__in=going.team, org=by.org).count() != len(set(going.team)):
            yield no(say("没有写明谁去，或不是本单位的人"), say("请从本单位人员中选"))
        if going.plan and (plan is None or not plan.on_tasks.filter(pk=going.task).exists()):
            yield no(say("这项任务不在所选的督查计划里"), say("请从计划的任务中选，或不选计划"))

    def rows() -> tuple[list[models.SiteVisit], dict[str, str]]:
        row = write.add(
            SiteVisit(
                id=id_from("visit", by.person, key),
                task=going.task,
                org=by.org,
                kind=going.kind,
                date=going.date.isoformat(),
                planned_by=by.person,
                planned_at=instant(at),
                unannounced=going.unannounced or None,
                plan=going.plan or None,
                team=tuple(sorted(set(going.team))),
                place=going.place or None,
                look_at=going.look_at,
                look_for=going.look_for or None,
            )
        )
        assert isinstance(row, models.SiteVisit)
        if not going.unannounced:
            _announce(row, at)
        return [row], {"visit": row.pk}

    return beside("plan_visit", by=by, at=at, key=key, unmet=unmet, write=rows)


def fetch_code(*, visit: str, by: Actor, at: datetime, key: str) -> Receipt:
    """The site code of today, for the picture that is taken there: it did not exist before, so neither did the picture. Asking again on the same day
    gives the same one. Raises Refused for others than the team, and for a visit that has been reported."""
    at = at.replace(microsecond=0)
    row = visits_known_to(by).filter(pk=visit).first()
    today = at.astimezone(CST).date().isoformat()

    def unmet() -> Iterator[Unmet]:
        yield from team_only(row, by)

    def rows() -> tuple[list[models.SiteVisit], dict[str, str]]:
        held = models.SiteVisit.objects.select_for_update().get(pk=visit)
        if held.more.get("code_on") != today:
            code = secrets.choice(_FIRST) + "".join(secrets.choice("0123456789") for _ in range(_DIGITS))
            save(held, code=code, code_on=today, code_at=instant(at))
        return [held], {"visit": visit, "code": str(held.more["code"])}

    return beside("fetch_site_code", by=by, at=at, key=key, unmet=unmet, write=rows)


def arrive(*, visit: str, by: Actor, at: datetime, key: str, arrived_at: datetime | None = None) -> Receipt:
    """The team is there: from now on the unit sees the visit. `arrived_at` is the phone's word where it had no line; both times are kept. Raises
    Refused for others than the team, and where somebody has arrived already."""
    row = row_for(visit, by)

    def propose(_dossier: Dossier, _row: models.Task) -> Proposal:
        held = locked(visit, by)
        if held.arrived_at is not None:
            raise Refused("arrive_visit", (no(say("已经记过到达时间"), say("请接着填核查结果")),))
        when = arrival(held, at, arrived_at)
        return Proposal(updates=(update_of(held, arrived_at=when, arrival_recorded_at=instant(at)),), result={"visit": visit})

    return perform("arrive_visit", task=row.task_id, by=by, at=at, key=key, allowed=lambda _dossier, _actor: (), propose=propose)


def arrival(row: models.SiteVisit, at: datetime, told: datetime | None) -> str:
    """The time of arrival as it is kept: what the phone tells, but neither before the visit was planned nor after the present."""
    earliest = parse_instant(row.thing().planned_at)
    return instant(min(max(told, earliest), at) if told else at)


def row_for(visit: str, by: Actor) -> models.SiteVisit:
    """The visit's row. Raises Refused for one that this person does not know of."""
    row = visits_known_to(by).filter(pk=visit).first()
    if row is None:
        raise Refused("visit", (no(say("没有这次现场核查"), say("请回到督查页核对")),))
    return row


def locked(visit: str, by: Actor) -> models.SiteVisit:
    """The row, held until the act is done. Raises Refused where this person does not act for the team, or the visit has been reported."""
    row = models.SiteVisit.objects.select_for_update().get(pk=visit)
    if unmet := tuple(team_only(row, by)):
        raise Refused("visit", unmet)
    return row


def team_only(row: models.SiteVisit | None, by: Actor) -> Iterator[Unmet]:
    """What keeps this person from acting for the team: its members do, and planners of the unit that goes."""
    if row is None or (by.person not in row.thing().team and not (row.org_id == by.org and by.roles & VISITORS)):
        yield no(say("这次现场核查由别人去"), say("请核查组的人员登录后办理"))
    elif row.reported_at is not None:
        yield no(say("这次核查的结果已经提交"), say("情况又有变化的，另安排一次"))


def no(fact: Said, way: Said) -> Unmet:
    """A reason why something about a visit cannot be done."""
    basis = say("现场核查由督查单位安排，到场看、对照所报，逐项写明所见。")
    return Unmet(gate="visit", fact=fact, basis=basis, way=way, who=say("核查组"))


def _announce(row: models.SiteVisit, at: datetime) -> None:
    task = models.Task.objects.select_related("owner").get(pk=row.task_id)
    org = models.Org.objects.values_list("name", flat=True).get(pk=row.org_id)
    words = say("{unit}定于 {day} 到现场核查第 {number} 项", unit=org, day=row.date, number=task.number)
    tell(people_of({task.owner_id}, Role.REPORTER, Role.HEAD), ANNOUNCED, f"{row.pk}/{task.address}", words, at)
