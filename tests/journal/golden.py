"""The golden files of our own formats. Make them anew with `.venv/bin/python -m tests.journal.golden`, and read the difference like code:
a changed byte here breaks every log that was written before."""

from __future__ import annotations

import json
from pathlib import Path

from tests.journal import story
from xiaohao.journal.batch import write_row_proof
from xiaohao.journal.receipt import COMMITTED_AS, sign_receipt
from xiaohao.journal.signer import private_key_text

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "journal"


def golden_files() -> dict[str, bytes]:
    """Name -> bytes of every golden file."""
    files = {
        f"entry-{index:02d}-{entry.type}.json": data for index, (entry, data) in enumerate(zip(story.STORY, story.ENTRIES, strict=True))
    }
    files["commitment.json"] = _lines(
        {"name": COMMITTED_AS, "salt": story.SALT.hex(), "content": story.OBJECTION.decode(), "commitment": story.OBJECTED}
    )
    files["batch.json"] = _lines(
        {"name": story.BATCH, "rows": [{"name": one.name, "h": one.digest} for one in story.BATCHED], "h": story.IN_ENTRY.digest}
    )
    files["row.txt"] = write_row_proof(story.ROW_PROOF)
    files["keys.json"] = _lines(
        {
            signer.name + ("" if signer is not story.NEXT_SIGNER else " (next)"): {
                "private": private_key_text(signer),
                "public": str(signer.key),
            }
            for signer in (story.SIGNER, story.NEXT_SIGNER, story.CITY, story.PROVINCE)
        }
    )
    files["receipt.txt"] = sign_receipt(story.RECEIPT, story.SIGNER)
    files["policy.txt"] = story.POLICY
    files["checkpoint"] = story.note_of(len(story.ENTRIES), story.LAST_SEEN)
    files["opened.tlog-proof"] = story.OPENED_PROOF
    files["closed.tlog-proof"] = story.CLOSED_PROOF
    return files


def _lines(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, content in golden_files().items():
        (FOLDER / name).write_bytes(content)
