"""建筑工地扬尘: an honest duty task without a figure (it says in public why), reviewed and waiting for its notice."""

from __future__ import annotations

from xiaohao.dossier.record import Dissent, Measured, Member, Opinion, Record
from xiaohao.seeds.between import Asking, Replying
from xiaohao.seeds.sheet import PLEDGED, Said, Sheet, quantity, took
from xiaohao.seeds.steps import Returning
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-10")
_INSPECTED = (
    "2025-02-19", "2025-03-19", "2025-04-16", "2025-05-21", "2025-06-18", "2025-07-16",
    "2025-08-20", "2025-09-17", "2025-10-15", "2025-11-19", "2025-12-17",
)  # fmt: skip


_GROUP = (
    Member(person="person-cityhousing-1", part="leader"),
    Member(person="person-cityhousing-2", part="member"),
    Member(person="person-expert-1", part="expert", declares="none"),
)
_ASKED = Asking("offline", _SHEET.measure_id(1), "后台里滨河工地的一套设备11月以来没有数据，是拆了还是断线？", "2026-01-09")
_ANSWERED = Replying("offline", "没有拆，供电线被挖断，还没有修。", (_SHEET.row_id("fitted"),))
_RETURNED = Returning(
    "24套设备中有一套断线两个月没有修复，第1项措施没有持续落实，退回补正。",
    (
        Opinion(
            measure=_SHEET.measure_id(1),
            verdict="not_done",
            reason="滨河工地的一套设备断线两个月，后台没有数据。",
            looked_at="在线后台、质询答复",
            todo="接回设备，附后台恢复数据的记录。",
        ),
    ),
    "2026-01-31",
)


def story() -> Story:
    sheet = _SHEET
    task = sheet.task(
        "建筑工地扬尘管控不到位",
        "县城在建工地围挡、冲洗、覆盖等措施落实不到位，督察期间抽查7个工地有5个裸土未覆盖。",
        kind="deadline",
        nature="non_works",
        owner="housing",
        acceptor="cityhousing",
        due="2026-03",
        due_words="2026年3月底前",
        done_at="2025-12-22",
        heads=("housing-head",),
        places=("county",),
        causes=("工地只在检查前覆盖",),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "在建工地扬尘措施落实到位。", no_target_reason="工地随建随撤，没有固定监测点，以逐月检查情况公开。"),),
        (
            sheet.measure(
                1, "在建工地安装扬尘在线监测设备24套。", "works", "housing", "2025-08", quantity=quantity("扬尘在线监测设备", 24, "套")
            ),
            sheet.measure(2, "每月开展工地扬尘执法检查。", "enforcement", "housing", "2025-12"),
            sheet.measure(3, "对施工单位开展培训。", "study", "housing", "2025-10"),
        ),
        PLAN,
    )
    said = sheet.statement(
        "completion",
        "housing",
        "2025-12-29T10:30",
        (
            Said(None, "第10项任务完成情况如下。"),
            Said(1, "（一）在建工地安装扬尘在线监测设备24套，2025年8月28日联网。"),
            Said(2, "（二）2025年2月以来每月开展工地扬尘执法检查，共检查11次。"),
            Said(3, "（三）对施工单位开展培训3次，末次为2025年10月23日。"),
        ),
    )
    again = sheet.statement(
        "completion",
        "housing",
        "2026-01-16T10:30",
        (
            Said(None, "第10项任务补正后完成情况如下。"),
            Said(1, "（一）在建工地安装扬尘在线监测设备24套，2025年8月28日联网；滨河工地断线的一套已于2026年1月13日接回。"),
            Said(2, "（二）2025年2月以来每月开展工地扬尘执法检查，共检查11次。"),
            Said(3, "（三）对施工单位开展培训3次，末次为2025年10月23日。"),
        ),
        key="again",
    )
    return sheet.story(
        task,
        (
            *begun(10, "housing-1"),
            took("apply", "2025-12-29T10:30", "housing-head", said),
            took("ask", "2026-01-05T10:20", "cityhousing-1", _ASKED),
            took("reply", "2026-01-07T15:10", "housing-1", _ANSWERED),
            took("return_to_work", "2026-01-09T16:00", "cityhousing-1", _RETURNED),
            took("apply", "2026-01-16T10:30", "housing-head", again),
            took("accept", "2026-01-22T16:00", "cityhousing-1"),
            took("review", "2026-02-27T15:20", "cityoffice-1"),
        ),
        clerk="housing-1",
        hands="housing-head cityhousing-1",
        plans=(plan,),
        statements=(said, again),
        records=_rows(),
    )


def _rows() -> tuple[Record, ...]:
    row = _SHEET.row
    return (
        row(
            "fitted",
            "work_log",
            "2025-08-28",
            1,
            org="housing",
            quantities=(quantity("扬尘在线监测设备", 24, "套"),),
            text="24套设备安装联网。",
        ),
        *_SHEET.rows(
            "inspection",
            "enforcement",
            _INSPECTED,
            2,
            org="housing",
            people="housing-1",
            place="county",
            title="工地扬尘检查",
            entered_by="2025-12-26",
        ),
        *_SHEET.rows(
            "training",
            "training",
            ("2025-03-27", "2025-07-10", "2025-10-23"),
            3,
            org="housing",
            people="housing-head housing-1",
            title="施工单位扬尘防治培训",
        ),
        _SHEET.pledge("apply", "housing", "housing-head", "2025-12-29T10:00"),
        row(
            "reconnected",
            "work_log",
            "2026-01-13",
            1,
            at="2026-01-13T17:20",
            org="housing",
            text="滨河工地断线的设备接回，后台有数据。",
        ),
        row(
            "pledge-again", "pledge", "2026-01-16", at="2026-01-16T10:00", stage="apply", org="housing", people="housing-head", text=PLEDGED
        ),
        _SHEET.pledge("accept", "cityhousing", "cityhousing-1 cityhousing-2", "2026-01-22T15:30"),
        row(
            "acceptance",
            "acceptance",
            "2026-01-22",
            at="2026-01-22T16:00",
            org="cityhousing",
            people="cityhousing-1 cityhousing-2 expert-1",
            place="county",
            group=_GROUP,
            dissents=(Dissent(person="person-expert-1", text="设备装在围挡内侧，背风处读数偏低，建议移到门口；不影响通过，但应写明。"),),
            start="2026-01-22T09:00",
            end="2026-01-22T12:20",
            method="site_and_paper",
            text="随机到6个在建工地，裸土全部覆盖，设备在线；查阅11次检查记录，问题均有复查。",
            measured=(Measured(measure=_SHEET.measure_id(1), name="扬尘在线监测设备", value=24, unit="套"),),
            seconds=12000,
        ),
        row(
            "review",
            "review",
            "2026-02-27",
            at="2026-02-27T15:20",
            org="cityoffice",
            text="核对设备联网清单、逐次检查和培训签到，抽查2个工地在线画面，与申报一致。",
            seconds=2880,
        ),
    )
