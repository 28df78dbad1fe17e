"""A small county for the walk over the permission table: three cases in one tree, and in everything that lies in a case a word that gives it away.

The works case belongs to the housing bureau (own), the duty case to the park (its sibling), a third one to a station under the housing bureau
(its child); the county stands above all three (their parent), a builder is in nobody's tree (stranger).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser

from tests.cases import works_case
from tests.documents.ledger.sheets import plain
from tests.web.desk import office
from tests.web.desk.conftest import OPENED, TODAY
from xiaohao.acts import (
    accounts,
    batches,
    calls,
    ledger_drafts,
    list_reports,
    objections,
    parties,
    petitions,
    posts,
    pressure,
    publishing,
    registers,
    sampling,
    site_visits,
    supervision,
    tasks,
)
from xiaohao.acts.calls import Asking
from xiaohao.acts.clock import machine_now
from xiaohao.acts.petitions import Handling, petition_id
from xiaohao.acts.site_visits import Going
from xiaohao.acts.supervision import Planned
from xiaohao.dossier.codec import dossier_to_json
from xiaohao.dossier.document import Document
from xiaohao.dossier.file import File
from xiaohao.dossier.parties import Org, Person
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.posts import Post, Term
from xiaohao.dossier.received import Received
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Task
from xiaohao.journal.parcel import Listed, manifest_of
from xiaohao.kernel.roles import ADMINISTRATORS, Actor, Role
from xiaohao.kernel.when import CST
from xiaohao.records import models, write
from xiaohao.records.models import ApiToken
from xiaohao.records.models.filed import instant
from xiaohao.records.to_dossier import content_store
from xiaohao.records.tokens import BEGINS, Scope

#: unit of each relation to the housing bureau's case; "desk" handles its objections, "office" is a sibling that stands for the county.
UNITS = {
    "own": "org-housing",
    "sibling": "org-park",
    "child": "org-station",
    "parent": "org-county",
    "stranger": "org-builder",
    "desk": "org-citydesk",
}
#: Who complained or objected: nobody but the desk that handles an objection ever sees a contact, and nobody at all a petitioner.
PETITIONERS = ("贺兰亭", "13900001234", "11010519491231002X")
CONTACT = "申屠问渠 13712340000"
#: Role of the account of nobody in particular: all that work on cases at once, the most that a person could ask with.
ALL = "all"


@dataclass(frozen=True)
class Marked:
    """One case with what gives it away. `inside` stands only in what is never public; `outside` in what the public may read too."""

    task: str
    address: str
    inside: str
    outside: tuple[str, ...]

    @property
    def petition(self) -> str:
        """The number of its petition; those of all cases are about the same place."""
        return f"D3SX2025052800{self.task[-1]}0"

    @property
    def slug(self) -> str:
        """What the ids of its things end in."""
        return self.task


OWN = Marked("task-7", "qh2025a-7", "甲密樟", ("清沅河氨氮超标", "生活污水直排清沅河"))
SIBLING = Marked("task-2", "qh2025a-2", "乙密楠", ("整改销号流于形式", "乙明楠"))
CHILD = Marked("task-9", "qh2025a-9", "丙密檀", ("泵站溢流丙明檀",))
CASES = (OWN, SIBLING, CHILD)
#: What the county's own people alone know: where they go unannounced, and what came to them from another installation.
UNANNOUNCED, FOREIGN = "丁密榆", "戊密椿"
#: Whose cases people of each relation may not see at all.
HIDDEN = {
    "own": (SIBLING,),
    "sibling": (OWN, CHILD),
    "child": (OWN, SIBLING),
    "parent": (),
    "desk": (CHILD,),
    "stranger": CASES,
    "nobody": CASES,
}


def settle() -> None:
    """Make the county. Its files and its log lie wherever the settings say."""
    office.move_in(OPENED)
    _move_in_more()
    office.boasting()  # an application that was refused, and the finding it raised
    office.works("publish")
    office.duty("start")
    _open_child()
    for case, reporter, unit in ((OWN, "housing-1", "org-housing"), (SIBLING, "park-1", "org-park")):
        _furnish(case, office.actor(reporter), unit)
    _furnish_petition(CHILD, "org-station", CHILD.petition)
    _leave_in_case(OWN)
    _object()
    _draw()
    _post()
    _leave_on_desks()
    _supervise()
    _receive()
    list_reports.file_report(by=account("parent").actor, at=TODAY, key=office.key("report"), listing="list-1")
    publishing.publish_journal()


def account(relation: str, role: str = ALL) -> models.Account:
    """The account of that relation with one role, or with every role that works on cases."""
    return models.Account.objects.select_related("person").get(username=f"walk-{relation}-{role}")


def token(relation: str, role: str = ALL) -> str:
    """The header of a token of that account with every scope. It is written down directly: an administrator gets none by the act."""
    made, at = f"{BEGINS}{relation}-{role}", machine_now()
    ApiToken.objects.get_or_create(
        digest=accounts.digest(made),
        defaults={
            "account": account(relation, role),
            "name": "巡",
            "scopes": list(Scope),
            "made_at": at,
            "expires_at": at + timedelta(days=1),
            "used_at": at,
            "used_from": "127.0.0.1",
        },
    )
    return f"Bearer {made}"


def nobody() -> AnonymousUser:
    """Somebody who has not signed in."""
    return AnonymousUser()


def _move_in_more() -> None:
    parties.enter_orgs([Org(id="org-station", name="青禾县排水管理站", level="county", kind="department", parent="org-housing")], at=OPENED)
    people = [Person(id=f"person-walk-{relation}", name=f"巡{n}", org=unit) for n, (relation, unit) in enumerate(UNITS.items(), 1)]
    people.append(Person(id="person-walk-nobody", name="巡无"))
    on_cases = [role for role in Role if role not in ADMINISTRATORS]
    administrators = [(relation, role) for relation in ("own", "sibling") for role in sorted(ADMINISTRATORS)]
    people += [Person(id=f"person-walk-{relation}-{role}", name="巡管", org=UNITS[relation]) for relation, role in administrators]
    parties.enter_people(people, staff_no="W-{n:04}", at=OPENED)
    for relation in (*UNITS, "nobody"):
        for role in on_cases:
            accounts.open_account(username=f"walk-{relation}-{role}", person=f"person-walk-{relation}", roles=[role], password=None)
        accounts.open_account(username=f"walk-{relation}-{ALL}", person=f"person-walk-{relation}", roles=on_cases, password=None)
    for relation, role in administrators:
        accounts.open_account(username=f"walk-{relation}-{role}", person=f"person-walk-{relation}-{role}", roles=[role], password=None)


def _open_child() -> None:
    task = Task(
        id=CHILD.task, list="list-1", number=9, title=CHILD.outside[0], problem=f"{CHILD.outside[0]}。", kind="deadline",
        nature="works", owner="org-station", lead="org-housing", due="2026-12",
    )  # fmt: skip
    tasks.open_task(by=office.actor("county-clerk"), at=OPENED, key=office.key("child"), task=task, rulebook_name="default")


def _furnish(case: Marked, by: Actor, unit: str) -> None:
    """One of everything that lies in a case."""
    word, at = case.inside, TODAY - timedelta(days=3)
    sha256, size = content_store().put([f"{word}的附件".encode()])
    file = File(id=f"file-walk-{case.slug}", path=f"files/{word}.txt", sha256=sha256, bytes=size, media="text/plain", kind="other", recorded_at=instant(at), caption=f"{word}附件")  # fmt: skip
    paper = Document(id=f"doc-walk-{case.slug}", number=f"青{word}发〔2026〕3号", title=f"{word}文件", kind="report", issuer=unit, date="2026-02-20", recorded_at=instant(at), file=file.id)  # fmt: skip
    row = Record(
        id=f"rec-walk-{case.slug}", type="meeting", title=f"{word}专题会", text=f"{word}纪要", org=unit, date="2026-02-20", recorded_at=instant(at),
        start="2026-02-20T09:00", end="2026-02-20T10:00", people=("person-park-head",), files=(file.id,), document=paper.id,
        schedule="weekly:mon",
    )  # fmt: skip
    registers.add_records(task=case.task, by=by, at=at, key=office.key(word, "row"), records=[row], files=[file], documents=[paper])
    _furnish_petition(case, unit, case.petition)
    office_clerk = office.actor("county-clerk")
    if case is SIBLING:  # the other one is past its work: nothing is asked of it any more
        asking = Asking("monthly", f"{word}调度", date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 6), (case.task,), note=f"{word}备注")
        calls.issue_call(by=office_clerk, at=at, key=office.key(word, "call"), asking=asking)
    pressure.press(
        task=case.task, by=office.actor("county-clerk"), at=at, key=office.key(word, "press"), rung="reminder", text=f"{word}督办",
        answer_by=date(2026, 3, 20),
    )  # fmt: skip
    order = Document(id=f"doc-order-walk-{case.slug}", number=f"景{word}〔2026〕1号", title=f"{word}来文", kind="order", issuer="org-cityoffice", date="2026-02-25", recorded_at=instant(at), due="2026-03-31")  # fmt: skip
    batches.start_batch(by=office_clerk, at=at, key=office.key(word, "batch"), document=order, tasks=[case.task])


def _leave_in_case(case: Marked) -> None:
    """Rows that are past their time in this case, as their acts leave them: a visit that was arranged, a question, a letter of return, a sheet that
    was sent round to a unit that reads the case anyhow."""
    at, word = instant(TODAY - timedelta(days=3)), case.inside
    for kind, more in (
        ("arrangement", {}),
        ("question", {"end": "2026-03-10"}),
        ("return", {"stage": "return_to_work", "passed": False}),
        ("countersign", {"stage": "paper", "title": f"{word}会签", "units": ("org-county",), "end": "2026-03-10"}),
    ):
        left: dict[str, Any] = {"text": f"{word}{kind}", "org": "org-cityeco", "people": ("person-cityeco-1",), "date": at[:10], **more}
        write.add(
            Record(id=f"{kind}-walk-{case.slug}", type=kind, tasks=(case.task,), recorded_at=at, recorded_by="person-cityeco-1", **left)
        )


def _furnish_petition(case: Marked, unit: str, number: str) -> None:
    word, at = case.inside, TODAY - timedelta(days=2)
    name, phone, card = PETITIONERS
    text = f"{word}：举报人{name}（身份证{card}）来电反映石桥断面河水发黑，联系电话{phone}。"
    made = Petition(
        id=petition_id("insp-1", number), number=number, batch=3, inspection="insp-1", received="2025-05-28", place="place-point",
        pollution=("水",), text=text, status="open",
    )  # fmt: skip
    clerk = office.actor("county-clerk")
    petitions.add_petitions(by=clerk, at=at, key=office.key(word, "pet"), petitions=[(made, unit)])
    petitions.link_petition(by=clerk, at=at, key=office.key(word, "link"), petition=made.id, task=case.task, merged_into=None)
    handling = Handling("true", "partial", None, f"{word}办理", "")
    petitions.handle_petition(by=clerk, at=at, key=office.key(word, "handle"), petition=made.id, handling=handling)


def _object() -> None:
    notice = models.Record.objects.get(type="publicity")
    at = datetime.combine(date.fromisoformat(notice.more["start"]), TODAY.timetz(), CST)
    objections.object_to(
        notice=notice.pk,
        channel="web",
        text=f"{OWN.inside}：桥下还在排污水",
        at=at,
        key="a resident",
        measures=["measure-7-1"],
        contact=CONTACT,
    )


def code() -> str:
    """The receipt's code of the one objection, as its page handed it out: a repeated sending hands out the same."""
    notice = models.Record.objects.get(type="publicity")
    again = objections.object_to(notice=notice.pk, channel="web", text="", at=TODAY, key="a resident")
    return str(again.result["code"])


def _draw() -> None:
    sampling.draw_sample(task=OWN.task, by=office.actor("cityoffice-1"), at=TODAY - timedelta(days=1), key=office.key("draw"))


def _post() -> None:
    """The two heads of the county hold posts; one is stood in for."""
    at = instant(TODAY)
    held = (("post-secretary", "person-secretary", "party"), ("post-magistrate", "person-magistrate", "government"))
    made = [Post(id=post, org="org-county", title=post, head=head, roles=("head",)) for post, _person, head in held]
    terms = [Term(id=f"term-{post}", post=post, person=person, start="2023-01-01", recorded_at=at) for post, person, _head in held]
    posts.enter_posts(made, terms, at=TODAY - timedelta(days=1))
    magistrate = office.actor("magistrate")
    posts.appoint_deputy(
        by=magistrate, at=TODAY, key=office.key("deputy"), post="post-magistrate", person="person-county-clerk", start="2026-03-01",
        end="2026-03-20", reason="休假",
    )  # fmt: skip


def _leave_on_desks() -> None:
    """What is half done: a draft, a reminder, a ledger being brought in, a role that waits for its second person."""
    reporter = account("own")
    values = {"text": f"{OWN.inside}草稿", "clerk": "housing-1"}
    models.Draft.objects.create(account=reporter, task_id=OWN.task, step="apply", values=values, saved_at=TODAY)
    models.Message.objects.create(
        id="message-1",
        person_id="person-walk-own",
        kind="call",
        about="call-1",
        sentence={"pattern": f"{OWN.inside}提醒", "values": {}},
        made_at=TODAY,
    )
    models.RoleRequest.objects.create(account=reporter, roles=["clerk"], asked_by_id="person-magistrate", asked_at=TODAY, reason="转岗")
    headers = ("序号", "反馈问题", "整改措施", "责任单位", "整改时限", "完成情况")
    sheet = plain(
        ("41", f"{OWN.inside}渣土露天堆放", "1.覆盖；2.清运", "青禾县住房和城乡建设局", "2025年12月底前", "推进中"), headers=headers
    )
    ledger_drafts.keep_ledger(
        account=account("parent", "clerk"), at=TODAY, key=office.key("ledger"), name=f"{OWN.inside}.xlsx", content=sheet, listing="list-1",
        lead="org-county", year=2025,
    )  # fmt: skip


def _supervise() -> None:
    """The county plans to go and look at the park: one visit that was announced, with somebody there, and one that nobody is to know of."""
    by, at, day = account("parent").actor, TODAY - timedelta(days=1), TODAY.astimezone(CST).date()
    team = ("person-walk-parent",)
    planned = Planned("regular", UNANNOUNCED, day, day, team, (SIBLING.task,), note=f"{UNANNOUNCED}计划")
    plan = supervision.make_plan(by=by, at=at, key=office.key("plan"), planned=planned).result["plan"]
    for name, unannounced in (("told", False), ("secret", True)):
        going = Going(
            SIBLING.task, "targeted", day, team, unannounced, plan="" if name == "told" else plan,
            look_for=f"{UNANNOUNCED}突查" if unannounced else f"{SIBLING.inside}核查",
        )  # fmt: skip
        visit = site_visits.plan_visit(by=by, at=at, key=office.key("visit", name), going=going).result["visit"]
        if not unannounced:
            site_visits.arrive(visit=visit, by=by, at=TODAY, key=office.key("arrive"))
    supervision.draw_tasks(plan=plan, by=by, at=TODAY, key=office.key("drawn"), count=1)


def visit(*, unannounced: bool) -> str:
    """The one visit that is announced, or the one that is not."""
    return str(models.SiteVisit.objects.get(unannounced=True if unannounced else None).pk)


def _receive() -> None:
    """A bundle that the county took in, as the act leaves it: its bytes are kept, its case is nobody's here. And one that is still on its way."""
    models.ComingParcel.objects.create(id="coming-walk", account=account("parent", "clerk"), name=f"{FOREIGN}.zip", sent_at=TODAY)
    dossier = json.dumps(dossier_to_json(replace(works_case(), title=f"{FOREIGN}外来案卷")), ensure_ascii=False).encode()
    store = content_store()
    root, size = store.put([dossier])
    manifest, _ = store.put([manifest_of([Listed("dossier.json", root, size)])])
    write.add(
        Received(
            id="received-walk", origin="log.other.example/xiaohao", subject="other-1", version=1, title=f"{FOREIGN}外来案卷", made_at=instant(TODAY),
            manifest=manifest, root=root, files=1, bytes=size, org="org-county", recorded_at=instant(TODAY),
        )
    )  # fmt: skip
