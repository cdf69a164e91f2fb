"""A browser reduced to what these journeys need: pages, forms, cookies."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar


class Browser:
    """Keeps the session of one person."""

    def __init__(self, base_url: str, language: str = "ru") -> None:
        self._base_url, self._language = base_url, language
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, address: str) -> str:
        """The text of a page. Raises HTTPError for anything but success."""
        return self._open(address, None)

    def status(self, address: str) -> int:
        """The HTTP status of a page."""
        try:
            self._open(address, None)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        return 200

    def submit(self, address: str, form_at: str = "", **fields: str) -> str:
        """Fill in the form of the page `form_at` (the address itself unless given) and send it to `address`."""
        page = self.get(form_at or address)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, f"no form on {form_at or address}"
        return self._open(address, {"csrfmiddlewaretoken": found[1], **fields})

    def _open(self, address: str, fields: dict[str, str] | None) -> str:
        url = address if address.startswith("http") else self._base_url + address
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        headers = {"Accept-Language": self._language, "Referer": url}
        with self._opener.open(urllib.request.Request(url, data, headers), timeout=90) as answer:
            return answer.read().decode()


def text_of(page: str) -> str:
    """What a reader sees, in one line."""
    body = re.sub(r"(?s)<(script|style|svg).*?</\1>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
