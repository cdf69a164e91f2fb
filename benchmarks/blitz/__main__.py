"""``python -m benchmarks.blitz [--phones N] [--within SECONDS] [--database URL] [--nginx] [--json]``."""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.blitz.proxy import Proxy, nginx
from benchmarks.blitz.room import Asked, Measured, Phone, Presenter
from benchmarks.blitz.server import RUN, Server, audited, opened

TARGET_ACK_MS, TARGET_HISTOGRAM_MS = 200, 1000
_TOPIC = 1


def main() -> int:
    """0 when nothing was lost or counted twice and, with at most 100 phones, the latencies are within the targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--within", type=float, default=8, help="seconds in which everybody answers (default: 8)")
    parser.add_argument("--killed", type=int, default=2, help="questions with a SIGKILL in the middle (default: 2)")
    parser.add_argument("--database", default="", help="PostgreSQL in place of SQLite: postgresql://…, an empty one")
    parser.add_argument("--nginx", action="store_true", help="through nginx, as docs/use/operator.md sets it up")
    parser.add_argument("--course", type=Path, default=Path("course"))
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kafedra-blitz-") as folder:
        server = Server(asked.course, Path(folder), asked.database)
        server.start()
        proxy = Proxy(_nginx(parser), Path(folder) / "nginx", server.port) if asked.nginx else None
        try:
            server.connect()
            found = asyncio.run(_evening(server, proxy.port if proxy else server.port, asked))
        finally:
            if proxy:
                proxy.stop()
            server.stop()
    _show(found)
    if asked.json:
        print(
            json.dumps({name: found[name] for name in ("phones", "ack_p95_ms", "histogram_p95_ms", "lost", "doubled")})
        )
    quick = found["ack_p95_ms"] <= TARGET_ACK_MS and found["histogram_p95_ms"] <= TARGET_HISTOGRAM_MS
    return 0 if not found["lost"] and not found["doubled"] and (quick or asked.phones > 100) else 1


def _nginx(parser: argparse.ArgumentParser) -> str:
    found = nginx()
    return found or parser.error("nginx is not installed: apt-get install nginx-light")


async def _evening(server: Server, port: int, chosen: argparse.Namespace) -> dict[str, int]:
    number, within, killed = chosen.phones, chosen.within, chosen.killed
    pk, code, session, asked = await asyncio.to_thread(opened, _TOPIC)
    presenter = Presenter(port, session, RUN, pk)
    await presenter.watch()
    phones = [Phone(code, port, one, flaky=one % 3 == 0) for one in range(number)]
    await asyncio.gather(*(phone.enter() for phone in phones))
    acks, delays, late = list[float](), list[float](), 0
    for one in asked[: len(asked) - killed]:
        measured = await _question(presenter, phones, one, within)
        acks += measured.acks
        delays += measured.delays()
        late += measured.late
        await presenter.move("show")
    for one in asked[len(asked) - killed :]:
        late += (await _question(presenter, phones, one, within, killed=server)).late
        await presenter.move("show")
    await asyncio.gather(presenter.leave(), *(phone.leave() for phone in phones))
    if presenter.refused:
        print(f"the presenter's page was refused with {presenter.refused}")
    lost, doubled = await asyncio.to_thread(audited, pk, phones)
    answers = sum(len(phone.given) for phone in phones)
    return {
        "phones": number, "answers": answers, "late": late, "ack_p50_ms": _percentile(acks, 50),
        "ack_p95_ms": _percentile(acks, 95), "ack_p99_ms": _percentile(acks, 99),
        "histogram_p95_ms": _percentile(delays, 95), "lost": lost, "doubled": doubled,
    }  # fmt: skip


async def _question(
    presenter: Presenter, phones: Sequence[Phone], one: Asked, within: float, killed: Server | None = None
) -> Measured:
    step = await presenter.move("ask")
    measured = presenter.measured = Measured()

    async def all_of_it(phone: Phone) -> None:
        await phone.reaches(step)
        await phone.answers(one, within, measured)

    answering = [asyncio.create_task(all_of_it(phone)) for phone in phones]
    if killed:
        while sum(task.done() for task in answering) < len(phones) // 3:
            await asyncio.sleep(0.02)
        await asyncio.to_thread(killed.kill)
        await asyncio.to_thread(killed.start)
    await asyncio.gather(*answering)
    await presenter.counts(len(phones))
    return measured


def _percentile(values: Sequence[float], percent: int) -> int:
    """In whole milliseconds."""
    ordered = sorted(values)
    return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]) if ordered else 0


def _show(found: dict[str, int]) -> None:
    print(f"{found['phones']} phones, {found['answers']} answers, {found['late']} came too late")
    print(f"acknowledged: {found['ack_p50_ms']} ms median, {found['ack_p95_ms']} ms p95, {found['ack_p99_ms']} ms p99")
    print(f"on the presenter's screen after {found['histogram_p95_ms']} ms p95")
    print(f"lost {found['lost']}, counted twice {found['doubled']}")


if __name__ == "__main__":
    raise SystemExit(main())
