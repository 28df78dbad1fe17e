"""D5: a unit's own ledger, brought in as it is. The sheet stands beside what was read; only what is doubtful has a control."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from xiaohao.acts import ledger_drafts, ledgers, tasks
from xiaohao.acts.clock import now
from xiaohao.documents.ledger.columns import Meaning
from xiaohao.documents.text import Unreadable
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.said import said_from_json
from xiaohao.kernel.when import CST
from xiaohao.records.ledger_export import annotated_ledger, ledger_of_list
from xiaohao.records.models import Account, Ledger, Org, TaskList
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.choices import every_unit
from xiaohao.web.desk.forms.keyed import fresh_key
from xiaohao.web.desk.forms.ledger import LedgerForm
from xiaohao.web.desk.pages import ledger as pages
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.errors import refused_json, wants_json
from xiaohao.web.parts.form_errors import FieldError, errors_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CELL = re.compile(r"f[A-Z]{1,3}[0-9]{1,7}")
#: Characters that one corrected cell may have.
_LONGEST_FIX = 2_000


def source(request: HttpRequest) -> HttpResponse:
    """Choose a file and the list it belongs to; ledgers begun before wait below."""
    account = account_of(request)
    if request.method != "POST":
        return show(request, "import", _begun(account, _form(account)))
    form = _form(account, request)
    if not form.is_valid():
        return show_again(request, "import", {**_begun(account, form), "errors": errors_of(form)})
    typed, at = form.cleaned_data, now()
    try:
        if made := form.new_list():
            inspection, listing, code = made
            if not TaskList.objects.filter(code=code).exists():
                tasks.open_list(by=account.actor, at=at, key=f"{typed['key']}-list", inspection=inspection, task_list=listing, code=code)
        kept = ledger_drafts.keep_ledger(
            account=account, at=at, key=typed["key"], name=typed["file"].name or "", content=typed["file"].read(),
            listing=form.list_id, lead=typed["lead"] or None, year=typed["year"],
        )  # fmt: skip
    except Unreadable as wrong:
        form.add_error("file", str(wrong.said))
        return show_again(request, "import", {**_begun(account, form), "errors": errors_of(form)})
    return redirect("desk_import_ledger", kept.pk)


def review(request: HttpRequest, ledger: str) -> HttpResponse:
    """The sheet and what was read from it. Three ways on: read again with what was put right, import, or leave it."""
    kept = _own(request, ledger)
    if request.method != "POST":
        return show(request, "import_ledger", _context(request, kept))
    if kept.stage in ("reading", "importing"):
        return redirect("desk_import_ledger", kept.pk)
    if request.POST.get("do") != "import":
        return _put_right(request, kept)
    return _import(request, kept)


def _put_right(request: HttpRequest, kept: Ledger) -> HttpResponse:
    held = {str(index): meaning for _header, meaning, _sure, _letter, index in kept.headers}
    known = set(Meaning)
    meanings = {
        name[1:]: value
        for name, value in request.POST.items()
        if re.fullmatch(r"m\d{1,3}", name) and value in known and held.get(name[1:]) not in (None, value)
    }
    fixes = {name[1:]: value.strip()[:_LONGEST_FIX] for name, value in request.POST.items() if _CELL.fullmatch(name) and value.strip()}
    orgs = set(Org.objects.values_list("pk", flat=True))
    units = {name: value for n, (name, _likely) in enumerate(kept.unknown) if (value := request.POST.get(f"u{n}", "")) in orgs}
    try:
        ledger_drafts.put_right(kept, meanings=meanings, fixes=fixes, units=units, sheet=request.POST.get("sheet", ""))
    except Unreadable as wrong:
        kept.refresh_from_db()
        return show_again(request, "import_ledger", {**_context(request, kept), "errors": (FieldError("sheet", str(wrong.said)),)})
    messages.success(request, _("已按改动重新读过。"))
    return redirect("desk_import_ledger", kept.pk)


def _import(request: HttpRequest, kept: Ledger) -> HttpResponse:
    held = set(_numbers(request, "hold"))
    as_open = set(_numbers(request, "open"))
    lines = list(kept.lines.filter(verdict__in=ledgers.IMPORTABLE).values_list("n", "content__says_closed", "content__closed_on"))
    chosen = [n for n, _says, _day in lines if n not in held]
    carried = [n for n, says, day in lines if n not in held and says and day and n not in as_open]
    key, at = request.POST.get("key", ""), now()
    if not re.fullmatch(r"[0-9a-f]{32}", key):
        return redirect("desk_import_ledger", kept.pk)
    if len(chosen) > ledgers.IMPORT_AT_ONCE:
        ledgers.begin_import(ledger=kept.pk, at=at, key=key, lines=chosen, carried=carried)
        return redirect("desk_import_ledger", kept.pk)
    try:
        receipt = ledgers.import_ledger(ledger=kept.pk, by=account_of(request).actor, at=at, key=key, lines=chosen, carried=carried)
    except Refused as refused:
        return _refused(request, kept, refused)
    result = receipt.result
    number = result["opened"] + result["carried"]
    messages.success(
        request,
        ngettext("导入了 %(number)s 项任务，其余留下。", "导入了 %(number)s 项任务，其余留下。", number) % {"number": number}
        + (
            ngettext("%(number)s 项照录原已销号。", "%(number)s 项照录原已销号。", result["carried"]) % {"number": result["carried"]}
            if result["carried"]
            else ""
        ),
    )
    return redirect("desk_import_ledger", kept.pk)


@require_POST
def undo(request: HttpRequest, ledger: str) -> HttpResponse:
    """Take one import back, whole."""
    kept = _own(request, ledger)
    entry = request.POST.get("entry", "")
    if not entry.isdecimal():
        raise Http404
    try:
        receipt = ledgers.undo_import(
            ledger=kept.pk, entry=int(entry), by=account_of(request).actor, at=now(), key=f"undo-{kept.pk}-{entry}"
        )
    except Refused as refused:
        return _refused(request, kept, refused)
    number = receipt.result["tasks"]
    messages.success(
        request,
        ngettext("撤回了 %(number)s 项任务，撤回已入日志。", "撤回了 %(number)s 项任务，撤回已入日志。", number) % {"number": number},
    )
    return redirect("desk_import_ledger", kept.pk)


def annotated(request: HttpRequest, ledger: str) -> HttpResponse:
    """The sheet as it was, each doubtful cell with a comment: for whoever wrote it."""
    return _sheet(annotated_ledger(_own(request, ledger)), "annotated.xlsx")


def export(request: HttpRequest, code: str) -> HttpResponse:
    """The list as a ledger, in the columns of the last one that came in."""
    listing = TaskList.objects.filter(code=code).first()
    content = listing and ledger_of_list(listing, account_of(request).actor, at=now())
    if not content:
        raise Http404
    return _sheet(content, f"{code}.xlsx")


def _sheet(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _refused(request: HttpRequest, kept: Ledger, refused: Refused) -> HttpResponse:
    if wants_json(request):
        return refused_json(refused)
    wrong = tuple(FieldError("sheet", f"{unmet.fact}。{unmet.way}") for unmet in refused.unmet)
    kept.refresh_from_db()
    return show(request, "import_ledger", {**_context(request, kept), "errors": wrong}, status=409)


def _own(request: HttpRequest, ledger: str) -> Ledger:
    found = Ledger.objects.select_related("listing", "account__person").filter(pk=ledger, account=account_of(request)).first()
    if found is None:
        raise Http404
    return found


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(value) for value in request.POST.getlist(name) if value.isdecimal()]


def _form(account: Account, request: HttpRequest | None = None) -> LedgerForm:
    lists = [(row.pk, f"{row.name}（{row.code}）") for row in TaskList.objects.order_by("code")]
    orgs = every_unit(account.person.org_id)
    if request:
        return LedgerForm(request.POST, request.FILES, lists=lists, orgs=orgs)
    begun = {"year": now().astimezone(CST).year, "lead": account.person.org_id, "list": lists[0][0] if len(lists) == 1 else ""}
    return LedgerForm(initial=begun, lists=lists, orgs=orgs)


def _begun(account: Account, form: LedgerForm) -> dict[str, Any]:
    return {
        "form": form,
        "ledgers": Ledger.objects.filter(account=account).select_related("listing").order_by("-uploaded_at")[:20],
        "lists": TaskList.objects.order_by("code"),
    }


def _context(request: HttpRequest, kept: Ledger) -> dict[str, Any]:
    counted = {row["verdict"]: row["number"] for row in kept.lines.order_by().values("verdict").annotate(number=Count("pk"))}
    only = request.GET.get("show", "")
    lines = kept.lines.filter(verdict=only) if only in pages.VERDICTS else kept.lines.all()
    after = request.GET.get("after", "")
    shown = list(lines.filter(n__gt=int(after) if after.isdecimal() else -1)[: pages.ON_A_PAGE + 1])
    return {
        "ledger": kept,
        "wrong": said_from_json(kept.wrong) if kept.wrong else "",
        "waiting": kept.stage in ("reading", "importing"),
        "counts": [(name, counted[name], *look) for name, look in pages.VERDICTS.items() if counted.get(name)],
        "importable": sum(counted.get(name, 0) for name in ledgers.IMPORTABLE),
        "to_fix": counted.get("fix", 0),
        "only": only,
        "heads": pages.heads_of(kept),
        "meanings": pages.meanings(),
        "rows": pages.rows_of(kept, shown[: pages.ON_A_PAGE]),
        "next": shown[pages.ON_A_PAGE - 1].n if len(shown) > pages.ON_A_PAGE else None,
        "first": not after,
        "orgs": every_unit(kept.account.person.org_id) if kept.unknown else (),
        "unknown": [(n, name, kept.units.get(name) or likely) for n, (name, likely) in enumerate(kept.unknown)],
        "key": fresh_key(),
    }
