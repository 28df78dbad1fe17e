"""Objecting: three minutes, one field that must be filled, a receipt at once, and nothing typed ever lost."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.web.portal.conftest import AFTER_WINDOW, NO
from xiaohao.acts.objections import find_by_code
from xiaohao.records.models import Objection
from xiaohao.records.to_dossier import content_store
from xiaohao.web.portal import objection_form
from xiaohao.web.portal.objection import PACE

FORM = f"/n/{NO}/objection"


@pytest.fixture
def token(monkeypatch) -> str:
    """A form that was handed out a minute ago."""
    then = signing.time.time() - 60
    with monkeypatch.context() as past:
        past.setattr(signing.time, "time", lambda: then)
        return objection_form.new_token()


@pytest.fixture
def filled(token) -> dict[str, object]:
    return {
        "token": token,
        "text": "三月一号下午刮风，村口一层土。",
        "reach": "phone",
        "phone": "139 1234 5678",
        "measures": ["measure-7-1", "other"],
    }


def photo(**exif: object) -> SimpleUploadedFile:
    held = BytesIO()
    picture = Image.new("RGB", (400, 300), "#7A8")
    data = picture.getexif()
    data[0x0110] = "Phone Model X"
    data.get_ifd(0x8769)[0x9003] = "2025:11:06 09:30:00"
    data[0x8825] = {1: "N", 2: (31.0, 12.0, 15.0), 3: "E", 4: (110.0, 19.0, 52.0)}
    picture.save(held, "JPEG", exif=data)
    return SimpleUploadedFile("现场.jpg", held.getvalue(), "image/jpeg")


def test_the_form_names_who_receives_it_and_by_when_it_is_answered(client, published):
    page = client.get(FORM).content.decode()
    assert '由<b lang="zh-Hans">景澜市信访局</b>收件' in page
    assert "10 个工作日内（2025 年 11 月 20 日前）答复" in page
    assert "答复前，这项任务不能销号。" in page
    assert 'name="measures"' in page


def test_only_the_form_sets_a_cookie_and_only_the_one_against_forgery(client, published):
    assert set(client.get(FORM).cookies) == {"csrf"}


def test_a_filled_form_leads_to_a_receipt(client, published, filled):
    answer = client.post(FORM, filled)
    assert answer.status_code == 302
    code = answer.headers["Location"].removeprefix("/r/")
    row = find_by_code(code)
    assert (row.text, row.measures, row.channel, row.late) == (filled["text"], ["measure-7-1"], "web", False)
    assert bytes(row.contact)
    assert "13912345678" not in str(row.__dict__)


def test_the_button_pressed_twice_is_one_objection(client, published, filled):
    first, second = client.post(FORM, filled), client.post(FORM, filled)
    assert first.headers["Location"] == second.headers["Location"]
    assert Objection.objects.count() == 1


def test_anonymous_needs_no_telephone_and_keeps_none(client, published, filled):
    assert client.post(FORM, {**filled, "reach": "anonymous"}).status_code == 302
    assert bytes(Objection.objects.get().contact) == b""


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": "  "}, "请写您看到的情况"),
        ({"phone": ""}, "请写电话，或者选“匿名”"),
        ({"phone": "abc"}, "电话号码好像不对，请检查"),
        ({"reach": ""}, "请选留电话还是匿名"),
        ({"text": "字" * 4001}, "写得太长，请缩短到 4000 字以内"),
    ],
)
def test_an_error_is_said_in_the_same_words_at_the_top_and_at_the_field_and_nothing_typed_is_lost(
    client, published, filled, changed, words
):
    answer = client.post(FORM, {**filled, **changed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>有错误：" in page
    assert page.count(words) == 2
    kept = {**filled, **changed}
    assert str(kept["text"]).strip() in page
    assert 'value="measure-7-1" class="" id' in page or re.search(r'value="measure-7-1"[^>]*checked', page)
    assert Objection.objects.count() == 0


def test_the_error_leads_to_its_field(client, published, filled):
    page = client.post(FORM, {**filled, "text": ""}).content.decode()
    target = re.search(r'<li><a href="#([\w-]+)">请写您看到的情况', page).group(1)
    assert re.search(rf'<textarea[^>]*id="{target}"[^>]*aria-invalid="true"|<textarea[^>]*aria-invalid="true"[^>]*id="{target}"', page)


def test_after_the_window_it_is_taken_as_a_report_and_that_is_said_before_typing(client, published, clock_at, filled):
    clock_at(AFTER_WINDOW)
    assert "公示期已经结束。您写的内容作为“反映情况”办理" in client.get(FORM).content.decode()
    client.post(FORM, filled)
    assert Objection.objects.get().late is True


def test_photos_lose_their_metadata_unless_the_person_leaves_it(client, published, filled):
    client.post(FORM, {**filled, "photos": [photo()]})
    stripped = Image.open(BytesIO(content_store().get(Objection.objects.get().photos[0]))).getexif()
    assert dict(stripped) == {}
    assert dict(stripped.get_ifd(0x8825)) == {}


def test_time_and_place_stay_where_the_person_asks_and_the_telephone_never(client, published, filled):
    client.post(FORM, {**filled, "photos": [photo()], "keep_time": "on", "keep_place": "on"})
    left = Image.open(BytesIO(content_store().get(Objection.objects.get().photos[0]))).getexif()
    assert left.get_ifd(0x8769)[0x9003] == "2025:11:06 09:30:00"
    assert left.get_ifd(0x8825)[2] == (31.0, 12.0, 15.0)
    assert 0x0110 not in left


def test_a_photo_once_sent_is_not_asked_for_again_after_an_error(client, published, filled):
    page = client.post(FORM, {**filled, "text": "", "photos": [photo()]}).content.decode()
    assert "已收到 1 张，不用再选" in page
    kept = re.search(r'name="kept" value="([^"]+)"', page).group(1)
    client.post(FORM, {**filled, "kept": kept})
    assert len(Objection.objects.get().photos) == 1


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("说明.pdf", b"%PDF-1.7 ...", "application/pdf"), "“说明.pdf”不是能打开的照片，请用 JPG 或 PNG"),
        (SimpleUploadedFile("坏.jpg", b"\xff\xd8\xff\xe0 broken", "image/jpeg"), "“坏.jpg”不是能打开的照片，请用 JPG 或 PNG"),
    ],
)
def test_a_file_that_is_no_photo_is_named(client, published, filled, upload, words):
    answer = client.post(FORM, {**filled, "photos": [upload]})
    assert answer.status_code == 422
    assert answer.content.decode().count(words) == 2


def test_too_many_photos_are_counted(client, published, filled):
    page = client.post(FORM, {**filled, "photos": [photo() for _ in range(10)]}).content.decode()
    assert page.count("照片最多 9 张，您选了 10 张") == 2


def test_a_machine_is_asked_one_plain_question_and_a_person_may_answer_it(client, published, filled):
    fast = {**filled, "token": objection_form.new_token()}
    page = client.post(FORM, fast).content.decode()
    assert page.count("请回答：三加四等于几？") == 3  # at the top, at the field, and the field's own label
    assert client.post(FORM, {**fast, "answer": "七"}).status_code == 302


@pytest.mark.parametrize("changed", [{"website": "http://spam.example"}, {"token": "forged:1:x"}, {"token": ""}])
def test_what_looks_like_a_machine_is_never_dropped_in_silence(client, published, filled, changed):
    assert "请回答：三加四等于几？" in client.post(FORM, {**filled, **changed}).content.decode()
    assert client.post(FORM, {**filled, **changed, "answer": "7"}).status_code == 302


def test_too_many_from_one_network_are_told_to_wait_with_everything_kept(client, published, filled):
    for _ in range(PACE.times):
        client.post(FORM, filled)
    answer = client.post(FORM, filled)
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "同一网络一小时内提交得太多。您写的内容都还在" in page
    assert str(filled["text"]) in page
    assert 'href="#send"' in page
