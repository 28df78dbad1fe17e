"""Small dossiers for the checks: one honest task that no check has anything to say about, and the ways to bend it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Org, Person, Place
from xiaohao.dossier.plan import Goal, Measure, Plan, Quantity
from xiaohao.dossier.record import Fix, Measured, Record, Snapshot
from xiaohao.dossier.rules import PublicityRule, Rules
from xiaohao.dossier.statement import Span, Statement
from xiaohao.dossier.task import Inspection, Task, TaskList
from xiaohao.screening.finding import Finding, Skipped
from xiaohao.screening.run import screen

TASK = "task-1"

ORGS = (
    Org(id="org-city", name="景澜市人民政府", level="city", kind="government"),
    Org(id="org-office", name="景澜市整改办", level="city", kind="office", parent="org-city", phone="0999-5550101", leaders=("person-9",)),
    Org(id="org-eco", name="景澜市生态环境局", level="city", kind="department", parent="org-city"),
    Org(id="org-county", name="青禾县人民政府", level="county", kind="government", parent="org-city"),
    Org(
        id="org-water",
        name="青禾县水务局",
        aliases=("县水务局",),
        level="county",
        kind="department",
        parent="org-county",
        leaders=("person-1",),
    ),
    Org(id="org-station", name="青禾县排水站", level="county", kind="department", parent="org-water"),
    Org(id="org-works", name="砚田市政工程有限公司", level="none", kind="contractor"),
)
PEOPLE = (
    Person(id="person-1", name="林知远", org="org-water"),
    Person(id="person-2", name="沈启明", org="org-eco"),
    Person(id="person-3", name="何佳宁", org="org-eco"),
    Person(id="person-4", name="梁一舟", org="org-county", post="县长"),
    Person(id="person-5", name="邵长河", org="org-county", post="县委书记"),
    Person(id="person-6", name="苗青", org="org-county", post="副县长"),
    Person(id="person-9", name="温若川", org="org-office"),
)

PIPE = Measure(
    id="measure-1",
    number=1,
    text="建设截污干管1200米。",
    kind="works",
    owner="org-water",
    due="2023-10",
    quantity=Quantity(name="截污干管", value=1200, unit="m"),
)
PATROL = Measure(id="measure-2", number=2, text="开展排水执法检查。", kind="enforcement", owner="org-water", due="2023-10")

#: (sentence, measures it answers)
ANSWERS = (
    ("（一）建成截污干管1200米，2023年8月30日竣工验收。", ("measure-1",)),
    ("（二）开展排水执法检查3次，末次为2023年9月5日。", ("measure-2",)),
)

NOTICE = (
    "青禾县整改任务第五项完成情况公示\n第五项：“青阜镇污水直排清沅河，石桥断面氨氮3.9毫克/升。”\n责任单位：县水务局\n"
    "公示期自2023年11月6日起至2023年11月17日止，共10个工作日。有异议的请向景澜市整改办反映，电话0999-5550101。\n青禾县人民政府\n2023年11月6日"
)


def statement(answers: Any = ANSWERS, opening: str = "第五项任务完成情况如下。", **changes: Any) -> Statement:
    """A completion statement whose sentences are tied to the measures they answer."""
    text, spans = opening, []
    for sentence, measures in answers:
        spans.append(Span(start=len(text), end=len(text) + len(sentence), measures=measures))
        text += sentence
    whole = Statement(
        id="st-1",
        task=TASK,
        kind="completion",
        author="org-water",
        date="2023-10-12",
        recorded_at="2023-10-12T10:00:00+08:00",
        percent=100,
        text=text,
        spans=tuple(spans),
    )
    return replace(whole, **changes)


def record(key: str, kind: str, day: str, **more: Any) -> Record:
    return Record(**{"id": f"rec-{key}", "type": kind, "tasks": (TASK,), "date": day, "recorded_at": f"{day}T17:00:00+08:00", **more})


def notice(text: str = NOTICE, **changes: Any) -> Statement:
    return replace(
        Statement(
            id="st-2", task=TASK, kind="notice", author="org-county", date="2023-11-06", recorded_at="2023-11-06T08:00:00+08:00", text=text
        ),
        **changes,
    )


def publicity(start: str = "2023-11-06", end: str = "2023-11-17", **more: Any) -> Record:
    fields = {"start": start, "end": end, "stated_days": 10, "stated_unit": "workday", "posted_at": f"{start}T08:30", "statement": "st-2"}
    return record("publicity", "publicity", start, **{"org": "org-county", "recorded_at": f"{start}T08:40:00+08:00", **fields, **more})


#: Where the acceptance group walked.
TRACK = tuple(Fix(at=f"2023-10-24T{at}", lat=lat, lon=110.3001) for at, lat in (("09:10", 31.2002), ("10:00", 31.2008), ("10:40", 31.2015)))

RECORDS = (
    record("contract", "contract", "2023-03-01", measures=("measure-1",), org="org-water", other_org="org-works", amount=2_100_000),
    record(
        "log-1",
        "work_log",
        "2023-05-10",
        measures=("measure-1",),
        org="org-works",
        quantities=(Quantity(name="截污干管", value=500, unit="m"),),
    ),
    record(
        "log-2",
        "work_log",
        "2023-08-30",
        measures=("measure-1",),
        org="org-works",
        quantities=(Quantity(name="截污干管", value=700, unit="m"),),
    ),
    *(
        record(f"check-{n}", "enforcement", day, measures=("measure-2",), org="org-eco", people=("person-2",), place="place-1")
        for n, day in enumerate(("2023-04-11", "2023-06-20", "2023-09-05"), 1)
    ),
    record(
        "acceptance",
        "acceptance",
        "2023-10-24",
        org="org-eco",
        people=("person-2", "person-3"),
        start="2023-10-24T09:00",
        end="2023-10-24T11:00",
        place="place-1",
        lat=31.2002,
        lon=110.3001,
        track=TRACK,
        method="site_and_paper",
        passed=True,
        text="查看石桥断面两处检查井并通水，封堵处无渗漏。",
        measured=(Measured(measure="measure-1", name="截污干管", value=1196, unit="m"),),
    ),
    record("review", "review", "2023-10-31", org="org-office", passed=True),
    publicity(),
)

REPORTS = (
    Statement(id="st-p1", task=TASK, kind="progress", author="org-water", date="2023-04-20", recorded_at="2023-04-20T10:00:00+08:00", percent=25, expects_done="2023-09", text="总体进度约25%。"),
    Statement(id="st-p2", task=TASK, kind="progress", author="org-water", date="2023-07-20", recorded_at="2023-07-20T10:00:00+08:00", percent=70, expects_done="2023-09", text="总体进度约70%。"),
)  # fmt: skip


def honest(**changes: Any) -> Dossier:
    """The honest task; `changes` replace registers of the dossier, `task` fields of its task, `plan` fields of its plan."""
    task = replace(
        Task(
            id=TASK,
            list="list-1",
            number=5,
            problem="青阜镇污水直排清沅河，石桥断面氨氮3.9毫克/升。",
            kind="deadline",
            nature="works",
            owner="org-water",
            lead="org-county",
            acceptor="org-eco",
            reviewer="org-office",
            publisher="org-county",
            desk="org-office",
            due="2023-10",
            status="published",
            done_at="2023-09-05",
        ),
        **changes.pop("task", {}),
    )
    plan = replace(
        Plan(
            id="plan-1",
            task=TASK,
            version=1,
            author="org-county",
            date="2023-01-10",
            recorded_at="2023-01-11T09:00:00+08:00",
            goals=(Goal(id="goal-1", text="消除直排口。", no_target_reason="以封堵为准"),),
            measures=(PIPE, PATROL),
        ),
        **changes.pop("plan", {}),
    )
    registers: dict[str, Any] = {
        "rules": Rules(name="青禾县规程", publicity=PublicityRule(days=10, unit="workday")),
        "inspections": (Inspection(id="insp-1", name="东陆省督察", level="province", kind="routine"),),
        "lists": (TaskList(id="list-1", inspection="insp-1", name="青禾县整改清单"),),
        "orgs": ORGS,
        "people": PEOPLE,
        "places": (Place(id="place-1", name="石桥断面", kind="point", lat=31.2001, lon=110.3),),
        "tasks": (task,),
        "plans": (plan,),
        "statements": (*REPORTS, statement(), notice()),
        "records": RECORDS,
    }
    return Dossier(id="case-5", kind="dossier", made_at="2023-12-01T09:00:00+08:00", **{**registers, **changes})


def text(**changes: Any) -> Dossier:
    """The same task as a reader would have it from a text: no registers, everything in one notice."""
    answers = statement(id="st-2", kind="notice", author="org-county")
    given = {"statements": (answers,), "records": (), "people": (), "rules": None, "places": (), **changes}
    return replace(honest(**given), id="text-0123456789ab")


def said(case: Dossier, check: str) -> list[Finding]:
    """What one check finds."""
    return [finding for finding in screen(case).findings if finding.check == check]


def skipped(case: Dossier, check: str) -> list[Skipped]:
    return [one for one in screen(case).skipped if one.check == check]


def with_records(*more: Record, without: tuple[str, ...] = ()) -> tuple[Record, ...]:
    """The honest records without some, with others."""
    return (*(r for r in RECORDS if r.id not in without), *more)


def down(*days: str) -> tuple[Snapshot, ...]:
    return tuple(Snapshot(at=f"{day}T10:30:00+08:00", ok=False) for day in days)
