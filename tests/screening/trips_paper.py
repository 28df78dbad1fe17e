"""Samples and near misses of the checks on paper and process; trips.py holds the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.screening.samples import ANSWERS, ORGS, PATROL, PEOPLE, PIPE, RECORDS, TRACK, honest, record, statement, with_records
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Document, Receipt
from xiaohao.dossier.file import File, FileMeta
from xiaohao.dossier.inventory import Inventory, Item
from xiaohao.dossier.oversight import Visit
from xiaohao.dossier.parties import Place
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.plan import Consent, Goal, Plan, Target
from xiaohao.dossier.record import Measured
from xiaohao.dossier.rules import AcceptanceRule, PetitionRule, Rules
from xiaohao.dossier.task import Inspection, Link, TaskList

Make = Callable[[], Dossier]


def paper(key: str, number: str, day: str, title: str = "关于开展自查的通知", *, seen: str | None = None, **more: Any) -> Document:
    """A paper of the county, seen by the system on the day of its date, or on `seen`."""
    fields = {"kind": "order", "issuer": "org-county", "recipients": ("org-water",), **more}
    return Document(id=f"doc-{key}", number=number, title=title, date=day, recorded_at=f"{seen or day}T15:00:00+08:00", **fields)


def answered(feedback: str, plan: str = "2023-01-10") -> Dossier:
    """A feedback of this day, answered by the plan."""
    inspection = Inspection(
        id="insp-1", name="东陆省督察", level="province", kind="routine", start="2022-09-01", end="2022-09-30", feedback_date=feedback
    )
    return honest(inspections=(inspection,), plan={"date": plan})


def late_paper(booked: str | None, *, joined: str = "2022-01-01") -> Dossier:
    """A paper of February, first seen in October; a recipient booked it in on that day, or nobody did."""
    receipts = (Receipt(org="org-water", at=f"{booked}T10:00:00+08:00"),) if booked else ()
    county = replace(next(org for org in ORGS if org.id == "org-county"), joined_at=f"{joined}T09:00:00+08:00")
    return honest(
        rules=Rules(name="青禾县规程", document_delay_days=30),
        orgs=tuple(county if org.id == "org-county" else org for org in ORGS),
        documents=(paper("1", "青政办发〔2023〕9号", "2023-02-06", seen="2023-10-09", receipts=receipts),),
    )


def minutes(created: Callable[[int, date], str], *, booked: bool = False, kind: str = "document") -> Dossier:
    """Monthly minutes of nine months, all first seen on one day; `booked`: the register entry is of the day of the meeting."""
    days = [date(2023, 1, 18) + timedelta(days=30 * n) for n in range(9)]
    files = tuple(
        File(
            id=f"file-{n}",
            path=f"documents/{n}.docx",
            sha256="0" * 64,
            bytes=1000,
            media="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            kind=kind,
            tasks=("task-1",),
            claimed_at=day.isoformat(),
            recorded_at="2023-10-11T09:00:00+08:00",
            meta=FileMeta(created=created(n, day), author="办公室", revision=n + 1, edit_minutes=float(7 + n)),
        )
        for n, day in enumerate(days)
    )
    seen = [f"{day}T17:00:00+08:00" if booked else "2023-10-11T09:30:00+08:00" for day in days]
    rows = tuple(
        record(f"minutes-{n}", "meeting", day.isoformat(), org="org-water", people=("person-1",), files=(f"file-{n}",), recorded_at=seen[n])
        for n, day in enumerate(days)
    )
    return honest(records=with_records(*rows), files=files)


HALL, FAR = (
    Place(id="place-hall", name="政务中心", kind="office", lat=31.2, lon=110.3),
    Place(id="place-far", name="北坡", kind="site", lat=31.7, lon=110.4),
)
ROOM = Place(id="place-room", name="政务中心二号楼", kind="office", lat=31.2003, lon=110.3004)


def two_meetings(where: Place) -> Dossier:
    """A meeting until half past nine in the hall, another from twenty to ten on at `where`, with the same person."""
    rows = tuple(
        record(
            key,
            "meeting",
            "2023-06-05",
            org="org-water",
            people=("person-1",),
            place=place.id,
            start=f"2023-06-05T{start}",
            end=f"2023-06-05T{end}",
        )
        for key, place, start, end in (("m-1", HALL, "09:00", "09:30"), ("m-2", where, "09:40", "11:00"))
    )
    return honest(records=with_records(*rows), places=(*honest().places, HALL, FAR, ROOM))


def before_the_visit(days: list[str]) -> Dossier:
    """Site visits on these days; inspectors announced on 25 September for 6 October."""
    rows = tuple(
        record(f"visit-{n}", "site_visit", day, org="org-water", people=("person-1",), place="place-1") for n, day in enumerate(days)
    )
    visit = Visit(id="visit-1", start="2023-10-06", end="2023-10-08", announced_at="2023-09-25")
    return honest(records=(*rows, *(r for r in RECORDS if r.type in ("acceptance", "review", "publicity"))), visits=(visit,))


AMMONIA = Goal(
    id="goal-1",
    text="石桥断面氨氮月均值不高于1.5毫克/升。",
    target=Target(indicator="氨氮", place="place-1", operator="<=", value=1.5, unit="mg/L", window="month", min_months=6),
)


def _aim(key: str, value: float, unit: str, **more: Any) -> Goal:
    assert AMMONIA.target
    return Goal(id=key, text="石桥断面氨氮达到目标。", target=replace(AMMONIA.target, value=value, unit=unit), **more)


def _plan(key: str, version: int, goals: tuple[Goal, ...], author: str = "org-county", **more: Any) -> Plan:
    day = f"2023-0{version}-10"
    return Plan(id=key, task="task-1", version=version, author=author, date=day, recorded_at=f"{day}T09:00:00+08:00", goals=goals, **more)


def changed(**consent: Any) -> Dossier:
    """A second version with a wider limit."""
    measures = (replace(PIPE, id="measure-1b", was="measure-1"), replace(PATROL, id="measure-2b", was="measure-2"))
    second = _plan("plan-2", 2, (_aim("goal-2", 3.2, "mg/L", was="goal-1"),), replaces="plan-1", measures=measures, **consent)
    return honest(plans=(_plan("plan-1", 1, (AMMONIA,), measures=(PIPE, PATROL)), second))


def under_the_city(value: float) -> Dossier:
    """A county goal in µg/L under the city's of 1.5 mg/L."""
    city = _plan("plan-city", 1, (AMMONIA,), author="org-city")
    own = _plan("plan-1", 2, (_aim("goal-2", value, "ug/L", under="goal-1"),), under="plan-city", measures=(PIPE, PATROL))
    return honest(plans=(city, own))


def built(contract: str, *logs: str, closing: str = "") -> Dossier:
    """Works with a contract and logs of these days, called done on 5 September 2023; `closing`: a settlement invoice of that day."""
    rows = [record("contract", "contract", contract, measures=("measure-1",), org="org-water")]
    rows += [record(f"log-{n}", "work_log", day, measures=("measure-1",), org="org-works", text="分段施工。") for n, day in enumerate(logs)]
    if closing:
        rows.append(record("bill", "invoice", closing, measures=("measure-1",), org="org-works", title="质保金结算发票"))
    return honest(records=with_records(*rows, without=("rec-contract", "rec-log-1", "rec-log-2")))


def accepted(**changes: Any) -> Dossier:
    """The honest acceptance, changed."""
    own = next(r for r in RECORDS if r.id == "rec-acceptance")
    return honest(
        records=with_records(replace(own, **changes), without=("rec-acceptance",)),
        rules=Rules(name="青禾县规程", acceptance=AcceptanceRule(min_people=2)),
    )


def ledger(count: int, each: Callable[[int, Dossier], Dossier]) -> Dossier:
    """`count` honest tasks in one ledger, each changed by its number."""
    parts = [each(n, _renamed(honest(), n)) for n in range(count)]
    registers = {
        name: tuple({thing.id: thing for part in parts for thing in getattr(part, name)}.values())
        for name in ("inspections", "lists", "places", "tasks", "plans", "statements", "records", "petitions")
    }
    return Dossier(
        id="ledger-1", kind="ledger", made_at="2025-01-10T09:00:00+08:00", orgs=ORGS, people=PEOPLE, rules=honest().rules, **registers
    )


def _renamed(case: Dossier, n: int) -> Dossier:
    """The honest task under another number, so that several can stand in one ledger."""
    task, measures = f"task-{n}", {"measure-1": f"measure-{n}-1", "measure-2": f"measure-{n}-2"}
    plan = case.plans[0]
    return replace(
        case,
        tasks=(replace(case.task, id=task, number=n + 1),),
        plans=(replace(plan, id=f"plan-{n}", task=task, goals=(), measures=tuple(replace(m, id=measures[m.id]) for m in plan.measures)),),
        statements=(),
        records=tuple(
            replace(
                r,
                id=f"{r.id}-{n}",
                tasks=(task,),
                statement=None,
                measures=tuple(measures[m] for m in r.measures),
                measured=tuple(replace(m, measure=measures[m.measure]) for m in r.measured),
                text=f"第{n}处：{r.text}" if r.text else None,
            )
            for r in case.records
        ),
    )


def closed_in_december(due: Callable[[int], str]) -> Dossier:
    """Ten tasks, seven of them closed in the last days of the year."""

    def each(n: int, case: Dossier) -> Dossier:
        day = f"2024-12-{18 + n}" if n < 7 else f"2024-0{n - 3}-11"
        closing = record(f"closure-{n}", "closure", day, tasks=(f"task-{n}",), org="org-office")
        return replace(case, tasks=(replace(case.task, due=due(n)),), records=(*case.records, closing))

    return ledger(10, each)


def reviewed(opinion: Callable[[int], str], seconds: int) -> Dossier:
    """Twelve tasks reviewed by one person."""

    def each(n: int, case: Dossier) -> Dossier:
        own = [replace(r, people=("person-9",), text=opinion(n), seconds=seconds + n) if r.type == "review" else r for r in case.records]
        return replace(case, records=tuple(own))

    return ledger(12, each)


def listed_again(problem: str, closed: str = "2023-12-01", place: str = "place-1") -> Dossier:
    """The honest task, closed, and one of the next round with this problem."""

    def each(n: int, case: Dossier) -> Dossier:
        if n == 0:
            return replace(case, tasks=(replace(case.task, places=("place-1",), closed_at=closed, status="closed"),))
        later = replace(
            case.task,
            list="list-2",
            problem=problem,
            places=(place,),
            status="approved",
            links=(Link(task="task-0", relation="carried_over"),),
        )
        insp = Inspection(
            id="insp-2", name="东陆省第二轮督察", level="province", kind="routine", round=2, start="2024-09-02", feedback_date="2024-12-10"
        )
        far = Place(id="place-2", name="下柳断面", kind="point", lat=31.4, lon=110.5)
        named = TaskList(id="list-2", inspection="insp-2", name="青禾县第二轮整改清单")
        return replace(case, tasks=(later,), inspections=(insp,), lists=(named,), places=(*case.places, far), plans=(), records=())

    return ledger(2, each)


def punished(**later: Any) -> Dossier:
    """An admonition with effect for six months, and what became of the person."""
    paper_ = paper("s", "青纪〔2023〕4号", "2023-03-06", "关于给予林知远诫勉的决定")
    rows = (
        record(
            "sanction", "sanction", "2023-03-06", person="person-1", sanction="admonition", impact_months=6, document="doc-s", post="科长"
        ),
        record("post", "personnel", **{"day": "2023-05-08", "person": "person-1", "change": "transferred", "post": "科长", **later}),
    )
    return honest(documents=(paper_,), records=with_records(*rows))


def complained(*later: Petition) -> Dossier:
    first = _petition("1", "2023-02-01", done_at="2023-03-01", truth="untrue")
    return honest(petitions=(first, *later), rules=Rules(name="青禾县规程", petition=PetitionRule(repeat_months=24, near_m=300)))


def _petition(key: str, received: str, lat: float = 31.2, firm: str = "砚田养殖有限公司", **more: Any) -> Petition:
    fields = {"pollution": ("odour",), "status": "done", **more}
    return Petition(id=f"pet-{key}", number=f"D{key}", received=received, lat=lat, lon=110.3, firm_name=firm, **fields)


def inventories(*items: Item) -> Dossier:
    """A survey of six outlets against the unit's list."""
    survey = tuple(Item(id=f"item-s{n}", name=f"青阜镇{n}号排口", lat=31.2 + n / 100, lon=110.3) for n in range(6))
    lists = (
        Inventory(id="inv-own", name="排口台账", subject="入河排污口", kind="self_report", items=items),
        Inventory(id="inv-survey", name="排口普查", subject="入河排污口", kind="survey", items=survey),
    )
    return honest(inventories=lists)


def _own_items(count: int, shift: float = 0.0004) -> tuple[Item, ...]:
    return tuple(Item(id=f"item-o{n}", name=f"第{n}号排污口（青阜）", lat=31.2 + n / 100 + shift, lon=110.3) for n in range(count))


def measured_pipe(value: float, unit: str = "m") -> Dossier:
    own = Measured(measure="measure-1", name="截污干管", value=value, unit=unit)
    return accepted(measured=(own,))


STATION = Place(id="place-station", name="青阜空气站", kind="point", lat=31.21, lon=110.31, radius_m=500)


def sprayed(lat: float) -> Dossier:
    sprays = replace(PATROL, text="在道路两侧建设喷淋设施。", kind="works", lat=lat, lon=110.31)
    return honest(plan={"measures": (PIPE, sprays)}, places=(*honest().places, STATION))


COUNTY, OTHER = Place(id="place-county", name="青禾县", kind="region"), Place(id="place-other", name="白榆县", kind="region")
FOREIGN_TOWN = Place(id="place-town-2", name="柏岭镇", kind="region", parent="place-other")


def written(sentence: str, **changes: Any) -> Dossier:
    """The completion with this as its second answer, in a county that knows its neighbour's towns."""
    orgs = tuple(replace(org, place="place-county") if org.id == "org-county" else org for org in ORGS)
    answers = (ANSWERS[0], (sentence, ("measure-2",)))
    return honest(statements=(statement(answers),), orgs=orgs, places=(*honest().places, COUNTY, OTHER, FOREIGN_TOWN), **changes)


SERIALS = (
    ("1", "青政办发〔2023〕9号", "2023-02-06"),
    ("2", "青政办发〔2023〕18号", "2023-04-10"),
    ("3", "青政办发〔2023〕30号", "2023-06-12"),
)
SAME_WORDS = "经现场核查和查阅资料，整改措施全部落实，达到整改目标，同意通过验收。"


def two_opinions(second: str) -> Dossier:
    return ledger(
        2,
        lambda n, case: replace(
            case, records=tuple(replace(r, text=second if n else SAME_WORDS) if r.type == "acceptance" else r for r in case.records)
        ),
    )


WORKED = (
    "清沅河右岸老围堰拆除后露出三处暗口，工人潜水封堵，用速凝砂浆压实，次日放水试压未见渗漏。",
    "沿河农户担心施工影响取水，站里逐户登门讲明改道时间，借出水泵九台，工期内没有断水。",
    "雨季来得比往年早，已铺管段用沙袋压脚，抢在第一场大雨前把检查井砌到地面以上。",
)


def two_accounts(second: tuple[str, ...], first: tuple[str, ...] = WORKED) -> Dossier:
    """Two tasks whose first answers go on with these sentences."""

    def told(n: int, case: Dossier) -> Dossier:
        own = ("（一）建成截污干管1200米，2023年8月30日竣工验收。", "（一）干管已交付使用。")[n] + "".join(second if n else first)
        said = statement(((own, (f"measure-{n}-1",)),), id=f"st-{n}", task=f"task-{n}", recorded_at=f"2023-10-1{n}T10:00:00+08:00")
        return replace(case, statements=(said,))

    return ledger(2, told)


PAPER_TRIPS: Mapping[str, Make] = {
    # two of three sentences, in another order, other figures and a few other words
    "TXT-DUP": lambda: two_accounts((WORKED[2].replace("检查井", "窨井"), WORKED[0].replace("三处", "两处").replace("老围堰", "旧围堰"))),
    "DATE-ORDER": lambda: answered("2023-02-21"),
    "DOC-NO": lambda: honest(documents=(*(paper(*row) for row in SERIALS), paper("4", "青政办发〔2023〕32号", "2023-02-06"))),
    "DOC-LATE": lambda: late_paper(None),
    "META-BATCH": lambda: minutes(lambda n, day: f"2023-10-10T20:{10 + 4 * n}:17"),
    "MEET-CONFLICT": lambda: two_meetings(FAR),
    "BURST": lambda: before_the_visit(["2023-02-01", *(f"2023-09-2{n}" for n in range(6, 10)), *(f"2023-10-0{n}" for n in range(1, 6))]),
    "PLAN-DIFF": changed,
    "SUB-PLAN": lambda: under_the_city(2250),
    "EVID-TIME": lambda: built("2023-10-07", "2023-10-11", "2023-11-01"),
    "SITE-PROOF": lambda: accepted(track=tuple(replace(fix, lat=fix.lat + 0.2) for fix in TRACK)),
    "RUSH": lambda: closed_in_december(lambda n: f"202{4 + n % 2}-0{3 + n % 6}"),
    "SANCTION-FOLLOW": punished,
    "REPEAT": lambda: complained(_petition("2", "2023-12-04", 31.2006)),
    "WORKS-NEAR": lambda: sprayed(31.2112),
    "LIST-GAP": lambda: inventories(*_own_items(3)),
    "GEOM": lambda: measured_pipe(260),
    "REVIEW-FORM": lambda: reviewed(lambda n: "经核查，措施已落实，资料齐全，同意销号。", 5),
    "RECUR": lambda: listed_again("青阜镇生活污水再次直排，石桥断面氨氮4.2毫克/升。"),
    "TXT-FOREIGN": lambda: written("（二）对柏岭镇段开展排水执法检查3次，末次为2023年9月5日。"),
    "TXT-RANK": lambda: written("（二）对各设区市开展省级督察，排水执法检查3次，末次为2023年9月5日。"),
}

PAPER_NEAR_MISSES: Mapping[str, Make] = {
    # one phrase of an office in both
    "TXT-DUP": lambda: two_accounts(("塬上林场补种的侧柏由护林员看管，抢在第一场大雨前浇过返青水，缺株另行登记。",)),
    # the same day
    "DATE-ORDER": lambda: answered("2023-01-10"),
    # neighbours that changed places within two days, and gaps
    "DOC-NO": lambda: honest(documents=(*(paper(*row) for row in SERIALS), paper("4", "青政办发〔2023〕8号", "2023-02-08"))),
    "DOC-LATE": lambda: late_paper("2023-02-09"),
    # each made two days after its day, from one template, by one clerk
    "META-BATCH": lambda: minutes(lambda n, day: f"{day + timedelta(days=2)}T{10 + n % 6}:{11 + 5 * n}:0{n}"),
    # one building
    "MEET-CONFLICT": lambda: two_meetings(ROOM),
    # a steady record with a self-check added
    "BURST": lambda: before_the_visit([*(f"2023-0{n}-12" for n in range(2, 10)), "2023-09-27", "2023-10-02"]),
    # the city consented, and it was published
    "PLAN-DIFF": lambda: changed(consent=Consent(org="org-city", date="2023-02-01"), published_at="2023-02-12"),
    "SUB-PLAN": lambda: under_the_city(1500),
    # retention money paid a year later
    "EVID-TIME": lambda: built("2023-03-01", "2023-05-10", "2023-08-30", closing="2024-09-06"),
    "SITE-PROOF": lambda: accepted(method="site"),
    # all due at the end of the year
    "RUSH": lambda: closed_in_december(lambda n: "2024-12"),
    # a lower post
    "SANCTION-FOLLOW": lambda: punished(change="demoted", post="科员"),
    # another firm half a kilometre on
    "REPEAT": lambda: complained(_petition("2", "2023-12-04", 31.205, firm="禾岭食品有限公司")),
    "WORKS-NEAR": lambda: sprayed(31.216),
    "LIST-GAP": lambda: inventories(*_own_items(5), Item(id="item-o9", name="青阜镇五号排口", note="并入四号", lat=31.25, lon=110.3)),
    "GEOM": lambda: measured_pipe(1.19, "km"),
    # an opinion of its own each time
    "REVIEW-FORM": lambda: reviewed(lambda n: OPINIONS[n], 300),
    # another problem at the same place
    "RECUR": lambda: listed_again("石桥断面旁建筑工地夜间噪声扰民。"),
    "TXT-FOREIGN": lambda: written("（二）与柏岭镇签订跨界协作协议，开展排水执法检查3次，末次为2023年9月5日。"),
    "TXT-RANK": lambda: written("（二）接受省级督察，按照全省部署开展排水执法检查3次，末次为2023年9月5日。"),
}

OPINIONS = (
    "查合同两份，过磅单四十张，与日志相符。",
    "电话回访六户，一户反映雨后仍有积水，已补查。",
    "检查井两处通水，未见渗漏。",
    "抽验三个断面，最大值一点二。",
    "树木成活九成，缺株已补。",
    "除尘布袋更换记录齐全，夜间抽查正常。",
    "管护协议到期日不清，要求补签后通过。",
    "监测数据与平台一致，缺两日有检修单。",
    "现场有新堆渣，退回一次后清除。",
    "发票抬头不符，更正后通过。",
    "公示期内两件来电，均已回复。",
    "在线设备比对合格，台账完整。",
)
