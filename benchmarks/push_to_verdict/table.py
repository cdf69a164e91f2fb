"""The figures and how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from statistics import median, quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.push_to_verdict.bursting import Burst
from benchmarks.push_to_verdict.pushing import Stages

TARGET_SECONDS = 1.5
TARGET_BURST_SECONDS = 30
_WORDS = {
    "git": "git: client, HTTP, unpacking",
    "queue": "hooks, writing it down, queue",
    "sandbox": "sandbox: start, load, calls",
    "judge": "judge: tests, expected values",
    "answer": "answer: report stored, words, way back",
}


def figures(pushes: Sequence[Stages], peer: float | None) -> dict[str, Any]:
    """Seconds: medians, and the 95th percentile of the whole."""
    totals = [push.total for push in pushes]
    found: dict[str, Any] = {
        "pushes": len(pushes),
        "median_s": round(median(totals), 4),
        "p95_s": round(quantiles(totals, n=20)[-1] if len(totals) > 1 else totals[0], 4),
    }
    for field in fields(Stages):
        found[f"{field.name}_s"] = round(median(getattr(push, field.name) for push in pushes), 4)
    if peer is not None:
        found |= {"peer_s": round(peer, 2), "peer_ratio": round(peer / median(totals), 1)}
    return found


def show(found: dict[str, Any]) -> None:
    """The table: where a median push spends its time."""
    table = Table(title=f"push → verdict, {found['pushes']} pushes of `activations` to a warm server")
    table.add_column("stage")
    table.add_column("median, ms", justify="right")
    table.add_column("share", justify="right")
    whole = sum(found[f"{name}_s"] for name in _WORDS)
    for name, words in _WORDS.items():
        seconds = found[f"{name}_s"]
        table.add_row(words, f"{seconds * 1000:.0f}", f"{seconds / whole:.0%}")
    table.add_section()
    table.add_row("push → verdict, median", f"{found['median_s'] * 1000:.0f}", f"target {TARGET_SECONDS * 1000:.0f}")
    table.add_row("push → verdict, 95 %", f"{found['p95_s'] * 1000:.0f}", "")
    if "peer_s" in found:
        words = "GitHub Classroom's way, grading alone"
        table.add_row(words, f"{found['peer_s'] * 1000:.0f}", f"× {found['peer_ratio']:.0f}")
    Console().print(table)


def show_burst(found: Burst) -> None:
    """One line: how long a class waits."""
    print(
        f"{found.students} students push within {found.within:g} s: {len(found.waits)} verdicts, {found.lost} lost; "
        f"median {found.median:.1f} s, 95 % after {found.p95:.1f} s (target {TARGET_BURST_SECONDS} s)"
    )
