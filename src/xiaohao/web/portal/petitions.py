"""The public table of petitions, on a page and as a csv: what officials wrote for the public, and nothing of who complained."""

from __future__ import annotations

import csv
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaohao.records.petitions import PublicPetition, public_batches, public_petitions, public_rates
from xiaohao.web.parts.petitions import STATUS, TRUTH, rate_words

_COLUMNS = ("受理编号", "批次", "收到日期", "所在地", "污染类型", "问题摘要", "是否属实", "办结情况", "办理情况", "承办单位")
#: A cell that begins so would be a formula in a sheet program (RELIABILITY.md 4.2, row 27).
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def table(request: HttpRequest) -> HttpResponse:
    """All batches or one, with the strict and the loose rate."""
    batch = request.GET.get("batch", "")
    rows = public_petitions(batch)
    context = {
        "rows": [(row, "、".join(row.pollution), TRUTH.get(row.truth, ""), STATUS.get(row.status, row.status)) for row in rows],
        "rates": rate_words(public_rates(batch)),
        "batches": public_batches(),
        "batch": batch,
    }
    return render(request, "portal/petitions.html", context)


def csv_file(request: HttpRequest) -> HttpResponse:
    """The same table as a csv that sheet programs open as it is."""
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow(_COLUMNS)
    writer.writerows([_plain(cell) for cell in _cells(row)] for row in public_petitions(request.GET.get("batch", "")))
    answer = HttpResponse("\ufeff" + held.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="petitions.csv"'
    return answer


def _cells(row: PublicPetition) -> tuple[str, ...]:
    truth, status = str(TRUTH.get(row.truth, "")), str(STATUS.get(row.status, row.status))
    return (
        row.number,
        str(row.batch or ""),
        row.received,
        row.place,
        "、".join(row.pollution),
        row.summary,
        truth,
        status,
        row.handling,
        row.unit,
    )


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
