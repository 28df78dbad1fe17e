"""A journal made by real acts, carried away and checked by the verifier alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from tests.acts.walking import make_county, make_task
from tests.cases import COUNTY_ROUTE, DEFAULT_ROUTE
from tests.cast import JOINED_AT
from xiaohao.acts import parties
from xiaohao.acts.publishing import publish_journal
from xiaohao.cli.verify import main
from xiaohao.dossier.parties import Place
from xiaohao.kernel.when import parse_instant
from xiaohao.records import models
from xiaohao.records.committed import row_content
from xiaohao.records.export import export_journal
from xiaohao.records.fsck import faults
from xiaohao.records.models import Commitment
from xiaohao.records.proving import proof_of, row_proof_of
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


def test_one_row_of_a_batch_of_a_thousand_is_checked_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_county()
    parties.enter_places([Place(id=f"place-{n}", name=f"测点{n}", kind="point") for n in range(1000)], at=parse_instant(JOINED_AT))
    publish_journal()
    assert [fault for fault in faults() if fault.kind == "row"] == []

    kept = Commitment.objects.get(table="place", row="place-700")
    proof, row = tmp_path / "entry.tlog-proof", tmp_path / "row.txt"
    proof.write_bytes(proof_of(TileStore(settings.JOURNAL_HOME / "public"), kept.entry_id))
    row.write_bytes(row_proof_of(kept, row_content(models.Place.objects.get(pk="place-700"))))
    trust = ["--key", settings.JOURNAL_VKEY_FILE.read_text("utf-8").strip(), "--lang", "zh"]

    status = main([str(proof), "--row", str(row), *trust])
    assert (status, capsys.readouterr().out.splitlines()[-1]) == (0, "  这一行（place/701）在这条记录的批次里：第 701 行，共 1000 行")
    row.write_bytes(row.read_bytes().replace(b"index 700", b"index 701"))
    assert main([str(proof), "--row", str(row), *trust]) == 1
