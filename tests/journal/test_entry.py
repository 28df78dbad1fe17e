"""Entries: one spelling for each, written and read strictly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.story import ENTRIES, OBJECTED, PHOTO, STORY, TASK, UNIT, WINDOW
from tests.journal.trees import flipped
from xiaohao.journal.canonical import Json, canonical, parse_canonical
from xiaohao.journal.entry import ActedBy, Commitment, Entry, EntryType, ObjectionReceived, Outcome
from xiaohao.journal.entry_format import LONGEST_ENTRY, SHAPES, entry_bytes, parse_entry
from xiaohao.journal.invalid import Invalid
from xiaohao.kernel.when import CST

WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20).filter(lambda text: text.strip() == text)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), WORDS),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(WORDS, inner)),
    max_leaves=20,
)


def nfc(value: Json) -> bool:
    try:
        canonical(value)
    except Invalid:
        return False
    return True


@given(VALUES.filter(nfc))
def test_canonical_bytes_read_back_as_the_value_and_only_so(value: Json) -> None:
    data = canonical(value)
    assert parse_canonical(data) == value == json.loads(data)
    for other in (b" " + data, data + b"\n", json.dumps(value, ensure_ascii=True, indent=1).encode()):
        if other != data:
            with pytest.raises(Invalid):
                parse_canonical(other)


def test_names_are_sorted_by_their_utf16_units_as_in_rfc_8785() -> None:
    # RFC 8785 section 3.2.3: the emoji (a surrogate pair) comes before the last plane's single unit.
    value: Json = {"\u20ac": 1, "\r".strip() + "1": 2, "\U0001f600": 3, "\ufb33": 4, "\u00f6": 5}
    assert list(json.loads(canonical({k: v for k, v in value.items() if k != "\ufb33"}))) == ["1", "\u00f6", "\u20ac", "\U0001f600"]
    assert list(json.loads(canonical({"\ue000": 1, "\U0001f600": 2}))) == ["\U0001f600", "\ue000"]


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":NaN}',
        b'{"a":null}',
        b'{"a":true}',
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":9007199254740992}',
        b'{"a":-0}',
        b'{"a":"\xef\xbb\xbf"}',
        b'\xef\xbb\xbf{"a":1}',
        '{"a":"e\u0301"}'.encode(),
        '{"a":"\u202e"}'.encode(),
        b'{"a":"\\n"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b"[" * 8000 + b"]" * 8000,
        b"1" * 5000,
        b"",
        b"{",
    ],
)
def test_any_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        parse_canonical(data)


def test_every_type_of_entry_reads_back_as_it_was_written() -> None:
    assert {entry.type for entry in STORY} == set(EntryType) == set(SHAPES)
    assert [parse_entry(data) for data in ENTRIES] == list(STORY)
    assert [entry_bytes(parse_entry(data)) for data in ENTRIES] == list(ENTRIES)


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(ENTRIES) - 1), st.data())
def test_a_changed_bit_is_refused_or_is_another_entry(index: int, data: st.DataObject) -> None:
    changed = data.draw(flipped(ENTRIES[index]))
    try:
        found = parse_entry(changed)
    except Invalid:
        return
    assert found != STORY[index]
    assert entry_bytes(found) == changed


ACTS = st.builds(
    Entry,
    type=st.just(EntryType.ACT),
    id=st.from_regex(r"\A[a-z0-9]{1,20}\Z"),
    at=st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants the bound without zone
    actor=st.builds(ActedBy, st.just("clerk"), st.just("s-1"), WORDS),
    step=st.just("report"),
    task=WORDS,
    unit=WORDS,
    seq=st.integers(1, 2**53 - 1),
)


@given(ACTS.filter(lambda entry: all(nfc(text) for text in (entry.task, entry.unit, entry.actor.unit))))
def test_any_act_reads_back_with_its_time_in_whole_seconds(entry: Entry) -> None:
    assert parse_entry(entry_bytes(entry)) == replace(entry, at=entry.at.astimezone(CST).replace(microsecond=0))


ACT = STORY[7]


@pytest.mark.parametrize(
    "entry",
    [
        replace(ACT, actor=None),
        replace(ACT, step=None),
        replace(ACT, step="Two words"),
        replace(ACT, task=None),
        replace(ACT, seq=None),
        replace(ACT, seq=0),
        replace(ACT, unit=""),
        replace(ACT, unit=" x"),
        replace(ACT, unit="x" * 201),
        replace(ACT, unit="e\u0301"),
        replace(ACT, unit="a\u200bb"),
        replace(ACT, state=None),
        replace(ACT, pub="ABC"),
        replace(ACT, unmet=("a",)),
        replace(ACT, id=""),
        replace(ACT, id="a b"),
        replace(ACT, exceptions=("a", "a")),
        replace(ACT, notice=replace(WINDOW, last=date(2026, 3, 2))),
        replace(ACT, notice=replace(WINDOW, days=0)),
        replace(ACT, notice=replace(WINDOW, counted="weeks")),
        replace(ACT, commitments=(PHOTO, Commitment("file/2", PHOTO.digest))),
        replace(ACT, commitments=(PHOTO, Commitment(PHOTO.name, OBJECTED))),
        replace(ACT, commitments=tuple(Commitment(f"file/{n}", f"{n:064x}") for n in range(90))),
        replace(ACT, task=None, unit=None, seq=None),
        replace(STORY[8], objections=()),
        replace(STORY[8], objections=(ObjectionReceived(TASK, OBJECTED), ObjectionReceived("other", OBJECTED))),
        replace(STORY[9], outcome=Outcome.ACCEPTED),
        replace(STORY[5], outcome=Outcome.UPHELD),
        replace(STORY[15], new_vkey="nonsense"),
    ],
)
def test_an_entry_that_breaks_the_format_is_not_written(entry: Entry) -> None:
    with pytest.raises(Invalid):
        entry_bytes(entry)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": "1"},
        {"t": "other"},
        {"t": ["act"]},
        {"more": 1},
        {"at": "2026-03-03T09:00:00Z"},
        {"at": "2026-02-30T09:00:00+08:00"},
        {"at": "2026-03-03T09:00:00.5+08:00"},
        {"at": "2026-03-03 09:00:00+08:00"},
        {"c": []},
        {"seq": "7"},
        {"task": 7},
        {"actor": "clerk"},
        {"actor": {"role": "clerk", "staff": "s", "unit": UNIT, "name": "张三"}},
        {"notice": {"no": "1"}},
    ],
)
def test_an_entry_of_another_form_is_not_read(change: dict[str, Json]) -> None:
    value = {**json.loads(ENTRIES[7]), **change}
    with pytest.raises(Invalid):
        parse_entry(canonical(value))


def test_an_entry_must_be_an_object() -> None:
    for data in (b"[]", b"1", b'"act"'):
        with pytest.raises(Invalid):
            parse_entry(data)


def test_an_entry_has_at_most_8_kilobytes() -> None:
    assert LONGEST_ENTRY == 8192
    with pytest.raises(Invalid, match="8192"):
        parse_entry(b" " * 8193)


def test_objections_are_written_in_an_order_that_tells_nothing_of_their_arrival() -> None:
    received = tuple(ObjectionReceived(TASK, f"{n:064x}") for n in (3, 1, 2))
    assert parse_entry(entry_bytes(replace(STORY[8], objections=received))).objections == tuple(
        sorted(received, key=lambda one: one.digest)
    )


def test_a_time_without_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="offset"):
        entry_bytes(replace(ACT, at=datetime(2026, 3, 3)))  # noqa: DTZ001 - the mistake
