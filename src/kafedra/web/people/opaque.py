"""Tokens that mean nothing by themselves: random letters, of which only a digest is kept."""

from __future__ import annotations

import hashlib
import secrets
import string

_LETTERS = string.ascii_letters + string.digits  # a double click selects all of it, an address needs no quoting
_LENGTH = 32  # 190 bits


def fresh(mark: str) -> str:
    """A new token; `mark` is what it begins with."""
    return mark + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def digest_of(token: str) -> str:
    """What is stored of it: random enough to need no slow hash."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
