"""Files, rows and readings come in with the date they speak of beside the day they were entered."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.web.desk import office
from tests.web.desk.pages import form_of, send, words_in
from xiaohao.records import models

SignIn = Callable[[str], Client]
NO = "qh2025a-7"
PAGE = f"/desk/t/{NO}/evidence"


def photo(colour: str = "green", taken: str = "2025:06:27 10:20:00") -> bytes:
    picture, held = Image.new("RGB", (40, 30), colour), BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken  # DateTimeOriginal
    picture.save(held, "JPEG", exif=exif)
    return held.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_many_photos_become_one_row_with_the_date_that_the_camera_says(as_: SignIn) -> None:
    office.works("start")
    files = [upload("前.jpg", photo("red")), upload("后.jpg", photo("green"))]
    send(as_("housing-1"), PAGE, uploads=files, type="site_visit", measures=["measure-7-1"], title="查看干管")
    row = models.Record.objects.get(type="site_visit").thing()
    kept = [models.File.objects.get(pk=one).thing() for one in row.files]
    assert (row.date, row.measures, row.org) == ("2025-06-27", ("measure-7-1",), "org-housing")
    assert [(file.claimed_at, file.captured_at, file.recorded_at[:10]) for file in kept] == [
        ("2025-06-27", "2025-06-27T10:20:00", "2026-03-03")
    ] * 2


def test_each_file_may_be_a_row_of_its_own(as_: SignIn) -> None:
    office.works("start")
    files = [upload(f"{n}.jpg", photo("red", f"2025:0{n}:01 09:00:00")) for n in (3, 4, 5)]
    send(as_("housing-1"), PAGE, uploads=files, type="meeting", each="on")
    assert sorted(models.Record.objects.filter(type="meeting").values_list("date", flat=True)) == ["2025-03-01", "2025-04-01", "2025-05-01"]


def test_forty_files_at_once_fit_into_the_journal(as_: SignIn) -> None:
    office.works("start")
    files = [upload(f"{n}.txt", f"会议纪要第 {n} 次".encode()) for n in range(40)]
    send(as_("housing-1"), PAGE, uploads=files, type="meeting", each="on", date="2025-05")
    assert (models.File.objects.count(), models.Record.objects.filter(type="meeting").count()) == (40, 40)


def test_a_file_filed_before_is_shown_and_kept_only_with_a_reason(as_: SignIn) -> None:
    office.works("start")
    client = as_("housing-1")
    send(client, PAGE, uploads=[upload("照片.jpg", photo())], title="第一次")
    page = send(client, PAGE, uploads=[upload("照片2.jpg", photo())], title="第二次")
    assert (page.status_code, len(page.context["doubles"]), models.File.objects.count()) == (422, 1, 1)
    held = {"held": page.context["held"], "key": page.context["form"]["key"].value(), "title": "第二次", "reason": "同一处，补录入户台账。"}
    client.post(PAGE, held)
    assert models.File.objects.count() == 2


def test_a_held_file_cannot_be_made_up(as_: SignIn) -> None:
    office.works("start")
    page = as_("housing-1").post(PAGE, {"held": "eyJpZCI6ICJmaWxlIn0:forged", "key": office.key("held"), "reason": "…"})
    assert (page.status_code, models.File.objects.count()) == (422, 0)


def test_what_cannot_be_taken_is_refused_by_name_and_nothing_is_filed(as_: SignIn) -> None:
    office.works("start")
    page = send(as_("housing-1"), PAGE, uploads=[upload("好.jpg", photo()), upload("坏.jpg", b"MZ program")], title="说明还在")
    assert (page.status_code, "“坏.jpg”" in words_in(page), models.File.objects.count()) == (422, True, 0)
    assert page.context["form"]["title"].value() == "说明还在"


def test_an_upload_by_somebody_without_a_role_in_the_task_is_refused(as_: SignIn) -> None:
    office.works("start")
    answer = send(
        as_("citysupervision-1"), f"/desk/t/{NO}/register", type="site_visit", date="2025-06-01", title="督查", org="org-citysupervision"
    )
    assert (answer.status_code, models.Record.objects.filter(type="site_visit").count()) == (302, 1)
    account = models.Account.objects.get(username="countydesk-1")
    models.Person.objects.filter(pk=account.person_id).update(org_id="org-city")
    answer = send(as_("countydesk-1"), f"/desk/t/{NO}/register", type="meeting", date="2025-06-01", title="会议", org="org-city")
    assert models.Record.objects.filter(type="meeting").count() in (0, 1)


def test_a_row_without_a_file_holds_what_the_sentence_needs(as_: SignIn) -> None:
    office.works("start")
    send(
        as_("housing-1"),
        f"/desk/t/{NO}/register",
        type="meeting",
        date="2025-05-14",
        title="清沅河专题会",
        org="org-county",
        people=["person-secretary", "person-magistrate"],
        measures=["measure-7-3"],
        schedule="weekly:mon",
        number="青政纪〔2025〕12号",
        paper="专题会纪要",
    )
    row = models.Record.objects.get(type="meeting").thing()
    paper = models.Document.objects.get(pk=row.document)
    assert (row.people, row.measures, row.schedule) == (("person-secretary", "person-magistrate"), ("measure-7-3",), "weekly:mon")
    assert (paper.number, paper.kind, paper.issuer_id) == ("青政纪〔2025〕12号", "minutes", "org-county")


def test_acts_of_their_own_are_not_offered_as_rows(as_: SignIn) -> None:
    office.works("start")
    kinds = {name for name, _words in as_("housing-1").get(f"/desk/t/{NO}/register").context["form"].fields["type"].choices}
    assert not kinds & {"acceptance", "review", "publicity", "closure", "pledge", "objection", "return", "override"}


def test_readings_are_read_before_they_are_filed(as_: SignIn) -> None:
    office.works("start")
    client = as_("cityeco-1")
    typed = {"indicator": "氨氮", "unit": "mg/L", "place": "place-point", "source": "org-cityeco", "kind": "manual", "interval": "month"}
    bad = send(client, f"/desk/t/{NO}/series", csv=upload("a.csv", "日期,数\n2025-01,3".encode()), **typed)
    good = send(client, f"/desk/t/{NO}/series", csv=upload("a.csv", b"time,value,mark\n2025-07-15,1.1,\n"), **typed)
    assert (bad.status_code, good.status_code, models.Series.objects.count()) == (422, 302, 1)


def test_the_series_page_begins_with_the_goal_that_has_no_readings(as_: SignIn) -> None:
    office.works("start")
    form = as_("cityeco-1").get(f"/desk/t/{NO}/series").context["form"]
    assert (form["indicator"].value(), form["unit"].value(), form["place"].value()) == ("氨氮", "mg/L", "place-point")


def test_a_file_is_served_to_those_who_may_read_the_case_and_to_nobody_else(as_: SignIn) -> None:
    office.works("start")
    send(as_("housing-1"), PAGE, uploads=[upload("照片.jpg", photo())])
    address = f"/desk/t/{NO}/file/{models.File.objects.get().pk}"
    shown = as_("cityeco-1").get(address)
    assert (shown.status_code, shown.headers["Content-Type"], shown.content) == (200, "image/jpeg", photo())
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert as_("park-1").get(address).status_code == 404


def test_a_text_file_is_downloaded_and_never_shown_as_a_page(as_: SignIn) -> None:
    office.works("start")
    send(as_("housing-1"), PAGE, uploads=[upload("说明.txt", "说明".encode())])
    answer = as_("housing-1").get(f"/desk/t/{NO}/file/{models.File.objects.get().pk}")
    assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"].split(";")[0]) == (
        "application/octet-stream",
        "attachment",
    )


def test_the_upload_form_is_sent_untouched_with_nothing_chosen(as_: SignIn) -> None:
    office.works("start")
    assert set(form_of(as_("housing-1"), PAGE, holding="key")) >= {"key", "type", "title"}
    assert send(as_("housing-1"), PAGE).status_code == 422
