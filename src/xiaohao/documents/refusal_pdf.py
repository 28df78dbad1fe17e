"""The list of what is missing 缺项单 as a PDF: what a clerk takes along after a refused step."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xiaohao.documents.typeset import set_pdf
from xiaohao.kernel.refused import Unmet
from xiaohao.kernel.when import CST


def refusal_pdf(*, task: str, unit: str, step: str, unmet: tuple[Unmet, ...], made_at: datetime, fonts: Path | None = None) -> bytes:
    """The sheet of a refused `step` (its Chinese words) of `task` (第7项 清沅河氨氮超标) asked for by `unit`, as a PDF.
    Raises ValueError for a `made_at` without its offset."""
    local = made_at.astimezone(CST)
    sheet = {
        "title": f"缺项单 {task}",
        "unit": unit,
        "task": task,
        "step": f"{step}（{unit}）" if unit else step,
        "made_at": f"{local.year}年{local.month}月{local.day}日{local:%H:%M}",
        "sentence": f"还有{len(unmet)}项没有满足，暂不能办理。补上下列各项后即可办理：",
        "unmet": [{"fact": gap.fact, "basis": gap.basis, "way": gap.way, "who": gap.who} for gap in unmet],
    }
    return set_pdf("refusal", sheet, made_at=made_at, fonts=fonts)
