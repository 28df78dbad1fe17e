"""Seven real notices with hand-made gold, and the notice this system was asked for. Real places are read here and named nowhere else."""

from __future__ import annotations

import json

import pytest

from tests.documents.scoring import matched
from tests.shared import SHARED, needs_shared
from xiaohao.documents.notice import read_notice
from xiaohao.documents.text import read_text

AT = "2026-03-03T09:00:00+08:00"
EXACT = (
    "deadline",
    "publicity_start",
    "publicity_end",
    "publicity_days_claimed",
    "working_days",
    "contact_phone",
    "contact_address",
    "accepting_dept",
    "responsible_units",
    "title",
)
#: The gold says more here than the text does, or says it in a unit that is not the text's.
BEYOND_THE_TEXT = {("047", "issue_date"), ("009", "responsible_units")}


def read(number: str):
    content = (SHARED / f"data/notices/{number}.txt").read_bytes()
    gold = json.loads((SHARED / f"data/notices/{number}.json").read_text("utf-8"))
    return read_notice(read_text(content, f"{number}.txt").text, f"{number}.txt", at=AT).fields, gold


NUMBERS = ["002", "009", "012", "019", "029", "034", "047"]


@needs_shared
@pytest.mark.parametrize("number", NUMBERS)
def test_dates_days_telephone_and_parties_are_as_in_the_gold(number):
    fields, gold = read(number)
    for name in (*EXACT, "issue_date"):
        if (number, name) in BEYOND_THE_TEXT:
            continue
        value = getattr(fields, name)
        assert (name, list(value) if isinstance(value, tuple) else value) == (name, gold["gold"][name])


@needs_shared
@pytest.mark.parametrize("number", NUMBERS)
def test_the_issuer_and_the_task_number_are_as_in_the_gold(number):
    fields, gold = read(number)
    assert fields.issuer == gold["gold"]["issuer"]
    assert fields.task_no == (gold["gold"]["task_no"] or "").removesuffix("号") or fields.task_no == gold["gold"]["task_no"]
    assert fields.level == gold["gold"]["level"]


@needs_shared
@pytest.mark.parametrize("number", [n for n in NUMBERS if n in {"002", "009", "012", "019"}])
def test_items_say_what_the_gold_says(number):
    fields, gold = read(number)
    for name in ("goals", "measures", "completion_items"):
        wanted = gold["gold"][name]
        texts = [item.text for item in getattr(fields, name)]
        assert (name, len(texts), matched(wanted, texts, 0.2)) == (name, len(wanted), len(wanted))


@needs_shared
@pytest.mark.parametrize("number", [n for n in NUMBERS if n in {"002", "009", "012", "019", "034"}])
def test_quantities_hold_every_one_of_the_gold(number):
    fields, gold = read(number)
    wanted = {(round(each["value"], 4), each["unit"].split("(")[0]) for each in gold["gold"]["quantities"]}
    wanted = {(10, "斤") if pair == (5, "千克") else pair for pair in wanted}  # units stay as written
    assert {(amount.value, amount.unit) for amount in fields.quantities} == wanted


@needs_shared
def test_a_body_printed_twice_is_counted_once():
    fields, _ = read("047")
    assert sum(amount.value for amount in fields.quantities if amount.unit == "件") == 17 + 4 + 3 + 2 + 2 + 2 + 1 + 1 + 1 + 1


@needs_shared
def test_an_ambiguous_date_is_not_guessed():
    fields, _ = read("034")
    assert (fields.issue_date, fields.deadline, fields.publicity_start) == (None, None, None)


def taiyangshan():
    text = (SHARED / "data/inputs/notice-taiyangshan-2021.txt").read_text("utf-8")
    return text, read_notice(text, "notice", at=AT)


@needs_shared
def test_the_notice_this_system_was_asked_for_is_read_whole():
    text, reading = taiyangshan()
    fields = reading.fields
    assert (fields.publicity_start, fields.publicity_end, fields.publicity_days_claimed, fields.working_days) == (
        "2021-01-06",
        "2021-01-12",
        5,
        True,
    )
    assert (fields.contact_phone, fields.contact_address, fields.issue_date, fields.task_no) == (
        "0953-5097025",
        "太乙街2号",
        "2021-01-06",
        "2",
    )
    assert fields.accepting_dept == "吴忠太阳山开发区管委会305室"
    assert (len(fields.measures), len(fields.completion_items)) == (4, 3)
    assert [(amount.value, amount.unit) for amount in fields.quantities] == [(23, "次"), (12, "次"), (6, "项")]
    assert all(text[item.start : item.end] == item.text for item in (*fields.measures, *fields.completion_items, *fields.goals))


@needs_shared
def test_its_claims_name_the_register_that_each_needs():
    _, reading = taiyangshan()
    wanted = {"meeting": 23, "approval_meeting": 12, "closure": 6, "interview": None, "rhythm": None}
    assert {claim.kind: claim.value for claim in reading.claims if claim.kind in wanted} == wanted
    assert [claim.schedule for claim in reading.claims if claim.kind == "rhythm"] == ["weekly:mon,thu"]
    assert {claim.since for claim in reading.claims if claim.kind in {"meeting", "approval_meeting", "rhythm"}} == {"2018"}


@needs_shared
def test_one_body_is_its_doer_publisher_and_desk_and_city_bodies_own_their_measures():
    _, reading = taiyangshan()
    dossier = reading.dossier
    task = dossier.task
    assert {task.owner, task.publisher, task.desk, task.acceptor} == {"org-1"}
    owners = {measure.id: dossier.org_name(measure.owner) for measure in dossier.measures_of("task-1") if measure.owner}
    assert owners == {"measure-2.2": "市生态环境局", "measure-2.3": "市委督查室", "measure-2.4": "市政府督查室"}


@needs_shared
def test_its_measure_four_is_answered_by_one_half_sentence():
    _, reading = taiyangshan()
    completion = reading.dossier.last_statement("task-1", "completion")
    answers = [completion.text[span.start : span.end] for span in completion.spans if "measure-4" in span.measures]
    assert len(answers) == 1
    assert answers[0].startswith("同时,严格落实")
