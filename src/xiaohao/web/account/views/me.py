"""One's own account: where one is signed in, what one signs in with, and changing either."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from xiaohao.acts import second_factors, signing_in
from xiaohao.acts.clock import machine_now, now
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import ADMINISTRATORS
from xiaohao.records.tokens import working
from xiaohao.web.account.forms import NewPasswordForm
from xiaohao.web.account.views.set_up import one_more
from xiaohao.web.account.views.tokens import lines_of
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.pace import client_address
from xiaohao.web.parts.device import device_words
from xiaohao.web.parts.form_errors import errors_of


def me(request: HttpRequest) -> HttpResponse:
    """Sessions, second factors, how many codes on paper are left, tokens of other systems."""
    account = account_of(request)
    rows = account.sessions.filter(expire_date__gt=machine_now()).order_by("-seen_at")
    context = {
        "account": account,
        "sessions": [(name_of(row.pk), row, device_words(row.device), row.session_key == request.session.session_key) for row in rows],
        "factors": list(account.second_factors.order_by("added_at")),
        "codes_left": account.recovery_codes.filter(used_at=None).count(),
        "has_password": account.has_usable_password(),
        "tokens": lines_of(list(account.tokens.filter(working(machine_now())).order_by("-made_at", "-pk"))),
        "works_on_cases": bool(account.actor.roles - ADMINISTRATORS),
    }
    return show(request, "me", context)


def name_of(session_key: str) -> str:
    """What stands for a session in a page: not its key, with which one could take it over."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]


def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all but this one."""
    account = account_of(request)
    others = account.sessions.exclude(session_key=request.session.session_key)
    if request.POST.get("which") != "others":
        number = request.POST.get("which", "")
        others = others.filter(pk__in=[row.pk for row in others if name_of(row.pk) == number])
    keys = list(others.values_list("session_key", flat=True))
    ended = signing_in.end_sessions(account=account, keys=keys, by=account, at=now(), address=client_address(request))
    messages.success(request, _("已结束 {count} 处登录。").format(count=ended))
    return redirect("me")


def password(request: HttpRequest) -> HttpResponse:
    """A new password of one's own."""
    account = account_of(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, account=account)
    if request.method != "POST":
        return show(request, "me_password", {"form": form})
    if not form.is_valid():
        return show_again(request, "me_password", {"form": form, "errors": errors_of(form)})
    signing_in.set_password(account=account, password=form.cleaned_data["new_password"], at=now(), address=client_address(request))
    update_session_auth_hash(request, account)
    messages.success(request, _("密码已改，别处的登录已结束。"))
    return redirect("me")


def add_factor(request: HttpRequest) -> HttpResponse:
    """One more phone (in the place of the old one) or key."""
    added, context = one_more(request, account_of(request))
    if not added:
        return show(request, "me_factor", context, status=422 if request.method == "POST" else 200)
    messages.success(request, _("已加上。"))
    return redirect("me")


def remove_factor(request: HttpRequest, factor: int) -> HttpResponse:
    try:
        second_factors.remove(account=account_of(request), factor=factor, at=now(), address=client_address(request))
        messages.success(request, _("已删除。"))
    except Refused as refused:
        messages.warning(request, "；".join(f"{one.fact}。{one.way}。" for one in refused.unmet))
    return redirect("me")


def new_codes(request: HttpRequest) -> HttpResponse:
    """New codes on paper, shown once."""
    codes = second_factors.new_codes(account=account_of(request), at=now(), address=client_address(request))
    return show(request, "me_codes", {"codes": codes})
