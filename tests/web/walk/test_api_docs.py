"""docs/api.md is done as it is written: its curl lines answer what stands behind them, its tables name every address, scope and problem."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.docs.tree import ROOT
from tests.web.walk import county
from xiaohao.web.api.permissions import API
from xiaohao.web.api.urls import urlpatterns

pytestmark = pytest.mark.django_db
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")


def examples() -> list[tuple[str, int]]:
    """Every curl line with the status that it promises."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)).replace("\\\n", " ")
    return [(line, int(status)) for line, status in re.findall(r"^(curl .*?)\s+# (\d{3})$", blocks, re.MULTILINE)]


@pytest.mark.usefixtures("addresses")
def test_every_example_answers_as_it_says() -> None:
    cache.clear()
    told = [(line, status, ran(line).status_code) for line, status in examples()]
    assert len(told) == PAGE.count("\ncurl ")
    assert [one for one in told if one[1] != one[2]] == []


def ran(line: str) -> Any:
    """What curl would do with the line, here: -X, -H, -d, -F and the address."""
    words = shlex.split(line.replace("$SITE", "").replace("Bearer $TOKEN", county.token("sibling")))[1:]
    method, headers, data, form, address = "GET", {}, "", {}, ""
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name.lower()] = value
        elif word == "-d":
            data = words.pop(0)
        elif word == "-F":
            name, _, value = words.pop(0).partition("=")
            form[name] = SimpleUploadedFile(value[1:], "会议记录".encode()) if value.startswith("@") else value
        else:
            address = word
    if form:
        return Client().post(address, form, headers=headers)
    return Client().generic(method, address, data, content_type=headers.pop("content-type", "application/json"), headers=headers)


def test_its_table_names_every_address_with_its_scope() -> None:
    table = PAGE.split("## Addresses")[1].split("## Tokens")[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    for pattern in urlpatterns:
        plain = re.sub(
            r"<\w+:(\w+)>", lambda found: {"index": "N", "call": "ID", "finding": "ID"}.get(found[1], "NO"), str(pattern.pattern)
        )
        row = next(line for line in rows if re.search(rf"[` ]{re.escape(plain)}`", line))
        (scope,) = {rule.scope for rule in API[str(pattern.name)].values()}
        assert re.findall(r"`([a-z:]+)` \|$", row) == ([str(scope)] if scope else []), plain


def test_its_table_names_every_problem() -> None:
    from xiaohao.web.problems import _TOLD

    rows = dict(re.findall(r"^\| (\d{3}) \| (.*?) \|", PAGE, re.MULTILINE))
    assert {int(status) for status in rows} == set(_TOLD) - {500}
    assert [kind for status, (kind, *_more) in _TOLD.items() if status != 500 and f"`{kind}`" not in rows[str(status)]] == []
