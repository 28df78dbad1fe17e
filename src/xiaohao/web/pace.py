"""How often one network may do one thing. The answer is always told to the person, and what they typed is kept; nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `times` in `seconds` from one address. Counted per server process, so the true limit is a small multiple; addresses are kept
    only as keyed hashes and only as long as the span lasts."""

    name: str
    times: int
    seconds: int

    def is_exceeded(self, request: HttpRequest) -> bool:
        """Count this attempt and say whether it is one too many."""
        key = self._key(request)
        cache.add(key, 0, self.seconds)
        return cache.incr(key) > self.times

    def forgive(self, request: HttpRequest) -> None:
        """Forget the attempts of this address (it has shown itself honest)."""
        cache.delete(self._key(request))

    def _key(self, request: HttpRequest) -> str:
        return f"pace-{self.name}-{salted_hmac(self.name, client_address(request)).hexdigest()}"


def client_address(request: HttpRequest) -> str:
    """The address the request came from: the connection's own, or behind `settings.PROXIES` proxies of ours the one that the outermost of
    them saw. What a client writes into the header itself lies further left and is not believed."""
    if not settings.PROXIES:
        return str(request.META.get("REMOTE_ADDR", ""))
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return seen[-settings.PROXIES] if len(seen) >= settings.PROXIES else ""
