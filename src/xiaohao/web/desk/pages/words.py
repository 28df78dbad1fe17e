"""What registers and people are called on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xiaohao.dossier import Dossier
from xiaohao.dossier.parties import Person
from xiaohao.dossier.record import Record
from xiaohao.kernel.said import Said, say

#: Record.type -> the register's name; English through the catalogue, so `say`.
REGISTERS: Mapping[str, Said] = MappingProxyType(
    {
        "meeting": say("会议"),
        "study": say("学习"),
        "interview": say("约谈"),
        "site_visit": say("现场核查"),
        "enforcement": say("执法检查"),
        "personal_act": say("主要负责人亲自研究或督办"),
        "order": say("督办文件"),
        "training": say("培训"),
        "media": say("公开报道"),
        "assessment": say("考核"),
        "consent": say("审批或同意文件"),
        "contract": say("合同"),
        "invoice": say("发票"),
        "work_log": say("施工日志"),
        "weighbridge": say("过磅单"),
        "transfer": say("转运联单"),
        "dosing": say("投药记录"),
        "storage": say("暂存记录"),
        "shutdown": say("停产停运"),
        "maintenance": say("检修"),
        "sampling": say("采样"),
        "lab_report": say("检测报告"),
        "sanction": say("问责"),
        "personnel": say("任免"),
        "follow_up": say("问责回访"),
        "look_back": say("回头看"),
        "acceptance": say("验收意见"),
        "review": say("审核意见"),
        "closing_assessment": say("销号评估意见"),
        "publicity": say("公示"),
        "objection": say("异议"),
        "closure": say("销号"),
        "pledge": say("真实性承诺"),
        "return": say("退回"),
        "override": say("破例"),
        "appeal": say("申辩"),
        "arrangement": say("验收安排"),
        "question": say("质询"),
        "reply": say("质询答复"),
        "countersign": say("会签单"),
        "countersigned": say("会签意见"),
    }
)

#: Series.kind in words.
SERIES_WORDS: Mapping[str, Said] = MappingProxyType(
    {
        "manual": say("手工监测"),
        "auto": say("自动监测"),
        "lab": say("化验"),
        "utility": say("水电药泥"),
        "register": say("台账口径"),
        "satellite": say("遥感"),
        "weather": say("气象"),
    }
)


def record_words(dossier: Dossier, record: Record) -> str:
    """One register row in a line: 会议 2025-07-15 清沅河整改专题会."""
    what = record.title or _begun(record.text or "") or dossier.org_name(record.org)
    kind = str(REGISTERS[record.type])
    return " ".join(part for part in (kind, record.date or record.start or "", "" if what == kind else what) if part)


#: Characters of a record's text that stand for a title where it has none; a longer one is cut at its last punctuation before, or marked.
_TITLE = 30


def _begun(text: str) -> str:
    first = text.strip().split("\n")[0]
    if len(first) <= _TITLE:
        return first.rstrip("。")
    cut = max(first.rfind(mark, 0, _TITLE) for mark in "。，；、：")
    return first[:cut] + "…" if cut > 0 else first[:_TITLE] + "…"


def person_and_unit(dossier: Dossier, person: str | None) -> str:
    """李岚（青禾县住房和城乡建设局）, or "" for nobody."""
    found = dossier.find(Person, person)
    if found is None:
        return person or ""
    unit = dossier.org_name(found.org)
    return f"{found.name}（{unit}）" if unit else found.name
