"""The text as a reader recognises it: one width, one script, no pronunciation fragments, no letter-spacing.

A Folded text remembers where each of its characters stands in the source, so everything found in it points into the source as read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from xiaohao.evidence.traditional import SIMPLIFIED

HAN = "\u4e00-\u9fff"

_WIDTH = {
    **{0xFF10 + n: ord("0") + n for n in range(10)},
    **{0xFF21 + n: ord("A") + n for n in range(26)},
    **{0xFF41 + n: ord("a") + n for n in range(26)},
    **{ord(narrow): ord(wide) for narrow, wide in zip(",:;()!?", "，：；（）！？", strict=True)},
    **{ord(odd): ord("-") for odd in "－﹣−‒‐–‑"},
    **{ord(odd): ord("~") for odd in "～∼〜"},
    **{ord(odd): ord(" ") for odd in "\u00a0\u3000\r\u2002\u2003\u2009"},
    ord("％"): ord("%"), ord("．"): ord("."), ord("／"): ord("/"), ord("﹪"): ord("%"), ord("―"): ord("—"), ord("─"): ord("—"),
    ord("「"): ord("“"), ord("」"): ord("”"), ord("『"): ord("“"), ord("』"): ord("”"), ord("＂"): ord('"'), ord("︰"): ord("："),
    ord("﹕"): ord("："), ord("﹐"): ord("，"), ord("﹑"): ord("、"), ord("［"): ord("["), ord("］"): ord("]"), ord("〈"): ord("《"), ord("〉"): ord("》"),
}  # fmt: skip
_SAME_PLACE = {**SIMPLIFIED, **_WIDTH}

_PINYIN = "a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_NOISE = re.compile(
    rf"(?<=[{HAN}])（[{_PINYIN}]{{1,6}}）"  # 環(huán): a converter that left the pronunciation behind
    rf"|(?<=[{HAN}])[（？]?(?=[{_PINYIN}]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[{_PINYIN}]{{1,6}}）[a-z]?(?=[{HAN}])"  # its brackets may be damaged too
    r"|[\u200b-\u200f\u2060\ufeff\u00ad]"
    r"|，(?= ?[，、。；：！？])"  # doubled and stray commas
    r"|(?<=[、：]) ?，"
    r"|(?<=[\d半]) +(?=[年月日号时项个次件家起人%万亿至到-])|(?<=[年月日至到共第约]) +(?=\d)|(?<=[\d ]年) +(?=[底末初上下一二三四第前])|(?<=[\d ]月) +(?=[底末初上中下份])"
)
_SPACED = re.compile(rf"(?<![{HAN}\d])[{HAN}](?: {{1,8}}[{HAN}])+(?![{HAN}])")
#: A text is letter-spaced throughout (a scan, recognised) when so many of its Han characters are followed by one blank and another character …
SPACED_SHARE = 0.2
#: … in a text long enough to tell; the blanks of aligned labels and signatures are far fewer.
FEWEST_HAN = 40
_GAP = re.compile(r"(?<=\S) {1,2}(?=\S)")
_HAN_GAP = re.compile(rf"[{HAN}] (?=\S)")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what recognition works on; `places` the source offset of each of its characters (None: the same offset)."""

    text: str
    places: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source code points (end excluded) of the folded stretch `start`..`end`."""
        if self.places is None or start >= end:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def one_width(text: str) -> str:
    """The text with its digits, letters and marks in one width, each character where it stood: what is found in it points into `text`."""
    return text.translate(_WIDTH)


@lru_cache(maxsize=8)
def fold(text: str) -> Folded:
    """Fold `text` for recognition: digits, letters and marks to one width, traditional to simplified characters, noise left out."""
    flat = text.translate(_SAME_PLACE)
    flat = _THOUSANDS.sub(lambda comma: "," if text[comma.start()] == "," else "，", flat)
    cuts = [found.span() for found in _NOISE.finditer(flat)]
    cuts += _wraps(flat)
    cuts += _letter_spacing(flat)
    for run in _SPACED.finditer(flat):
        cuts += [gap.span() for gap in re.compile(" +").finditer(flat, run.start(), run.end())]
    if not cuts:
        return Folded(flat, None)
    return _without(flat, sorted(cuts))


#: A text whose longest line is no wider than this (Han characters count two columns) may have been broken at a margin …
WIDEST_MARGIN = 140
#: … when so many of its lines reach the margin, give or take so many columns, without an end of sentence.
FEWEST_BROKEN, RAGGED_COLUMNS = 2, 4
#: A column no wider than this (a telephone, a scanned half page) is more ragged: a fifth of its width.
NARROW_COLUMNS = 60
_ENDED = re.compile(r"[。；！？：”）】]$|公示$|公告$|通报$")
_STARTS = re.compile(
    r" *(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、](?!\d)|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十]，|附件|特此|【|[^：，。\n]{2,10}：|\d{4}年\d{1,2}月\d{1,2}日$)"
)


def _wraps(flat: str) -> list[tuple[int, int]]:
    """The line ends that only a page margin made: the line is as wide as the page, and the sentence goes on in the next."""
    lines = flat.split("\n")
    widths = (
        [sum(2 if sign > "\u2e80" else 1 for sign in line.rstrip()) for line in lines]
        if len(lines) > 3 and max(map(len, lines)) <= WIDEST_MARGIN
        else []
    )
    margin = max(widths, default=0)
    if not 30 <= margin <= WIDEST_MARGIN:
        return []
    ragged = max(RAGGED_COLUMNS, margin // 5) if margin <= NARROW_COLUMNS else RAGGED_COLUMNS
    full = [width >= margin - ragged for width in widths]
    cuts, at = [], 0
    for n, line in enumerate(lines[:-1]):
        at += len(line) + 1
        following = lines[n + 1]
        goes_on = full[n + 1] or following.rstrip().endswith(("。", "；", "！"))
        if full[n] and goes_on and not _ENDED.search(line.rstrip()) and not _STARTS.match(following):
            cuts.append((at - 1 - (len(line) - len(line.rstrip())), at + len(following) - len(following.lstrip())))
    return cuts if len(cuts) >= FEWEST_BROKEN else []


def _letter_spacing(flat: str) -> list[tuple[int, int]]:
    """The blanks that recognition of a scan put between characters, in a text that is full of them; wide gaps stay, they part columns."""
    gaps = len(_HAN_GAP.findall(flat))
    if gaps < SPACED_SHARE * FEWEST_HAN or gaps < SPACED_SHARE * len(re.findall(f"[{HAN}]", flat)):
        return []
    return [gap.span() for gap in _GAP.finditer(flat)]


def _without(flat: str, cuts: list[tuple[int, int]]) -> Folded:
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in [*cuts, (len(flat), len(flat))]:
        if start > at:
            kept.append(flat[at:start])
            places.extend(range(at, start))
        at = max(at, end)
    return Folded("".join(kept), tuple(places))
