"""Accounts: the system administrator opens them and asks for roles, the security administrator guards them. Nobody sees a case here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from xiaohao.acts import accounts as acts
from xiaohao.acts import second_factors, signing_in
from xiaohao.acts.clock import machine_now, now
from xiaohao.kernel.refused import Refused
from xiaohao.kernel.roles import Role
from xiaohao.records.accounts import account_line, account_lines
from xiaohao.records.models import Account, Person
from xiaohao.web.desk.case import account_of
from xiaohao.web.desk.forms.accounts import AccountForm, RolesForm, UnifiedForm
from xiaohao.web.desk.forms.posts import people_choices
from xiaohao.web.desk.show import show, show_again
from xiaohao.web.pace import client_address
from xiaohao.web.parts.form_errors import FieldError, errors_of

_STATES = ("open", "invited", "locked", "closed")


def listing(request: HttpRequest) -> HttpResponse:
    """All accounts, or those in one state, or whose names hold some words."""
    words, state = request.GET.get("q", "").strip()[:60], request.GET.get("state", "")
    lines = account_lines(words=words, state=state if state in _STATES else "", at=machine_now())
    context = {"lines": lines, "words": words, "state": state, "opens": Role.SYSTEM_ADMIN in account_of(request).actor.roles}
    return show(request, "accounts", context)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One account with what each administrator may do about it."""
    return show(request, "account", _context(request, _row(number)))


def new(request: HttpRequest) -> HttpResponse:
    """Open an account; its link is shown once."""
    people = people_choices(Person.objects.select_related("org").order_by("org__path", "name"))
    form = AccountForm(request.POST or None, people=people, initial={"person": request.GET.get("person", "")})
    if request.method != "POST":
        return show(request, "account_new", {"form": form})
    if not form.is_valid():
        return show_again(request, "account_new", {"form": form, "errors": errors_of(form)})
    typed = form.cleaned_data
    named = {name: typed[name] for name in ("key", "person", "username", "email", "roles", "reason")}
    try:
        receipt = acts.open_account_for(**_by(request), **named)
    except Refused as refused:
        wrong = tuple(FieldError("id_username", f"{one.fact}。{one.way}。") for one in refused.unmet)
        return show_again(request, "account_new", {"form": form, "errors": wrong})
    row = _row(receipt.result["account"])
    if row.invitations.exists():  # sent twice: the link was shown the first time
        return redirect("desk_account", row.pk)
    return _link(request, row)


def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Another link, for one that was lost or is over."""
    return _link(request, _row(number))


def ask_roles(request: HttpRequest, number: int) -> HttpResponse:
    """Ask that the account has these roles."""
    row, form = _row(number), RolesForm(request.POST)
    if not form.is_valid():
        return show_again(request, "account", {**_context(request, row, roles=form), "errors": errors_of(form)})
    typed = form.cleaned_data

    def act() -> None:
        acts.ask_for_roles(**_by(request), account=row, roles=typed["roles"], reason=typed["reason"])

    return _done(request, row, act, _("已提出，等安全管理员同意。"))


def set_active(request: HttpRequest, number: int) -> HttpResponse:
    """Close the account, or open it again."""
    row, active = _row(number), request.POST.get("active") == "1"
    return _done(
        request,
        row,
        lambda: acts.set_active(**_by(request), account=row, active=active),
        _("账号已恢复。") if active else _("账号已停用，登录已结束。"),
    )


def set_unified(request: HttpRequest, number: int) -> HttpResponse:
    """Write down the unified identity."""
    row, form = _row(number), UnifiedForm(request.POST)
    if not form.is_valid():
        return show_again(request, "account", {**_context(request, row, unified=form), "errors": errors_of(form)})
    name = form.cleaned_data["unified_id"]
    return _done(request, row, lambda: acts.set_unified_id(**_by(request), account=row, unified_id=name), _("已登记。"))


def unlock(request: HttpRequest, number: int) -> HttpResponse:
    row = _row(number)
    return _done(request, row, lambda: signing_in.unlock(**_by(request), account=row), _("已解除锁定。"))


def end_sessions(request: HttpRequest, number: int) -> HttpResponse:
    """End everything that is open under the account."""
    row, keeper = _row(number), account_of(request)
    keys = list(row.sessions.values_list("session_key", flat=True))
    signing_in.end_sessions(account=row, keys=keys, by=keeper, at=now(), address=client_address(request))
    messages.success(request, _("已结束 {count} 处登录。").format(count=len(keys)))
    return redirect("desk_account", row.pk)


def reset(request: HttpRequest, number: int) -> HttpResponse:
    """Take password, second factors and sessions away; the system administrator makes a new link."""
    row = _row(number)
    return _done(
        request,
        row,
        lambda: second_factors.reset(**_by(request), account=row),
        _("密码和第二验证已作废。请系统管理员另发启用链接，当面交给本人。"),
    )


def _link(request: HttpRequest, row: Account) -> HttpResponse:
    try:
        token = acts.invite(account=row, by=account_of(request).actor, at=machine_now(), address=client_address(request))
    except Refused as refused:
        messages.warning(request, "；".join(f"{one.fact}。{one.way}。" for one in refused.unmet))
        return redirect("desk_account", row.pk)
    link = f"{settings.PUBLIC_URL.rstrip('/')}/join/{token}"
    return show(request, "account_link", {"row": row, "link": link, "days": settings.INVITATION_DAYS})


def _done(request: HttpRequest, row: Account, act: Callable[[], None], words: str) -> HttpResponse:
    try:
        act()
        messages.success(request, words)
    except Refused as refused:
        messages.warning(request, "；".join(f"{one.fact}。{one.way}。" for one in refused.unmet))
    return redirect("desk_account", row.pk)


def _context(request: HttpRequest, row: Account, *, roles: RolesForm | None = None, unified: UnifiedForm | None = None) -> dict[str, Any]:
    held = account_of(request).actor.roles
    line = account_line(row, machine_now())
    return {
        "line": line,
        "row": row,
        "opens": Role.SYSTEM_ADMIN in held,
        "guards": Role.SECURITY_ADMIN in held,
        "roles": roles or RolesForm(initial={"roles": line.waiting if line.waiting is not None else row.roles}),
        "unified": unified or UnifiedForm(initial={"unified_id": row.unified_id}),
        "unified_on": bool(settings.UNIFIED),
        "sessions": row.sessions.filter(expire_date__gt=machine_now()).count(),
    }


def _row(number: int) -> Account:
    return get_object_or_404(Account.objects.select_related("person__org", "lock"), pk=number)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": account_of(request).actor, "at": now(), "address": client_address(request)}
