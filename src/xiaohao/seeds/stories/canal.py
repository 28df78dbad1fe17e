"""东渠城区段: an honest works task whose window is over, but which cannot be closed: an objection of its last day waits for an answer due today."""

from __future__ import annotations

from xiaohao.dossier.plan import Target
from xiaohao.dossier.record import Measured, Record, Result
from xiaohao.seeds.between import Admission, Verdict, Voice
from xiaohao.seeds.moments import moment, months_from
from xiaohao.seeds.photos import Shot
from xiaohao.seeds.sheet import Said, Sheet, quantity, took
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-4")
_AMMONIA = Target(indicator="氨氮", place="place-canal-3", operator="<=", value=2, unit="mg/L", window="month", min_months=3)
#: Monthly means at point 3 from November 2024 on, mg/L.
_READINGS = (8.4, 8.1, 7.7, 7.9, 7.2, 6.6, 5.4, 4.1, 2.9, 1.86, 1.72, 1.58, 1.61)
_BEFORE = Shot("canal", "before", moment("2024-11-22T15:10"), "3#", 31.1881, 110.3960, 112)
#: Another task files a part of this picture as its own (town.py).
AFTER = Shot("canal", "after", moment("2025-12-18T10:50"), "3#", 31.1881, 110.3960, 110)


def story() -> Story:
    sheet = _SHEET
    task = sheet.task(
        "东渠城区段黑臭水体",
        "东渠城区段长期黑臭，沿渠12处混接口污水入渠，3号点氨氮均值8.4毫克/升，群众反映强烈。",
        kind="deadline",
        nature="works",
        owner="water",
        acceptor="cityeco",
        due="2026-03",
        due_words="2026年3月底前",
        done_at="2025-08-29",
        heads=("water-head",),
        places=("canal",),
        causes=("沿渠雨污混接", "渠底淤积多年未清"),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "3号点氨氮月均值不高于2毫克/升，保持三个月以上。", _AMMONIA),),
        (
            sheet.measure(1, "清淤2.1万立方米。", "works", "water", "2025-05", quantity=quantity("清淤", 21000, "m3"), answers_cause=1),
            sheet.measure(
                2, "改造混接口，新建截污管1.8公里。", "works", "water", "2025-08", quantity=quantity("截污管", 1.8, "km"), answers_cause=0
            ),
            sheet.measure(3, "修复生态护岸3600平方米。", "works", "water", "2025-08", quantity=quantity("生态护岸", 3600, "m2")),
        ),
        PLAN,
    )
    said = sheet.statement(
        "completion",
        "water",
        "2025-11-28T15:00",
        (
            Said(None, "第4项任务完成情况如下。"),
            Said(1, "（一）东渠城区段清淤2.14万立方米，2025年5月16日完成。"),
            Said(2, "（二）新建截污管1.83公里，沿渠混接口全部改造，2025年8月20日通水。"),
            Said(3, "（三）修复生态护岸3650平方米，2025年8月29日完工。"),
        ),
    )
    return sheet.story(
        task,
        (
            *begun(4, "water-1"),
            took("apply", "2025-11-28T15:00", "water-head"),
            took("accept", "2025-12-18T16:00", "cityeco-1"),
            took("review", "2026-01-15T15:30", "cityoffice-1"),
            took("publish", "2026-01-29T08:40", "countyoffice-1", "青整办公示〔2026〕1号"),
            took(
                "object",
                "2026-02-04T10:15",
                "citydesk-1",
                Voice("phone", "来电反映渠边护栏有一段松动，担心孩子落水。", "phone", (sheet.measure_id(3),), "0999-5550188"),
            ),
            took("admit", "2026-02-05T09:30", "citydesk-1", Admission("phone", True, "反映的护栏在整改范围内，予以受理。")),
            took(
                "answer_objection",
                "2026-02-10T16:20",
                "citydesk-1",
                Verdict(
                    "phone",
                    "反映渠边护栏有一段松动。",
                    "县水务局2月6日到现场，松动护栏1段已加固，市生态环境局2月9日复核。护栏不属于水质目标，不影响整改结论。",
                    upheld=False,
                ),
            ),
            took(
                "object",
                "2026-02-11T21:40",
                None,
                Voice(
                    "web", "整改以后下大雨那两天，3号点东边的管口还有黑水流进渠里，住在渠边的人都看见了。", "web", (sheet.measure_id(2),)
                ),
            ),
            took(
                "admit",
                "2026-02-13T11:00",
                "citydesk-1",
                Admission("web", True, "反映截污管口雨天溢流，与第2项措施有关，予以受理，请市生态环境局核查。"),
            ),
        ),
        clerk="water-1",
        hands="water-head cityeco-1 countyoffice-2",
        plans=(plan,),
        statements=(said,),
        records=_rows(),
        files=(
            sheet.photo("before", _BEFORE, "2024-11-22T17:30", "canal-3", "3号点向东，渠水发黑，排口有污水"),
            sheet.photo("after", AFTER, "2025-12-18T15:00", "canal-3", "3号点向东，渠水清澈，护岸已绿化"),
        ),
        monitoring=(sheet.series("point-3", _AMMONIA, "cityeco", months_from("2024-11", _READINGS), "2025-12-12T10:00"),),
    )


def _rows() -> tuple[Record, ...]:
    row = _SHEET.row
    return (
        row("contract", "contract", "2025-02-20", 1, 2, 3, org="water", other_org="builder", amount=9870000, title="东渠综合整治施工合同"),
        row(
            "dredged-4", "weighbridge", "2025-04-25", 1, org="builder", quantities=(quantity("淤泥", 12600, "m3"),), title="淤泥外运月汇总"
        ),
        row("dredged-5", "weighbridge", "2025-05-16", 1, org="builder", quantities=(quantity("淤泥", 8800, "m3"),), title="淤泥外运月汇总"),
        row("sewer", "work_log", "2025-08-20", 2, org="builder", quantities=(quantity("截污管", 1.83, "km"),), text="截污管通水。"),
        row("bank", "work_log", "2025-08-29", 3, org="builder", quantities=(quantity("生态护岸", 3650, "m2"),), text="护岸完工。"),
        row("handover", "consent", "2025-08-29", 1, 2, 3, org="water", stage="handover", title="东渠综合整治竣工验收"),
        _SHEET.pledge("apply", "water", "water-head", "2025-11-28T14:30"),
        row(
            "visit",
            "site_visit",
            "2025-12-18",
            at="2025-12-18T15:00",
            org="cityeco",
            people="cityeco-1 cityeco-2",
            place="canal",
            passed=True,
            files=(_SHEET.id("file", "photo-after"),),
            text="沿渠查看，抽查4处改造后的接口，未见污水入渠。",
        ),
        _SHEET.pledge("accept", "cityeco", "cityeco-1 cityeco-2", "2025-12-18T15:30"),
        row(
            "acceptance",
            "acceptance",
            "2025-12-18",
            at="2025-12-18T16:00",
            org="cityeco",
            people="cityeco-1 cityeco-2",
            place="canal",
            start="2025-12-18T09:40",
            end="2025-12-18T12:00",
            method="site_and_paper",
            text="沿渠步行查看全段，抽查4处接口，实测截污管和护岸；核对2025年9月至11月3号点氨氮月均值，最高1.72毫克/升。",
            results=(Result(indicator="氨氮", value=1.61, unit="mg/L", place="place-canal-3", at="2025-11"),),
            measured=(
                Measured(measure=_SHEET.measure_id(1), name="清淤", value=21400, unit="m3"),
                Measured(measure=_SHEET.measure_id(2), name="截污管", value=1.83, unit="km"),
                Measured(measure=_SHEET.measure_id(3), name="生态护岸", value=3650, unit="m2"),
            ),
            seconds=8100,
        ),
        row(
            "review",
            "review",
            "2026-01-15",
            at="2026-01-15T15:30",
            org="cityoffice",
            text="核对清淤外运、管线和护岸记录，调阅3号点监测原始记录，各项有据，目标达到。",
            seconds=3300,
        ),
        _SHEET.secrecy_check("2026-01-29T08:20"),
    )
