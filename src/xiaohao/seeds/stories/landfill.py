"""城南填埋场渗滤液: published, objected to by letter, the objection upheld, the task returned. It has not been taken up again yet."""

from __future__ import annotations

from xiaohao.dossier.plan import Target
from xiaohao.dossier.record import Fix, Measured, Record, Result
from xiaohao.seeds.between import Admission, Verdict, Voice
from xiaohao.seeds.moments import months_from
from xiaohao.seeds.sheet import Said, Sheet, quantity, took
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-1")
_AMMONIA = Target(indicator="氨氮", place="place-landfill", operator="<=", value=25, unit="mg/L", window="month", min_months=3)
#: Monthly means of the treated leachate from November 2024 on, mg/L.
_READINGS = (96, 92, 88, 81, 70, 55, 41, 30, 22, 19, 18, 17, 18)


def story() -> Story:
    sheet = _SHEET
    task = sheet.task(
        "城南填埋场渗滤液收集处理不到位",
        "城南生活垃圾填埋场渗滤液收集不完全，处理后氨氮均值96毫克/升，雨季有溢流痕迹。",
        kind="deadline",
        nature="works",
        owner="urban",
        acceptor="cityeco",
        due="2025-09",
        due_words="2025年9月底前",
        done_at="2025-08-15",
        heads=("urban-head",),
        places=("landfill",),
        causes=("导排管堵塞", "处理站能力不足"),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "处理后渗滤液氨氮月均值不高于25毫克/升，保持三个月以上。", _AMMONIA),),
        (
            sheet.measure(1, "疏通改造导排管860米。", "works", "urban", "2025-05", quantity=quantity("导排管", 860, "m"), answers_cause=0),
            sheet.measure(
                2, "扩建渗滤液处理站，新增膜组件2套。", "works", "urban", "2025-08", quantity=quantity("膜组件", 2, "套"), answers_cause=1
            ),
        ),
        PLAN,
    )
    said = sheet.statement(
        "completion",
        "urban",
        "2025-12-04T10:20",
        (
            Said(None, "第1项任务完成情况如下。"),
            Said(1, "（一）疏通改造导排管870米，2025年5月27日完成。"),
            Said(2, "（二）新增膜组件2套，2025年8月15日投运。"),
        ),
    )
    return sheet.story(
        task,
        (
            *begun(1, "urban-1"),
            took("apply", "2025-12-04T10:20", "urban-head"),
            took("accept", "2025-12-19T15:30", "cityeco-1"),
            took("review", "2026-01-09T14:30", "cityoffice-1"),
            took("publish", "2026-01-19T08:50", "countyoffice-1", "青整办公示〔2026〕2号"),
            took(
                "object",
                "2026-01-28T09:20",
                "citydesk-1",
                Voice(
                    "letter",
                    "来信反映填埋场东侧坝脚在公示期间仍有黑水渗出，流向下面的水塘，附有照片3张。",
                    "letter",
                    (sheet.measure_id(1),),
                    "青禾县城南片区，回信寄原址",
                ),
            ),
            took(
                "admit",
                "2026-01-29T10:00",
                "citydesk-1",
                Admission("letter", True, "反映渗滤液渗漏，与第1项措施和整改目标有关，予以受理。"),
            ),
            took(
                "answer_objection",
                "2026-02-11T16:00",
                "citydesk-1",
                Verdict(
                    "letter",
                    "反映填埋场东侧坝脚仍有渗滤液渗出。",
                    "市生态环境局2月5日、2月9日两次到现场，东侧坝脚确有渗滤液渗出，导排管东段未疏通到位。异议成立，撤销公示结论，退回重新整改。",
                    upheld=True,
                ),
            ),
        ),
        clerk="urban-1",
        hands="urban-head cityeco-1 countyoffice-2",
        plans=(plan,),
        statements=(said,),
        records=_rows(),
        monitoring=(sheet.series("leachate", _AMMONIA, "urban", months_from("2024-11", _READINGS), "2025-12-03T10:00"),),
    )


def _rows() -> tuple[Record, ...]:
    row = _SHEET.row
    return (
        row("contract", "contract", "2025-02-26", 1, 2, org="urban", other_org="builder", amount=6240000, title="渗滤液整治施工合同"),
        row("drain", "work_log", "2025-05-27", 1, org="builder", quantities=(quantity("导排管", 870, "m"),), text="导排管疏通改造完成。"),
        row("membranes", "work_log", "2025-08-15", 2, org="builder", quantities=(quantity("膜组件", 2, "套"),), text="膜组件投运。"),
        _SHEET.pledge("apply", "urban", "urban-head", "2025-12-04T10:00"),
        _SHEET.pledge("accept", "cityeco", "cityeco-1 cityeco-3", "2025-12-19T15:00"),
        row(
            "acceptance",
            "acceptance",
            "2025-12-19",
            at="2025-12-19T15:30",
            org="cityeco",
            people="cityeco-1 cityeco-3",
            place="landfill",
            start="2025-12-19T09:30",
            end="2025-12-19T11:30",
            track=(Fix(at="2025-12-19T09:40", lat=31.1605, lon=110.3686), Fix(at="2025-12-19T11:10", lat=31.1598, lon=110.3679)),
            method="site_and_paper",
            text="查看处理站和导排管西段检查井，核对2025年9月至11月处理后氨氮月均值，最高18毫克/升。",
            results=(Result(indicator="氨氮", value=18, unit="mg/L", place="place-landfill", at="2025-11"),),
            measured=(
                Measured(measure=_SHEET.measure_id(1), name="导排管", value=870, unit="m"),
                Measured(measure=_SHEET.measure_id(2), name="膜组件", value=2, unit="套"),
            ),
            seconds=7200,
        ),
        row("review", "review", "2026-01-09", at="2026-01-09T14:30", org="cityoffice", text="核对施工和监测记录，各项有据。", seconds=1500),
        _SHEET.secrecy_check("2026-01-19T08:20"),
        row(
            "seep",
            "sampling",
            "2026-02-09",
            at="2026-02-12T15:00",
            org="cityeco",
            people="cityeco-3",
            place="landfill",
            title="东侧坝脚渗出水采样",
        ),
        row(
            "seep-report",
            "lab_report",
            "2026-02-12",
            at="2026-02-12T15:00",
            org="cityeco",
            other_org="lab",
            place="landfill",
            samples=(_SHEET.row_id("seep"),),
            received_at="2026-02-09",
            analysed_at="2026-02-10",
            reported_at="2026-02-12",
            results=(Result(indicator="化学需氧量", value=312, unit="mg/L", place="place-landfill", at="2026-02-09"),),
            title="东侧坝脚渗出水检测报告",
        ),
        row(
            "told",
            "media",
            "2026-02-12",
            at="2026-02-12T16:30",
            org="countyoffice",
            channels=("电视", "党报", "政府网站"),
            title="城南填埋场撤销公示、退回重新整改的情况公开",
        ),
        row(
            "hauled",
            "transfer",
            "2026-02-26",
            1,
            org="urban",
            to_place="place-plant",
            vehicle="东G·06132",
            slip="青城转0226-1",
            quantities=(quantity("渗滤液", 46, "m3"),),
            place="landfill",
            text="东侧坝脚渗出液抽吸，送园区污水处理厂处理。",
        ),
    )
