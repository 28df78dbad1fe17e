"""A file in pieces: taken up where the line broke, looked at as a whole, and refused with the same sentence as one sent at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.web.desk import office
from tests.web.desk.pages import send
from tests.web.desk.test_evidence import photo
from xiaohao.records import models

SignIn = Callable[[str], Client]
PAGE = "/desk/t/qh2025a-7/pieces/"
NAME = "ab" * 16


def piece(client: Client, content: bytes, offset: int, size: int, *, name: str = NAME, called: str = "a.jpg") -> Any:
    headers = {"X-Offset": str(offset), "X-Size": str(size), "X-Name": called}
    return client.post(PAGE + name, content, content_type="application/octet-stream", headers=headers)


def test_a_broken_line_is_taken_up_where_it_broke(as_: SignIn) -> None:
    office.works("start")
    client, whole = as_("housing-1"), photo()
    half = len(whole) // 2
    assert piece(client, whole[:half], 0, len(whole)).json() == {"received": half}
    assert client.get(PAGE + NAME).json() == {"received": half}
    again = piece(client, whole[:half], 0, len(whole))
    assert (again.status_code, again.json()) == (409, {"received": half})
    done = piece(client, whole[half:], half, len(whole)).json()
    assert done["received"] == len(whole)
    send(client, "/desk/t/qh2025a-7/evidence", held=done["held"], type="site_visit", title="查看")
    row = models.Record.objects.get(type="site_visit").thing()
    assert models.File.objects.get(pk=row.files[0]).bytes == len(whole)
    assert client.get(PAGE + NAME).json() == {"received": 0}


def test_several_files_in_pieces_come_with_one_form(as_: SignIn) -> None:
    office.works("start")
    client, tokens = as_("housing-1"), []
    for number, colour in enumerate(("red", "green", "blue")):
        whole = photo(colour)
        tokens.append(piece(client, whole, 0, len(whole), name=f"{number:032x}").json()["held"])
    send(client, "/desk/t/qh2025a-7/evidence", held=" ".join(tokens), type="site_visit", title="三张")
    assert len(models.Record.objects.get(type="site_visit").thing().files) == 3


def test_what_may_not_be_kept_is_refused_when_it_is_whole(as_: SignIn) -> None:
    office.works("start")
    client, bad = as_("housing-1"), b"<html><script>alert(1)</script></html>"
    answer = piece(client, bad, 0, len(bad), called="a.txt")
    assert answer.status_code == 422
    assert "网页代码" in answer.json()["error"]
    assert models.File.objects.count() == 0


def test_another_person_goes_on_with_nothing_of_mine(as_: SignIn) -> None:
    office.works("start")
    whole = photo()
    other = "cd" * 16
    piece(as_("housing-1"), whole[:50], 0, len(whole), name=other)
    assert as_("housing-head").get(PAGE + other).json() == {"received": 0}
    assert as_("park-1").get(PAGE + NAME).status_code == 404


def test_bad_names_offsets_and_sizes_are_refused(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    assert piece(client, b"x", 0, 1, name="..").status_code in (400, 404)
    assert piece(client, b"x", 0, 1, name="zz").status_code == 400
    assert client.post(PAGE + NAME, b"x", content_type="application/octet-stream").status_code == 400
    assert piece(client, b"x", 7, 9).status_code == 409


def test_the_form_without_a_script_takes_whole_files(as_: SignIn) -> None:
    office.works("start")
    page = as_("housing-1").get("/desk/t/qh2025a-7/evidence").content.decode()
    assert f'data-pieces="{PAGE}"' in page
    assert 'capture="environment"' in page


def test_a_stamped_scan_is_bound_to_its_document(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    typed = {"issuer": "org-housing", "kind": "order", "date": "2025-05-14"}
    send(client, "/desk/t/qh2025a-7/paper", title="关于排查的通知", number="青建发〔2025〕3号", **typed)
    paper = models.Document.objects.get(title="关于排查的通知")
    whole = photo()
    held = piece(client, whole, 0, len(whole)).json()["held"]
    send(client, "/desk/t/qh2025a-7/evidence", held=held, scan_of=paper.pk)
    scan = models.File.objects.get(kind="scan")
    assert json.loads(json.dumps(scan.more))["x-scan-of"] == paper.pk
    page = client.get("/desk/registers/numbers?year=2025")
    assert f"/desk/t/qh2025a-7/file/{scan.pk}" in page.content.decode()
