"""What holds on every public page: strict policy, no cookie, no script, an ETag, our own error pages."""

from __future__ import annotations

import json
import re

import pytest

PUBLIC = ["/", "/tasks", "/accessibility", "/privacy"]
POLICY = {
    "default-src 'self'",
    "img-src 'self'",
    "style-src 'self'",
    "script-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["", "/en", "/big"])
@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_set_no_cookie_load_no_script_and_may_be_kept(client, way, address):
    answer = client.get(way + address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "<script" not in page
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(way + address, headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", [*PUBLIC, "/nowhere", "/sign-in"])
def test_every_answer_carries_the_strict_policy_and_nothing_in_the_page_breaks_it(client, address):
    answer = client.get(address)
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    page = answer.content.decode()
    assert not re.search(r"""\sstyle=|\son[a-z]+=["']|<style|javascript:""", page)
    assert not re.search(r"""(?:href|src|action)=["'](?:https?:)?//""", page)


@pytest.mark.parametrize("address", [*PUBLIC, "/sign-in", "/nowhere"])
def test_every_glyph_that_a_page_uses_is_in_its_sprite_and_no_other(client, address):
    page = client.get(address).content.decode()
    assert set(re.findall(r'href="#i-(\w+)"', page)) == set(re.findall(r'<symbol id="i-(\w+)"', page))


def test_a_page_that_does_not_exist_says_so_in_our_words(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_programs_get_their_errors_as_json(client):
    answer = client.get("/api/nowhere")
    assert answer.status_code == 404
    assert json.loads(answer.content) == {
        "type": "urn:xiaohao:problem:not-found",
        "status": 404,
        "title": "没有，或者您看不到",
        "detail": "请核对编号；看不到的和没有的，回答一样。",
    }


def test_a_failure_of_ours_gets_a_page_too(client, monkeypatch):
    monkeypatch.setattr("xiaohao.records.queries.overview", lambda at: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "本站出了问题" in answer.content.decode()


def test_the_demonstration_says_so_on_every_page_with_its_clock(client, settings):
    assert "演示：" not in client.get("/").content.decode()
    settings.DEMO = True
    assert "时钟停在 2026 年 3 月 3 日 09:00" in client.get("/").content.decode()
