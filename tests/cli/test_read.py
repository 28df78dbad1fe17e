"""`xiaohao read`: a plan or a ledger becomes a bundle that `xiaohao check` takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.ledger.sheets import county
from tests.documents.test_plan import PLAN
from xiaohao.cli.main import main


def test_a_plan_becomes_a_bundle_that_can_be_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, out = tmp_path / "方案.txt", tmp_path / "out"
    plan.write_text(PLAN, "utf-8")
    assert main(["read", str(plan), "--out", str(out), "--year", "2025"]) == 0
    assert capsys.readouterr().out.startswith("读出 3 项任务、3 条目标、6 条措施")
    assert main(["check", str(out)]) == 0
    assert "任务  3 项" in capsys.readouterr().out


def test_a_ledger_is_read_too_and_what_is_doubtful_is_named_by_its_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "台账.xlsx"
    sheet.write_bytes(county())
    assert main(["read", str(sheet), "--out", str(tmp_path / "out"), "--year", "2025"]) == 0
    assert "工作表“清单”单元格 G9：没有 13 月" in capsys.readouterr().out


def test_nothing_is_written_over_and_nothing_unreadable_is_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x", "utf-8")
    sheet = tmp_path / "坏.xlsx"
    sheet.write_bytes(b"PK\x03\x04x")
    assert main(["read", str(sheet), "--out", str(tmp_path / "full")]) == 2
    assert main(["read", str(sheet), "--out", str(tmp_path / "new")]) == 2
    assert main(["read", str(tmp_path / "nothing.xlsx"), "--out", str(tmp_path / "new")]) == 2
    assert not (tmp_path / "new").exists()
    assert "已损坏" in capsys.readouterr().err
