"""The fictional twin: the notice that ships with the program and is step one of the tour."""

from __future__ import annotations

import json
from importlib.resources import files

from xiaohao.documents.notice import read_notice
from xiaohao.dossier.bundle import read_bundle
from xiaohao.dossier.codec import dossier_to_json
from xiaohao.kernel.when import When
from xiaohao.kernel.workdays import official_calendar

AT = "2026-03-03T09:00:00+08:00"
TEXT = files("xiaohao.documents").joinpath("samples/qinghe-notice.txt").read_text("utf-8")
READING = read_notice(TEXT, "qinghe-notice.txt", at=AT)


def test_its_window_holds_the_five_working_days_it_prints():
    fields = READING.fields
    assert (fields.publicity_days_claimed, fields.working_days) == (5, True)
    assert official_calendar().count(When.parse(fields.publicity_start).first, When.parse(fields.publicity_end).first) == 5


def test_its_scalars_are_read():
    fields = READING.fields
    assert (fields.issuer, fields.level, fields.task_no, fields.issue_date) == ("青禾县经济开发区管委会", "县区", "5", "2026-02-25")
    assert (fields.contact_phone, fields.contact_address, fields.accepting_dept) == (
        "0970-6620318",
        "青禾县经济开发区禾丰路8号",
        "青禾县经济开发区管委会212室",
    )
    assert (fields.deadline, fields.deadline_text) == (None, "长期坚持")


def test_its_measures_claims_and_counts_are_read():
    assert (len(READING.fields.measures), len(READING.fields.completion_items)) == (4, 3)
    assert [
        (claim.kind, claim.value, claim.schedule) for claim in READING.claims if claim.value or claim.schedule or claim.kind == "interview"
    ] == [
        ("rhythm", None, "weekly:tue,fri"),
        ("meeting", 31, None),
        ("approval_meeting", 14, None),
        ("interview", None, None),
        ("closure", 9, None),
    ]


def test_its_fourth_measure_is_answered_by_half_a_sentence():
    completion = READING.dossier.last_statement("task-1", "completion")
    assert [completion.text[s.start : s.end] for s in completion.spans if s.measures == ("measure-4",)] == [
        "同时把督察整改纳入开发区年度考核。"
    ]


def test_one_body_sits_on_both_sides_and_city_bodies_own_their_shares():
    dossier = READING.dossier
    assert dossier.orgs[0].aliases == ("青禾县经济开发区管委会212室",)
    assert {dossier.task.owner, dossier.task.publisher, dossier.task.desk, dossier.task.acceptor} == {"org-1"}
    assert [dossier.org_name(m.owner) for m in dossier.measures_of("task-1") if m.owner] == [
        "市生态环境局",
        "市工业和信息化局",
        "市委督查室",
        "市政府督查室",
    ]


def test_its_case_file_is_a_whole_bundle():
    value = json.dumps(dossier_to_json(READING.dossier), ensure_ascii=False).encode()
    assert read_bundle(value)[1] == ()


def test_every_item_stands_in_the_text_where_it_says():
    fields = READING.fields
    assert [TEXT[i.start : i.end] for i in (*fields.goals, *fields.measures, *fields.completion_items)] == [
        i.text for i in (*fields.goals, *fields.measures, *fields.completion_items)
    ]
