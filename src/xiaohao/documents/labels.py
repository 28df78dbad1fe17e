"""The headings and labels of rectification notices: 整改目标, 三、整改措施, 【责任单位】, 受理部门：…, and which part of a notice each opens.

One vocabulary for lists, notices and tables of many provinces; INSTITUTION.md names where the words were seen.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Part(StrEnum):
    """What a stretch of a notice is about."""

    NUMBER = "number"
    PROBLEM = "problem"
    GOALS = "goals"
    MEASURES = "measures"
    GOALS_AND_MEASURES = "goals_and_measures"
    MEASURES_AND_DONE = "measures_and_done"
    DONE = "done"
    DEADLINE = "deadline"
    DONE_ON = "done_on"
    UNITS = "units"
    LEAD = "lead"
    HELPERS = "helpers"
    SUPERVISOR = "supervisor"
    ACCEPTOR = "acceptor"
    ACCEPTANCE = "acceptance"
    WINDOW = "window"
    DESK = "desk"
    PHONE = "phone"
    ADDRESS = "address"
    CONTACT = "contact"
    PUBLISHER = "publisher"
    INSPECTION = "inspection"
    TRUTH = "truth"
    FOUND = "found"
    CLOSING = "closing"
    OTHER = "other"


_STATE = r"(?:落实|完成|进展|办理|推进|开展|整改|执行)"
#: (part, words, is the label safe in the middle of a line when a colon follows). Order matters: the first that fits wins.
_VOCABULARY: tuple[tuple[Part, str], ...] = (
    (Part.MEASURES_AND_DONE, rf"(?:整改)?(?:工作)?(?:任务|措施)(?:及|和|与|、)(?:其)?(?:整改|措施)?{_STATE}(?:情况|成效|进度)"),
    (Part.GOALS_AND_MEASURES, r"(?:整改)?(?:工作)?目标(?:任务)?(?:及|和|与|、)(?:整改|具体|主要|工作)?措施"),
    (Part.GOALS, r"(?:整改)?(?:时限|期限)(?:及|和|与|、)(?:整改)?目标|(?:整改)?目标(?:及|和|与|、)(?:整改|完成)?(?:时限|期限)"),
    (Part.DONE_ON, r"(?:实际)?(?:整改)?(?:任务)?(?:实际)?完成(?:时间|日期)|办结时间|销号时间|整改完成(?:时间|日期)"),
    (
        Part.DEADLINE,
        r"(?:计划|要求)?(?:整改|完成|办理|办结)?(?:任务)?(?:完成)?(?:时限|期限)(?:要求)?|(?:计划|要求|应|拟)(?:整改)?完成(?:时间|日期)|完成整改(?:时限|期限)|整改时间|时限要求",
    ),
    (
        Part.ACCEPTANCE,
        r"(?:整改)?(?:问题)?(?:现场)?(?:核查|验收|审核|销号|认定)(?:销号|验收|评估)?(?:情况|意见|结论|结果)|(?:核查|验收)(?:及|和|、)(?:验收|销号|核查)(?:情况|意见)",
    ),
    (Part.TRUTH, r"是否属实"),
    (
        Part.OTHER,
        r"是否(?:已)?(?:办结|完成(?:整改)?|整改(?:到位|完成)?|销号|公开)|(?:验收|核查|公开)(?:时间|日期)|(?:追责|责任人?被?)(?:问责|处理)情况|问责情况|(?:受理|信访|举报|转办|投诉)编号|行政区域|污染类型",
    ),
    (Part.FOUND, r"(?:调查|核查)(?:核实|处理)情况"),
    (
        Part.DONE,
        rf"(?:目前)?(?:整改)?(?:任务|措施|目标|工作|问题)?(?:整改)?{_STATE}(?:工作)?(?:{_STATE})?(?:的)?(?:情况|进展|成效|结果|进度|进展情况)(?:说明|及成效)?|"
        r"(?:整改)?(?:主要)?(?:工作|做法|措施)(?:开展)?(?:情况)?(?:及|和|与|、)(?:取得)?(?:的)?(?:整改)?(?:工作)?成效|整改(?:工作)?成效|整改结果|(?:整改)?工作(?:开展)?情况|整改主要工作(?:及成效)?|"
        r"(?:主要)?(?:工作)?(?:做法|成效|结果)|(?:已)?采取(?:的)?(?:整改)?措施(?:及(?:成效|效果|完成情况))?|完成(?:整改)?情况|处理(?:和|及)?整改情况|办理情况|完成进度|整改情况(?:简介|概述|说明)?",
    ),
    (Part.GOALS, r"(?:整改|工作|任务|年度|预期)?(?:工作|任务)?目标(?:任务|要求)?|整改要求|整改标准|验收标准|销号标准"),
    (Part.MEASURES, r"(?:主要|重点|具体|整改|工作|落实|治理)*(?:整改|工作|任务)?(?:措施|举措|方案)(?:要求|内容)?|整改任务及措施|整改内容"),
    (Part.HELPERS, r"(?:整改)?(?:配合|协助|参与|协办)(?:责任)?(?:单位|部门)"),
    (Part.SUPERVISOR, r"(?:督导|督办|指导|监督|包抓|盯办|督促)(?:责任)?(?:单位|部门)|行业(?:主管|监管)部门|督导验收单位"),
    (Part.ACCEPTOR, r"(?:组织)?(?:验收|核查|审核|销号)(?:责任)?(?:单位|部门|主体)"),
    (Part.LEAD, r"(?:整改)?(?:牵头|主办|主责|主要责任)(?:整改)?(?:责任)?(?:单位|部门|地区)(?:及责任人)?"),
    (
        Part.UNITS,
        r"(?:整改)?(?:任务)?(?:责任|实施|落实|承办|主体|整改|涉及)(?:责任)?(?:单位|部门|主体|地区|区域|县区|区县)(?:及责任人|和责任人|（人）)?|整改(?:实施)?主体|涉及(?:区县|县区)及部门|属地",
    ),
    (Part.PUBLISHER, r"(?:公示|发布)(?:单位|机关|部门|机构)"),
    (Part.WINDOW, r"公示(?:起止)?(?:时间|期限|日期|期间|时限|期)(?:及方式)?"),
    (
        Part.DESK,
        r"(?:意见|异议|问题|线索|情况)?(?:反映|受理|投诉|举报|反馈)(?:渠道|途径)|(?:异议|意见|举报|反馈|监督|公示|投诉)?(?:受理|接收|反馈|联系|监督|承办)(?:异议)?(?:部门|单位|机构|科室|处室)",
    ),
    (
        Part.PHONE,
        r"(?:公示|异议|意见)?(?:联系|监督|受理|举报|咨询|反馈|反映|投诉|监督举报|服务|办公)?(?:人)?(?:及|和)?电话(?:号码)?|(?:联系|监督|举报|反馈|受理)方式|联系人及电话|联系人及联系方式|热线电话",
    ),
    (Part.ADDRESS, r"(?:联系|通讯|通信|受理|邮寄|办公|来信|来访|单位|寄送|邮政|接收)?(?:部门)?地(?:址|点)"),
    (
        Part.CONTACT,
        r"(?:公示)?联系人(?:员)?|(?:电子)?(?:邮箱|邮件|信箱)(?:地址)?|(?:E|e)-?mail|传真(?:电话)?|邮(?:政)?编(?:码)?|网址|责任人|整改责任人|责任领导|包抓领导|公示(?:方式|渠道|网址|范围|内容|依据|媒体)|备注|附件|责任科室",
    ),
    (Part.NUMBER, r"(?:整改|反馈|督察)*(?:任务|问题|清单|台账|销号)?(?:序号|编号)|(?:任务|问题)号"),
    (Part.INSPECTION, r"督察(?:类型|批次|名称|来源)|(?:问题|任务|反馈|线索)来源|督察反馈来源"),
    (
        Part.PROBLEM,
        r"(?:中央|省级?|自治区|市级?|生态|环境|环保|保护|督察|反馈|整改|存在|交办|具体|主要|突出|涉及|信访|移交|群众|投诉|举报|指出|对应|意见|的|“回头看”|第[一二三四五]轮|及)*(?:问题|整改任务|任务内容|任务事项|整改事项|反馈意见)(?:描述|概述|简述|内容|基本情况|概况|情况|表述|原文|摘要|名称|事项|简介)?|"
        r"(?:整改)?任务(?:名称|内容)?|(?:任务|问题)?序号(?:及|和|、)(?:整改|反馈)?(?:问题|任务)|基本情况|问题(?:及|和)?(?:编号|序号)|(?:整改)?任务(?:及|和|、)问题|整改(?:任务)?名称",
    ),
)
_STRICT = tuple((part, re.compile(words)) for part, words in _VOCABULARY)
_LOOSE: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (Part.MEASURES_AND_DONE, re.compile(rf"措施(?:及|和|与|、)[^，。]{{0,6}}{_STATE}(?:情况|成效)$")),
    (Part.GOALS_AND_MEASURES, re.compile(r"目标(?:任务)?(?:及|和|与|、)[^，。]{0,4}措施$")),
    (Part.DONE_ON, re.compile(r"完成(?:时间|日期)$")),
    (Part.DEADLINE, re.compile(r"(?:时限|期限)(?:要求)?$")),
    (Part.DONE, re.compile(r"(?:完成|落实|进展|整改|办理|开展|推进)(?:工作)?(?:情况|成效|进度|结果)$|成效$")),
    (Part.ACCEPTANCE, re.compile(r"(?:验收|核查|审核|销号)[^，。]{0,4}(?:情况|意见|结论|结果)$")),
    (Part.WINDOW, re.compile(r"公示(?:时间|期限|期)$")),
    (Part.DESK, re.compile(r"(?:异议|意见)(?:反馈|受理)|受理(?:单位|部门)|反馈(?:方式|渠道|途径)|联系方式$")),
    (Part.GOALS, re.compile(r"目标(?:任务)?$")),
    (Part.MEASURES, re.compile(r"(?:措施|举措)$")),
    (Part.UNITS, re.compile(r"(?:责任|实施)(?:单位|主体|部门)$")),
    (Part.PROBLEM, re.compile(r"问题$|^整改任务|^反馈问题|任务第?[一二三四五六七八九十百\d]+[项号]?$|^问题")),
)

TOP = r"(?:第?[一二三四五六七八九十]{1,3}[、.，：]|第[一二三四五六七八九十]{1,2}(?:部分|章))，? ?"
SUB = r"(?:（[一二三四五六七八九十\d]{1,3}）[、.]?|\d{1,2}[.、）](?!\d)|[①-⑳]) ?"
_NUMBERED = re.compile(rf"(?P<top>{TOP})|(?P<sub>{SUB})")
_BOX = re.compile(r"[【\[〖](?P<head>[^【】\[\]〖〗\n]{2,24})[】\]〗] ?：?")
#: Words so short that only the box makes them a label.
_IN_A_BOX = {"落实": Part.DONE, "整改落实": Part.DONE, "完成": Part.DONE, "进展": Part.DONE, "受理": Part.DESK, "异议": Part.DESK}
_BAR = re.compile(r"(?P<head>[^|│丨：。；\n]{2,24}?) ?[|│丨] ?")
_HEAD = re.compile(r"(?P<head>[^：。，；\n【】\[\]〖〗]{2,36}?)(?P<sep> ?：| ?。|[ \t]+|$)")
_BARE_HEAD = re.compile(r"[^：。，；\n]{2,30}")
_DECORATION = re.compile(r"[ “”\"《》【】\[\]]|（[^（）]{0,20}）|^[▲●■◆★※☆◇□○•►*#\-—]+")
_OF_A_MEASURE = re.compile(
    r"(?:关于|针对|对于|对照|围绕)?第?[\d一二三四五六七八九十]{1,3}(?:项|条|个|点)|^措施[一二三四五六七八九十\d]|^关于|^针对"
)


def heading(text: str) -> tuple[Part, int, int, str, bool] | None:
    """(part, where the label begins, where its content begins, the label, numbered at the top level) when `text`, one line, opens with a label; else None."""
    number = _NUMBERED.match(text)
    at = number.end() if number else 0
    if (bar := _BAR.match(text, at)) and (part := classify(bar["head"])):
        return part, at, bar.end(), bar["head"].strip(), bool(number and number["top"])
    top = bool(number and number["top"])
    if box := _BOX.match(text, at):
        part = classify(box["head"], loose=True) or _IN_A_BOX.get(box["head"].strip())
        return (part, at, box.end(), box["head"], top) if part else None
    found = _HEAD.match(text, at)
    if found and (part := _part_of(found, top=top, sub=bool(number and number["sub"]))):
        return part, at, found.end(), found["head"], top
    if top and (task := _TASK_ITSELF.match(text, at)):
        return Part.PROBLEM, at, task.start("says"), task["head"], top
    if top and (glued := _GLUED.match(text, at)) and (part := classify(glued["label"])):
        return part, at, glued.end(), glued["label"], top  # 四、目标任务货车抛洒得到遏制: nothing parts the label from what it says
    if top and (found := _BARE_HEAD.match(text, at)) and (part := classify(found.group(), loose=True)):
        if text[found.end() :].strip() in {"；", "，"} and classify(found.group()):
            return part, at, len(text), found.group(), top  # 四、整改主要工作及成效；
        return part, at, at, found.group(), top  # 一、整改任务第二项: the heading says something itself
    return None


def _part_of(found: re.Match[str], *, top: bool, sub: bool) -> Part | None:
    head, separator = found["head"], found["sep"].strip()
    if _OF_A_MEASURE.match(head):
        return None
    ends_line = found.end() == len(found.string)
    if separator == "：" or ends_line or top or (separator == "。" and sub):
        return classify(head, loose=top or (separator == "：" and not sub and len(head) <= 20))
    return classify(head) if len(head) >= 4 and found["sep"][:1] in {" ", "\t"} else None


def classify(head: str, *, loose: bool = False) -> Part | None:
    """The part that a heading opens, or None; with `loose`, a heading may have more words than the bare label."""
    bare = _DECORATION.sub("", head)
    for part, words in _STRICT:
        if words.fullmatch(bare):
            return part
    if loose and len(bare) <= 36:
        for part, words in _LOOSE:
            if words.search(bare):
                return part
    return None


_MIDDLE_WORDS = re.split(
    " ",
    "整改措施及落实情况 整改措施及完成情况 整改目标及措施 整改任务完成情况 整改措施落实情况 整改措施完成情况 整改工作完成情况 整改完成情况 整改落实情况 整改进展情况 落实情况 完成情况 整改情况 整改进展 整改成效 "
    "整改完成时间 整改完成时限 计划完成时间 完成时间 整改时限 完成时限 整改期限 完成期限 整改目标 目标任务 工作目标 整改措施 主要措施 重点措施 具体措施 整改责任单位 责任单位 牵头单位 牵头部门 责任部门 责任主体 整改实施主体 整改主体 整改单位 "
    "配合单位 配合部门 督导单位 督办单位 验收单位 责任人 问题序号 任务序号 任务编号 问题编号 反馈问题 整改问题 存在问题 问题描述 整改任务 督察反馈问题 验收情况 验收意见 核查情况 公示时间 公示期限 公示日期 公示期 公示单位 受理部门 受理单位 受理机构 "
    "联系部门 反馈部门 意见反映渠道 意见反馈渠道 反映渠道 反馈渠道 受理渠道 受理科室 联系单位 异议受理单位 是否办结 是否属实 问责情况 监督电话 联系电话 受理电话 举报电话 咨询电话 联系方式 联系地址 通讯地址 通信地址 受理地址 邮寄地址 办公地址 电子邮箱 电子信箱 电子邮件 邮政编码 联系人 传真 邮编 邮箱 电话 地址",
)
_ANY_LABEL = "(?P<label>" + "|".join(sorted(_MIDDLE_WORDS, key=len, reverse=True)) + ")"
#: A label that nothing parts from what it says, and that goes on with no word of a longer label (整改措施落实情况, 整改任务第二项).
_GLUED = re.compile(
    rf"{_ANY_LABEL}(?<=[一-鿿]{{4}})(?![：。，；、 \t（【”]|[的及和与或是为等]|第[一二三四五六七八九十\d]|(?:任务|工作|主要|具体)?(?:落实|完成|整改|进展|要求|内容|描述|清单|办理|方案|情况|时间|名称))(?=[^\n]{{4}})"
)
#: 一、第11项：河道非法采砂问题。 In a notice of several tasks each opens with its number and its problem.
_TASK_ITSELF = re.compile(
    r"(?P<head>第[一二三四五六七八九十百\d]{1,4}[项号](?:整改|反馈)?(?:任务|问题)?)[：，] ?(?P<says>(?=[^。；\n]{2,120}问题[”]?[。]?$))"
)
#: Where a heading that was glued into a line begins: 二、 and a known label, or 。五、 and anything that reads as one.
GLUED_HEADING = re.compile(rf"(?<=[^\s（])(?=[一二三四五六七八九十]{{1,2}}、{_ANY_LABEL})")
_MIDDLE = re.compile(
    r"(?:(?<=[。；，、 ）】）;])|(?<=[^关于现将对的及和与、，。；： （“《]))【?" + _ANY_LABEL + r"(?:（[^（）]{0,12}）)?】? ?："
)
#: In a row of a table that lost its grid, labels and values are parted by blanks: 责任单位 某局 责任人 某某.
_BETWEEN_BLANKS = re.compile(r"(?<=[ \t])" + _ANY_LABEL + r"[ \t]+(?=[^ \t：])")
_NAMED_BEFORE = re.compile(r"(?:第?[\d一二三四五六七八九十]{1,3}(?:项|条|个|点)|措施[一二三四五六七八九十\d]{1,2}|关于|针对)的?$")
_SHORT = frozenset({"电话", "地址", "邮编", "邮箱", "传真"})


def labels_within(text: str, start: int) -> list[tuple[Part, int, int, str]]:
    """(part, label begins, content begins, label) of every label inside a line that a colon or blanks set off, from `start` on."""
    found: list[tuple[Part, int, int, str]] = []
    matches = list(_MIDDLE.finditer(text, start)) if "：" in text else []
    if " " in text or "\t" in text:
        matches += _BETWEEN_BLANKS.finditer(text, start)
    for match in matches:
        label = match["label"]
        before = text[match.start() - 1] if match.start() else ""
        if (label in _SHORT and before not in "。；，、 ）】") or _NAMED_BEFORE.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        if part := classify(label):
            found.append((part, match.start(), match.end(), label))
    return found


#: The closing words of a notice: where they begin, the report of what was done has ended.
CLOSING = re.compile(
    r"(?:以上|上述|现将?上述|该项|本次|此次)[^。\n]{0,40}(?:公示|监督)|(?:如|若|凡|任何)[^。，；\n]{0,24}(?:异议|不同意见|意见)|(?:社会各界|广大(?:群众|市民)|公众|公示期间?)[^。；\n]{0,24}(?:如|若|对|有)[^。；\n]{0,24}(?:异议|意见|监督)|对[^。；\n]{0,36}(?:有|持)(?:异议|不同意见|意见)|"
    r"有(?:异议|不同意见)的|现(?:予以?|进行|向社会)[^。\n]{0,10}公[示告]|现?将[^。；\n]{0,40}(?:予以|进行)公示|公[示告](?:时间|期限|日期|期间|期)(?!内?未|间未|满|内无|间无|结束)|欢迎[^。\n]{0,24}监督|请[^。\n]{0,14}(?:监督|反映|提出)|特此公示|监督电话|联系电话|受理(?:部门|单位|电话)|联系人"
)
