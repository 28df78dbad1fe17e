"""Writes docs/procedure: a page and a drawing per packaged rulebook, and their index. Run it after changing steps, gates or rulebooks:

python docs/build_procedure.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xiaohao.procedure.diagram import diagram
from xiaohao.procedure.page import index, page
from xiaohao.procedure.rulebook import PACKAGED, packaged
from xiaohao.procedure.standards import packaged_standards
from xiaohao.procedure.standards.page import page as standards_page

HOME = Path(__file__).parent / "procedure"


def built() -> Mapping[str, str]:
    """Name of each file of docs/procedure and what it must hold."""
    rulebooks = [packaged(name) for name in PACKAGED]
    files = {"README.md": index(rulebooks), "standards.md": standards_page(packaged_standards())}
    for rules in rulebooks:
        files |= {f"{rules.name}.md": page(rules), f"{rules.name}.svg": diagram(rules)}
    return files


if __name__ == "__main__":
    HOME.mkdir(exist_ok=True)
    for name, text in built().items():
        (HOME / name).write_text(text, "utf-8")
