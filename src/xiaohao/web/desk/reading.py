"""What a person has opened in this sitting: a signature needs the sampled records to have been opened, and a review its items."""

from __future__ import annotations

from django.http import HttpRequest

#: Most things remembered in one sitting; the oldest are forgotten first.
_MOST = 200
_KEY = "opened"


def opened(request: HttpRequest, no: str, thing: str) -> None:
    """Remember that this record or file of that case was opened."""
    held = [one for one in request.session.get(_KEY, []) if one != f"{no}/{thing}"]
    request.session[_KEY] = [*held, f"{no}/{thing}"][-_MOST:]


def has_opened(request: HttpRequest, no: str, thing: str) -> bool:
    return f"{no}/{thing}" in request.session.get(_KEY, [])
