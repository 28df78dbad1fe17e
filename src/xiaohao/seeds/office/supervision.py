"""Supervision beside the orders: a regular plan half done, a targeted one that was drawn, visits with what was seen, one to come, and guidance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from xiaohao.acts import site_visits, supervision, visit_results
from xiaohao.acts.ids import id_from
from xiaohao.acts.site_visits import Going
from xiaohao.acts.supervision import Planned
from xiaohao.acts.visit_results import Told
from xiaohao.dossier.supervision import Seen
from xiaohao.records.models import Task
from xiaohao.records.supervision import may_be_supervised
from xiaohao.records.to_dossier import dossier_of
from xiaohao.seeds.moments import moment
from xiaohao.seeds.seats import seat
from xiaohao.seeds.walk import Event

_SUPERVISOR, _CITY = "countysupervision-1", "citysupervision-1"
_TEAM = ("person-countysupervision-1", "person-countysupervision-head")
_CITY_TEAM = ("person-citysupervision-1", "person-citysupervision-head")
_HEATING, _LANDFILL = "task-qh2025a-11", "task-qh2025a-1"
_Verdicts = Mapping[int, tuple[str, str]]


def events() -> Iterator[Event]:
    """In the order of time."""
    yield _at("2026-02-02T09:00", _regular)
    yield _at("2026-02-10T09:10", lambda: _go("heating", _HEATING, "2026-02-10T09:10", date(2026, 2, 11), unannounced=True, of_plan=True))
    yield _at("2026-02-11T10:05", lambda: _arrive("heating", "2026-02-11T10:05"))
    yield _at("2026-02-11T11:40", _heating_result)
    yield _at(
        "2026-02-13T15:00",
        lambda: _answer("heating", "industry-1", "2026-02-13T15:00", "城东片区3台小锅炉已列入3月拆除计划，管道缺口正在招标。"),
    )
    yield _at("2026-02-25T10:00", _guided)
    yield _at("2026-02-27T09:00", lambda: _answer_guidance("2026-02-27T09:00"))
    yield _at("2026-02-27T14:30", _of_the_city)
    yield _at("2026-03-02T09:00", _targeted)
    yield _at("2026-03-02T15:00", lambda: _go("landfill", _LANDFILL, "2026-03-02T15:00", date(2026, 3, 4), unannounced=False, of_plan=True))


def _at(at: str, do: Callable[[], object]) -> Event:
    return Event(moment(at), True, do)


def _regular() -> None:
    _plan("regular", "2026-02-02T09:00", "2026年一季度整改督查（全覆盖）", date(2026, 2, 2), date(2026, 3, 31), "青督查〔2026〕2号")


def _targeted() -> None:
    _plan("targeted", "2026-03-02T09:00", "2026年3月重点督查", date(2026, 3, 2), date(2026, 3, 20), "青督查〔2026〕5号")
    supervision.draw_tasks(plan=_plan_id("targeted"), by=seat(_SUPERVISOR), at=moment("2026-03-02T09:05"), key="draw targeted", count=3)


def _of_the_city() -> None:
    """The city's own office looks at the county's tasks of its own inspection, and draws two."""
    by, at = seat(_CITY), moment("2026-02-27T14:30")
    _plan("city", "2026-02-27T14:30", "2026年上半年督查抽查（青禾县）", date(2026, 3, 4), date(2026, 6, 30), "景督查〔2026〕6号", who=_CITY)
    supervision.draw_tasks(plan=id_from("supervision", by.person, "supervision city"), by=by, at=at, key="draw city", count=2)


def _plan(key: str, at: str, title: str, start: date, end: date, number: str, who: str = _SUPERVISOR) -> None:
    by, of_city = seat(who), who == _CITY
    tasks = tuple(may_be_supervised(by).filter(list__code="qh2025b" if of_city else "qh2025a").values_list("pk", flat=True))
    kind, team = ("targeted", _CITY_TEAM) if of_city else (key, _TEAM)
    planned = Planned(kind=kind, title=title, start=start, end=end, team=team, tasks=tasks, number=number)
    supervision.make_plan(by=by, at=moment(at), key=f"supervision {key}", planned=planned)


def _go(key: str, task: str, at: str, day: date, *, unannounced: bool, of_plan: bool) -> None:
    measures = dossier_of(Task.objects.get(pk=task), at=moment(at)).measures_of(task)
    going = Going(
        task=task,
        kind="regular",
        date=day,
        team=_TEAM,
        unannounced=unannounced,
        place="直接到现场，不打招呼、不听汇报" if unannounced else "先到现场，再看台账",
        look_at=tuple(one.id for one in measures[:3]),
        look_for="对照调度所报的数，逐处数一遍。",
        plan=_plan_id("regular") if of_plan else "",
    )
    site_visits.plan_visit(by=seat(_SUPERVISOR), at=moment(at), key=f"visit {key}", going=going)


def _arrive(key: str, at: str) -> None:
    site_visits.arrive(visit=_visit_id(key), by=seat(_SUPERVISOR), at=moment(at), key=f"arrive {key}")


def _heating_result() -> None:
    at = "2026-02-11T11:40"
    seen: _Verdicts = {
        1: ("as_told", "管道沿园区南路铺到热力站东侧，量得与所报长度相符。"),
        2: ("differs", "所报已拆除的小锅炉中，城东片区有3台仍在现场，烟囱有热气。"),
    }
    measures = dossier_of(Task.objects.get(pk=_HEATING), at=moment(at)).measures_of(_HEATING)[:3]
    told = Told(
        seen=tuple(
            Seen(measure=one.id, verdict=seen.get(one.number, ("not_seen", ""))[0], text=seen.get(one.number, ("not_seen", ""))[1] or None)
            for one in measures
        ),
        text="未提前通知，先看城东片区锅炉房，再沿管道走到热力站。",
        passed=False,
        problems="调度所报的拆除台数比现场多3台；管道末端还差约0.6公里没有动工。",
    )
    visit_results.report_visit(visit=_visit_id("heating"), by=seat(_SUPERVISOR), at=moment(at), key="report heating", told=told)


def _answer(key: str, by: str, at: str, text: str) -> None:
    visit_results.answer_visit(visit=_visit_id(key), by=seat(by), at=moment(at), key=f"answer visit {key}", text=text)


def _guided() -> None:
    visit_results.guide_visit(
        task=_HEATING,
        by=seat("cityeco-1"),
        at=moment("2026-02-25T10:00"),
        key="guide heating",
        day=date(2026, 2, 24),
        advice="看了两处待拆锅炉房和热力站接口。建议先把城东片区并网，再拆余下的小锅炉；替代前的煤要用低硫煤，进货单留底。市局可以派工程师帮着核一遍供热负荷。",
        people=("person-cityeco-1", "person-cityeco-2"),
        place="园区热力站、城东片区锅炉房",
    )


def _answer_guidance(at: str) -> None:
    visit = id_from("visit", seat("cityeco-1").person, "guide heating")
    text = "低硫煤进货单已补齐，并网顺序按建议调整，请工程师3月9日来核负荷。"
    visit_results.answer_visit(visit=visit, by=seat("industry-1"), at=moment(at), key="answer guidance", text=text)


def _plan_id(key: str) -> str:
    return id_from("supervision", seat(_SUPERVISOR).person, f"supervision {key}")


def _visit_id(key: str) -> str:
    return id_from("visit", seat(_SUPERVISOR).person, f"visit {key}")
