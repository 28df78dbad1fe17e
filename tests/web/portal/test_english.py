"""English pages of the public site are English: what stays Chinese is what officials wrote, and says so."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.chinese import unmarked_chinese
from tests.web.portal.conftest import NO


@pytest.mark.parametrize(
    "page", ["/", "/tasks", f"/n/{NO}", f"/n/{NO}/objection", "/t/qh2025a-7", "/verify", "/r", "/privacy", "/accessibility"]
)
def test_a_public_page_is_english(published, client: Client, page: str) -> None:
    answer = client.get("/en" + page)
    assert (answer.status_code, unmarked_chinese(answer.content.decode())) == (200, [])
