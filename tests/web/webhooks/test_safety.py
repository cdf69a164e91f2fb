"""The server calls no address that somebody means for what only the server reaches."""

from __future__ import annotations

import socket
from ipaddress import ip_network

import pytest
from tests.web.conftest import SignIn
from tests.web.webhooks.receiving import Receiver

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.webhooks import services
from kafedra.web.webhooks.courier import deliver
from kafedra.web.webhooks.models import Delivery, Event, Webhook
from kafedra.web.webhooks.safety import Refused, resolved, target


def found_as(monkeypatch: pytest.MonkeyPatch, *ips: str) -> list[str]:
    """Every name is looked up as `ips`; returns the names that were asked for."""
    asked, known = list[str](), socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *rest: object, **more: object) -> list[object]:
        if not host[-1].isalpha():  # a number, which is looked up nowhere
            return known(host, port, *rest, **more)
        asked.append(host)
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, 1, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/", "https://10.1.2.3/", "https://192.168.0.1/", "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/",
        "https://[fe80::1%25eth0]/", "https://0.0.0.0/", "https://224.0.0.1/", "https://100.64.0.1/",
        "http://93.184.216.34/", "http://bot.example.org/", "ftp://bot.example.org/", "https://", "bot.example.org",
        "https://user:word@bot.example.org/", "https://bot.example.org/#x", "https://bot.example.org:99999/",
        "https://bot.example.org/ x", "https://bot.example.org\\@127.0.0.1/", "https://бот.example.org/",
        "https://bot.example.org/" + "x" * 500, "https://[bot]/", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_such_an_address_is_refused_at_once(settings, address: str) -> None:  # type: ignore[no-untyped-def]
    settings.WEBHOOK_NETWORKS = ()
    with pytest.raises(Refused):
        target(address)


@pytest.mark.parametrize("ips", [("127.0.0.1",), ("93.184.216.34", "10.0.0.1"), ("::1",), ("::ffff:10.0.0.1",)])
def test_a_name_that_leads_inside_is_refused_when_it_is_called(
    settings, monkeypatch: pytest.MonkeyPatch, ips: tuple[str, ...]
) -> None:  # type: ignore[no-untyped-def]
    settings.WEBHOOK_NETWORKS = ()
    found_as(monkeypatch, *ips)
    with pytest.raises(Refused):
        resolved(target("https://bot.example.org/"))


def test_a_public_name_is_called_where_it_was_found(settings, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    settings.WEBHOOK_NETWORKS = ()
    found_as(monkeypatch, "93.184.216.34")
    assert str(resolved(target("https://bot.example.org/"))) == "93.184.216.34"


def test_the_name_is_looked_up_once_for_a_call(
    run: Run, student: User, bot: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = found_as(monkeypatch, "127.0.0.1")
    port = bot.address.rpartition(":")[2].partition("/")[0]
    row = services.register(
        user=student, run=run, address=f"https://bot.example.org:{port}/", events=list(Event), everybody=False
    )
    services.send(webhooks=[row], event="ping", body="{}")
    deliver()
    assert asked == ["bot.example.org"]
    assert "SSL" in Delivery.objects.get().error  # it came as far as the receiver, which speaks no TLS


def test_what_the_operator_names_may_be_inside(settings) -> None:  # type: ignore[no-untyped-def]
    settings.WEBHOOK_NETWORKS = (ip_network("10.1.0.0/16"),)
    assert target("http://10.1.2.3:8080/hear?x=1").path == "/hear?x=1"
    with pytest.raises(Refused):
        target("http://10.2.0.1/")


def test_the_form_says_why(settings, run: Run, student: User, signed_in: SignIn) -> None:  # type: ignore[no-untyped-def]
    settings.WEBHOOK_NETWORKS = ()
    sent = {"address": "https://127.0.0.1/", "run": "2023", "events": ["verdict"]}
    answer = signed_in(student).post("/account/webhooks/new/", sent)
    assert answer.status_code == 422
    assert "inside a network" in answer.content.decode()
    assert not Webhook.objects.exists()


def test_who_drips_is_cut_off(run: Run, student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from kafedra.web.webhooks import calling

    monkeypatch.setattr(calling, "SECONDS", 0.5)
    silent = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
    row = services.register(user=student, run=run, address=address, events=list(Event), everybody=False)
    services.send(webhooks=[row], event="ping", body="{}")
    assert deliver() == 0
    silent.close()
    assert Delivery.objects.get().attempts == 1
    assert Delivery.objects.get().error
