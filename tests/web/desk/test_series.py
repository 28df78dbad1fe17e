"""A series goes on under its own id: later readings are joined, a changed one is refused with both values."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.desk import office
from tests.web.desk.conftest import TODAY
from tests.web.desk.pages import form_of, words_in
from xiaohao.records.fsck import faults
from xiaohao.records.models import File, Series, Task
from xiaohao.records.to_dossier import dossier_of

PAGE = "/desk/t/qh2025a-7/series"


def _send(client, csv):
    fields = form_of(client, PAGE, holding="onto")
    return client.post(PAGE, {**fields, "onto": "series-1", "csv": SimpleUploadedFile("new.csv", csv.encode(), "text/csv")})


def test_later_readings_go_on_under_the_same_id(as_):
    office.works("apply")
    unit = as_("housing-1")
    before = Series.objects.get(pk="series-1").file_id
    answer = _send(unit, "time,value,mark\n2027-01-15,0.8,\n")
    assert answer.status_code == 302
    assert "refused" not in answer.headers["Location"]
    row = Series.objects.get(pk="series-1")
    assert row.file_id != before
    assert File.objects.filter(pk=before).exists()
    case = dossier_of(Task.objects.get(pk=office.works_case("given").task.id), at=TODAY)
    content = case.content_of(row.file_id)
    assert content is not None
    assert content.endswith(b"2027-01-15,0.8,\n")
    assert [fault.message for fault in faults() if fault.kind != "tile"] == []


def test_a_changed_reading_is_refused_with_both_values(as_):
    office.works("apply")
    unit = as_("housing-1")
    answer = _send(unit, "time,value,mark\n2024-10-15,0.1,\n2027-01-15,0.8,\n")
    assert "1 个已登记的读数与原来不一致：2024-10-15 原为 3.9，现为 0.1" in words_in(unit.get(answer.headers["Location"]))
