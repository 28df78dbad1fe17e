"""Which task a notice is about: its title, the inspection the task came of, its printed number, its kind, and the level that speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xiaohao.documents.bodies import LEVEL_WORDS, level_of
from xiaohao.documents.contacts import Found
from xiaohao.documents.labels import Part, heading
from xiaohao.documents.page import Line
from xiaohao.documents.sections import Section
from xiaohao.evidence.numerals import ordinal
from xiaohao.kernel.roles import Level

_TITLE_WORDS = re.compile(
    r"公示|公告|通报|情况说明|情况报告|整改方案|工作方案|实施方案|完成情况|落实情况|进展情况|整改情况|销号|的函|的通知|一览表|情况表|清单|报告"
)
_NO_TITLE = re.compile(
    r"^(?:根据|依据|按照|为|现|经|截至|附件\s*\d*|第?[一二三四五六七八九十]+、|（|\d+[.、]|我[市县区省]|自)|[。！；]|(?:如下|下)：?$|：$"
)
#: A title is at most this long; most are under 60.
LONGEST_TITLE = 110

_ROUND = r"(?:第[一二三四五两]轮(?:次)?)?(?:第[一二三四五六七八九十]+批)?"
_INSPECTION = re.compile(
    rf"(?:\d{{4}}年(?:度)?)?{_ROUND}(?:[^\W\d关于的和及对经将按据府委第年现省市彻落实]{{2,6}}(?:省|市|自治区))?(?:\d{{4}}年(?:度)?)?(?:中央|省级?|自治区|市级?|国家)?{_ROUND}(?:第[一二三四五六七八九十]+)?(?:生态)?(?:环境|环保)(?:保护)?(?:例行|专项)?督[察查](?!局|室|办公室|巡查|工作领导|整改工作领导)(?:“?回头看”?)?(?:及[^，。；《》“”]{{0,14}}?专项督察)?"
    r"|(?:[^\W\d关于的和及对经将按据为]{2,4}(?:省|市|县|区))?\d{4}年(?:度)?[^，。；《》]{0,8}?(?:自排查|自查自纠|自查|大排查|警示片|暗访)|(?:长江经济带|黄河流域|[一-鿿]{2,3}省)(?:生态环境)?(?:突出问题)?警示片"
)
_DIGITS = r"(?:\d{1,4}(?:-\d{1,3})?|[一二三四五六七八九十百零〇]{1,6})"
_NUMBERS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"第(?P<no>{_DIGITS})(?:项|号|条|个|类)(?!.{{0,3}}措施)[^，。；、\n]{{0,12}}?(?:整改任务|反馈问题|任务|问题|整改|反馈)"),
    re.compile(
        rf"(?:整改任务|反馈问题|整改问题|反馈意见|任务清单|措施清单|问题清单|整改清单|整改方案|问题|任务)(?:序号|编号)?[^，。；]{{0,6}}?(?:第|（第?)(?P<no>{_DIGITS})(?:项|号|条)"
    ),
    re.compile(r"(?<![\d-])(?P<no>\d{1,3}-\d{1,2})(?:号|项|）)?(?:整改任务|整改措施|反馈问题|问题)"),
    re.compile(r"(?P<no>\d{1,4}(?:-\d{1,3})?)号(?:整改)?(?:问题|任务|整改)"),
    re.compile(rf"(?:任务|问题|清单|整改)?(?:序号|编号)(?:为|是|：| )? ?(?:第)?(?P<no>{_DIGITS})(?![\d年月])"),
    re.compile(rf"(?:公示|公告|公开|通报|情况|说明|任务|问题|销号)（(?:序号|编号|第)(?P<no>{_DIGITS})(?:项|号|条)?(?:问题|任务)?）"),
    re.compile(rf"(?:整改任务|反馈问题|整改问题|问题|任务)（(?P<no>{_DIGITS})）"),
    re.compile(rf"(?:整改任务|反馈问题|整改问题|问题)(?P<no>{_DIGITS})(?=[：。）\s]|$|(?:已|拟|予以)?(?:完成|销号|整改|验收))"),
)
_MANY = re.compile(rf"第{_DIGITS}(?:项|号|条)?(?:(?:[、，和及至]+第?|-第){_DIGITS}(?:项|号|条)?)+")

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("验收销号公示", re.compile(r"验收销号|销号(?:的)?公示|销号情况(?:的)?公示|完成销号|申请销号|拟销号|销号工作")),
    ("调查处理情况表", re.compile(r"调查处理情况|查处情况|边督边改")),
    ("整改进展", re.compile(r"办结率|时序进度|完成率")),
    ("转办通报", re.compile(r"信访件|转办|交办[^。]{0,10}件")),
    ("整改方案", re.compile(r"整改方案(?:的)?(?:通知|公布)?$|措施清单$")),
    ("整改情况公示", re.compile(r"公示")),
    ("整改进展", re.compile(r"进展|截至|办结率|完成率")),
)
_PROVINCES = re.compile(
    r"^(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆)(?![一-鿿]{0,6}[市县区州])"
)


def title_of(lines: Sequence[Line]) -> Found | None:
    """The title over the text: the first line or the first lines of a broken one; None when the text begins with a sentence."""
    for n, line in enumerate(lines[:3]):
        if re.match(r"附件|（?附", line.text) and len(line.text) <= 8:
            continue
        if len(line.text) <= 20 and n + 1 < len(lines) and _SITE_OF.search(line.text):
            continue  # the body whose site it is, over the title
        if _NO_TITLE.search(line.text) or len(line.text) > LONGEST_TITLE or (heading(line.text) and not _goes_on(lines, n)):
            return None
        return _joined_title(lines, n)
    return None


_SITE_OF = re.compile(r"^[一-鿿]{2,18}(?:局|厅|政府|委员会|管委会|办公室|中心)$")


def _goes_on(lines: Sequence[Line], n: int) -> bool:
    """A first line that reads like a label may be the upper half of a title ("…反馈意见整改任务 / 第二十七项完成情况公示")."""
    following = lines[n + 1].text if n + 1 < len(lines) else ""
    return (
        not re.search("：", lines[n].text)
        and len(following) <= 40
        and bool(re.search(r"(?:公示|公告|通报|情况|报告)$", following))
        and not heading(following)
    )


_DATED_LINE = re.compile(r"（?(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2})[ \d：:]*）?")


def _joined_title(lines: Sequence[Line], n: int) -> Found | None:
    words, end = lines[n].text, lines[n].end
    for line in lines[n + 1 : n + 3]:
        if _DATED_LINE.fullmatch(line.text):
            break
        if _TITLE_WORDS.search(words[-6:]) and not re.match(r"（[^）]{1,40}）$", line.text):
            break
        if len(line.text) > 50 or _NO_TITLE.search(line.text) or heading(line.text) or re.search(r"[，：；]", line.text):
            break
        words, end = words + line.text, line.end
    return (words, lines[n].start, end) if _TITLE_WORDS.search(words) and 6 <= len(words) <= LONGEST_TITLE else None


def inspection_of(stretches: Sequence[tuple[int, int]], text: str) -> Found | None:
    """The inspection, in the words of the text, from the first stretch that names one."""
    for start, end in stretches:
        if found := _INSPECTION.search(text, start, end):
            return found.group(), found.start(), found.end()
    return None


def task_number_of(sections: Sequence[Section], stretches: Sequence[tuple[int, int]], text: str) -> Found | None:
    """The printed number of the task as digits (第二十七项 → "27"), or None where there is none or more than one."""
    if several_tasks(sections):
        return None
    petitions = any(section.part in {Part.FOUND, Part.TRUTH} for section in sections)  # their 序号 is a line of the day's batch
    printed = [] if petitions else _printed_numbers(sections)
    if len({digits for digits, _, _ in printed}) > 1:
        return None  # several tasks
    if printed:
        return printed[0]
    for start, end in stretches:
        if found := _number_in(text, start, end):
            return found
    return None


def _printed_numbers(sections: Sequence[Section]) -> list[Found]:
    """The numbers under labels for them; where tasks are numbered (任务编号), a mere 序号 is the number of the line."""
    numbers = [section for section in sections if section.part is Part.NUMBER and not section.empty]
    numbers = [section for section in numbers if re.search("[编任问]", section.heading)] or numbers
    found: list[Found] = []
    for section in numbers:
        line = section.lines[0]
        if digits := ordinal(re.sub(r"^第|[项号条。]$", "", line.text)):
            found.append((digits, line.start, line.end))
    return found


def _number_in(text: str, start: int, end: int) -> Found | None:
    many = [span.span() for span in _MANY.finditer(text, start, end)]
    for pattern in _NUMBERS:
        for found in pattern.finditer(text, start, end):
            if any(first <= found.start("no") < last for first, last in many):
                continue
            if digits := ordinal(found["no"]):
                return digits, found.start("no"), found.end("no")
    return None


_GAVE = r"(?:反馈|交办|转办|移交|披露|通报|指出|曝光)(?:给|至)?(?:我[省市县区旗州镇乡局])?的?"
#: How opening words say the problem where no part is headed so. Numbers of tasks and lists are no problems.
_TOLD: tuple[re.Pattern[str], ...] = (
    re.compile(r"关于“(?P<says>[^“”《》\n]{6,300}?问题)”"),
    re.compile(r"(?<=[^《])“(?P<says>[^“”《》\n]{6,300})”(?:等)?(?:的)?(?:突出)?(?:生态环境)?问题"),
    re.compile(r"(?:反馈|督察|通报|披露|警示片|检查)(?:组|意见)?(?:中)?指出，?：?(?P<says>[^。；“”\n]{6,300})"),
    re.compile(
        rf"{_GAVE}(?P<says>(?!意见|关于|[^，。；\n]{{0,12}}(?:信访|举报|投诉)|[^，。；\n]{{0,6}}(?:第|\d+[项号]))[^，。；“”\n已]{{5,60}}?问题)(?=[，。]|$)"
    ),
)


def several_tasks(sections: Sequence[Section]) -> bool:
    """Whether a notice reports several tasks or petitions: each problem has a number of its own for a heading, or the same label comes again."""
    told = {
        (_DIGIT.sub("", section.heading), section.lines[0].text)
        for section in sections
        if section.part is Part.PROBLEM and not section.empty
    }
    return len({heading for heading, _ in told}) < len(told)


_DIGIT = re.compile(r"[\d一二三四五六七八九十百]+")


def problem_told(sections: Sequence[Section], text: str) -> tuple[int, int] | None:
    """Where the opening words say the problem, in quotation marks, behind 指出, or as 交办的…问题; None where they do not."""
    opening = sections[0] if sections and not sections[0].heading and not sections[0].empty else None
    if opening is None:
        return None
    for pattern in _TOLD:
        if found := pattern.search(text, opening.start, opening.end):
            return found.span("says")
    return None


def level_word(issuer: str | None, inspection: str | None, text: str) -> str | None:
    """The level that speaks, in the notice's own words (省, 市, 县区, 乡镇): by the issuer's name; a zone takes it from the list it works on."""
    if issuer:
        level = level_of(issuer)
        if re.search(r"开发区|产业园|工业园|园区|高新区|示范区|经开区", issuer) and not re.search(r"[县旗]", issuer):
            own = level_of(inspection or "") if inspection and re.search(r"自排查|自查|排查", inspection) else Level.NONE
            return LEVEL_WORDS.get(own)
        return LEVEL_WORDS.get(level)
    if ours := re.search(r"我(省|自治区|市|州|县|区|旗)", text):
        return {"省": "省", "自治区": "省", "市": "市", "州": "市"}.get(ours.group(1), "县区")
    return "省" if _PROVINCES.match(text.lstrip()) else None


def kind_of_text(title: str, text: str) -> str:
    """What kind of text this is, in the words of the trade; 其他 for a text of another world."""
    for words in (title, text[:400], text):
        for kind, pattern in _KINDS:
            if words and pattern.search(words) and re.search("整改|督察|信访|销号|办结", text):
                return kind
    return "其他"
