"""Facts of a sentence that a person could go and check: an amount, a day, a document, a place, a thing built, a rhythm.

"高度重视，扎实推进" holds none; "2022年2月23日测量（自然函〔2022〕12号）" holds two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from xiaohao.evidence.dates import dates_in
from xiaohao.evidence.quantities import quantities_in


@dataclass(frozen=True, slots=True)
class Fact:
    """One checkable fact at code points `start`..`end`; `kind` is amount, day, document, place, thing, series or rhythm."""

    kind: str
    text: str
    start: int
    end: int


_HAN = "\u4e00-\u9fff"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("document", re.compile(r"[〔\[(（【](?:19|20)\d{2}[〕\])）】]\s*第?\d+\s*号")),
    # a title counts only where the unit says that it made, signed or sent the document: citing a law is no fact about the work
    (
        "document",
        re.compile(r"(?:印发|制定|出台|编制|下发|发布|签订|修订|形成|报送|建立|上报|完善|起草)了?(?:并\S{2,4}了?)?《[^》]{4,80}》"),
    ),
    # a bare year ("2018年以来") opens florid sentences as well and is no day
    ("day", re.compile(r"(?:19|20)\d{2}\s*年\s*(?:\d{1,2}\s*月(?:\s*\d{1,2}\s*日|[上中下]旬|底)?|[一二三四]季度)|\d{1,2}月\d{1,2}日")),
    ("rhythm", re.compile(r"每(?:周|月|日|天|季度?|半月|旬|年)(?!度)[^，。；]{0,12}")),
    (
        "thing",
        re.compile(
            rf"(?:建成|新建|改建|扩建|安装|配有|配备|购置|更换|铺设|敷设|拆除|封堵|清运|关停|投运|增设|设置|覆盖|绿化|硬化|复绿|接入|验收|竣工)[{_HAN}\d]{{0,10}}"
            r"(?:设备|设施|装置|系统|机组|管网|管道|干管|管线|池|塔|井|泵站?|站|厂|炉|围挡|防尘网|排口|排污口|堤|沟渠|道路|雾炮|在线监测|标志牌|裸土|渣土|垃圾|污泥)"
            rf"|[{_HAN}]{{0,8}}(?:裸土|渣土|垃圾|污泥|排污?口|围挡|煤堆|料堆|矿坑)[已全均]{{1,3}}[{_HAN}]{{2,4}}"
        ),
    ),
    (
        "series",
        re.compile(
            r"(?:监测|在线|断面|化验|检测)(?:序列|数据|结果|报告)(?:显示|表明|见|为)?|月均值|日均值|年均值|达到?[^，。]{0,6}级标准|一级A"
        ),
    ),
    (
        "place",
        re.compile(
            rf"[{_HAN}]{{2,8}}(?:断面|村|社区|填埋场|污水处理[厂站]|产业园|矿区|矿山|采石场|河段|泵站|园区|工地|厂区|厂界|监测站)(?=[{_HAN}，。；、（(])"
        ),
    ),
)
#: Words that look like a named place but name none.
_NO_PLACE = re.compile(r"^(?:全部|各|所有|有关|相关|辖区|农村|乡村|重点|部分|其他|多个|一些|周边|该|本|我|贫困|行政|自然)|开发区(?:园区)?$")


#: Answers kept for the next caller: several checks ask about the same few sentences of one case.
_REMEMBERED = 256


@lru_cache(maxsize=_REMEMBERED)
def facts_in(text: str, names: tuple[str, ...] = ()) -> tuple[Fact, ...]:
    """Every checkable fact of `text`, in order, overlapping ones once; `names` are names of places or plants that count where they appear."""
    found = sorted(_facts(text, names), key=lambda fact: (fact.start, -fact.end))
    kept: list[Fact] = []
    for fact in found:
        if not kept or fact.start >= kept[-1].end:
            kept.append(fact)
    return tuple(kept)


def _facts(text: str, names: Iterable[str]) -> Iterator[Fact]:
    for amount in quantities_in(text):
        yield Fact("amount", amount.text, amount.start, amount.end)
    for day in dates_in(text):
        if day.iso and len(day.iso) > len("2022"):  # also 二〇二二年三月十四日, 2022.3.14; a bare year is no day
            yield Fact("day", day.text, day.start, day.end)
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if kind != "place" or not _NO_PLACE.search(found.group()):
                yield Fact(kind, found.group(), *found.span())
    for name in names:
        at = text.find(name) if len(name) > 1 else -1
        if at >= 0:
            yield Fact("place", name, at, at + len(name))
