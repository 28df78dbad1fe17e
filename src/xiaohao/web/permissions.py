"""The one table of who may use which address, by method. What is not in it is refused, whoever asks.

The table is the outer lock. Which rows a reader sees is decided by the query named in `sees`, and whether a step may be taken by the
procedure's gates; neither of those is repeated here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve, reverse

from xiaohao.kernel.roles import Role, may_lie_in_one_hand
from xiaohao.records.access_log import Result, What
from xiaohao.records.tokens import Scope


class Who(Enum):
    """Who may use an address when no role is asked."""

    ANYONE = "anyone"  # no sign-in, no session, no cookie
    SIGNED_IN = "signed in"


class Sees(StrEnum):
    """Which rows the page's query shows (records.queries enforces it)."""

    NOTHING = "nothing of a case"
    PUBLISHED = "what has been made public"
    OWN_RECEIPT = "the objection whose code is in the address"
    OWN_SUBTREE = "the tasks of one's own unit and of those below it"
    OWN_TASK_ROLE = "the tasks in which one's unit holds a role"
    SENT_TO_UNIT = "what was sent to one's own unit to sign, and the sheets of tasks that one may read"
    OWN_OFFICE = "what one's own office has planned, and knows of before others"
    OWN_DRAFT = "one's own drafts"
    OWN_ACCOUNT = "one's own account"
    ACCOUNTS = "accounts and what they may do, no case"
    ACCESS_LOG = "who came in, saw personal data, exported, changed rights; no case"
    EVERYTHING = "every task of this installation, without contacts"


class Cache(StrEnum):
    """How a page may be kept by others."""

    PUBLIC = "public, max-age=0, must-revalidate"  # an ETag makes asking again cheap, and a new objection shows at once
    PRIVATE = "private, no-cache"  # a form: not for shared caches, but the back button keeps what was typed
    NEVER = "no-store"
    OWN = ""  # the view says itself


@dataclass(frozen=True, slots=True)
class Rule:
    """`who` may come: anyone, anyone signed in, or these roles. `demo` routes exist in demonstration mode only. `fresh` asks for a proof of who
    one is that is not old: always, or for these steps; `logged` is what a successful use is called in the access log. With a `scope` it is an address of the API, for tokens
    that have it and for nobody's browser."""

    who: Who | frozenset[Role]
    sees: Sees
    cache: Cache = Cache.NEVER
    demo: bool = False
    fresh: bool | frozenset[str] = False
    logged: What | None = None
    scope: Scope | None = None

    def admits(self, roles: frozenset[Role]) -> bool:
        """Whether a signed-in person with these roles may come; an administrator who holds anything else may come nowhere."""
        return may_lie_in_one_hand(roles) and (isinstance(self.who, Who) or bool(self.who & roles))

    def asks_proof(self, arguments: Mapping[str, Any]) -> bool:
        """Whether this use, with these arguments of its address, needs a fresh proof."""
        return self.fresh is True or (isinstance(self.fresh, frozenset) and arguments.get("step") in self.fresh)


#: route name -> method -> rule. HEAD goes with GET.
Table = Mapping[str, Mapping[str, Rule]]


def public(sees: Sees = Sees.PUBLISHED, cache: Cache = Cache.PUBLIC) -> Rule:
    return Rule(Who.ANYONE, sees, cache)


def signed_in(sees: Sees) -> Rule:
    return Rule(Who.SIGNED_IN, sees)


def roles(*who: Role, sees: Sees) -> Rule:
    return Rule(frozenset(who), sees)


def demo_only(sees: Sees = Sees.NOTHING) -> Rule:
    return Rule(Who.ANYONE, sees, demo=True)


def whole_table() -> Table:
    """Account, portal, desk and API together. Raises ValueError when two of them claim one route."""
    from xiaohao.web.account.permissions import ACCOUNT
    from xiaohao.web.api.permissions import API
    from xiaohao.web.desk.permissions import DESK
    from xiaohao.web.portal.permissions import PORTAL

    table: dict[str, Mapping[str, Rule]] = {}
    for part in (ACCOUNT, PORTAL, DESK, API):
        if doubled := table.keys() & part.keys():
            raise ValueError(f"routes with two rules: {sorted(doubled)}")
        table |= part
    return table


class ClosedWorld:
    """Middleware: lets a request through to its view only where the table says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.table = whole_table()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        rule = getattr(request, "rule", None)
        if rule is not None and rule.logged is not None and response.status_code < 400 and not response.has_header("Location"):
            _note(request, rule.logged, Result.DONE)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _cache_of(rule, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        from django.conf import settings

        from xiaohao.web.account import session
        from xiaohao.web.account.views import again
        from xiaohao.web.errors import error_page

        methods = self.table.get(route_of(request))
        if methods is None:
            return error_page(request, 403)
        rule = methods.get("GET" if request.method == "HEAD" else request.method or "")
        if rule is None:
            response = error_page(request, 405)
            response.headers["Allow"] = ", ".join(sorted(methods))
            return response
        if rule.demo and not settings.DEMO:
            return error_page(request, 404)
        request.rule = rule  # type: ignore[attr-defined]
        if rule.scope is not None:
            from xiaohao.web.api import gate

            return gate.let_in(request, rule)
        if rule.who is Who.ANYONE:
            return None
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        if why := session.is_over(request):
            logout(request)
            return _ask_to_sign_in(request, why)
        if not rule.admits(request.user.actor.roles):
            _note(request, What.DENIED, Result.REFUSED)
            return error_page(request, 403)
        return again.ask(request) if rule.asks_proof(kwargs) and not session.is_fresh(request) else None


def route_of(request: HttpRequest) -> str:
    """The name of the route that the request resolved to; "" for a nameless one, which the table never holds."""
    match = request.resolver_match or resolve(request.path_info)
    return match.view_name or ""


def _cache_of(rule: Rule | None, response: HttpResponse) -> str:
    if rule is None or (rule.cache is Cache.PUBLIC and response.status_code >= 400):
        return Cache.NEVER
    return rule.cache or Cache.NEVER


def _ask_to_sign_in(request: HttpRequest, why: str = "") -> HttpResponseBase:
    from xiaohao.web.errors import error_page, wants_json

    if wants_json(request) or request.method not in ("GET", "HEAD"):
        return error_page(request, 403)
    return redirect_to_login(request.get_full_path(), reverse("sign_in") + (f"?why={why}" if why else ""))


def _note(request: HttpRequest, what: What, result: Result) -> None:
    """One line of the access log about the address that was asked for."""
    from xiaohao.acts.access_log import note
    from xiaohao.acts.clock import now
    from xiaohao.web.pace import client_address

    note(
        what, at=now(), account=request.user, result=result, about=f"{request.method} {request.path_info}", address=client_address(request)
    )  # type: ignore[arg-type]
