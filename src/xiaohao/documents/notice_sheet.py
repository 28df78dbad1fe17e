"""The notice as the values that its printed form needs: dates in words, runs of the title, the QR code drawn, the digest in groups."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

import segno

from xiaohao.documents.typeset import unbroken
from xiaohao.publicity.notice_content import Notice, digest
from xiaohao.publicity.notice_text import OBJECTIONS_SUSPEND, due_words, window_sentence
from xiaohao.publicity.words import day_words, ordinal

#: What the paper says of the journal before the notice is in it.
NOT_YET_LOGGED = "本公示写入公开日志后，可在上述网址核对。"

#: A sheet of paper is scanned crumpled and in poor light: a quarter of the code may be lost (ISO/IEC 18004, level Q).
_QR_LEVEL = "q"

#: Where an official title may break: after 关于, before and after the quoted task, before the last words.
_TITLE_RUNS = re.compile(r"关于|第[^第“”]{1,8}项|“[^“”]*”|整改完成情况的公示|[^第“”]+?(?=第|“|整改完成情况的公示|$)")

#: A run of a title longer than this may break anywhere: it would not fit a line of 22 pt.
_LONGEST_RUN = 18

_GROUP = 8


def notice_sheet(notice: Notice, *, url: str, checkpoint_line: str, proof: str = "") -> dict[str, Any]:
    """JSON values of the printed notice. `url` is where the page of the notice stands, `checkpoint_line` names the journal's size and root,
    `proof` is the text of the .tlog-proof file that is attached ("" for none)."""
    return {
        "title": notice.title,
        "title_runs": list(title_runs(notice.title)),
        "number": notice.number,
        "issuer": notice.issuer,
        "issued_on": day_words(notice.issued_on),
        "opening": notice.opening,
        "problem": unbroken(notice.problem),
        "source": notice.source,
        "units": "、".join(notice.units),
        "goals": list(_goals(notice)),
        "due": due_words(notice) if notice.due else "",
        "measures": [
            {
                "number": m.number,
                "text": unbroken(m.text.rstrip("。")),
                "owner": m.owner,
                "answer": unbroken(m.answer),
                "records": list(m.records),
            }
            for m in notice.measures
        ],
        "hands": [{"role": hand.role, "unit": hand.unit or "未指定", "note": hand.note} for hand in notice.hands],
        "self_acceptance": notice.self_acceptance,
        "window": window_sentence(notice),
        "calendar": notice.calendar,
        "objections": OBJECTIONS_SUSPEND,
        "ways": [{"label": label, "value": value} for label, value in _ways(notice) if value],
        "url": url,
        "qr": qr_svg(url),
        "checkpoint": checkpoint_line or NOT_YET_LOGGED,
        "digest": digest(notice),
        "proof": proof,
        "digest_groups": in_groups(digest(notice)),
    }


def title_runs(title: str) -> Iterable[str]:
    """The title in runs that stay together on a line; joined they are the title."""
    for run in _TITLE_RUNS.findall(title):
        yield from run if len(run) > _LONGEST_RUN else (run,)


def qr_svg(url: str) -> str:
    """The QR code of the address as an SVG drawing with its quiet zone."""
    drawn = io.BytesIO()
    segno.make(url, error=_QR_LEVEL, micro=False).save(
        drawn, kind="svg", border=4, xmldecl=False, svgns=True, dark="#000000", light="#ffffff"
    )
    return drawn.getvalue().decode()


def in_groups(hexadecimal: str) -> str:
    """A digest in groups of eight, so that two people can compare it aloud."""
    return " ".join(hexadecimal[start : start + _GROUP] for start in range(0, len(hexadecimal), _GROUP))


def _goals(notice: Notice) -> Iterable[dict[str, str]]:
    for number, goal in enumerate(notice.goals, start=1):
        head = f"（{ordinal(number)}）" if len(notice.goals) > 1 else ""
        yield {"label": f"{head}整改目标：", "text": unbroken(goal.text), "result": unbroken(goal.result)}


def _ways(notice: Notice) -> Iterable[tuple[str, str]]:
    yield "受理部门：", notice.desk.unit
    yield "联系电话：", notice.desk.phone
    yield "联系地址：", notice.desk.address
