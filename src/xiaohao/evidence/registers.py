"""Which register settles which claim: the kinds of acts and amounts, the words they are told by, and the rows that count.

One table read aloud: "召开会议" is settled by minutes, "约谈" by interview notes, "种树" by what was measured at acceptance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiaohao.kernel.said import say


@dataclass(frozen=True, slots=True)
class Register:
    """One kind of claim: the words that tell it, the Record.type rows that count towards it, and what a person would lay on the table."""

    kind: str
    words: re.Pattern[str]
    record_types: tuple[str, ...]
    settled_by: str


def _register(kind: str, words: str, record_types: str, settled_by: str) -> Register:
    return Register(kind, re.compile(words), tuple(record_types.split()), settled_by)


#: The more special kinds stand first: where two of them are told by the same words, the first wins.
REGISTERS: tuple[Register, ...] = (
    _register("approval_meeting", r"(?:环评|项目|规划|用地)[^，。；]{0,4}(?:审批|审查|评审|会审)[^，。；]{0,4}会|审批会议?", "meeting", say("审批会议纪要（逐次的日期、参会人、项目），与批复相对应")),
    _register("closure", r"销号|办结|整改完成|完成(?:了)?整改|整改到位|问题[^，。；]{0,6}整改|整改(?:问题|任务|销号)|化解", "closure", say("逐项的验收意见与销号登记，列明问题编号和时限")),
    _register("petition", r"信访|转办|交办|投诉|举报(?!奖)|环保热线|12369", "", say("转办件台账：编号、办理情况、办结时间")),
    _register("interview", r"约谈|谈话", "interview", say("约谈记录：逐次的日期、约谈人、被约谈单位")),
    _register("sanction", r"问责|党纪|政务处分|诫勉|批评教育|追责|移送司法|组织处理|责令检查", "sanction", say("问责决定：人员、种类、日期和作出机关")),
    _register("fine", r"罚款|罚金|处罚金额", "enforcement", say("行政处罚决定书与缴款凭证")),
    _register("enforcement", r"执法|检查|巡查|排查|立案|查处|处罚|查封|夜查|抽查|拆除违|取缔|打击", "enforcement", say("执法检查记录：逐次的日期、人员、对象、笔录")),
    _register("order", r"督办|提醒函|通报|整改通知|责令|通知书|交办单|警示函|工作提示", "order", say("督办函、通知书等发文登记：文号、日期、对象")),
    _register("study", r"学习|研讨|中心组|宣讲|党课|专题课", "study", say("学习记录：逐次的日期、内容、参加人")),
    _register("training", r"培训", "training", say("培训记录：日期、内容、签到")),
    _register("assessment", r"考核|考评|评比", "assessment", say("考核通知与考核结果")),
    _register("acceptance", r"验收", "acceptance", say("验收意见：日期、人员、现场核查情况")),
    _register("sampling", r"监测|采样|检测|化验|取样", "sampling lab_report", say("采样记录与检测报告：点位、日期、结果")),
    _register("media", r"宣传|报道|发布信息|公众号|新闻|推送|曝光|张贴|发放", "media", say("刊发记录：媒体、日期、截图或样张")),
    _register("meeting", r"会议|(?<!召)开会|例会|碰头会|动员会|工作会|视频会|专题会|推进会|调度会|常务会|常委会|现场会|座谈会|协调会|会商|部署会|党工委会|办公会|联席会|研究|调度|部署", "meeting", say("会议纪要：逐次的日期、参会人、议题")),
    _register("site_visit", r"现场|督导|督查|调研|走访|入户|核查|暗访|实地|踏勘|帮扶|盯办|检视", "site_visit", say("现场核查记录：逐次的日期、地点、人员、所见")),
    _register("patrol", r"巡护|巡山|巡河|巡线|巡堤", "site_visit work_log enforcement", say("巡护记录：逐次的日期、路线、人员、所见")),
    _register("look_back", r"回头看", "look_back", say("“回头看”记录：日期、对象、结论")),
    _register("document", r"制定|出台|印发|修订|编制|方案|制度|办法|文件|签订|协议|承诺书", "", say("该文件原文：文号、日期、印发范围")),
)  # fmt: skip

#: All kinds in one pattern, the group's name being the kind; where several begin at one place, the first of the table wins.
WORDS = re.compile("|".join(f"(?P<{register.kind}>{register.words.pattern})" for register in REGISTERS))
BY_KIND = {register.kind: register for register in REGISTERS}

#: What settles an amount, by what its unit measures (units.unit_kind).
AMOUNTS: dict[str, Register] = {
    "money": _register("amount", r"(?!)", "contract invoice", say("合同、发票或付款凭证")),
    "mass": _register("amount", r"(?!)", "weighbridge transfer", say("过磅单、转运联单或接收单")),
    "area": _register("amount", r"(?!)", "acceptance", say("测量成果或验收时的实测面积")),
    "length": _register("amount", r"(?!)", "acceptance", say("竣工资料或验收时的实测长度")),
    "volume": _register("amount", r"(?!)", "acceptance weighbridge", say("计量记录、接收单或验收时的实测方量")),
    "rate": _register("amount", r"(?!)", "sampling lab_report", say("监测数据或检测报告：点位、时段、结果")),
    "share": _register("share", r"(?!)", "", say("分子、分母各自的台账")),
    "energy": _register("amount", r"(?!)", "acceptance", say("计量或设备台账")),
    "thing": _register("amount", r"(?!)", "acceptance work_log", say("逐个列名的清单，与验收记录相对应")),
    "act": _register("act", r"(?!)", "", say("该项工作的逐次记录：日期、地点、人员")),
    "other": _register("amount", r"(?!)", "", say("该数据的来源记录")),
}  # fmt: skip

RHYTHM_SETTLED_BY = say("逐次的签到与记录，按日历应有的次数相对应")
PERSONAL_ACT = _register("personal_act", r"(?!)", "personal_act meeting site_visit interview", say("主要负责人本人到场的记录：日期、事由"))
ORGANISATION = _register("organisation", r"(?!)", "", say("成立文件：文号、日期、成员名单"))
DOCUMENT = BY_KIND["document"]
