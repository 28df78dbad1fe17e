"""The site's icons: our own strokes on a 20 × 20 grid. A page's sprite holds only those it used."""

from __future__ import annotations

from collections.abc import Iterable

GLYPHS = {
    "back": '<path d="M4 9h9a4 4 0 0 1 0 8H8M7.5 5L4 9l3.5 4"/>',
    "check": '<path d="M4 10.5l4 4 8-9"/>',
    "clock": '<circle cx="10" cy="10" r="7.5"/><path d="M10 5.5V10l3 2"/>',
    "dash": '<path d="M5 10h10"/>',
    "down": '<path d="M10 3v11M5.5 10l4.5 4.5L14.5 10M4 17.5h12"/>',
    "file": '<path d="M5 2.5h7l3.5 3.5v11.5h-10.5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5"/>',
    "flag": '<path d="M5 18V3h9l-2 3.5L14 10H5"/>',
    "gap": '<path d="M10 2l8 8-8 8-8-8z" stroke-dasharray="3 2.4"/>',
    "half": '<circle cx="10" cy="10" r="7"/><path d="M10 3a7 7 0 0 0 0 14z" fill="currentColor" stroke="none"/>',
    "lock": '<rect x="4.5" y="9" width="11" height="8" rx="1"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>',
    "note": '<circle cx="10" cy="10" r="2.5" fill="currentColor" stroke="none"/>',
    "over": '<path d="M10 3l7 7-7 7-7-7z" fill="currentColor"/>',
    "pause": '<path d="M7 4v12M13 4v12"/>',
    "pen": '<path d="M4 16l1-4L14 3l3 3-9 9zM12 5l3 3"/>',
    "phone": ('<path d="M5 3h3l1.5 4L7.5 8.5a9 9 0 0 0 4 4L13 10.5l4 1.5v3c0 1-1 2-2 2C8.5 17 3 11.5 3 5c0-1 1-2 2-2z"/>'),
    "photo": '<rect x="2.5" y="4" width="15" height="12" rx="1.5"/><path d="M3 14l4.5-4 3 2.5L14 9l3.5 3.5"/><circle cx="7" cy="7.5" r="1"/>',
    "pin": '<path d="M10 18s6-5.5 6-10a6 6 0 0 0-12 0c0 4.5 6 10 6 10z"/><circle cx="10" cy="8" r="2"/>',
    "print": '<path d="M6 8V3h8v5M5 14H3V8h14v6h-2M6 12h8v5H6z"/>',
    "pub": '<path d="M3 8v4h3l6 4V4L6 8zM15 7.5a4 4 0 0 1 0 5"/>',
    "ring": '<circle cx="10" cy="10" r="7"/><circle cx="10" cy="10" r="3"/>',
    "run": '<circle cx="10" cy="10" r="7"/><path d="M6.7 10h.1M10 10h.1M13.3 10h.1" stroke-width="2.6"/>',
    "seal": '<circle cx="10" cy="8" r="5.5"/><path d="M7.5 8l2 2 3-3.5M7 13l-1 5 4-2 4 2-1-5"/>',
    "sheet": '<path d="M3 4h14v12H3zM3 8h14M3 12h14M8 4v12"/>',
    "stop": '<path d="M6.5 2h7L18 6.5v7L13.5 18h-7L2 13.5v-7z"/><path d="M7 7l6 6M13 7l-6 6"/>',
    "todo": '<circle cx="10" cy="10" r="7"/>',
    "warn": '<path d="M10 3l8 14H2zM10 8v4M10 14.3v.2"/>',
}


def use(name: str) -> str:
    """The mark that shows a glyph of the page's sprite. Raises KeyError for a glyph that does not exist."""
    GLYPHS[name]
    return f'<svg class="i" aria-hidden="true" focusable="false"><use href="#i-{name}"/></svg>'


def drawn(name: str) -> str:
    """The glyph itself, for a fragment that goes into a page whose sprite is already written."""
    return f'<svg class="i" aria-hidden="true" focusable="false" viewBox="0 0 20 20">{GLYPHS[name]}</svg>'


def sprite(names: Iterable[str]) -> str:
    """One hidden drawing with a symbol for each name; "" for none."""
    symbols = "".join(f'<symbol id="i-{name}" viewBox="0 0 20 20">{GLYPHS[name]}</symbol>' for name in sorted(set(names)))
    return f'<svg class="vh" aria-hidden="true" focusable="false"><defs>{symbols}</defs></svg>' if symbols else ""
