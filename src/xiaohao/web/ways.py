"""Ways of reading the site: language and size of type are part of the address (`/en/…`, `/big/…`, `/en/big/…`).

So a reader needs no cookie and no script to choose them, a link sent to somebody looks the same there, and a static export can hold them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers

CHINESE, ENGLISH = "zh-hans", "en"
#: Programs say in a header which language they want; their addresses are the same in every language.
_API = "/api/"


@dataclass(frozen=True, slots=True)
class Way:
    """How one page is read: `language` is a Django language code, `big` asks for larger type."""

    language: str = CHINESE
    big: bool = False

    @property
    def prefix(self) -> str:
        """What stands before the page's own address: "", "en/", "big/" or "en/big/"."""
        return ("en/" if self.language == ENGLISH else "") + ("big/" if self.big else "")

    @property
    def html_language(self) -> str:
        """The value of the lang attribute."""
        return "en" if self.language == ENGLISH else "zh-Hans"

    @property
    def in_other_language(self) -> Way:
        return replace(self, language=CHINESE if self.language == ENGLISH else ENGLISH)

    @property
    def in_other_size(self) -> Way:
        return replace(self, big=not self.big)


def read_way(path: str) -> tuple[Way, str]:
    """Split an address: ("/en/big/n/3") is English in big type, "/n/3". An address without a prefix is Chinese in ordinary type."""
    way = Way()
    if _begins(path, "en"):
        way, path = replace(way, language=ENGLISH), path[3:]
    if _begins(path, "big"):
        way, path = replace(way, big=True), path[4:]
    return way, path


def _begins(path: str, word: str) -> bool:
    return path == f"/{word}" or path.startswith(f"/{word}/")


class WaysOfReading:
    """Middleware: takes the prefix off the address before any route is looked up, and lets reverse() put it back on every link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        way, path = read_way(request.path_info)
        if not path:  # "/en" without its slash
            return HttpResponsePermanentRedirect(request.path + "/")
        root = get_script_prefix()
        request.way = way  # type: ignore[attr-defined]
        request.root = root  # type: ignore[attr-defined]
        request.path_info = path
        set_script_prefix(root + way.prefix)
        try:
            spoken = way if not path.startswith(_API) else replace(way, language=_preferred(request))
            with translation.override(spoken.language):
                response = self.get_response(request)
                response.headers["Content-Language"] = spoken.html_language
                if spoken is not way:
                    patch_vary_headers(response, ["Accept-Language"])
                return response
        finally:
            set_script_prefix(root)


def _preferred(request: HttpRequest) -> str:
    return ENGLISH if translation.get_language_from_request(request) == ENGLISH else CHINESE


def address_in(request: HttpRequest, way: Way) -> str:
    """The address of this same page read another way, with its query."""
    query = request.META.get("QUERY_STRING", "") if request.method in ("GET", "HEAD") else ""
    root: str = request.root  # type: ignore[attr-defined]
    return root + way.prefix + request.path_info.lstrip("/") + (f"?{query}" if query else "")
