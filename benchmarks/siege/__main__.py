"""``python -m benchmarks.siege [--students N] [--seconds S] [--json]``: thirty honest ones beside one hostile."""

from __future__ import annotations

import argparse
import base64
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

from benchmarks.siege.honest import Session, browsers, class_works
from benchmarks.siege.memory import Watch


def main() -> int:
    """0 when nobody honest lost anything, a push took at most twice as long as in peace, and a page three times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60, help="in which all of them come (default: 60)")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kafedra-siege-") as folder:
        found = measured(Path(folder), asked.students, asked.seconds)
    for name, value in found.items():
        print(f"{name:22} {value}")
    if asked.json:
        print(json.dumps(found))
    push_holds = found["honest_push_p95_s"] <= 2 * found["quiet_push_p95_s"]
    page_holds = found["honest_page_p95_ms"] <= 3 * found["quiet_page_p95_ms"]
    return 0 if not found["honest_lost"] and push_holds and page_holds else 1


def measured(folder: Path, students: int, seconds: float) -> dict[str, float]:
    """Both phases on one server, which is a process of its own."""
    command = [sys.executable, "-m", "benchmarks.siege.hall", str(folder), str(students)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as hall:
        assert hall.stdin is not None
        assert hall.stdout is not None
        told: dict[str, Any] = json.loads(hall.stdout.readline())
        own = browsers(told)
        quiet = class_works(told, own, "HEAD~1", seconds)
        with Watch(hall.pid) as watch:
            enemy = _enemy(told, seconds)
            honest = class_works(told, own, "HEAD", seconds)
        answer, _ = enemy.communicate()
        hall.stdin.close()
    for told_of in (*quiet.lost, *honest.lost):
        print(told_of, file=sys.stderr)
    return {
        "honest_lost": len(quiet.lost) + len(honest.lost),
        "honest_push_p95_s": _p95(honest.pushes),
        "honest_page_p95_ms": round(1000 * _p95(honest.pages)),
        "quiet_push_p95_s": _p95(quiet.pushes),
        "quiet_page_p95_ms": round(1000 * _p95(quiet.pages)),
        "server_peak_mb": watch.peak_bytes // 2**20,
        "hostile_cpu_s": round(json.loads(answer)["cpu_s"], 2),
    }


def _enemy(told: dict[str, Any], seconds: float) -> subprocess.Popen[str]:
    """The hostile one: signed in, the notebook of numbers pushed, and let go."""
    clone = told["hostile"]
    subprocess.run(["git", "push", "-q", "origin", "HEAD~2:main"], cwd=clone, check=False, capture_output=True)
    session = Session(told["base"])
    session.sign_in("hostile", told["password"])
    shown = ["git", "remote", "get-url", "origin"]
    address = urlsplit(subprocess.run(shown, cwd=clone, check=True, capture_output=True, text=True).stdout.strip())
    login = base64.b64encode(f"{address.username}:{address.password}".encode()).decode()
    more = {
        "seconds": seconds,
        "repository": address.path,
        "authorization": f"Basic {login}",
        "cookie": session.cookie,
        "page": f"/{told['run']}/assignments/activations/",
    }
    command = [sys.executable, "-m", "benchmarks.siege.hostile"]
    enemy = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert enemy.stdin is not None
    enemy.stdin.write(json.dumps({**told, **more}))
    enemy.stdin.close()
    enemy.stdin = None
    return enemy


def _p95(times: list[float]) -> float:
    return round(quantiles(times, n=20)[-1], 3) if len(times) > 1 else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
