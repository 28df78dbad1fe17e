"""青阜镇散乱污企业: a fake. Numbers without rows, refused; the rows then written in one day; heads who appear in the last days only; and one body
that does and accepts. The photograph of its cleared site is a part of one that another unit had filed for a canal.

Its rulebook lets a unit accept its own work; that is answered for and decided on when the plan is approved. The acceptance is refused all the same.
"""

from __future__ import annotations

from xiaohao.dossier.record import Record
from xiaohao.seeds.between import Reply, Ruling
from xiaohao.seeds.photos import photo, taken_over
from xiaohao.seeds.sheet import COUNTY, Said, Sheet, took
from xiaohao.seeds.stories import canal
from xiaohao.seeds.stories.beginnings import assigned
from xiaohao.seeds.story import Story

_SHEET = Sheet("qh2025a-6")
_MEETINGS = (
    "2025-04-09", "2025-05-14", "2025-06-11", "2025-07-09", "2025-08-13", "2025-09-10",
    "2025-10-15", "2025-11-12", "2025-12-10", "2026-01-14", "2026-02-04",
)  # fmt: skip
_INSPECTED = (
    "2025-04-16", "2025-05-20", "2025-06-17", "2025-07-15", "2025-08-19", "2025-09-04",
    "2025-10-21", "2025-11-18", "2025-12-16", "2026-01-15", "2026-01-29",
)  # fmt: skip
#: When the registers were filled up, the working day after the first application was refused.
_WRITTEN_UP = "2026-02-09T16:30"


def story() -> Story:
    sheet = _SHEET
    task = sheet.task(
        "青阜镇散乱污企业清理走过场",
        "青阜镇上报散乱污企业全部清理，督察抽查发现部分企业断电未拆设备、夜间恢复生产。",
        kind="deadline",
        nature="non_works",
        owner="town",
        acceptor="town",
        desk="countydesk",
        due="2026-03",
        due_words="2026年3月底前",
        done_at="2026-02-06",
        heads=("town-secretary", "town-head"),
        places=("town",),
        causes=("清理只断电不拆设备",),
    )
    plan = sheet.plan(
        "2025-03-07",
        (sheet.goal(1, "散乱污企业动态清零。", no_target_reason="企业时有时无，没有连续监测的指标，以逐户核查清单为准。"),),
        (
            sheet.measure(1, "党政主要负责同志亲自研究、亲自督办，剖析原因。", "other", "town", "2026-01"),
            sheet.measure(2, "开展散乱污企业执法检查，拆除设备。", "enforcement", "town", "2026-01"),
        ),
    )
    said = sheet.statement(
        "completion",
        "town",
        "2026-02-10T17:00",
        (
            Said(None, "第6项任务完成情况如下。"),
            Said(1, f"（一）2025年4月以来每月召开会议研究，共{len(_MEETINGS)}次，剖析原因，镇党政主要负责同志到现场督办1次。"),
            Said(2, f"（二）开展执法检查{len(_INSPECTED)}次，设备全部拆除，电力全部切断。"),
        ),
    )
    return sheet.story(
        task,
        (
            assigned(6),
            took("file_plan", "2025-03-10T11:00", "countyoffice-1"),
            took("approve_plan", "2025-03-14T10:00", "cityoffice-head", refused="findings_settled"),
            took(
                "answer_finding",
                "2025-03-17T09:30",
                "town-1",
                Reply("ROLE-SEP", "按县级规程由镇自行验收，公示时写明自行验收，销号前请市级抽查。"),
            ),
            took(
                "decide_finding",
                "2025-03-18T15:00",
                "cityoffice-1",
                Ruling("ROLE-SEP", "explained", "规程允许自行验收；公示须写明，销号前由市级到现场抽查。"),
            ),
            took("approve_plan", "2025-03-19T10:00", "cityoffice-head"),
            took("start", "2025-03-24T09:00", "town-1"),
            took("apply", "2026-02-06T17:30", "town-head", refused="claims_backed"),
            took("apply", "2026-02-10T17:00", "town-head"),
            took("accept", "2026-02-26T11:00", "town-1", refused="separate_hands findings_settled"),
            took(
                "answer_finding",
                "2026-02-27T10:00",
                "town-1",
                Reply("LEADER-ACT", "此前主要领导以电话调度为主，没有登记。"),
            ),
            took(
                "answer_finding",
                "2026-02-27T10:20",
                "town-1",
                Reply("PHOTO-DUP", "照片由各村上报，报上来时没有看出是别处的，正在找原图。"),
            ),
            took(
                "decide_finding",
                "2026-03-02T11:20",
                "cityoffice-1",
                Ruling("LEADER-ACT", "upheld", "措施要求亲自研究、亲自督办，整改期十个月只在申请前到过一次现场，电话调度不能代替。"),
            ),
        ),
        clerk="town-1",
        hands="town-head",
        rulebook=COUNTY,
        plans=(plan,),
        statements=(said,),
        records=_rows(),
        files=(
            sheet.file(
                "photo-after",
                f"photos/{sheet.no}-after.jpg",
                taken_over(photo(canal.AFTER), (150, 130, 810, 570), "2026-02-05  XQW-02"),
                "image/jpeg",
                "photo",
                "2026-02-05T16:40",
                phase="after",
                place="town",
                claimed_at="2026-02-05",
                caption="原塑料清洗点旁水沟，清理后",
            ),
        ),
    )


def _rows() -> tuple[Record, ...]:
    row, rows = _SHEET.row, _SHEET.rows
    checked = {"org": "town", "people": "town-1 town-2", "place": "town", "title": "散乱污企业检查"}
    met = {"org": "town", "people": "town-1 town-2", "title": "散乱污企业清理专题会"}
    return (
        *rows("inspection", "enforcement", _INSPECTED[-2:], 2, **checked),
        *(
            row(f"written-up-inspection-{n}", "enforcement", day, 2, at=_WRITTEN_UP, **checked)
            for n, day in enumerate(_INSPECTED[:-2], start=1)
        ),
        *(row(f"written-up-meeting-{n}", "meeting", day, 1, at=_WRITTEN_UP, **met) for n, day in enumerate(_MEETINGS, start=1)),
        row(
            "in-person",
            "personal_act",
            "2026-02-04",
            1,
            org="town",
            people="town-secretary town-head",
            place="town",
            text="到现场督办设备拆除。",
        ),
        _SHEET.pledge("apply", "town", "town-head", "2026-02-06T17:00"),
        _SHEET.pledge("accept", "town", "town-1 town-2", "2026-02-26T10:40"),
        row(
            "acceptance",
            "acceptance",
            "2026-02-26",
            at="2026-02-26T11:00",
            org="town",
            people="town-1 town-2",
            place="town",
            method="paper",
            text="查阅资料，已清理到位。",
            seconds=600,
        ),
    )
