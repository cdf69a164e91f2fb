"""A mail server over loopback: takes letters, refuses some, goes down and comes back on the same port."""

from __future__ import annotations

import email
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message


@dataclass
class PostOffice:
    """What came in, and how it behaves. `refused`: answers to RCPT; `mute`: hangs up instead of a receipt."""

    port: int = 0
    letters: list[Message] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    mute: bool = False
    connections: int = 0
    arrived: threading.Event = field(default_factory=threading.Event)

    @property
    def recipients(self) -> list[str]:
        return [str(letter["To"]) for letter in self.letters]

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Answers inside the block; before and after it nobody listens on the port."""
        office = self

        class Counter(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                office.connections += 1
                office._serve(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        with Server(("127.0.0.1", self.port), Counter) as server:
            self.port = server.server_address[1]
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield
            finally:
                server.shutdown()
                thread.join()

    def _serve(self, line: socketserver.StreamRequestHandler) -> None:
        def say(text: str) -> None:
            line.wfile.write(text.encode() + b"\r\n")

        say("220 post office")
        while command := line.rfile.readline().decode().strip():
            verb = command.split(":")[0].upper()
            if verb == "RCPT TO":
                say(self.refused.get(command.partition("<")[2].partition(">")[0], "250 fine"))
            elif verb == "DATA":
                say("354 go on")
                data = b"".join(one.removeprefix(b".") for one in iter(line.rfile.readline, b".\r\n"))
                self.letters.append(email.message_from_bytes(data))
                self.arrived.set()
                if self.mute:
                    line.connection.shutdown(socket.SHUT_RDWR)
                    return
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 fine")
