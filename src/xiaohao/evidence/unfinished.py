"""Words by which a text says that something is not finished, although the text as a whole reports it done.

Quotations, denials ("不存在未完成") and things since mended ("尚未建成，现已建成") do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BUSY = "推进|实施|施工|办理|建设|开展|进行|整改|招标|编制|协调|申报|审批|筹备|谋划|安装|调试|修复|治理|收尾|落实|完善|制定|起草"
_TOTAL = "总(?:体)?(?:量|数|工程量|任务量?|投资|进度|面积|长度)|工程总?量|计划(?:量|数)?|任务(?:量|数)?|目标(?:任务)?"


#: 七成 is 70 %.
_TENTHS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A stretch `start`..`end` that says so. `soft` words also fit work that by its nature goes on (长期坚持); `share` is the part
    done in percent where the text gives it; `degree` marks words about how far it got (主体已完工, 初见成效)."""

    text: str
    start: int
    end: int
    soft: bool = False
    share: float | None = None
    degree: bool = False


_HARD = (
    re.compile(rf"正在?(?:按(?:计划|程序|工序)|加快|抓紧|有序|全力|积极|稳步|持续|陆续|逐步|组织|同步)*(?:{_BUSY})(?!了)"),
    re.compile(r"已?完成了?(?:相关|各项)?前期(?:手续|工作|准备)?(?:办理|工作)?(?!.{0,6}(?:并|后).{0,10}(?:建成|完工|验收))"),
    re.compile(
        r"(?:尚|还|仍|暂)未(?:全部|完全|全面)?(?:完成|建成|完工|投运|投入|达到|开工|动工|启动|到位|整改|验收|落实|达标|解决|治理|安装|拆除|清理)"
    ),
    re.compile(r"未(?:全部|完全|按期|如期|按时|全面)(?:完成|建成|完工|投运|达到|到位|整改|落实|解决)"),
    re.compile(
        r"未达到?(?:序时|时序)进度|有待(?:进一步)?(?:完成|推进|解决|完善|提高)|推进中(?=[，。；、）)]|$)|(?:处于|进入)[^，。；]{2,8}阶段"
    ),
    re.compile(
        r"(?:预计|计划|拟|力争|争取|将)(?:于|在|到)?\s*(?:20\d{2}年|明年|今年|次年|来年|(?:下|本|下一)(?:年度?|季度|个?月)|年内|年底|年末|近期|[上下]半年|第[一二三四]季度|[汛冬春夏秋入]\S{0,2}前|\d{1,2}月)"
        r"[^，。；]{0,12}(?:完成|建成|完工|投运|竣工|达标|开工|办结|出台|印发|交付|投用|启用|通水|通气|到位)"
    ),
    re.compile(
        r"(?:后续|其余|其他|剩余)(?:工作|工程|部分|措施|事项|任务)[^，。；]{0,8}(?:陆续|逐步|分期|分批|视情)(?:展开|实施|推进|完成|建设|施工|安装|整改|跟进|开展)"
    ),
    re.compile(rf"(?:仍|还|尚)在(?:{_BUSY})|即将(?:进场|开工|动工|启动|实施|建成|完工|完成|投运|印发|出台|竣工)|正(?:在)?征求意见"),
    re.compile(
        r"进展缓慢|(?:未|没有)完成(?=[，。；、]|$)|未(?:开工|动工)(?=[，。；、]|$)|(?:文稿|初稿|方案|办法|制度|草案)[^，。；]{0,4}已?(?:送审|报审|报批)(?=[，。；]|$)"
    ),
    re.compile(r"(?:择机|适时|择期)(?:安装|实施|启动|建设|印发|出台|施工|推进)|(?:随后|陆续)(?:跟进|展开|实施|施工)(?=[，。；]|$)"),
    re.compile(r"已委托[^，。；]{0,16}(?:编制|设计|勘察|测绘|可研)[^，。；]{0,8}(?=[。；]|$)"),
    re.compile(r"(?:剩余|余下|其余|剩下)[^，。；]{0,14}?(?:正在|尚未|仍在|将于|计划|拟于?|有待|待)[^，。；]{0,12}"),
    re.compile(r"(?<!招)待[^，。；]{1,10}(?:后|批复|下达|到位)[^，。；]{0,6}(?:实施|开工|推进|施工|启动)"),
)
_SOFT = (
    re.compile(r"(?:已|目前|均已)基本(?:完成|建成|完工|整改|落实|消除|达到|解决)(?:到位)?"),
    re.compile(r"(?:持续|继续|深入|加快|稳步|有序)推进(?:中)?(?=[，。；]|$)"),
)
_DEGREE = (
    re.compile(
        r"(?:尚|仍|还)(?:余|剩|有|欠|差)[^，。；]{0,10}?(?:待|未|没有?|需|须)[^，。；]{0,8}|(?:正在?|转入|进入|处于|仍在|尚在)(?:扫尾|收尾)(?!后)"
    ),
    re.compile(r"主体(?:工程|结构|部分)?(?:均?已经?|全部)?(?:完工|完成|建成|封顶|竣工)"),
    re.compile(
        r"(?:大部分|多数|大多)(?:均?已经?)?(?:完成|建成|拆除|清理|整改)|(?:扫尾|收尾)(?:工作|工程|任务)?(?:将?于?近期|正|即将|尚|仍|待)"
    ),
    re.compile(r"初见成效|初显成效|初具成效|见到初步成效|取得了?阶段性(?:成果|成效|进展)"),
)
_SHARE = (
    re.compile(rf"(?:达到?|占|完成|已完成)了?(?:{_TOTAL})的?(?:约|近|超过?)?(?P<share>\d+(?:\.\d+)?)[%％]"),
    re.compile(rf"(?:达到?|占|完成|已完成)了?(?:{_TOTAL})的?(?:约|近|超过?)?(?P<tenths>[一二三四五六七八九])成"),
    re.compile(r"(?:工程|形象|总体|施工|整体|建设|完成)(?:进度|率)(?:已|目前)?(?:达到?|完成|约|为)*(?P<share>\d+(?:\.\d+)?)[%％]"),
)

#: The same clause or the next one says that it has been mended since.
_MENDED = re.compile(
    r"(?:现|目前|后|均|如今|截至目前)?已(?:经)?(?:全部|全面|按期)?(?:完成|建成|整改到位|完工|投运|解决|验收|销号|拆除|清理)"
)
#: The words before deny it, or tell of the time before.
_DENIED = re.compile(
    r"(?:不存在|没有|无一|杜绝|避免|防止|未发现|未见|无|不再|此前|原来?|督察时|检查时|当时|整改前|反映的?|反馈的?|存在的?)[^，。；]{0,10}$"
)


#: What soft words say of everything at once (各项工作扎实有序推进) they say of nothing.
_ANYTHING = re.compile(r"各项(?:工作|任务|举措)[^，。；]{0,4}$")

#: Answers kept for the next caller: two checks and the coverage ask about the same sentences.
_REMEMBERED = 256


@lru_cache(maxsize=_REMEMBERED)
def unfinished_in(text: str) -> tuple[Unfinished, ...]:
    """Every stretch of `text` that says it is unfinished, in order."""
    quoted = [found.span() for found in re.finditer(r"“[^”]*”|《[^》]*》", text)]
    found = sorted(_stretches(text), key=lambda stretch: (stretch.start, -stretch.end))
    kept: list[Unfinished] = []
    for stretch in found:
        apart = not kept or stretch.start >= kept[-1].end
        if apart and not any(start <= stretch.start < end for start, end in quoted) and not _taken_back(text, stretch):
            kept.append(stretch)
    return tuple(kept)


def _stretches(text: str) -> Iterator[Unfinished]:
    for pattern in _HARD:
        yield from (Unfinished(found.group(), *found.span()) for found in pattern.finditer(text))
    for pattern in _SOFT:
        yield from (Unfinished(found.group(), *found.span(), soft=True) for found in pattern.finditer(text))
    for pattern in _DEGREE:
        yield from (Unfinished(found.group(), *found.span(), degree=True) for found in pattern.finditer(text))
    for pattern in _SHARE:
        for found in pattern.finditer(text):
            share = _TENTHS.index(found["tenths"]) * 10.0 if "tenths" in pattern.groupindex else float(found["share"])
            if share < 100:
                yield Unfinished(found.group(), *found.span(), share=share, degree=True)


def _taken_back(text: str, stretch: Unfinished) -> bool:
    if _DENIED.search(text[max(0, stretch.start - 16) : stretch.start]):
        return True
    if stretch.soft and _ANYTHING.search(text[max(0, stretch.start - 12) : stretch.start]):
        return True
    rest = re.split(r"[。；\n]", text[stretch.end : stretch.end + 40], maxsplit=1)[0]
    return _MENDED.search(rest) is not None
