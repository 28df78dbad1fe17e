"""The session of a browser: half signed in, signed in, over, freshly proved. Times are the machine's own, also in a demonstration."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from xiaohao.acts.clock import now
from xiaohao.acts.signing_in import came_in
from xiaohao.records.models import Account
from xiaohao.records.sessions import ADDRESS, BEGUN, DEVICE, PROVED, SEEN
from xiaohao.web.pace import client_address

BACKEND = "django.contrib.auth.backends.ModelBackend"
_HALF = "half"
#: Seconds from the password to the second factor, long enough to set one up. Ours.
_HALF_AGE = 15 * 60
#: A session's last use is written down once in so many seconds, so that reading pages does not mean writing to the database each time.
_SEEN_EVERY = 60


@dataclass(frozen=True, slots=True)
class Half:
    """Somebody who has shown the first half of who they are. `next` is where they were going; `how` the first half: password, invitation or
    unified."""

    account: Account
    next: str
    how: str


def begin_half(request: HttpRequest, account: Account, *, next_: str, how: str) -> None:
    """Remember the first half in a new session; nobody is signed in yet."""
    request.session.flush()
    request.session[_HALF] = {"account": account.pk, "next": next_, "how": how, "at": time.time()}


def half_of(request: HttpRequest) -> Half | None:
    """The first half, None when there is none or it is too long ago."""
    kept = request.session.get(_HALF)
    if not kept or time.time() - kept["at"] > _HALF_AGE:
        return None
    account = Account.objects.select_related("person__org").filter(pk=kept["account"], is_active=True).first()
    return Half(account, kept["next"], kept["how"]) if account else None


def sign_in(request: HttpRequest, account: Account, *, how: str) -> None:
    """Both halves are there: a new session under a new key, with its beginning, its device and the proof just given."""
    request.session.pop(_HALF, None)
    login(request, account, backend=BACKEND)
    moment = time.time()
    request.session.update(
        {BEGUN: moment, SEEN: moment, PROVED: moment, DEVICE: request.headers.get("User-Agent", "")[:200], ADDRESS: client_address(request)}
    )
    came_in(account=account, at=now(), about=how, address=client_address(request))


def is_over(request: HttpRequest) -> str:
    """Why this session is over: "idle", "age", or "" while it lasts (and then its use is written down)."""
    moment = time.time()
    begun, seen = request.session.get(BEGUN), request.session.get(SEEN)
    if begun is not None and moment - begun > settings.SESSION_COOKIE_AGE:
        return "age"
    if seen is not None and moment - seen > settings.SESSION_IDLE:
        return "idle"
    if seen is None or moment - seen > _SEEN_EVERY:
        request.session[SEEN] = moment
        request.session.setdefault(BEGUN, moment)
    return ""


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has proved lately who they are. In a demonstration a seat taken with one click has nothing to prove it with."""
    if settings.DEMO and isinstance(request.user, Account) and not request.user.has_usable_password():
        return True
    proved = request.session.get(PROVED)
    return proved is not None and time.time() - proved <= settings.SESSION_FRESH


def proved_again(request: HttpRequest) -> None:
    request.session[PROVED] = time.time()
