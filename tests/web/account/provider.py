"""A small OpenID Connect provider in a process of its own: discovery, authorization code with proof key, signed identity tokens, published keys.
Written here on its own so that nothing that checks our side is our side. `python -m tests.web.account.provider` prints its address.

Who signs in is whoever the query of the authorization address names (`login_hint`); `wrong` makes one thing wrong on purpose."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

CLIENT, SECRET = "xiaohao", "between us two"
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
#: code -> what was asked when it was given; taken out when it is used
GIVEN: dict[str, dict[str, str]] = {}
#: what is made wrong from now on, and who signs in
NOW = {"wrong": "", "who": "unified-7"}


def text_of(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def number(value: int) -> str:
    return text_of(value.to_bytes((value.bit_length() + 7) // 8))


def token(claims: dict[str, Any]) -> str:
    head = {"alg": "RS256", "kid": "one", "typ": "JWT"}
    said = ".".join(text_of(json.dumps(part).encode()) for part in (head, claims))
    signer = OTHER_KEY if NOW["wrong"] == "signature" else KEY
    return said + "." + text_of(signer.sign(said.encode(), padding.PKCS1v15(), SHA256()))


class Provider(BaseHTTPRequestHandler):
    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/.well-known/openid-configuration":
            self.say(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )
        elif address.path == "/keys":
            public = KEY.public_key().public_numbers()
            self.say({"keys": [{"kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", "n": number(public.n), "e": number(public.e)}]})
        elif address.path == "/authorize":
            code = secrets.token_urlsafe(16)
            GIVEN[code] = asked
            self.send_response(302)
            self.send_header("Location", asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]}))
            self.end_headers()
        elif address.path == "/now":
            NOW.update(asked)
            self.say({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        asked = GIVEN.pop(sent.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '+')}".encode()).decode()
        known = self.headers.get("Authorization", "").removeprefix("Basic ") in (
            basic,
            base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode(),
        )
        proof = text_of(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        right = asked and asked.get("code_challenge_method") == "S256" and proof == asked.get("code_challenge")
        if not (right and known and asked and sent["redirect_uri"] == asked["redirect_uri"]):
            self.say({"error": "invalid_grant"}, status=400)
            return
        claims = {
            "iss": "http://127.0.0.1:1" if NOW["wrong"] == "issuer" else self.issuer,
            "aud": "somebody-else" if NOW["wrong"] == "audience" else CLIENT,
            "sub": NOW["who"],
            "nonce": "stale" if NOW["wrong"] == "nonce" else asked.get("nonce", ""),
            "iat": int(time.time()),
            "exp": int(time.time()) + (-3600 if NOW["wrong"] == "time" else 300),
        }
        self.say({"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 300, "id_token": token(claims)})

    def say(self, value: dict[str, Any], status: int = 200) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()
