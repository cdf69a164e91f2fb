"""Git runs this when a push arrives. It asks the server and repeats its words; it decides nothing itself.

A script of its own and not a module of the program: started with ``python -I -S`` it costs a few milliseconds, and
every push waits for two of them, so it does without `os`, `socket` and `json`, whose import takes longer than all else.
Over the server's Unix socket it sends the number of the request's bytes in a line, then the request: the hook's name,
the push's secret, the places of git's quarantine and what git told it, with a NUL byte between two. It hears ``say N``
in a line and N bytes of text any number of times, then ``exit CODE``. When the server does not answer (it restarts, it
failed), a push to main is let in: git keeps it safe with its time, and the server finds it.
"""

import _socket
import posix
import sys

MAIN = "refs/heads/main"
QUARANTINE = (b"GIT_OBJECT_DIRECTORY", b"GIT_ALTERNATE_OBJECT_DIRECTORIES", b"GIT_QUARANTINE_PATH")
STORED = {
    "ru": "Сервер сейчас не отвечает. Посылка сохранена и будет проверена, как только он ответит.",
    "en": "The server does not answer now. Your submission is stored and will be graded when it does.",
}
ONLY_MAIN = {
    "ru": "Сервер сейчас не отвечает, а без него принимается только ветка main.",
    "en": "The server does not answer now, and without it only the branch main is taken.",
}


def say(text: bytes) -> None:
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()


def ask(request: bytes) -> int | None:
    """Send `request`, pass the answer on; None when the server went away before it decided."""
    connection = _socket.socket(_socket.AF_UNIX)
    connection.connect(posix.environ[b"KAFEDRA_SOCKET"])
    connection.sendall(b"%d\n%b" % (len(request), request))
    with open(connection.fileno(), "rb", closefd=False) as answer:
        while line := answer.readline():
            kind, number = line.split()
            if kind == b"exit":
                return int(number)
            say(answer.read(int(number)))
    return None


def alone(hook: str, told: bytes) -> int:
    """No server to ask. Git's own configuration still refuses forced pushes, deletions and giants."""
    references = [line.split(b" ", 2)[-1] for line in told.split(b"\n") if line]
    welcome = references == [MAIN.encode()]
    if hook == "post-receive" or not welcome:
        words = STORED if welcome else ONLY_MAIN
        language = posix.environ.get(b"KAFEDRA_LANGUAGE", b"").decode("ascii", "replace")
        say(f"\n  {words.get(language, words['en'])}\n\n".encode())
    return 0 if welcome else 1


def main(hook: str) -> int:
    told = sys.stdin.buffer.read()
    variables = (posix.environ.get(name, b"") for name in (b"KAFEDRA_PUSH", *QUARANTINE))
    try:
        code = ask(b"\0".join((hook.encode(), *variables, told)))
    except (OSError, KeyError, ValueError):
        code = None
    return alone(hook, told) if code is None else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
