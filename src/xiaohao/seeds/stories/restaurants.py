"""文庙街餐饮油烟: sloppy rather than false. Applied for acceptance; the monthly training has gaps in the register, answered for and waiting to be decided on."""

from __future__ import annotations

from xiaohao.dossier.record import Record
from xiaohao.seeds.between import Reply
from xiaohao.seeds.sheet import Said, Sheet, quantity, took
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-8")
_INSPECTED = (
    "2025-03-12", "2025-04-16", "2025-05-14", "2025-06-11", "2025-07-16", "2025-08-13",
    "2025-09-17", "2025-10-22", "2025-11-19", "2025-12-17", "2026-01-21",
)  # fmt: skip
#: Every month, they say; three hot months and two busy ones are missing.
_TRAINED = ("2025-03-20", "2025-04-17", "2025-05-22", "2025-06-19", "2025-10-16", "2025-11-20", "2026-01-15")
_SPOT_CHECKED = ("2025-10-15", "2025-11-12", "2025-12-10", "2026-01-14", "2026-02-11")


def story() -> Story:
    sheet = _SHEET
    task = sheet.task(
        "文庙街餐饮油烟扰民",
        "文庙街餐饮集中区多家餐饮单位油烟直排，居民多次投诉未解决。",
        kind="deadline",
        nature="non_works",
        owner="urban",
        acceptor="countyeco",
        due="2026-03",
        due_words="2026年3月底前",
        done_at="2026-02-12",
        heads=("urban-head",),
        places=("restaurants",),
        causes=("新开店没有先装净化设施",),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "餐饮单位油烟净化设施装得上、用得好。", no_target_reason="点位分散、没有连续监测，以逐月抽查合格情况公开。"),),
        (
            sheet.measure(1, "餐饮单位安装油烟净化设施46台。", "works", "urban", "2025-09", quantity=quantity("油烟净化设施", 46, "台")),
            sheet.measure(2, "开展油烟执法检查。", "enforcement", "urban", "2026-02"),
            sheet.measure(3, "每月抽查净化设施清洗记录。", "other", "urban", "2026-02"),
            sheet.measure(4, "每月组织餐饮经营户培训。", "study", "urban", "2026-02"),
        ),
        PLAN,
    )
    said = sheet.statement(
        "completion",
        "urban",
        "2026-02-26T09:40",
        (
            Said(None, "第8项任务完成情况如下。"),
            Said(1, "（一）文庙街餐饮单位安装油烟净化设施46台，2025年9月19日装完。"),
            Said(2, "（二）开展油烟执法检查11次，末次为2026年1月21日。"),
            Said(3, "（三）2025年10月以来抽查清洗记录5次，未清洗的当场改正。"),
            Said(4, "（四）2025年3月以来每月组织餐饮经营户培训。"),
        ),
    )
    return sheet.story(
        task,
        (
            *begun(8, "urban-1"),
            took("apply", "2026-02-26T09:40", "urban-head"),
            took(
                "answer_finding",
                "2026-03-02T15:10",
                "urban-1",
                Reply(
                    "SESSION-GAP",
                    "2025年7月至9月高温、12月和2026年2月节前停办，没有登记停办。以登记的7次为准，今后停办也登记。",
                    tuple(sheet.row_id(f"training-{number}") for number in (4, 5)),
                ),
            ),
        ),
        clerk="urban-1",
        hands="urban-head",
        plans=(plan,),
        statements=(said,),
        records=_rows(),
    )


def _rows() -> tuple[Record, ...]:
    return (
        _SHEET.row(
            "contract", "contract", "2025-04-03", 1, org="urban", other_org="builder", amount=552000, title="油烟净化设施采购安装合同"
        ),
        _SHEET.row(
            "fitted",
            "work_log",
            "2025-09-19",
            1,
            org="builder",
            quantities=(quantity("油烟净化设施", 46, "台"),),
            text="逐店安装调试完成。",
        ),
        *_SHEET.rows("inspection", "enforcement", _INSPECTED, 2, org="urban", people="urban-1", place="restaurants", title="油烟执法检查"),
        *_SHEET.rows(
            "spot",
            "enforcement",
            _SPOT_CHECKED,
            3,
            org="urban",
            people="urban-1",
            place="restaurants",
            title="抽查清洗记录",
            entered_by="2026-02-25",
        ),
        *_SHEET.rows("training", "training", _TRAINED, 4, org="urban", people="urban-1", place="restaurants", title="餐饮经营户培训"),
        _SHEET.pledge("apply", "urban", "urban-head", "2026-02-26T09:10"),
    )
