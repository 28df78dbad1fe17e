"""Language and size of type are part of the address, on every link of the page."""

from __future__ import annotations

import re

import pytest
from django.urls import get_script_prefix

from xiaohao.web.ways import ENGLISH, Way, read_way


@pytest.mark.parametrize(
    ("address", "way", "path"),
    [
        ("/", Way(), "/"),
        ("/n/qh2025a-7-1", Way(), "/n/qh2025a-7-1"),
        ("/en/", Way(ENGLISH), "/"),
        ("/big/tasks", Way(big=True), "/tasks"),
        ("/en/big/tasks", Way(ENGLISH, big=True), "/tasks"),
        ("/english", Way(), "/english"),
        ("/bigger/x", Way(), "/bigger/x"),
        ("/en", Way(ENGLISH), ""),
    ],
)
def test_a_prefix_says_how_the_page_is_read(address, way, path):
    assert read_way(address) == (way, path)


def test_the_prefix_of_a_way_reads_as_that_way_again():
    for way in (Way(), Way(big=True), Way(ENGLISH), Way(ENGLISH, big=True)):
        assert read_way(f"/{way.prefix}tasks") == (way, "/tasks")


@pytest.mark.parametrize(("prefix", "language"), [("/", "zh-Hans"), ("/en/", "en"), ("/en/big/", "en"), ("/big/", "zh-Hans")])
def test_every_link_of_a_page_keeps_the_way_it_is_read(client, prefix, language):
    answer = client.get(f"{prefix}accessibility")
    page = answer.content.decode()
    assert f'<html lang="{language}">' in page
    assert answer.headers["Content-Language"] == language
    links = set(re.findall(r'href="(/[^"#]*)"', page))
    ways = {link for link in links if not link.startswith("/static/") and not link.startswith(prefix)}
    # only the two links that switch the way may lead out of it
    assert len(ways) <= 2
    assert ("big" in prefix) is ('class="public big"' in page)


def test_the_link_to_the_other_language_keeps_the_address_and_its_query(client):
    page = client.get("/big/accessibility?q=%E6%B2%B3").content.decode()
    assert 'href="/en/big/accessibility?q=%E6%B2%B3"' in page
    assert 'href="/accessibility?q=%E6%B2%B3"' in page


def test_a_prefix_without_its_slash_is_sent_on(client):
    answer = client.get("/en")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/")


def test_the_script_prefix_is_put_back_after_each_request(client):
    client.get("/en/accessibility")
    assert get_script_prefix() == "/"
