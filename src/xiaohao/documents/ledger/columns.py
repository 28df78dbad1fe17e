"""What a column of a ledger means, told by its header: the field names that lists and notices use, and how sure the reading is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from xiaohao.kernel.said import Said, say


class Meaning(StrEnum):
    """What a column holds. A column that means none of these is kept as it stands and not taken in."""

    NUMBER = "number"
    TITLE = "title"
    PROBLEM = "problem"
    GOAL = "goal"
    MEASURE = "measure"
    KIND = "kind"
    DUE = "due"
    OWNER = "owner"
    CO_OWNER = "co_owner"
    LEAD = "lead"
    SUPERVISOR = "supervisor"
    ACCEPTOR = "acceptor"
    REVIEWER = "reviewer"
    ASSESSOR = "assessor"
    PERSON = "person"
    PHONE = "phone"
    PROGRESS = "progress"
    STATUS = "status"
    ASSESSED_ON = "assessed_on"
    ASSESSMENT = "assessment"
    CLOSED_ON = "closed_on"
    KEPT = "kept"


#: What people read beside the header of a column.
MEANING_WORDS: MappingProxyType[Meaning, Said] = MappingProxyType(
    {
        Meaning.NUMBER: say("任务编号"),
        Meaning.TITLE: say("任务简称"),
        Meaning.PROBLEM: say("问题"),
        Meaning.GOAL: say("整改目标"),
        Meaning.MEASURE: say("整改措施"),
        Meaning.KIND: say("时限类型"),
        Meaning.DUE: say("整改时限"),
        Meaning.OWNER: say("责任单位"),
        Meaning.CO_OWNER: say("配合单位"),
        Meaning.LEAD: say("牵头单位"),
        Meaning.SUPERVISOR: say("督导单位"),
        Meaning.ACCEPTOR: say("验收单位"),
        Meaning.REVIEWER: say("审核单位"),
        Meaning.ASSESSOR: say("评估单位（规程有销号评估的才指定）"),
        Meaning.PERSON: say("责任人"),
        Meaning.PHONE: say("联系电话"),
        Meaning.PROGRESS: say("完成情况（照录，不改变状态）"),
        Meaning.STATUS: say("状态（照录，不改变状态）"),
        Meaning.ASSESSED_ON: say("销号评估时间（照录，不改变状态）"),
        Meaning.ASSESSMENT: say("销号评估结论（照录，不改变状态）"),
        Meaning.CLOSED_ON: say("原销号日期"),
        Meaning.KEPT: say("不导入，照录"),
    }
)

#: Whole names of fields (INSTITUTION: field names seen in lists and notices).
_NAMES: MappingProxyType[Meaning, tuple[str, ...]] = MappingProxyType(
    {
        Meaning.NUMBER: ("序号", "编号", "问题编号", "问题序号", "任务编号", "任务序号", "整改任务编号", "整改任务序号", "清单序号", "受理编号", "项目编号"),
        Meaning.TITLE: ("任务名称", "整改任务", "整改任务名称", "问题名称", "问题简称", "任务简称", "问题标题", "整改事项"),
        Meaning.PROBLEM: ("问题", "反馈问题", "整改问题", "存在问题", "问题描述", "问题内容", "具体问题", "反馈意见", "反馈问题内容", "问题清单", "督察反馈问题", "主要问题", "问题表述"),
        Meaning.GOAL: ("整改目标", "目标任务", "目标", "整改目标任务", "目标要求", "整改要求", "整改标准"),
        Meaning.MEASURE: ("整改措施", "重点措施", "措施", "具体措施", "主要措施", "整改举措", "工作措施", "整改任务措施", "整改内容", "整改措施内容"),
        Meaning.KIND: ("整改类型", "时限类型", "任务类型", "整改类别"),
        Meaning.DUE: ("整改时限", "完成时限", "整改期限", "时限", "完成期限", "整改完成时限", "办结时限", "要求完成时间", "计划完成时间", "时限要求", "整改时间"),
        Meaning.OWNER: ("责任单位", "整改责任单位", "整改实施主体", "责任主体", "整改单位", "责任部门", "整改主体", "实施单位", "主体责任单位", "主要责任单位", "承办单位"),
        Meaning.CO_OWNER: ("配合单位", "配合部门", "协办单位", "配合责任单位", "参与单位"),
        Meaning.LEAD: ("牵头单位", "牵头部门", "牵头责任单位", "市级牵头单位", "县级牵头单位"),
        Meaning.SUPERVISOR: ("督导单位", "督办单位", "督导部门", "监管单位", "行业监管部门", "督导责任单位", "监督单位"),
        Meaning.ACCEPTOR: ("验收单位", "验收部门", "验收责任单位", "验收销号单位"),
        Meaning.REVIEWER: ("审核单位", "审核部门", "审核责任单位"),
        Meaning.ASSESSOR: ("评估单位", "销号评估单位", "评估部门", "评估责任单位"),
        Meaning.PERSON: ("责任人", "责任领导", "整改责任人", "联系人", "具体责任人", "包抓领导", "第一责任人", "经办人"),
        Meaning.PHONE: ("联系电话", "电话", "联系方式", "手机", "手机号", "手机号码"),
        Meaning.PROGRESS: ("完成情况", "进展情况", "整改进展", "整改情况", "落实情况", "整改完成情况", "整改措施落实情况", "整改主要工作及成效", "整改进展情况", "目前进展", "最新进展", "工作进展", "截至目前进展"),
        Meaning.STATUS: ("状态", "整改状态", "是否完成", "是否销号", "销号情况", "完成状态", "整改进度", "进展状态", "是否完成整改", "办理状态", "整改结论"),
        Meaning.ASSESSED_ON: ("评估时间", "评估日期", "销号评估时间", "销号评估日期"),
        Meaning.ASSESSMENT: ("评估结论", "评估结果", "评估意见", "评估情况", "销号评估结论", "销号评估意见", "销号评估情况"),
        Meaning.CLOSED_ON: ("销号时间", "销号日期", "原销号时间", "原销号日期", "验收销号时间"),
        Meaning.KEPT: ("备注", "说明", "核查情况", "整改验收情况", "验收情况", "整改完成时间", "实际完成时间", "公示时间", "公示期间", "公示方式", "受理部门", "监督电话", "联系地址", "邮箱", "来源", "督察轮次", "问题来源"),
    }
)  # fmt: skip
_BY_NAME = {name: meaning for meaning, names in _NAMES.items() for name in names}
#: Words that tell the meaning of a longer header, the longest first, so that 牵头单位 wins over 单位.
_WORDS = tuple(sorted(((name, meaning) for name, meaning in _BY_NAME.items() if len(name) >= 3), key=lambda pair: -len(pair[0])))
_NOISE = re.compile(r"[\s　（(【\[].*[）)】\]]|[\s　:：*＊、/]+")
#: A header is at most so many characters; what is longer is content.
LONGEST_HEADER = 24

#: How sure: the whole name, a part of it, or only what lies below it.
SURE, LIKELY, GUESSED = 1.0, 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its place (from 0, within the sheet's rows), its header words, and what it means with how much confidence (0 … 1)."""

    index: int
    header: str
    meaning: Meaning
    confidence: float


@lru_cache(maxsize=4096)
def meaning_of(header: str) -> tuple[Meaning, float] | None:
    """What a header says, None where it says nothing known."""
    bare = _NOISE.sub("", header)
    if not bare or len(bare) > LONGEST_HEADER:
        return None
    if found := _BY_NAME.get(bare):
        return found, SURE
    for words, meaning in _WORDS:
        if words in bare:
            return meaning, LIKELY
    return None
