"""清沅河石桥断面: an honest works task, accepted on site and waiting for the city's review."""

from __future__ import annotations

from xiaohao.dossier.plan import Target
from xiaohao.dossier.record import Fix, Measured, Record, Result
from xiaohao.seeds.moments import months_from
from xiaohao.seeds.sheet import Said, Sheet, quantity, took
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-9")
_AMMONIA = Target(indicator="氨氮", place="place-point", operator="<=", value=1.5, unit="mg/L", window="month", min_months=3)
#: Monthly means at the section from November 2024 on, mg/L.
_READINGS = (3.9, 3.7, 3.8, 3.6, 3.4, 3.5, 3.1, 2.8, 2.6, 2.2, 1.9, 1.62, 1.12, 0.94, 0.97)


def story() -> Story:
    sheet = _SHEET
    task = sheet.task(
        "清沅河石桥断面氨氮超标",
        "青阜镇生活污水直排清沅河，石桥断面氨氮均值3.9毫克/升，超过地表水四类标准1.6倍。",
        kind="deadline",
        nature="works",
        owner="housing",
        acceptor="cityeco",
        due="2026-03",
        due_words="2026年3月底前",
        done_at="2025-10-30",
        heads=("housing-head",),
        places=("point",),
        causes=("镇区污水管网未覆盖老街片区", "排水户错接雨水管"),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "石桥断面氨氮月均值不高于1.5毫克/升，保持三个月以上。", _AMMONIA),),
        (
            sheet.measure(
                1, "建设青阜镇段截污干管2.4公里。", "works", "housing", "2025-10", quantity=quantity("截污干管", 2.4, "km"), answers_cause=0
            ),
            sheet.measure(2, "开展排水户错接排查执法。", "enforcement", "housing", "2025-12", answers_cause=1),
            sheet.measure(3, "主要负责同志亲自研究部署、亲自督办。", "other", "housing", "2025-12"),
        ),
        PLAN,
    )
    said = sheet.statement(
        "completion",
        "housing",
        "2026-02-06T14:40",
        (
            Said(None, "第9项任务完成情况如下。"),
            Said(1, "（一）建成青阜镇段截污干管2.4公里，2025年10月30日通过竣工验收。"),
            Said(2, "（二）开展排水执法检查4次，最近一次为2025年12月9日，错接的排水户全部改正。"),
            Said(3, "（三）主要负责同志召开会议研究3次，到现场督办2次。"),
        ),
    )
    return sheet.story(
        task,
        (
            *begun(9, "housing-1"),
            took("apply", "2026-02-06T14:40", "housing-head"),
            took("accept", "2026-02-26T16:00", "cityeco-1"),
        ),
        clerk="housing-1",
        hands="housing-head cityeco-1",
        plans=(plan,),
        statements=(said,),
        records=_rows(),
        monitoring=(sheet.series("bridge", _AMMONIA, "cityeco", months_from("2024-11", _READINGS), "2026-02-05T10:00"),),
    )


def _rows() -> tuple[Record, ...]:
    row = _SHEET.row
    return (
        row("contract", "contract", "2025-02-17", 1, org="housing", other_org="builder", amount=3680000, title="截污干管施工合同"),
        row(
            "sewer", "work_log", "2025-10-27", 1, org="builder", quantities=(quantity("截污干管", 2.4, "km"),), text="干管全线贯通、通水。"
        ),
        row("handover", "consent", "2025-10-30", 1, org="housing", stage="handover", title="截污干管竣工验收"),
        *_SHEET.rows(
            "inspection",
            "enforcement",
            ("2025-05-12", "2025-07-22", "2025-09-09", "2025-12-09"),
            2,
            org="housing",
            people="housing-1",
            place="town",
            title="排水户错接排查",
        ),
        *_SHEET.rows(
            "meeting",
            "meeting",
            ("2025-01-09", "2025-06-17", "2025-11-05"),
            3,
            org="housing",
            people="housing-head housing-1",
            title="石桥断面整改专题会",
        ),
        *_SHEET.rows(
            "in-person",
            "personal_act",
            ("2025-04-22", "2025-09-16"),
            3,
            org="housing",
            people="housing-head",
            place="point",
            text="到管网工地和石桥断面督办。",
        ),
        _SHEET.pledge("apply", "housing", "housing-head", "2026-02-06T14:10"),
        _SHEET.pledge("accept", "cityeco", "cityeco-1 cityeco-3", "2026-02-26T15:30"),
        row(
            "acceptance",
            "acceptance",
            "2026-02-26",
            at="2026-02-26T16:00",
            org="cityeco",
            people="cityeco-1 cityeco-3",
            place="point",
            start="2026-02-26T09:10",
            end="2026-02-26T11:40",
            method="site_and_paper",
            lat=31.2042,
            lon=110.3310,
            track=(Fix(at="2026-02-26T09:20", lat=31.2042, lon=110.3310), Fix(at="2026-02-26T10:35", lat=31.2101, lon=110.3355)),
            text="查看干管2处检查井并通水，核对2025年11月至2026年1月石桥断面氨氮月均值，最高1.12毫克/升。",
            results=(Result(indicator="氨氮", value=0.97, unit="mg/L", place="place-point", at="2026-01"),),
            measured=(Measured(measure=_SHEET.measure_id(1), name="截污干管", value=2.41, unit="km"),),
            seconds=9000,
        ),
    )
