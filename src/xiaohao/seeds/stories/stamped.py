"""立行立改 of six small tasks, honestly done and honestly accepted; and a reviewer who passes all six with one sentence, each in under a minute.

The road of the sixth leads into the quarry of another task: one firm worked on both, and its one photograph is filed for both, as the task's link says.
Nothing is wrong with the tasks: what the finding asks is how they were reviewed. It is the reviewer's to answer and somebody else's to decide, and the
last of the six waits for that with its notice.
"""

from __future__ import annotations

from dataclasses import dataclass

from xiaohao.dossier.file import File
from xiaohao.dossier.record import Measured
from xiaohao.dossier.task import Link
from xiaohao.seeds.sheet import Said, Sheet, quantity, took
from xiaohao.seeds.stories import quarry
from xiaohao.seeds.story import Story

#: What the reviewer wrote each time, and the seconds the page was open.
_OPINION = "经审核，整改到位，予以通过。"
_SECONDS = (31, 24, 19, 27, 22, 18)


@dataclass(frozen=True, slots=True)
class _Small:
    """One of the six: what was found, the thing done and how much of it, the visits that followed, and what the acceptors saw."""

    number: int
    owner: str
    acceptor: str
    place: str
    title: str
    problem: str
    measure: str
    thing: str
    amount: float
    unit: str
    done_on: str
    done: str
    visits: tuple[str, ...]
    visited: str
    seen: str


_SIX = (
    _Small(
        4, "housing", "cityhousing", "county", "沿街餐厨垃圾桶破损外溢",
        "文庙街东段餐厨垃圾收集桶破损，渗滤液流上人行道。",
        "更换破损的餐厨垃圾收集桶。", "餐厨垃圾收集桶", 46, "个", "2025-12-18",
        "破损的46个餐厨垃圾收集桶于2025年12月18日换齐，桶底加了接水盘。",
        ("2025-12-23", "2026-01-06"), "沿街现场核查2次，人行道已无渗滤液。",
        "沿文庙街东段走了一遍，桶都是新的，接水盘里没有积液。",
    ),
    _Small(
        5, "agri", "cityagri", "county", "秸秆临时堆场没有遮盖",
        "灌区北侧秸秆临时堆场露天堆放，雨后黑水流入排水沟。",
        "给秸秆堆场搭设防雨棚。", "防雨棚", 820, "m2", "2025-12-26",
        "堆场南北两侧搭起防雨棚820平方米，2025年12月26日完工，排水沟改道绕开堆场。",
        ("2026-01-05", "2026-01-14", "2026-01-22"), "雨后现场核查3次，沟里是清水。",
        "站在堆场四角看，棚顶连成一片，新沟通到场外集水井。",
    ),
    _Small(
        6, "water", "cityeco", "point", "石桥断面上游水面漂浮物",
        "清沅河石桥断面上游五百米河面漂浮水葫芦和塑料瓶。",
        "打捞水面漂浮物。", "漂浮物", 37, "t", "2026-01-09",
        "到2026年1月9日共捞出水葫芦等漂浮物37吨，运往垃圾中转站。",
        ("2026-01-12", "2026-01-20"), "乘船现场核查2次，河面没有成片漂浮物。",
        "从石桥乘船上行一公里，只见零星落叶；中转站的过磅单对得上。",
    ),
    _Small(
        7, "industry", "cityeco", "park", "园区东门雨水口堆放煤渣",
        "园区东门两处雨水口旁堆放锅炉煤渣，雨天随水入管。",
        "清运煤渣，雨水口加装格栅。", "煤渣", 64, "t", "2025-12-30",
        "东门煤渣64吨于2025年12月30日运走，雨水口加了格栅。",
        ("2026-01-08", "2026-01-19"), "夜间现场核查2次，没有新倒的煤渣。",
        "东门地面冲洗干净，格栅用手摇不动，问了保安，夜里有人巡。",
    ),
    _Small(
        8, "urban", "cityhousing", "restaurants", "夜市油烟净化器不通电",
        "文庙街夜市19家摊位装了油烟净化器，抽查时均未通电。",
        "给净化器接线并装用电指示灯。", "用电指示灯", 19, "套", "2026-01-15",
        "夜市摊位的净化器接了线，2026年1月15日装好用电指示灯19套。",
        ("2026-01-17", "2026-01-21", "2026-01-28"), "夜间开摊后现场核查3次，灯都亮着。",
        "晚八点开摊时到场，挨家看灯，拔了两家的插头，后台有断电记录。",
    ),
    _Small(
        9, "land", "cityland", "quarry", "料场进场路扬尘",
        "北山砂石料场进场路未硬化，车辆驶过尘土飞扬。",
        "硬化进场路。", "进场路", 1.4, "km", "2026-01-20",
        "进场路1.4公里铺了混凝土路面，2026年1月20日通车。",
        ("2026-01-23", "2026-01-30"), "车辆高峰时现场核查2次，路面湿润，没有扬尘。",
        "跟着运料车走完全程，路面完整，洒水车每两小时一趟。",
    ),
)  # fmt: skip


def stories() -> tuple[Story, ...]:
    return tuple(_story(one, place) for place, one in enumerate(_SIX))


def _story(one: _Small, place: int) -> Story:
    sheet = Sheet(f"qh2025b-{one.number}")
    task = sheet.task(
        one.title, one.problem, kind="immediate", nature="non_works", owner=one.owner, acceptor=one.acceptor, supervisor="citysupervision",
        due="2026-02", due_words="立行立改，2026年2月底前", done_at=one.done_on, heads=(f"{one.owner}-head",), places=(one.place,),
        causes=("日常管护没有到人",),
        **({"links": (Link(task="task-qh2025a-3", relation="same_site"),)} if one.place == "quarry" else {}),
    )  # fmt: skip
    plan = sheet.plan(
        "2025-12-05",
        (sheet.goal(1, f"{one.title}的问题消除，不再反复。", no_target_reason="现场看得见的问题，以照片和查看记录公开。"),),
        (
            sheet.measure(1, one.measure, "other", one.owner, "2026-01", quantity=quantity(one.thing, one.amount, one.unit)),
            sheet.measure(2, "主要负责同志到场查看，防止反复。", "other", one.owner, "2026-02", answers_cause=0),
        ),
    )
    minute, accepted = 10 + place, f"2026-02-{9 + place // 2:02}T16:{10 * (place % 2):02}"
    applied = f"2026-02-{2 + place // 2:02}T10:{30 * (place % 2):02}"
    said = sheet.statement("completion", one.owner, applied, (Said(1, one.done), Said(2, one.visited)))
    reviewed = f"2026-02-26T16:{2 * place:02}"
    first, second = f"{one.acceptor}-1", f"{one.acceptor}-2"
    steps = (
        took("open_task", f"2025-12-01T09:{30 + place}", "cityoffice-2"),
        took("file_plan", f"2025-12-08T10:{minute}", "countyoffice-1"),
        took("approve_plan", f"2025-12-10T10:{minute}", "cityoffice-head"),
        took("start", f"2025-12-11T09:{minute}", f"{one.owner}-1"),
        took("apply", applied, f"{one.owner}-head"),
        took("accept", accepted, first),
        took("review", reviewed, "cityoffice-2"),
    )
    waits = (took("publish", "2026-03-02T15:00", "countyoffice-1", refused="findings_settled"),) if one is _SIX[-1] else ()
    row = sheet.row
    records = (
        row("done", "work_log", one.done_on, 1, org=one.owner, quantities=(quantity(one.thing, one.amount, one.unit),), text=one.done),
        *sheet.rows("visit", "site_visit", one.visits, 2, org=one.owner, people=f"{one.owner}-head", place=one.place, title="到场查看"),
        sheet.pledge("apply", one.owner, f"{one.owner}-head", applied.replace("T10", "T09")),
        sheet.pledge("accept", one.acceptor, f"{first} {second}", accepted.replace("T16", "T15")),
        row(
            "acceptance", "acceptance", accepted[:10], at=accepted, org=one.acceptor, people=f"{first} {second}", place=one.place,
            start=f"{accepted[:10]}T{9 + 3 * (place % 2):02}:00", end=f"{accepted[:10]}T{10 + 3 * (place % 2):02}:30",
            method="site_and_paper", text=one.seen,
            measured=(Measured(measure=sheet.measure_id(1), name=one.thing, value=one.amount, unit=one.unit),), seconds=4200 + 60 * place,
        ),
        row("review", "review", reviewed[:10], at=reviewed, org="cityoffice", text=_OPINION, seconds=_SECONDS[place]),
        *((sheet.secrecy_check("2026-03-02T14:30"),) if waits else ()),
    )  # fmt: skip
    return sheet.story(
        task,
        (*steps, *waits),
        clerk=f"{one.owner}-1",
        hands=f"{one.owner}-head {first}",
        plans=(plan,),
        statements=(said,),
        records=records,
        files=(_of_both(sheet),) if one.place == "quarry" else (),
    )


def _of_both(sheet: Sheet) -> tuple[File, bytes]:
    """The firm's photograph of the day, which the task of the quarry holds too."""
    return sheet.photo("site", quarry.AFTER, "2026-01-30T16:20", "quarry", "施工单位拍的2号点全景，同一场地两项任务共用")
