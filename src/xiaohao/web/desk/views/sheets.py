"""Taking in an office's own sheet: looked at first, with the meaning of each column and every doubtful cell; then the ready rows go in at once and
the rest stay out. The same sheet again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaohao.acts import petitions as petition_acts
from xiaohao.acts import registers
from xiaohao.acts.clock import now
from xiaohao.acts.ids import id_from
from xiaohao.documents.rows.petitions import ReadPetition, petitions_in
from xiaohao.documents.rows.registers import ReadRow, register_rows_in
from xiaohao.documents.rows.table import FoundRow, FoundRows
from xiaohao.documents.text import Unreadable
from xiaohao.dossier.document import Document
from xiaohao.dossier.petition import Petition
from xiaohao.dossier.record import Record
from xiaohao.evidence.claimed_day import impossible_day_of
from xiaohao.evidence.register_fields import FIELDS, KEPT_BY_HAND
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.said import Said
from xiaohao.kernel.when import CST
from xiaohao.records import models
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, account_of, opened
from xiaohao.web.desk.forms.choices import people_choices, set_choices, units_near_first
from xiaohao.web.desk.forms.petitions import unit_choices, units_below
from xiaohao.web.desk.forms.sheets import PetitionSheetForm, RowSheetForm, SheetForm, hold
from xiaohao.web.desk.pages.words import REGISTERS
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it

#: Rows shown for looking; all are counted.
_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Looked:
    """One row of the sheet as it would go in: `known` is on file already, `wrong` what keeps it out."""

    row: FoundRow
    words: str
    known: bool
    wrong: tuple[tuple[str, Said], ...]


def petitions(request: HttpRequest) -> HttpResponse:
    """A table of petitions."""
    actor = account_of(request).actor
    form = _petition_form(request, actor)
    if request.method != "POST":
        return show(request, "sheet", {"form": form, "back": reverse("desk_petitions")})
    read = _read(form, petitions_in)
    if read is None:
        return show_again(request, "sheet", {"form": form, "errors": errors_of(form), "back": reverse("desk_petitions")})
    rows, found, held = read
    typed = form.cleaned_data
    made = _petitions(
        rows, inspection=typed["inspection"] or None, org=typed["org"], units={org.pk: org.name for org in units_below(actor)}
    )
    known = set(models.Petition.objects.filter(pk__in=[one.id for one, _org in made.values()]).values_list("pk", flat=True))
    looked = [Looked(r.row, f"{r.number} {r.text[:60]}", n in made and made[n][0].id in known, r.wrong) for n, r in enumerate(rows)]
    if not typed["confirmed"]:
        return show(request, "sheet", _context(form, found, looked, held, back=reverse("desk_petitions")))
    ready = [pair for n, pair in made.items() if not rows[n].wrong]
    try:
        receipt = petition_acts.add_petitions(by=actor, at=now(), key=typed["key"], petitions=ready)
    except Refused as refused:
        form.add_error(None, "".join(f"{say_it(unmet.fact)}。" for unmet in refused.unmet))
        return show_again(request, "sheet", {**_context(form, found, looked, held, back=""), "errors": errors_of(form)})
    messages.success(request, _told(len(receipt.result["added"]), len(receipt.result["known"]), sum(bool(one.wrong) for one in looked)))
    return redirect("desk_petitions")


def _petition_form(request: HttpRequest, actor: Any) -> PetitionSheetForm:
    form = PetitionSheetForm(request.POST or None, request.FILES or None, initial={"org": actor.org})
    set_choices(form, "inspection", [("", _("不指明")), *models.Inspection.objects.order_by("pk").values_list("pk", "name")])
    set_choices(form, "org", unit_choices(actor))
    return form


def _petitions(
    rows: Sequence[ReadPetition], *, inspection: str | None, org: str, units: Mapping[str, str]
) -> dict[int, tuple[Petition, str]]:
    by_name = {name: pk for pk, name in units.items()}
    places = {place.name: place.pk for place in models.Place.objects.all()}
    found = {}
    for n, row in enumerate(rows):
        extra: list[tuple[str, Any]] = [("x-handling", row.handling)] if row.handling else []
        made = Petition(
            id=petition_acts.petition_id(inspection, row.number),
            number=row.number,
            batch=row.batch,
            inspection=inspection,
            received=row.received,
            place=places.get(row.place),
            address=row.address or (row.place if row.place not in places else "") or None,
            firm_name=row.firm_name or None,
            pollution=row.pollution,
            text=row.text or None,
            truth=row.truth or None,
            status=row.status,
            done_at=row.done_at or None,
            unknown=tuple(extra),
        )
        found[n] = (made, by_name.get(row.unit, org))
    return found


def rows(request: HttpRequest, no: str) -> HttpResponse:
    """A sheet of meetings, visits, inspections … for one task."""
    case = opened(request, no)
    form = RowSheetForm(
        request.POST or None, request.FILES or None, initial={"type": request.GET.get("type", "meeting"), "org": case.actor.org}
    )
    set_choices(form, "type", [(name, say_it(REGISTERS[name])) for name in KEPT_BY_HAND])
    set_choices(form, "org", units_near_first(case.dossier.orgs, case.actor.org))
    back = reverse("desk_task", args=[case.no]) + "#records"
    if request.method != "POST":
        return show(request, "sheet", {"form": form, "case": case, "back": back})
    read = _read(form, register_rows_in)
    if read is None:
        return show_again(request, "sheet", {"form": form, "case": case, "errors": errors_of(form), "back": back})
    found_rows, found, held = read
    typed = form.cleaned_data
    made = [_record(case, row, typed["type"], typed["org"]) for row in found_rows]
    ids = [record.id for record, _paper in made]
    known = set(models.Record.objects.filter(pk__in=ids).values_list("pk", flat=True))
    today = case.at.astimezone(CST).date()
    looked = [
        Looked(row.row, f"{row.date} {row.title}", record.id in known, (*row.wrong, *_impossible(record, today)))
        for row, (record, _paper) in zip(found_rows, made, strict=True)
    ]
    fresh = {record.id: (record, paper) for one, (record, paper) in zip(looked, made, strict=True) if not one.wrong and not one.known}
    if not typed["confirmed"] or not fresh:
        return show(request, "sheet", {**_context(form, found, looked, held, back=back), "case": case})
    papers = {paper.id: paper for _record_, paper in fresh.values() if paper}
    there = set(models.Document.objects.filter(pk__in=papers).values_list("pk", flat=True))
    return attempt(
        request,
        case,
        lambda: registers.add_records(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            records=[record for record, _paper in fresh.values()],
            documents=[paper for pk, paper in papers.items() if pk not in there],
        ),
        done=_told(len(fresh), len(known), sum(bool(one.wrong) for one in looked)),
        to=back,
    )


def _impossible(record: Record, today: date) -> tuple[tuple[str, Said], ...]:
    fact = impossible_day_of(record, today)
    return (("date", fact),) if fact else ()


def _record(case: Case, row: ReadRow, kind: str, org: str) -> tuple[Record, Document | None]:
    """The row as a record. Its id is made of what it says, so that the same line again is the same row. People that nobody on file is called are
    kept in the text, in the sheet's words."""
    units = {one.name: one.id for one in case.dossier.orgs} | {alias: one.id for one in case.dossier.orgs for alias in one.aliases}
    people = {words.partition("（")[0]: pk for pk, words in people_choices(case.dossier, own=org)}
    places = {place.name: place.id for place in case.dossier.places}
    numbers = {str(measure.number): measure.id for measure in case.dossier.measures_of(case.task.pk)}
    cells = row.cells
    unit = units.get(cells.get("org", ""), org)
    beyond = [name for name in row.people if name not in people]
    where = cells.get("place", "")
    text = [
        cells.get("text", ""),
        *([f"参加人员：{'、'.join(beyond)}"] if beyond else []),
        *([f"地点：{where}"] if where and where not in places else []),
    ]
    partner = cells.get("other_org", "")
    text += [f"对方单位：{partner}"] if partner and partner not in units else []
    paper = None
    if "number" in cells:
        title = cells.get("paper") or row.title
        made_id = id_from("doc", unit, cells["number"], title)
        paper = Document(id=made_id, number=cells["number"], title=title, kind="report", issuer=unit, date=row.date, recorded_at="")
    own = FIELDS[kind]
    record = Record(
        id=id_from("rec", case.task.pk, kind, *(f"{name}={cells[name]}" for name in sorted(cells))),
        type=kind,
        recorded_at="",
        title=row.title or None,
        text="\n".join(part for part in text if part) or None,
        org=unit,
        other_org=units.get(partner),
        people=tuple(people[name] for name in row.people if name in people),
        date=row.date,
        place=places.get(where),
        measures=tuple(numbers[one] for one in row.measures if one in numbers),
        amount=row.money if "money" in own else None,
        vehicle=cells.get("vehicle") if "vehicle" in own else None,
        slip=cells.get("slip") if "slip" in own else None,
        document=paper.id if paper else None,
    )
    return record, paper


def _read(form: SheetForm, reader: Any) -> tuple[Sequence[Any], FoundRows, str] | None:
    """What the sheet holds, once it can be read; else the form has the sentence."""
    if not form.is_valid():
        return None
    try:
        content, name = form.content()
        found_rows, found = reader(content, name)
    except Unreadable as wrong:
        form.add_error("sheet", say_it(str(wrong)))
        return None
    except ValueError as gone:
        form.add_error("sheet", str(gone))
        return None
    return found_rows, found, form.cleaned_data["held"] or hold(content, name)


def _context(form: SheetForm, found: FoundRows, looked: Sequence[Looked], held: str, *, back: str) -> dict[str, Any]:
    wrong = [one for one in looked if one.wrong]
    ready = [one for one in looked if not one.wrong and not one.known]
    return {
        "form": form,
        "found": found,
        "held": held,
        "back": back,
        "ready": ready[:_MOST_SHOWN],
        "ready_count": len(ready),
        "known_count": sum(one.known for one in looked),
        "wrong": wrong[:_MOST_SHOWN],
        "wrong_count": len(wrong),
    }


def _told(added: int, known: int, wrong: int) -> str:
    parts = [ngettext("导入 %(count)d 条。", "导入 %(count)d 条。", added) % {"count": added}]
    if known:
        parts.append(_("%(count)d 条已在册，没有改动。") % {"count": known})
    if wrong:
        parts.append(_("%(count)d 条有问题，没有导入。") % {"count": wrong})
    return "".join(parts)
