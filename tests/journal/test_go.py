"""Go's own library reads our journal: it accepts our checkpoints, proofs and tiles, and refuses them altered (tests/go/check_journal.go)."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.journal.story import CITY, CLOSED_PROOF, CLOSED_SEEN, ENTRIES, NEXT_SIGNER, OPENED_PROOF, PROVINCE, SIGNER, note_of
from xiaohao.journal.encoding import to_base64
from xiaohao.journal.hashing import leaf_hash
from xiaohao.journal.invalid import Invalid
from xiaohao.journal.proof import consistency_proof, hashes_of
from xiaohao.journal.tiles import Tile, grow
from xiaohao.journal.tlog_proof import proof_file, read_proof
from xiaohao.records.tiles import TileStore

pytestmark = pytest.mark.go

PROGRAM = Path(__file__).resolve().parents[1] / "go" / "check_journal.go"
#: Where Debian's golang-golang-x-mod-dev puts the library; no module is ever fetched.
LIBRARY = "/usr/share/gocode"
KEYS = [str(key) for key in (SIGNER.key, CITY.key, PROVINCE.key)]

Ask = Callable[[Sequence[dict[str, object]]], list[str]]


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Builds the Go program once and puts questions to it."""
    if not shutil.which("go") or not Path(LIBRARY, "src/golang.org/x/mod/sumdb/tlog").is_dir():
        absent = "Go and golang.org/x/mod are not installed (Debian: golang-go, golang-golang-x-mod-dev)"
        if os.environ.get("CI") == "true":
            pytest.fail(absent)
        pytest.skip(absent)
    program = tmp_path_factory.mktemp("go") / "check_journal"
    subprocess.run(
        ["go", "build", "-o", program, PROGRAM], check=True, env={**os.environ, "GO111MODULE": "off", "GOPATH": LIBRARY, "GOFLAGS": ""}
    )

    def put(questions: Sequence[dict[str, object]]) -> list[str]:
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        found = subprocess.run([program], input=lines, capture_output=True, text=True, check=True, timeout=120)
        return found.stdout.splitlines()

    return put


def accepted(answers: list[str]) -> list[bool]:
    return [answer == "ok" for answer in answers]


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def flips(content: bytes, step: int) -> list[bytes]:
    """Copies of `content` with one bit changed, at every `step`-th byte."""
    return [content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :] for at in range(0, len(content), step)]


def test_checkpoints_with_their_witnesses_are_accepted_and_altered_ones_refused(ask: Ask) -> None:
    note = note_of(12, CLOSED_SEEN)

    def question(content: bytes, keys: list[str]) -> dict[str, object]:
        return {"Kind": "checkpoint", "Note": text(content), "Vkeys": keys}

    assert accepted(ask([question(note, KEYS), question(note, KEYS[:1]), question(note_of(16, None), KEYS[:1])])) == [True] * 3
    altered = flips(note, 5)
    assert accepted(ask([question(one, KEYS) for one in altered])) == [False] * len(altered)
    assert accepted(ask([question(note, [str(NEXT_SIGNER.key)]), question(note_of(12, None), KEYS)])) == [False] * 2


def proof_question(proof: bytes, entry: bytes, keys: list[str] = KEYS) -> dict[str, object]:
    return {"Kind": "proof", "Proof": text(proof), "Entry": text(entry), "Vkeys": keys}


def test_proof_files_are_accepted_and_altered_ones_refused(ask: Ask) -> None:
    assert accepted(ask([proof_question(OPENED_PROOF, ENTRIES[7]), proof_question(CLOSED_PROOF, ENTRIES[11])])) == [True] * 2
    assert accepted(ask([proof_question(CLOSED_PROOF, ENTRIES[10]), proof_question(OPENED_PROOF, ENTRIES[7] + b" ")])) == [False] * 2
    # From the index line on; what stands in the extra line is vouched for by nobody.
    start = CLOSED_PROOF.index(b"index ")
    altered = [CLOSED_PROOF[:start] + one for one in flips(CLOSED_PROOF[start:], 3)]
    wrongly = [one for one, good in zip(altered, accepted(ask([proof_question(one, ENTRIES[11]) for one in altered])), strict=True) if good]
    # Go reads base64 leniently: the unused bits of a last letter may differ without changing a byte. Ours refuses the second spelling.
    for one in wrongly:
        with pytest.raises(Invalid, match="base64"):
            read_proof(one)
    assert len(wrongly) <= 1


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 255, 256, 257, 600])
def test_proofs_of_every_shape_of_tree_are_accepted(ask: Ask, size: int) -> None:
    entries = [b"entry %d" % n for n in range(size)]
    hashes = hashes_of([leaf_hash(entry) for entry in entries])
    note, key = note_of(size, None, entries), KEYS[:1]
    indexes = sorted({0, 1 % size, size // 2, size - 1})
    proofs = [proof_question(proof_file(n, entry=entries[n], note=note, hashes=hashes), entries[n], key) for n in indexes]
    assert accepted(ask(proofs)) == [True] * len(indexes)
    olds = sorted({1, size // 2 or 1, size - 1 or 1, size})
    questions = [consistency_question(entries, old, size) for old in olds]
    assert accepted(ask(questions)) == [True] * len(olds)


def consistency_question(
    entries: Sequence[bytes], old: int, new: int, path: Sequence[bytes] | None = None, old_note: bytes | None = None
) -> dict[str, object]:
    made = consistency_proof(old, new, hashes_of([leaf_hash(entry) for entry in entries])) if path is None else path
    return {
        "Kind": "consistency",
        "Old": text(old_note or note_of(old, None, entries)),
        "Note": text(note_of(new, None, entries)),
        "Path": [to_base64(part) for part in made],
        "Vkeys": KEYS[:1],
    }


def test_altered_consistency_proofs_and_rewritten_logs_are_refused(ask: Ask) -> None:
    path = consistency_proof(7, 16, hashes_of([leaf_hash(entry) for entry in ENTRIES]))
    rewritten = [*ENTRIES[:3], b"another", *ENTRIES[4:]]
    questions = [consistency_question(ENTRIES, 7, 16, [*path[:n], flips(path[n], 32)[0], *path[n + 1 :]]) for n in range(len(path))]
    questions += [consistency_question(ENTRIES, 7, 16, path[:-1]), consistency_question(ENTRIES, 7, 16, [*path, path[0]])]
    questions.append(consistency_question(rewritten, 7, 16, old_note=note_of(7, None, ENTRIES)))
    assert accepted(ask(questions)) == [False] * len(questions)


def test_a_journal_on_disk_is_accepted_and_with_any_file_altered_refused(ask: Ask, tmp_path: Path) -> None:
    entries = [*ENTRIES, *(b"entry %d" % n for n in range(600))]
    store = TileStore(tmp_path)
    for start, end in ((0, 16), (16, 300), (300, 616)):
        store.write(grow(start, entries[start - start % 256 : start], entries[start:end], store.read).files)
    store.publish(note_of(616, CLOSED_SEEN, entries))
    question: dict[str, object] = {"Kind": "journal", "Directory": str(tmp_path), "Vkeys": KEYS}
    assert ask([question]) == ["ok"]
    for tile in (Tile(-1, 0), Tile(-1, 2, 104), Tile(0, 1), Tile(0, 2, 104), Tile(1, 0, 2)):
        path = tmp_path / tile.path
        content = path.read_bytes()
        path.write_bytes(flips(content, len(content) - 1)[1])
        assert accepted(ask([question])) == [False], tile.path
        path.write_bytes(content)
    assert ask([question]) == ["ok"]


def test_the_program_answers_no_to_what_it_does_not_know(ask: Ask) -> None:
    assert accepted(ask([{"Kind": "other"}, {"Kind": "checkpoint", "Vkeys": ["x"]}])) == [False, False]
