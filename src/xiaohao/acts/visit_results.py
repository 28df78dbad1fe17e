"""What a visit found 核查结果, the unit's answer to it, and guidance visits 指导帮扶 of the departments that supervise an industry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from xiaohao.acts._perform import perform
from xiaohao.acts._proposal import Proposal
from xiaohao.acts._records import acted
from xiaohao.acts._visit_row import update_of
from xiaohao.acts.ids import id_from
from xiaohao.acts.receipt import Receipt
from xiaohao.acts.site_visits import arrival, locked, no, row_for
from xiaohao.dossier import Dossier
from xiaohao.dossier.file import File
from xiaohao.dossier.record import Record
from xiaohao.dossier.supervision import GUIDANCE, Seen, SiteVisit
from xiaohao.kernel.refused import Refused, Unmet
from xiaohao.kernel.roles import Actor
from xiaohao.kernel.said import Said, say
from xiaohao.kernel.when import CST
from xiaohao.procedure.guidance import may_guide
from xiaohao.procedure.pressure import may_answer
from xiaohao.records import models
from xiaohao.records.models.filed import instant

#: What was seen of a measure, in the words of the page and of the record.
VERDICTS: dict[str, Said] = {"as_told": say("与所报一致"), "differs": say("与所报不符"), "not_seen": say("现场看不到")}
#: Kind of a record that a visit leaves, by whether it supervised or guided.
SUPERVISED, GUIDED = "supervision", "guidance"


@dataclass(frozen=True, slots=True)
class Told:
    """A visit's result as it was typed: each measure with its verdict, the conclusion, whether the site agrees with what was reported, the problems,
    photographs that were taken in, and the phone's time of arrival where none was recorded."""

    seen: tuple[Seen, ...]
    text: str
    passed: bool
    problems: str = ""
    files: tuple[File, ...] = ()
    arrived_at: datetime | None = None


def report_visit(*, visit: str, by: Actor, at: datetime, key: str, told: Told) -> Receipt:
    """File the result: photographs and one record of type site_visit go into the case file, the unit sees both. The same key gives the same receipt.
    Raises Refused for others than the team, for a second result, and where a measure has no verdict or a difference is not described."""
    row = row_for(visit, by)

    def propose(dossier: Dossier, _row: models.Task) -> Proposal:
        held = locked(visit, by)
        thing: SiteVisit = held.thing()
        if unmet := tuple(_lacking(thing, told)):
            raise Refused("report_visit", unmet)
        when = instant(held.arrived_at) if held.arrived_at else arrival(held, at, told.arrived_at)
        files = tuple(replace(file, tasks=(thing.task,), recorded_at=instant(at)) for file in told.files)
        record = replace(
            _record(thing, by=by, at=at, key=key, stage=SUPERVISED, title="督查现场核查"),
            text=_words(dossier, thing, told),
            start=when,
            date=when[:10],
            passed=told.passed,
            files=tuple(file.id for file in files),
            other_org=dossier.task.owner,
        )
        changed = update_of(
            held,
            arrived_at=when,
            arrival_recorded_at=thing.arrival_recorded_at or instant(at),
            seen=told.seen,
            text=told.text,
            passed=told.passed,
            problems=told.problems or None,
            files=record.files,
            reported_by=by.person,
            reported_at=instant(at),
            record=record.id,
        )
        return Proposal(things=(*files, record), updates=(changed,), result={"visit": visit, "record": record.id})

    return perform("report_visit", task=row.task_id, by=by, at=at, key=key, allowed=_anybody, propose=propose)


def answer_visit(*, visit: str, by: Actor, at: datetime, key: str, text: str) -> Receipt:
    """The responsible unit's answer to what was found or advised. Raises Refused for others, before there is a result, and for a second answer."""
    row = row_for(visit, by)

    def propose(_dossier: Dossier, _row: models.Task) -> Proposal:
        held = models.SiteVisit.objects.select_for_update().get(pk=visit)
        if held.reported_at is None or held.answered_at is not None:
            raise Refused("answer_visit", (no(say("还没有核查结果，或已经答复过"), say("情况又有变化的，另报进展")),))
        return Proposal(updates=(update_of(held, answer=text, answered_by=by.person, answered_at=instant(at)),), result={"visit": visit})

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        return () if may_answer(dossier, actor) else (no(say("由责任单位答复"), say("请责任单位的人员登录后办理")),)

    return perform("answer_visit", task=row.task_id, by=by, at=at, key=key, allowed=allowed, propose=propose)


def guide_visit(
    *,
    task: str,
    by: Actor,
    at: datetime,
    key: str,
    day: date,
    advice: str,
    people: Sequence[str],
    place: str = "",
    files: Sequence[File] = (),
) -> Receipt:
    """Enter a guidance visit that has taken place, with the advice given; it is counted apart from supervision. Raises Refused for units that
    do not supervise the industry in this task (procedure.guidance), a day to come, and people of other units."""
    at = at.replace(microsecond=0)

    def propose(dossier: Dossier, _row: models.Task) -> Proposal:
        if unmet := tuple(_wrong(by, at, day, people)):
            raise Refused("guide_visit", unmet)
        kept = tuple(replace(file, tasks=(task,), recorded_at=instant(at)) for file in files)
        visit = SiteVisit(
            id=id_from("visit", by.person, key),
            task=task,
            org=by.org,
            kind=GUIDANCE,
            date=day.isoformat(),
            planned_by=by.person,
            planned_at=instant(at),
            team=tuple(sorted(set(people))),
            place=place or None,
            text=advice,
            files=tuple(file.id for file in kept),
            reported_by=by.person,
            reported_at=instant(at),
            record=id_from("rec", key, "site_visit"),
        )
        record = replace(
            _record(visit, by=by, at=at, key=key, stage=GUIDED, title="行业主管部门指导帮扶"),
            text=advice,
            date=visit.date,
            files=visit.files,
            other_org=dossier.task.owner,
        )
        return Proposal(things=(*kept, record, visit), result={"visit": visit.id, "record": record.id})

    def allowed(dossier: Dossier, actor: Actor) -> tuple[Unmet, ...]:
        if may_guide(dossier, actor):
            return ()
        return (no(say("指导帮扶由这项任务的行业主管部门登记"), say("行业主管部门是任务的督导或验收单位中的部门，或责任单位的上级部门")),)

    return perform("guide_visit", task=task, by=by, at=at, key=key, allowed=allowed, propose=propose)


def _anybody(_dossier: Dossier, _actor: Actor) -> tuple[Unmet, ...]:
    """Who acts for the team was asked where the row is held."""
    return ()


def _lacking(visit: SiteVisit, told: Told) -> Iterator[Unmet]:
    said = {one.measure for one in told.seen if one.verdict in VERDICTS}
    if missing := [measure for measure in visit.look_at if measure not in said]:
        yield no(say("还有 {count} 项要看的措施没有写所见", count=len(missing)), say("逐项选：与所报一致、不符或现场看不到"))
    if any(one.verdict == "differs" and not (one.text or "").strip() for one in told.seen):
        yield no(say("有措施与所报不符，没有写哪里不符"), say("请写明看到了什么"))
    if not told.passed and not told.problems.strip():
        yield no(say("结论是与所报不符，没有写发现的问题"), say("请写明发现的问题"))
    if told.passed and any(one.verdict == "differs" for one in told.seen):
        yield no(say("有措施与所报不符，结论却是一致"), say("请核对结论"))


def _wrong(by: Actor, at: datetime, day: date, people: Sequence[str]) -> Iterator[Unmet]:
    if day > at.astimezone(CST).date():
        yield no(say("指导帮扶的日期还没有到"), say("去过以后再登记"))
    if not people or models.Person.objects.filter(pk__in=people, org=by.org).count() != len(set(people)):
        yield no(say("没有写明谁去，或不是本单位的人"), say("请从本单位人员中选"))


def _record(visit: SiteVisit, *, by: Actor, at: datetime, key: str, stage: str, title: str) -> Record:
    row = acted("site_visit", task=visit.task, by=by, at=at, key=key, stage=stage, title=title)
    return replace(row, people=visit.team, unknown=(("x-visit", visit.id),))


def _words(dossier: Dossier, visit: SiteVisit, told: Told) -> str:
    """The record's text: officials' own words, so Chinese whatever the page's language."""
    numbers = {measure.id: measure.number for measure in dossier.measures_of(visit.task)}
    lines = [
        f"第{numbers.get(one.measure, one.measure)}项措施：{VERDICTS[one.verdict]}。{one.text or ''}"
        for one in told.seen
        if one.verdict in VERDICTS
    ]
    where = [f"地点：{visit.place}。"] if visit.place else []
    found = [f"发现的问题：{told.problems}"] if told.problems else []
    return "\n".join([*where, *lines, told.text, *found])
