"""SESSION-GAP: sessions that a rhythm promises and the register does not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.screening.samples import ANSWERS, ORGS, PATROL, PIPE, honest, record, said, skipped, statement, text
from tests.screening.trips import studied
from tests.screening.trips_paper import paper
from xiaohao.dossier.file import File
from xiaohao.dossier.plan import Measure
from xiaohao.kernel.workdays import official_calendar
from xiaohao.screening.rhythm import Schedule, expected_sessions

ID = "SESSION-GAP"


def test_missing_sessions_are_counted_by_the_calendar():
    (finding,) = said(studied(left_out=30), ID)
    assert finding.figures == {"expected": 75, "found": 45}
    assert finding.message.startswith("自报“每周一和周四组织干部职工学习”，2023-01-05 至 2023-10-12 应有 75 次，登记 45 次。")


def test_a_few_missing_are_within_reason():
    """A fifth of those until the works were done, here 66; the account was written later."""
    assert said(studied(left_out=22), ID) == []
    assert said(studied(left_out=23), ID) != []


def test_a_suspension_on_record_is_not_expected():
    case = studied(left_out=30)
    pause = record(
        "pause", "study", "2023-07-03", title="暂停集中学习", start="2023-07-01", end="2023-10-12", org="org-county", people=("person-4",)
    )
    assert said(honest(plan={"measures": case.plans[0].measures}, statements=case.statements, records=(*case.records, pause)), ID) == []


def test_rows_entered_on_one_day():
    (finding,) = said(studied(entered="2023-10-11T16:00:00+08:00"), ID)
    assert finding.figures["entered_same_day"] == 75
    assert "登记 75 次，其中 75 次于同一日录入。" in finding.message


def test_an_old_book_carried_in_with_its_papers_is_innocent():
    case = studied(entered="2023-10-11T16:00:00+08:00", files=("file-1",))
    paper = File(
        id="file-1",
        path="book.pdf",
        sha256="0" * 64,
        bytes=1,
        media="application/pdf",
        kind="scan",
        recorded_at="2023-10-11T16:00:00+08:00",
    )
    joined = tuple(
        org if org.id != "org-water" else type(org)(**{**_fields(org), "joined_at": "2023-10-09T09:00:00+08:00"}) for org in ORGS
    )
    innocent = honest(
        plan={"measures": case.plans[0].measures}, statements=case.statements, records=case.records, files=(paper,), orgs=joined
    )
    assert said(innocent, ID) == []


def _fields(org):
    return {name: getattr(org, name) for name in org.__dataclass_fields__}


def test_sessions_on_days_off():
    (finding,) = said(studied(on=(3, 6)), ID)
    assert finding.figures["on_days_off"] > 30
    assert "次在休息日" in finding.message


def test_minutes_alike():
    (finding,) = said(studied(text="学习习近平生态文明思想有关内容，联系实际交流。"), ID)
    assert finding.figures["alike"] == 75


def test_minutes_alike_but_for_a_word():
    case = studied(text="学习生态文明思想有关文件精神，与会人员交流发言，一致表示抓好贯彻落实。")
    swapped = tuple(replace(r, text=r.text.replace("有关", "相关")) if r.text and n % 2 else r for n, r in enumerate(case.records))
    (finding,) = said(replace(case, records=swapped), ID)
    assert finding.figures["alike"] == 75


def test_a_session_may_stand_in_the_other_register():
    case = studied()
    moved = tuple(replace(r, type="training", schedule="weekly:mon,thu") if r.type == "study" else r for r in case.records)
    assert said(replace(case, records=moved), ID) == []


def test_never_left_out_allows_less():
    case = studied(left_out=20)
    assert said(case, ID) == []
    firm = tuple(replace(s, text=s.text.replace("学习。", "学习，从未间断。")) for s in case.statements)
    assert any("从未间断" in s.text for s in firm)
    assert len(said(replace(case, statements=firm), ID)) == 1


def test_no_rhythm_claimed_nothing_said():
    assert said(honest(), ID) == []
    assert skipped(honest(), ID) == []


def claimed(words: str):
    study = Measure(id="measure-3", number=3, text="组织学习。", kind="study", owner="org-water")
    return {"plan": {"measures": (PIPE, PATROL, study)}, "statements": (statement((*ANSWERS, (words, ("measure-3",)))),)}


def test_a_text_has_no_register():
    (one,) = skipped(text(**claimed("（三）每周一组织学习。")), ID)
    assert one.reason == "文字材料没有学习和会议登记，“每周一组织学习”列为待核陈述"


def test_a_bundle_without_any_register_is_skipped():
    (one,) = skipped(honest(records=(), **claimed("（三）每周一组织学习。")), ID)
    assert one.reason == "案卷中没有学习和会议登记"


def test_no_session_on_record_is_a_gap():
    (finding,) = said(honest(**claimed("（三）2023年5月以来，每月组织学习1次。")), ID)
    assert finding.figures == {"expected": 4, "found": 0}


@pytest.mark.parametrize(
    ("schedule", "first", "last", "expected"),
    [
        ("weekly:mon,thu", date(2023, 1, 1), date(2023, 1, 31), 6),
        ("weekly:sat", date(2023, 4, 1), date(2023, 4, 30), 0),
        ("weekly:sun", date(2023, 4, 1), date(2023, 4, 30), 1),
        ("daily", date(2021, 1, 6), date(2021, 1, 12), 5),
        ("weekly", date(2023, 1, 1), date(2023, 12, 31), 52),
        ("monthly", date(2023, 1, 1), date(2023, 12, 31), 12),
        ("monthly:2", date(2023, 1, 1), date(2023, 12, 31), 24),
        ("quarterly", date(2023, 1, 1), date(2023, 12, 31), 4),
        ("yearly", date(2023, 1, 1), date(2023, 6, 30), 0),
    ],
)
def test_expected_sessions(schedule, first, last, expected):
    assert expected_sessions(Schedule.parse(schedule), first, last, official_calendar()) == expected


def test_an_unknown_rhythm_is_no_rhythm():
    assert Schedule.parse("sometimes") is None


ASKED = "各单位要建立周调度月通报制度，杜绝敷衍整改。"


@pytest.mark.parametrize("words", [f"（三）按照通知“{ASKED}”的要求学习。", f"（三）{ASKED}组织学习。", "（三）学习情况每月报送市整改办。"])
def test_what_a_superior_asked_for_and_what_is_only_reported_are_no_sessions(words):
    order = paper("order", "景政办发〔2023〕9号", "2023-02-01", kind="order", issuer="org-city", text=ASKED)
    assert said(honest(documents=(order,), **claimed(words)), ID) == []
