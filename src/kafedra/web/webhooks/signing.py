"""What proves that a message is ours: Standard Webhooks, symmetric (https://www.standardwebhooks.com).

Signed is `number.seconds.body`; the header carries the version of the scheme, so that another may come.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable


def signatures(secrets: Iterable[str], number: str, seconds: int, body: bytes) -> str:
    """The value of the header `webhook-signature`: one for each secret, and a receiver looks for its own."""
    return " ".join(signature(secret, number, seconds, body) for secret in secrets)


def signature(secret: str, number: str, seconds: int, body: bytes) -> str:
    """By one secret, with the version of the scheme."""
    key = base64.b64decode(secret.partition("_")[2])
    digest = hmac.new(key, f"{number}.{seconds}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
