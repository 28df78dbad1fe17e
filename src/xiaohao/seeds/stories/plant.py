"""园区污水处理厂: an honest works task, assessed by the province before its notice, closed and under watch; its readings have held ever since."""

from __future__ import annotations

from xiaohao.dossier.plan import Target
from xiaohao.dossier.record import Assessed, Measured, Record, Result
from xiaohao.seeds.moments import moment, months_from
from xiaohao.seeds.photos import Shot
from xiaohao.seeds.sheet import Said, Sheet, quantity, took
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-5")
_AMMONIA = Target(indicator="氨氮", place="place-plant", operator="<=", value=5, unit="mg/L", window="month", min_months=3)
#: Monthly means at the outfall from November 2024 to September 2025, mg/L; then, under watch, to February 2026.
_READINGS = (11.2, 10.8, 11.6, 10.1, 8.7, 7.4, 5.9, 4.6, 3.8, 3.3, 3.1)
_UNDER_WATCH = (3.0, 3.4, 3.7, 3.9, 3.6)
_BEFORE = Shot("plant", "before", moment("2024-11-25T09:30"), "1#", 31.1489, 110.4131, 265)
_AFTER = Shot("plant", "after", moment("2025-10-20T10:10"), "1#", 31.1489, 110.4131, 263)

#: What the province held of each item of the rulebook `region-assesses`, in the words of the item.
_ASSESSED = (
    ("整改目标达到并保持", "2025年7月至9月总排口氨氮月均值最高3.8毫克/升，低于5毫克/升，已满三个月。"),
    ("整改措施逐项落实", "曝气器、回流泵逐台清点，执法检查逐次对照登记，三项都已完成。"),
    ("验收和审核程序规范", "验收、审核由不同单位的人办理，验收意见逐项写明看过什么。"),
    ("周边群众认可", "走访下游住户6户、排水企业3家，均反映出水变清、没有异味。"),
    ("防止反弹的制度已建立", "园区已定期校准在线仪表，超负荷时限产的办法已印发，有专人负责。"),
)


def story() -> Story:
    sheet = _SHEET
    task = sheet.task(
        "园区污水处理厂出水氨氮超标",
        "青禾循环经济园区污水处理厂长期超负荷运行，总排口氨氮均值11.2毫克/升，超过排放标准1.2倍。",
        kind="deadline",
        nature="works",
        owner="park",
        acceptor="cityeco",
        assessor="provinceoffice",
        due="2025-06",
        due_words="2025年6月底前",
        done_at="2025-06-20",
        heads=("park-secretary", "park-head"),
        places=("plant",),
        causes=("生化段曝气能力不足",),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "总排口氨氮月均值不高于5毫克/升，保持三个月以上。", _AMMONIA),),
        (
            sheet.measure(1, "更换曝气器640套。", "works", "park", "2025-05", quantity=quantity("曝气器", 640, "套"), answers_cause=0),
            sheet.measure(2, "新增回流泵4台。", "works", "park", "2025-06", quantity=quantity("回流泵", 4, "台"), answers_cause=0),
            sheet.measure(3, "对园区排水企业开展执法检查。", "enforcement", "park", "2025-09"),
        ),
        PLAN,
    )
    said = sheet.statement(
        "completion",
        "park",
        "2025-10-10T10:00",
        (
            Said(None, "第5项任务完成情况如下。"),
            Said(1, "（一）更换曝气器648套，2025年5月21日完成调试。"),
            Said(2, "（二）新增回流泵4台，2025年6月20日投运。"),
            Said(3, "（三）开展排水企业执法检查6次，末次为2025年9月18日。"),
        ),
    )
    return sheet.story(
        task,
        (
            *begun(5, "park-1"),
            took("apply", "2025-10-10T10:00", "park-head"),
            took("accept", "2025-10-20T15:30", "cityeco-1"),
            took("review", "2025-10-24T10:40", "cityoffice-1"),
            took("assess", "2025-10-31T15:30", "provinceoffice-1"),
            took("publish", "2025-11-03T08:50", "countyoffice-1", "青整办公示〔2025〕8号"),
            took("close", "2025-11-18T10:00", "cityoffice-2", "公示10个工作日期满，未收到异议，予以销号，观察12个月。"),
        ),
        clerk="park-1",
        hands="park-head cityeco-1 countyoffice-2 cityoffice-2 countysupervision-1",
        rulebook="region-assesses",
        plans=(plan,),
        statements=(said,),
        records=_rows(),
        watch_plans=(sheet.watch_plan(),),
        files=(
            sheet.photo("before", _BEFORE, "2024-11-25T17:30", "plant", "总排口，出水浑浊有泡沫"),
            sheet.photo("after", _AFTER, "2025-10-20T14:30", "plant", "总排口，出水清澈"),
            sheet.scan("close", "2025-11-18T09:30"),
        ),
        monitoring=(
            sheet.series("outfall", _AMMONIA, "cityeco", months_from("2024-11", _READINGS), "2025-10-09T09:00"),
            sheet.series("outfall-after-closing", _AMMONIA, "cityeco", months_from("2025-10", _UNDER_WATCH), "2026-03-02T10:00"),
        ),
    )


def _rows() -> tuple[Record, ...]:
    row = _SHEET.row
    return (
        row("contract", "contract", "2025-02-24", 1, 2, org="park", other_org="builder", amount=3180000, title="曝气系统改造合同"),
        row(
            "aerators", "work_log", "2025-05-21", 1, org="builder", quantities=(quantity("曝气器", 648, "套"),), text="曝气器更换调试完成。"
        ),
        row("pumps", "work_log", "2025-06-20", 2, org="builder", quantities=(quantity("回流泵", 4, "台"),), text="回流泵投运。"),
        row("handover", "consent", "2025-06-20", 1, 2, org="park", stage="handover", title="曝气系统改造竣工验收"),
        *_SHEET.rows(
            "inspection",
            "enforcement",
            ("2025-02-27", "2025-04-10", "2025-05-29", "2025-06-26", "2025-08-14", "2025-09-18"),
            3,
            org="countyeco",
            people="countyeco-2 park-1",
            place="park",
            title="排水企业执法检查",
        ),
        _SHEET.pledge("apply", "park", "park-head", "2025-10-10T09:30"),
        row(
            "visit",
            "site_visit",
            "2025-10-20",
            at="2025-10-20T14:30",
            org="cityeco",
            people="cityeco-1 cityeco-2",
            place="plant",
            passed=True,
            files=(_SHEET.id("file", "photo-after"),),
            text="现场查看曝气器和回流泵运行，与申报一致。",
        ),
        _SHEET.pledge("accept", "cityeco", "cityeco-1 cityeco-2", "2025-10-20T15:00"),
        row(
            "acceptance",
            "acceptance",
            "2025-10-20",
            at="2025-10-20T15:30",
            org="cityeco",
            people="cityeco-1 cityeco-2",
            place="plant",
            start="2025-10-20T09:30",
            end="2025-10-20T12:10",
            method="site_and_paper",
            text="清点曝气器和回流泵，查看运行参数；核对2025年7月至9月总排口氨氮月均值，最高3.8毫克/升。",
            results=(Result(indicator="氨氮", value=3.1, unit="mg/L", place="place-plant", at="2025-09"),),
            measured=(
                Measured(measure=_SHEET.measure_id(1), name="曝气器", value=648, unit="套"),
                Measured(measure=_SHEET.measure_id(2), name="回流泵", value=4, unit="台"),
            ),
            seconds=9600,
        ),
        row(
            "review",
            "review",
            "2025-10-24",
            at="2025-10-24T10:40",
            org="cityoffice",
            text="核对设备清单、竣工资料和监测记录，随机调阅2个月原始数据，一致。",
            seconds=2700,
        ),
        row(
            "assessment",
            "closing_assessment",
            "2025-10-31",
            at="2025-10-31T15:30",
            org="provinceoffice",
            people="provinceoffice-1",
            method="site_and_paper",
            text="10月30日到总排口查看设备运行，走访厂区下游住户，逐项评估合格，抽中的登记与原件一致，同意进入公示。",
            assessed=tuple(Assessed(name=name, verdict="met", reason=reason) for name, reason in _ASSESSED),
        ),
        _SHEET.secrecy_check("2025-11-03T08:20"),
        _SHEET.pledge(
            "close",
            "cityoffice",
            "cityoffice-head",
            "2025-11-18T09:30",
            on_paper=True,
            recorded_by="cityoffice-2",
            files=(_SHEET.id("file", "scan-close"),),
        ),
        row(
            "look-back",
            "look_back",
            "2026-01-21",
            at="2026-01-22T10:00",
            org="countysupervision",
            people="countysupervision-1",
            place="plant",
            passed=True,
            text="不打招呼到总排口采样1次，设备运行正常，与销号时一致。",
        ),
    )
