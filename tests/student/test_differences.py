"""What may end otherwise on the server, and what the server says of the assignment itself."""

from __future__ import annotations

import importlib.metadata
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.student.checking import GOOD, cloned_from, run

DIFFERENCES = {
    "workers": (
        "from torch.utils.data import DataLoader\ndef half(x):\n    DataLoader([1], num_workers=2)\n",
        "num_workers=0",
    ),
    "processes": ("from multiprocessing import Pool\ndef half(x):\n    Pool\n", "обойдитесь без multiprocessing"),
    "a card": ("def half(x):\n    x.to('cuda')\n", "На сервере нет GPU"),
    "a package": ("import click\ndef half(x):\n    click.echo\n", "Задание не обещает, что на сервере есть click"),
    "an older Python": ("def half(x):\n    x\n", "а на сервере 3.1: чего в нём ещё нет"),
}


@pytest.mark.parametrize(("code", "words"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_where_the_server_may_end_otherwise_it_says_so(plain, code, words):
    description = plain / "assignment.toml"
    description.write_text(f"# Python 3.{1 if '3.1:' in words else 99}\n{description.read_text()}")
    (plain / "halves.py").write_text(f"{code}    return x * 0.5\n\ndef double(x):\n    return x + x\n")
    assert words in " ".join(run(plain).stdout.split())


def test_what_the_code_takes_from_outside_is_named_with_its_place(plain):
    (plain / "halves.py").write_text(
        "import os\nimport urllib.request as web\n\ndef half(x):\n    lambda: web.urlopen('http://x/y')\n"
        f"    os.system('true')\n    os.environ['PATH']\n    open({__file__!r})\n    return x * 0.5\n\n"
        "def double(x):\n    lambda: MNIST('.', download=True)\n    lambda: mine('https://x')\n"
        "    lambda: spacy.load('ru')\n    return x + x\n"
    )
    said = " ".join(run(plain).stdout.split())
    assert said.count("При проверке сети нет, а код (halves.py:5) в неё выходит: urllib.request.urlopen.") == 1
    assert "а mine (halves.py:13) получает адрес" in said
    assert "spacy.load (halves.py:14) читает скачанное на этот компьютер" in said
    assert "При проверке других программ не запустить, а код (halves.py:6) их запускает" in said
    assert "Переменных окружения при проверке нет, а код (halves.py:7) их читает" in said
    assert f"Файл {__file__} есть только здесь, на сервере его нет, а код (halves.py:8) его называет" in said


def test_what_is_meant_for_every_machine_is_no_difference(plain):
    (plain / "halves.py").write_text(
        "import os\nos.environ['OMP_NUM_THREADS'] = '1'\nSEE = 'https://example.org'\nNONE = '/no/such/file'\n"
        "def half(x):\n    os, SEE, NONE\n    return x * 0.5\n\ndef double(x):\n    return x + x\n"
    )
    done = run(plain)
    assert done.returncode == 0
    assert "При проверке" not in done.stdout
    assert "сервере его нет" not in done.stdout


class Answering(BaseHTTPRequestHandler):
    """What a server of the course says of an assignment."""

    def do_GET(self):
        answer = json.dumps(self.server.told).encode() if self.path == "/2023/assignments/halves/edition.json" else b""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(plain):
    """A loopback server; the clone came from it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as answering:
        answering.told = {"published_at": None, "files": {}}
        thread = threading.Thread(target=answering.serve_forever)
        thread.start()
        (plain / "halves.py").write_text(GOOD)
        cloned_from(plain, f"http://anna@127.0.0.1:{answering.server_port}/git/2023/halves/anna.git")
        yield answering
        answering.shutdown()
        thread.join()


def test_what_the_server_grades_with_is_compared_with_what_is_here(plain, server):
    here = importlib.metadata.version("click")
    server.told |= {"python": "3.1", "packages": {"click": "0.7+cpu", "pytest": importlib.metadata.version("pytest")}}
    said = " ".join(run(plain).stdout.split())
    assert f"Здесь click {here}, а на сервере click 0.7: ответы могут разойтись" in said
    assert "а на сервере 3.1: чего в нём ещё нет" in said
    assert "pytest" not in said
    server.told |= {"python": "3.99", "packages": {"click": f"{here}+cu128", "no-such-package": "1"}}
    done = run(plain)
    assert "сервер" not in done.stdout.replace("Скрытые — на сервере", "")
    assert done.returncode == 0


def test_of_packages_the_server_itself_says_which_it_has(plain, server):
    server.told |= {"modules": ["click", "os"], "packages": {}}
    description = plain / "assignment.toml"
    description.write_text('extra_files = ["helper.py"]\n' + description.read_text())
    (plain / "mine.py").touch()
    (plain / "helper.py").write_text("import seaborn\n\ndef table():\n    return seaborn.load_dataset('iris')\n")
    (plain / "halves.py").write_text(
        "import os, click, jinja2, mine\ntry:\n    import torch\nexcept ImportError:\n    torch = None\n"
        "def half(x):\n    return x * 0.5\n\ndef double(x):\n    os, click, jinja2, mine, torch\n    return x + x\n"
    )
    said = " ".join(run(plain).stdout.split())
    assert "На сервере нет jinja2, seaborn: решение там без этого не запустится" in said
    assert "а код (helper.py, строка 4) в неё выходит: seaborn.load_dataset." in said
    assert "не обещает" not in said


def test_an_answer_that_is_none_is_passed_over(plain, server):
    server.told = {"files": {}, "published_at": None, "packages": {"click": 3}, "modules": 3}
    done = run(plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ответы могут разойтись" not in done.stdout


def test_without_an_answer_it_says_nothing_of_it(plain):
    (plain / "halves.py").write_text(GOOD)
    _title, *alone = run(plain, "--seed", "1").stdout.splitlines()[1:]
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes a connection and says nothing
        cloned_from(plain, f"http://anna@127.0.0.1:{silent.getsockname()[1]}/git/2023/halves/anna.git")
        asked = run(plain, "--seed", "1")
    refused = run(plain, "--seed", "1")
    for done in (asked, refused):
        assert (done.returncode, done.stdout.splitlines()[2:], done.stderr) == (0, alone, "")
