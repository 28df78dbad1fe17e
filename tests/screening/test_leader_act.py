"""LEADER-ACT: who acted in person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.samples import honest, record, said, skipped, text
from tests.screening.trips import HEADS, IN_PERSON, PIPE, led
from xiaohao.dossier.record import Record

ID = "LEADER-ACT"
DEPUTY = ("person-6",)


def test_nobody_in_person():
    (finding,) = said(led(DEPUTY, DEPUTY), ID)
    assert finding.figures == {"acts": 2, "in_person": 0}
    assert finding.points_at == ("measure-2", "rec-meeting-0", "rec-meeting-1", "task-1")


def test_only_one_of_the_two_heads():
    (finding,) = said(led(("person-4",), DEPUTY), ID)
    assert finding.figures == {"acts": 2, "in_person": 1, "absent": ["person-5"]}


def test_two_heads_are_named_even_where_the_measure_says_only_heads():
    case = led(("person-4",), DEPUTY)
    plain = tuple(
        replace(p, measures=tuple(replace(m, text="主要负责同志亲自研究、亲自督办。") if m.id == "measure-2" else m for m in p.measures))
        for p in case.plans
    )
    (finding,) = said(replace(case, plans=plain), ID)
    assert finding.figures["absent"] == ["person-5"]


def test_only_in_the_last_days():
    (finding,) = said(led(HEADS, HEADS, days=("2023-10-09", "2023-10-11")), ID)
    assert finding.message == "第一责任人到场的 2 次都在申请前 14 天以内，此前未见。请补整改期间的登记或说明。"


def appointment(person: str, day: str, **more) -> Record:
    return record(f"post-{person}", "personnel", day, person=person, **more)


@pytest.mark.parametrize(
    "case",
    [
        led(HEADS, DEPUTY),
        led(DEPUTY, DEPUTY, more=(appointment("person-6", "2023-02-01", change="主持县政府工作"), appointment("person-5", "2023-09-20"), appointment("person-4", "2023-09-20"))),
        led(("person-4",), DEPUTY, more=(appointment("person-6", "2023-02-01", change="主持县委工作"),)),
        led(DEPUTY, DEPUTY, more=(appointment("person-5", "2023-09-20"), appointment("person-4", "2023-09-20"))),
        led(DEPUTY, DEPUTY, more=(*(appointment(head, "2021-01-01", post="主任", org=head) for head in HEADS), *(appointment("person-6", "2021-01-01", post="主任", org=head, text="代行职务", end="2099-01-01") for head in HEADS))),
        led(("person-4",), ("person-4",), more=(appointment("person-5", "2023-09-20"),)),
    ],
    ids=["both once", "a deputy acting", "a deputy for one head", "both posts newly filled", "a recorded deputy of both", "one post newly filled"],
)  # fmt: skip
def test_innocent_absences(case):
    assert said(case, ID) == []


def test_a_deputy_whose_days_are_over_does_not_stand_in():
    posts = [(head, {"post": "主任", "org": head}) for head in HEADS]
    over = {"text": "代行职务", "end": "2021-02-01"}
    more = (
        *(appointment(head, "2020-01-01", **post) for head, post in posts),
        *(appointment("person-6", "2021-01-01", **post, **over) for _, post in posts),
    )
    (finding,) = said(led(DEPUTY, DEPUTY, more=tuple(replace(one, id=f"{one.id}-{n}") for n, one in enumerate(more))), ID)
    assert finding.figures == {"acts": 2, "in_person": 0}


def test_a_measure_that_asks_no_personal_act_is_not_looked_at():
    case = led(DEPUTY, DEPUTY)
    plain = replace(IN_PERSON, text="加强排水管理。")
    case = replace(case, plans=(replace(case.plans[0], measures=(PIPE, plain)),))
    assert (said(case, ID), skipped(case, ID)) == ([], [])


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (replace(led(HEADS, HEADS), tasks=(replace(honest().tasks[0], first_responsible=()),)), "案卷没有登记第一责任人"),
        (replace(led(HEADS, HEADS), statements=()), "还没有完成情况，措施未报完成"),
        (led(), "案卷中没有会议、督办、现场或约谈登记"),
        (text(plan={"measures": (PIPE, IN_PERSON)}), "文字材料没有会议和督办登记，主要负责同志亲自研究、督办列为待核陈述"),
    ],
)
def test_what_cannot_be_seen_is_skipped(case, reason):
    assert said(case, ID) == []
    assert [one.reason for one in skipped(case, ID)] == [reason]
