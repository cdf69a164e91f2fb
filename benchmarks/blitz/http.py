"""As much of HTTP/1.1 as a phone needs, on bare sockets: the client must not cost more than the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


class Dropped(Exception):
    """The network, or the server, went away."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def cookies(self) -> dict[str, str]:
        """Those that the server sets."""
        said = [value for name, value in self.headers if name == "set-cookie"]
        return dict(one.split(";", 1)[0].split("=", 1) for one in said)


class Client:
    """One browser: cookies, forms, a stream of events."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()

    async def get(self, path: str) -> Answer:
        return await self._request("GET", path, "", {})

    async def post(self, path: str, fields: Mapping[str, str], *, cut: bool = False) -> Answer:
        """`cut`: the connection breaks when the form is on its way; raises Dropped."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
            "X-CSRFToken": self.cookies.get("csrftoken", ""), "Origin": f"http://127.0.0.1:{self.port}",
        }  # fmt: skip
        return await self._request("POST", path, urlencode(fields), headers, cut=cut)

    async def events(self, path: str) -> AsyncIterator[dict[str, object]]:
        """Events of a stream until it breaks; raises Dropped."""
        reader, writer = await self._open("GET", path, "", {"Accept": "text/event-stream"})
        try:
            status, _headers = await _head(reader)
            if status != 200:
                raise Dropped(str(status))
            while line := await reader.readline():
                if line.startswith(b"data: ") and (told := json.loads(line[6:])):  # a beat of the line tells nothing
                    yield told
            raise Dropped
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            raise Dropped from error
        finally:
            writer.transport.abort()

    async def _request(
        self, method: str, path: str, body: str, headers: Mapping[str, str], *, cut: bool = False
    ) -> Answer:
        reader, writer = await self._open(method, path, body, {**headers, "Connection": "close"})
        try:
            if cut:
                raise Dropped
            async with asyncio.timeout(30):
                status, said = await _head(reader)
                answer = Answer(status, said, await reader.read())
            if len(answer.body) < int(dict(said).get("content-length", 0)):
                raise Dropped  # cut short
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            raise Dropped from error
        finally:
            writer.transport.abort()
        self.cookies |= answer.cookies()
        return answer

    async def _open(
        self, method: str, path: str, body: str, headers: Mapping[str, str]
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        data = body.encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Length: {len(data)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += [f"Cookie: {cookies}"] if cookies else []
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
            writer.write("\r\n".join([*lines, "", ""]).encode() + data)
            await writer.drain()
        except OSError as error:
            raise Dropped from error
        return reader, writer


async def _head(reader: asyncio.StreamReader) -> tuple[int, list[tuple[str, str]]]:
    first = await reader.readline()
    if not first:
        raise Dropped
    headers = list[tuple[str, str]]()
    while (line := (await reader.readline()).decode("latin-1").strip()) != "":
        name, _, value = line.partition(":")
        headers.append((name.lower(), value.strip()))
    return int(first.split()[1]), headers
