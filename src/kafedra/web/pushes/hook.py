"""Git runs this when a push arrives. It asks the server and repeats its words; it decides nothing itself.

A script of its own and not a module of the program: started with ``python -I -S`` it costs a few milliseconds.
It speaks one JSON object per line over the server's Unix socket: a request, then ``{"text": …}`` any number
of times, then ``{"exit": code}``. When the server does not answer (it restarts, it failed), a push to main is
let in: git keeps it safe with its time, and the server finds it.
"""

import json
import os
import socket
import sys

MAIN = "refs/heads/main"
QUARANTINE = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH")
STORED = {
    "ru": "Сервер сейчас не отвечает. Посылка сохранена и будет проверена, как только он ответит.",
    "en": "The server does not answer now. Your submission is stored and will be graded when it does.",
}
ONLY_MAIN = {
    "ru": "Сервер сейчас не отвечает, а без него принимается только ветка main.",
    "en": "The server does not answer now, and without it only the branch main is taken.",
}


def say(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def ask(request: dict[str, object]) -> int | None:
    """Send `request`, pass the answer on; None when the server went away before it decided."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(os.environ["KAFEDRA_SOCKET"])
        connection.sendall(json.dumps(request).encode() + b"\n")
        with connection.makefile("rb") as answer:
            for line in answer:
                frame = json.loads(line)
                if "exit" in frame:
                    return int(frame["exit"])
                say(frame["text"])
    return None


def alone(hook: str, updates: list[list[str]]) -> int:
    """No server to ask. Git's own configuration still refuses forced pushes, deletions and giants."""
    welcome = [update[2] for update in updates] == [MAIN]
    if hook == "post-receive" or not welcome:
        words = STORED if welcome else ONLY_MAIN
        say("\n  " + words.get(os.environ.get("KAFEDRA_LANGUAGE", ""), words["en"]) + "\n\n")
    return 0 if welcome else 1


def main(hook: str) -> int:
    lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
    updates = [line.split(" ", 2) for line in lines]
    request: dict[str, object] = {
        "hook": hook,
        "push": os.environ.get("KAFEDRA_PUSH", ""),
        "updates": updates,
        "quarantine": {name: os.environ[name] for name in QUARANTINE if name in os.environ},
    }
    try:
        code = ask(request)
    except (OSError, KeyError, ValueError):
        code = None
    return alone(hook, updates) if code is None else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
