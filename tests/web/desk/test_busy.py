"""While somebody writes very much at once, others are told so and asked to come back; a fault is something else."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from tests.web.desk import office
from tests.web.desk.pages import words_in
from xiaohao.records import models

PAGE = "/desk/parcels"


def posted(monkeypatch: pytest.MonkeyPatch, error: Exception, **headers: str) -> object:
    def busy(**_given: object) -> None:
        raise error

    monkeypatch.setattr("xiaohao.web.desk.views.parcels.receive_parcel", busy)
    client = Client(raise_request_exception=False)
    client.force_login(models.Account.objects.get(username="county-clerk"))
    return client.post(PAGE, {"file": SimpleUploadedFile("a.zip", b"PK"), "key": office.key("a")}, headers=headers)


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("words", ["database is locked", "canceling statement due to lock timeout"])
def test_a_lock_that_was_not_had_in_time_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    answer = posted(monkeypatch, OperationalError(words))
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "60", "no-store")
    assert "正有人一次写入很多内容" in words_in(answer)
    assert posted(monkeypatch, OperationalError(words), accept="application/json").json()["status"] == 503


@pytest.mark.usefixtures("staff")
def test_any_other_fault_of_the_database_stays_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert posted(monkeypatch, OperationalError("disk I/O error")).status_code == 500
    assert posted(monkeypatch, ValueError("database is locked")).status_code == 500
