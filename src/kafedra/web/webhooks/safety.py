"""Which addresses the server may call. A person types them, so each could be meant for what only the server reaches.

Called are https addresses whose host is on the public internet, and, by http too, the networks that the operator has
named. A name is looked up once, at the moment of the call, and the call goes to what was found: a second look-up could
find something else.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

Ip = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
LONGEST = 500
PORTS = {"https": 443, "http": 80}
_NAT64 = IPv6Network("64:ff9b::/96")


class Refused(Exception):
    """The server doesn't call this address; the text says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart; `path` has the query, too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def header(self) -> str:
        """The host as the header `Host` has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target(address: str) -> Target:
    """The parts of an address that may be called as far as can be seen from it. Raises Refused."""
    if len(address) > LONGEST or not address.isascii() or any(sign <= " " for sign in address) or "\\" in address:
        raise Refused(_("An address has at most %(most)d plain letters, without spaces.") % {"most": LONGEST})
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in PORTS:
        raise Refused(_("This is no address such as https://bot.example.org/kafedra."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Refused(_("An address has no login, no password and nothing after #: the signature says that it is us."))
    found = Target(parts.scheme, host, port or PORTS[parts.scheme], (parts.path or "/") + _query(parts.query))
    literal = _literal(host)
    if literal is not None:
        check(found, literal)
    elif parts.scheme == "http":
        raise Refused(_("Only https: what is sent tells of people's work."))
    return found


def _query(query: str) -> str:
    return f"?{query}" if query else ""


def _literal(host: str) -> Ip | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def resolved(found: Target) -> Ip:
    """The one address that is called. Raises Refused if any that the name stands for is not to be; OSError."""
    infos = socket.getaddrinfo(found.host, found.port, type=socket.SOCK_STREAM)
    ips = [ip_address(str(info[4][0]).partition("%")[0]) for info in infos]
    for ip in ips:
        check(found, ip)
    return ips[0]


def check(found: Target, ip: Ip) -> None:
    """Raises Refused unless this may be called."""
    inner = _inside(ip)
    if any(inner in network for network in named() if network.version == inner.version):
        return
    if found.scheme == "http":
        raise Refused(_("Only https: what is sent tells of people's work."))
    if not inner.is_global or inner.is_multicast or inner.is_reserved or inner.is_unspecified:
        raise Refused(_("This address is inside a network, not on the internet. An operator can allow it."))


def _inside(ip: Ip) -> Ip:
    """The IPv4 address that an IPv6 address only wraps: what is reached by it is that one."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


def named() -> Sequence[Network]:
    """The networks that the operator has named."""
    networks: Sequence[Network] = settings.WEBHOOK_NETWORKS
    return networks
