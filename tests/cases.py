"""Honest cases for everybody's pure tests: one works task with a figure, one duty task like the notice, in 青禾县 of 景澜市.

A case in status X holds everything its life has left behind so far, and what the next step of its route hands in, so that the
next step is granted; `missing=…` leaves one thing out, keyword arguments change fields of the task.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from tests.cast import INSPECTIONS, LISTS, ORGS, PEOPLE, PLACES
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document, Receipt
from xiaohao.dossier.file import File
from xiaohao.dossier.oversight import Disposition, WatchPlan
from xiaohao.dossier.parties import Person
from xiaohao.dossier.plan import Goal, Measure, Outcome, Plan, Quantity, Target
from xiaohao.dossier.record import Assessed, Fix, Measured, Member, Opinion, Record, Result, Snapshot
from xiaohao.dossier.rules import AcceptanceRule, PublicityRule, Rules, WatchRule
from xiaohao.dossier.series import Limit, Series
from xiaohao.dossier.statement import Span, Statement
from xiaohao.dossier.task import Link, Task
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.when import CST
from xiaohao.kernel.workdays import official_calendar

Route = tuple[str, ...]

DEFAULT_ROUTE: Route = ("accept", "review", "publish", "close", "confirm")
COUNTY_ROUTE: Route = ("accept", "publish", "close", "review", "confirm")
REGION_ROUTE: Route = ("accept", "review", "assess", "publish", "close", "confirm")

#: State of the task once the step is taken (Task.status; a task just given has none, written "given" here).
STATE_AFTER = {
    "open_task": "given",
    "file_plan": "planned",
    "approve_plan": "approved",
    "start": "in_progress",
    "apply": "claimed_done",
    "accept": "accepted",
    "review": "reviewed",
    "assess": "assessed",
    "publish": "published",
    "close": "closed",
    "confirm": "confirmed",
}

WORKS = "task-7"
DUTY = "task-2"

#: First day of each month of the works case's readings, with the mean of ammonia nitrogen at 石桥断面, mg/L; from July 2025 on the
#: last value repeats with a little honest weather in it.
_BEFORE = (3.9, 3.7, 3.8, 3.6, 3.4, 3.5, 3.1, 2.6, 1.9)
_AFTER = (1.12, 0.94, 0.88, 0.91, 0.86, 0.83, 0.97, 1.05, 0.92, 0.81, 0.79, 0.9)


@dataclass(frozen=True)
class Life:
    """When each step of a case is honestly taken: `days` by step, and the publicity window with both ends."""

    route: Route
    days: Mapping[str, date]
    window: tuple[date, date]

    @property
    def order(self) -> Route:
        return ("open_task", "file_plan", "approve_plan", "start", "apply", *self.route)

    def at(self, step: str) -> datetime:
        """The moment, in the afternoon of its day, at which the step is taken."""
        return datetime.combine(self.days[step], time(15, 0), CST)

    def recorded(self, step: str, hour: int = 10) -> str:
        """A journal time on the morning of the step's day."""
        return datetime.combine(self.days[step], time(hour, 0), CST).isoformat()

    def reached(self, status: str, step: str) -> bool:
        """Whether `step` lies behind a case of that status."""
        return self._position(status) >= self.order.index(step)

    def handed_in(self, status: str, step: str) -> bool:
        """Whether what `step` hands in is on file in a case of that status: it is when the step is the next one, or lies behind."""
        return self._position(status) + 1 >= self.order.index(step)

    def next_step(self, status: str) -> str:
        """The forward step out of `status`."""
        return self.order[self._position(status) + 1]

    def now(self, status: str) -> datetime:
        """The moment at which the next step is taken, or that of the last one for a confirmed case."""
        if status == "reopened":
            return datetime.combine(self.days["close"] + timedelta(days=45), time(15, 0), CST)
        return self.at(self.order[min(self._position(status) + 1, len(self.order) - 1)])

    def _position(self, status: str) -> int:
        status = {"reopened": "closed", "watch": "closed"}.get(status, status)
        return [STATE_AFTER[step] for step in self.order].index(status)


@cache
def works_life(route: Route = DEFAULT_ROUTE) -> Life:
    """The works case: done on 2025-06-30, accepted on 2025-10-28 after three good months."""
    return _life(
        route, {"open_task": "2024-11-18", "file_plan": "2024-12-20", "approve_plan": "2024-12-27", "start": "2025-01-06"}, "2025-10-20", 10
    )


@cache
def duty_life(route: Route = COUNTY_ROUTE) -> Life:
    """The duty case: a year of weekly sessions, accepted on 2026-01-20."""
    days = 5 if route == COUNTY_ROUTE else 10
    return _life(
        route,
        {"open_task": "2024-11-18", "file_plan": "2024-12-20", "approve_plan": "2024-12-27", "start": "2025-01-06"},
        "2026-01-12",
        days,
    )


def _life(route: Route, before: Mapping[str, str], applied: str, publicity_workdays: int) -> Life:
    calendar = official_calendar()
    days = {step: date.fromisoformat(day) for step, day in before.items()} | {"apply": date.fromisoformat(applied)}
    cursor, window = days["apply"], (days["apply"], days["apply"])
    for step in route:
        watched = step == "confirm"
        cursor = days["close"].replace(year=days["close"].year + 1) + timedelta(days=3) if watched else calendar.after(cursor, 4)
        days[step] = cursor
        if step == "publish":
            window = (cursor, calendar.last_of(cursor, publicity_workdays))
            cursor = window[1]
    return Life(route, days, window)


# The works case ---------------------------------------------------------------------------------------------------------


def works_case(status: str = "published", *, route: Route = DEFAULT_ROUTE, missing: str | Iterable[str] = (), **changes: Any) -> Dossier:
    """A sewer and its river: deadline, works, a goal with a figure, monthly readings in `contents`.

    `status` is "given" or a Task.status; `missing` names entries of MISSING; `changes` replace fields of the task."""
    life = works_life(route)
    done = life.handed_in(status, "apply")
    task = Task(
        id=WORKS,
        list="list-1",
        number=7,
        title="清沅河氨氮超标",
        problem="青阜镇生活污水直排清沅河，石桥断面氨氮均值3.9毫克/升，超过地表水四类标准1.6倍。",
        kind="deadline",
        nature="works",
        places=("place-point",),
        owner="org-housing",
        lead="org-county",
        supervisor="org-citysupervision",
        acceptor="org-cityeco",
        reviewer="org-cityoffice",
        publisher="org-county",
        desk="org-citydesk",
        closer="org-county" if route == COUNTY_ROUTE else "org-city",
        assessor="org-provinceoffice" if "assess" in route else None,
        due="2025-12",
        due_words="2025年底前",
        done_at="2025-06-30" if done else None,
        first_responsible=("person-secretary", "person-magistrate"),
        causes=("镇区污水管网未覆盖老街片区", "排水户错接雨水管"),
    )
    series = _works_series(life.now(status).date())
    return _finished(
        Dossier(
            id="case-7",
            kind="dossier",
            made_at=life.now(status).isoformat(),
            made_by="org-cityoffice",
            title=task.title,
            tasks=(_aged(task, status, life),),
            plans=(_works_plan(),) if life.handed_in(status, "file_plan") else (),
            documents=(*_plan_documents(WORKS, "org-housing"), *_notice_documents(WORKS, status, life)),
            statements=_statements(_works_completion(life), _notice(WORKS, life, _WORKS_NOTICE), status, life),
            records=tuple(_works_records(status, life)),
            series=(replace(_SERIES, file=series.id),),
            watch_plans=_watch_plans(WORKS, status, life),
        ),
        {series: _csv(life.now(status).date())},
        status,
        life,
        missing,
        changes,
    )


_SERIES = Series(
    id="series-1",
    indicator="氨氮",
    place="place-point",
    unit="mg/L",
    source="org-cityeco",
    kind="manual",
    interval="month",
    resolution=0.01,
    limits=(Limit(operator="<=", value=1.5, window="month", basis="整改目标"),),
    file="file-series-1",
    tasks=(WORKS,),
)


def _works_plan() -> Plan:
    return Plan(
        id="plan-7",
        task=WORKS,
        version=1,
        author="org-county",
        document="doc-plan",
        date="2024-12-18",
        recorded_at="2024-12-20T09:30:00+08:00",
        published_at="2025-01-02",
        goals=(
            Goal(
                id="goal-7-1",
                text="石桥断面氨氮月均值不高于1.5毫克/升，保持三个月以上。",
                target=Target(indicator="氨氮", place="place-point", operator="<=", value=1.5, unit="mg/L", window="month", min_months=3),
            ),
        ),
        measures=(
            Measure(
                id="measure-7-1",
                number=1,
                text="建设青阜镇段截污干管2.4公里。",
                kind="works",
                owner="org-housing",
                due="2025-06",
                quantity=Quantity(name="截污干管", value=2.4, unit="km"),
                outcome=Outcome(indicator="氨氮", place="place-point", direction="down"),
                answers_cause=0,
            ),
            Measure(
                id="measure-7-2",
                number=2,
                text="开展排水户错接排查执法。",
                kind="enforcement",
                owner="org-housing",
                due="2025-10",
                answers_cause=1,
            ),
            Measure(
                id="measure-7-3",
                number=3,
                text="县委、县政府主要负责同志亲自研究部署、亲自督办。",
                kind="other",
                owner="org-housing",
                due="2025-10",
            ),
        ),
    )


#: (sentence of the completion statement, measure it answers, evidence)
_WORKS_ANSWERS = (
    ("（一）建成青阜镇段截污干管2.4公里，2025年6月30日通过竣工验收。", "measure-7-1", ("rec-contract", "rec-works", "rec-handover")),
    (
        "（二）开展排水执法检查2次，最近一次为2025年9月9日，错接的排水户全部改正。",
        "measure-7-2",
        ("rec-enforcement-1", "rec-enforcement-2"),
    ),
    ("（三）县委书记、县长召开会议研究2次，到现场督办1次。", "measure-7-3", ("rec-meeting-1", "rec-meeting-2", "rec-personal-1")),
)


def _works_completion(life: Life) -> Statement:
    return _answered("st-completion", WORKS, "org-housing", life, "第七项任务完成情况如下。", _WORKS_ANSWERS)


_WORKS_NOTICE = "现将清沅河氨氮超标问题整改情况予以公示。责任单位：青禾县住房和城乡建设局。"


def _works_records(status: str, life: Life) -> Iterable[Record]:
    if life.handed_in(status, "apply"):
        yield _record(
            "contract",
            "contract",
            WORKS,
            "2025-02-17",
            measures=("measure-7-1",),
            org="org-housing",
            other_org="org-builder",
            amount=3680000,
        )
        yield _record(
            "works",
            "work_log",
            WORKS,
            "2025-06-27",
            measures=("measure-7-1",),
            org="org-builder",
            quantities=(Quantity(name="截污干管", value=2.4, unit="km"),),
        )
        yield _record(
            "handover",
            "consent",
            WORKS,
            "2025-06-30",
            measures=("measure-7-1",),
            org="org-housing",
            title="截污干管竣工验收",
            stage="handover",
        )
        for number, (day, person) in enumerate((("2025-05-12", "cityeco-3"), ("2025-09-09", "cityeco-3")), start=1):
            yield _record(
                f"enforcement-{number}",
                "enforcement",
                WORKS,
                day,
                measures=("measure-7-2",),
                org="org-cityeco",
                people=(f"person-{person}",),
                place="place-town",
            )
        heads = ("person-secretary", "person-magistrate")
        for number, day in enumerate(("2025-01-08", "2025-07-15"), start=1):
            yield _record(
                f"meeting-{number}",
                "meeting",
                WORKS,
                day,
                measures=("measure-7-3",),
                org="org-county",
                people=heads,
                title="清沅河整改专题会",
            )
        yield _record(
            "personal-1",
            "personal_act",
            WORKS,
            "2025-04-22",
            measures=("measure-7-3",),
            org="org-county",
            people=heads,
            text="到石桥断面和管网工地督办。",
        )
        yield _pledge(WORKS, "apply", "org-housing", ("person-housing-head",), life)
    if life.handed_in(status, "accept"):
        yield replace(
            _acceptance(WORKS, "org-cityeco", ("person-cityeco-1", "person-cityeco-2"), life),
            place="place-point",
            lat=31.2042,
            lon=110.331,
            track=_track(life, (31.2042, 110.331), (31.2101, 110.3355)),
            text="查看干管两处检查井并通水，核对2025年7月以来石桥断面逐月氨氮均值，最高1.12毫克/升。",
            results=(Result(indicator="氨氮", value=0.88, unit="mg/L", place="place-point", at="2025-09"),),
            measured=(Measured(measure="measure-7-1", name="截污干管", value=2.41, unit="km"),),
        )
        yield _pledge(WORKS, "accept", "org-cityeco", ("person-cityeco-1", "person-cityeco-2"), life)
    yield from _stage_records(
        WORKS, status, life, publisher="org-county", closer="org-county" if life.route == COUNTY_ROUTE else "org-city"
    )


def _works_series(until: date) -> File:
    content = _csv(until)
    return _file("series-1", "series/ammonia.csv", content, "text/csv", "series", WORKS, "2024-11-20T08:00:00+08:00")


def _csv(until: date) -> bytes:
    """Monthly readings from 2024-10 to the last whole month before `until`."""
    lines, year, month, values = ["time,value,mark"], 2024, 10, list(_BEFORE)
    while (year, month) < (until.year, until.month):
        number = len(lines) - 1
        value = values[number] if number < len(values) else _AFTER[(number - len(values)) % len(_AFTER)]
        lines.append(f"{year}-{month:02}-15,{value},")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return ("\n".join(lines) + "\n").encode()


# The duty case ----------------------------------------------------------------------------------------------------------

#: The six tasks whose closing the duty task is about: (number, title, day of closing, day of the look-back).
_CLOSED_BEFORE = (
    (11, "园区雨污混接", "2024-03-15", "2024-10-16"),
    (12, "危废暂存间不规范", "2024-04-10", "2024-10-17"),
    (13, "污水站加药记录缺失", "2024-05-20", "2024-11-06"),
    (14, "堆场扬尘", "2024-06-18", "2024-11-07"),
    (15, "在线监测数据缺传", "2024-08-12", "2025-02-19"),
    (16, "应急池容积不足", "2024-10-22", "2025-04-09"),
)


def duty_case(status: str = "published", *, route: Route = COUNTY_ROUTE, missing: str | Iterable[str] = (), **changes: Any) -> Dossier:
    """A task about how other tasks are closed: long-term, no works, a derived target (closings_held) over the ledger it is `about`.

    The dossier is a ledger: the duty task and the six closed ones that its target is measured from; `dossier.task` is the duty task.
    Arguments as of `works_case`."""
    life = duty_life(route)
    task = Task(
        id=DUTY,
        list="list-1",
        number=2,
        title="整改销号流于形式",
        problem="一些地方和部门对整改销号把关不严，有的任务虽已销号，问题仍在原地打转。",
        kind="long_term",
        nature="non_works",
        places=("place-park",),
        owner="org-park",
        lead="org-county",
        supervisor="org-countysupervision",
        acceptor="org-countyeco",
        reviewer="org-cityoffice",
        publisher="org-county",
        desk="org-countydesk",
        closer="org-county" if route == COUNTY_ROUTE else "org-city",
        due="2025-12",
        due_words="2025年底前，长期坚持",
        done_at="2025-12-31" if life.handed_in(status, "apply") else None,
        links=tuple(Link(task=f"task-{number}", relation="similar") for number, *_ in _CLOSED_BEFORE),
        first_responsible=("person-park-secretary", "person-park-head"),
        causes=("验收与销号由同一科室办理", "销号后没有回头看"),
    )
    return _finished(
        Dossier(
            id="ledger-2",
            kind="ledger",
            about=DUTY,
            made_at=life.now(status).isoformat(),
            made_by="org-county",
            title=task.title,
            tasks=(_aged(task, status, life), *(_closed_task(*row) for row in _CLOSED_BEFORE)),
            plans=(_duty_plan(),) if life.handed_in(status, "file_plan") else (),
            documents=(*_plan_documents(DUTY, "org-park"), _ASSESSMENT_RULE, *_notice_documents(DUTY, status, life)),
            statements=_statements(_duty_completion(life), _notice(DUTY, life, _DUTY_NOTICE), status, life),
            records=tuple(_duty_records(status, life)),
            watch_plans=_watch_plans(DUTY, status, life),
        ),
        {},
        status,
        life,
        missing,
        changes,
    )


def _duty_plan() -> Plan:
    return Plan(
        id="plan-2",
        task=DUTY,
        version=1,
        author="org-county",
        document="doc-plan",
        date="2024-12-18",
        recorded_at="2024-12-20T09:40:00+08:00",
        published_at="2025-01-02",
        goals=(
            Goal(
                id="goal-2-1",
                text="已销号满一年的任务无一退回、无一反弹。",
                target=Target(indicator="closings_held", operator=">=", value=100, unit="%", window="total"),
            ),
        ),
        measures=(
            Measure(id="measure-2-1", number=1, text="每周一、周四组织干部职工学习。", kind="study", owner="org-park", due="2025-12"),
            Measure(
                id="measure-2-2",
                number=2,
                text="党政主要负责同志是第一责任人，亲自研究部署，亲自督办落实。",
                kind="other",
                owner="org-park",
                due="2025-12",
                answers_cause=0,
            ),
            Measure(
                id="measure-2-3",
                number=3,
                text="严格验收与销号，销号任务逐项回头看。",
                kind="enforcement",
                owner="org-park",
                due="2025-12",
                answers_cause=1,
            ),
            Measure(
                id="measure-2-4",
                number=4,
                text="强化考核结果运用，作为干部选拔、资金分配的重要依据。",
                kind="policy",
                owner="org-park",
                due="2025-12",
            ),
        ),
    )


_HEADS = ("person-park-secretary", "person-park-head")
_ASSESSMENT_RULE = Document(
    id="doc-assessment",
    number="青园管发〔2025〕9号",
    title="青禾循环经济园区整改成效考核办法",
    kind="rule",
    issuer="org-park",
    date="2025-03-20",
    recorded_at="2025-03-21T09:00:00+08:00",
    tasks=(DUTY,),
    recipients=("org-park",),
)


@cache
def study_days() -> tuple[date, ...]:
    """Mondays and Thursdays of 2025 from 6 January on that are working days: each had its session."""
    calendar = official_calendar()
    days = (date(2025, 1, 6) + timedelta(days=n) for n in range(360))
    return tuple(day for day in days if day.weekday() in (0, 3) and calendar.is_workday(day))


_MEETINGS = ("2025-01-10", "2025-03-12", "2025-05-14", "2025-07-09", "2025-09-10", "2025-11-12")
_SITE_VISITS = ("2025-02-18", "2025-03-25", "2025-04-16", "2025-05-27", "2025-06-24", "2025-08-19", "2025-10-21", "2025-12-09")
_INTERVIEWS = ("2025-02-26", "2025-04-23", "2025-08-27", "2025-11-26")


def _duty_completion(life: Life) -> Statement:
    studied = len(study_days())
    answers = (
        (
            f"（一）2025年以来，每周一和周四组织干部职工学习，共学习{studied}次。",
            "measure-2-1",
            tuple(f"rec-study-{n}" for n in range(1, studied + 1)),
        ),
        (
            f"（二）党工委书记、管委会主任担任第一责任人，召开会议研究整改{len(_MEETINGS)}次，到企业现场督查{len(_SITE_VISITS)}次，约谈企业负责人{len(_INTERVIEWS)}次。",
            "measure-2-2",
            (*_ids("meeting", _MEETINGS), *_ids("visit", _SITE_VISITS), *_ids("interview", _INTERVIEWS)),
        ),
        (
            f"（三）{len(_CLOSED_BEFORE)}项任务按期销号，逐项开展回头看{len(_CLOSED_BEFORE)}次，没有一项退回。",
            "measure-2-3",
            (*(f"rec-closure-{row[0]}" for row in _CLOSED_BEFORE), *(f"rec-lookback-{row[0]}" for row in _CLOSED_BEFORE)),
        ),
        ("（四）印发考核办法，2025年度考核结果用于干部选拔和资金分配。", "measure-2-4", ("rec-assessment", "doc-assessment")),
    )
    return _answered("st-completion", DUTY, "org-park", life, "第二项任务完成情况如下。", answers)


_DUTY_NOTICE = "现将整改销号流于形式问题的整改情况予以公示。责任单位：青禾循环经济园区管理委员会。"


def _ids(key: str, days: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"rec-{key}-{number}" for number in range(1, len(days) + 1))


def _duty_records(status: str, life: Life) -> Iterable[Record]:
    for number, title, closed, looked in _CLOSED_BEFORE:
        yield _record(f"closure-{number}", "closure", f"task-{number}", closed, org="org-county", title=title, passed=True)
        yield _record(
            f"lookback-{number}",
            "look_back",
            f"task-{number}",
            looked,
            org="org-cityoffice",
            people=("person-cityoffice-2",),
            place="place-park",
            passed=True,
        )
    if life.handed_in(status, "apply"):
        yield from _duty_registers()
        yield _pledge(DUTY, "apply", "org-park", ("person-park-head",), life)
    if life.handed_in(status, "accept"):
        yield replace(
            _acceptance(DUTY, "org-countyeco", ("person-countyeco-1", "person-countyeco-2"), life),
            place="place-park",
            lat=31.1502,
            lon=110.4105,
            text="查阅学习、会议、约谈登记，抽查3项已销号任务的现场，均与销号时一致。",
        )
        yield _pledge(DUTY, "accept", "org-countyeco", ("person-countyeco-1", "person-countyeco-2"), life)
    yield from _stage_records(DUTY, status, life, publisher="org-county", closer="org-county" if life.route == COUNTY_ROUTE else "org-city")


def _duty_registers() -> Iterable[Record]:
    """The rows behind the sentences of the completion statement."""
    for number, day in enumerate(study_days(), start=1):
        yield _record(
            f"study-{number}",
            "study",
            DUTY,
            day.isoformat(),
            measures=("measure-2-1",),
            org="org-park",
            people=("person-park-1",),
            schedule="weekly:mon,thu",
            title="周例会学习",
        )
    for key, kind, days, title in (
        ("meeting", "meeting", _MEETINGS, "整改专题会"),
        ("visit", "site_visit", _SITE_VISITS, "到企业现场督查"),
        ("interview", "interview", _INTERVIEWS, "约谈企业负责人"),
    ):
        for number, day in enumerate(days, start=1):
            yield _record(
                f"{key}-{number}",
                kind,
                DUTY,
                day,
                measures=("measure-2-2",),
                org="org-park",
                people=_HEADS,
                title=title,
                place="place-park",
            )
    yield _record(
        "assessment",
        "assessment",
        DUTY,
        "2025-12-30",
        measures=("measure-2-4",),
        org="org-park",
        title="2025年度整改成效考核",
        document="doc-assessment",
        text="考核结果用于干部选拔和资金分配。",
    )


def _closed_task(number: int, title: str, closed: str, looked: str) -> Task:
    return Task(
        id=f"task-{number}",
        list="list-1",
        number=number,
        title=title,
        problem=f"园区存在{title}问题。",
        kind="deadline",
        nature="works",
        owner="org-park",
        lead="org-county",
        acceptor="org-countyeco",
        reviewer="org-cityoffice",
        closer="org-county",
        due="2024-12",
        status="confirmed",
        done_at=closed,
        closed_at=closed,
        watch_until=f"{int(closed[:4]) + 1}{closed[4:]}",
    )


# What both cases share --------------------------------------------------------------------------------------------------


def _aged(task: Task, status: str, life: Life) -> Task:
    closed = life.reached(status, "close")
    day = life.days["close"]
    return replace(
        task,
        status=None if status == "given" else status,
        closed_at=day.isoformat() if closed else None,
        watch_until=day.replace(year=day.year + 1).isoformat() if closed else None,
    )


def _plan_documents(task: str, owner: str) -> tuple[Document, ...]:
    return (
        Document(
            id="doc-feedback",
            number="东督反〔2024〕6号",
            title="督察反馈意见",
            kind="feedback",
            issuer="org-provinceoffice",
            date="2024-11-15",
            recorded_at="2024-11-18T09:30:00+08:00",
        ),
        Document(
            id="doc-plan",
            number="青政发〔2024〕31号",
            title="青禾县督察反馈问题整改方案",
            kind="plan",
            issuer="org-county",
            date="2024-12-18",
            recorded_at="2024-12-20T09:10:00+08:00",
            recipients=(owner,),
            receipts=(Receipt(org=owner, at="2024-12-20T14:50:00+08:00"),),
            tasks=(task,),
        ),
    )


def _notice_documents(task: str, status: str, life: Life) -> tuple[Document, ...]:
    if not life.handed_in(status, "publish"):
        return ()
    start = life.window[0]
    paper = Document(
        id="doc-notice",
        number=f"青公示〔{start.year}〕{task.removeprefix('task-')}号",
        title="整改完成情况公示",
        kind="notice",
        issuer="org-county",
        date=start.isoformat(),
        recorded_at=life.recorded("publish", 9),
        tasks=(task,),
    )
    return (paper,)


def _answered(key: str, task: str, author: str, life: Life, opening: str, answers: Iterable[tuple[str, str, tuple[str, ...]]]) -> Statement:
    """A completion statement whose sentences are tied to the measures they answer and the rows behind them."""
    text, spans = opening, []
    for sentence, measure, evidence in answers:
        spans.append(Span(start=len(text), end=len(text) + len(sentence), measures=(measure,), evidence=evidence))
        text += sentence
    return Statement(
        id=key,
        task=task,
        kind="completion",
        author=author,
        date=life.days["apply"].isoformat(),
        recorded_at=life.recorded("apply", 9),
        percent=100,
        text=text,
        spans=tuple(spans),
    )


def _notice(task: str, life: Life, opening: str) -> Statement:
    start, end = life.window
    return Statement(
        id="st-notice",
        task=task,
        kind="notice",
        author="org-county",
        date=start.isoformat(),
        recorded_at=life.recorded("publish", 9),
        text=f"{opening}公示时间：{start}至{end}。如有异议，请以书面或电话形式反映。",
    )


def _statements(completion: Statement, notice: Statement, status: str, life: Life) -> tuple[Statement, ...]:
    return tuple(s for s, step in ((completion, "apply"), (notice, "publish")) if life.handed_in(status, step))


def _record(key: str, kind: str, task: str, day: str, **more: Any) -> Record:
    return Record(id=f"rec-{key}", type=kind, tasks=(task,), date=day, recorded_at=f"{day}T17:30:00+08:00", **more)


def _pledge(task: str, step: str, org: str, people: tuple[str, ...], life: Life, **more: Any) -> Record:
    return Record(
        id=f"rec-pledge-{step}",
        type="pledge",
        stage=step,
        tasks=(task,),
        org=org,
        people=people,
        date=life.days[step].isoformat(),
        recorded_at=life.recorded(step, 11),
        text="对所报材料和整改结果的真实性负责。",
        **more,
    )


#: What the group held of each measure: (measure, why it is done, what was looked at).
_OPINIONS = {
    WORKS: (
        ("measure-7-1", "干管通水，实测2.41公里，不少于方案的2.4公里。", "两处检查井、竣工图"),
        ("measure-7-2", "两次检查查出的错接户都已改正。", "执法记录2份，抽看3户接口"),
        ("measure-7-3", "两位主要负责同志都到过现场，会议有纪要。", "会议登记2条、督办登记1条"),
    ),
    DUTY: (
        ("measure-2-1", "学习登记逐周连续，签到齐全。", "学习登记，抽看4次签到"),
        ("measure-2-2", "会议、督查、约谈的次数与登记一致。", "会议、督查、约谈登记"),
        ("measure-2-3", "六项任务都做过回头看，没有退回。", "回头看登记6条，抽查现场3处"),
        ("measure-2-4", "考核办法已印发，结果已用于干部选拔。", "考核办法原件和考核结果"),
    ),
}


def _acceptance(task: str, org: str, people: tuple[str, ...], life: Life) -> Record:
    day = life.days["accept"].isoformat()
    return Record(
        id="rec-acceptance",
        type="acceptance",
        tasks=(task,),
        org=org,
        people=people,
        date=day,
        start=f"{day}T09:10",
        end=f"{day}T11:00",
        recorded_at=life.recorded("accept", 14),
        method="site_and_paper",
        passed=True,
        seconds=6600,
        group=tuple(Member(person=person, part="leader" if person == people[0] else "member") for person in people),
        opinions=tuple(
            Opinion(measure=measure, verdict="done", reason=reason, looked_at=looked_at) for measure, reason, looked_at in _OPINIONS[task]
        ),
    )


#: What the region held of the items of its rulebook: (item, why).
_ASSESSED = (
    ("整改目标达到并保持", "石桥断面氨氮连续三个月低于1.5毫克/升。"),
    ("整改措施逐项落实", "三项措施都有登记，与验收意见一致。"),
    ("验收和审核程序规范", "验收、审核由不同单位的人办，意见逐项写明。"),
    ("周边群众认可", "走访沿岸5户，都说水不再发臭。"),
    ("防止反弹的制度已建立", "排水户巡查制度已印发，有人负责。"),
)


#: The rows that the log drew: (row, its name).
_DRAWN = {
    WORKS: (("rec-enforcement-1", "执法检查"), ("rec-meeting-1", "清沅河整改专题会")),
    DUTY: (("rec-meeting-1", "整改专题会"), ("rec-study-3", "周例会学习")),
}


def _assessment(task: str, life: Life) -> Record:
    items = tuple(Assessed(name=name, verdict="met", reason=reason) for name, reason in _ASSESSED)
    drawn = tuple(Assessed(name=name, row=row, verdict="met", reason="登记与原件一致。") for row, name in _DRAWN[task])
    return Record(
        id="rec-closing-assessment",
        type="closing_assessment",
        tasks=(task,),
        org="org-provinceoffice",
        people=("person-provinceoffice-1",),
        date=life.days["assess"].isoformat(),
        recorded_at=life.recorded("assess", 14),
        method="site_and_paper",
        passed=True,
        text="逐项评估合格，抽查登记2条一致，同意进入公示。",
        samples=tuple(row for row, _ in _DRAWN[task]),
        assessed=(*items, *drawn),
    )


def _track(life: Life, *points: tuple[float, float]) -> tuple[Fix, ...]:
    day = life.days["accept"].isoformat()
    return tuple(Fix(at=f"{day}T{9 + n:02}:20", lat=lat, lon=lon) for n, (lat, lon) in enumerate(points))


def _stage_records(task: str, status: str, life: Life, *, publisher: str, closer: str) -> Iterable[Record]:
    """What review, publicity, closing and watch leave behind, as far as the case has come."""
    if life.handed_in(status, "review"):
        yield Record(
            id="rec-review",
            type="review",
            tasks=(task,),
            org="org-cityoffice",
            people=("person-cityoffice-1",),
            date=life.days["review"].isoformat(),
            recorded_at=life.recorded("review", 14),
            passed=True,
            seconds=4200,
            text="逐条核对措施与登记，调阅原始记录，抽查现场一处。",
            reason="各项措施有据，目标达到。",
        )
    if "assess" in life.route and life.handed_in(status, "assess"):
        yield _assessment(task, life)
    if life.handed_in(status, "publish"):
        start, end = life.window
        workdays = official_calendar().count(start, end)
        yield Record(
            id="rec-confidentiality",
            type="consent",
            stage="confidentiality",
            tasks=(task,),
            org=publisher,
            people=("person-county-secrecy",),
            date=start.isoformat(),
            recorded_at=life.recorded("publish", 8),
            title="公示内容保密审查",
            passed=True,
        )
        yield Record(
            id="rec-publicity",
            type="publicity",
            tasks=(task,),
            org=publisher,
            statement="st-notice",
            document="doc-notice",
            date=start.isoformat(),
            start=start.isoformat(),
            end=end.isoformat(),
            stated_days=workdays,
            stated_unit="workday",
            posted_at=f"{start}T09:00",
            recorded_at=life.recorded("publish", 9),
            channels=("县政府门户网站", "整改公示栏"),
            snapshots=(Snapshot(at=f"{end}T10:30:00+08:00", ok=True),) if life.handed_in(status, "close") else (),
        )
    if life.handed_in(status, "close"):
        signer = "person-magistrate" if closer == "org-county" else "person-mayor"
        yield _pledge(task, "close", closer, (signer,), life, on_paper=True, recorded_by="person-county-clerk", files=("file-scan-pledge",))
    if life.reached(status, "close"):
        yield Record(
            id="rec-closure",
            type="closure",
            tasks=(task,),
            org=closer,
            date=life.days["close"].isoformat(),
            recorded_at=life.recorded("close", 15),
            title="准予销号",
            passed=True,
        )
    if status == "reopened":
        yield Record(
            id="rec-look-back",
            type="look_back",
            tasks=(task,),
            org="org-provinceoffice",
            people=("person-provinceoffice-head",),
            date=(life.days["close"] + timedelta(days=40)).isoformat(),
            recorded_at=datetime.combine(life.days["close"] + timedelta(days=41), time(10), CST).isoformat(),
            passed=False,
            text="现场与销号时不一致。",
        )
        yield Record(
            id="rec-reopened",
            type="return",
            stage="reopen",
            of="rec-look-back",
            tasks=(task,),
            org="org-cityoffice",
            people=("person-cityoffice-head",),
            date=(life.days["close"] + timedelta(days=42)).isoformat(),
            recorded_at=datetime.combine(life.days["close"] + timedelta(days=42), time(10), CST).isoformat(),
            reason="回头看发现现场与销号时不一致。",
            public_reason="回头看发现现场与销号时不一致，重新整改。",
        )


def _watch_plans(task: str, status: str, life: Life) -> tuple[WatchPlan, ...]:
    ends = life.days["close"].replace(year=life.days["close"].year + 1)
    plan = WatchPlan(id=f"watch-{task}", task=task, months=12, k=2, n=3, seasons=("wet", "dry"), ends=ends.isoformat())
    return (plan,) if life.handed_in(status, "close") else ()


_RULES = Rules(
    name="整改验收销号规程（示例）",
    publicity=PublicityRule(days=10, unit="workday"),
    watch=WatchRule(months=12, k=2, n=3),
    acceptance=AcceptanceRule(min_months=3, min_people=2),
)


def _finished(
    dossier: Dossier, contents: Mapping[File, bytes], status: str, life: Life, missing: str | Iterable[str], changes: Mapping[str, Any]
) -> Dossier:
    task, (start, end) = dossier.task, life.window
    scan = b"%PDF-1.4\n% a scanned pledge\n"
    scans = (
        {_file("scan-pledge", "scans/pledge-close.pdf", scan, "application/pdf", "scan", task.id, life.recorded("close", 11)): scan}
        if (life.handed_in(status, "close"))
        else {}
    )
    contents = {**contents, **scans}
    days = official_calendar().count(start, end)
    dossier = replace(
        dossier,
        rules=replace(_RULES, publicity=PublicityRule(days=days, unit="workday")),
        orgs=ORGS,
        people=PEOPLE,
        places=PLACES,
        inspections=INSPECTIONS,
        lists=LISTS,
        tasks=tuple(replace(t, **changes) if t.id == task.id else t for t in dossier.tasks),
        files=tuple(contents),
        contents={file.path: content for file, content in contents.items()},
    )
    for name in (missing,) if isinstance(missing, str) else missing:
        dossier = MISSING[name](dossier)
    return dossier


def _file(key: str, path: str, content: bytes, media: str, kind: str, task: str, recorded_at: str) -> File:
    digest = hashlib.sha256(content).hexdigest()
    return File(
        id=f"file-{key}", path=path, sha256=digest, bytes=len(content), media=media, kind=kind, tasks=(task,), recorded_at=recorded_at
    )


# Changing a case --------------------------------------------------------------------------------------------------------


def add(dossier: Dossier, *things: Any) -> Dossier:
    """The dossier with more things, each in the register of its kind."""
    for thing in things:
        name = _register_of(dossier, type(thing))
        dossier = replace(dossier, **{name: (*getattr(dossier, name), thing)})
    return dossier


def without(dossier: Dossier, *ids: str) -> Dossier:
    """The dossier without the things of these ids; an id ending in * stands for all that begin so. Raises KeyError for an id that is not there."""
    for wanted in ids:
        gone = {known for known in dossier.by_id if known == wanted or (wanted.endswith("*") and known.startswith(wanted[:-1]))}
        if not gone:
            raise KeyError(wanted)
        kept = {register.name: tuple(t for t in getattr(dossier, register.name) if t.id not in gone) for register in _registers(dossier)}
        dossier = replace(dossier, **kept)
    return dossier


def change(dossier: Dossier, thing_id: str, **changes: Any) -> Dossier:
    """The dossier with fields of one thing replaced; goals and measures are reached through their plan."""
    if thing_id not in dossier.by_id:
        raise KeyError(thing_id)
    for register in _registers(dossier):
        things = tuple(_changed(thing, thing_id, changes) for thing in getattr(dossier, register.name))
        dossier = replace(dossier, **{register.name: things})
    return dossier


def returned(dossier: Dossier, stage: str, at: datetime, **more: Any) -> Dossier:
    """The dossier with a return (退回) to that stage on file, with its reason, also for the public."""
    reason = "登记与现场不一致。"
    record = Record(
        id=f"rec-return-{stage}",
        type="return",
        stage=stage,
        tasks=(dossier.task.id,),
        date=at.date().isoformat(),
        recorded_at=at.isoformat(),
        reason=reason,
        public_reason=reason,
    )
    return add(dossier, replace(record, **more))


def override(stage: str, recorded_at: str) -> Record:
    """An exception for `step:gate` in the works case, by the level above, with a public reason."""
    return Record(
        id="rec-override",
        type="override",
        stage=stage,
        tasks=(WORKS,),
        org="org-provinceoffice",
        people=("person-provinceoffice-head",),
        date=recorded_at[:10],
        recorded_at=recorded_at,
        reason="汛期抢险。",
        public_reason="汛期抢险工程，提前验收。",
    )


def objection(life: Life, task: str = WORKS, **more: Any) -> Record:
    """An objection that came on the second day of the window and waits for its answer."""
    day = life.window[0] + timedelta(days=1)
    came = Record(
        id="obj-1",
        type="objection",
        tasks=(task,),
        of="rec-publicity",
        date=day.isoformat(),
        recorded_at=datetime.combine(day, time(9, 30), CST).isoformat(),
    )
    return replace(came, **more)


def finding(dossier: Dossier, severity: str = "block", **more: Any) -> Dossier:
    """The dossier with one open finding of that severity; `more` answers and decides it."""
    raised = Disposition(
        id="fnd-1", check="COVER", key="COVER:measure", task=dossier.task.id, severity=severity, raised_at="2025-03-03T10:00:00+08:00"
    )
    return add(dossier, replace(raised, **more))


def _changed(thing: Any, thing_id: str, changes: Mapping[str, Any]) -> Any:
    if thing.id == thing_id:
        return replace(thing, **changes)
    if isinstance(thing, Plan):
        return replace(
            thing,
            goals=tuple(replace(g, **changes) if g.id == thing_id else g for g in thing.goals),
            measures=tuple(replace(m, **changes) if m.id == thing_id else m for m in thing.measures),
        )
    return thing


def _registers(dossier: Dossier) -> Iterable[Any]:
    return (f for f in fields(dossier) if isinstance(value := getattr(dossier, f.name), tuple) and value and hasattr(value[0], "id"))


def _register_of(dossier: Dossier, kind: type) -> str:
    names = {
        Record: "records",
        Statement: "statements",
        Task: "tasks",
        Plan: "plans",
        File: "files",
        Document: "documents",
        WatchPlan: "watch_plans",
        Person: "people",
    }
    return names.get(kind) or next(f.name for f in fields(dossier) if f.name == f"{kind.__name__.lower()}s")


def _answer_cut(dossier: Dossier) -> Dossier:
    """The completion statement no longer answers its last measure."""
    statement = dossier.last_statement(dossier.task.id, "completion")
    assert statement is not None
    last = statement.spans[-1]
    return change(dossier, statement.id, text=statement.text[: last.start], spans=statement.spans[:-1])


def _evidence_cut(dossier: Dossier) -> Dossier:
    """The rows behind the last measure are gone."""
    measure = dossier.measures_of(dossier.task.id)[-1].id
    rows = [record.id for record in dossier.records if measure in record.measures]
    statement = dossier.last_statement(dossier.task.id, "completion")
    assert statement is not None
    spans = tuple(replace(span, evidence=()) if measure in span.measures else span for span in statement.spans)
    return change(without(dossier, *rows), statement.id, spans=spans)


#: What `missing=` can leave out.
MISSING: Mapping[str, Callable[[Dossier], Dossier]] = {
    "plan": lambda d: replace(d, plans=()),
    "target": lambda d: change(d, d.goals_of(d.task.id)[0].id, target=None),
    "completion": lambda d: without(d, "st-completion"),
    "answer": _answer_cut,
    "evidence": _evidence_cut,
    "personal_acts": lambda d: replace(
        d, records=tuple(replace(r, people=()) if set(r.people) & set(d.task.first_responsible) else r for r in d.records)
    ),
    "first_responsible": lambda d: change(d, d.task.id, first_responsible=()),
    "pledge": lambda d: without(d, "rec-pledge-*"),
    "pledge_apply": lambda d: without(d, "rec-pledge-apply"),
    "pledge_accept": lambda d: without(d, "rec-pledge-accept"),
    "pledge_close": lambda d: without(d, "rec-pledge-close"),
    "acceptance": lambda d: without(d, "rec-acceptance"),
    "review": lambda d: without(d, "rec-review"),
    "assessment": lambda d: without(d, "rec-closing-assessment"),
    "confidentiality": lambda d: without(d, "rec-confidentiality"),
    "publicity": lambda d: without(d, "rec-publicity"),
    "notice": lambda d: without(d, "st-notice"),
    "watch_plan": lambda d: replace(d, watch_plans=()),
    "series": lambda d: replace(d, series=(), contents={}),
}

#: Who takes a step: (task role whose unit acts, or a unit key, head or clerk, account role).
_HANDS: Mapping[str, tuple[str, str, Role]] = {
    "open_task": ("org-cityoffice", "person-cityoffice-2", Role.CLERK),
    "file_plan": ("lead", "person-county-clerk", Role.CLERK),
    "approve_plan": ("reviewer", "person-cityoffice-head", Role.HEAD),
    "return_plan": ("reviewer", "person-cityoffice-head", Role.HEAD),
    "start": ("owner", "{owner}-1", Role.REPORTER),
    "report": ("owner", "{owner}-1", Role.REPORTER),
    "apply": ("owner", "{owner}-head", Role.HEAD),
    "accept": ("acceptor", "{acceptor}-1", Role.ACCEPTOR),
    "return_to_work": ("acceptor", "{acceptor}-1", Role.ACCEPTOR),
    "review": ("reviewer", "person-cityoffice-1", Role.REVIEWER),
    "assess": ("org-provinceoffice", "person-provinceoffice-1", Role.ASSESSOR),
    "publish": ("publisher", "person-county-clerk", Role.CLERK),
    "withdraw_notice": ("publisher", "person-county-clerk", Role.CLERK),
    "close": ("closer", "{closer}", Role.HEAD),
    "confirm": ("reviewer", "person-cityoffice-head", Role.HEAD),
    "reopen": ("reviewer", "person-cityoffice-head", Role.HEAD),
    "resume": ("owner", "{owner}-1", Role.REPORTER),
    "override": ("org-provinceoffice", "person-provinceoffice-head", Role.HEAD),
    "carry_in": ("org-cityoffice", "person-cityoffice-2", Role.CLERK),
}


def actor_for(dossier: Dossier, step: str) -> Actor:
    """A person who may take the step in this case."""
    role, person, account = _HANDS[step]
    unit = role if role.startswith("org-") else getattr(dossier.task, role)
    heads = {"org-county": "person-magistrate", "org-city": "person-mayor"}
    if person.startswith("{"):
        person = heads.get(unit) or unit.replace("org-", "person-") + person.partition("}")[2]
    return Actor(person=person, org=unit, roles=frozenset({account}))
