"""Who counts as one address: never what a client writes about itself."""

from __future__ import annotations

import pytest
from django.test import RequestFactory, override_settings

from xiaohao.web.pace import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", ""),
    ],
)
def test_the_address_is_the_one_that_our_outermost_proxy_saw(proxies: int, forwarded: str, address: str) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})
    with override_settings(PROXIES=proxies):
        assert client_address(request) == address
