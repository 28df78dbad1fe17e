"""The demonstration county as it stands on the morning of 3 March 2026."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from xiaohao.acts.clock import DEMO_BEGINS
from xiaohao.dossier.calendar import calendar_of
from xiaohao.dossier.codec import dossier_to_json
from xiaohao.kernel.roles import Role
from xiaohao.kernel.when import CST
from xiaohao.publicity.window import remaining_words, window_of
from xiaohao.records.fsck import faults
from xiaohao.records.models import Account, File, Finding, JournalEntry, Objection, Record, Refusal, Task
from xiaohao.records.to_dossier import dossier_of, ledger_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

STATES = {
    "qh2021a-3": ("closed", "园区危险废物暂存间不规范"),
    "qh2021a-5": ("closed", "园区堆场扬尘污染"),
    "qh2021a-8": ("confirmed", "园区企业雨污混接"),
    "qh2025a-1": ("reopened", "城南填埋场渗滤液收集处理不到位"),
    "qh2025a-2": ("in_progress", "整改销号流于形式"),
    "qh2025a-3": ("published", "北山砂石料场边坡裸露"),
    "qh2025a-4": ("published", "东渠城区段黑臭水体"),
    "qh2025a-5": ("closed", "园区污水处理厂出水氨氮超标"),
    "qh2025a-6": ("claimed_done", "青阜镇散乱污企业清理走过场"),
    "qh2025a-7": ("in_progress", "畜禽养殖粪污直排"),
    "qh2025a-8": ("claimed_done", "文庙街餐饮油烟扰民"),
    "qh2025a-9": ("accepted", "清沅河石桥断面氨氮超标"),
    "qh2025a-10": ("reviewed", "建筑工地扬尘管控不到位"),
    "qh2025a-11": ("in_progress", "园区集中供热替代进展缓慢"),
    "qh2025b-1": ("approved", "云泉水库水源地隔离防护不完善"),
    "qh2025b-2": ("planned", "灌区农药包装废弃物乱弃"),
    "qh2025b-3": ("", "部分企业危险废物台账缺项"),
    "qh2025b-4": ("reviewed", "沿街餐厨垃圾桶破损外溢"),
    "qh2025b-5": ("reviewed", "秸秆临时堆场没有遮盖"),
    "qh2025b-6": ("reviewed", "石桥断面上游水面漂浮物"),
    "qh2025b-7": ("reviewed", "园区东门雨水口堆放煤渣"),
    "qh2025b-8": ("reviewed", "夜市油烟净化器不通电"),
    "qh2025b-9": ("reviewed", "料场进场路扬尘"),
}

#: (task, check, severity, still standing, answered, decision), of the tasks that have any.
FINDINGS = {
    ("qh2025a-6", "LEADER-ACT", "warn", True, True, "upheld"),
    ("qh2025a-6", "NUM-CLAIM", "warn", False, False, None),
    ("qh2025a-6", "PHOTO-DUP", "warn", True, True, None),
    ("qh2025a-6", "ROLE-SEP", "block", True, True, "explained"),
    ("qh2025a-6", "SESSION-GAP", "warn", True, False, None),
    ("qh2025a-7", "COVER", "block", True, False, None),
    ("qh2025a-7", "COVER", "warn", True, False, None),
    ("qh2025a-7", "NUM-CLAIM", "warn", True, False, None),
    ("qh2025a-7", "SESSION-GAP", "warn", True, False, None),
    ("qh2025a-8", "SESSION-GAP", "warn", True, True, None),
    ("qh2025a-11", "STATUS-PLAN", "warn", True, True, "upheld"),
    ("qh2025b-9", "REVIEW-FORM", "warn", True, False, None),
}

REFUSALS = {
    ("qh2025b-9", "publish"): ["findings_settled"],
    ("qh2025a-6", "approve_plan"): ["findings_settled"],
    ("qh2025a-6", "apply"): ["claims_backed"],
    ("qh2025a-6", "accept"): ["separate_hands", "findings_settled"],
    ("qh2025a-7", "apply"): [
        "measures_answered",
        "claims_backed",
        "first_responsible_on_record",
        "application_pledged",
        "blocks_settled",
    ],
}

#: Provinces, and cities that anybody knows: whatever the county writes must name none of them.
REAL_PLACES = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
    "石家庄",
    "太原",
    "沈阳",
    "大连",
    "长春",
    "哈尔滨",
    "南京",
    "苏州",
    "无锡",
    "杭州",
    "宁波",
    "合肥",
    "福州",
    "厦门",
    "南昌",
    "济南",
    "青岛",
    "郑州",
    "武汉",
    "长沙",
    "广州",
    "深圳",
    "南宁",
    "海口",
    "成都",
    "贵阳",
    "昆明",
    "拉萨",
    "西安",
    "兰州",
    "西宁",
    "银川",
    "乌鲁木齐",
    "呼和浩特",
    "吴忠",
    "太阳山",
    "石嘴山",
    "固原",
    "中卫",
    "商洛",
    "景德镇",
    "景洪",
    "青州",
    "大理",
    "保定",
    "唐山",
    "洛阳",
    "徐州",
    "温州",
    "泉州",
    "烟台",
    "潍坊",
    "宜昌",
    "襄阳",
    "株洲",
    "岳阳",
    "东莞",
    "佛山",
    "桂林",
    "绵阳",
    "宜宾",
    "遵义",
    "曲靖",
    "宝鸡",
    "延安",
    "天水",
    "长江",
    "黄河",
    "淮河",
    "太湖",
    "沅江",
]


def test_every_state_of_the_procedure_can_be_seen() -> None:
    assert {task.address: (task.status, task.title) for task in Task.objects.all()} == STATES
    assert {status for status, _ in STATES.values()} == {
        "", "planned", "approved", "in_progress", "claimed_done", "accepted", "reviewed", "published", "closed", "confirmed", "reopened",
    }  # fmt: skip


def test_two_tasks_were_carried_in_as_found() -> None:
    assert [task.address for task in Task.objects.order_by("address") if task.more.get("carried_in")] == ["qh2021a-3", "qh2021a-5"]


def test_the_findings_are_those_that_the_stories_tell_of() -> None:
    found = {
        (f.task.address, f.check_id, f.severity, f.standing, f.answered_at is not None, f.more.get("decision"))
        for f in Finding.objects.all()
    }
    assert found == FINDINGS


def test_a_part_of_another_task_s_picture_is_found_and_the_one_picture_of_two_tasks_of_a_site_is_not() -> None:
    (found,) = Finding.objects.filter(check_id="PHOTO-DUP")
    assert {pointer["id"] for pointer in found.where} == {"file-qh2025a-6-photo-after", "file-qh2025a-4-photo-after"}
    (boxed,) = [pointer for pointer in found.where if pointer.get("box")]
    assert boxed["id"] == "file-qh2025a-4-photo-after"
    assert all(abs(a - b) <= 6 for a, b in zip(boxed["box"], (150, 130, 660, 440), strict=True))
    shared = File.objects.filter(pk__in=("file-qh2025a-3-photo-after", "file-qh2025b-9-photo-site"))
    assert len(shared) == 2
    assert len({file.sha256 for file in shared}) == 1


def test_each_refusal_names_its_gates() -> None:
    refused = {(r.task.address, r.step): list(dict.fromkeys(u["gate"] for u in r.unmet)) for r in Refusal.objects.all()}
    assert refused == REFUSALS


def test_one_notice_is_open_with_five_working_days_left() -> None:
    today = DEMO_BEGINS.astimezone(CST).date()
    case = dossier_of(Task.objects.get(address="qh2025a-3"), at=DEMO_BEGINS)
    window = window_of(case.records_of(case.task.id, "publicity")[0])
    assert window is not None
    assert (window.start.isoformat(), window.end.isoformat()) == ("2026-02-25", "2026-03-09")
    assert remaining_words(window, today, calendar_of(case)) == "还剩 5 个工作日"


def test_one_objection_waits_and_suspends_a_closing() -> None:
    stand = {(o.task.address, o.channel): (o.admissible, o.upheld, o.answered_at is not None) for o in Objection.objects.all()}
    assert stand == {
        ("qh2025a-1", "letter"): (True, True, True),
        ("qh2025a-4", "phone"): (True, False, True),
        ("qh2025a-4", "web"): (True, None, False),
    }
    assert not Objection.objects.filter(entry=None).exists()


def test_the_journal_never_goes_back_in_time_and_ends_before_the_demonstration_begins() -> None:
    times = list(JournalEntry.objects.order_by("index").values_list("at", flat=True))
    assert all(before <= after for before, after in pairwise(times))
    assert times[-1] < DEMO_BEGINS


def test_rows_are_entered_in_office_hours_of_working_days() -> None:
    from xiaohao.kernel.workdays import official_calendar

    local = [entry.at.astimezone(CST) for entry in JournalEntry.objects.exclude(type="objections")]
    assert [at for at in local if not official_calendar().is_workday(at.date()) or not 8 <= at.hour < 18] == []


def test_fsck_finds_nothing() -> None:
    assert [fault.message for fault in faults()] == []


def test_no_real_place_is_named() -> None:
    ledger = ledger_of(Task.objects.order_by("pk"), title="", at=DEMO_BEGINS)
    written = json.dumps(dossier_to_json(ledger), ensure_ascii=False) + "".join(o.text + o.answer for o in Objection.objects.all())
    assert [place for place in REAL_PLACES if place in written] == []


def test_nobody_is_accused() -> None:
    ledger = ledger_of(Task.objects.order_by("pk"), title="", at=DEMO_BEGINS)
    written = json.dumps(dossier_to_json(ledger), ensure_ascii=False) + "".join(f.message for f in Finding.objects.all())
    assert re.findall("造假|虚假|弄虚作假", written) == []


def test_every_role_has_a_seat_and_no_seat_has_a_password() -> None:
    accounts = list(Account.objects.all())
    assert {Role(role) for account in accounts for role in account.roles} == set(Role)
    assert [account.username for account in accounts if account.has_usable_password()] == []
    assert all(len(set(account.roles) & {"system_admin", "security_admin", "audit_admin"}) <= 1 for account in accounts)


def test_the_reviewer_who_passes_six_tasks_with_one_sentence_is_asked_once_and_the_careful_one_is_not() -> None:
    (asked,) = Finding.objects.filter(check_id="REVIEW-FORM")
    reviews = {pointer["id"] for pointer in asked.where}
    assert asked.must_answer_id == "org-cityoffice"
    assert reviews == set(Record.objects.filter(type="review", on_tasks__address__startswith="qh2025b").values_list("pk", flat=True))
    assert Record.objects.filter(type="review").exclude(pk__in=reviews).count() >= 6


def test_a_task_was_asked_about_returned_by_letter_and_accepted_with_an_experts_dissent() -> None:
    task = Task.objects.get(address="qh2025a-10")
    told = {row.type: row.thing() for row in task.records.filter(type__in=("question", "reply", "return", "acceptance"))}
    assert told["reply"].of == told["question"].id
    assert [(one.verdict, bool(one.todo)) for one in told["return"].opinions] == [("not_done", True)]
    assert [(member.part, member.declares) for member in told["acceptance"].group][-1] == ("expert", "none")
    assert [one.person for one in told["acceptance"].dissents] == ["person-expert-1"]
    assert len(told["acceptance"].opinions) == 3


def test_one_task_went_through_the_provinces_assessment_item_by_item_and_row_by_row() -> None:
    task = Task.objects.get(address="qh2025a-5")
    given = task.records.get(type="closing_assessment").thing()
    drawn = [one.row for one in given.assessed if one.row]
    assert (task.rulebook, task.assessor_id, given.org) == ("region-assesses", "org-provinceoffice", "org-provinceoffice")
    assert (len(given.assessed) - len(drawn), drawn) == (5, list(given.samples))
    assert len(drawn) >= 2
    steps = list(JournalEntry.objects.filter(task=task, step__in=("review", "draw_sample", "assess", "publish")).order_by("index"))
    assert [entry.step for entry in steps] == ["review", "draw_sample", "assess", "publish"]
