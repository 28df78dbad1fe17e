"""Petitions out of the tables that are handed over daily and published: numbers, batches, matters, truth and completion in offices' words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from xiaohao.documents.rows.table import FoundRow, FoundRows, rows_in
from xiaohao.documents.rows.values import count_of, day_of, parts_of
from xiaohao.evidence.petition_number import read_petition_number
from xiaohao.kernel.said import Said, say

#: Field → names of its column (INSTITUTION.md, "Words in real documents", and the handling tables that provinces publish).
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "number": ("受理编号", "编号", "转办编号", "转办件编号", "交办编号", "信访编号", "信访件编号", "举报编号", "件号", "案件编号"),
        "text": ("反映问题", "交办问题基本情况", "举报内容", "投诉内容", "反映情况", "问题内容", "信访内容", "反映内容", "基本情况", "信访问题", "群众反映问题", "主要内容"),
        "batch": ("批次", "交办批次", "转办批次", "批号"),
        "received": ("交办时间", "交办日期", "转办时间", "转办日期", "收到日期", "受理时间", "受理日期", "接件时间"),
        "place": ("行政区域", "所在地", "属地", "行政区", "区县", "县区", "县市区", "地区", "所属区域"),
        "address": ("详细地点", "具体地点", "地点", "详细地址", "污染地点"),
        "firm_name": ("企业名称", "被举报对象", "被投诉对象", "被反映单位", "污染单位", "被举报单位", "涉及企业"),
        "pollution": ("污染类型", "污染类别", "问题类型", "污染种类", "类型", "涉及污染类型"),
        "org": ("责任单位", "承办单位", "办理单位", "责任部门", "主办单位", "牵头单位"),
        "truth": ("是否属实", "属实情况", "查处属实情况"),
        "status": ("是否办结", "办结情况", "办理状态", "是否已办结", "办结状态", "办结目标", "办理进展"),
        "done_at": ("办结时间", "办结日期", "完成时间"),
        "handling": ("处理和整改情况", "办理情况", "处理情况", "整改情况", "调查处理情况", "处理及整改情况", "调查核实情况", "办理结果"),
    }
)  # fmt: skip
_TRUTH = {"属实": "true", "基本属实": "basically_true", "部分属实": "partly_true", "不属实": "untrue", "是": "true", "否": "untrue"}
_STATUS = {"已办结": "done", "办结": "done", "是": "done", "完成": "done", "已完成": "done", "阶段性办结": "stage_done", "阶段办结": "stage_done",
           "已阶段性办结": "stage_done", "未办结": "open", "正在办理": "open", "办理中": "open", "否": "open", "未完成": "open"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadPetition:
    """One petition as the sheet has it. `received`, `truth`, `status` are in the dossier's words, `unit` and `place` in the sheet's; `wrong` says what
    keeps it from being entered, cell by cell (field, sentence)."""

    row: FoundRow
    number: str
    text: str
    batch: int | None
    received: str
    place: str
    address: str
    firm_name: str
    pollution: tuple[str, ...]
    unit: str
    truth: str
    status: str
    done_at: str
    handling: str
    wrong: tuple[tuple[str, Said], ...]


def petitions_in(content: bytes, name: str) -> tuple[tuple[ReadPetition, ...], FoundRows]:
    """Every petition of the workbook, and how its columns were understood. Raises Unreadable."""
    found = rows_in(content, name, FIELDS, needed=("number", "text"), personal=True)
    return tuple(_read(row) for row in found.rows), found


def _read(row: FoundRow) -> ReadPetition:
    cells, wrong = row.cells, list[tuple[str, Said]]()
    number = cells.get("number", "")
    parts = read_petition_number(number)
    received = day_of(cells["received"]) if "received" in cells else (parts.day.isoformat() if parts else None)
    if not number:
        wrong.append(("number", say("没有受理编号")))
    if not received:
        wrong.append(("received", say("“{words}”不是日期，编号里也没有日期", words=cells.get("received", ""))))
    done_at = day_of(cells["done_at"]) if "done_at" in cells else None
    if "done_at" in cells and not done_at:
        wrong.append(("done_at", say("“{words}”不是日期", words=cells["done_at"])))
    return ReadPetition(
        row=row,
        number=number,
        text=cells.get("text", ""),
        batch=count_of(cells["batch"]) if "batch" in cells else None,
        received=received or "",
        place=cells.get("place", ""),
        address=cells.get("address", ""),
        firm_name=cells.get("firm_name", ""),
        pollution=parts_of(cells.get("pollution", "")),
        unit=cells.get("org", ""),
        truth=_word(cells, "truth", _TRUTH, "", wrong),
        status=_word(cells, "status", _STATUS, "open", wrong),
        done_at=done_at or "",
        handling=cells.get("handling", ""),
        wrong=tuple(wrong),
    )


def _word(cells: Mapping[str, str], field: str, known: Mapping[str, str], empty: str, wrong: list[tuple[str, Said]]) -> str:
    words = cells.get(field, "").strip("。 ")
    if words in ("", "/", "—", "-"):
        return empty
    if words not in known:
        wrong.append((field, say("“{words}”看不懂，可以写：{known}", words=words, known="、".join(list(known)[:4]))))
        return empty
    return known[words]
