"""The bot of docs/use/bot.md, as it stands there: a program of its own between our server and a Telegram."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
from tests.web import factories
from tests.web.webhooks.receiving import Receiver, receiver

from kafedra.web.api import services as api
from kafedra.web.api.scopes import Scope
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.webhooks import services as webhooks
from kafedra.web.webhooks.courier import deliver
from kafedra.web.webhooks.models import Event, Webhook

PAGE = Path(__file__).resolve().parents[3] / "docs" / "use" / "bot.md"
LINES = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[1]
PATIENCE = 60
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def telegram() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def hook(run: Run, instructor: User, settings) -> Webhook:  # type: ignore[no-untyped-def]  # pytest-django's own object
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = {"address": f"http://127.0.0.1:{port}/", "events": [Event.VERDICT], "everybody": True}
    return webhooks.register(user=instructor, run=run, **told)


@pytest.fixture
def bot(hook: Webhook, instructor: User, telegram: Receiver, live_server, tmp_path: Path) -> Iterator[None]:  # type: ignore[no-untyped-def]  # likewise
    (tmp_path / "bot.py").write_text(LINES, "utf-8")
    (tmp_path / "chats.json").write_text('{"anna": 4711}', "utf-8")
    _row, token = api.issue(user=instructor, label="bot", scopes=[Scope.GRADEBOOK_READ], days=7)
    port = hook.address.rstrip("/").rpartition(":")[2]
    told = {
        "KAFEDRA_URL": live_server.url, "KAFEDRA_TOKEN": token, "WEBHOOK_SECRET": hook.secret, "PORT": port,
        "TELEGRAM_URL": telegram.address.partition("/hear")[0] + "/bot42:secret",
    }  # fmt: skip
    started = subprocess.Popen([sys.executable, "bot.py"], cwd=tmp_path, env=os.environ | told)
    try:
        until(lambda: listens(int(port)))
        yield
    finally:
        started.kill()
        started.wait()


def listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def until(true) -> None:  # type: ignore[no-untyped-def]  # any condition
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)  # between two looks at another process


def test_a_verdict_is_a_message_of_telegram(bot: None, run: Run, student: User, telegram: Receiver) -> None:
    factories.graded(factories.repository(student, run), "0.85")
    assert deliver() == 1
    until(lambda: telegram.came)
    message = json.loads(telegram.came[0][1])
    assert telegram.paths == ["/bot42:secret/sendMessage"]
    assert message["chat_id"] == 4711
    assert "0.85 из 1" in message["text"]
    assert "O_hw: 0.85" in message["text"]


def test_a_message_that_is_not_signed_is_no_message(bot: None, hook: Webhook, telegram: Receiver) -> None:
    Webhook.objects.update(secret="whsec_" + "A" * 44)
    body = {"type": "verdict", "data": {"student": {"login": "anna"}}}
    webhooks.send(webhooks=[hook], event="verdict", body=json.dumps(body))
    assert deliver() == 0
    assert hook.deliveries.get().status == 401
    assert telegram.came == []
