"""The city's own list of 2025: one task approved after its plan had been sent back once, one whose plan waits, one just assigned."""

from __future__ import annotations

from dataclasses import replace

from xiaohao.dossier.plan import Target
from xiaohao.seeds.sheet import Sheet, quantity, took
from xiaohao.seeds.story import Story


def reservoir() -> Story:
    """Approved, at the second try, and not yet begun."""
    sheet = Sheet("qh2025b-1")
    task = sheet.task(
        "云泉水库水源地隔离防护不完善",
        "云泉水库二级保护区沿岸2.6公里没有隔离防护，标志牌缺失，有人垂钓、放牧。",
        kind="deadline",
        nature="works",
        owner="water",
        acceptor="cityeco",
        due="2026-08",
        due_words="2026年8月底前",
        heads=("water-head",),
        places=("reservoir",),
        causes=("管护责任没有落到人",),
    )
    target = Target(indicator="高锰酸盐指数", place="place-reservoir", operator="<=", value=4, unit="mg/L", window="month", min_months=3)
    goal = sheet.goal(1, "水源地高锰酸盐指数月均值不高于4毫克/升，保持三个月以上。", target)
    drafted = replace(sheet.measure(1, "修建隔离防护设施，加强巡查。", "works", "water", "2026-07"), id=sheet.id("measure", "draft"))
    first = sheet.plan("2026-02-03", (replace(goal, id=sheet.id("goal", "draft")),), (drafted,))
    fence = sheet.measure(1, "修建隔离防护2.6公里。", "works", "water", "2026-07", quantity=quantity("隔离防护", 2.6, "km"), was=drafted.id)
    patrol = sheet.measure(2, "每周巡查水源地，劝离垂钓、放牧。", "enforcement", "water", "2026-08", answers_cause=0)
    second = sheet.plan("2026-02-24", (replace(goal, was=sheet.id("goal", "draft")),), (fence, patrol), version=2)
    return sheet.story(
        task,
        (
            took("open_task", "2025-12-01T09:10", "cityoffice-2"),
            took("file_plan", "2026-02-04T10:00", "countyoffice-1", first),
            took("return_plan", "2026-02-09T15:00", "cityoffice-head", "隔离防护没有写长度，巡查没有写频次，请补齐后重报。"),
            took("file_plan", "2026-02-24T16:00", "countyoffice-1", second),
            took("approve_plan", "2026-02-27T10:10", "cityoffice-head"),
        ),
        clerk="water-1",
        plans=(first, second),
    )


def packaging() -> Story:
    """Planned; the plan waits for the city."""
    sheet = Sheet("qh2025b-2")
    task = sheet.task(
        "灌区农药包装废弃物乱弃",
        "清沅河灌区田头沟渠农药包装废弃物随意丢弃，回收点形同虚设。",
        kind="long_term",
        nature="non_works",
        owner="agri",
        acceptor="cityagri",
        desk="countydesk",
        due="2026-10",
        due_words="2026年10月底前，长期坚持",
        heads=("agri-head",),
        places=("county",),
        causes=("回收没有补贴",),
    )
    plan = sheet.plan(
        "2026-02-25",
        (sheet.goal(1, "灌区农药包装废弃物应收尽收。", no_target_reason="没有连续监测的指标，以逐月回收台账公开。"),),
        (
            sheet.measure(1, "设置回收点36个。", "works", "agri", "2026-06", quantity=quantity("回收点", 36, "个")),
            sheet.measure(2, "每月清理田头沟渠。", "other", "agri", "2026-10", answers_cause=0),
        ),
    )
    return sheet.story(
        task,
        (took("open_task", "2025-12-01T09:20", "cityoffice-2"), took("file_plan", "2026-02-26T15:30", "countyoffice-1")),
        clerk="agri-1",
        plans=(plan,),
    )


def hazardous_waste() -> Story:
    """Assigned last week; nobody has planned anything yet."""
    sheet = Sheet("qh2025b-3")
    task = sheet.task(
        "部分企业危险废物台账缺项",
        "青禾循环经济园区外5家企业危险废物台账缺项，去向无法核对。",
        kind="immediate",
        nature="non_works",
        owner="industry",
        acceptor="countyeco",
        due="2026-04",
        due_words="2026年4月底前",
        heads=("industry-head",),
        places=("county",),
    )
    return sheet.story(task, (took("open_task", "2026-02-27T09:30", "cityoffice-2"),), clerk="industry-1")
