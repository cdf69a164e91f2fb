"""GitHub and Google over loopback: as much of OAuth 2 with PKCE and of their answers as signing in needs."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT = {"client_id": "kafedra-at-the-provider", "secret": "kept by the provider and by us"}


@dataclass
class Person:
    """Somebody with an account at both."""

    uid: int = 4711
    login: str = "Anna-A"
    name: str = "Анна Ахматова"
    email: str = "anna@example.org"
    verified: bool = True


@dataclass
class IdentityProvider:
    """Both at once; `person` is who sits in front of the browser. `broken` makes it answer with nonsense."""

    person: Person = field(default_factory=Person)
    broken: bool = False
    base_url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def settings(self, *providers: str) -> dict[str, dict[str, str]]:
        """For `SIGN_IN_WITH`."""
        known = {
            "github": {**CLIENT, "url": self.base_url},
            "google": {
                **CLIENT,
                "authorize_url": f"{self.base_url}/google/authorize",
                "access_token_url": f"{self.base_url}/google/token",
            },
        }
        return {name: values for name, values in known.items() if name in providers}

    def agree(self, address: str) -> str:
        """The person presses *Authorize* on the page at `address`: where the browser is sent then."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.asked.append(asked)
        assert asked["client_id"] == CLIENT["client_id"]
        code = secrets.token_urlsafe(8)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def refuse(self, address: str) -> str:
        """The person presses *Cancel*."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"

    @contextmanager
    def opened(self) -> Iterator[None]:
        provider = self

        class Desk(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                if path.endswith("/authorize"):
                    self.send_response(302)
                    self.send_header("Location", provider.agree(self.path))
                    self.end_headers()
                    return
                provider._tell(self, provider._answer(path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                sent = {name: values[0] for name, values in parse_qs(body).items()}
                provider._tell(self, provider._token(self.path, sent))

            def log_message(self, *_arguments: Any) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
            self.base_url = f"http://127.0.0.1:{server.server_port}"
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield
            finally:
                server.shutdown()
                thread.join()

    def _tell(self, desk: BaseHTTPRequestHandler, answer: Any) -> None:
        body = b"<html>unicorn" if self.broken else json.dumps(answer).encode()
        desk.send_response(200)
        desk.send_header("Content-Type", "text/html" if self.broken else "application/json")
        desk.send_header("Content-Length", str(len(body)))
        desk.end_headers()
        desk.wfile.write(body)

    def _token(self, path: str, sent: dict[str, str]) -> dict[str, Any]:
        asked = self._codes.pop(sent["code"])
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert proof == asked["code_challenge"]
        assert (sent["client_secret"], sent["redirect_uri"]) == (CLIENT["secret"], asked["redirect_uri"])
        token: dict[str, Any] = {"access_token": "short-lived", "token_type": "bearer"}
        return token | ({"id_token": self._id_token()} if path.startswith("/google") else {})

    def _id_token(self) -> str:
        claims = {
            "iss": "https://accounts.google.com",
            "aud": CLIENT["client_id"],
            "sub": str(self.person.uid),
            "email": self.person.email,
            "email_verified": self.person.verified,
            "name": self.person.name,
            "exp": int(time.time()) + 300,
        }
        return jwt.encode(claims, "the signature is not looked at: the answer came from the provider itself, over TLS")

    def _answer(self, path: str) -> Any:
        if path.endswith("/emails"):
            return [{"email": self.person.email, "primary": True, "verified": self.person.verified}]
        return {"id": self.person.uid, "login": self.person.login, "name": self.person.name, "email": None}
