"""Fakes and twins of what a unit claims, who decides, and how long the public is told: written by another hand than the other families, in JSON
and in other words, from DOSSIER.md and FINDINGS.md alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta

from tests.fakes.bent import Bent, days, seen
from tests.fakes.other_words import BACKED, COUNTED, DONE, FLORID, HOLLOW, MEETINGS_ONLY, MINUTES, NO_COUNT, OWN_WORDS, UNFINISHED
from tests.fakes.paper_world import ordinal, words
from xiaohao.kernel.workdays import official_calendar

Grade = str | None
Change = Callable[[Bent], None]


def _one(bent: Bent, grade: Grade, changes: dict[Grade, tuple[Change, ...]]) -> None:
    bent.rng.choice(changes[grade])(bent)


def _works(bent: Bent) -> int:
    """The number of the answer to a measure of works."""
    kinds = {m["id"]: m["kind"] for m in bent.plan["measures"]}
    return next(n for n, span in enumerate(bent.said()["spans"]) if kinds.get(span["measures"][0]) == "works")


# NUM-CLAIM -----------------------------------------------------------------------------------------------------------------------


def num_claim(bent: Bent, grade: Grade) -> None:
    rng = bent.rng

    def counted(low: int, high: int) -> Change:
        return lambda b: b.answer(-1, more=rng.choice(COUNTED).format(n=rng.randint(low, high)))

    def in_words(b: Bent) -> None:
        b.answer(-1, more=rng.choice(COUNTED).format(n=ordinal(rng.randint(21, 99))))

    def doubled(b: Bent) -> None:
        """One sitting entered again and again: it is one row."""
        first = b.add("meeting", days(b.done, -40), org=b.task["owner"], people=b.staff()[:2], title="推进会", text="研究排口整治进度。")
        for _ in range(6):
            b.put("records", {**first, "id": b.new("rec")})
        b.answer(-1, more="召开推进会7次。")

    def kept(b: Bent) -> None:
        kind, title, sentence = rng.choice(BACKED)
        count = rng.randint(3, 14)
        for n in range(count):
            b.add(kind, days(b.done, -9 * (n + 1)), org=b.task["owner"], people=b.staff()[:2], title=title, text=f"{MINUTES[n % len(MINUTES)]}",
                  measures=[b.plan["measures"][-1]["id"]])  # fmt: skip
        said = str(count) if rng.random() < 0.5 else ordinal(count)
        b.answer(-1, more=sentence.format(n=f"{ordinal(10)}余" if count > 10 and rng.random() < 0.5 else said))

    _one(
        bent,
        grade,
        {
            "obvious": (counted(30, 90),),
            "careful": (counted(11, 20), in_words),
            "cunning": (doubled, in_words),
            None: (kept, lambda b: b.answer(-1, more=rng.choice(NO_COUNT))),
        },
    )


# VAGUE ---------------------------------------------------------------------------------------------------------------------------


def vague(bent: Bent, grade: Grade) -> None:
    rng = bent.rng

    def emptied(most: bool) -> Change:
        def change(b: Bent) -> None:
            count = len(b.said()["spans"])
            for n in range(count - 1 if most and count > 2 else count):
                b.answer(n, f"（{ordinal(n + 1)}）{rng.choice(HOLLOW)}")

        return change

    def talked(b: Bent) -> None:
        for n in range(len(b.said()["spans"])):
            b.answer(n, f"（{ordinal(n + 1)}）{rng.choice(MEETINGS_ONLY).format(n=rng.randint(2, 6))}")

    def opened(b: Bent) -> None:
        said, words_ = b.said(), rng.choice(FLORID)
        said["text"] = words_ + said["text"]
        for span in said["spans"]:
            span["start"] += len(words_)
            span["end"] += len(words_)

    _one(
        bent,
        grade,
        {
            "obvious": (emptied(False),),
            "careful": (emptied(True),),
            "cunning": (talked,),
            None: (opened, lambda b: b.answer(0, more=rng.choice(HOLLOW))),
        },
    )


# COVER ---------------------------------------------------------------------------------------------------------------------------


def cover(bent: Bent, grade: Grade) -> None:
    rng = bent.rng

    def left_out(b: Bent) -> None:
        measure = b.plan["measures"][-1]["id"]
        b.answer(-1, "")
        b.said()["spans"].pop()
        b.said("notice")["spans"].pop()
        b.drop([row for row in b.rows() if row.get("measures") == [measure]])
        for row in b.rows():
            row["measures"] = [one for one in row.get("measures", []) if one != measure]

    def unfinished(b: Bent) -> None:
        n = _works(b)
        b.answer(n, f"（{ordinal(n + 1)}）{rng.choice(UNFINISHED)}")

    def unsupported(b: Bent) -> None:
        measure = b.plan["measures"][_works(b)]["id"]
        for statement in b.value["statements"]:
            for span in statement.get("spans", []):
                if measure in span.get("measures", []):
                    span["evidence"] = []
        b.drop([row for row in b.rows("contract", "work_log", "invoice") if measure in row.get("measures", [])])

    def together(b: Bent) -> None:
        spans = b.said()["spans"]
        first, second = spans[0], spans.pop(1)
        first.update(end=second["end"], measures=first["measures"] + second["measures"], evidence=first["evidence"] + second["evidence"])

    _one(
        bent,
        grade,
        {
            "obvious": (left_out,),
            "careful": (unfinished,),
            "cunning": (unfinished, unsupported),
            None: (together, lambda b: b.answer(0, more=rng.choice(DONE))),
        },
    )


# STATUS-PLAN ---------------------------------------------------------------------------------------------------------------------


def status_plan(bent: Bent, grade: Grade) -> None:
    rng = bent.rng
    bent.task["kind"] = "deadline"

    def jump(b: Bent) -> None:
        reports = b.reports()
        for report in reports:
            report["percent"] = rng.choice((10, 15))
            report["text"] = re.sub(r"\d+%", f"{report['percent']}%", report["text"])
        b.drop(b.rows("work_log", "invoice"))
        last = reports[-1]
        b.put("statements", {**deepcopy(last), "id": b.new("st"), "date": days(last["date"], 9), "recorded_at": seen(last["date"], 9), "percent": 95, "spans": [], "text": "本期进展顺利。"})  # fmt: skip

    def backwards(b: Bent) -> None:
        reports = b.reports()
        reports[1]["percent"], reports[2]["percent"] = rng.randint(70, 90), rng.randint(40, 60)

    def too_late(b: Bent) -> None:
        b.reports()[-1]["expects_done"] = days(b.task["due"], rng.randint(200, 500))[:7]

    def left_out(b: Bent) -> None:
        b.value["statements"].remove(b.reports()[rng.randint(1, 2)])

    _one(
        bent,
        grade,
        {
            "obvious": (jump, backwards),
            "careful": (too_late, backwards),
            "cunning": (lambda b: b.answer(-1, more=rng.choice(OWN_WORDS)),),
            None: (left_out, lambda b: b.answer(0, more=rng.choice(DONE))),
        },
    )


# ROLE-SEP ------------------------------------------------------------------------------------------------------------------------


def role_sep(bent: Bent, grade: Grade) -> None:
    rng = bent.rng
    role, kind = rng.choice((("acceptor", "acceptance"), ("reviewer", "review")))

    def given(b: Bent, org: str) -> None:
        b.task[role] = org
        for row in b.rows(kind):
            row["org"] = org

    def other(b: Bent, **more: object) -> str:
        return str(b.put("orgs", {"id": b.new("org"), "name": "生态治理服务中心", "level": "county", "kind": "department", **more})["id"])

    def only_on_the_row(b: Bent) -> None:
        b.rows(kind)[-1]["org"] = b.task["owner"]

    def grandchild(b: Bent) -> None:
        given(b, other(b, parent=other(b, parent=b.task["owner"])))

    def one_leader(b: Bent) -> None:
        owner = b.find(b.task["owner"])
        owner["leaders"] = b.staff()[:1]
        given(b, other(b, leaders=owner["leaders"], parent=b.task["lead"]))

    def same_surname(b: Bent) -> None:
        for org in (b.task["owner"], b.task[role]):
            person = b.put("people", {"id": b.new("person"), "name": "文长青", "org": org})
            b.find(org)["leaders"] = [person["id"]]

    def changed(**roles: str) -> Change:
        return lambda b: b.task.update({name: b.task[source] for name, source in roles.items()})

    _one(
        bent,
        grade,
        {
            "obvious": (lambda b: given(b, b.task["owner"]), lambda b: given(b, other(b, parent=b.task["owner"]))),
            "careful": (lambda b: given(b, other(b, hosted_by=b.task["owner"])), only_on_the_row, changed(desk="owner")),
            "cunning": (grandchild, one_leader),
            None: (same_surname, changed(supervisor="lead"), changed(publisher="owner")),
        },
    )


# PUB-DAYS and NOTICE-LINT --------------------------------------------------------------------------------------------------------


def _ends(bent: Bent, end: date) -> None:
    """Let the notice, its row and what follows say another last day."""
    row = bent.rows("publicity")[-1]
    bent.replaced(f"起至{words(date.fromisoformat(row['end']))}止", f"起至{words(end)}止")
    row["end"] = f"{end}"


def pub_days(bent: Bent, grade: Grade) -> None:
    row = bent.rows("publicity")[-1]
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])

    def shorter(by: int) -> Change:
        return lambda b: _ends(b, start + timedelta(days=max(1, (end - start).days - by)))

    def days_as_workdays(b: Bent) -> None:
        """Ten days with the Sundays among them, printed as ten working days."""
        _ends(b, start + timedelta(days=9))

    def page_down(b: Bent) -> None:
        span = (end - start).days
        row["snapshots"] = [{"at": seen(row["start"], n, "10:30:00"), "ok": not 2 <= n <= span - 2} for n in range(span + 1)]

    def posted_late(b: Bent) -> None:
        row["posted_at"] = row["recorded_at"] = seen(row["start"], 6)

    def natural_days(b: Bent) -> None:
        b.value["rules"]["publicity"] = {"days": 7, "unit": "day"}
        row["stated_days"], row["stated_unit"] = 7, "day"
        _ends(b, start + timedelta(days=6))
        b.replaced("共10个工作日", "共7天")

    def longer(b: Bent) -> None:
        closed = date.fromisoformat(b.rows("closure")[-1]["date"])
        _ends(b, max(end, closed - timedelta(days=1)))
        b.replaced("共10个工作日", f"共{official_calendar().count(start, date.fromisoformat(row['end']))}个工作日")
        row["stated_days"] = official_calendar().count(start, date.fromisoformat(row["end"]))

    _one(
        bent,
        grade,
        {
            "obvious": (shorter(8),),
            "careful": (shorter(4), days_as_workdays),
            "cunning": (shorter(1), page_down, posted_late),
            None: (natural_days, longer, lambda b: None),
        },
    )


def notice_lint(bent: Bent, grade: Grade) -> None:
    rng = bent.rng
    task, text = bent.task, bent.said("notice")["text"]
    number = f"第{ordinal(task['number'])}项"
    wrong = f"第{ordinal(task['number'] % 40 + rng.randint(2, 9))}项"
    problem, row = task["problem"], bent.rows("publicity")[-1]

    def other_number(b: Bent) -> None:
        b.replaced(number, wrong)

    def figure(b: Bent) -> None:
        found = re.search(r"\d+", problem)
        other = problem.replace(found.group(), f"{int(found.group()) + 7}", 1) if found else problem.replace("，", "，部分", 1)
        b.replaced(problem, other)

    def unit(b: Bent) -> None:
        b.replaced(b.find(task["owner"])["name"] + "\n", f"{b.find(b.county['place'])['name']}文化和旅游局\n")

    def ends_before(b: Bent) -> None:
        end = date.fromisoformat(row["end"])
        b.replaced(words(end), words(end.replace(year=end.year - 1, day=min(end.day, 28))))

    def phone(b: Bent) -> None:
        desk = b.find(task["desk"])
        desk["phone"] = "0684-5553999"

    def arabic(b: Bent) -> None:
        b.replaced(number, f"第{task['number']}项")

    def shortened(b: Bent) -> None:
        b.replaced(problem, f"{problem[:7]}……{problem[-9:]}")

    def widths(b: Bent) -> None:
        b.replaced(problem, problem.replace("，", ",").replace("（", "(").replace("）", ")"))

    def short_name(b: Bent) -> None:
        owner = b.find(task["owner"])
        short = owner["name"].replace(b.find(b.county["place"])["name"], "县", 1)
        owner["aliases"] = [short]
        b.replaced(f"责任单位：{owner['name']}", f"责任单位：{short}")

    assert number in text
    _one(
        bent,
        grade,
        {
            "obvious": (other_number, ends_before),
            "careful": (figure, unit),
            "cunning": (phone, lambda b: b.replaced("共10个工作日", "共12个工作日")),
            None: (arabic, shortened, widths, short_name),
        },
    )


# LEADER-ACT ----------------------------------------------------------------------------------------------------------------------


def leader_act(bent: Bent, grade: Grade) -> None:
    rng = bent.rng
    lead, county = bent.task["lead"], bent.county
    people = [bent.put("people", {"id": bent.new("person"), "name": name, "org": lead, "post": post})["id"]
              for name, post in (("常有为", "县委书记"), ("乔向东", "县长"), ("尹一诺", "副县长"))]  # fmt: skip
    party, mayor, deputy = people
    bent.task["first_responsible"] = [party, mayor]
    county["leaders"] = [mayor]
    measure = bent.plan["measures"][-1]
    if grade or rng.random() < 0.75:
        measure["text"] = measure["text"].rstrip("。") + rng.choice(
            ("，党政主要负责同志亲自研究、亲自督办。", "，县委书记和县长亲自部署、亲自过问。", "，落实党政同责，主要负责同志带头包抓。")
        )
        asked = True
    else:
        asked = False
    running = (date.fromisoformat(bent.done) - date.fromisoformat(bent.plan["date"])).days
    spots = [days(bent.plan["date"], 20 + n * max(8, (running - 30) // 8)) for n in range(8)]

    def act(day: str, who: str, n: int) -> None:
        kind = rng.choice(("personal_act", "meeting", "site_visit"))
        bent.add(kind, day, org=lead, people=[who], measures=[measure["id"]], title="督办", text=MINUTES[n % len(MINUTES)])

    def by(*who: str) -> Change:
        def change(b: Bent) -> None:
            for n, day in enumerate(spots):
                act(day, who[n % len(who)], n)

        return change

    def in_the_last_days(b: Bent) -> None:
        for n in range(4):
            act(days(b.done, -n), (party, mayor)[n % 2], n)
        by(deputy)(b)

    def just_appointed(b: Bent) -> None:
        """The post was vacant, the deputy led it by recorded appointment."""
        b.task["first_responsible"] = [mayor]
        b.add(
            "personnel",
            days(b.plan["date"], 5),
            org=lead,
            person=deputy,
            change="transferred",
            post="县长",
            title="任免",
            text="主持县政府全面工作",
        )
        by(deputy)(b)

    twins: tuple[Change, ...] = (by(party, mayor), just_appointed) if asked else (by(deputy),)
    measure["text"] = measure["text"].replace("县委书记和县长", "书记和县长") if grade is None else measure["text"]
    _one(bent, grade, {"obvious": (by(deputy),), "careful": (by(mayor), by(party)), "cunning": (in_the_last_days,), None: twins})


# SESSION-GAP ---------------------------------------------------------------------------------------------------------------------

RHYTHMS = (((0, 3), "每周一、周四"), ((2,), "每周三"), ((1, 4), "每周二和周五"))


def session_gap(bent: Bent, grade: Grade) -> None:
    rng = bent.rng
    weekdays, rhythm = rng.choice(RHYTHMS)
    measure = bent.plan["measures"][-1]["id"]
    calendar = official_calendar()
    first, last = date.fromisoformat(bent.plan["date"]), date.fromisoformat(bent.done)
    every = [first + timedelta(days=n) for n in range((last - first).days) if (first + timedelta(days=n)).weekday() in weekdays]
    working = [day for day in every if calendar.is_workday(day)]

    def hold(on: list[date], *, entered: str | None = None, text: str | None = None) -> None:
        for day in on:
            row = bent.add("study", f"{day}", org=bent.task["owner"], people=bent.staff()[:3], measures=[measure], title="集中学习",
                           text=text or rng.choice(MINUTES), schedule=rhythm)  # fmt: skip
            row["recorded_at"] = entered or seen(f"{day}", rng.randint(0, 2))

    def missing(share: float) -> Change:
        return lambda b: hold([day for day in working if rng.random() > share])

    def one_evening(b: Bent) -> None:
        hold(working, entered=seen(b.done, 12))

    def one_text(b: Bent) -> None:
        hold(working, text="传达上级文件精神，与会人员谈认识体会，主要负责同志提出要求。")

    def paused(b: Bent) -> None:
        away = working[len(working) // 2 : len(working) // 2 + max(2, len(working) // 3)]
        b.add(
            "meeting",
            f"{away[0]}",
            org=b.task["owner"],
            title="汛期暂停集中学习",
            text="防汛值守，学习暂停。",
            start=f"{away[0]}",
            end=f"{away[-1]}",
        )
        hold([day for day in working if day not in away])

    bent.answer(-1, more=f"坚持{rhythm}集中学习。")
    _one(
        bent,
        grade,
        {
            "obvious": (missing(0.7),),
            "careful": (missing(0.4), one_evening),
            "cunning": (one_text, lambda b: hold(every) if len(every) - len(working) >= 3 else one_text(b)),
            None: (lambda b: hold(working), paused, missing(0.06)),
        },
    )


# TARGET --------------------------------------------------------------------------------------------------------------------------


def target(bent: Bent, grade: Grade) -> None:
    rng = bent.rng
    goal = bent.plan["goals"][0]["target"]
    limit, up = float(goal["value"]), goal["operator"] == ">="
    acceptance = bent.rows("acceptance")[-1]
    accepted = date.fromisoformat(acceptance["date"])
    good, bad = (1.15, 0.9) if up else (0.7, 1.1)

    def readings(level: Callable[[date], float], gaps: float = 0.0) -> None:
        every = [accepted - timedelta(days=n) for n in range(240, -30, -1)]
        rows = [(f"{day}", "" if rng.random() < gaps else f"{limit * level(day) * rng.uniform(0.93, 1.07):.4f}") for day in every]
        bent.series(rows, indicator=goal["indicator"], place=goal["place"], unit=goal["unit"], source=bent.task["acceptor"])

    def failing(last_days: int, first_days: int, by: float) -> Change:
        return lambda b: readings(lambda day: by if first_days <= (accepted - day).days < last_days else good)

    def one_month(b: Bent) -> None:
        month = f"{accepted - timedelta(days=45)}"[:7]
        readings(lambda day: (0.96 if up else 1.05) if f"{day}"[:7] == month else good)

    def own_result(b: Bent) -> None:
        readings(lambda day: good)
        acceptance["results"] = [{"indicator": goal["indicator"], "value": round(limit * bad, 4), "unit": goal["unit"], "place": goal["place"],
                                  "at": f"{accepted}"[:7]}]  # fmt: skip

    def one_day(b: Bent) -> None:
        readings(lambda day: (0.6 if up else 1.5) if day == accepted - timedelta(days=33) else good)

    _one(
        bent,
        grade,
        {
            "obvious": (failing(120, 0, bad),),
            "careful": (one_month,),
            "cunning": (own_result, one_month),
            None: (one_day, lambda b: readings(lambda day: good, 0.3), lambda b: readings(lambda day: good)),
        },
    )


#: Each check with its bends and the kinds of task that they need: () all.
WORKS = ("采石场", "农村水体", "工业炉窑", "城镇污水", "垃圾填埋")
MEASURED = ("采石场", "农村水体", "工业炉窑", "城镇污水")
BENDS: dict[str, tuple[Callable[[Bent, Grade], None], tuple[str, ...]]] = {
    "NOTICE-LINT": (notice_lint, ()),
    "VAGUE": (vague, WORKS),
    "NUM-CLAIM": (num_claim, ()),
    "COVER": (cover, WORKS),
    "TARGET": (target, MEASURED),
    "ROLE-SEP": (role_sep, ()),
    "PUB-DAYS": (pub_days, ()),
    "STATUS-PLAN": (status_plan, ()),
    "LEADER-ACT": (leader_act, ()),
    "SESSION-GAP": (session_gap, ()),
}
GRADES = ("obvious", "careful", "cunning")
