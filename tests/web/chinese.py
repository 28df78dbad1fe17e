"""What an English page still says in Chinese outside the texts marked as officials' own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

_HAN = re.compile(r"[\u3400-\u9fff]")
#: Elements without an end tag.
_VOID = frozenset({"meta", "link", "img", "input", "br", "hr", "col", "wbr", "source"})
#: A title takes no markup inside, so the Chinese name in it cannot carry its language.
_NO_MARKUP = frozenset({"title"})
_READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "data-h")


class _Unmarked(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        lang = named.get("lang") or ""
        marked = lang.startswith("zh") if lang else bool(self.open and self.open[-1][1])
        marked = marked or tag in _NO_MARKUP or named.get("hreflang", "") == "zh-Hans"
        self._note((named.get(name) or "" for name in _READ_ALOUD), marked)
        if tag not in _VOID:
            self.open.append((tag, marked))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._note((data,), bool(self.open and self.open[-1][1]))

    def _note(self, texts: Iterable[str], marked: bool) -> None:
        self.found += [" ".join(text.split()) for text in texts if not marked and _HAN.search(text)]


def unmarked_chinese(page: str) -> list[str]:
    """Every piece of text, and every attribute that is read aloud, in Chinese without lang="zh-Hans" on it or around it."""
    parser = _Unmarked()
    parser.feed(page)
    return parser.found
