"""畜禽养殖粪污: a hollow application. Big words, numbers without rows, a study register written in one day; refused with every gate named."""

from __future__ import annotations

from datetime import date, timedelta

from xiaohao.dossier.record import Record
from xiaohao.seeds.sheet import Said, Sheet, took
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-7")
_FIRST, _LAST = date(2025, 1, 10), date(2026, 2, 20)
#: What every page of the study register says.
_MINUTES = "认真学习有关文件精神，进一步统一思想、提高认识，切实增强责任感和紧迫感。"


def story() -> Story:
    sheet = _SHEET
    task = sheet.task(
        "畜禽养殖粪污直排",
        "青禾县部分规模养殖场粪污处理设施不配套，粪污直排沟渠，督察期间抽查9家有6家未建设施。",
        kind="deadline",
        nature="non_works",
        owner="agri",
        acceptor="cityagri",
        desk="countydesk",
        due="2026-03",
        due_words="2026年3月底前",
        done_at="2026-02-25",
        heads=("agri-head",),
        places=("county",),
        causes=("养殖场备案时没有核实粪污设施",),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "规模养殖场粪污处理设施全部配套。", no_target_reason="以逐场验收清单为准，没有连续监测的指标。"),),
        (
            sheet.measure(1, "规模养殖场逐场建成粪污处理设施，逐场验收。", "other", "agri", "2025-12"),
            sheet.measure(2, "开展粪污直排执法检查，严格执法。", "enforcement", "agri", "2026-02"),
            sheet.measure(3, "每周五组织干部和养殖户学习。", "study", "agri", "2026-02"),
            sheet.measure(4, "主要负责同志亲自研究、亲自督办，剖析原因，完善措施。", "other", "agri", "2026-02"),
        ),
        PLAN,
    )
    said = sheet.statement(
        "completion",
        "agri",
        "2026-02-27T16:30",
        (
            Said(None, "我局高度重视，迅速行动，扎实推进，整改工作取得明显成效。"),
            Said(1, "（一）坚持问题导向，压实各方责任，养殖场粪污治理水平全面提升。"),
            Said(2, "（二）始终保持高压态势，先后开展执法检查30余次，发放宣传单2000份。"),
            Said(3, f"（三）2025年以来每周五组织学习，共学习{len(_fridays())}次，思想认识不断提高。"),
        ),
    )
    return sheet.story(
        task,
        (
            *begun(7, "agri-1"),
            took(
                "apply",
                "2026-02-27T16:30",
                "agri-1",
                refused="measures_answered claims_backed first_responsible_on_record application_pledged blocks_settled",
            ),
        ),
        clerk="agri-1",
        plans=(plan,),
        statements=(said,),
        records=_register(),
    )


def _fridays() -> tuple[date, ...]:
    """Every Friday, days off too: whoever fills a register in one go does not look at the calendar."""
    return tuple(_FIRST + timedelta(days=7 * week) for week in range((_LAST - _FIRST).days // 7 + 1))


def _register() -> tuple[Record, ...]:
    return tuple(
        _SHEET.row(
            f"study-{number:02}",
            "study",
            day.isoformat(),
            3,
            at="2026-02-26T16:00",
            org="agri",
            people="agri-1",
            title="周五学习",
            text=_MINUTES,
            schedule="weekly:fri",
        )
        for number, day in enumerate(_fridays(), start=1)
    )
