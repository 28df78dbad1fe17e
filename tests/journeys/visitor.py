"""Somebody at a browser: finds things by what they are called, as a person does, and notices what no page of ours may do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request, Response, expect

#: A phone of the kind that most residents hold, and the screen of an office (UX.md section 8).
PHONE, OFFICE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
#: Answers that a page gives on purpose: refused with reasons, and not filled in right.
MEANT = frozenset({409, 422})
#: Milliseconds for which a page may be waited for, on a machine that has other tests to run.
_PATIENCE_MS = 15_000
expect.set_options(timeout=_PATIENCE_MS)
#: Chromium says this for every answer of 400 and above; the guard judges those by their status.
_NOT_OK = "Failed to load resource"


@dataclass
class Guard:
    """What went wrong in the background while somebody looked at pages of `host`."""

    host: str
    meant: frozenset[int] = MEANT
    wrongs: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Look over the shoulder of this page from now on."""
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_NOT_OK):
            self.wrongs.append(f"console of {message.location.get('url')}: {message.text}")

    def _error(self, error: Error) -> None:
        self.wrongs.append(f"script error: {error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.wrongs.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() or "hx-request" in response.request.headers
        if response.status >= 400 and not (is_page and response.status in self.meant):
            self.wrongs.append(f"{response.status} for {response.request.method} {response.url}")


#: Twice a second for half a minute.
_LOOKS = 60


class Visitor:
    """One person with a browser of their own. Every name is the one that is written on the page."""

    def __init__(self, browser: Browser, address: str, *, size: dict[str, int] = OFFICE, scripts: bool = True, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(viewport=size, java_script_enabled=scripts, locale="zh-CN", accept_downloads=True, **options)  # type: ignore[arg-type]
        self.context.set_default_timeout(_PATIENCE_MS)
        self.page = self.context.new_page()
        self.guard = Guard(urlsplit(address).netloc)
        self.guard.watch(self.page)
        self.clicks = self.strokes = 0  # what the hands did: presses, and characters typed or pasted

    def open(self, path: str) -> int:
        """Type an address; the status of the answer."""
        answer = self.page.goto(path if path.startswith("http") else self.address + path)
        assert answer is not None
        return answer.status

    def sign_in(self, person: str) -> Visitor:
        """Take a seat of the demonstration by the person's name."""
        self.open("/sign-in")
        self.click(self.page.get_by_role("button", name=person))
        expect(self.page.get_by_role("button", name=re.compile(r"退出$"))).to_be_visible()
        return self

    def next_workday(self) -> None:
        """Move the county's clock."""
        self.click(self.page.get_by_role("button", name="拨到下一个工作日"))
        expect(self.page.get_by_role("status")).to_contain_text("时钟已拨到")

    def go_to(self, room: str) -> None:
        """A room of the desk, by the side menu (whose links also say how much waits there)."""
        self.click(self.page.get_by_role("navigation", name="工作台").get_by_role("link", name=room))

    def click(self, what: Locator) -> None:
        """Click, and wait until the page that follows has come whole: a click ends as soon as the new page begins."""
        what.click()
        self.clicks += 1
        self.page.wait_for_load_state()

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Click the one button or link of that name."""
        where = within or self.page
        self.click(where.get_by_role("button", name=name, exact=True).or_(where.get_by_role("link", name=name, exact=True)))

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)
        self.clicks, self.strokes = self.clicks + 1, self.strokes + len(text)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)
        self.clicks += 2

    def tick(self, *names: str, within: Locator | None = None) -> None:
        """Tick boxes or pick a choice, by their labels."""
        for name in names:
            (within or self.page).get_by_label(name, exact=True).check()
            self.clicks += 1

    def unfold(self, summary: str, *, within: Locator | None = None) -> None:
        """Open what is folded away under that line, if it is."""
        details = (within or self.page).locator("details").filter(has=self.page.locator("summary", has_text=summary)).first
        if details.get_attribute("open") is None:
            details.locator("summary").first.click()
            self.clicks += 1

    def sees(self, *words: str) -> None:
        """Each of the words stands somewhere on the page, visible."""
        for each in words:
            expect(self.page.get_by_text(each).filter(visible=True).first).to_be_visible()

    def until_compared(self) -> None:
        """Look at the page again until what was handed in has been compared; the worker does that beside the web, usually within seconds."""
        waiting = self.page.locator("#main", has_text=re.compile("的材料还在比对|正在比对：|正在排队比对"))
        for _ in range(_LOOKS):
            if not waiting.count():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"after {_LOOKS} looks the comparison is not done")

    def group(self, name: str) -> Locator:
        """The set of controls with that heading."""
        return self.page.get_by_role("group", name=name, exact=True)

    @property
    def title(self) -> str:
        """The page's main heading."""
        return self.page.locator("h1").first.inner_text().strip()

    def what_is_seen(self) -> str:
        """The page as text, for whoever reads why a story failed."""
        return f"--- {self.page.url}\n{self.page.locator('body').inner_text()}"

    def leave(self) -> list[str]:
        """Close the browser; what the guard saw."""
        self.context.close()
        return self.guard.wrongs
