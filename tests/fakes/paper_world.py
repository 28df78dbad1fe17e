"""A seeded county with whole case files, honest unless somebody bends them: works and duties, deadlines and long-term tasks, one task or many.

Everything here is invented: places, persons and firms are made of syllables. Three grammars write the texts, because counties do not write alike.
That the files are synthetic is said wherever figures made with them are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import cos, radians
from random import Random
from typing import Any

from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Cite, Document, Receipt
from xiaohao.dossier.file import File
from xiaohao.dossier.inventory import Inventory
from xiaohao.dossier.oversight import Visit
from xiaohao.dossier.parties import Org, Person, Place
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.plan import Goal, Measure, Outcome, Plan, Quantity, Target
from xiaohao.dossier.record import Fix, Measured, Record, Result, Snapshot
from xiaohao.dossier.rules import AcceptanceRule, PetitionRule, PublicityRule, Rules, Tolerance, WatchRule
from xiaohao.dossier.statement import Span, Statement
from xiaohao.dossier.task import Inspection, Link, Task, TaskList
from xiaohao.kernel.workdays import official_calendar

SYLLABLES = "榆浔铎崮漪圩菀畈峄汀槿屿昀溆湄磡璟塬颍郅"
SURNAMES, GIVEN = (
    "雷龙乔万易唐汤贺赖黎钱段龚武尹文常",
    ("子涵", "若兰", "大勇", "明哲", "桂香", "卫东", "一鸣", "长青", "俊杰", "素芬", "浩然", "晨曦"),
)
NUMERALS = "零一二三四五六七八九十"


def ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十") + (NUMERALS[ones] if ones else "")


def words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def later(text: str, by: timedelta) -> str:
    """The same time so many days later."""
    return f"{date.fromisoformat(text[:10]) + by}{text[10:]}"


@dataclass(frozen=True)
class Kind:
    """A kind of problem: how it reads, what is done, what must improve."""

    name: str
    owner: str
    place: str  # kind of the place
    site: str  # how its place is called
    problem: str
    indicator: str | None
    operator: str
    unit: str
    works: tuple[tuple[str, str, str], ...]  # (name of the amount, unit, text with {v})
    duty: tuple[str, str]  # (kind of measure, text)


KINDS = (
    Kind("采石场", "自然资源局", "parcel", "{a}山", "{town}{site}采石场关闭后未复绿，裸露面{n}公顷。", "植被覆盖度", ">=", "%",
         (("回填整平", "ha", "回填整平{v}公顷。"), ("植树", "株", "植树{v}株。")), ("policy", "落实管护人员。")),
    Kind("农村水体", "农业农村局", "point", "{a}河{b}闸", "{town}养殖粪污流入{a}河，{site}总磷测值0.{n}毫克/升。", "总磷", "<=", "mg/L",
         (("粪污收集池", "m3", "建设粪污收集池{v}立方米。"), ("生态沟渠", "m", "建设生态沟渠{v}米。")), ("enforcement", "对养殖户巡查执法。")),
    Kind("工业炉窑", "工业和信息化局", "site", "{town}{firm}厂区", "{firm}有限公司（{town}）炉窑无脱硫设施，厂界二氧化硫均值2{n}微克/立方米。", "二氧化硫", "<=", "ug/m3",
         (("脱硫装置", "套", "建设脱硫装置{v}套。"), ("燃气管线", "m", "改用清洁燃料，建设燃气管线{v}米。")), ("enforcement", "加密执法检查。")),
    Kind("城镇污水", "住房和城乡建设局", "point", "{a}河{b}断面", "{town}生活污水直排{a}河，{site}氨氮均值3.{n}毫克/升。", "氨氮", "<=", "mg/L",
         (("截污干管", "m", "建设截污干管{v}米。"), ("雨污分流", "户", "完成雨污分流改造{v}户。")), ("enforcement", "开展排水执法检查。")),
    Kind("垃圾填埋", "城市管理局", "site", "{town}填埋场", "{town}填埋场渗滤液积存{n}00吨，防渗膜破损。", None, "<=", "t",
         (("防渗膜", "m2", "更换防渗膜{v}平方米。"), ("渗滤液", "t", "处置渗滤液{v}吨。")), ("monitoring", "每季度监测地下水。")),
    Kind("工作机制", "督察整改办公室", "region", "", "{county}对督察整改督办不力，{n}项任务未按期推进。", None, "<=", "",
         (), ("study", "组织整改专题学习。")),
)  # fmt: skip

#: How a measure of works was answered, by grammar; {d} a day, {doc} a document number.
ANSWERS = (
    "{name}{v}{u}，{d}验收交付，资料见{doc}。",
    "已建成{name}{v}{u}（{doc}），{d}完工。",
    "{d}完成{name}{v}{u}，监理、施工和建设单位三方签认，台账号{doc}。",
)
OPENINGS = (
    "对第{no}项任务，{owner}逐条对账，完成情况说明如下：",
    "第{no}项任务完成情况。",
    "反馈问题交办后，{owner}提高政治站位，把第{no}项任务作为年度重点工作推进，坚持问题导向，压实各方责任，有关情况如下：",
)
CLOSINGS = ("{owner}将继续盯住薄弱环节，定期回访，接受社会监督。", "", "下一步，{owner}将举一反三，巩固整改成果。")
DUTY_ANSWERS = {
    "policy": ("{who}受聘看护，聘书存{doc}。", "签订管护协议（{doc}），管护人{who}。", "管护责任落实到人，见{doc}。"),
    "enforcement": (
        "共开展执法检查{n}次，末次为{d}。",
        "上门检查{n}次，逐户留存笔录，收尾于{d}。",
        "执法检查{n}次，最晚一次{d}，笔录编入{doc}。",
    ),
    "monitoring": ("监测{n}次，末次{d}。", "按季监测{n}次，报告见{doc}。", "地下水监测{n}次，{d}为最近一次。"),
    "study": ("组织专题学习{n}次，末次{d}。", "开展学习{n}次，记录见{doc}。", "{d}前学习{n}次，逐次签到。"),
}
ACCEPTED = (
    "验收人员到{site}实地核对施工记录与影像资料，{found}，予以通过。",
    "现场查看{site}，{found}，同意通过。",
    "验收组踏勘{site}并抽查台账，{found}，验收合格。",
)
REVIEWED = ("逐项核对措施与佐证，抽查现场一处。", "调阅原始记录，电话回访群众。", "核对合同、票据和影像，疑问已补充说明。")
VISITED = ("查看进度，现场正常。", "核对工程量。", "提醒补充台账。", "查看设备运行。")
LOGGED = ("分段完成，监理签认。", "材料进场报验，施工段推进正常。", "雨后复工，清理作业面。", "基坑验槽合格后继续施工。")


RULES = Rules(
    name="整改验收销号规程（节选）",
    publicity=PublicityRule(days=10, unit="workday"),
    watch=WatchRule(months=12, k=2, n=3),
    acceptance=AcceptanceRule(min_months=3, min_people=3),
    tolerance=Tolerance(length=0.05, balance=0.15, source=0.1),
    document_delay_days=30,
    petition=PetitionRule(repeat_months=24, near_m=300),
    sanction_follow_months=(6, 12),
)


@dataclass
class County:
    """Registers that grow; `rng` decides everything that is not asked for. `grammar` 0, 1 or 2."""

    rng: Random
    grammar: int = 0
    orgs: list[Org] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    inspections: list[Inspection] = field(default_factory=list)
    lists: list[TaskList] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    petitions: list[Petition] = field(default_factory=list)
    inventories: list[Inventory] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    rules: Rules = RULES
    serials: dict[tuple[str, date], int] = field(default_factory=dict)
    end: date = date(2020, 1, 1)
    started: date = date(2020, 1, 1)
    list_id: str = ""
    busy: set[tuple[str, date]] = field(default_factory=set)
    plan_days: tuple[date, date, str, str] = (date(2020, 1, 1), date(2020, 1, 1), "", "")
    _names: set[str] = field(default_factory=set)

    # Small choices ------------------------------------------------------------------------------------------------------

    def pick(self, choices: Any) -> Any:
        return self.rng.choice(list(choices))

    def whole(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def name(self, tail: str = "") -> str:
        """A name of two syllables and a tail that was not given before."""
        while True:
            name = "".join(self.rng.sample(SYLLABLES, 2)) + tail
            if name not in self._names:
                self._names.add(name)
                return name

    def workday(self, day: date) -> date:
        calendar = official_calendar()
        while not calendar.is_workday(day):
            day += timedelta(days=1)
        return day

    def seen(self, day: date, most: int = 6) -> str:
        """A journal time a few days after the day."""
        at = self.workday(day + timedelta(days=self.whole(0, most)))
        self.end = max(self.end, at)
        return f"{at}T{self.whole(9, 17):02}:{self.whole(0, 59):02}:00+08:00"

    def new_id(self, register: str, prefix: str) -> str:
        return f"{prefix}-{len(getattr(self, register)) + 1:03}"

    # Who and where --------------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Province, city, county and their neighbours, with units and people."""
        self.grammar = self.whole(0, 2)
        self.at = (self.rng.uniform(26, 36), self.rng.uniform(104, 116))
        self.province = self.place(self.name("省"), "region", None, 40)
        self.city = self.place(self.name("市"), "region", self.province, 25)
        other_city = self.place(self.name("市"), "region", self.province, 60)
        self.county = self.place(self.name("县"), "region", self.city, 20)
        self.other_county = self.place(self.name("县"), "region", self.city, 45)
        far_county = self.place(self.name("县"), "region", other_city, 80)
        self.towns = [self.place(self.name("镇"), "region", self.county, 8) for _ in range(3)]
        self.foreign = [
            self.other_county,
            self.place(self.name("镇"), "region", self.other_county, 6),
            self.place(self.name("镇"), "region", far_county, 6),
            self.place(self.name("河"), "water", self.other_county, 6),
        ]
        self.hall = self.place(self.place_name(self.county) + "政务中心", "office", self.county, 1)
        city, county = self.place_name(self.city), self.place_name(self.county)
        self.o_province = self.org(self.place_name(self.province) + "生态环境保护督察办公室", "province", "office", None, self.province)
        self.o_city = self.org(f"{city}人民政府", "city", "government", self.o_province, self.city)
        self.o_office = self.org(
            f"{city}督察整改工作领导小组办公室", "city", "office", self.o_city, self.city, aliases=(f"{city}整改办",), phone="0684-5553921"
        )
        self.o_eco = self.org(f"{city}生态环境局", "city", "department", self.o_city, self.city)
        self.o_county = self.org(f"{county}人民政府", "county", "government", self.o_city, self.county, aliases=(f"{county}政府",))
        self.o_countyoffice = self.org(f"{county}督察整改工作领导小组办公室", "county", "office", self.o_county, self.county)
        self.o_branch = self.org(f"{city}生态环境局{county}分局", "county", "department", self.o_eco, self.county)
        self.o_towns = [self.org(self.place_name(town) + "人民政府", "town", "government", self.o_county, town) for town in self.towns]
        self.o_lab = self.org(f"华信{self.name()}检测技术有限公司", "none", "lab", None, None)
        self.reviewers = [self.person(self.o_office) for _ in range(4)]
        self.acceptors = [self.person(self.o_eco) for _ in range(6)]
        self.officers = [self.person(self.o_branch) for _ in range(3)]

    def place(self, name: str, kind: str, parent: str | None, km: float, **more: Any) -> str:
        """A place within `km` of its parent (or of the county's middle)."""
        above = next((p for p in self.places if p.id == parent), None)
        lat, lon = (above.lat, above.lon) if above and above.lat and above.lon else self.at
        lat, lon = self.near((lat, lon), km)
        one = Place(id=self.new_id("places", "place"), name=name, kind=kind, parent=parent, lat=lat, lon=lon, **more)
        self.places.append(one)
        return one.id

    def near(self, at: tuple[float, float], km: float) -> tuple[float, float]:
        d = km / 111.2
        return round(at[0] + self.rng.uniform(-d, d), 6), round(at[1] + self.rng.uniform(-d, d) / cos(radians(at[0])), 6)

    def shifted(self, place_id: str, metres: float) -> tuple[float, float]:
        """A position so many metres north of a place."""
        lat, lon = self.position(place_id)
        return round(lat + metres / 111_195, 6), lon

    def position(self, place_id: str) -> tuple[float, float]:
        one = next(p for p in self.places if p.id == place_id)
        assert one.lat is not None
        assert one.lon is not None
        return one.lat, one.lon

    def place_name(self, place_id: str) -> str:
        return next(p.name for p in self.places if p.id == place_id)

    def org(self, name: str, level: str, kind: str, parent: str | None, place: str | None, **more: Any) -> str:
        joined = f"{self.started.year}-01-04T09:00:00+08:00" if level in ("province", "city", "county") else None
        one = Org(id=self.new_id("orgs", "org"), name=name, level=level, kind=kind, parent=parent, place=place, joined_at=joined, **more)
        self.orgs.append(one)
        head = self.person(one.id, post={"enterprise": "经理", "government": "县长"}.get(kind, "局长"))
        self.orgs[-1] = replace(one, leaders=(head,))
        return one.id

    def org_name(self, org_id: str) -> str:
        return next(o.name for o in self.orgs if o.id == org_id)

    def person(self, org: str, post: str | None = None) -> str:
        one = Person(
            id=self.new_id("people", "person"),
            name=self.pick(SURNAMES) + self.pick(GIVEN),
            org=org,
            post=post or self.pick(("科员", "科长", "工程师")),
        )
        self.people.append(one)
        return one.id

    # Inspections and papers -------------------------------------------------------------------------------------------------

    def inspect(self, start: date, round_: int = 1) -> str:
        """An inspection with its feedback, the city's plan paper and the county's; returns the id of the list."""
        feedback = self.workday(start + timedelta(days=self.whole(85, 115)))
        name = f"{self.place_name(self.province)}第{NUMERALS[round_]}轮生态环境保护督察"
        insp, doc = self.new_id("inspections", "insp"), self.new_id("documents", "doc")
        self.inspections.append(
            Inspection(id=insp, name=name, level="province", kind="routine", round=round_, start=f"{start}", end=f"{start + timedelta(days=30)}",
                       feedback=doc, feedback_date=f"{feedback}")
        )  # fmt: skip
        self.visits.append(
            Visit(id=self.new_id("visits", "visit"), inspection=insp, org=self.o_province, start=f"{start}", end=f"{start + timedelta(days=30)}",
                  announced_at=f"{start - timedelta(days=3)}", places=(self.county,))
        )  # fmt: skip
        self.paper(doc, "督察反馈意见", "feedback", self.o_province, "督反", feedback, (self.o_city, self.o_county))
        city_day = self.workday(feedback + timedelta(days=self.whole(25, 40)))
        county_day = self.workday(city_day + timedelta(days=self.whole(8, 16)))
        city_doc = self.paper(
            None, f"{self.place_name(self.city)}督察反馈问题整改方案", "plan", self.o_city, "政发", city_day, (self.o_county,), (doc,)
        )
        self.paper(
            None, "关于做好督察反馈问题整改工作的通知", "order", self.o_city, "政办发", city_day + timedelta(days=1), (self.o_county,),
            text="全市各级各部门务必以高度的责任感推进问题整改，一项一策制定措施，凡是走过场的一经查实从严处理，并在全市范围内公开曝光。",
        )  # fmt: skip
        county_doc = self.paper(
            None,
            f"{self.place_name(self.county)}督察反馈问题整改方案",
            "plan",
            self.o_county,
            "政发",
            county_day,
            tuple(self.o_towns),
            (city_doc, doc),
        )
        one = TaskList(
            id=self.new_id("lists", "list"),
            inspection=insp,
            name=f"{name}反馈问题{self.place_name(self.county)}整改清单",
            org=self.o_county,
            document=county_doc,
        )
        self.lists.append(one)
        self.plan_days = (city_day, county_day, city_doc, county_doc)
        return one.id

    def paper(
        self,
        key: str | None,
        title: str,
        kind: str,
        issuer: str,
        code: str,
        day: date,
        to: tuple[str, ...] = (),
        cites: tuple[str, ...] = (),
        **more: Any,
    ) -> str:
        """A document with the next number of its issuer, booked in by its recipients within a few days."""
        key = key or self.new_id("documents", "doc")
        stem = self.org_name(issuer)[:2] + code
        number = f"{stem}〔{day.year}〕{self.serial(stem, day)}号"
        others = [next(d for d in self.documents if d.id == one) for one in cites]
        receipts = tuple(Receipt(org=one, at=self.seen(day + timedelta(days=1), 4)) for one in to)
        self.documents.append(
            Document(
                id=key, number=number, title=title, kind=kind, issuer=issuer, date=f"{day}", recorded_at=self.seen(day, 4), recipients=to, receipts=receipts,
                cites=tuple(Cite(number=d.number, document=d.id, date=d.date) for d in others), **more,
            )
        )  # fmt: skip
        return key

    def paper_with(self, number: str, title: str, issuer: str, day: date, task: str, *, seen: date) -> str:
        """A document of the task with a number of its own, first seen on `seen`, and booked in by nobody."""
        key = self.new_id("documents", "doc")
        self.documents.append(
            Document(
                id=key,
                number=number,
                title=title,
                kind="order",
                issuer=issuer,
                date=f"{day}",
                recorded_at=self.seen(seen, 2),
                recipients=tuple(self.o_towns[:2]),
                tasks=(task,),
            )
        )
        return key

    def serial(self, stem: str, day: date) -> int:
        """A serial that runs with the days of the year, with gaps."""
        count = self.serials[(stem, day)] = self.serials.get((stem, day), 0) + 1
        return (day.timetuple().tm_yday - 1) * 30 + count

    def number_of(self, document: str) -> str:
        return next(d.number or "" for d in self.documents if d.id == document)

    # Tasks ------------------------------------------------------------------------------------------------------------------

    def task(
        self, list_id: str, kind: Kind | None = None, *, closed: bool = True, delay: int = 0, site: str | None = None, **more: Any
    ) -> str:
        """One honest task from plan to look-back; `delay` shifts everything after the plan by so many days; `site` an existing place."""
        kind = kind or self.pick(KINDS)
        return _TaskMaker(self, kind, list_id, closed, delay, site, more).make()

    def add(self, kind: str, day: date, tasks: tuple[str, ...], *, late: int = 6, **more: Any) -> str:
        """A register row, entered within a few days."""
        one = Record(
            id=self.new_id("records", "rec"), type=kind, tasks=tasks, date=f"{day}", **{"recorded_at": self.seen(day, late), **more}
        )
        self.records.append(one)
        return one.id

    def change(self, register: str, thing_id: str, **changes: Any) -> None:
        things = getattr(self, register)
        at = next(n for n, thing in enumerate(things) if thing.id == thing_id)
        things[at] = replace(things[at], **changes)

    def of(self, register: str, thing_id: str) -> Any:
        return next(thing for thing in getattr(self, register) if thing.id == thing_id)

    def rows(self, task: str, *types: str) -> list[Record]:
        return [r for r in self.records if task in r.tasks and (not types or r.type in types)]

    def plan_of(self, task: str) -> Plan:
        """The county's plan (the last version) of a task."""
        return [p for p in self.plans if p.task == task][-1]

    def shift(self, task: str, by: timedelta) -> None:
        """Move acceptance, review, notice and closing; to an earlier day, everything that lies before them as well."""
        back = by < timedelta(0)
        for row in self.rows(task):
            if back or row.type in ("acceptance", "review", "publicity", "closure", "look_back"):
                times = ("date", "start", "end", "posted_at", "recorded_at")
                moved = {name: later(getattr(row, name), by) for name in times if getattr(row, name)}
                self.change("records", row.id, track=tuple(replace(fix, at=later(fix.at, by)) for fix in row.track), **moved)
        for said in [s for s in self.statements if s.task == task and (back or s.kind == "notice")]:
            self.change("statements", said.id, date=later(said.date, by))
        for row in self.rows(task, "publicity"):
            self._announce_anew(row)
        for plan in [p for p in self.plans if p.task == task and back]:
            self.change("plans", plan.id, date=later(plan.date, by), document=None)

    def _announce_anew(self, row: Record) -> None:
        """Ten working days that end by the day to which the notice was moved, and the same days in its text."""
        start, end = date.fromisoformat(row.start or ""), date.fromisoformat(row.end or "")
        posted = self.workday(start)
        while official_calendar().last_of(posted, 10) > end:
            posted -= timedelta(days=1)
            while not official_calendar().is_workday(posted):
                posted -= timedelta(days=1)
        last = official_calendar().last_of(posted, 10)
        self.change(
            "records", row.id, date=f"{posted}", start=f"{posted}", end=f"{last}", posted_at=f"{posted}T09:00:00+08:00",
            snapshots=(Snapshot(at=f"{posted}T10:30:00+08:00", ok=True),),
        )  # fmt: skip
        said = next(one for one in self.statements if one.id == row.statement)
        head, _, rest = said.text.rpartition("公示期自")
        tail = re.sub(r"^.*?止", f"{words(posted)}起至{words(last)}止", rest)
        tail = re.sub(r"[^\n]+\Z", words(posted), tail)
        self.change("statements", said.id, date=f"{posted}", recorded_at=f"{posted}T08:50:00+08:00", text=f"{head}公示期自{tail}")

    def dossier(self) -> Dossier:
        registers = [
            "orgs",
            "people",
            "places",
            "inspections",
            "lists",
            "tasks",
            "plans",
            "statements",
            "documents",
            "records",
            "files",
            "petitions",
            "inventories",
            "visits",
        ]
        made = max(self.end, date(2020, 6, 1)) + timedelta(days=20)
        return Dossier(
            id="fake",
            kind="dossier" if len(self.tasks) == 1 else "ledger",
            made_at=f"{made}T10:00:00+08:00",
            rules=self.rules,
            **{name: tuple(getattr(self, name)) for name in registers},
        )


@dataclass
class _TaskMaker:
    """The honest life of one task."""

    w: County
    kind: Kind
    list_id: str
    closed: bool
    delay: int
    site_given: str | None
    more: dict[str, Any]

    def make(self) -> str:
        w, kind = self.w, self.kind
        self.id = w.new_id("tasks", "task")
        self.no = len(w.tasks) + w.whole(3, 8)
        town = w.pick(range(3))
        self.site, firm = self._site(town)
        self.owner = next((o.id for o in w.orgs if o.name.endswith(kind.owner)), None) or w.org(
            w.place_name(w.county) + kind.owner, "county", "department", w.o_county, w.county
        )
        self.staff = [p.id for p in w.people if p.org == self.owner][1:] or [w.person(self.owner) for _ in range(4)]
        self.builder = w.org(f"{w.name()}建设工程有限公司", "none", "contractor", None, w.towns[0]) if kind.works else None
        problem = kind.problem.format(
            town=w.place_name(w.towns[town]), site=w.place_name(self.site) if self.site else "", a=w.place_name(self.site)[:2] if self.site else "",
            firm=(w.org_name(firm).removesuffix("有限公司") if firm else ""), n=w.whole(11, 49), county=w.place_name(w.county),
        )  # fmt: skip
        county_day = w.plan_days[1]
        self.begun = county_day + timedelta(days=self.delay)
        self.done = w.workday(self.begun + timedelta(days=w.whole(230, 270)))
        self.due = self.done + timedelta(days=w.whole(20, 80))
        months = w.whole(3, 5)
        self.applied = w.workday(self.done + timedelta(days=31 * months + w.whole(12, 40)))
        w.tasks.append(self._task(problem, firm))
        self._plans(months)
        self._papers_and_rows()
        self._progress()
        self._completion()
        if self.closed:
            self._closing()
        return self.id

    def _site(self, town: int) -> tuple[str | None, str | None]:
        w, kind = self.w, self.kind
        firm = None
        if kind.name in ("工业炉窑",):
            firm = w.org(f"{w.name()}有限公司", "none", "enterprise", None, w.towns[town])
        if kind.place == "region":
            return None, firm
        if self.site_given:
            return self.site_given, firm
        a, b = w.name(), w.name()
        name = kind.site.format(a=a, b=b, town=w.place_name(w.towns[town]), firm=w.org_name(firm).removesuffix("有限公司") if firm else "")
        site = w.place(name, kind.place, w.towns[town], 3)
        if kind.place == "parcel":
            lat, lon = w.position(site)
            w.change(
                "places",
                site,
                outline=tuple((lat + dy, lon + dx) for dy, dx in ((-0.004, -0.004), (-0.004, 0.004), (0.004, 0.004), (0.004, -0.004))),
            )
        if kind.name in ("农村水体", "城镇污水"):
            w.place(a + "河", "water", w.towns[town], 3)
        return site, firm

    def _task(self, problem: str, firm: str | None) -> Task:
        w = self.w
        fields: dict[str, Any] = {
            "kind": "long_term" if not self.kind.works else w.pick(("deadline", "deadline", "immediate")),
            "nature": "works" if self.kind.works else "non_works",
            "class_": self.kind.name,
            "title": f"{w.place_name(self.site)}问题整改" if self.site else f"{self.kind.name}问题整改",
            "places": (self.site,) if self.site else (),
            "firms": (firm,) if firm else (),
            "lead": w.o_county,
            "supervisor": w.o_countyoffice,
            "acceptor": w.o_eco,
            "reviewer": w.o_office,
            "publisher": w.o_county,
            "desk": w.o_office,
            "due": f"{self.due}",
            "status": "claimed_done",
            "done_at": f"{self.done}",
        }
        return Task(id=self.id, list=self.list_id, number=self.no, problem=problem, owner=self.owner, **{**fields, **self.more})

    def _plans(self, months: int) -> None:
        w, kind = self.w, self.kind
        city_day, county_day, city_doc, county_doc = w.plan_days
        due = f"{self.due.year}年{self.due.month}月底前"
        target = None
        if kind.indicator and self.site:
            value = {"植被覆盖度": 60, "总磷": 0.3, "二氧化硫": 60, "氨氮": 1.5}[kind.indicator]
            target = Target(
                indicator=kind.indicator,
                place=self.site,
                operator=kind.operator,
                value=value,
                unit=kind.unit,
                window="month",
                min_months=months,
            )
            text = f"{due}{w.place_name(self.site)}{kind.indicator}月均值达到{value}{kind.unit}，保持{months}个月。"
        else:
            text = f"{due}完成整改，长效机制运行正常。"
        reason = None if target else "以完成措施为准"
        above = Goal(id=f"goal-{self.id}-c", text=text, target=target, no_target_reason=reason)
        own = Goal(id=f"goal-{self.id}", text=text, target=target, under=above.id, no_target_reason=reason)
        superior = Plan(
            id=w.new_id("plans", "plan"), task=self.id, version=1, author=w.o_city, document=city_doc, date=f"{city_day}",
            recorded_at=w.of("documents", city_doc).recorded_at, published_at=f"{city_day + timedelta(days=3)}", goals=(above,),
        )  # fmt: skip
        w.plans.append(superior)
        self.measures = tuple(self._measures())
        w.plans.append(
            Plan(
                id=w.new_id("plans", "plan"), task=self.id, version=1, author=w.o_county, document=county_doc, date=f"{county_day}",
                recorded_at=w.of("documents", county_doc).recorded_at, under=superior.id, published_at=f"{county_day + timedelta(days=4)}",
                goals=(own,), measures=self.measures,
            )
        )  # fmt: skip

    def _measures(self) -> list[Measure]:
        w, kind = self.w, self.kind
        places = (self.site,) if self.site else ()
        made = []
        for n, (name, unit, text) in enumerate(kind.works, 1):
            value = w.whole(2, 6) if unit == "套" else w.whole(5, 14) if unit == "ha" else w.whole(800, 4000)
            lat, lon = w.near(w.position(self.site), 0.4) if self.site else (None, None)
            outline: tuple[tuple[float, ...], ...] = ()
            if unit == "m" and lat and lon:
                outline = ((lat, lon), (round(lat + value / 111_195, 6), lon))
            outcome = (
                Outcome(indicator=kind.indicator, place=self.site, direction="up" if kind.operator == ">=" else "down")
                if kind.indicator
                else None
            )
            made.append(
                Measure(id=f"measure-{self.id}-{n}", number=n, text=text.format(v=value), kind="works", owner=self.owner, due=f"{self.due}", places=places,
                        quantity=Quantity(name=name, value=value, unit=unit), lat=lat, lon=lon, outline=outline, outcome=outcome)
            )  # fmt: skip
        n = len(made) + 1
        made.append(
            Measure(
                id=f"measure-{self.id}-{n}",
                number=n,
                text=kind.duty[1],
                kind=kind.duty[0],
                owner=self.owner,
                due=f"{self.due}",
                places=places,
            )
        )
        return made

    def _papers_and_rows(self) -> None:
        """Contracts, logs, invoices, archives of works; inspections, sessions or papers of duties; a site visit each month."""
        w = self.w
        self.rows: dict[str, list[str]] = {m.id: [] for m in self.measures}
        self.docs: dict[str, str] = {}
        here = {"place": self.site} if self.site else {}
        span = (self.done - self.begun).days
        for measure in self.measures:
            if measure.kind == "works" and measure.quantity:
                q = measure.quantity
                signed = w.workday(self.begun + timedelta(days=w.whole(25, 70)))
                self._row(
                    measure,
                    "contract",
                    signed,
                    org=self.owner,
                    other_org=self.builder,
                    title="施工合同",
                    amount=w.whole(20, 900) * 10_000.0,
                    quantities=(q,),
                )
                parts = w.whole(1, 3)
                for part in range(parts):
                    day = signed + timedelta(days=20 + (span - 120) * (part + 1) // parts + w.whole(0, 20))
                    self._row(
                        measure, "work_log", min(w.workday(day), self.done), org=self.builder, title="施工日志", text=w.pick(LOGGED),
                        quantities=(replace(q, value=round(q.value / parts, 2)),), **here,
                    )  # fmt: skip
                if w.rng.random() < 0.5:
                    self._row(
                        measure,
                        "invoice",
                        self.done - timedelta(days=w.whole(5, 40)),
                        org=self.builder,
                        other_org=self.owner,
                        title="工程进度款发票",
                        amount=100_000.0,
                    )
            else:
                self._duty_rows(measure, here)
            day = self.done - timedelta(days=w.whole(0, 12))
            code = w.org_name(self.owner)[3:5] + "函"
            self.docs[measure.id] = w.paper(
                None,
                f"{measure.text.rstrip('。')}资料",
                "report",
                self.owner,
                code,
                w.workday(day),
                (w.o_countyoffice,),
                (w.plan_days[3],),
                tasks=(self.id,),
            )
            if measure.kind == "works":
                self._row(measure, "work_log", w.workday(day), org=self.owner, title="资料归档", document=self.docs[measure.id])
        day = self.begun + timedelta(days=w.whole(15, 25))
        while day < self.applied:
            at = w.near(w.position(self.site), 0.3) if self.site else (None, None)
            w.add("site_visit", w.workday(day), (self.id,), org=self.owner, people=tuple(w.rng.sample(self.staff, min(2, len(self.staff)))), title="月度巡查",
                  text=w.pick(VISITED), lat=at[0], lon=at[1], **here)  # fmt: skip
            day += timedelta(days=w.whole(26, 35))

    def _row(self, measure: Measure, kind: str, day: date, **more: Any) -> None:
        self.rows[measure.id].append(self.w.add(kind, day, (self.id,), measures=(measure.id,), **more))

    def _duty_rows(self, measure: Measure, here: dict[str, Any]) -> None:
        w = self.w
        kind = {"policy": "consent", "monitoring": "sampling", "study": "study", "enforcement": "enforcement"}[str(measure.kind)]
        self.count = 1 if kind == "consent" else w.whole(3, 6)
        for n in range(self.count):
            day = w.workday(self.begun + timedelta(days=(n + 1) * (self.done - self.begun).days // (self.count + 1)))
            people = w.officers if kind == "enforcement" else self.staff
            self._row(
                measure, kind, day, org=w.o_branch if kind == "enforcement" else self.owner, title=f"记录（第{n + 1}次）", text=w.pick(VISITED),
                people=tuple(w.rng.sample(people, min(2, len(people)))), **here,
            )  # fmt: skip

    def _progress(self) -> None:
        w = self.w
        for n, percent in enumerate((25, 50, 75, 95), 1):
            day = w.workday(self.begun + timedelta(days=n * (self.done - self.begun).days // 4 - 5))
            text = f"截至{words(day)}，第{ordinal(self.no)}项任务总体进度约{percent}%。本期重点推进“{self.measures[n % len(self.measures)].text.rstrip('。')}”，现场按工序推进。"
            w.statements.append(
                Statement(id=w.new_id("statements", "st"), task=self.id, kind="progress", author=self.owner, date=f"{day}", recorded_at=w.seen(day, 3), percent=percent,
                          expects_done=f"{self.due}"[:7], text=text)
            )  # fmt: skip

    def answers(self) -> list[tuple[str, str]]:
        """(measure, sentence)."""
        w, g = self.w, self.w.grammar
        said = []
        for measure in self.measures:
            last = max(date.fromisoformat(str(w.of("records", r).date)) for r in self.rows[measure.id])
            values = {
                "d": words(last),
                "doc": w.number_of(self.docs[measure.id]),
                "n": len(self.rows[measure.id]),
                "who": w.of("people", self.staff[0]).name,
            }
            if measure.quantity:
                unit = {"ha": "公顷", "m": "米", "m2": "平方米", "m3": "立方米", "t": "吨"}.get(
                    measure.quantity.unit, measure.quantity.unit
                )
                said.append((measure.id, ANSWERS[g].format(name=measure.quantity.name, v=f"{measure.quantity.value:g}", u=unit, **values)))
            else:
                said.append((measure.id, DUTY_ANSWERS[str(measure.kind)][g].format(**values)))
        return said

    def _completion(self) -> None:
        w, g = self.w, self.w.grammar
        owner = w.org_name(self.owner)
        text, spans = OPENINGS[g].format(no=ordinal(self.no), owner=owner), []
        for n, (measure, sentence) in enumerate(self.answers(), 1):
            sentence = f"（{ordinal(n)}）{sentence}"
            spans.append(Span(start=len(text), end=len(text) + len(sentence), measures=(measure,), evidence=tuple(self.rows[measure])))
            text += sentence
        text += CLOSINGS[g].format(owner=owner)
        w.statements.append(
            Statement(id=w.new_id("statements", "st"), task=self.id, kind="completion", author=self.owner, date=f"{self.applied}", recorded_at=w.seen(self.applied, 2),
                      percent=100, text=text, spans=tuple(spans))
        )  # fmt: skip

    def _closing(self) -> None:
        """Acceptance on site, review, publicity of ten working days, closing and a look-back."""
        w, calendar = self.w, official_calendar()
        accepted = w.workday(self.applied + timedelta(days=w.whole(5, 12)))
        while len(free := [one for one in w.acceptors if (one, accepted) not in w.busy]) < 3:
            accepted = w.workday(accepted + timedelta(days=1))
        team = tuple(w.rng.sample(free, 3))
        w.busy |= {(one, accepted) for one in team}
        hour = w.whole(9, 14)
        fields: dict[str, Any] = {"method": "paper"} if not self.kind.works else self._on_site(accepted, hour)
        measured = tuple(
            Measured(measure=m.id, name=m.quantity.name, value=round(m.quantity.value * w.rng.uniform(0.985, 1.02), 2), unit=m.quantity.unit,
                     outline=tuple((a + 1e-5, b - 1e-5) for a, b in m.outline))
            for m in self.measures if m.quantity
        )  # fmt: skip
        found = "、".join(f"{m.name}实测{m.value:g}{m.unit}" for m in measured) or f"查阅记录{len(w.rows(self.id))}份"
        site = w.place_name(self.site) if self.site else w.org_name(self.owner)
        w.add("acceptance", accepted, (self.id,), late=3, org=w.o_eco, people=team, passed=True, text=ACCEPTED[w.grammar].format(site=site, found=found),
              measures=tuple(m.id for m in self.measures), measured=measured, **fields)  # fmt: skip
        reviewed = w.workday(accepted + timedelta(days=w.whole(4, 9)))
        w.add("review", reviewed, (self.id,), late=4, org=w.o_office, people=tuple(w.rng.sample(w.reviewers, 2)), title="销号审核", text=w.pick(REVIEWED),
              seconds=w.whole(600, 4000))  # fmt: skip
        posted = w.workday(reviewed + timedelta(days=w.whole(3, 8)))
        end = calendar.last_of(posted, 10)
        notice = self._notice(posted, end)
        w.add("publicity", posted, (self.id,), late=0, org=w.o_county, start=f"{posted}", end=f"{end}", stated_days=10, stated_unit="workday",
              posted_at=f"{posted}T09:00:00+08:00", statement=notice, snapshots=(Snapshot(at=f"{posted}T10:30:00+08:00", ok=True),))  # fmt: skip
        closed = w.workday(end + timedelta(days=w.whole(2, 6)))
        w.add("closure", closed, (self.id,), org=w.o_office, title="准予销号")
        back = w.workday(closed + timedelta(days=w.whole(150, 210)))
        w.add(
            "look_back",
            back,
            (self.id,),
            org=w.o_office,
            people=tuple(w.rng.sample(w.reviewers, 2)),
            passed=True,
            text="回访现场，未见反弹。",
        )
        w.change("tasks", self.id, status="closed", closed_at=f"{closed}")

    def _on_site(self, day: date, hour: int) -> dict[str, Any]:
        w = self.w
        assert self.site
        track = []
        for n in range(5):
            lat, lon = w.near(w.position(self.site), 0.4)
            track.append(Fix(at=f"{day}T{hour + n // 2:02}:{30 * (n % 2):02}", lat=lat, lon=lon))
        lat, lon = w.near(w.position(self.site), 0.1)
        return {
            "method": "site_and_paper",
            "place": self.site,
            "start": f"{day}T{hour:02}:00",
            "end": f"{day}T{hour + 2:02}:00",
            "lat": lat,
            "lon": lon,
            "track": tuple(track),
        }

    def _notice(self, posted: date, end: date) -> str:
        w = self.w
        county = w.place_name(w.county)
        task = w.of("tasks", self.id)
        text = f"{county}督察整改任务第{ordinal(self.no)}项完成情况公示\n第{ordinal(self.no)}项：“{task.problem}”\n责任单位：{w.org_name(self.owner)}\n整改措施及落实情况\n"
        spans = []
        for n, (measure, sentence) in enumerate(self.answers(), 1):
            line = f"{n}.{sentence}\n"
            spans.append(Span(start=len(text), end=len(text) + len(line) - 1, measures=(measure,)))
            text += line
        text += (
            f"公示期自{words(posted)}起至{words(end)}止，共10个工作日。对公示内容有不同意见的，请向{w.org_name(w.o_office)}反映，电话0684-5553921。\n"
            f"{county}人民政府\n{words(posted)}"
        )
        one = Statement(id=w.new_id("statements", "st"), task=self.id, kind="notice", author=w.o_county, date=f"{posted}", recorded_at=f"{posted}T08:50:00+08:00",
                        text=text, spans=tuple(spans))  # fmt: skip
        w.statements.append(one)
        return one.id


def county(rng: Random) -> County:
    """A settled county with one inspection between 2019 and 2022, from which lists may come."""
    w = County(rng)
    w.started = date(rng.randint(2019, 2022), 1, 1)
    w.settle()
    w.list_id = w.inspect(w.started.replace(month=rng.randint(4, 7), day=rng.randint(3, 25)))
    return w


def one_task(rng: Random, kinds: tuple[str, ...] = (), **more: Any) -> tuple[County, str]:
    """A county with one honest task of one of the kinds (all, when none is named)."""
    w = county(rng)
    chosen = [k for k in KINDS if not kinds or k.name in kinds]
    return w, w.task(w.list_id, rng.choice(chosen), **more)


WORKS = tuple(kind.name for kind in KINDS if kind.works)

Bend = Callable[[Random, str | None], Dossier]

__all__ = ["KINDS", "WORKS", "Bend", "County", "Kind", "Link", "Result", "county", "one_task", "ordinal", "words"]
