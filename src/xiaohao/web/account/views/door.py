"""The door: user name and password, then the second half, then in; and out again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from xiaohao.acts import second_factors, signing_in
from xiaohao.acts.access_log import note
from xiaohao.acts.clock import machine_now, now
from xiaohao.kernel.when import CST
from xiaohao.records.access_log import What
from xiaohao.records.accounts import DemoSeat, demo_seats
from xiaohao.records.models import Account
from xiaohao.web.account import keys, session
from xiaohao.web.account.forms import CodeForm, PlainForm, SignInForm
from xiaohao.web.pace import Pace, client_address
from xiaohao.web.parts.form_errors import errors_of

#: From one network, beside the lock on each user name (settings.LOCK_AFTER): an office behind one address mistypes less often than this. Ours.
GUESSES = Pace("sign-in", times=20, seconds=15 * 60)


def sign_in(request: HttpRequest) -> HttpResponse:
    """The first half. In the demonstration also one button for each role."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        account = _by_password(request, form)
        if account is not None:
            session.begin_half(request, account, next_=wanted(request), how="password")
            return second_half(account)
    return page(request, form)


def page(request: HttpRequest, form: PlainForm | None = None, *, status: int = 200) -> HttpResponse:
    """The sign-in page, with what is wrong."""
    form = SignInForm() if form is None else form
    seats: tuple[DemoSeat, ...] = demo_seats() if settings.DEMO else ()
    context = {
        "form": form,
        "errors": errors_of(form) if form.is_bound else (),
        "seats": seats,
        "next": wanted(request),
        "why": request.GET.get("why", ""),
        "unified": settings.UNIFIED.get("name", "") if settings.UNIFIED else "",
    }
    return render(request, "account/sign_in.html", context, status=422 if form.is_bound else status)


def second_half(account: Account) -> HttpResponseRedirect:
    """Where the second half is shown, or set up by somebody who has none yet."""
    return redirect("second_factor" if second_factors.has_any(account) else "set_up")


def second(request: HttpRequest) -> HttpResponse:
    """The second half: a code from the phone, one from the paper, or a security key."""
    half = session.half_of(request)
    if half is None:
        return redirect("sign_in")
    if not second_factors.has_any(half.account):
        return redirect("set_up")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if is_proved(request, half.account, form):
            session.sign_in(request, half.account, how=half.how)
            GUESSES.forgive(request)
            return onward(half.next)
        if form.errors.get("code") and session.half_of(request) is None:
            return page(request, _told(form))
    question = keys.question(request, half.account)
    context = {"form": form, "errors": errors_of(form) if form.is_bound else (), "half": half, "question": question}
    return render(request, "account/second.html", context, status=422 if form.is_bound else 200)


def is_proved(request: HttpRequest, account: Account, form: CodeForm) -> bool:
    """Whether the second half is right; otherwise the form says why not, and after too many failures the first half is forgotten."""
    try:
        signing_in.must_be_open(account, machine_now())
        typed = form.cleaned_data
        if typed.get("key_answer"):
            right = keys.is_right(request, account, typed["key_answer"])
        else:
            right = second_factors.is_right_code(account=account, code=typed["code"], at=machine_now())
        if not right:
            signing_in.failed(username=account.username, at=machine_now(), address=client_address(request))
            form.add_error("code", _("验证码不对，或者已经用过。请等手机换一个新的再填"))
        return right
    except signing_in.Locked as locked:
        form.add_error("code", locked_words(locked.until))
        if not request.user.is_authenticated:
            request.session.flush()
        return False


def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Account):
        note(What.SIGN_OUT, at=now(), account=request.user, address=client_address(request))
    logout(request)
    return redirect("home")


def locked_words(until: datetime) -> str:
    """What somebody reads whose user name is locked."""
    return _("错的次数太多，这个用户名锁定到 {time}。急着办事的，请安全管理员解除锁定").format(time=until.astimezone(CST).strftime("%H:%M"))


def wanted(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of this site; else ""."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()) else ""


def onward(target: str) -> HttpResponseRedirect:
    """There, or to the desk."""
    return HttpResponseRedirect(target or get_script_prefix() + settings.LOGIN_REDIRECT_URL.lstrip("/"))


def _by_password(request: HttpRequest, form: SignInForm) -> Account | None:
    if GUESSES.is_exceeded(request):
        form.add_error(None, _("试的次数太多。请过 15 分钟再登录，或者请安全管理员重置密码"))
        return None
    typed: dict[str, Any] = form.cleaned_data
    try:
        account = signing_in.by_password(**typed, at=machine_now(), address=client_address(request))
    except signing_in.Locked as locked:
        form.add_error(None, locked_words(locked.until))
        return None
    if account is None:
        form.add_error(None, _("用户名或密码不对"))
    return account


def _told(form: CodeForm) -> SignInForm:
    """The sign-in form with what was wrong at the second half."""
    told = SignInForm({})
    told.full_clean()
    told.errors.clear()
    for words in form.errors["code"]:
        told.add_error(None, words)
    return told
