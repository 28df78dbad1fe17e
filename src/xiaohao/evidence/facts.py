"""Checkable facts of a sentence: an amount, a day, a named document, a place, a thing of equipment, a person, a reading.

A sentence without one ("高度重视，强力推进") says nothing that anybody could look up; a sentence with one can be wrong, and so can be trusted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiaohao.evidence.dates import dates
from xiaohao.evidence.folding import fold
from xiaohao.evidence.quantities import amounts


@dataclass(frozen=True, slots=True)
class Fact:
    """One checkable fact; `kind` is amount, date, document, place, equipment, person or result."""

    kind: str
    text: str
    start: int
    end: int


_NUMBER_OF_PAPER = re.compile(r"[^\s，。；：（）《》、]{0,12}〔\d{4}〕\d+号|（[^（）]{0,20}字?第?\d+号）")
_PAPER = re.compile(r"《[^》\n]{2,80}》")
_PLACE = re.compile(
    r"[一-鿿]{1,8}?(?:镇|乡|村|社区|街道|断面|点位|排口|泵站|闸口|大桥|水库|矿区|厂区|采石场|填埋场|污水处理厂|工业园|路段)(?![长民务级])"
)
_EQUIPMENT = re.compile(
    r"(?:脱硫|除尘|喷淋|在线监测|监控|称重|围挡|防渗膜|雾炮|压滤|曝气|脱硝|活性炭|油烟净化|防尘网|沉淀池|截污管|管网|视频)[一-鿿]{0,6}?(?:装置|设备|设施|系统|机|网|池|塔|管|膜|探头|平台)?"
)
_PERSON = re.compile(r"(?:管护人|责任人|负责人|河长|林长|网格员|联系人|聘请|聘用)(?:为|是|：)?[一-鿿]{2,3}(?=[，。；、）]|受聘|等)")
_RESULT = re.compile(
    r"(?:达到|满足|符合|优于|稳定在)[^，。；]{0,12}?(?:[ⅠⅡⅢⅣⅤI-V一二三四五]{1,3}类|一级[AB]|排放标准|GB ?\d+|表\d)|(?:通过|经)[^，。；]{0,14}?(?:竣工|专家|环保)?验收"
)


def facts_in(text: str, known: str = "") -> tuple[Fact, ...]:
    """The checkable facts of `text`, in order. With `known` (the problem, the plan), an amount, document or place that is only repeated from there is no fact."""
    folded = fold(text)
    flat, already = folded.text, fold(known).text
    found: list[tuple[str, int, int]] = [("amount", first, last) for _, first, last in amounts(folded, 0, len(flat), text)]
    found += [("date", dated.start, dated.end) for dated in dates(flat) if dated.iso is None or len(dated.iso) >= len("2021-01")]
    for kind, pattern in (
        ("document", _NUMBER_OF_PAPER),
        ("document", _PAPER),
        ("result", _RESULT),
        ("person", _PERSON),
        ("place", _PLACE),
        ("equipment", _EQUIPMENT),
    ):
        found += [(kind, *match.span()) for match in pattern.finditer(flat)]
    facts: list[Fact] = []
    for kind, first, last in sorted(found, key=lambda each: (each[1], -each[2])):
        if (already and flat[first:last] in already) or (facts and folded.span(first, last)[0] < facts[-1].end):
            continue
        start, end = folded.span(first, last)
        facts.append(Fact(kind, text[start:end], start, end))
    return tuple(facts)
