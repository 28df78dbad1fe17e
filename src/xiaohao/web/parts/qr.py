"""QR codes as inline drawings: an address that a telephone can read from paper."""

from __future__ import annotations

from io import BytesIO

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

#: Error correction of a code that is printed, pinned up outdoors and photographed: a quarter of it may be lost.
CORRECTION = "q"


def drawing(address: str, label: str = "") -> SafeString:
    """The code of `address` as an SVG with a name for those who do not see it."""
    code = segno.make(address, error=CORRECTION, micro=False)
    held = BytesIO()
    code.save(held, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, dark="#17212B", svgclass="qr", lineclass=None)
    svg = held.getvalue().decode().strip()
    label = label or gettext("本页二维码")
    named = f'<svg role="img" aria-label="{escape(label)}"'
    return mark_safe(svg.replace("<svg", named, 1))
