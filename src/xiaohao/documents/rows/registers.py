"""Register rows out of an office's own sheet of meetings, visits, inspections …: one line of the sheet is one row of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from xiaohao.documents.rows.table import FoundRow, FoundRows, rows_in
from xiaohao.documents.rows.values import day_of, parts_of
from xiaohao.kernel.said import Said, say

#: Field → names of its column in the registers that offices keep.
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": ("日期", "时间", "会议时间", "会议日期", "开会时间", "学习时间", "学习日期", "检查时间", "检查日期", "约谈时间", "培训时间", "发布时间", "发生时间", "采样日期", "采样时间", "签订日期", "开票日期", "过磅时间"),
        "title": ("事由", "会议名称", "会议主题", "主题", "标题", "名称", "学习主题", "学习内容", "检查事项", "约谈事由", "培训主题", "议题", "事项", "内容摘要", "合同名称", "项目名称"),
        "text": ("内容", "主要内容", "会议内容", "情况", "检查情况", "约谈内容", "备注", "检查结果", "发现问题"),
        "people": ("参加人员", "参会人员", "参加人", "参会人", "出席人员", "检查人员", "约谈人", "执法人员", "学习人员", "带队领导", "人员", "主持人"),
        "place": ("地点", "会议地点", "检查地点", "学习地点", "点位"),
        "org": ("单位", "组织单位", "主办单位", "责任单位", "召开单位", "实施单位"),
        "other_org": ("对方单位", "被约谈单位", "被检查单位", "检查对象", "被检查企业", "乙方", "供应商", "企业名称"),
        "number": ("文号", "纪要文号", "文件号", "文件编号", "文书号"),
        "paper": ("文件标题", "文件名称", "纪要标题"),
        "money": ("金额", "罚款金额", "处罚金额", "合同金额", "发票金额"),
        "vehicle": ("车牌", "车号", "车牌号"),
        "slip": ("单号", "磅单号", "联单号", "发票号", "发票号码"),
        "measure": ("对应措施", "措施编号", "措施序号", "所属措施"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as the sheet has it: `date` ISO, `people`, `measures` and units in the sheet's words; `wrong` as in ReadPetition."""

    row: FoundRow
    date: str
    title: str
    people: tuple[str, ...]
    measures: tuple[str, ...]
    money: float | None
    cells: Mapping[str, str]
    wrong: tuple[tuple[str, Said], ...]


def register_rows_in(content: bytes, name: str) -> tuple[tuple[ReadRow, ...], FoundRows]:
    """Every row of the workbook, and how its columns were understood. Raises Unreadable."""
    found = rows_in(content, name, FIELDS, needed=("date", "title"))
    return tuple(_read(row) for row in found.rows), found


def _read(row: FoundRow) -> ReadRow:
    cells, wrong = row.cells, list[tuple[str, Said]]()
    day = day_of(cells.get("date", ""))
    if not day:
        wrong.append(("date", say("“{words}”不是日期", words=cells.get("date", ""))))
    if "title" not in cells:
        wrong.append(("title", say("没有写事由")))
    money = _money(cells.get("money", ""))
    if "money" in cells and money is None:
        wrong.append(("money", say("“{words}”不是金额", words=cells["money"])))
    if "number" in cells and "paper" not in cells and "title" not in cells:
        wrong.append(("number", say("有文号的，要有文件标题")))
    return ReadRow(
        row,
        day or "",
        cells.get("title", ""),
        parts_of(cells.get("people", "")),
        parts_of(cells.get("measure", "")),
        money,
        cells,
        tuple(wrong),
    )


def _money(words: str) -> float | None:
    plain, scale = words.replace(",", "").replace("，", "").removesuffix("元"), 1
    if plain.endswith("万"):
        plain, scale = plain[:-1], 10_000
    try:
        return float(plain) * scale
    except ValueError:
        return None
