"""Security keys (WebAuthn) between the page and the acts: the question that stands in the page, and the answer that its script writes."""

from __future__ import annotations

import ipaddress
import json
from typing import Any

from django.http import HttpRequest

from xiaohao.acts import second_factors
from xiaohao.acts.clock import machine_now
from xiaohao.records.models import Account, SecondFactor

_ASKED, _MADE = "key asked", "key made"


def host_of(request: HttpRequest) -> str:
    """The name that keys are bound to; "" at a bare address, to which no browser binds one (WebAuthn level 2, section 5.1.2)."""
    host = request.get_host().rpartition(":")[0] if ":" in request.get_host() else request.get_host()
    try:
        ipaddress.ip_address(host.strip("[]"))
        return ""
    except ValueError:
        return host


def question(request: HttpRequest, account: Account) -> str:
    """JSON for the script that asks for one of the account's keys; "" when it has none or there can be none here."""
    host = host_of(request)
    if not host or not account.second_factors.filter(kind=SecondFactor.Kind.KEY).exists():
        return ""
    options, state = second_factors.ask_key(account, host)
    request.session[_ASKED] = state
    return json.dumps(_plain(options))


def is_right(request: HttpRequest, account: Account, answer: str) -> bool:
    """Whether the answer is right for the question in the session, which is good for one answer only."""
    state, value = request.session.pop(_ASKED, None), _parsed(answer)
    if not state or value is None:
        return False
    return second_factors.is_right_key(account=account, host=host_of(request), state=state, answer=value, at=machine_now())


def invitation(request: HttpRequest, account: Account) -> str:
    """JSON for the script that makes a new key; "" where there can be none."""
    host = host_of(request)
    if not host:
        return ""
    options, state = second_factors.begin_key(account, host)
    request.session[_MADE] = state
    return json.dumps(_plain(options))


def add(request: HttpRequest, account: Account, *, answer: str, label: str, address: str) -> bool:
    """Take the key that the browser has made for the invitation in the session."""
    state, value = request.session.pop(_MADE, None), _parsed(answer)
    if not state or value is None:
        return False
    return second_factors.add_key(
        account=account, host=host_of(request), state=state, answer=value, label=label, at=machine_now(), address=address
    )


def _parsed(answer: str) -> dict[str, Any] | None:
    try:
        value = json.loads(answer)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _plain(options: Any) -> Any:
    """What the library gives as mappings and enumerations, as JSON has it."""
    if hasattr(options, "items"):
        return {key: _plain(value) for key, value in options.items() if value is not None}
    if isinstance(options, list | tuple):
        return [_plain(value) for value in options]
    return getattr(options, "value", options)
