"""P4: taking an objection in three minutes from somebody of seventy. Nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiaohao.acts.clock import now
from xiaohao.acts.objections import object_to
from xiaohao.dossier.calendar import calendar_of
from xiaohao.kernel.when import CST
from xiaohao.publicity.objections import clock_of
from xiaohao.records import queries
from xiaohao.records.rulebooks import rulebook_of
from xiaohao.web.pace import Pace
from xiaohao.web.parts.form_errors import FieldError, errors_of
from xiaohao.web.portal.notice import notice_record
from xiaohao.web.portal.objection_form import ObjectionForm, keep_hashes, kept_hashes, new_token
from xiaohao.web.portal.published import Published, published
from xiaohao.web.portal.uploads import Kept, PhotoRefused, keep_photos

#: A village may share one address; a machine sends hundreds.
PACE = Pace("objection", times=20, seconds=60 * 60)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said before anybody types: who receives it, whether the window is over, by when it is answered (None: 待公布)."""

    receiver: str
    phone: str
    address: str
    late: bool
    answer_within: int
    answer_by: date | None


def objection(request: HttpRequest, no: str) -> HttpResponse:
    """The form, and what becomes of it."""
    found = published(notice_record(no), now())
    if request.method == "GET":
        form = ObjectionForm(measures=found.notice.measures, initial={"token": new_token(), "reach": "phone"})
        return _page(request, no, found, form)
    form = ObjectionForm(request.POST, measures=found.notice.measures)
    form.full_clean()
    photos = _photos(request, form)
    if not form.is_valid():
        return _page(request, no, found, form, photos=photos, status=422)
    if PACE.is_exceeded(request):
        return _page(request, no, found, form, photos=photos, status=429, refused=_too_fast(found))
    receipt = object_to(
        notice=found.record.pk,
        channel="web",
        text=form.cleaned_data["text"],
        at=now(),
        key=f"web-{form.key}",
        measures=form.chosen,
        contact=form.cleaned_data["phone"],
        photos=photos,
    )
    return redirect("receipt", code=receipt.result["code"])


def _photos(request: HttpRequest, form: ObjectionForm) -> tuple[str, ...]:
    """The photos so far: those carried over from an error page and those that came now. A photo that cannot be taken becomes an error of the form."""
    before = kept_hashes(form.data.get("kept", ""))
    came = request.FILES.getlist("photos")
    kept = Kept(time="keep_time" in form.data, place="keep_place" in form.data)
    try:
        return before + keep_photos(came, kept, already=len(before))
    except PhotoRefused as refused:
        form.photo_error = str(refused)  # type: ignore[attr-defined]
        form.add_error(None, str(refused))
        return before


def _page(
    request: HttpRequest,
    no: str,
    found: Published,
    form: ObjectionForm,
    *,
    photos: tuple[str, ...] = (),
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    errors = errors_of(form) if form.is_bound else ()
    photo_error = getattr(form, "photo_error", "")
    errors = tuple(FieldError("photos", error.words) if error.words == photo_error else error for error in errors)
    if refused:
        errors = (FieldError("send", refused), *errors)
    shown = {
        "no": no,
        "notice": found.notice,
        "title": queries.find_line(found.task).title,
        "form": form,
        "errors": errors,
        "photo_error": photo_error,
        "photos": len(photos),
        "kept": keep_hashes(photos),
        "token": form["token"].value() or new_token(),
        "terms": _terms(found),
        "status": status,
    }
    return render(request, "portal/objection.html", shown, status=status)


def _terms(found: Published) -> Terms:
    today, desk = now().astimezone(CST).date(), found.notice.desk
    within = rulebook_of(found.task).objection.answer_within
    window = found.notice.window
    return Terms(
        receiver=desk.unit,
        phone=desk.phone,
        address=desk.address,
        late=bool(window and window.is_over(today)) or queries.withdrawal_of(found.record) is not None,
        answer_within=within,
        answer_by=clock_of(today, calendar_of(found.dossier), answer_workdays=within).answer_by,
    )


def _too_fast(found: Published) -> str:
    return _("同一网络一小时内提交得太多。您写的内容都还在，请过一会儿再按“提交”，或者打 {phone}").format(phone=found.notice.desk.phone)
