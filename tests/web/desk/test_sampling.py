"""Claimed, found, sampled: the rows are fixed in the journal first, then the log draws, and anybody can repeat it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import send, words_in
from xiaohao.acts import worker
from xiaohao.cli.main import main
from xiaohao.evidence.sampling import drawn
from xiaohao.records import models
from xiaohao.records.fsck import faults

SignIn = Callable[[str], Client]
NO = "qh2025a-7"
PAGE = f"/desk/t/{NO}/sample"


def published() -> None:
    worker.tick(TODAY)


def draw(client: Client) -> Any:
    send(client, PAGE)
    published()
    return models.Drawing.objects.get()


def test_the_reviewer_sees_what_was_claimed_found_and_drawn(as_: SignIn) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    before = client.get(PAGE)
    assert all(not line.rows for line in before.context["lines"])
    row = draw(client)
    page = client.get(PAGE)
    lines = {line.key: line for line in page.context["lines"] if line.rows}
    assert lines
    assert set(lines) == set(row.population)
    root = page.context["draw"].root
    for key, line in lines.items():
        expected = drawn(row.population[key], root=root, claim=key)
        assert [one.link.href.rsplit("/", 1)[-1] for one in line.rows] == list(expected)
    assert [fault for fault in faults() if fault.kind == "row"] == []


def test_nothing_is_drawn_before_the_checkpoint_is_out(as_: SignIn) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    published()
    send(client, PAGE)
    page = client.get(PAGE)
    assert page.context["draw"] is None
    assert "等下一个检查点" in words_in(page)


def test_a_unit_draws_once_and_never_from_its_own_rows(as_: SignIn) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    form = {"key": "a" * 32}
    draw(client)
    again = client.post(PAGE, {"key": "b" * 32})
    assert "已经抽过样" in words_in(client.get(again["Location"]))
    assert as_("housing-1").post(PAGE, form).status_code in (302, 403)
    assert models.Drawing.objects.count() == 1


def test_a_row_added_later_is_not_in_the_draw(as_: SignIn) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    row = draw(client)
    before = row.population
    typed = {"type": "enforcement", "date": "2025-06-20", "title": "后来补的", "org": "org-cityeco", "measures": ["measure-7-2"]}
    send(as_("cityeco-1"), f"/desk/t/{NO}/register?type=enforcement", **typed)
    published()
    late = next(one.pk for one in models.Record.objects.filter(type="enforcement") if one.more.get("title") == "后来补的")
    row.refresh_from_db()
    assert row.population == before
    assert all(late not in line_row.link.href for line in client.get(PAGE).context["lines"] for line_row in line.rows)


def test_the_command_repeats_the_draw_and_notices_another(as_: SignIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office.works("accept")
    client = as_("cityoffice-1")
    row = draw(client)
    file = tmp_path / "sample.json"
    file.write_bytes(client.get(f"{PAGE}/{row.pk}.json").content)
    log = str(settings.JOURNAL_HOME / "public")
    assert main(["sample", str(file), "--log", log]) == 0
    told = json.loads(file.read_text("utf-8"))
    told["root"] = "00" * 32
    file.write_text(json.dumps(told), "utf-8")
    assert main(["sample", str(file), "--log", log]) == 1
    assert "不一致" in capsys.readouterr().out
    file.write_text("{}", "utf-8")
    assert main(["sample", str(file)]) == 2


def test_a_person_of_another_county_sees_no_sample(as_: SignIn) -> None:
    office.works("accept")
    assert as_("park-1").get(PAGE).status_code == 404
