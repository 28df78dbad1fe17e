"""Quantities in a text: a number with its unit as written, its range and its qualifier; value multiplied out (10万元 is 100000 元).

Ordinals, room and street numbers, document numbers, dates and set phrases (一岗双责, 六个百分百) are no quantities.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from xiaohao.evidence.folding import Folded, fold
from xiaohao.evidence.numerals import NUMBER, SCALE, number
from xiaohao.evidence.units import UNIT, unit_kind


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` `unit` at code points `start`..`end`; `upper` ends a range; `qualifier` is about, over, at_least, at_most or under."""

    text: str
    value: float
    unit: str
    start: int
    end: int
    upper: float | None = None
    qualifier: str | None = None


_RANGE = rf"(?:(?P<unit0>%|{SCALE}?(?:次|家|个|人|元|米|吨|亩)?)(?:-|—{{1,2}}|~|至|到)(?P<upper>{NUMBER})(?P<soft2>[余多])?(?P<scale2>{SCALE})?)?"
_PLAIN = re.compile(
    rf"(?P<figure>{NUMBER})(?P<soft>[余多来])?(?P<scale>{SCALE})?(?P<soft1>[余多])?{_RANGE} ?(?P<unit>{UNIT})(?P<post>以上|以下|以内|之内|左右|上下|余(?=[，。；、])|多(?=[，。；、]))?"
)
_SHARE = re.compile(
    rf"百分之(?P<percent>百|{NUMBER})(?:(?:至|到|-|~)(?:百分之)?(?P<upper>{NUMBER}))?|(?P<under>[二三四五六七八九十]+)分之(?P<over>[一二三四五六七八九十]+)"
)

#: 优良天数312天: a number of days is an indicator's value here, no duration.
_DAY_COUNT = re.compile(rf"天数(?:为|是|达到?|共|增加|减少|增至|降至|仅为?|：)?(?P<figure>{NUMBER})(?P<unit>天)")

_BEFORE = (
    ("at_least", re.compile(r"(?:不少于|不低于|不小于|至少|最少|大于等于|≥)$")),
    ("at_most", re.compile(r"(?:不超过|不高于|不大于|不多于|至多|最多|小于等于|≤|控制在)$")),
    ("under", re.compile(r"(?:不足|不到|少于|低于|小于|未达到?|<)$")),
    ("over", re.compile(r"(?:超过|超出|高于|大于|多于|逾|超|突破|>)$")),
    ("about", re.compile(r"(?:大约|大概|约合|约为|约计|约|近|将近|接近)$")),
)
_AFTER = {
    "以上": "at_least",
    "以下": "at_most",
    "以内": "at_most",
    "之内": "at_most",
    "左右": "about",
    "上下": "about",
    "余": "over",
    "多": "over",
}

#: What makes the number before or behind it no quantity.
_ORDINAL = re.compile(r"第[\d一二三四五六七八九十百、，和及至~\-—（）]*$|[A-Za-z#＃№\d./+]$|\d[-—]$|[〔\[]$|唯$|(?<!合)同$|之$")
_RHYTHM = re.compile(r"每(?:个)?(?:周|星期|月|季度?|年|日|天|旬|半年|半月)[^，。；、\d]{0,10}$")
_PLACE = re.compile(r"(?:村|社区|小区|屯|寨|营|连|队)$")
_FOLLOWED = re.compile(
    r"处(?=[理置罚分长于])|件(?=事议)|组(?=织|长|成|建)|家(?=庄|村|沟|河|湾|岭)|项(?=目)|人(?=民|大|员)|条(?=例|件|款)|名(?=录|单)|片(?=区)|期(?=工程|项目|建设|填埋|间|限)|面(?=积)|"
    r"方(?=面|案|式|针|向|可|便)|户(?=外|籍)|部(?=门|分|署)|级台阶|位(?=于|置)|回(?=头|收|填)|起(?=来|至)|批(?=准|复|示)|场(?=所|地|镇)|车(?=间|辆)|头(?=镇|村)|口(?=镇|村)|间(?=隔)|段(?=时)|"
    r"种(?=[植子类养群苗])|路(?=[口段面灯边公线车]|公交|东|西|南|北|与|和)|支(?=部|队|持)|台(?=账|州|阶)|元(?=旦)|米(?=业)|本(?=级|市|县)|套(?=取)|桶(?=装)|册(?=封)|度(?=假)|个(?=月|工作日|小时|自然日|季度|年度|星期|别|体|人)"
)
#: Set phrases; numbers inside them count nothing. Sources: vocabulary of party documents and of environmental inspection.
_PHRASES = re.compile(
    r"(?=[一二两三四五六七八九十千百\d党双水土气国大])(?:"
    r"一岗双责|党政同责|三线一单|五位一体|三区三线|两断三清|四不两直|四不放过|双随机|三同时|一票否决|一把手|一张(?:图|网|表|床|蓝图)|一盘棋|一条龙|一揽子|一次性|一部分|一大批|一件事|一家之言|两山|两高|"
    r"一[^一，。；、：\n]{1,2}一[策档案议责图表单证册卡码员长方人品法]|三个一批|[一二三四五六七八九十]个(?:100%|百分之百|百分百|意识|自信|维护|到位|坚持|必须|责任|确立|强化|不放过|严禁|不准|更加|着力|统筹|定位|覆盖|有|一)|"
    r"\d个(?:100%|百分之百|百分百)|(?:水|土|气|国|大气)十条|八项规定|四个全面|六稳|六保|三大(?:攻坚战|保卫战|革命)|十[一二三四五]五|百分百|"
    r"[一二三四五六七八九十\d]期(?=工程|项目)|千家万户|百姓|千方百计|一个(?:方面|多|时期|阶段|标准|样|人)|一方|三方|两方|一面|一级|三元(?=催化|锂|乙|前驱)|一项(?:长期|重要|重大)|十里|五一|七一|八一|十一(?=期间|前|后|假期|长假|国庆|黄金周|节|[，。；、”])|三八)"
)
_VAGUE_ONE = frozenset(
    {
        "个",
        "批",
        "项",
        "件",
        "条",
        "次",
        "份",
        "名",
        "位",
        "面",
        "张",
        "部",
        "段",
        "期",
        "场",
        "本",
        "度",
        "片",
        "块",
        "方",
        "回",
        "套",
        "人",
        "支",
        "头",
        "遍",
        "起",
    }
)
#: Units that a Chinese numeral never goes with in these texts; 三方, 二级 and 五一 are other words.
_ARABIC_ONLY = frozenset({"路", "种", "方", "度", "期", "面", "部", "段", "m", "t", "g", "L", "a", "页", "顶", "回"})
_ITEM_NUMBER = re.compile(r"(?:^|\n|[。；：]) *$")


def quantities_in(text: str) -> tuple[Amount, ...]:
    """Every quantity of `text`, in order of appearance, with offsets in code points of `text`."""
    folded = fold(text)
    return tuple(amount for amount, _, _ in amounts(folded, 0, len(folded.text), text))


def amounts(folded: Folded, start: int, end: int, source: str) -> list[tuple[Amount, int, int]]:
    """The quantities of the folded stretch `start`..`end` of `source`, each with its folded offsets."""
    text = folded.text
    phrases = [found.span() for found in _PHRASES.finditer(text, start, end)]
    found = [
        (amount, match.start(), match.end())
        for match in _PLAIN.finditer(text, start, end)
        if not _inside(match, phrases) and (amount := _plain(match, folded, source))
    ]
    found += [(_days(match, folded, source), match.start("figure"), match.end()) for match in _DAY_COUNT.finditer(text, start, end)]
    found += [(_share(match, folded, source), *match.span()) for match in _SHARE.finditer(text, start, end) if not _inside(match, phrases)]
    return sorted(found, key=lambda each: each[1])


def _inside(match: re.Match[str], phrases: list[tuple[int, int]]) -> bool:
    """Whether the match touches a phrase; the phrases follow one another without overlapping."""
    last = bisect_left(phrases, (match.end(), 0)) - 1
    return last >= 0 and match.start() < phrases[last][1]


def _plain(match: re.Match[str], folded: Folded, source: str) -> Amount | None:
    figure, unit, at = match["figure"], match["unit"], match.start()
    before = match.string[max(0, at - 16) : at]
    if unit_kind(unit) in {"act", "thing"} and "." in figure and _ITEM_NUMBER.search(before):
        number_of_item, _, figure = figure.partition(".")  # 1.3台: item one, three machines
        at += len(number_of_item) + 1
        before = ""
    if _is_no_quantity(match, figure, unit, before):
        return None
    scale, upper_scale = match["scale"] or "", match["scale2"] or ""
    if match["upper"] and not scale:
        scale = re.sub("[^十百千万亿]", "", match["unit0"] or "") or upper_scale
    value = number(figure, scale)
    if value is None:
        return None
    upper = number(match["upper"], upper_scale) if match["upper"] else None
    qualifier, begin = _qualifier(match, before, at)
    start, end = folded.span(begin, match.end())
    return Amount(source[start:end], value, unit, start, end, upper, qualifier)


def _is_no_quantity(match: re.Match[str], figure: str, unit: str, before: str) -> bool:
    text = match.string
    chinese = not figure[:1].isdigit()
    if _ORDINAL.search(before) or (unit == "组" and _PLACE.search(before)):
        return True
    if unit_kind(unit) == "act" and _RHYTHM.search(before):
        return True  # 每周巡查1次 is a rhythm, not a count
    if _FOLLOWED.match(text, match.end("unit") - len(unit)):
        return True
    if chinese and (unit in _ARABIC_ONLY or (figure == "一" and unit in _VAGUE_ONE)):
        return True
    if chinese and figure[0] in "百千" and len(figure) == 1 and not match["soft"] and not before.endswith(("近", "约", "上", "超", "逾")):
        return True
    return not chinese and len(figure) >= 5 and figure[0] == "0"


def _qualifier(match: re.Match[str], before: str, at: int) -> tuple[str | None, int]:
    """The qualifier, and where the quantity begins with it."""
    for name, pattern in _BEFORE:
        if word := pattern.search(before):
            return name, at - len(word.group())
    if match["post"]:
        return _AFTER[match["post"]], at
    if match["soft"] or match["soft1"] or match["soft2"]:
        return "over", at
    return None, at


def _days(match: re.Match[str], folded: Folded, source: str) -> Amount:
    start, end = folded.span(match.start("figure"), match.end())
    return Amount(source[start:end], number(match["figure"]) or 0.0, match["unit"], start, end)


def _share(match: re.Match[str], folded: Folded, source: str) -> Amount:
    before = match.string[max(0, match.start() - 8) : match.start()]
    qualifier, begin = next(
        ((name, match.start() - len(word.group())) for name, pattern in _BEFORE if (word := pattern.search(before))), (None, match.start())
    )
    start, end = folded.span(begin, match.end())
    if match["percent"]:
        value = 100.0 if match["percent"] == "百" else number(match["percent"]) or 0.0
        upper = number(match["upper"]) if match["upper"] else None
        return Amount(source[start:end], value, "%", start, end, upper, qualifier)
    return Amount(
        source[start:end], round((number(match["over"]) or 0) / (number(match["under"]) or 1), 4), "比例", start, end, None, qualifier
    )
