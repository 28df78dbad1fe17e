"""北山砂石料场: an honest works task whose notice is open on the first day of the demonstration, with five working days left."""

from __future__ import annotations

from xiaohao.dossier.plan import Target
from xiaohao.dossier.record import Measured, Record, Result
from xiaohao.seeds.moments import moment, months_from
from xiaohao.seeds.photos import Shot
from xiaohao.seeds.sheet import Said, Sheet, quantity, took
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-3")
_DUST = Target(indicator="PM10", place="place-quarry-2", operator="<=", value=0.15, unit="mg/m3", window="month", min_months=3)
#: Monthly means at the boundary from November 2024 on, mg/m³.
_READINGS = (0.24, 0.236, 0.228, 0.212, 0.221, 0.203, 0.188, 0.171, 0.162, 0.149, 0.131, 0.118, 0.112, 0.109)
_BEFORE = Shot("quarry", "before", moment("2024-11-21T10:05"), "2#", 31.2311, 110.3725, 48)
#: The road into the quarry is another task of the same site and shows the same picture (stamped.py).
AFTER = Shot("quarry", "after", moment("2026-01-16T14:20"), "2#", 31.2311, 110.3724, 51)


def story() -> Story:
    sheet = _SHEET
    task = sheet.task(
        "北山砂石料场边坡裸露",
        "北山砂石料场停采后，118亩边坡长期裸露，遇风扬尘、遇雨冲刷，影响坡下东坪、西坪两个村。",
        kind="deadline",
        nature="works",
        owner="land",
        acceptor="cityland",
        due="2026-03",
        due_words="2026年3月底前",
        done_at="2025-09-26",
        heads=("land-head",),
        places=("quarry",),
        causes=("停采后没有落实复垦责任",),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "料场边界PM10月均值不高于0.15毫克/立方米，保持三个月以上。", _DUST),),
        (
            sheet.measure(1, "削坡整形，清运废石3.2万立方米。", "works", "land", "2025-05", quantity=quantity("废石", 32000, "m3")),
            sheet.measure(2, "覆土栽植乔灌草118亩。", "works", "land", "2025-09", quantity=quantity("覆土栽植", 118, "亩")),
            sheet.measure(3, "修建挡墙和截水沟1420米。", "works", "land", "2025-09", quantity=quantity("挡墙和截水沟", 1420, "m")),
            sheet.measure(4, "每月监测料场边界扬尘并公开。", "monitoring", "land", "2025-12"),
        ),
        PLAN,
    )
    said = sheet.statement(
        "completion",
        "land",
        "2025-12-26T10:00",
        (
            Said(None, "第3项任务完成情况如下。"),
            Said(1, "（一）削坡整形已完成，清运废石3.26万立方米，2025年5月22日运完。"),
            Said(2, "（二）覆土栽植118.4亩，2025年9月12日栽完。"),
            Said(3, "（三）挡墙和截水沟建成1425米，2025年9月24日竣工。"),
            Said(4, "（四）2025年监测料场边界扬尘12次，逐月公开。"),
        ),
    )
    return sheet.story(
        task,
        (
            *begun(3, "land-1"),
            took("apply", "2025-12-26T10:00", "land-head"),
            took("accept", "2026-01-16T16:30", "cityland-1"),
            took("review", "2026-02-11T10:20", "cityoffice-1"),
            took("publish", "2026-02-25T08:40", "countyoffice-1", "青整办公示〔2026〕3号"),
        ),
        clerk="land-1",
        hands="land-head cityland-1 countyoffice-2",
        plans=(plan,),
        statements=(said,),
        records=_rows(),
        files=(
            sheet.photo("before", _BEFORE, "2024-11-21T17:40", "quarry-2", "2号点全景，边坡裸露"),
            sheet.photo("after", AFTER, "2026-01-16T15:40", "quarry-2", "2号点全景，三级平台已覆绿，坡脚挡墙和截水沟已建成"),
        ),
        monitoring=(sheet.series("boundary", _DUST, "countyeco", months_from("2024-11", _READINGS), "2026-01-12T11:00"),),
    )


def _rows() -> tuple[Record, ...]:
    row = _SHEET.row
    hauled = (("2025-03-31", 9800), ("2025-04-30", 11400), ("2025-05-22", 11400))
    return (
        row("contract", "contract", "2025-02-18", 1, 2, 3, org="land", other_org="planter", amount=4260000, title="边坡修复施工合同"),
        *(
            row(
                f"hauled-{day[5:7]}",
                "weighbridge",
                day,
                1,
                org="planter",
                quantities=(quantity("废石", volume, "m3"),),
                title="废石过磅月汇总",
            )
            for day, volume in hauled
        ),
        row(
            "planted",
            "work_log",
            "2025-09-12",
            2,
            org="planter",
            quantities=(quantity("覆土栽植", 118.4, "亩"),),
            text="三级平台覆土栽植完成。",
        ),
        row(
            "wall", "work_log", "2025-09-24", 3, org="planter", quantities=(quantity("挡墙和截水沟", 1425, "m"),), text="挡墙、截水沟竣工。"
        ),
        row("handover", "consent", "2025-09-26", 1, 2, 3, org="land", stage="handover", title="边坡修复工程竣工验收"),
        *_SHEET.rows(
            "dust",
            "sampling",
            tuple(f"2025-{month:02}-15" for month in range(1, 13)),
            4,
            org="countyeco",
            people="countyeco-2",
            place="quarry-2",
            entered_by="2025-12-25",
        ),
        _SHEET.pledge("apply", "land", "land-head", "2025-12-26T09:30"),
        row(
            "visit",
            "site_visit",
            "2026-01-16",
            at="2026-01-16T15:40",
            org="cityland",
            people="cityland-1 cityland-2",
            place="quarry",
            passed=True,
            files=(_SHEET.id("file", "photo-after"),),
            text="按抽定点位现场核查2号点，覆土栽植和挡墙与申报一致。",
        ),
        _SHEET.pledge("accept", "cityland", "cityland-1 cityland-2", "2026-01-16T16:10"),
        row(
            "acceptance",
            "acceptance",
            "2026-01-16",
            at="2026-01-16T16:30",
            org="cityland",
            people="cityland-1 cityland-2",
            place="quarry",
            start="2026-01-16T13:40",
            end="2026-01-16T16:00",
            method="site_and_paper",
            text="到料场三级平台逐级查看，实测栽植面积和挡墙长度，抽测12个样方，植被覆盖度67%；核对2025年10月至12月边界PM10月均值，最高0.118毫克/立方米。",
            results=(Result(indicator="PM10", value=0.109, unit="mg/m3", place="place-quarry-2", at="2025-12"),),
            measured=(
                Measured(measure=_SHEET.measure_id(1), name="废石", value=32600, unit="m3"),
                Measured(measure=_SHEET.measure_id(2), name="覆土栽植", value=118.4, unit="亩"),
                Measured(measure=_SHEET.measure_id(3), name="挡墙和截水沟", value=1425, unit="m"),
            ),
            seconds=8400,
        ),
        row(
            "review",
            "review",
            "2026-02-11",
            at="2026-02-11T10:20",
            org="cityoffice",
            text="逐条核对4项措施的过磅、竣工和监测记录，调阅验收原始数据，各项有据，目标达到。",
            seconds=3840,
        ),
        _SHEET.secrecy_check("2026-02-25T08:20"),
    )
