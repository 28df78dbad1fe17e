"""The gate of the API: how often one network may ask, whose token was sent, and whether it may be used for this."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from xiaohao.acts.access_log import note
from xiaohao.acts.clock import machine_now
from xiaohao.acts.tokens import token_of
from xiaohao.records.access_log import Result, What
from xiaohao.records.tokens import BEGINS
from xiaohao.web.pace import Pace, client_address
from xiaohao.web.permissions import Rule
from xiaohao.web.problems import problem

#: Requests of one network in a minute. Ours: an office's system that walks every task of a county needs some hundred.
PACE = Pace("api", times=600, seconds=60)
#: A token is as long as acts.tokens makes it; a header longer than this is not looked up.
_LONGEST = 200
_ASKS = {"WWW-Authenticate": 'Bearer realm="xiaohao"'}


def too_fast(request: HttpRequest) -> HttpResponse | None:
    """429 for a network that asks too often, None otherwise. Every request is counted once."""
    return problem(429, headers={"Retry-After": str(PACE.seconds)}) if PACE.is_exceeded(request) else None


def let_in(request: HttpRequest, rule: Rule) -> HttpResponse | None:
    """None, with `request.user` the token's account, where the token and the account may do this; else the answer. A session of a browser
    counts for nothing here, so that no page elsewhere can make somebody's browser act."""
    if refused := too_fast(request):
        return refused
    sent = _sent(request)
    token = token_of(sent, at=machine_now(), address=client_address(request)) if sent else None
    if token is None:
        return problem(401, headers=_ASKS)
    request.user = token.account
    if rule.scope is not None and rule.scope in token.scopes and rule.admits(token.account.actor.roles):
        return None
    lacking = rule.scope is not None and rule.scope not in token.scopes
    about = f"{request.method} {request.path_info} {token.pk}"
    note(What.DENIED, at=machine_now(), account=token.account, result=Result.REFUSED, about=about, address=client_address(request))
    if lacking:
        return problem(403, kind="scope", detail=_("令牌没有 {scope} 这一项权限。").format(scope=rule.scope), scope=str(rule.scope))
    return problem(403)


def _sent(request: HttpRequest) -> str:
    """The token in the header, "" for none or for something that cannot be one."""
    how, _space, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    return token if how.lower() == "bearer" and token.startswith(BEGINS) and len(token) <= _LONGEST else ""
