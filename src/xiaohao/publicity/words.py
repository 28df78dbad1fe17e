"""Words of a printed notice: dates as officials write them, registers and roles by their names.

A notice is an official's own text and is never translated, so its sentences are filled in plainly, without `say`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from xiaohao.dossier.record import Record
from xiaohao.kernel.when import When, parse_when

#: Record.type → the register's name (DOSSIER.md, "Words").
RECORD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "meeting": "会议记录",
        "study": "学习记录",
        "interview": "约谈记录",
        "site_visit": "现场核查记录",
        "enforcement": "执法检查记录",
        "contract": "合同",
        "invoice": "发票",
        "weighbridge": "过磅单",
        "transfer": "转运联单",
        "work_log": "施工日志",
        "dosing": "投药记录",
        "storage": "暂存记录",
        "shutdown": "停产停运记录",
        "maintenance": "检修记录",
        "sampling": "采样记录",
        "lab_report": "检测报告",
        "consent": "审批或同意文件",
        "acceptance": "验收意见",
        "review": "审核意见",
        "closing_assessment": "销号评估意见",
        "publicity": "公示",
        "objection": "异议",
        "closure": "销号记录",
        "look_back": "“回头看”记录",
        "sanction": "问责记录",
        "personnel": "任免记录",
        "follow_up": "问责回访记录",
        "order": "督办文件",
        "training": "培训记录",
        "media": "公开报道",
        "pledge": "真实性承诺",
        "personal_act": "主要负责人研究或督办记录",
        "assessment": "考核记录",
        "override": "破例决定",
        "return": "退回记录",
        "appeal": "申辩",
        "arrangement": "验收安排",
        "question": "质询",
        "reply": "质询答复",
        "countersign": "会签单",
        "countersigned": "会签意见",
    }
)

#: File.kind → what it is.
FILE_WORDS: Mapping[str, str] = MappingProxyType(
    {"photo": "照片", "document": "文档", "scan": "扫描件", "sheet": "表格", "series": "监测数据", "video": "视频"}
)

METHOD_WORDS: Mapping[str, str] = MappingProxyType({"site": "现场验收", "paper": "资料验收", "site_and_paper": "现场与资料验收"})
#: The same for a closing assessment.
_ASSESSED = MappingProxyType({"site": "现场评估", "paper": "资料评估", "site_and_paper": "现场与资料评估"})
KIND_WORDS: Mapping[str, str] = MappingProxyType({"immediate": "立行立改", "deadline": "限期整改", "long_term": "长期坚持"})

_WEEKDAYS = "一二三四五六日"
_ORDINALS = "〇一二三四五六七八九"


def method_words(record: Record) -> str:
    """How an acceptance or an assessment looked: 现场验收, 资料评估; "" where it does not say."""
    words = _ASSESSED if record.type == "closing_assessment" else METHOD_WORDS
    return words.get(record.method or "", "")


def day_words(day: date) -> str:
    """2026年3月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def when_words(text: str | None) -> str:
    """A claimed date as exact as it is: 2025年, 2025年9月, 2025年9月30日; "" for none, the text itself for a malformed one."""
    when = parse_when(text)
    return _span_words(when) if when else text or ""


def between_words(first: date, last: date) -> str:
    """2026年2月25日至3月9日; one day alone, years and months only where they change."""
    if first == last:
        return day_words(first)
    if first.year != last.year:
        return f"{day_words(first)}至{day_words(last)}"
    return f"{day_words(first)}至{last.month}月{last.day}日"


def weekday_words(day: date) -> str:
    """星期六."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def ordinal(number: int) -> str:
    """一, 十, 十二, 二十, 九十九; Arabic from a hundred on."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_ORDINALS[tens]}十") + (_ORDINALS[ones] if ones else "")


def _span_words(when: When) -> str:
    if when.is_a_day:
        return day_words(when.first)
    return f"{when.first.year}年{when.first.month}月" if when.first.month == when.last.month else f"{when.first.year}年"
