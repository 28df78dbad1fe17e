"""D7 审核: item by item, with no default opinion and no verdict on the whole before every item has been seen."""

from __future__ import annotations

import time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts import verdicts
from xiaohao.procedure.questions import open_questions
from xiaohao.web.desk import drafts
from xiaohao.web.desk.attempt import attempt
from xiaohao.web.desk.case import Case, opened
from xiaohao.web.desk.forms.verdicts import ItemForm, ReviewForm
from xiaohao.web.desk.pages.returned import asked_before
from xiaohao.web.desk.pages.review import Item, Seen, beside, conflict_of, items_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.parts.form_errors import errors_of

#: The draft in which a reviewer's opinions wait until all are given.
_DRAFT = "review"
#: Seconds beyond which a page left open counts no further: nobody looks at one item for longer.
_LONGEST = 30 * 60


def overview(request: HttpRequest, no: str) -> HttpResponse:
    """The items with their opinions. Once all are seen: approve the whole, or return it."""
    case = opened(request, no)
    seen = _seen(request, case)
    if request.method == "POST" and request.POST.get("version") != str(case.task.version):
        return _sent_late(request, case, seen)
    if conflict := conflict_of(case):
        return show(request, "review_conflict", {"case": case, "conflict": conflict})
    if request.method != "POST":
        return show(request, "review", _begun(request, case, seen))
    if any(not one.verdict for one in seen):
        return redirect("desk_review", no)
    form = ReviewForm(request.POST)
    if not form.is_valid() or not _all_approved(seen):
        return show_again(request, "review", {**_begun(request, case, seen), "form": form, "errors": errors_of(form)})
    return _approve(request, case, seen, form)


def _sent_late(request: HttpRequest, case: Case, seen: tuple[Seen, ...]) -> HttpResponse:
    """The same sending once more, or somebody was first: the act knows which, and says who."""
    form = ReviewForm(request.POST)
    return _approve(request, case, seen, form) if form.is_valid() else redirect("desk_review", case.no)


def _approve(request: HttpRequest, case: Case, seen: tuple[Seen, ...], form: ReviewForm) -> HttpResponse:
    typed = form.cleaned_data
    return attempt(
        request,
        case,
        lambda: verdicts.review(
            task=case.task.pk,
            by=case.actor,
            at=case.at,
            key=typed["key"],
            text=typed["text"],
            seconds=sum(one.seconds for one in seen),
            version=typed["version"],
        ),
        done=_("审核意见已出。"),
        to=reverse("desk_task", args=[case.no]),
        step=_DRAFT,
        typed={**_values(request, case), "text": typed["text"]},
    )


def _begun(request: HttpRequest, case: Case, seen: tuple[Seen, ...]) -> dict[str, Any]:
    """The page of the whole, with what this person had typed when somebody else was faster."""
    typed = {"version": case.task.version} | ({"text": words} if (words := _values(request, case).get("text")) else {})
    return _whole(case, seen, ReviewForm(initial={**_begin(seen), **typed}))


def item(request: HttpRequest, no: str, item: str) -> HttpResponse:
    """One item beside its records. Saving leads on to the next that has not been seen."""
    case = opened(request, no)
    if conflict := conflict_of(case):
        return show(request, "review_conflict", {"case": case, "conflict": conflict})
    seen = _seen(request, case)
    now = next((one for one in seen if one.item.id == item), None)
    if now is None:
        raise Http404
    if request.method != "POST":
        _begin_looking(request, case, now.item)
        initial = {"item": item, "verdict": now.verdict, "reason": now.reason, "version": case.task.version}
        return _show_item(request, case, seen, now, ItemForm(initial=initial))
    form = ItemForm(request.POST)
    if not form.is_valid():
        return show_again(request, "review_item", {**_one(case, seen, now, form), "errors": errors_of(form)})
    _keep_opinion(request, case, now.item, form.cleaned_data)
    onward = next((one for one in _seen(request, case) if not one.verdict), None)
    if onward is None:
        return _to_the_whole(request, no)
    if getattr(request, "htmx", False):
        _begin_looking(request, case, onward.item)
        address = reverse("desk_review_item", args=[no, onward.item.id])
        answer = _show_item(
            request, case, _seen(request, case), onward, ItemForm(initial={"item": onward.item.id, "version": case.task.version})
        )
        answer.headers["HX-Push-Url"] = address
        return answer
    return redirect("desk_review_item", no, onward.item.id)


def _to_the_whole(request: HttpRequest, no: str) -> HttpResponse:
    """On to the opinion on the whole, which is a page of its own: a script is told to go there, for it would look in vain for an item in it."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("desk_review", args=[no])})
    return redirect("desk_review", no)


def _show_item(request: HttpRequest, case: Case, seen: tuple[Seen, ...], now: Seen, form: ItemForm) -> HttpResponse:
    return show(request, "review_item", _one(case, seen, now, form))


def _one(case: Case, seen: tuple[Seen, ...], now: Seen, form: ItemForm) -> dict[str, Any]:
    return {**_bar(case, seen), "now": now, "form": form, "beside": beside(case)}


def _whole(case: Case, seen: tuple[Seen, ...], form: ReviewForm) -> dict[str, Any]:
    return {
        **_bar(case, seen),
        "form": form,
        "all_seen": all(one.verdict for one in seen),
        "all_approved": all(one.verdict == ItemForm.APPROVED for one in seen),
        "beside": beside(case),
        "minutes": sum(one.seconds for one in seen) // 60,
    }


def _bar(case: Case, seen: tuple[Seen, ...]) -> dict[str, Any]:
    return {
        "case": case,
        "seen": seen,
        "count": sum(bool(one.verdict) for one in seen),
        "first": next((one for one in seen if not one.verdict), None),
        "asked_before": asked_before(case),
        "open_questions": open_questions(case.dossier),
    }


def _begin(seen: tuple[Seen, ...]) -> dict[str, Any]:
    return {"text": _("共 %(count)d 条，逐条看过，予以认可。") % {"count": len(seen)} if _all_approved(seen) else ""}


def _all_approved(seen: tuple[Seen, ...]) -> bool:
    return all(one.verdict == ItemForm.APPROVED for one in seen)


# The draft ----------------------------------------------------------------------------------------------------------------------


def _values(request: HttpRequest, case: Case) -> dict[str, Any]:
    draft = drafts.kept(request, case.task, _DRAFT)
    return draft.values if draft else {"items": {}, "looking": {}}


def _seen(request: HttpRequest, case: Case) -> tuple[Seen, ...]:
    """The items with this reviewer's opinions. An item that has changed since is unseen again."""
    given = _values(request, case).get("items", {})
    return tuple(_one_seen(one, given.get(one.id, {})) for one in items_of(case))


def _one_seen(item: Item, given: dict[str, Any]) -> Seen:
    if given.get("digest") != item.digest:
        return Seen(item, "", "", int(given.get("seconds", 0)))
    return Seen(item, given["verdict"], given["reason"], int(given["seconds"]))


def _begin_looking(request: HttpRequest, case: Case, item: Item) -> None:
    """Remember when the item was opened: the time spent is counted here and not in the browser, by the machine's own clock."""
    values = _values(request, case)
    values.setdefault("looking", {})[item.id] = time.time()
    drafts.keep(request, case.task, _DRAFT, values, at=case.at)


def _keep_opinion(request: HttpRequest, case: Case, item: Item, typed: dict[str, Any]) -> None:
    values = _values(request, case)
    began = values.setdefault("looking", {}).pop(item.id, None)
    spent = int(min(max(0.0, time.time() - began), _LONGEST)) if began else 0
    before = int(values.setdefault("items", {}).get(item.id, {}).get("seconds", 0))
    values["items"][item.id] = {
        "verdict": typed["verdict"],
        "reason": typed["reason"],
        "seconds": before + spent,
        "digest": item.digest,
    }
    drafts.keep(request, case.task, _DRAFT, values, at=case.at)
