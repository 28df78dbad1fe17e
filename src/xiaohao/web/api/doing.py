"""Acts over the API: a key once, a form of the desk that judges, an act, a receipt; or a problem that says all that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.translation import gettext as _

from xiaohao.acts.receipt import Overtaken, Receipt
from xiaohao.kernel.refused import Refused
from xiaohao.records.models import Done
from xiaohao.records.models.filed import instant
from xiaohao.web.desk.case import Case
from xiaohao.web.parts.words import say_it
from xiaohao.web.problems import problem


class Wrong(Exception):  # noqa: N818 - an answer for the sender
    """What was sent cannot be done as it is: (field, sentence) pairs, and clashes with other rows."""

    def __init__(self, errors: list[tuple[str, str]], clashes: tuple[str, ...] = ()) -> None:
        super().__init__(str(errors))
        self.errors, self.clashes = errors, clashes


def key_of(request: HttpRequest, sent: str) -> str:
    """The act's key: the sender's own, bound to the address, in the 32 hex digits of the desk's forms (128 bits)."""
    return hashlib.sha256(f"{request.method} {request.path_info} {sent}".encode()).hexdigest()[:32]


def once(actor: str, key: str, act: Callable[[], Receipt]) -> HttpResponse:
    """Do it: 201 with the receipt; 200 with the same one for a key that was used, whatever else was sent with it. The public's (`actor` "") is
    made anew by its act, for its code is kept nowhere. Raises Wrong; a refusal and an act that came too late are answered with 409."""
    done = Done.objects.filter(actor=actor, key=key).first()
    if done and actor:
        return _receipt(Receipt(done.act, done.task, done.entry, done.at, done.result), 200)
    try:
        return _receipt(act(), 200 if done else 201)
    except Refused as refused:
        return refusal(refused)
    except Overtaken as overtaken:
        return problem(409, kind="overtaken", detail=_("您读过以后，别人先办了一步。请再读一次，核对后重发。"), entry=overtaken.by_entry)


def refusal(refused: Refused) -> HttpResponse:
    """409 with every unmet condition, in the sender's language."""
    unmet = [
        {name: say_it(getattr(one, name)) for name in ("fact", "basis", "way", "who")} | {"gate": one.gate, "where": one.where}
        for one in refused.unmet
    ]
    detail = _("有 {count} 个条件没有满足。").format(count=len(unmet))
    return problem(409, detail=detail, step=refused.step, entry=refused.entry, unmet=unmet)


def checked(form: BaseForm, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form holds; raises Wrong with its own sentences, under the sender's `names` for its fields."""
    if not form.is_valid():
        raise_errors(form, names)
    return form.cleaned_data


def raise_errors(form: BaseForm, names: Mapping[str, str] | None = None, clashes: tuple[str, ...] = ()) -> NoReturn:
    """Raises Wrong with what the form says."""
    known = names or {}
    found = [(known.get(name, "" if name == "__all__" else name), str(words)) for name, said in form.errors.items() for words in said]
    raise Wrong(found, clashes)


def form_data(values: Mapping[str, Any], *, key: str, case: Case | None = None, version: int | None = None) -> QueryDict:
    """Values as a browser would send them: lists as repeated names, ticks as "on", nothing for what is empty."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        if isinstance(value, list | tuple):
            data.setlist(name, [str(one) for one in value])
        elif value is True:
            data[name] = "on"
        elif value not in (None, False):
            data[name] = str(value)
    data["key"] = key
    if case is not None:
        data["version"] = str(case.task.version if version is None else version)
    return data


def _receipt(receipt: Receipt, status: int) -> HttpResponse:
    body = {"act": receipt.act, "task": receipt.task, "entry": receipt.entry, "at": instant(receipt.at), "result": dict(receipt.result)}
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response
