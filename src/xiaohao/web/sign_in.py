"""Signing in and out, and the demonstration's one-click roles and movable clock."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaohao.acts.clock import demo_clock
from xiaohao.kernel.workdays import CalendarUnknown
from xiaohao.records.accounts import DemoSeat, demo_account, demo_seats
from xiaohao.web.pace import Pace
from xiaohao.web.parts.form_errors import errors_of
from xiaohao.web.parts.words import moment_in_words

#: Guessing a twelve-character password at ten a quarter of an hour is hopeless; a clerk who mistypes ten times needs help anyway.
GUESSES = Pace("sign-in", times=10, seconds=15 * 60)
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(forms.Form):
    """User name and password."""

    use_required_attribute = False

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        error_messages={"required": gettext_lazy("请填写用户名")},
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("密码"),
        strip=False,
        error_messages={"required": gettext_lazy("请填写密码")},
        widget=forms.PasswordInput(attrs={"class": "in", "autocomplete": "current-password"}),
    )

    def __init__(self, *given: Any, request: HttpRequest, **named: Any) -> None:
        super().__init__(*given, **named)
        self.request = request
        self.account: Any = None

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        if GUESSES.is_exceeded(self.request):
            raise forms.ValidationError(_("试的次数太多。请过 15 分钟再登录，或者请安全管理员重置密码"))
        self.account = authenticate(self.request, **self.cleaned_data)
        if self.account is None:
            raise forms.ValidationError(_("用户名或密码不对"))
        return self.cleaned_data


def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; in the demonstration also one button for each role."""
    form = SignInForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        GUESSES.forgive(request)
        login(request, form.account, backend=_BACKEND)
        return _onward(request)
    seats: tuple[DemoSeat, ...] = demo_seats() if settings.DEMO else ()
    shown = {"form": form, "errors": errors_of(form) if form.is_bound else (), "seats": seats, "next": _wanted(request)}
    return render(request, "sign_in.html", shown, status=422 if form.is_bound else 200)


def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("home")


def demo_sign_in(request: HttpRequest, username: str) -> HttpResponse:
    """Take a seat in the demonstration."""
    account = demo_account(username)
    if account is None:
        return redirect("sign_in")
    login(request, account, backend=_BACKEND)
    return _onward(request)


def demo_next_workday(request: HttpRequest) -> HttpResponse:
    """Move the demonstration's clock to the next working day, and say what day it is now."""
    try:
        moment = demo_clock().move_to_next_workday()
        messages.info(request, _("时钟已拨到 {moment}").format(moment=moment_in_words(moment)))
    except CalendarUnknown:
        messages.warning(request, _("下一年的节假日安排待公布，时钟不能再往前拨"))
    return _onward(request)


def _wanted(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of this site; else ""."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()) else ""


def _onward(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(_wanted(request) or get_script_prefix() + settings.LOGIN_REDIRECT_URL.lstrip("/"))
