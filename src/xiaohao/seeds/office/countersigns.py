"""Two papers that went round for countersigning: one that a unit sent back, and one that waits for its last signature; and the report of a list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from xiaohao.acts import countersigning, list_reports
from xiaohao.acts.countersigning import Circulated
from xiaohao.procedure.countersigning import PAPER, text_digest
from xiaohao.records.models import Record, TaskList
from xiaohao.seeds.moments import moment
from xiaohao.seeds.seats import seat
from xiaohao.seeds.walk import Event

_TASK = "task-qh2025a-11"
_MONEY = (
    "关于调整2026年清洁取暖改造资金安排的请示",
    "县财政安排的1200万元改造资金，拟从道路清扫保洁经费中调剂300万元，用于热源点征地补偿。调剂后当年清扫保洁标准不变。妥否，请批示。",
)
_REPORT = (
    "关于供热管网建设滞后情况的报告",
    "截至2026年2月底，供热管道铺设4.9公里，热源点征地尚余2户未签协议。为赶在2026年供暖季前完成，申请由县自然资源局加快办理用地手续，"
    "由县住房和城乡建设局协调燃煤小锅炉拆除后的过渡供热。有关情况已逐项核实，特此报告。",
)


def events() -> Iterator[Event]:
    """Sent, signed, and sent back, each at its moment."""
    yield Event(moment("2026-02-25T10:00"), True, partial(_send, "money", "2026-02-25T10:00", _MONEY, ("org-urban",), "2026-02-28"))
    yield Event(moment("2026-02-26T16:10"), True, partial(_return, "money", "2026-02-26T16:10", "urban-head", "org-urban"))
    yield Event(
        moment("2026-02-27T15:00"), True, partial(_send, "report", "2026-02-27T15:00", _REPORT, ("org-housing", "org-land"), "2026-03-02")
    )
    yield Event(moment("2026-03-02T11:20"), True, partial(_sign, "report", "2026-03-02T11:20", "housing-head", "org-housing"))
    yield Event(moment("2026-03-02T16:00"), True, partial(_file_report, "2026-03-02T16:00"))
    yield Event(moment("2026-03-02T16:40"), True, partial(_sign_report, "2026-03-02T16:40"))


def _send(key: str, at: str, paper: tuple[str, str], units: tuple[str, ...], due: str) -> None:
    title, text = paper
    countersigning.send_countersign(
        task=_TASK, by=seat("industry-1"), at=moment(at), key=f"countersign {key}", document=Circulated(PAPER, title, text, text_digest(text)),
        units=units, in_order=True, due=due,
    )  # fmt: skip


def _sheet(title: str) -> str:
    return str(Record.objects.filter(type="countersign", more__title=title).values_list("pk", flat=True).get())


def _sign(key: str, at: str, head: str, unit: str) -> None:
    countersigning.countersign(
        task=_TASK, by=seat(head), at=moment(at), key=f"countersigned {key}", sheet=_sheet(_REPORT[0]), unit=unit,
        text="同意。过渡供热由我局牵头，3月底前拿出方案。",
    )  # fmt: skip


def _return(key: str, at: str, head: str, unit: str) -> None:
    countersigning.return_countersign(
        task=_TASK, by=seat(head), at=moment(at), key=f"countersigned {key}", sheet=_sheet(_MONEY[0]), unit=unit,
        text="清扫保洁经费已按合同支付到6月，不能调剂300万元。请另找来源，或者改为下半年安排。",
    )  # fmt: skip


def _file_report(at: str) -> None:
    """The county's report of its first list, and the two units that are asked to sign it."""
    listing = TaskList.objects.get(code="qh2025a")
    filed = list_reports.file_report(by=seat("countyoffice-1"), at=moment(at), key="report qh2025a", listing=listing.pk)
    list_reports.send_report(
        by=seat("countyoffice-1"), at=moment(at), key="countersign qh2025a", report=filed.result["report"],
        units=("org-agri", "org-urban"), in_order=False, due="2026-03-04",
    )  # fmt: skip


def _sign_report(at: str) -> None:
    sheet = Record.objects.filter(type="countersign", more__stage="report").values_list("pk", flat=True).get()
    list_reports.answer_report(
        by=seat("urban-head"), at=moment(at), key="countersigned qh2025a", sheet=sheet, unit="org-urban", passed=True, text="同意。"
    )
