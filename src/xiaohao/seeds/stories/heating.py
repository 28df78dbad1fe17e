"""集中供热替代: sloppy and overdue. It reports that it will be late, is asked why, and the answer is not accepted."""

from __future__ import annotations

from xiaohao.seeds.between import Reply, Ruling
from xiaohao.seeds.sheet import Said, Sheet, quantity, took
from xiaohao.seeds.stories.beginnings import PLAN, begun
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-11")


def story() -> Story:
    sheet = _SHEET
    row = sheet.row
    task = sheet.task(
        "园区集中供热替代进展缓慢",
        "青禾循环经济园区应于2024年实现集中供热，至督察时仍有燃煤小锅炉19台在用。",
        kind="deadline",
        nature="works",
        owner="industry",
        acceptor="cityeco",
        due="2025-12",
        due_words="2025年底前",
        heads=("industry-head",),
        places=("park",),
        causes=("热源点征地迟缓",),
    )
    plan = sheet.plan(
        "2024-12-18",
        (sheet.goal(1, "燃煤小锅炉全部拆除。", no_target_reason="以逐台拆除清单和现场核查为准。"),),
        (
            sheet.measure(
                1, "建成集中供热管道6.5公里。", "works", "industry", "2025-09", quantity=quantity("供热管道", 6.5, "km"), answers_cause=0
            ),
            sheet.measure(2, "拆除燃煤小锅炉19台。", "works", "industry", "2025-12", quantity=quantity("燃煤小锅炉", 19, "台")),
        ),
        PLAN,
    )
    late = sheet.statement(
        "progress",
        "industry",
        "2025-12-30T16:00",
        (Said(1, "（一）供热管道已铺设4.1公里。"), Said(2, "（二）燃煤小锅炉已拆除8台。")),
        "2025-12",
        expects_done="2026-06",
    )
    later = sheet.statement(
        "progress",
        "industry",
        "2026-02-27T10:30",
        (Said(1, "（一）供热管道已铺设4.9公里。"), Said(2, "（二）燃煤小锅炉已拆除11台。")),
        "2026-02",
        expects_done="2026-06",
    )
    return sheet.story(
        task,
        (
            *begun(11, "industry-1"),
            took("report", "2025-12-30T16:00", "industry-1", late),
            took(
                "answer_finding",
                "2026-01-08T10:00",
                "industry-1",
                Reply("STATUS-PLAN", "热源点征地比计划晚5个月，预计2026年6月完成，拟申请延期。"),
            ),
            took(
                "decide_finding",
                "2026-01-12T15:40",
                "cityoffice-1",
                Ruling("STATUS-PLAN", "upheld", "没有批准的调整方案，仍按2025年底的时限办理，列入督办。"),
            ),
            took("report", "2026-02-27T10:30", "industry-1", later),
        ),
        clerk="industry-1",
        hands="countysupervision-1",
        plans=(plan,),
        statements=(late, later),
        records=(
            row("contract", "contract", "2025-04-11", 1, org="industry", other_org="builder", amount=15300000, title="供热管道施工合同"),
            row(
                "pipes", "work_log", "2025-11-28", 1, org="builder", quantities=(quantity("供热管道", 4.1, "km"),), text="一标段管道铺设。"
            ),
            row(
                "boilers",
                "work_log",
                "2025-12-19",
                2,
                org="builder",
                quantities=(quantity("燃煤小锅炉", 8, "台"),),
                text="首批小锅炉拆除。",
            ),
            row(
                "urged",
                "order",
                "2026-01-15",
                at="2026-01-15T11:00",
                org="countysupervision",
                people="countysupervision-1",
                title="督办函：集中供热替代逾期",
                text="请于3月10日前报送逐月推进计划。",
            ),
            row(
                "payment",
                "invoice",
                "2025-11-28",
                1,
                org="industry",
                other_org="builder",
                amount=4590000,
                slip="发票0031872",
                title="供热管道工程进度款",
            ),
            row(
                "talk",
                "interview",
                "2026-01-14",
                at="2026-01-15T11:00",
                org="countysupervision",
                other_org="industry",
                people="countysupervision-1 industry-head",
                title="约谈集中供热替代逾期的牵头单位",
                text="说明逾期原因，明确热源点征地由局长逐周协调。",
            ),
            row(
                "blamed",
                "sanction",
                "2025-08-29",
                org="countysupervision",
                person="industry-1",
                sanction="education",
                title="批评教育：供热管道进度滞后未及时报告",
            ),
            row(
                "named",
                "personnel",
                "2025-09-08",
                org="industry",
                person="industry-1",
                change="transferred",
                post="集中供热替代专班联络员",
                title="明确专班联络员",
            ),
            row(
                "asked-again",
                "follow_up",
                "2026-02-27",
                at="2026-02-27T10:00",
                org="countysupervision",
                people="countysupervision-1",
                person="industry-1",
                of=sheet.row_id("blamed"),
                passed=True,
                text="满6个月回访：进度按月报送，工作正常。",
            ),
        ),
    )
