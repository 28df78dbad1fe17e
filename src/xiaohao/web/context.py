"""What every page knows: how it is read, what the clock says, who runs the site. Asks no database and no session, so error pages can use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from xiaohao.acts.clock import now
from xiaohao.web.office import Office, office
from xiaohao.web.ways import Way, address_in


@dataclass(frozen=True, slots=True)
class Page:
    """`other_language` and `other_size` are the addresses of this same page read otherwise; `address` is its own, with the public host."""

    title: str
    way: Way
    other_language: str
    other_size: str
    address: str
    demo: bool
    now: datetime
    office: Office


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `page` in every template."""
    way = getattr(request, "way", Way())
    known = hasattr(request, "way")
    return {
        "page": Page(
            title=settings.SITE_NAME,
            way=way,
            other_language=address_in(request, way.in_other_language) if known else "/en/",
            other_size=address_in(request, way.in_other_size) if known else "/big/",
            address=settings.PUBLIC_URL.rstrip("/") + request.path,
            demo=settings.DEMO,
            now=now(),
            office=office(),
        )
    }
