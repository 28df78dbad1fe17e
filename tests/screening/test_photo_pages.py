"""The example on the page of a check that looks at photographs is what the check says of its sample, figures and all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.screening.trips_photo import PHOTO_TRIPS
from xiaohao.screening.report import report
from xiaohao.screening.run import screen

PAGES = Path(__file__).parents[2] / "docs/checks"


@pytest.mark.parametrize("check", sorted(PHOTO_TRIPS))
def test_the_example_on_the_page_comes_from_a_run(check: str) -> None:
    page = (PAGES / f"{check}.md").read_text("utf-8")
    said = next(one for one in report("sample", screen(PHOTO_TRIPS[check]()))["findings"] if one["check"] == check)
    message = re.search(r"^> (.+)$", page, re.MULTILINE)
    example = re.search(r"^```json\n(.+?)^```", page, re.MULTILINE | re.DOTALL)
    assert message
    assert example
    assert message[1] == said["message"]
    assert json.loads(example[1]) == {name: said[name] for name in ("where", "figures", "key")}
