"""What a stranger sees in public entries alone: a clean log is silent, and each broken rule is told at its entry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.journal.story import (
    ACCEPTOR,
    CLOSED,
    CLOSER,
    ENTRIES,
    HEAD,
    NOTICE,
    OBJECTED,
    OPENED,
    ORIGIN,
    RECEIPT,
    REPORTER,
    SIGNER,
    STORY,
    TASK,
    UNIT,
    WINDOW,
    at,
    committed,
    note_of,
)
from xiaohao.journal.attested import attest
from xiaohao.journal.checkpoint import Checkpoint
from xiaohao.journal.entry import SELF_ACCEPTANCE, Entry, EntryType, ObjectionReceived, Outcome
from xiaohao.journal.entry_format import entry_bytes
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.monitor import Alarm, EntryMonitor, check_growth, check_seen, conflict_bundle, overdue, stale
from xiaohao.journal.policy import policy_of
from xiaohao.journal.proof import consistency_proof, hashes_of
from xiaohao.journal.replay import days_stood
from xiaohao.kernel.said import say
from xiaohao.kernel.workdays import WorkCalendar, official_calendar


def alarms(entries: Sequence[Entry], calendar: WorkCalendar | None = None) -> list[tuple[int | None, str]]:
    monitor = EntryMonitor(ORIGIN, calendar or official_calendar())
    return [(alarm.index, alarm.said.pattern) for n, entry in enumerate(entries) for alarm in monitor.take(n, entry_bytes(entry))]


def with_(index: int, **changed: object) -> list[Entry]:
    """The story with one entry changed."""
    return [*STORY[:index], replace(STORY[index], **changed), *STORY[index + 1 :]]  # type: ignore[arg-type]


def without(*indexes: int) -> list[Entry]:
    """The story without some entries of the task, its numbers closed up."""
    kept = [entry for n, entry in enumerate(STORY) if n not in indexes]
    numbered, seq = [], 0
    for n, entry in enumerate(kept):
        seq += entry.seq is not None
        numbered.append(replace(entry, id=f"e{n}", seq=seq if entry.seq is not None else None))
    return numbered


def test_the_story_breaks_no_rule() -> None:
    assert alarms(STORY) == []


def test_bytes_that_are_no_entry_are_one_alarm_and_the_rest_is_still_read() -> None:
    monitor = EntryMonitor(ORIGIN, official_calendar())
    assert monitor.take(0, ENTRIES[0]) == ()
    assert [alarm.index for alarm in monitor.take(1, b'{"v":1}')] == [1]
    assert monitor.take(2, ENTRIES[1]) == ()


def test_time_goes_back_by_two_seconds_at_most() -> None:
    before = STORY[1].at
    assert alarms(with_(2, at=before - timedelta(seconds=2))) == []
    assert alarms(with_(2, at=before - timedelta(seconds=3))) == [(2, "时间早于上一条记录")]


def test_an_id_is_used_once() -> None:
    assert alarms(with_(2, id="e1")) == [(2, "编号与前面的记录相同：{id}")]


def test_entry_0_and_no_other_is_the_inception_of_this_log() -> None:
    pattern = "日志的第 0 条应是开始记录，也只有它是"
    assert alarms(STORY[1:3])[0] == (0, pattern)
    assert alarms([STORY[0], replace(STORY[0], id="x")]) == [(1, pattern)]
    assert alarms(with_(0, origin="log.other.example")) == [(0, "开始记录写的是另一个日志：{origin}")]


def test_a_missing_entry_of_a_task_is_seen() -> None:
    assert alarms(with_(3, seq=4))[0] == (3, "任务 {task} 应是第 {wanted} 条，写的是第 {found} 条")


def test_a_state_that_does_not_follow_is_seen() -> None:
    assert alarms(with_(2, prev_state="approved")) == [(2, "任务 {task} 此前的状态与记录写的不一致")]
    assert alarms(with_(2, prev_state=None)) == [(2, "任务 {task} 改变状态而没有写此前的状态")]


def test_the_responsible_unit_does_not_accept_its_own_work_unless_the_rulebook_lets_it_and_it_says_so() -> None:
    own = replace(HEAD, unit=UNIT)
    assert alarms(with_(6, on_paper=own)) == [(6, "任务 {task} 的验收单位就是责任单位")]
    assert alarms(with_(6, on_paper=own, exceptions=(SELF_ACCEPTANCE,))) == []
    assert alarms(with_(6, on_paper=None, actor=replace(ACCEPTOR, unit=UNIT))) == [(6, "任务 {task} 的验收单位就是责任单位")]


def test_nobody_accepts_what_they_applied_for_not_even_for_another_unit() -> None:
    assert alarms(with_(6, on_paper=replace(HEAD, staff=REPORTER.staff))) == [(6, "任务 {task} 的验收人就是申请人")]


def test_closing_needs_a_notice() -> None:
    unpublished = [replace(entry, prev_state="accepted") if entry.state == "closed" else entry for entry in without(OPENED)]
    assert [said for _, said in alarms(unpublished)] == ["任务 {task} 没有公示就销号"]


def test_a_notice_that_was_withdrawn_does_not_count() -> None:
    withdrawn = replace(
        STORY[OPENED], id="w", step="withdraw_notice", prev_state="published", state="accepted", notice=None, pub=None, at=at(3, 3, 10)
    )
    closing = replace(STORY[CLOSED], prev_state="accepted", seq=9, id="c")
    assert [said for _, said in alarms([*STORY[:8], replace(withdrawn, seq=8), closing])] == ["任务 {task} 没有公示就销号"]


@pytest.mark.parametrize(
    ("closed_at", "wrong"),
    [
        (at(3, 10, 0), []),
        (at(3, 9, 23), ["公示到 {last} 为止，{closed} 就已销号", "公示应满 {days} 个工作日，实有 {stood} 个"]),
    ],
)
def test_closing_waits_for_the_day_after_the_last(closed_at: datetime, wrong: list[str]) -> None:
    entries = [*STORY[:CLOSED], replace(STORY[CLOSED], at=closed_at)]
    assert [said for _, said in alarms(entries)] == wrong


def test_a_window_of_too_few_working_days_is_seen_however_it_is_worded() -> None:
    # 29 September to 9 October 2024 was printed as ten working days and holds four (the holiday lies between).
    window = replace(WINDOW, first=date(2024, 9, 29), last=date(2024, 10, 9), days=10)
    assert days_stood(window, date(2024, 9, 29), date(2024, 10, 10), official_calendar()) == 4
    short = replace(WINDOW, last=date(2026, 3, 6))
    assert [said for _, said in alarms(with_(OPENED, notice=short))] == ["公示应满 {days} 个工作日，实有 {stood} 个"]
    plain = replace(WINDOW, days=8, counted="day")
    assert [said for _, said in alarms(with_(OPENED, notice=plain))] == ["公示应满 {days} 天，实有 {stood} 天"]
    assert alarms(with_(OPENED, notice=replace(plain, days=7))) == []


def test_a_notice_entered_after_its_first_day_counts_from_its_entry() -> None:
    assert [said for _, said in alarms(with_(OPENED, at=at(3, 4, 9)))] == [
        "公示写明 {first} 开始，{opened} 才入日志",
        "公示应满 {days} 个工作日，实有 {stood} 个",
    ]


def test_working_days_of_a_year_not_announced_are_not_guessed() -> None:
    assert alarms(STORY, WorkCalendar({})) == []


def test_closing_with_an_open_objection_is_seen() -> None:
    wrong = [(10, "任务 {task} 有 {count} 件异议没有结论就销号")]
    assert alarms(without(10)) == wrong
    assert alarms(with_(10, outcome=Outcome.ADMITTED)) == [(CLOSED, wrong[0][1])]


def test_an_objection_is_received_once_and_decided_after_it_was_received() -> None:
    again = replace(STORY[8], id="x", at=at(3, 4, 19))
    assert [said for _, said in alarms([*STORY[:9], again])] == ["同一异议写了两次：{digest}"]
    assert [said for _, said in alarms(with_(9, objection="0" * 64))] == ["答复的异议不在日志里：{digest}"]


def test_a_report_that_came_after_the_window_holds_nothing_up_and_may_be_decided() -> None:
    late = committed("report/1", b"after the window")
    reports = Entry(type=EntryType.ACT, id="r", at=STORY[8].at, actor=CLOSER, step="reports_received", commitments=(late,))
    undecided = [*STORY[:9], reports, *STORY[9 : CLOSED + 1]]
    assert alarms(undecided) == []
    answered = replace(STORY[10], id="a", objection=late.digest, seq=11, at=at(3, 10, 12))
    assert alarms([*undecided, answered]) == []


@pytest.mark.parametrize(
    ("gate", "entries"),
    [
        ("window_complete", [*STORY[:CLOSED], replace(STORY[CLOSED], at=at(3, 9, 23))]),
        ("no_open_objection", with_(10, outcome=Outcome.ADMITTED)),
        ("separate_hands", with_(6, on_paper=replace(HEAD, unit=UNIT))),
    ],
)
def test_what_a_level_above_waived_in_public_is_no_alarm(gate: str, entries: list[Entry]) -> None:
    assert alarms(entries)
    waived = replace(STORY[2], id="w", step="override", actor=CLOSER, prev_state=None, state=None, commitments=(), exceptions=(gate,))
    longer = [*entries[:2], waived, *(replace(e, seq=e.seq + 1) if e.seq else e for e in entries[2:])]
    numbered = [replace(entry, seq=2) if entry is waived else entry for entry in longer]
    assert [said for _, said in alarms([replace(e, at=entries[2].at) if e.id == "w" else e for e in numbered])] == []


def test_a_task_carried_in_is_not_judged_and_one_reopened_must_be_published_again() -> None:
    carried = [STORY[0], replace(STORY[1], step="carry_in", state="closed")]
    assert alarms(carried) == []
    reopened = replace(STORY[CLOSED], id="r", step="reopen", prev_state="closed", state="reopened", seq=11, at=at(4, 1, 9))
    again = replace(STORY[CLOSED], id="s", prev_state="reopened", seq=12, at=at(4, 2, 9))
    assert [said for _, said in alarms([*STORY[: CLOSED + 1], reopened, again])] == ["任务 {task} 没有公示就销号"]


def test_an_upheld_objection_may_reopen_the_task_in_the_same_entry() -> None:
    upheld = replace(STORY[10], outcome=Outcome.UPHELD, step="uphold_objection", prev_state="published", state="reopened")
    assert alarms([*STORY[:10], upheld]) == []


# receipts, growth, witnesses


def received_of(entries: Sequence[Entry]) -> dict[str, datetime]:
    monitor = EntryMonitor(ORIGIN, official_calendar())
    for n, entry in enumerate(entries):
        monitor.take(n, entry_bytes(entry))
    return monitor.received


def test_a_receipt_is_honoured_by_an_entry_in_time() -> None:
    assert overdue([RECEIPT], received_of(STORY), at(12, 1, 9)) == ()
    late = replace(RECEIPT, task="late", commitment=committed("report/1", b"after the window").digest)
    reports = replace(
        STORY[2], step="reports_received", commitments=(committed("report/1", b"after the window"),), prev_state=None, state=None
    )
    assert overdue([late], {late.commitment: RECEIPT.due_at}, at(12, 1, 9)) == ()
    assert list(received_of([STORY[0], STORY[1], reports])) == [late.commitment]


def test_a_receipt_without_its_entry_is_an_alarm_once_it_is_due() -> None:
    absent = received_of(STORY[:8])
    assert overdue([RECEIPT], absent, RECEIPT.due_at) == ()
    assert [alarm.said.pattern for alarm in overdue([RECEIPT], absent, RECEIPT.due_at + timedelta(seconds=1))] == [
        "回执 {receipt} 答应 {due} 前入日志，未见"
    ]
    assert len(overdue([RECEIPT], {OBJECTED: RECEIPT.due_at + timedelta(hours=1)}, at(12, 1, 9))) == 1


HASHES = hashes_of([leaf_hash(entry) for entry in ENTRIES])


def checkpoint(size: int) -> Checkpoint:
    return attest(note_of(size, None), policy_of([SIGNER.key])).checkpoint


def test_a_log_grows_and_stays_the_same_log() -> None:
    check_growth(checkpoint(5), checkpoint(12), consistency_proof(5, 12, HASHES))
    with pytest.raises(Invalid):
        check_growth(checkpoint(12), checkpoint(5), ())
    with pytest.raises(Invalid, match="不是同一个日志"):
        check_growth(replace(checkpoint(5), origin="log.other.example"), checkpoint(12), consistency_proof(5, 12, HASHES))


def test_an_entry_is_not_from_the_future_of_its_witness() -> None:
    check_seen(STORY[1], STORY[1].at - timedelta(minutes=5))
    with pytest.raises(Invalid):
        check_seen(STORY[1], STORY[1].at - timedelta(minutes=5, seconds=1))


def test_silence_of_more_than_a_day_is_an_alarm() -> None:
    assert stale(at(3, 3, 9), at(3, 4, 9)) == ()
    assert stale(at(3, 3, 9), at(3, 4, 10)) == (Alarm(say("检查点自 {since} 起没有更新", since=at(3, 3, 9))),)


def test_two_notes_that_contradict_each_other_go_into_one_file() -> None:
    ours, theirs = note_of(5, None), note_of(5, None, (b"another", *ENTRIES[1:]))
    bundle = json.loads(conflict_bundle(ours, theirs, say("日志有两个版本")))
    assert (bundle["format"], len(bundle["notes"]), bundle["said"]) == ("xiaohao/conflict/1", 2, "日志有两个版本")


def test_the_names_used_here_are_those_of_the_story() -> None:
    assert STORY[8].objections == (ObjectionReceived(TASK, OBJECTED),)
    assert (STORY[OPENED].pub, STORY[OPENED].type) == (NOTICE, EntryType.ACT)
