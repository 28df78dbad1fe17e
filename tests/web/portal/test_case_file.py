"""The case for everybody on paper: what is public, and nothing of what is not."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from django.core.cache import cache
from pypdf import PdfReader

from tests.acts.walking import make_task
from tests.web.portal.conftest import NO
from xiaohao.records.models import Person, Record

ADDRESS = "/t/qh2025a-7/file.pdf"
pytestmark = pytest.mark.django_db


def said(client) -> str:
    reader = PdfReader(io.BytesIO(client.get(ADDRESS).content))
    return plain("".join(page.extract_text() for page in reader.pages))


def plain(text: str) -> str:
    return re.sub(r"[\s\u2060()《》]", "", unicodedata.normalize("NFKC", text))


def test_it_holds_problem_plan_notice_objection_and_the_journals_lines(client, logged, code):
    text = said(client)
    for words in ("青阜镇生活污水直排清沅河", "建设青阜镇段截污干管2.4公里", "整改完成情况的公示", "六、异议", "原文不公开", "发布公示"):
        assert plain(words) in text
    assert "检查点" in text
    assert client.get(ADDRESS).headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_no_person_no_register_row_and_no_objectors_words_are_in_it(client, logged, code):
    text = said(client)
    assert [name for name in Person.objects.values_list("name", flat=True) if name in text] == []
    hidden = [row.thing() for row in Record.objects.filter(on_tasks=logged).exclude(type="publicity")]
    published = plain(client.get(f"/n/{NO}").content.decode())
    assert [row.id for row in hidden if row.text and plain(row.text) in text and plain(row.text) not in published] == []
    assert "石桥下面还在排污水" not in text


def test_a_plan_that_is_not_approved_is_not_in_it(client):
    cache.clear()
    make_task("planned")
    text = said(client)
    assert plain("青阜镇生活污水直排清沅河") in text
    assert "截污干管" not in text


def test_its_pages_are_numbered_and_its_contents_lead_to_them(client, logged):
    reader = PdfReader(io.BytesIO(client.get(ADDRESS).content))
    assert [n for n, page in enumerate(reader.pages, 1) if f"—{n}—" not in plain(page.extract_text())] == []
    chapters = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert chapters == ["一、任务", "二、反馈问题", "三、整改方案", "四、公示", "五、照片", "六、异议", "七、公开日志"]


def test_an_unknown_task_has_none(client):
    assert client.get("/t/qh2025a-99/file.pdf").status_code == 404
