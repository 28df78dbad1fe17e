"""A journal made by real acts, carried away and checked by the verifier alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.acts.walking import make_task
from tests.cases import COUNTY_ROUTE, DEFAULT_ROUTE
from xiaohao.acts.publishing import publish_journal
from xiaohao.cli.verify import main
from xiaohao.records.export import export_journal
from xiaohao.records.proving import proof_of
from xiaohao.records.tiles import TileStore

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("route", [DEFAULT_ROUTE, COUNTY_ROUTE], ids=["default", "county"])
def test_an_honest_case_breaks_no_public_rule_and_its_closing_is_proved(
    route: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task = make_task("confirmed", route=route)
    publish_journal()
    tiles = TileStore(settings.JOURNAL_HOME / "public")
    trust = ["--key", settings.JOURNAL_VKEY_FILE.read_text("utf-8").strip(), "--lang", "zh"]

    entries = export_journal(tiles, tmp_path / "journal")
    status = main([str(tmp_path / "journal"), *trust])
    assert (status, capsys.readouterr().out.splitlines()[:2]) == (
        0,
        ["有效，但还没有见证", f"  {entries} 条记录全部重算，与每个文件、与根哈希一致"],
    )

    proofs = {}
    for step in ("publish", "close"):
        proofs[step] = tmp_path / f"{step}.tlog-proof"
        proofs[step].write_bytes(proof_of(tiles, task.entries.get(step=step).index))
    status = main([str(proofs["close"]), "--opened", str(proofs["publish"]), *trust])
    said = capsys.readouterr().out.splitlines()
    assert (status, said[0], said[-1][:6]) == (0, "有效，但还没有见证", "  公示满 ")
