"""A small county whose cases are brought to a stage by walking the real acts, for tests of the desk's pages."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings

from tests.cases import COUNTY_ROUTE, DEFAULT_ROUTE, Life, duty_case, duty_life, works_case, works_life
from tests.cast import INSPECTIONS, LISTS, ORGS, PEOPLE, PLACES
from xiaohao.acts import accounts, beginning, closing, notices, parties, plans, pledges, registers, screening, statements, tasks, verdicts
from xiaohao.acts.statements import Answer
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document
from xiaohao.dossier.oversight import WatchPlan
from xiaohao.dossier.record import Record
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Actor, Role
from xiaohao.kernel.when import parse_instant
from xiaohao.records import models
from xiaohao.records.to_dossier import content_store

#: person key -> roles of the account
ROLES = {
    "county-clerk": (Role.CLERK,),
    "magistrate": (Role.HEAD,),
    "housing-1": (Role.REPORTER,),
    "housing-head": (Role.HEAD,),
    "park-1": (Role.REPORTER,),
    "park-head": (Role.HEAD,),
    "cityeco-1": (Role.ACCEPTOR,),
    "cityeco-2": (Role.ACCEPTOR, Role.INSPECTOR),
    "countyeco-1": (Role.ACCEPTOR,),
    "cityoffice-1": (Role.REVIEWER, Role.CLERK),
    "cityoffice-2": (Role.REVIEWER,),
    "cityoffice-head": (Role.HEAD,),
    "city-clerk": (Role.CLERK,),
    "mayor": (Role.HEAD,),
    "citydesk-1": (Role.DESK,),
    "countydesk-1": (Role.DESK,),
    "citysupervision-1": (Role.SUPERVISOR,),
}
PASSWORD = "correct horse battery staple"

#: Steps in the order in which `walk` takes them, by route.
EARLY = ("open_task", "file_plan", "approve_plan", "start", "apply")


def key(*parts: object) -> str:
    """An idempotency key as a page would have made it."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:32]


def actor(person: str) -> Actor:
    """The account's person as an actor."""
    return models.Account.objects.select_related("person").get(username=person).actor


def move_in(at: datetime) -> None:
    """Units, people, places, accounts and the list, as an installation would enter them."""
    shutil.rmtree(settings.JOURNAL_HOME, ignore_errors=True)  # the log of the test before this one
    beginning.make_keys()
    beginning.begin_journal(at=at)
    parties.enter_places(PLACES, at=at)
    parties.enter_orgs(ORGS, at=at)
    parties.enter_people(PEOPLE, staff_no="QH-{n:04}", at=at)
    for person, roles in ROLES.items():
        accounts.open_account(username=person, person=f"person-{person}", roles=roles, password=PASSWORD)
    tasks.open_list(by=actor("county-clerk"), at=at, key=key("list"), inspection=INSPECTIONS[0], task_list=LISTS[0], code="qh2025a")


class Walk:
    """One case on its way through the acts. `to` is the last step that is taken."""

    def __init__(self, case: Dossier, life: Life, *, rulebook: str, owner: str, acceptor: str, closer: str) -> None:
        self.case, self.life, self.rulebook = case, life, rulebook
        self.owner, self.acceptor, self.closer = owner, acceptor, closer
        self.task = case.task.id

    def until(self, last: str) -> models.Task:
        order = (*EARLY, *self.life.route)
        for step in order[: order.index(last) + 1]:
            getattr(self, f"_{step}")(self.life.at(step))
            screening.screen_due()
        return models.Task.objects.get(pk=self.task)

    def _open_task(self, at: datetime) -> None:
        bare = replace(self.case.task, done_at=None, closed_at=None, watch_until=None, status=None, links=())
        tasks.open_task(by=actor("county-clerk"), at=at, key=key(self.task, "open"), task=bare, rulebook_name=self.rulebook)

    def _file_plan(self, at: datetime) -> None:
        plan = replace(self.case.plans[0], document=None, published_at=None)
        plans.file_plan(task=self.task, by=actor("county-clerk"), at=at, key=key(self.task, "plan"), plan=plan)

    def _approve_plan(self, at: datetime) -> None:
        plans.approve_plan(task=self.task, by=actor("cityoffice-1"), at=at, key=key(self.task, "approve"))

    def _start(self, at: datetime) -> None:
        plans.start(task=self.task, by=actor(self.owner), at=at, key=key(self.task, "start"))

    def _apply(self, at: datetime, *, claiming: tuple[str, str] = ("", "")) -> None:
        self.file_evidence(at - timedelta(hours=2))
        self.pledge("apply", self.owner, at - timedelta(hours=1))
        statements.apply_for_acceptance(
            task=self.task,
            by=actor(self.owner),
            at=at,
            key=key(self.task, "apply"),
            answers=tuple(replace(answer, text=answer.text.replace(*claiming)) for answer in self.answers()),
            done_on=self.case.task.done_at or "",
        )

    def file_evidence(self, at: datetime, *, without: tuple[str, ...] = ()) -> None:
        """The registers and series behind the completion statement."""
        by = actor(self.owner)
        own = tuple(
            r for r in self.case.records_of(self.task) if r.type not in _LATER and r.stage != "confidentiality" and r.id not in without
        )
        for record in own:  # each on its own day, as an honest office enters it
            registers.add_records(
                task=self.task,
                by=by,
                at=min(parse_instant(record.recorded_at), at),
                key=key(self.task, record.id),
                records=(_unfiled(record),),
                documents=_papers(self.case, (record,)),
            )
        for series in self.case.series:
            file = next(f for f in self.case.files if f.id == series.file)
            content = self.case.content_of(file.id) or b""
            content_store().put([content])
            registers.add_series(task=self.task, by=by, at=at, key=key(self.task, "series"), series=series, file=file)

    def answers(self) -> tuple[Answer, ...]:
        said = self.case.statements[0]
        return tuple(Answer(said.text[span.start : span.end], span.measures, span.evidence) for span in said.spans)

    def pledge(self, stage: str, person: str, at: datetime) -> None:
        pledges.sign_pledge(
            task=self.task, by=actor(person), at=at, key=key(self.task, "pledge", stage), stage=stage, text="对所报材料的真实性负责。"
        )

    def _accept(self, at: datetime) -> None:
        self.pledge("accept", self.acceptor, at - timedelta(hours=1))
        acceptance = next(r for r in self.case.records if r.type == "acceptance" and self.task in r.tasks)
        verdicts.accept(task=self.task, by=actor(self.acceptor), at=at, key=key(self.task, "accept"), acceptance=_unfiled(acceptance))

    def _review(self, at: datetime) -> None:
        verdicts.review(
            task=self.task, by=actor("cityoffice-1"), at=at, key=key(self.task, "review"), text="逐条看过，予以认可。", seconds=1260
        )

    def _publish(self, at: datetime) -> None:
        pledges.sign_confidentiality(
            task=self.task, by=actor("county-clerk"), at=at - timedelta(hours=1), key=key(self.task, "secret"), text="没有涉密和个人信息。"
        )
        notices.publish(
            task=self.task,
            by=actor("magistrate"),
            at=at,
            key=key(self.task, "publish"),
            number="青整改公示〔2025〕7号",
            starts_on=at.date(),
        )

    def _close(self, at: datetime) -> None:
        at = max(at, datetime.combine(self.life.window[1] + timedelta(days=1), at.timetz()))
        closing.plan_watch(
            task=self.task,
            by=actor(self.closer),
            at=at,
            key=key(self.task, "watch"),
            watch=WatchPlan(id=f"watch-{self.task}", task=self.task, months=12, k=2, n=3),
        )
        self.pledge("close", self.closer, at)
        closing.close(task=self.task, by=actor(self.closer), at=at, key=key(self.task, "close"), statement="公示期满，予以销号。")


#: Records that later steps make.
_LATER = ("acceptance", "review", "publicity", "closure", "look_back", "return", "pledge", "objection", "override")


def _unfiled(record: Record) -> Record:
    return replace(record, files=(), tasks=(), document=record.document)


def _papers(case: Dossier, rows: tuple[Record, ...]) -> tuple[Document, ...]:
    named = {row.document for row in rows if row.document}
    return tuple(replace(paper, tasks=()) for paper in case.documents if paper.id in named)


def works(last: str, *, missing: str | tuple[str, ...] = ()) -> models.Task:
    """The works case of tests/cases.py after the step `last` on the default route."""
    return works_walk(missing=missing).until(last)


def works_walk(*, missing: str | tuple[str, ...] = ()) -> Walk:
    case = works_case("closed", route=DEFAULT_ROUTE, missing=missing)
    return Walk(case, works_life(DEFAULT_ROUTE), rulebook="default", owner="housing-1", acceptor="cityeco-1", closer="mayor")


def boasting() -> models.Task:
    """The works case after an application was refused that claims five inspections where the register has two: a finding waits for its answer."""
    walk = works_walk()
    walk.until("start")
    with contextlib.suppress(Refused):
        walk._apply(walk.life.at("apply"), claiming=("检查2次", "检查5次"))
    return models.Task.objects.get(pk=walk.task)


def duty(last: str) -> models.Task:
    """The duty case after the step `last`, on the route of the county that closes itself."""
    case = duty_case("closed", route=COUNTY_ROUTE)
    walk = Walk(
        case, duty_life(COUNTY_ROUTE), rulebook="county-closes-city-reviews", owner="park-1", acceptor="countyeco-1", closer="magistrate"
    )
    return walk.until(last)
