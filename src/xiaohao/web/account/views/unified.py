"""Unified sign-in 统一身份认证 by OpenID Connect: the first half of coming in, for accounts that are there already. It never makes one."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaohao.acts.access_log import note
from xiaohao.acts.clock import now
from xiaohao.records.access_log import Result, What
from xiaohao.records.installation import read_private
from xiaohao.records.models import Account
from xiaohao.web.account import session
from xiaohao.web.account.forms import SignInForm
from xiaohao.web.account.views import door
from xiaohao.web.pace import client_address

_log = logging.getLogger("xiaohao.unified")
#: Seconds for an answer of the provider, while somebody waits at the door. Ours.
_PATIENCE = 10


def go(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider, with a state, a nonce and the challenge of a proof key (RFC 7636)."""
    client = _client()
    request.session["unified next"] = door.wanted(request)
    try:
        answer: HttpResponse = client.authorize_redirect(request, settings.PUBLIC_URL.rstrip("/") + reverse("unified_back"))
    except _faults() as wrong:
        return _failed(request, wrong)
    return answer


def back(request: HttpRequest) -> HttpResponse:
    """The browser comes back with a code. The identity token's signature, issuer, audience, time and nonce are checked by the library; the
    identity is matched to the one account that has it written down."""
    client, next_ = _client(), request.session.get("unified next", "")
    try:
        token = client.authorize_access_token(request, timeout=_PATIENCE)
    except _faults() as wrong:
        return _failed(request, wrong)
    told = token.get("userinfo") or {}  # the claims of the checked identity token; a token without one tells nothing
    name = str(told.get(settings.UNIFIED.get("claim", "sub"), "") or "")
    account = Account.objects.filter(unified_id=name, is_active=True).first() if name else None
    if account is None:
        note(What.SIGN_IN, at=now(), result=Result.FAILED, about="unified", address=client_address(request))
        return _told(request, _("统一身份认证通过了，但本系统没有登记您的统一身份。请系统管理员在您的账号里登记"))
    if settings.UNIFIED.get("second_factor") == "theirs":
        session.sign_in(request, account, how="unified")
        return door.onward(next_)
    session.begin_half(request, account, next_=next_, how="unified")
    return door.second_half(account)


def _client() -> Any:
    if not settings.UNIFIED:
        raise Http404
    from authlib.integrations.django_client import OAuth  # late: it takes a fifth of the server's start, and few offices have a provider

    secret = settings.UNIFIED_SECRET_FILE
    return OAuth().register(
        "unified",
        client_id=settings.UNIFIED["client_id"],
        client_secret=read_private(secret).decode().strip() if secret.is_file() else None,
        server_metadata_url=settings.UNIFIED["issuer"].rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": settings.UNIFIED.get("scope", "openid"), "code_challenge_method": "S256", "timeout": _PATIENCE},
    )


def _faults() -> tuple[type[Exception], ...]:
    """What goes wrong between here and the provider; asked for only when something did."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    return RequestException, AuthlibBaseError, JoseError, ValueError, KeyError


def _failed(request: HttpRequest, wrong: Exception) -> HttpResponse:
    _log.warning("unified sign-in: %s", type(wrong).__name__)
    note(What.SIGN_IN, at=now(), result=Result.FAILED, about="unified", address=client_address(request))
    return _told(request, _("统一身份认证没有成功。请再试一次，或者用密码登录"))


def _told(request: HttpRequest, words: str) -> HttpResponse:
    form = SignInForm({})
    form.full_clean()
    form.errors.clear()
    form.add_error(None, words)
    return door.page(request, form)
