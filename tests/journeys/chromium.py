"""The browser that the journeys and the screenshots are driven in: this machine's own Chromium, without a window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

#: As root there is no sandbox; the rest keeps the browser from talking to anybody but the page.
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
MISSING = "there is no Chromium on this machine (Debian: apt-get install chromium)"


def installed() -> str | None:
    """Where the browser is, None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser until the block ends. Raises RuntimeError where there is none."""
    program = installed()
    if program is None:
        raise RuntimeError(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()
