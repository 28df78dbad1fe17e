"""Result reports of lists: who may read them, their versions, and how far their countersigning is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from xiaohao.dossier import record
from xiaohao.kernel.roles import ADMINISTRATORS, Actor
from xiaohao.procedure.countersigning import ANSWER, SHEET, Sheet
from xiaohao.procedure.report_round import REPORT, sheet_of_version
from xiaohao.records.models import ListReport, Record
from xiaohao.records.worklist import root_of


def reports_seen_by(actor: Actor) -> QuerySet[ListReport]:
    """What the offices of this person's own subtree have filed, newest first. A unit that is asked to countersign sees its sheet only."""
    root = root_of(actor.org)
    if root is None or not actor.roles - ADMINISTRATORS:
        return ListReport.objects.none()
    return (
        ListReport.objects.filter(org__path__startswith=root).select_related("org", "list", "person").order_by("-recorded_at", "-version")
    )


def newest_of(listing: str, org: str) -> ListReport | None:
    """The version that counts of what the office reports about the list."""
    return ListReport.objects.filter(list=listing, org=org).order_by("-version").first()


def rows_about(report: ListReport) -> tuple[record.Record, ...]:
    """Every sheet of every version of this report, with what units said on them."""
    versions = list(ListReport.objects.filter(list=report.list_id, org=report.org_id).values_list("pk", flat=True))
    sheets = list(Record.objects.filter(type=SHEET, more__stage=REPORT, more__of__in=versions))
    said = Record.objects.filter(type=ANSWER, more__of__in=[sheet.pk for sheet in sheets])
    return tuple(row.thing() for row in (*sheets, *said))


def sheet_now_of(report: ListReport) -> Sheet | None:
    """The sheet that counts, where this version went round."""
    return sheet_of_version(rows_about(report), report.pk)


def reports_going_round(wanted: Iterable[str]) -> list[tuple[ListReport, Sheet]]:
    """The newest versions with the sheet that counts, where it is one of `wanted` (ids of sheets)."""
    held = set(wanted)
    versions = {row.more.get("of") for row in Record.objects.filter(pk__in=held, type=SHEET, more__stage=REPORT)}
    found = []
    for report in ListReport.objects.filter(pk__in=versions).select_related("list", "org").order_by("pk"):
        newest = newest_of(report.list_id, report.org_id)
        sheet = sheet_now_of(report) if newest and newest.pk == report.pk else None
        if sheet and sheet.record.id in held:
            found.append((report, sheet))
    return found


def report_of_sheet(sheet: str) -> tuple[ListReport, Record] | None:
    """The version that a sheet was sent round with; None for one of a case, or none at all."""
    row = Record.objects.filter(pk=sheet, type=SHEET, more__stage=REPORT).first()
    report = ListReport.objects.select_related("list", "org").filter(pk=row.more.get("of")).first() if row else None
    return (report, row) if row and report else None
