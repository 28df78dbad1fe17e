"""Proving once more who one is, before a task is closed or personal data are carried away. What was typed before is not lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiaohao.acts import signing_in
from xiaohao.acts.access_log import note
from xiaohao.acts.clock import machine_now, now
from xiaohao.records.access_log import What
from xiaohao.records.models import Account
from xiaohao.web.account import keys, session
from xiaohao.web.account.forms import AgainForm
from xiaohao.web.account.views.door import is_proved, locked_words, onward, wanted
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.show import show
from xiaohao.web.pace import client_address
from xiaohao.web.parts.form_errors import errors_of

_WAITING = "waiting"
#: Characters of a form that are kept until its sender has proved who they are; an opinion on a closing has some hundreds.
_MOST_KEPT = 100_000


def ask(request: HttpRequest) -> HttpResponse:
    """Send somebody here first. A form they have just sent waits in their session, and is theirs to send again afterwards."""
    request.session.pop(_WAITING, None)
    if request.method not in ("GET", "HEAD"):
        fields = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
        if sum(len(name) + len(value) for name, value in fields) <= _MOST_KEPT:
            request.session[_WAITING] = {"to": request.get_full_path(), "fields": fields}
    response = redirect("sign_in_again")
    response["Location"] += f"?next={_quoted(request.get_full_path())}"
    return response


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Password and second half once more."""
    account = account_of(request)
    form = AgainForm(request.POST if request.method == "POST" else None, with_password=account.has_usable_password())
    if request.method == "POST" and form.is_valid() and _is_right(request, account, form):
        session.proved_again(request)
        note(What.PROVED_AGAIN, at=now(), account=account, address=client_address(request))
        if waiting := request.session.pop(_WAITING, None):
            return render(request, "account/go_on.html", {"to": waiting["to"], "fields": waiting["fields"]})
        return onward(wanted(request))
    context = {
        "form": form,
        "errors": errors_of(form) if form.is_bound else (),
        "next": wanted(request),
        "question": keys.question(request, account),
    }
    return show(request, "sign_in_again", context, status=422 if form.is_bound else 200)


def _is_right(request: HttpRequest, account: Account, form: AgainForm) -> bool:
    if "password" in form.fields:
        try:
            typed = form.cleaned_data["password"]
            found = signing_in.by_password(username=account.username, password=typed, at=machine_now(), address=client_address(request))
        except signing_in.Locked as locked:
            form.add_error(None, locked_words(locked.until))
            return False
        if found is None:
            form.add_error("password", _("密码不对"))
            return False
    return is_proved(request, account, form)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
