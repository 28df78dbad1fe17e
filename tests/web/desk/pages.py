"""How the tests fill in a page: the forms as a browser would send them, hidden fields and all."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Forms(HTMLParser):
    """Every form of a page as (action, method, {name: [values]}), with the values that stand in it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._select: str | None = None
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        if not self.forms:
            return
        fields = self.forms[-1][1]
        if tag == "input" and given.get("name") and given.get("type") not in ("submit", "file"):
            ticked = given.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in given:
                fields.setdefault(given["name"], []).append(given.get("value", "on" if ticked else ""))
        elif tag == "select":
            self._select = given.get("name")
        elif tag == "option" and self._select and "selected" in given:
            fields.setdefault(self._select, []).append(given.get("value", ""))
        elif tag == "textarea":
            self._area = given.get("name")
            fields.setdefault(given.get("name", ""), []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            fields = self.forms[-1][1]
            fields[self._area][-1] += data.removeprefix("\n") if not fields[self._area][-1] else data


def form_of(client: Client, path: str, *, holding: str) -> dict[str, list[str]]:
    """The fields of the page's form that has a control of that name, as a browser would send them untouched."""
    page = client.get(path)
    parser = _Forms()
    parser.feed(page.content.decode())
    found = [fields for _action, fields in parser.forms if holding in fields]
    assert found, f"no form with {holding} on {path}"
    return found[0]


def send(client: Client, path: str, *, holding: str = "key", to: str = "", **typed: Any) -> Any:
    """Open the page, fill in what is `typed`, send its form to `to` (the page itself by default)."""
    fields: dict[str, Any] = form_of(client, path, holding=holding)
    return client.post(to or path, {**fields, **typed})


def words_in(response: Any) -> str:
    """The page's text without tags, spaces folded."""
    text = re.sub(r"<(script|style|svg)[\s\S]*?</\1>", "", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())
