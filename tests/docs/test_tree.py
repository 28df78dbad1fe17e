"""What no file of the project says, and what every page of it keeps: links that lead somewhere, paths that exist, a page for each check."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.tree import ROOT, lines_of, tracked
from xiaohao.cli.main import main

PAGES = tracked("*.md")
#: Folders of which pages speak and that no clone has.
MADE_AT_THE_START = {"var/", "keys/"}
#: Patterns with a `~` in them that is taken out, so that this file does not say what it forbids.
FORBIDDEN = {
    "the host of a package registry": r"py~pi\.org|python~hosted|npm~js\.|crates~\.io|proxy~\.golang|deb~\.debian|registry~\.\w",
    "a path of somebody's machine": r"/wor~k/|/roo~t/|/hom~e/\w+/|/User~s/\w+/|\.pye~nv",
    "a helper that is nobody's colleague": r"\b(clau~de|anthro~pic|copi~lot|chat~gpt|cod~ex)\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    wrong = re.compile(FORBIDDEN[what].replace("~", ""), re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}" for path in tracked() for number, line in enumerate(lines_of(path), 1) if wrong.search(line)
    ]
    assert found == []


def links(page: Path) -> list[str]:
    """Targets of the links and pictures of a page that lie in this tree, code blocks left out."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", prose)
    return [one or other for one, other in found if not re.match(r"[a-z]+:", one or other)]


def anchors(page: Path) -> set[str]:
    """What a link may point at inside a page: its headings as the usual viewers name them, and anchors written by hand."""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    named = {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}
    return named | set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    lost = []
    for link in links(page):
        name, _, anchor = unquote(link).partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_every_page_is_reached_from_the_index() -> None:
    """From docs/README.md, link by link; nothing is written for nobody."""
    seen: set[Path] = set()
    waiting = [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        seen.add(page)
        for link in links(page):
            target = (page.parent / unquote(link).partition("#")[0]).resolve()
            if target.suffix == ".md" and target.is_file() and target not in seen:
                waiting.append(target)
    assert [str(page.relative_to(ROOT)) for page in tracked("docs/*.md") if page not in seen] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/reading.md"])
def test_every_path_that_a_page_quotes_exists(page: str) -> None:
    """A path may be quoted by its end (`procedure/steps.py`, `steps.py`); a folder by its name and a stroke."""
    quoted = re.findall(r"`([\w./-]+(?:\.py|\.md|\.toml|/))`", (ROOT / page).read_text("utf-8"))
    assert quoted != []
    files = [f"/{path.relative_to(ROOT)}" for path in tracked()]
    lost = [path for path in quoted if not any(file.endswith(f"/{path}") or (path.endswith("/") and f"/{path}" in file) for file in files)]
    assert set(lost) - MADE_AT_THE_START == set()


def test_every_check_has_its_page_and_every_page_its_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checks"]) == 0
    listed = re.findall(r"^([A-Z]+(?:-[A-Z]+)*)\b", capsys.readouterr().out, re.MULTILINE)
    pages = {page.stem for page in tracked("docs/checks/*.md")} - {"README"}
    assert set(listed) == pages
    index = (ROOT / "docs" / "checks" / "README.md").read_text("utf-8")
    assert set(re.findall(r"\]\(([A-Z-]+)\.md\)", index)) == pages


def test_the_change_log_speaks_of_the_version_that_is_there() -> None:
    (version,) = re.findall(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
