"""The list of the inspection before: two tasks that were closed before the system came, carried in as found, and one that went all the way through it."""

from __future__ import annotations

from dataclasses import replace

from xiaohao.dossier.record import Fix, Measured, Record
from xiaohao.seeds.sheet import COUNTY, Said, Sheet, quantity, took
from xiaohao.seeds.story import Story

_SEWERS = Sheet("qh2021a-8")


def storage() -> Story:
    """Closed in 2021, carried in."""
    return _carried_in(
        Sheet("qh2021a-3"),
        "园区危险废物暂存间不规范",
        "园区3家企业危险废物暂存间无防渗、无标识。",
        due="2021-11",
        due_words="2021年11月底前",
        closed="2021-12-20",
        at="2023-01-04T09:30",
    )


def stockyard() -> Story:
    """Closed in 2022, carried in."""
    return _carried_in(
        Sheet("qh2021a-5"),
        "园区堆场扬尘污染",
        "园区2处煤堆场未封闭，大风天气扬尘严重。",
        due="2022-05",
        due_words="2022年5月底前",
        closed="2022-06-17",
        at="2023-01-04T09:40",
    )


def _carried_in(sheet: Sheet, title: str, problem: str, *, due: str, due_words: str, closed: str, at: str) -> Story:
    task = sheet.task(title, problem, kind="deadline", nature="works", owner="park", acceptor="countyeco", due=due, due_words=due_words)
    found = replace(task, status="closed", closed_at=closed, done_at=closed, carried_in=True)
    return sheet.story(found, (took("carry_in", at, "cityoffice-2"),), clerk="park-1", rulebook=COUNTY)


def sewers() -> Story:
    """Closed in 2024, watched for a year, confirmed in 2025."""
    sheet = _SEWERS
    task = sheet.task(
        "园区企业雨污混接",
        "园区11家企业雨水口有污水排出，雨污混接问题突出。",
        kind="deadline",
        nature="works",
        owner="park",
        acceptor="countyeco",
        due="2023-09",
        due_words="2023年9月底前",
        done_at="2023-08-24",
        heads=("park-head",),
        places=("park",),
    )
    plan = sheet.plan(
        "2023-02-08",
        (sheet.goal(1, "园区雨水口晴天无水排出。", no_target_reason="混接点逐点封堵，以逐点通水检查为准，没有连续监测的指标。"),),
        (
            sheet.measure(1, "封堵混接口28处。", "works", "park", "2023-06", quantity=quantity("混接口", 28, "处")),
            sheet.measure(2, "开展雨水口执法检查。", "enforcement", "park", "2023-09"),
        ),
    )
    said = sheet.statement(
        "completion",
        "park",
        "2023-12-04T10:00",
        (
            Said(None, "第8项任务完成情况如下。"),
            Said(1, "（一）封堵混接口28处，2023年8月24日全部完成。"),
            Said(2, "（二）开展雨水口执法检查5次，末次为2023年9月20日。"),
        ),
    )
    return sheet.story(
        task,
        (
            took("open_task", "2023-01-10T09:00", "cityoffice-2"),
            took("file_plan", "2023-02-09T10:00", "countyoffice-1"),
            took("approve_plan", "2023-02-16T15:00", "cityoffice-head"),
            took("start", "2023-02-20T09:00", "park-1"),
            took("apply", "2023-12-04T10:00", "park-head"),
            took("accept", "2023-12-14T16:00", "countyeco-1"),
            took("review", "2024-01-05T10:30", "cityoffice-1"),
            took("publish", "2024-01-08T08:50", "countyoffice-1", "青整办公示〔2024〕1号"),
            took("close", "2024-01-24T10:00", "cityoffice-2", "公示10个工作日期满，未收到异议，予以销号，观察12个月。"),
            took("confirm", "2025-02-12T15:00", "cityoffice-head", "观察满12个月，两次回头看雨水口晴天均无水排出，确认。"),
        ),
        clerk="park-1",
        hands="park-head countyeco-1 countyoffice-2 cityoffice-2 countysupervision-1",
        plans=(plan,),
        statements=(said,),
        records=_rows(),
        watch_plans=(sheet.watch_plan(),),
        files=(sheet.scan("close", "2024-01-24T09:30"),),
    )


def _rows() -> tuple[Record, ...]:
    row = _SEWERS.row
    return (
        row("sealed", "work_log", "2023-08-24", 1, org="park", quantities=(quantity("混接口", 28, "处"),), text="逐处封堵并做通水检查。"),
        *_SEWERS.rows(
            "inspection",
            "enforcement",
            ("2023-03-22", "2023-05-10", "2023-06-28", "2023-08-16", "2023-09-20"),
            2,
            org="park",
            people="park-1",
            place="park",
            title="雨水口检查",
        ),
        _SEWERS.pledge("apply", "park", "park-head", "2023-12-04T09:30"),
        _SEWERS.pledge("accept", "countyeco", "countyeco-1 countyeco-2", "2023-12-14T15:30"),
        row(
            "acceptance",
            "acceptance",
            "2023-12-14",
            at="2023-12-14T16:00",
            org="countyeco",
            people="countyeco-1 countyeco-2",
            place="park",
            start="2023-12-14T09:20",
            end="2023-12-14T11:30",
            track=(Fix(at="2023-12-14T09:30", lat=31.1503, lon=110.4101), Fix(at="2023-12-14T11:00", lat=31.1496, lon=110.4117)),
            method="site_and_paper",
            text="逐处查看封堵点，抽查9处通水，雨水口无水排出。",
            measured=(Measured(measure=_SEWERS.measure_id(1), name="混接口", value=28, unit="处"),),
            seconds=7800,
        ),
        row(
            "review",
            "review",
            "2024-01-05",
            at="2024-01-05T10:30",
            org="cityoffice",
            text="核对封堵清单和通水记录，抽看现场影像5处，一致。",
            seconds=2100,
        ),
        _SEWERS.secrecy_check("2024-01-08T08:20"),
        _SEWERS.pledge(
            "close",
            "cityoffice",
            "cityoffice-head",
            "2024-01-24T09:30",
            on_paper=True,
            recorded_by="cityoffice-2",
            files=(_SEWERS.id("file", "scan-close"),),
        ),
        *_SEWERS.rows(
            "look-back",
            "look_back",
            ("2024-06-19", "2024-12-11"),
            org="countysupervision",
            people="countysupervision-1",
            place="park",
            passed=True,
            text="不打招呼查看雨水口，晴天无水排出，与销号时一致。",
        ),
    )
