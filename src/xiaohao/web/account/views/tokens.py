"""Tokens by which other systems act for oneself: made with a fresh proof, shown once, ended at any time; and the security administrator's list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xiaohao.acts import tokens
from xiaohao.acts.clock import machine_now
from xiaohao.kernel.refused import Refused
from xiaohao.records.models import ApiToken
from xiaohao.records.tokens import SCOPE_WORDS, Scope, all_tokens, stands
from xiaohao.web.account.forms import TokenForm
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.pace import client_address
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import say_it

#: Lines of the security administrator's list. Ours: ended tokens of years past stay in the access log.
_MOST = 500


def new(request: HttpRequest) -> HttpResponse:
    """Make one; it is shown on the answer and never again."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return show(request, "token_new", {"form": form})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            row, token = tokens.make_token(
                account=account_of(request),
                name=typed["name"],
                scopes=[Scope(one) for one in typed["scopes"]],
                days=int(typed["days"]),
                at=machine_now(),
                address=client_address(request),
            )
        except Refused as refused:
            for unmet in refused.unmet:
                form.add_error(None, f"{say_it(unmet.fact)}。{say_it(unmet.way)}。")
        else:
            return show(request, "token_made", {"row": row, "token": token, "scopes": scope_words(row)})
    return show_again(request, "token_new", {"form": form, "errors": errors_of(form)})


def end(request: HttpRequest, token_number: int) -> HttpResponse:
    """End one of one's own."""
    if tokens.end_token(account=account_of(request), token=token_number, at=machine_now(), address=client_address(request)):
        messages.success(request, _("令牌已停用。"))
    return redirect("me")


def listing(request: HttpRequest) -> HttpResponse:
    """Everybody's tokens, for the security administrator."""
    return show(request, "tokens", {"lines": lines_of(list(all_tokens()[:_MOST]))})


def end_anybodys(request: HttpRequest, token_number: int) -> HttpResponse:
    """End a token of whoever it is."""
    by = account_of(request).actor
    if tokens.end_anybodys_token(by=by, token=token_number, at=machine_now(), address=client_address(request)):
        messages.success(request, _("令牌已停用。"))
    return redirect("desk_tokens")


def lines_of(rows: list[ApiToken]) -> list[tuple[ApiToken, list[str], str]]:
    """Each token with what it may be used for and how it stands."""
    at = machine_now()
    return [(row, scope_words(row), stands(row, at)) for row in rows]


def scope_words(row: ApiToken) -> list[str]:
    return [SCOPE_WORDS[Scope(scope)] for scope in row.scopes if scope in set(Scope)]
