"""Fakes and twins of papers and files: dates that run backwards, numbers, late papers, batches of files, presence, bursts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.fakes.paper_world import WORKS, County, one_task
from xiaohao.dossier import Dossier
from xiaohao.dossier.document import Cite, Receipt
from xiaohao.dossier.file import File, FileMeta
from xiaohao.dossier.oversight import Visit

Grade = str | None


def day_of(text: str | None) -> date:
    return date.fromisoformat(str(text)[:10])


# DATE-ORDER -----------------------------------------------------------------------------------------------------------------


def date_order(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng)
    ways = {
        "obvious": (_plan_before_feedback, _closed_before_accepted),
        "careful": (_cites_later, _published_early, _said_too_early),
        "cunning": (_later_year, _before_its_evidence, _closed_in_window),
    }
    innocent = (_at_once, _second_version, _old_rule, _same_day, _months_only)
    w.pick(ways[grade] if grade else innocent)(w, task)
    return w.dossier()


def _plan_before_feedback(w: County, task: str) -> None:
    plan = w.plan_of(task)
    feedback = day_of(w.inspections[0].feedback_date)
    early = f"{feedback - timedelta(days=w.whole(12, 60))}"
    w.change("plans", plan.id, date=early)
    if w.rng.random() < 0.6:
        w.change("documents", str(plan.document), date=early)


def _closed_before_accepted(w: County, task: str) -> None:
    closure, acceptance = w.rows(task, "closure")[0], w.rows(task, "acceptance")[0]
    w.change("records", closure.id, date=f"{day_of(acceptance.date) - timedelta(days=w.whole(3, 40))}")


def _cites_later(w: County, task: str) -> None:
    """A report of the task cites a paper that is dated after it."""
    own = next(d for d in w.documents if task in d.tasks)
    later = w.paper(
        None, "关于印发考核办法的通知", "rule", w.o_county, "政办发", day_of(own.date) + timedelta(days=w.whole(15, 80)), (w.o_towns[0],)
    )
    cited = w.of("documents", later)
    w.change("documents", own.id, cites=(*own.cites, Cite(number=cited.number, document=later, date=cited.date)))


def _published_early(w: County, task: str) -> None:
    publicity, acceptance = w.rows(task, "publicity")[0], w.rows(task, "acceptance")[0]
    w.change("records", acceptance.id, date=f"{day_of(publicity.date) + timedelta(days=w.whole(4, 12))}", start=None, end=None, track=())


def _said_too_early(w: County, task: str) -> None:
    done = day_of(w.of("tasks", task).done_at)
    claim = next(s for s in w.statements if s.task == task and s.kind == "completion")
    w.change("statements", claim.id, date=f"{done - timedelta(days=w.whole(5, 30))}", spans=())


def _later_year(w: County, task: str) -> None:
    """A number of a later year, in the cites or in the words, of a paper that is not in the file."""
    claim = next(s for s in w.statements if s.task == task and s.kind == "progress")
    year = day_of(claim.date).year + 1
    number = f"{w.org_name(w.o_county)[:2]}政函〔{year}〕{w.whole(3, 90)}号"
    if w.rng.random() < 0.5:
        w.change("statements", claim.id, text=f"{claim.text}工作要求见{number}。")
    else:
        own = [d for d in w.documents if task in d.tasks and day_of(d.date).year < year][:1]
        if own:
            w.change(
                "documents",
                own[0].id,
                cites=(*own[0].cites, Cite(number=f"{number[:-1]}号".replace(str(year), str(day_of(own[0].date).year + 1)))),
            )
        else:
            w.change("statements", claim.id, text=f"{claim.text}工作要求见{number}。")


def _before_its_evidence(w: County, task: str) -> None:
    claim = next(s for s in w.statements if s.task == task and s.kind == "completion")
    row = claim.spans[0].evidence[-1]
    w.change("records", row, date=f"{day_of(claim.date) + timedelta(days=w.whole(2, 25))}")


def _closed_in_window(w: County, task: str) -> None:
    closure, publicity = w.rows(task, "closure")[0], w.rows(task, "publicity")[0]
    w.change("records", closure.id, date=f"{day_of(publicity.end) - timedelta(days=w.whole(1, 4))}")


def _at_once(w: County, task: str) -> None:
    """Rows between the inspection's first day and the plan."""
    start = day_of(w.inspections[0].start)
    measure = w.plan_of(task).measures[0]
    for n in range(2):
        w.add(
            "enforcement",
            w.workday(start + timedelta(days=n * 9)),
            (task,),
            measures=(measure.id,),
            org=w.o_branch,
            people=(w.officers[0],),
            text="边督边改，当场责令清理。",
        )


def _second_version(w: County, task: str) -> None:
    plan = w.plan_of(task)
    day = w.workday(day_of(plan.date) + timedelta(days=60))
    goals = tuple(replace(g, id=g.id + "b", was=g.id) for g in plan.goals)
    measures = tuple(replace(m, id=m.id + "b", was=m.id) for m in plan.measures)
    w.plans.append(
        replace(
            plan,
            id=plan.id + "b",
            version=2,
            replaces=plan.id,
            date=f"{day}",
            recorded_at=w.seen(day),
            goals=goals,
            measures=measures,
            document=None,
        )
    )
    renamed = {m.id: m.id + "b" for m in plan.measures}
    for n, row in enumerate(w.records):
        w.records[n] = replace(
            row,
            measures=tuple(renamed.get(m, m) for m in row.measures),
            measured=tuple(replace(m, measure=renamed[m.measure]) for m in row.measured),
        )
    for n, said in enumerate(w.statements):
        w.statements[n] = replace(said, spans=tuple(replace(s, measures=tuple(renamed.get(m, m) for m in s.measures)) for s in said.spans))


def _old_rule(w: County, task: str) -> None:
    day = w.workday(day_of(w.inspections[0].start) - timedelta(days=w.whole(200, 500)))
    rule = w.paper(None, "县级河长制工作规则", "rule", w.o_county, "政发", day, (w.o_towns[0],))
    own = next(d for d in w.documents if task in d.tasks)
    cited = w.of("documents", rule)
    w.change("documents", own.id, cites=(*own.cites, Cite(number=cited.number, document=rule, date=cited.date)))


def _same_day(w: County, task: str) -> None:
    feedback = w.inspections[0].feedback_date
    for plan in w.plans:
        w.change("plans", plan.id, date=feedback)
    for key in w.plan_days[2:]:
        w.change("documents", key, date=feedback, recorded_at=w.seen(day_of(feedback), 4), receipts=())


def _months_only(w: County, task: str) -> None:
    plan = w.plan_of(task)
    w.change("plans", plan.id, date=str(plan.date)[:7], document=None)
    for row in w.rows(task, "closure", "review"):
        w.change(
            "records",
            row.id,
            date=str(w.rows(task, "publicity")[0].end)[:7] if row.type == "closure" else str(w.rows(task, "acceptance")[0].date)[:7],
        )


# DOC-NO, DOC-LATE -------------------------------------------------------------------------------------------------------------


TITLES = (
    "关于落实整改资金的通知",
    "关于加强汛期值班工作的通知",
    "关于印发巡查制度的通知",
    "关于做好档案整理的通知",
    "关于规范现场公示牌的通知",
    "关于开展自查的通知",
    "关于报送整改台账的通知",
)


def _orders(w: County, task: str, count: int = 7) -> list[str]:
    """A run of the county's papers, some weeks apart, within one year."""
    first = day_of(w.plan_of(task).date).replace(month=1, day=5) + timedelta(days=370)
    days = [w.workday(first + timedelta(days=n * 24 + w.whole(0, 14))) for n in range(count)]
    return [
        w.paper(None, TITLES[n % len(TITLES)], "order", w.o_county, "政办发", day, (w.o_towns[0], w.o_towns[1]))
        for n, day in enumerate(days)
    ]


def doc_no(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng)
    orders = [w.of("documents", one) for one in _orders(w, task)]
    stem, year = orders[0].number.split("〔")[0], day_of(orders[0].date).year
    at = w.whole(1, 3)
    if grade == "obvious":
        w.change("documents", orders[at + 2].id, number=orders[at].number)
    elif grade == "careful":  # backdated: a serial of June on a paper of January
        last = int(orders[-1].number.split("〕")[1][:-1])
        w.paper_with(
            f"{stem}〔{year}〕{last + 2}号",
            "关于印发整改工作责任清单的通知",
            w.o_county,
            day_of(orders[at].date),
            task,
            seen=day_of(orders[-1].date) + timedelta(days=20),
        )
    elif grade == "cunning":
        if w.rng.random() < 0.5:  # the same number in another spelling
            w.change("documents", orders[at + 2].id, number=orders[at].number.replace("〔", "[").replace("〕", "] "))
        else:  # some twenty days against the calendar
            one = orders[at + 1]
            w.change("documents", one.id, date=f"{day_of(orders[at - 1].date) - timedelta(days=w.whole(1, 6))}")
    else:
        way = w.whole(0, 4)
        if way == 0:  # neighbours that changed places within a week
            one, other = orders[at], orders[at + 1]
            swapped = day_of(one.date) + timedelta(days=w.whole(2, 6))
            w.change("documents", other.id, date=f"{swapped}", recorded_at=w.seen(swapped, 4), number=one.number)
            w.change("documents", one.id, number=other.number)
        elif way == 1:  # the same serial under other words, of another issuer, of another year
            serial = orders[at].number.split("〕")[1]
            w.change("documents", orders[at].id, number=f"{stem[:2]}政发〔{year}〕{serial}")
            w.change("documents", orders[at + 1].id, issuer=w.o_towns[0], number=f"{stem[:2]}镇发〔{year}〕{serial}")
            w.change(
                "documents",
                orders[at + 2].id,
                number=orders[at + 2].number.replace(str(year), str(year - 1)),
                date=f"{day_of(orders[at + 2].date).replace(year=year - 1, day=9)}",
                recorded_at=f"{day_of(orders[at + 2].date).replace(year=year - 1, day=10)}T10:00:00+08:00",
                receipts=(),
            )
        elif way == 2:  # the paper and the rule that it promulgates
            one = orders[at]
            w.change("documents", one.id, title="关于印发《巡查考核办法》的通知")
            w.change(
                "documents",
                orders[at + 1].id,
                title="巡查考核办法",
                kind="rule",
                number=one.number,
                date=one.date,
                recorded_at=one.recorded_at,
                recipients=(),
                receipts=(),
            )
        elif way == 3:  # one paper registered twice
            one = orders[at]
            w.documents.append(replace(one, id=one.id + "b", recorded_at=w.seen(day_of(one.date) + timedelta(days=3))))
    return w.dossier()


def doc_late(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng)
    orders = [w.of("documents", one) for one in _orders(w, task, 4)]
    one = orders[w.whole(0, 3)]
    late = {"obvious": (150, 300), "careful": (70, 140), "cunning": (40, 80)}.get(grade or "", (90, 250))
    seen = day_of(one.date) + timedelta(days=w.whole(*late))
    if grade:
        receipts: tuple[Receipt, ...] = ()
        if grade == "cunning" and w.rng.random() < 0.6:  # booked in, but only then
            receipts = tuple(Receipt(org=o, at=w.seen(seen, 3)) for o in one.recipients)
        if grade == "careful" and w.rng.random() < 0.4:  # "booked in" by its own issuer
            receipts = (Receipt(org=one.issuer, at=f"{one.date}T16:00:00+08:00"),)
        w.change("documents", one.id, recorded_at=w.seen(seen, 2), receipts=receipts)
    elif w.rng.random() < 0.5:
        w.change("documents", one.id, recorded_at=w.seen(seen, 2))  # the recipients' receipts near its date stay
    else:
        w.change("orgs", w.o_county, joined_at=f"{day_of(one.date) + timedelta(days=w.whole(20, 60))}T09:00:00+08:00")
        w.change("documents", one.id, recorded_at=w.seen(seen, 2), receipts=())
    return w.dossier()


# META-BATCH -------------------------------------------------------------------------------------------------------------------


def meta_batch(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng)
    t = w.of("tasks", task)
    start = day_of(w.plan_of(task).date)
    count = w.whole(6, 12)
    days = [w.workday(start + timedelta(days=15 + n * w.whole(20, 26))) for n in range(count)]
    evening = max(days) + timedelta(days=w.whole(25, 60))
    way = w.pick(("template", "scan", "resaved", "joined")) if grade is None else ""
    for n, day in enumerate(days):
        made, saved, near = day + timedelta(days=w.whole(0, 3)), None, True
        clock = f"{w.whole(9, 17):02}:{w.whole(0, 59):02}:{w.whole(0, 59):02}"
        if grade == "obvious":
            made, clock, near = evening, f"20:{2 + n * 3:02}:{w.whole(0, 59):02}", False
        elif grade == "careful":  # three nights in a row
            made, clock, near = evening + timedelta(days=n % 3), f"{w.whole(19, 22)}:{w.whole(0, 59):02}:{w.whole(0, 59):02}", False
        elif grade == "cunning":
            near = False
            if count % 2:  # dates set back, all to one minute
                clock = "09:00:00" if count % 4 == 1 else "16:30:12"
            else:  # mixed in among honest ones
                honest_one = n % 3 == 0
                made, near = (made, True) if honest_one else (evening, False)
                clock = f"{20 + n % 2}:{w.whole(0, 59):02}:{w.whole(0, 59):02}"
        elif way in ("scan", "resaved", "joined"):
            made, clock = evening, f"15:{n * 4:02}:{w.whole(0, 59):02}"
        seen = w.seen(day, 5) if near and way not in ("joined", "resaved", "scan") else w.seen(evening + timedelta(days=1), 1)
        kind = "scan" if way == "scan" else w.pick(("document", "sheet"))
        booked = w.seen(day, 6) if near and way != "joined" else w.seen(evening + timedelta(days=1), 1)
        file = File(
            id=f"file-{n:03}", path=f"documents/{n:03}.docx", sha256="0" * 64, bytes=20_000 + n, media="application/octet-stream", kind=kind, tasks=(task,),
            claimed_at=f"{day}", recorded_at=seen,
            meta=FileMeta(created=f"{made}T{clock}", modified=saved, author="办公室", template="Normal.dotm", revision=w.whole(2, 9), edit_minutes=float(w.whole(5, 90))),
        )  # fmt: skip
        w.files.append(file)
        w.add("meeting", day, (task,), org=t.owner, people=(w.people[-1].id,), title="整改调度会", files=(file.id,), recorded_at=booked)
    if way == "joined":
        w.change("orgs", t.owner, joined_at=f"{evening - timedelta(days=3)}T09:00:00+08:00")
    return w.dossier()


# MEET-CONFLICT ----------------------------------------------------------------------------------------------------------------


def meet_conflict(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng, WORKS)
    t = w.of("tasks", task)
    who = next(p.id for p in w.people if p.org == t.owner)
    day = w.workday(day_of(w.plan_of(task).date) + timedelta(days=w.whole(40, 150)))
    km = {"obvious": w.whole(40, 80), "careful": w.whole(25, 50), "cunning": w.whole(15, 40)}.get(grade or "", w.whole(10, 30))
    far = w.place(w.name("村委会"), "office", w.towns[0], 0.1)
    lat, lon = w.shifted(w.hall, km * 1000)
    w.change("places", far, lat=lat, lon=lon)

    def meeting(place: str, start: str, end: str | None, kind: str = "meeting", who: str = who, **more: object) -> None:
        times = {"start": f"{day}T{start}", "end": f"{day}T{end}"} if end else {"start": f"{day}"}
        w.add(
            kind,
            day,
            (task,),
            org=t.owner,
            people=(who, w.officers[0]) if kind == "x" else (who,),
            place=place,
            title="会议",
            **times,
            **more,
        )

    if grade == "obvious":
        meeting(w.hall, "09:00", "11:30")
        meeting(far, f"09:{w.whole(10, 50)}", "12:00", "site_visit")
    elif grade == "careful":  # no overlap, but no time to travel
        meeting(w.hall, "09:00", "10:00")
        meeting(far, f"10:{w.whole(0, 9):02}", "11:30", "site_visit")
    elif grade == "cunning":  # in the other order of entry, the end left out, or a conflict with the acceptance's owner side
        meeting(far, f"14:{w.whole(12, 20)}", "15:30", "interview")
        meeting(w.hall, "13:30", "14:10" if w.rng.random() < 0.7 else "14:40")
    else:
        way = w.whole(0, 4)
        if way == 0:  # one building
            room = w.place("政务中心二号楼", "office", w.county, 0.1)
            w.change("places", room, lat=w.position(w.hall)[0] + 0.0004, lon=w.position(w.hall)[1])
            meeting(w.hall, "09:00", "10:00")
            meeting(room, "10:00", "11:00")
        elif way == 1:  # the same name, another person
            twin = w.person(w.o_towns[0])
            w.change("people", twin, name=w.of("people", who).name)
            meeting(w.hall, "09:00", "11:00")
            meeting(far, "09:30", "11:00", "site_visit", twin)
        elif way == 2:  # whole days
            meeting(w.hall, "", None)
            meeting(far, "", None, "site_visit")
        elif way == 3:  # time enough
            meeting(w.hall, "09:00", "09:50")
            meeting(far, "11:00", "12:00", "site_visit")
        else:  # by video
            meeting(w.hall, "09:00", "10:30")
            meeting(far, "09:40", "10:30", text="视频参加调度会。")
    return w.dossier()


# BURST ------------------------------------------------------------------------------------------------------------------------


def burst(rng: Random, grade: Grade) -> Dossier:
    w, task = one_task(rng, WORKS)
    plan, t = w.plan_of(task), w.of("tasks", task)
    begun = day_of(plan.date)
    visit = w.workday(begun + timedelta(days=w.whole(180, 225)))
    announced = visit - timedelta(days=w.whole(4, 10))
    rows = [r for r in w.rows(task) if r.type in ("site_visit", "work_log", "contract", "invoice", "enforcement", "consent", "sampling")]
    before = [r for r in rows if day_of(r.date) < visit]
    if grade:
        kept = {"obvious": 0, "careful": 1, "cunning": 2}[grade]
        by_date = grade == "obvious" and w.rng.random() < 0.5
        for n, row in enumerate(before):
            if n < kept:
                continue
            seen = announced + timedelta(days=w.whole(0, (visit - announced).days - 1))
            at = f"{seen}T{w.whole(9, 17):02}:{w.whole(0, 59):02}:00+08:00"
            w.change("records", row.id, recorded_at=at, **({"date": f"{seen}"} if by_date and row.type != "contract" else {}))
        for row in rows:  # whatever was to follow was never entered
            if day_of(row.date) >= visit and row.type in ("site_visit",) and day_of(row.date) < visit + timedelta(days=60):
                w.records.remove(row)
    else:
        way = w.pick(("self_check", "new", "joined"))
        if way == "self_check":
            for n in range(w.whole(2, 3)):
                w.add(
                    "site_visit",
                    w.workday(announced + timedelta(days=n)),
                    (task,),
                    late=1,
                    org=t.owner,
                    people=(w.people[-1].id,),
                    title="自查",
                )
        elif way == "new":  # the visit comes a month after the plan; much was begun then
            visit = w.workday(begun + timedelta(days=w.whole(40, 50)))
            announced = visit - timedelta(days=8)
            for n in range(w.whole(5, 8)):
                w.add("work_log", w.workday(visit - timedelta(days=1 + n)), (task,), late=0, org=t.owner, title="施工日志", text="进场。")
        else:  # the unit joined just then and brought its book with it
            joined = visit - timedelta(days=w.whole(3, 9))
            for one in {t.owner, *(r.org for r in before if r.org)}:
                w.change("orgs", one, joined_at=f"{joined}T09:00:00+08:00")
            for row in before:
                if day_of(row.date) < joined:
                    w.change("records", row.id, recorded_at=f"{joined}T1{w.whole(0, 7)}:{w.whole(10, 59)}:00+08:00")
    w.visits.append(
        Visit(
            id=w.new_id("visits", "visit"),
            org=w.o_city,
            start=f"{visit}",
            end=f"{visit + timedelta(days=2)}",
            announced_at=f"{announced}",
            places=(w.county,),
        )
    )
    return w.dossier()


FILES: dict[str, Callable[[Random, Grade], Dossier]] = {
    "DATE-ORDER": date_order,
    "DOC-NO": doc_no,
    "DOC-LATE": doc_late,
    "META-BATCH": meta_batch,
    "MEET-CONFLICT": meet_conflict,
    "BURST": burst,
}
