"""Fakes and twins of plans, evidence, acceptance, sanctions, sizes and lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from tests.fakes.paper_files import day_of
from tests.fakes.paper_world import KINDS, WORKS, County, one_task
from xiaohao.dossier import Dossier
from xiaohao.dossier.inventory import Inventory, Item
from xiaohao.dossier.plan import Consent, Goal, Measure, Plan, Target
from xiaohao.dossier.record import Fix
from xiaohao.dossier.statement import Span
from xiaohao.outcomes.months import add_months

Grade = str | None
WITH_TARGET = ("采石场", "农村水体", "工业炉窑", "城镇污水")


def target_of(goal: Goal) -> Target:
    assert goal.target
    return goal.target


def wider(target: Target, share: float) -> float:
    """A limit that asks less by the share."""
    return round(target.value * (1 + share if target.operator == "<=" else 1 - share), 4)


def other_unit(target: Target) -> Target:
    """The same value in another unit."""
    return {
        "mg/L": replace(target, value=round(target.value * 1000, 3), unit="ug/L"),
        "ug/m3": replace(target, value=round(target.value / 1000, 6), unit="mg/m3"),
    }.get(target.unit, target)


# PLAN-DIFF ----------------------------------------------------------------------------------------------------------------------


def plan_diff(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng, WITH_TARGET)
    plan = w.plan_of(task)
    goal = replace(plan.goals[0], id=plan.goals[0].id + "b", was=plan.goals[0].id)
    target = target_of(goal)
    works = plan.measures[0]
    quantity = works.quantity
    assert quantity
    measures = [replace(m, id=m.id + "b", was=m.id) for m in plan.measures]
    less = replace(measures[0], quantity=replace(quantity, value=round(quantity.value * w.rng.uniform(0.3, 0.8), 2)))
    later = [replace(m, due=f"{day_of(m.due) + timedelta(days=w.whole(40, 200))}") for m in measures]
    more: dict[str, Any] = {}
    weak: list[Callable[[], tuple[Goal, list[Measure]]]]
    if grade == "obvious":
        weak = [lambda: (replace(goal, target=replace(target, value=wider(target, 0.5))), measures), lambda: (goal, [less, *measures[1:]])]
    elif grade == "careful":
        weak = [
            lambda: (goal, later),
            lambda: (replace(goal, target=replace(target, min_months=1)), measures),
            lambda: (goal, measures[1:]),  # one measure left out
            lambda: (replace(goal, target=replace(target, window="year")), measures),
        ]
    elif grade == "cunning":
        moved = w.place(w.name("断面"), "point", w.towns[0], 3)
        weak = [
            lambda: (replace(goal, target=other_unit(replace(target, value=wider(target, 0.2)))), measures),
            lambda: (replace(goal, target=replace(target, place=moved)), measures),
            lambda: (replace(goal, target=replace(target, window="quarter")), measures),
            lambda: (replace(goal, text=_later(goal.text)), measures),
        ]
        if w.rng.random() < 0.4:  # "consented" by somebody of no higher level, and published
            more = {
                "consent": Consent(org=w.o_countyoffice, date=f"{day_of(plan.date) + timedelta(days=50)}"),
                "published_at": f"{day_of(plan.date) + timedelta(days=80)}",
            }
    else:
        consent = {
            "consent": Consent(org=w.o_city, date=f"{day_of(plan.date) + timedelta(days=50)}"),
            "published_at": f"{day_of(plan.date) + timedelta(days=80)}",
        }
        way = w.whole(0, 3)
        more = consent if way == 0 else {}
        weak = [
            lambda: (
                (replace(goal, target=replace(target, value=wider(target, 0.5))), later)
                if way == 0
                else (replace(goal, target=other_unit(target)), measures)
                if way == 1
                else (
                    replace(goal, target=replace(target, value=wider(target, -0.2))),
                    [replace(m, due=f"{day_of(m.due) - timedelta(days=20)}") for m in measures],
                )
                if way == 2
                else (goal, [replace(measures[1], text=works.text.rstrip("。") + "，" + measures[1].text), *measures[2:]])
            )
        ]
    goals, new = w.pick(weak)()
    day = w.workday(day_of(plan.date) + timedelta(days=60))
    w.plans.append(
        replace(plan, id=plan.id + "b", version=2, replaces=plan.id, date=f"{day}", recorded_at=w.seen(day), document=None, **{"published_at": None, **more},
                goals=(goals,), measures=tuple(new))
    )  # fmt: skip
    _follow(w, plan, {m.was: m.id for m in new if m.was})
    return w.dossier()


def _later(text: str) -> str:
    year, rest = text.split("年", 1)
    return f"{int(year) + 1}年{rest}"


def _follow(w: County, plan: Plan, renamed: dict[str, str]) -> None:
    """Rows and sentences speak of the new version's measures."""
    for n, row in enumerate(w.records):
        measured = tuple(replace(m, measure=renamed[m.measure]) for m in row.measured if m.measure in renamed)
        w.records[n] = replace(row, measures=tuple(renamed.get(m, m) for m in row.measures), measured=measured)
    for n, said in enumerate(w.statements):
        w.statements[n] = replace(said, spans=tuple(replace(s, measures=tuple(renamed.get(m, m) for m in s.measures)) for s in said.spans))


# SUB-PLAN -----------------------------------------------------------------------------------------------------------------------


def sub_plan(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng, WITH_TARGET)
    plan = w.plan_of(task)
    goal = plan.goals[0]
    target = target_of(goal)
    consent = None
    if grade == "obvious":
        target = replace(target, value=wider(target, 0.5))
    elif grade == "careful":
        target = other_unit(replace(target, value=wider(target, 0.3)))
    elif grade == "cunning":
        target = w.pick(
            (replace(target, min_months=1), replace(target, window="year"), other_unit(replace(target, value=wider(target, 0.1))))
        )
        if w.rng.random() < 0.4:
            goal = replace(goal, under=None)
    else:
        way = w.whole(0, 2)
        if way == 0:
            target = other_unit(target)
        elif way == 1:
            target = replace(target, value=wider(target, -0.2), min_months=(target.min_months or 0) + 2)
        else:
            target, consent = replace(target, value=wider(target, 0.4)), Consent(org=w.o_city, date=plan.date)
    w.change("plans", plan.id, goals=(replace(goal, target=target),), consent=consent)
    return w.dossier()


# EVID-TIME ------------------------------------------------------------------------------------------------------------------------


def evid_time(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng, WORKS)
    t = w.of("tasks", task)
    done = day_of(t.done_at)
    works = {m.id for m in w.plan_of(task).measures if m.kind == "works"}
    rows = [r for r in w.rows(task, "contract", "work_log", "invoice") if works & set(r.measures)]
    if grade == "obvious":  # all of it afterwards
        for row in rows:
            day = done + timedelta(days=w.whole(20, 70))
            w.change("records", row.id, date=f"{day}", recorded_at=w.seen(day))
    elif grade == "careful":  # one measure of works afterwards, or its contract
        measure, whole = sorted(works)[0], w.rng.random() < 0.5
        own = [r for r in rows if measure in r.measures and (r.type == "contract" or whole)]
        for row in own:
            day = done + timedelta(days=w.whole(20, 60))
            w.change("records", row.id, date=f"{day}", recorded_at=w.seen(day))
    elif grade == "cunning":  # dates set back, seen only afterwards; or the papers of an older project
        if w.rng.random() < 0.5:
            for row in rows:
                w.change("records", row.id, recorded_at=w.seen(done + timedelta(days=w.whole(60, 90))))
        else:
            old = day_of(w.inspections[0].start) - timedelta(days=w.whole(60, 300))
            for row in rows:
                w.change("records", row.id, date=f"{old + timedelta(days=w.whole(0, 20))}")
    else:
        way = w.whole(0, 3)
        measure = sorted(works)[0]
        if way == 0:
            day = done + timedelta(days=w.whole(200, 400))
            w.add(
                "invoice",
                day,
                (task,),
                measures=(measure,),
                org=t.owner,
                title=w.pick(("质保金发票", "竣工结算发票", "尾款发票")),
                amount=30_000.0,
            )
        elif way == 1:
            for n in range(4):
                w.add(
                    "work_log",
                    done + timedelta(days=30 * (n + 1)),
                    (task,),
                    measures=(measure,),
                    org=t.owner,
                    title="记录",
                    text=w.pick(("设施运行维护正常。", "补植养护。", "管护巡查。")),
                )
        elif way == 2:
            for n in range(3):
                w.add("sampling", done + timedelta(days=30 * (n + 1)), (task,), measures=(measure,), org=w.o_lab, title="后续监测")
        else:  # begun at once
            start = day_of(w.inspections[0].start) + timedelta(days=12)
            for row in [r for r in rows if r.type == "contract"]:
                w.change("records", row.id, date=f"{start}", recorded_at=w.seen(start))
    return w.dossier()


# SITE-PROOF -----------------------------------------------------------------------------------------------------------------------

SAME_OPINIONS = (
    "经现场核查和查阅资料，整改措施已全部落实，达到整改目标，同意通过验收。",
    "验收组认为，该问题已按方案完成整改，资料齐全，成效明显，同意销号。",
)


def site_proof(rng: Random, grade: Grade) -> Dossier:
    several = (grade == "cunning" and rng.random() < 0.6) or (grade is None and rng.random() < 0.5)
    w, task = one_task(rng, ("工作机制",) if grade is None and not several and rng.random() < 0.4 else WORKS)
    own = w.rows(task, "acceptance")[0]
    if several:
        for _ in range(2):
            w.task(w.list_id, w.pick([k for k in KINDS if k.works]))
        all_three = [r for r in w.records if r.type == "acceptance"]
        if grade and w.rng.random() < 0.5:
            text = w.pick(SAME_OPINIONS)
            for row in all_three:
                w.change("records", row.id, text=text)
        elif grade:  # one team at two far sites at one time
            day, one, other = day_of(all_three[0].date), all_three[0], all_three[1]
            lat, lon = w.shifted(str(one.place), w.whole(9_000, 30_000))
            w.change("places", str(other.place), lat=lat, lon=lon, outline=())
            for row in (one, other):
                at = w.near(w.position(str(row.place)), 0.2)
                track = tuple(Fix(at=f"{day}T09:{m:02}", lat=at[0], lon=at[1]) for m in (5, 30, 50))
                w.change(
                    "records",
                    row.id,
                    date=f"{day}",
                    start=f"{day}T09:00",
                    end=f"{day}T10:00",
                    lat=at[0],
                    lon=at[1],
                    people=one.people,
                    track=track,
                )
            for measure in w.plan_of(other.tasks[0]).measures:
                _unplaced(w, other.tasks[0], measure)
        else:  # nearby sites one after another; a form's sentence with own findings
            day = max(day_of(row.date) for row in all_three)
            for n, row in enumerate(all_three):
                w.shift(row.tasks[0], day - day_of(row.date))
                lat, lon = w.shifted(str(all_three[0].place), 700 * n)
                w.change("places", str(row.place), lat=lat, lon=lon, outline=())
                track = tuple(Fix(at=f"{day}T{9 + n:02}:{m:02}", lat=lat, lon=lon) for m in (5, 30, 50))
                found = f"实测{w.whole(20, 90)}处，{w.pick(('一处缺失已补', '两处待补', '无缺失'))}。"
                w.change("records", row.id, date=f"{day}", start=f"{day}T{9 + n:02}:00", end=f"{day}T{10 + n:02}:00", lat=lat, lon=lon, people=all_three[0].people,
                         track=track, text=SAME_OPINIONS[0] + w.place_name(str(row.place)) + found)  # fmt: skip
                for measure in w.plan_of(row.tasks[0]).measures:
                    _unplaced(w, row.tasks[0], measure)
        return w.dossier()
    if grade == "obvious":
        w.change("records", own.id, **w.pick(({"method": "paper", "track": (), "place": None, "lat": None, "lon": None}, {"people": ()},
                                                 {"people": own.people[:1]}, {"track": (), "place": None, "lat": None, "lon": None})))  # fmt: skip
    elif grade == "careful":  # the track is in the hall
        lat, lon = w.shifted(str(own.place), w.whole(8_000, 20_000))
        w.change("places", w.hall, lat=lat, lon=lon)
        track = tuple(replace(fix, lat=w.near((lat, lon), 0.1)[0], lon=lon) for fix in own.track)
        w.change("records", own.id, track=track, **({"lat": lat, "lon": lon} if w.rng.random() < 0.5 else {}))
    elif grade == "cunning":
        if w.rng.random() < 0.5:  # three kilometres off
            w.change("records", own.id, track=tuple(replace(f, lat=round(f.lat - 0.03, 6)) for f in own.track), lat=None, lon=None)
        else:  # the track of another day
            day = day_of(own.date) - timedelta(days=w.whole(3, 40))
            w.change("records", own.id, track=tuple(replace(f, at=f"{day}{f.at[10:]}") for f in own.track))
    return w.dossier()


def _unplaced(w: County, task: str, measure: Measure) -> None:
    """Without a position of its own: it is where its task's place is."""
    plan = w.plan_of(task)
    measures = tuple(replace(m, lat=None, lon=None, outline=()) if m.id == measure.id else m for m in plan.measures)
    w.change("plans", plan.id, measures=measures)
    for row in w.rows(task, "acceptance"):
        w.change("records", row.id, measured=tuple(replace(m, outline=()) for m in row.measured))


# SANCTION-FOLLOW --------------------------------------------------------------------------------------------------------------------

POSTS = ("科长", "副局长", "股长", "主任")
HIGHER = {"科长": "副局长", "副局长": "局长", "股长": "副科长", "主任": "副局长"}
LOWER = {"科长": "科员", "副局长": "科长", "股长": "科员", "主任": "科员"}


def sanction_follow(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng)
    t = w.of("tasks", task)
    post = w.pick(POSTS)
    who = w.person(t.owner, post)
    day = w.workday(day_of(w.plan_of(task).date) + timedelta(days=w.whole(20, 60)))
    months = w.pick((6, 12, 18))
    paper = w.paper(None, "关于给予问责的决定", "order", w.o_county, "纪发", day, (w.o_countyoffice,), tasks=(task,))
    kind = w.pick(("admonition", "administrative_discipline", "party_discipline", "organizational"))
    missing = (
        w.pick(
            {"obvious": ("post", "paper"), "careful": ("equal", "follow", "paper"), "cunning": ("equal later", "half", "removed first")}[
                grade
            ]
        )
        if grade
        else ""
    )
    sanction = w.add(
        "sanction",
        day,
        (task,),
        person=who,
        sanction=kind,
        impact_months=months,
        post=post,
        org=w.o_county,
        **({} if missing == "paper" else {"document": paper}),
    )
    due = (6, 12)[: {"follow": 0, "half": 1}.get(missing, 2)]
    for after in due:
        w.add(
            "follow_up",
            w.workday(add_months(day, after) + timedelta(days=w.whole(0, 20))),
            (task,),
            of=sanction,
            person=who,
            org=w.o_countyoffice,
        )

    def posted(after: float, change: str, to: str, person: str = who) -> None:
        at = w.workday(day + timedelta(days=int(after * 30.4)))
        w.add("personnel", at, (task,), person=person, change=change, post=to, org=w.o_county)

    if missing == "post":
        posted(w.whole(2, months - 3), "promoted", HIGHER[post])
    elif missing == "equal":
        posted(w.whole(2, months - 3), "transferred", post)
    elif missing == "equal later":
        posted(months - 1.5, "transferred", HIGHER[post] if w.rng.random() < 0.5 else post)
    elif missing == "removed first":
        posted(0.5, "removed", "")
        posted(2.5, "promoted", HIGHER[post])
    elif not grade:
        way = w.whole(0, 2)
        if way == 0:
            twin = w.person(w.o_towns[0], post)
            w.change("people", twin, name=w.of("people", who).name)
            posted(3, "promoted", HIGHER[post], twin)
        elif way == 1:
            posted(3, "transferred", LOWER[post])
        else:
            posted(months + 1, "promoted", HIGHER[post])
    w.end = max(w.end, day + timedelta(days=500))
    return w.dossier()


# GEOM -------------------------------------------------------------------------------------------------------------------------------


def geom(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng, WORKS)
    own = w.rows(task, "acceptance")[0]
    planned = {m.id: m for m in w.plan_of(task).measures}
    lines = [m for m in own.measured if planned[m.measure].outline]
    first = own.measured[0]
    quantity = planned[first.measure].quantity
    assert quantity

    def put(one: Any, **changes: Any) -> None:
        w.change("records", own.id, measured=tuple(replace(m, **changes) if m.measure == one.measure else m for m in own.measured))

    if grade == "obvious":
        put(first, value=round(quantity.value * w.rng.uniform(0.2, 0.6), 2))
    elif grade == "careful":
        put(first, value=round(quantity.value * w.rng.uniform(0.7, 0.88), 2))
    elif grade == "cunning":
        if lines and w.rng.random() < 0.7:  # the figure is right, what was walked is shorter or elsewhere
            (a, b), (c, d) = lines[0].outline[0], lines[0].outline[-1]
            share = w.rng.uniform(0.2, 0.55)
            shorter = ((a, b), (round(a + (c - a) * share, 6), d))
            aside = tuple((round(x + 0.01, 6), round(y + 0.01, 6)) for x, y in lines[0].outline)
            put(lines[0], outline=w.pick((shorter, aside)))
        else:
            put(first, value=round(quantity.value * w.rng.uniform(0.86, 0.93), 2))
    else:
        way = w.whole(0, 3)
        other = {"m": ("km", 1e-3), "ha": ("m2", 1e4), "m2": ("ha", 1e-4), "t": ("kg", 1e3)}.get(quantity.unit)
        if way == 0:
            put(first, value=round(quantity.value * 0.96, 2))
        elif way == 1 and other:
            put(first, value=round(quantity.value * other[1] * 0.99, 6), unit=other[0])
        elif way == 2:
            put(first, value=round(quantity.value * 1.3, 2))
        else:
            half = replace(first, value=round(quantity.value * 0.5, 2))
            w.change("records", own.id, measured=(half, replace(half, value=round(quantity.value * 0.49, 2)), *own.measured[1:]))
    return w.dossier()


# WORKS-NEAR -------------------------------------------------------------------------------------------------------------------------

NEAR_WORKS = {
    "air": ("建设道路喷淋设施{n}米。", "在围墙加装雾炮{n}台。", "设置防尘网和围挡{n}米。", "增加洒水降尘频次，建设冲洗平台{n}处。"),
    "water": ("建设导流管道{n}米。", "设置曝气增氧设备{n}台。", "建设生态补水管线{n}米。", "设置围堰和截流设施{n}处。"),
}


def works_near(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng, WORKS)
    kind = w.pick(("air", "water"))
    radius = w.pick((300, 500, 1000)) if kind == "air" else w.pick((200, 500))
    point = w.place(w.name("空气站" if kind == "air" else "断面"), "point", w.towns[0], 4, radius_m=float(radius))
    plan = w.plan_of(task)
    away = radius * {"obvious": 0.2, "careful": 0.55, "cunning": 0.93}.get(grade or "", w.rng.uniform(1.1, 2.5))
    lat, lon = w.shifted(point, away)
    outline: tuple[tuple[float, ...], ...] = ()
    if grade == "cunning" and w.rng.random() < 0.5:  # it begins outside and runs in
        (a, b), (c, d) = w.shifted(point, radius * 1.8), w.shifted(point, radius * 0.5)
        lat, lon, outline = a, b, ((a, b), (c, d))
    text = w.pick(NEAR_WORKS[kind]).format(n=w.whole(3, 200))
    near = Measure(id=f"measure-{task}-9", number=len(plan.measures) + 1, text=text, kind="works", lat=lat, lon=lon, outline=outline)
    w.change("plans", plan.id, measures=(*plan.measures, near))
    _answered(w, task, near)
    return w.dossier()


def _answered(w: County, task: str, measure: Measure) -> None:
    """The unit's account says what became of the measure, and a row stands behind it."""
    told = next(said for said in w.statements if said.task == task and said.kind == "completion")
    done = day_of(w.of("tasks", task).done_at) - timedelta(days=20)
    line = f"\n{measure.number}.{done.year}年{done.month}月{done.day}日，完成{measure.text}"
    start = len(told.text) + 1
    span = Span(start=start, end=start + len(line) - 1, measures=(measure.id,))
    w.change("statements", told.id, text=told.text + line, spans=(*told.spans, span))
    w.add("work_log", done, (task,), org=w.of("tasks", task).owner, title=measure.text, measures=(measure.id,))


# LIST-GAP ---------------------------------------------------------------------------------------------------------------------------

SUBJECTS = (("入河排污口", "{a}排污口"), ("散乱污企业", "{a}塑料加工厂"), ("养殖场", "{a}养殖场"), ("裸露地块", "{a}地块"))


def list_gap(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng)
    subject, pattern = w.pick(SUBJECTS)
    count = w.whole(20, 40)
    t = w.of("tasks", task)
    town = w.towns[0]
    things = []
    for n in range(count):
        lat, lon = w.near(w.position(town), 6)
        things.append(
            Item(id=f"item-f{n:02}", name=pattern.format(a=w.place_name(w.towns[n % 3]) + f"{n + 1}号"), lat=lat, lon=lon, status="active")
        )
    source = Inventory(
        id="inv-found",
        name=f"{subject}{w.pick(('普查', '遥感', '登记'))}清单",
        subject=subject,
        kind=w.pick(("survey", "satellite", "register", "permit")),
        items=tuple(things),
    )
    dropped = {"obvious": round(count * 0.6), "careful": round(count * 0.25), "cunning": w.whole(3, 4)}.get(grade or "", 0)
    version = grade in ("careful", "cunning") and w.rng.random() < 0.4
    kept = [replace(item, id=item.id.replace("f", "o"), **_moved(w, item)) for item in (things if version else things[dropped:])]
    if not grade:
        kept = _explained(w, kept, things)
        extra = [item for item in things if item.status == "active"]
        source = replace(source, items=tuple(_outside(w, n, item) for n, item in enumerate(extra)))
        lost = {n for n, item in enumerate(source.items) if item.status in ("outside", "cancelled")}
        kept = [item for n, item in enumerate(kept) if n not in lost]
    day = w.workday(day_of(w.plan_of(task).date))
    own = Inventory(
        id="inv-own", name=f"{subject}台账", subject=subject, kind="self_report", org=t.owner, date=f"{day}", version=1, items=tuple(kept)
    )
    w.inventories += [source, own] if not version else [own]
    if version:
        new = [replace(item, id=item.id.replace("o", "p")) for item in kept[dropped:]]
        if grade == "cunning" and w.rng.random() < 0.5:  # nothing dropped, some listed twice
            new = [replace(item, id=item.id.replace("o", "p")) for item in kept]
            new += [
                replace(item, id=item.id.replace("p", "q"), name=item.name + "北侧", lat=round(float(item.lat or 0) + 0.00003, 6))
                for item in new[:dropped]
            ]
        w.inventories.append(replace(own, id="inv-own-2", version=2, replaces=own.id, date=f"{day + timedelta(days=90)}", items=tuple(new)))
    return w.dossier()


def _moved(w: County, item: Item) -> dict[str, float]:
    """Another receiver, another corner of the same thing."""
    lat, lon = w.near((float(item.lat or 0), float(item.lon or 0)), 0.04)
    return {"lat": lat, "lon": lon}


def _explained(w: County, items: list[Item], things: list[Item]) -> list[Item]:
    """Other spelling; two merged into one with a note."""
    out = [replace(item, name=item.name.replace("号", w.pick(("号", "＃", "")))) for item in items]
    things[-1] = replace(things[-1], note="与相邻一处合并")
    return out[:-1]


def _outside(w: County, n: int, item: Item) -> Item:
    if n % 11 == 3:
        return replace(item, status=w.pick(("outside", "cancelled")), note="上级已核销")
    return item


PROCESS: dict[str, Callable[[Random, Grade], Dossier]] = {
    "PLAN-DIFF": plan_diff,
    "SUB-PLAN": sub_plan,
    "EVID-TIME": evid_time,
    "SITE-PROOF": site_proof,
    "SANCTION-FOLLOW": sanction_follow,
    "GEOM": geom,
    "WORKS-NEAR": works_near,
    "LIST-GAP": list_gap,
}
