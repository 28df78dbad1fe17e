"""The items of a part: measures, goals, things done, each with its printed number and its stretch of text.

Numbering may be （一）, 一、, 1., ①, 一是 or 第一，; without any, paragraphs count, and in a single paragraph sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from xiaohao.documents.labels import Part
from xiaohao.documents.sections import Section
from xiaohao.evidence.folding import fold
from xiaohao.evidence.numerals import ordinal


@dataclass(frozen=True, slots=True)
class Item:
    """One item: printed number as digits (None without one), folded offsets `start`..`end` of its words, the number left out."""

    no: str | None
    start: int
    end: int


_NUMERAL = r"[一二三四五六七八九十]{1,3}"
#: Spellings of numbered items. Where two spellings both run from one, the one that starts first is the outer list.
_STYLES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?:(?<=[\n。；：，！ ])|\A)（(?P<no>{_NUMERAL})）[、.：，]? ?"),
    re.compile(rf"(?:(?<=[\n。；：！ ])|\A)(?P<no>{_NUMERAL})、 ?(?![^，。；\n]{{0,2}}、)"),
    re.compile(
        r"(?:(?<=[\n。；：，！ ”])|\A)(?P<no>\d{1,2})(?:[.．](?!\d{1,2}(?:[^\d]|$)(?<=[万亿吨米亩元公%])))[ 、]?(?!\d+(?:万|%|吨|公里|米|亩|元))"
    ),
    re.compile(r"(?:(?<=[\n。；：，！ ])|\A)(?P<no>\d{1,2})、 ?(?!\d{1,2}、)"),
    re.compile(r"(?:(?<=[\n。；：，！ ])|\A)（?(?P<no>\d{1,2})） ?"),
    re.compile(r"(?P<no>[①-⑳]) ?"),
    re.compile(rf"(?:(?<=[\n。；：，！ ”])|\A)(?P<no>{_NUMERAL})是(?:要)?[：，]? ?"),
    re.compile(rf"(?:(?<=[\n。；：，！ ])|\A)第(?P<no>{_NUMERAL})(?:，|、|：|步[，：]) ?"),
    re.compile(rf"(?:(?<=[\n。；：，！ ])|\A)(?:整改)?措施(?P<no>{_NUMERAL}|\d{{1,2}})[：、，. ] ?"),
)
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_SUMMARY = re.compile(
    r"(?:目前|至此|综上|截至目前|现|以上|经(?:现场)?(?:核查|验收|整改|核实)|根据[^，。]{0,20})?[，]?(?:该|此|上述|本)?(?:项|条)?(?:反馈)?(?:整改)?(?:问题|任务|工作|整改|措施)?(?:现|均|全部|已|基本|按(?:要求|时|期)){1,4}(?:已)?(?:按(?:要求|时|期))?完成(?:整改|销号)?(?:任务|工作|到位)?(?:，?(?:并)?(?:长期坚持|持续推进|达到(?:整改)?(?:目标|要求)|申请销号))?[。；]?"
)
_GENERIC = re.compile(
    r"(?:已|基本|全部)?(?:完成|整改)(?:整改)?(?:到位)?[。]?|(?:整改)?(?:任务|问题)?(?:已)?(?:按期|按时)?完成整改(?:任务)?[。]?|(?:具体|有关|相关|主要)?(?:整改)?(?:情况|措施|做法)如下[：。]?"
)


def items_of(section: Section, text: str) -> tuple[Item, ...]:
    """The items of a section of the folded `text`."""
    if section.empty:
        return ()
    stretch = text[section.start : section.end]
    numbered = _numbered(stretch)
    if numbered:
        items = tuple(_placed(no, stretch, first, last, section.start) for no, first, last in numbered)
        return (*items, *_behind(section, stretch, numbered[-1][2]))
    return tuple(_placed(None, stretch, first, last, section.start) for first, last in _unnumbered(section, stretch))


def numbered_parts(words: str) -> tuple[tuple[str | None, str], ...]:
    """The numbered items of one stretch of words (a cell of a table) as (number, words); the whole as one where nothing is numbered."""
    text = fold(words).text
    if runs := _numbered(text):
        return tuple((no, text[first:last].strip(" \n；;")) for no, first, last in runs)
    return ((None, words.strip()),) if words.strip() else ()


def _behind(section: Section, stretch: str, last: int) -> tuple[Item, ...]:
    """In a report, paragraphs behind a numbered list tell more of what was done, unless they only sum up."""
    if section.part is not Part.DONE:
        return ()
    paragraphs = [(line.start - section.start, line.end - section.start) for line in section.lines if line.start - section.start >= last]
    return tuple(
        _placed(None, stretch, first, end, section.start)
        for first, end in paragraphs
        if end - first >= _SHORTEST_PARAGRAPH and not _says_nothing(stretch[first:end])
    )


#: A paragraph shorter than this (in characters) tells nothing of its own.
_SHORTEST_PARAGRAPH = 12


def _placed(no: str | None, stretch: str, first: int, last: int, base: int) -> Item:
    words = stretch[first:last]
    bare = words.strip(" \n")
    first += words.index(bare) if bare else 0
    return Item(no, base + first, base + first + len(bare))


def _numbered(stretch: str) -> list[tuple[str, int, int]]:
    """(number, start, end) of the items of the outermost numbering; [] when there is none that runs one, two, …"""
    runs = [run for style in _STYLES if (run := _run(style, stretch))]
    runs = [run for run in runs if len(run) > 1 or run[0].start() <= 1]
    if not runs:
        return []
    run = min(runs, key=lambda run: (run[0].start(), -len(run)))
    last = _end_of_last(stretch, run[-1].end())
    behind = stretch.find("\n", run[-1].end(), last)
    if len(run) > 1 and behind > 0 and "\n" not in stretch[run[0].start() : run[-1].end()]:
        last = behind  # the list runs inside one paragraph: the next paragraph is none of its items
    edges = [mark.start() for mark in run[1:]] + [last]
    return [(ordinal_of(mark), mark.end(), edge) for mark, edge in zip(run, edges, strict=True) if stretch[mark.end() : edge].strip()]


def _run(style: re.Pattern[str], stretch: str) -> list[re.Match[str]]:
    """The marks of one style that count one, two, three …"""
    run: list[re.Match[str]] = []
    for mark in style.finditer(stretch):
        if ordinal_of(mark) == str(len(run) + 1):
            run.append(mark)
    return run


def ordinal_of(mark: re.Match[str]) -> str:
    """The digits of a mark's number; ③ is 3."""
    sign = mark["no"]
    return str(ord(sign) - ord("①") + 1) if "①" <= sign <= "⑳" else ordinal(sign) or ""


def _end_of_last(stretch: str, start: int) -> int:
    """The last item ends before a paragraph that sums up ("目前，该问题已完成整改。")."""
    for found in re.finditer(r"\n", stretch[start:]):
        if _SUMMARY.fullmatch(stretch[start + found.end() :].split("\n")[0].strip()):
            return start + found.start()
    return len(stretch)


def _unnumbered(section: Section, stretch: str) -> list[tuple[int, int]]:
    paragraphs = [(line.start - section.start, line.end - section.start) for line in section.lines]
    if section.part is Part.GOALS:
        pieces = [piece for span in paragraphs for piece in _clauses(stretch, *span)]
    elif len(paragraphs) > 1:
        pieces = paragraphs
    else:
        pieces = _sentences(stretch, 0, len(stretch))
        if section.part is Part.DONE:
            pieces = [part for piece in pieces for part in _dated(stretch, *piece)]
    kept = [(first, last) for first, last in pieces if len(stretch[first:last].strip("。；， \n")) >= 2]
    told = [(first, last) for first, last in kept if not _says_nothing(stretch[first:last].strip(" \n"))]
    return told or kept


def _says_nothing(words: str) -> bool:
    return bool(_SUMMARY.fullmatch(words) or _GENERIC.fullmatch(words))


def _sentences(stretch: str, start: int, end: int) -> list[tuple[int, int]]:
    return [found.span() for found in _SENTENCE.finditer(stretch, start, end)]


_AIM = re.compile(
    r"(?:并)?(?:确保|完成|实现|达到|消除|规范|杜绝|改善|提升|提高|全面|建立|落实|解决|保障|防止|恢复|有效|加强|推进|推动|力争|清理|治理|整治|取缔|修复|严格|彻底|做到|切实|坚决|不断|进一步|加快|健全|强化|优化|减少|降低|遏制|建成|依法|持续)"
)


def _clauses(stretch: str, start: int, end: int) -> list[tuple[int, int]]:
    """Goals are often strung together by commas: a sentence whose later clauses each begin with what is to be done is cut at them."""
    goals = []
    for first, last in _sentences(stretch, start, end):
        cuts = [first, *(found.end() for found in re.finditer("，", stretch[first:last]))]
        cuts = [first, *(cut + first for cut in cuts[1:])]
        if len(cuts) > 1 and all(_AIM.match(stretch, cut) for cut in cuts[1:]):
            goals += list(zip(cuts, [*cuts[1:], last], strict=True))
        else:
            goals.append((first, last))
    return [(first, last - (stretch[last - 1] == "，")) for first, last in goals]


def _dated(stretch: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence of what was done is cut where a comma opens the next dated event."""
    cuts = [start, *(start + found.end() for found in re.finditer(r"，(?=(?:于)?\d{4}年\d{1,2}月)", stretch[start:end])), end]
    return [(first, last - (last < end)) for first, last in pairwise(cuts)]


_TURN = re.compile(r"[。；，\n ]?(?:整改)?(?:措施)?(?:落实|完成|整改|进展|办理)(?:情况|进展|成效)(?:：|。)")
_ITS_MEASURE = re.compile(r"(?:整改)?措施(?:内容)?：")


def measure_and_answer(item: Item, text: str) -> tuple[Item, Item | None]:
    """An item that says a measure and then what became of it, cut in two; without a turning word, the first sentence is the measure."""
    begin = item.start
    if label := _ITS_MEASURE.match(text, begin, item.end):
        begin = label.end()
    turn = _TURN.search(text, begin, item.end)
    if turn:
        closes = text[turn.start()] in "。；"
        return _bare(item.no, text, begin, turn.start() + closes), _bare(item.no, text, turn.end(), item.end)
    stop = text.find("。", begin, item.end) + 1
    if not stop or stop >= item.end:
        return _bare(item.no, text, begin, item.end), None
    return _bare(item.no, text, begin, stop), _bare(item.no, text, stop, item.end)


def _bare(no: str | None, text: str, start: int, end: int) -> Item:
    words = text[start:end]
    bare = words.strip(" \n，")
    start += words.index(bare) if bare else 0
    return Item(no, start, start + len(bare))


#: How an answer names the measure it answers: 关于第1项整改措施落实情况。 措施一落实情况：
_NAMES = re.compile(
    r"(?:关于|针对|对于|对照|围绕)?(?:整改)?(?:措施)?第?(?P<numbers>[\d一二三四五六七八九十]{1,3}(?:[、和及，至-]第?[\d一二三四五六七八九十]{1,3})*)(?:项|条|个|点)?(?:的)?(?:整改)?(?:任务|措施|要求)?(?:的)?(?:落实|完成|整改|进展|办理)?(?:情况|方面)?(?:说明)?(?:。|：|，| )"
)


def named_measures(item: Item, text: str) -> tuple[tuple[str, ...], int]:
    """The measure numbers that an answer names at its beginning, and where its own words begin. ((), item.start) when it names none."""
    found = _NAMES.match(text, item.start, item.end)
    if not found or not re.search(r"措施|关于|针对|对照|第", found.group()):
        return (), item.start
    return _numbers(found["numbers"]), found.end()


def _numbers(words: str) -> tuple[str, ...]:
    parts = [ordinal(part) for part in re.split(r"[、和及，]第?", words)]
    if "至" in words or "-" in words:
        ends = [ordinal(part) for part in re.split(r"[至-]第?", words)]
        if len(ends) == 2 and ends[0] and ends[1]:
            return tuple(str(n) for n in range(int(ends[0]), int(ends[1]) + 1))
    return tuple(part for part in parts if part)
