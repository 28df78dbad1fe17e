"""The invitation by which somebody sets a password, and setting up the second half before anybody is let in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiaohao.acts import second_factors, signing_in
from xiaohao.acts.clock import machine_now
from xiaohao.kernel import totp
from xiaohao.records.models import Account
from xiaohao.web.account import keys, session
from xiaohao.web.account.forms import KeyForm, NewPasswordForm, PhoneForm, PlainForm
from xiaohao.web.account.views.door import onward
from xiaohao.web.pace import client_address
from xiaohao.web.parts.form_errors import errors_of

_SECRET = "secret"


def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind an invitation: whose account it is, and a password for it. The address is a secret: Django's log of requests that went
    wrong must not hold it."""
    response = _join(request, token)
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _join(request: HttpRequest, token: str) -> HttpResponse:
    row = signing_in.invitation(token, machine_now())
    if row is None:
        return render(request, "account/invitation_over.html", status=404)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, account=row.account)
    if request.method == "POST" and form.is_valid():
        account = signing_in.join(
            token=token, password=form.cleaned_data["new_password"], at=machine_now(), address=client_address(request)
        )
        if account is None:
            return render(request, "account/invitation_over.html", status=404)
        session.begin_half(request, account, next_="", how="invitation")
        return redirect("set_up")
    context = {"invitation": row, "form": form, "errors": errors_of(form) if form.is_bound else ()}
    return render(request, "account/join.html", context, status=422 if form.is_bound else 200)


def set_up(request: HttpRequest) -> HttpResponse:
    """The first second half of somebody who has shown the first one; then the codes on paper, once; then in."""
    half = session.half_of(request)
    if half is None:
        return redirect("sign_in")
    if second_factors.has_any(half.account):
        return redirect("second_factor")
    added, context = one_more(request, half.account)
    if not added:
        return render(request, "account/set_up.html", context, status=422 if request.method == "POST" else 200)
    codes = second_factors.new_codes(account=half.account, at=machine_now(), address=client_address(request))
    session.sign_in(request, half.account, how=half.how)
    return render(request, "account/codes.html", {"codes": codes, "onward": onward(half.next).url, "first": True})


def one_more(request: HttpRequest, account: Account) -> tuple[bool, dict[str, Any]]:
    """Add a phone or a key as the form sent says; whether it was added, and otherwise what the page shows."""
    posted = request.POST if request.method == "POST" else None
    by_key = posted is not None and "key_answer" in posted
    phone, key = PhoneForm(posted if not by_key else None), KeyForm(posted if by_key else None)
    form: PlainForm = key if by_key else phone
    if posted is not None and form.is_valid():
        if _is_added(request, account, form):
            request.session.pop(_SECRET, None)
            return True, {}
        if by_key:
            form.add_error("key_answer", _("安全密钥没有应答，请再试一次"))
        else:
            form.add_error("code", _("验证码不对。请看手机的时间是不是自动校准的，再填新的一个"))
    secret = _secret(request)
    return False, {
        "phone": phone,
        "key": key,
        "errors": errors_of(form) if form.is_bound else (),
        "account": account,
        "secret": " ".join(totp.written(secret)[start : start + 4] for start in range(0, 32, 4)),
        "drawn": second_factors.address_of(secret, issuer=_("销号"), account=account.username),
        "question": keys.invitation(request, account),
    }


def _is_added(request: HttpRequest, account: Account, form: PlainForm) -> bool:
    typed, address = form.cleaned_data, client_address(request)
    if isinstance(form, KeyForm):
        return keys.add(request, account, answer=typed["key_answer"], label=typed["label"], address=address)
    code = "".join(typed["code"].split())
    return second_factors.add_codes_of_a_phone(account=account, secret=_secret(request), code=code, at=machine_now(), address=address)


def _secret(request: HttpRequest) -> bytes:
    """The secret that is being set up, the same until a code of it was shown."""
    if _SECRET not in request.session:
        request.session[_SECRET] = second_factors.new_secret().hex()
    return bytes.fromhex(request.session[_SECRET])
