"""A call for progress on paper: the progress table 调度表 as .xlsx here, and the brief 简报 as .docx beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xiaohao.documents.ledger.write import write_ledger

HEADERS = ("序号", "整改任务", "责任单位", "整改措施", "完成时限", "进展情况", "具体情况", "答复情况")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One measure of one task: what was promised, what was answered ("" for nothing yet), how the answer stands in words."""

    number: str
    task: str
    unit: str
    measure: str
    due: str
    status: str
    text: str
    standing: str

    def cells(self) -> tuple[str, ...]:
        return (self.number, self.task, self.unit, self.measure, self.due, self.status, self.text, self.standing)


@dataclass(frozen=True, slots=True)
class CallPaper:
    """A call as it stands at `at`. `rows` are in the order in which they are printed; those of one task stand together."""

    title: str
    number: str
    issuer: str
    start: str
    end: str
    due: str
    at: datetime
    rows: tuple[PaperRow, ...]


def call_sheet(paper: CallPaper) -> bytes:
    """The progress table, a row for each measure."""
    return write_ledger(HEADERS, [row.cells() for row in paper.rows], title=f"{paper.title}调度表", sheet="调度表")
