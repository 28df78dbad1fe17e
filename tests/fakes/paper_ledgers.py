"""Fakes and twins that only a whole ledger shows: crowds of closings, petitions raised again, reviewers without work, problems that come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.fakes.paper_files import day_of
from tests.fakes.paper_world import KINDS, County, county
from xiaohao.dossier import Dossier
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.record import Record
from xiaohao.dossier.task import Link

Grade = str | None
WORKS = tuple(kind for kind in KINDS if kind.works)


# RUSH -----------------------------------------------------------------------------------------------------------------------------


def rush(rng: Random, grade: Grade) -> Dossier:
    w = county(rng)
    count = w.whole(8, 14)
    tasks = [w.task(w.list_id, w.pick(WORKS)) for _ in range(count)]
    year = day_of(w.plan_days[1].isoformat()).year + 2
    if grade == "cunning" and w.rng.random() < 0.4:  # one team sees eight sites in a day
        day = date(year, 5, 18)
        team = tuple(w.acceptors[:3])
        for n, row in enumerate([r for r in w.records if r.type == "acceptance"][: w.whole(7, 8)]):
            w.change("records", row.id, date=f"{day}", start=f"{day}T{8 + n:02}:00", end=f"{day}T{8 + n:02}:50", people=team, track=())
        return w.dossier()
    share = {"obvious": 0.9, "careful": 0.7, "cunning": 0.55}.get(grade or "", 0.0)
    way = w.whole(0, 1) if grade is None else -1
    crowded = tasks[: round(count * share)]
    end = w.pick((date(year, 12, 31), date(year, 12, 31), date(year, 6, 30))) if grade != "obvious" else date(year, 12, 31)
    for n, task in enumerate(tasks):
        due = date(year, 1, 10) + timedelta(days=w.whole(-290, 60) if n % 2 else w.whole(170, 520))
        closed = date(year, 1, 5) + timedelta(days=w.whole(0, 300))
        if task in crowded:
            closed = end - timedelta(days=w.whole(1, 13))
        elif end - timedelta(days=30) <= closed <= end:
            closed = end - timedelta(days=w.whole(60, 120))
        if way == 0:  # all due at the end of the year
            due, closed = date(year, 12, w.whole(20, 31)), date(year, 12, w.whole(16, 31))
        elif way == 1:  # meetings at the end of each quarter
            closed = (date(year, 3, 28), date(year, 6, 28), date(year, 9, 27), date(year, 12, 28))[n % 4]
        _close(w, task, due, closed)
    return w.dossier()


def _close(w: County, task: str, due: date, closed: date) -> None:
    """The closing on that day, what comes before it shortly before."""
    shift = closed - day_of(w.rows(task, "closure")[0].date)
    done = day_of(w.of("tasks", task).done_at) + min(shift, timedelta(0))
    w.shift(task, shift)
    w.change("tasks", task, due=f"{due}", closed_at=f"{closed}", done_at=f"{done}")
    for told in [said for said in w.statements if said.task == task and said.expects_done]:
        w.change("statements", told.id, expects_done=f"{due}"[:7])
    for row in w.rows(task, "acceptance"):  # each by a team of its own
        w.change("records", row.id, people=tuple(w.person(w.o_eco) for _ in range(3)))
    if shift < timedelta(0):
        w.change("inspections", w.inspections[0].id, start="2010-01-05", feedback=None, feedback_date=None)


# REPEAT ---------------------------------------------------------------------------------------------------------------------------


def repeat(rng: Random, grade: Grade) -> Dossier:
    w = county(rng)
    w.task(w.list_id)
    firm_name, pollution = f"{w.name()}养殖有限公司", w.pick(("odour", "water", "dust", "noise"))
    firm = w.org(firm_name, "none", "enterprise", None, w.towns[0])
    at = w.near(w.position(w.towns[0]), 2)
    day = w.workday(day_of(w.inspections[0].start) + timedelta(days=w.whole(2, 20)))

    def petition(key: str, received: date, metres: float = 0.0, **more: object) -> None:
        lat = round(at[0] + metres / 111_195, 6)
        done = received + timedelta(days=w.whole(10, 40))
        fields = {
            "firm": firm,
            "firm_name": firm_name,
            "pollution": (pollution,),
            "status": "done",
            "done_at": f"{done}",
            "truth": "untrue",
            **more,
        }
        w.petitions.append(
            Petition(id=f"pet-{key}", number=f"D{key}", received=f"{received}", lat=lat, lon=at[1], place=w.towns[0], **fields)
        )  # type: ignore[arg-type]

    petition("001", day)
    later = day + timedelta(days=w.whole(90, 600))
    for n in range(4):  # others of the county
        lat, lon = w.near(w.position(w.towns[n % 3]), 5)
        w.petitions.append(
            Petition(
                id=f"pet-1{n}",
                number=f"D1{n}",
                received=f"{day + timedelta(days=w.whole(0, 400))}",
                lat=lat + 0.05,
                lon=lon,
                pollution=(w.pick(("noise", "dust")),),
                status="open",
            )
        )
    if grade == "obvious":
        petition("002", later, w.whole(0, 60))
    elif grade == "careful":  # a new name on the same plot, or another address of the same firm
        petition("002", later, w.whole(20, 90), firm=None, firm_name=f"{w.name()}农业科技有限公司")
    elif grade == "cunning":
        renamed = firm_name.replace("养殖有限公司", "牧业科技有限公司")
        petition("002", later, w.whole(110, 280), firm=None, firm_name=renamed, pollution=(pollution, "other"), status="open", done_at=None)
    else:
        way = w.whole(0, 4)
        if way == 0:
            petition("002", later, w.whole(450, 2000), firm=None, firm_name=f"{w.name()}食品有限公司")
        elif way == 1:
            petition("002", later, w.whole(0, 200), pollution=("soil",))
        elif way == 2:
            petition("002", day + timedelta(days=4), w.whole(0, 60), merged_into="pet-001")
        elif way == 3:
            petition("002", later, w.whole(4_000, 20_000))
        else:
            petition("002", later, w.whole(150, 280), firm=None, firm_name=f"{w.name()}食品有限公司")
    return w.dossier()


# REVIEW-FORM ----------------------------------------------------------------------------------------------------------------------

FORMS = (
    "经审核，{title}措施已落实，资料齐全，符合销号条件，同意销号。",
    "{title}整改到位，佐证完整，同意。",
    "审核意见：{title}达到整改目标，同意予以销号。",
)
SPECIFIC = (
    "查合同{a}份、票据{b}张，与日志逐日对上。",
    "电话回访{a}户，{b}户满意，一户要求补修已补。",
    "抽查影像{a}张，拍摄时间与日志相符，缺{b}张。",
    "核对监测月均值{a}个月，最高一月接近限值，原因为检修。",
    "现场看了{a}处，第{b}处标识牌缺失，当场补装。",
    "台账缺第{a}页，退回补齐后复核，用去{b}天。",
    "比对许可与实际，{a}项一致，{b}项需变更，已报批。",
    "发现验收人员签名漏{a}处，补签后附卷；其余{b}处完整。",
)


def review_form(rng: Random, grade: Grade) -> Dossier:
    w = county(rng)
    count = w.whole(4, 5) if grade is None and rng.random() < 0.25 else w.whole(12, 20)
    tasks = [w.task(w.list_id, w.pick(WORKS)) for _ in range(count)]
    who = w.reviewers[0]
    form = w.pick(FORMS)
    ways = ("batch", "formula", "few" if count < 6 else "formula")
    way = "few" if count < 6 else w.pick(ways[:2]) if grade is None else ""
    for n, task in enumerate(tasks):
        row: Record = w.rows(task, "review")[0]
        title = str(w.of("tasks", task).title)
        text, seconds = form.format(title=title), w.whole(5, 14)
        if grade == "careful":
            text, seconds = form.format(title=title) + w.pick(("", "请按期公示。")), w.whole(15, 55)
        elif grade == "cunning":  # varied words, time enough, but much of it does not hold
            text, seconds = w.pick(FORMS).format(title=title), w.whole(70, 400)
            if n % 2 == 0:
                back = w.rows(task, "look_back")[0]
                w.change("records", back.id, passed=False, text="现场复查，问题仍在。")
        elif way == "formula":
            text, seconds = w.pick(SPECIFIC).format(a=w.whole(2, 30), b=w.whole(2, 9)) + "符合销号条件，同意销号。", w.whole(400, 3000)
        elif way == "batch":
            seconds = w.whole(30, 50)
        w.change("records", row.id, people=(who,), text=text, seconds=seconds)
        if way == "batch":
            w.change(
                "tasks",
                task,
                links=tuple(Link(task=other, relation="similar") for other in tasks[:1] if other != task)
                or (Link(task=tasks[1], relation="similar"),),
            )
    return w.dossier()


# RECUR ----------------------------------------------------------------------------------------------------------------------------

AGAIN = {
    "采石场": "{site}采石场复绿成活率低，裸露面重现。",
    "农村水体": "{site}总磷再次超标，沿岸粪污直排。",
    "工业炉窑": "{site}炉窑二氧化硫排放浓度反弹。",
    "城镇污水": "{site}氨氮仍达4.2毫克/升，镇区污水管网破损。",
    "垃圾填埋": "{site}渗滤液处理站停运，积存渗滤液外溢。",
}
ANOTHER = ("{site}周边夜间施工噪声扰民。", "{site}道路运输扬尘严重。", "{site}危险废物暂存间不规范。", "{site}油烟净化设施未清洗。")


def recur(rng: Random, grade: Grade) -> Dossier:
    w = county(rng)
    kind = w.pick(WORKS)
    first = w.task(w.list_id, kind)
    w.task(w.list_id, w.pick([other for other in WORKS if other is not kind]))
    task = w.of("tasks", first)
    closed = day_of(task.closed_at)
    start = w.workday(closed + timedelta(days=w.whole(60, 200)))
    second_list = w.inspect(start, 2)
    site = str(task.places[0])
    name = w.place_name(site)
    again = AGAIN[kind.name].format(site=name)
    if grade is None:
        way = w.whole(0, 2)
        if way == 0:
            problem, place = w.pick(ANOTHER).format(site=name), site
        elif way == 1:  # the same words, another place
            place = w.place(w.name("湾"), "point", w.towns[2], 3)
            lat, lon = w.shifted(site, w.whole(3_000, 9_000))
            w.change("places", place, lat=lat, lon=lon)
            problem = task.problem.replace(name, w.place_name(place))
        else:  # handed on before it was closed
            problem, place = again, site
            w.change("tasks", first, status="in_progress", closed_at=None)
            w.records = [r for r in w.records if not (r.type in ("closure", "look_back") and first in r.tasks)]
        other = w.task(second_list, kind, closed=False, site=place)
        w.change("tasks", other, problem=problem, links=(Link(task=first, relation="carried_over"),) if way == 2 else (), firms=task.firms)
        if way == 0:
            _other_goals(w, other)
        return w.dossier()
    place = site
    if grade == "obvious":
        problem = task.problem
    elif grade == "careful":
        problem = again
    else:  # the same place under another name, reworded, not linked
        place = w.place(w.name("二号点"), "point", w.towns[1], 1)
        lat, lon = w.shifted(site, w.whole(30, 350))
        w.change("places", place, lat=lat, lon=lon)
        problem = AGAIN[kind.name].format(site=w.place_name(place))
    other = w.task(second_list, kind, closed=False, site=place)
    w.change(
        "tasks",
        other,
        problem=problem,
        firms=task.firms if grade != "cunning" else (),
        links=(Link(task=first, relation="continues"),) if rng.random() < 0.3 else (),
    )
    return w.dossier()


def _other_goals(w: County, task: str) -> None:
    """Another problem has other goals and measures."""
    for plan in [p for p in w.plans if p.task == task]:
        w.change(
            "plans", plan.id, goals=tuple(replace(g, target=None, text="完成整改。", no_target_reason="以措施为准") for g in plan.goals)
        )
    w.change("tasks", task, title="其他问题整改", class_="其他")


LEDGERS: dict[str, Callable[[Random, Grade], Dossier]] = {"RUSH": rush, "REPEAT": repeat, "REVIEW-FORM": review_form, "RECUR": recur}
