"""Our own formats stay what they were, byte for byte."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from tests.journal import story
from tests.journal.golden import FOLDER, golden_files
from xiaohao.journal.attested import attest
from xiaohao.journal.canonical import LARGEST_NUMBER
from xiaohao.journal.entry import EntryType
from xiaohao.journal.entry_format import parse_entry
from xiaohao.journal.policy import parse_policy
from xiaohao.journal.receipt import open_receipt


@pytest.mark.parametrize("name", sorted(golden_files()))
def test_the_file_has_the_bytes_it_had(name: str) -> None:
    assert golden_files()[name] == (FOLDER / name).read_bytes()


def test_no_golden_file_is_left_over_and_every_type_of_entry_has_one() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(golden_files())
    assert {parse_entry(path.read_bytes()).type for path in FOLDER.glob("entry-*.json")} == set(EntryType)


def test_entries_are_read_from_their_files() -> None:
    assert [parse_entry(path.read_bytes()) for path in sorted(FOLDER.glob("entry-*.json"))] == list(story.STORY)


def test_entries_are_plain_sorted_json_that_any_library_reads() -> None:
    for path in FOLDER.glob("entry-*.json"):
        value = json.loads(path.read_bytes())
        assert json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() == path.read_bytes()
        assert value["v"] <= LARGEST_NUMBER


def test_the_commitment_can_be_recomputed_by_hand() -> None:
    given = json.loads((FOLDER / "commitment.json").read_text("utf-8"))
    text = b"xiaohao/c/1\n" + given["name"].encode() + b"\n" + bytes.fromhex(given["salt"]) + given["content"].encode()
    assert sha256(text).hexdigest() == given["commitment"]


def test_checkpoint_policy_and_receipt_belong_together() -> None:
    policy = parse_policy((FOLDER / "policy.txt").read_bytes())
    attested = attest((FOLDER / "checkpoint").read_bytes(), policy)
    assert (attested.checkpoint.size, attested.witnessed) == (len(story.STORY), True)
    assert open_receipt((FOLDER / "receipt.txt").read_bytes(), [known.key for known in policy.logs]) == story.RECEIPT
