"""The wheel that the server offers: what a student installs on a laptop or in Colab."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from tests.journeys.conftest import NewStudent
from tests.journeys.server import Server
from tests.journeys.student import Clone

import kafedra

SMALL = True


@pytest.fixture
def wheel(server: Server, new_student: NewStudent, tmp_path: Path) -> Path:
    """Fetched from the address that the README in the clone names."""
    _student, clone = new_student()
    address = wheel_address(clone)
    assert address.startswith(f"{server.base_url}/download/kafedra-")
    path = tmp_path / address.rsplit("/", 1)[1]
    with urllib.request.urlopen(address) as answer:
        path.write_bytes(answer.read())
    return path


def wheel_address(clone: Clone) -> str:
    words = (clone.folder / "README.md").read_text(encoding="utf-8").replace("`", " ").replace('"', " ").split()
    return next(word for word in words if word.endswith(".whl"))


def test_it_is_light_and_whole(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        info = next(name for name in names if name.endswith("/METADATA"))
        metadata = archive.read(info).decode()
    assert not [name for name in names if name.startswith("kafedra/web/") or "__pycache__" in name]
    assert "kafedra/student/__init__.py" in names
    assert "Requires-Dist: pydantic" in metadata
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist:")]
    assert required
    assert not any("django" in line.lower() for line in required)
    assert "Provides-Extra: course" in metadata
    assert wheel.stat().st_size < 1_000_000


def test_pip_installs_it_and_check_runs_from_it(wheel: Path, new_student: NewStudent, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    pip_installs(str(wheel), target)
    _student, clone = new_student()
    clone.solve()
    program = "import kafedra, sys; print(kafedra.__file__); from kafedra.cli import main; main(sys.argv[1:])"
    checked = subprocess.run(
        [sys.executable, "-c", program, "check"],
        cwd=clone.folder,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert checked.stdout.startswith(str(target)), checked.stdout
    assert "Функции активации" in checked.stdout, checked.stdout + checked.stderr
    assert "✓" in checked.stdout


def test_the_line_of_a_clone_from_before_an_upgrade_installs_what_is_here_now(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    pip_installs(f"kafedra @ {server.base_url}/download/kafedra-0.0.7-py3-none-any.whl", target)
    assert (target / "kafedra-0.0.7.dist-info").is_dir()
    checking = Path("kafedra", "student", "checking.py")
    assert (target / checking).read_bytes() == (Path(kafedra.__file__).parents[1] / checking).read_bytes()


def pip_installs(requirement: str, target: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*pip, requirement], check=True, capture_output=True, timeout=200)


def test_it_offers_nothing_that_is_not_in_it(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)

    def command_of_it(argument: str) -> subprocess.CompletedProcess[str]:
        program = f"from kafedra.cli import main; main([{argument!r}])"
        variables = {**os.environ, "PYTHONPATH": str(target)}
        command = [sys.executable, "-c", program]
        return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=200, check=False)

    offered = command_of_it("--help").stdout
    assert "check" in offered
    assert "invite" not in offered
    said = command_of_it("serve")
    assert said.returncode == 1
    assert "this is what students install" in said.stderr
    assert "Traceback" not in said.stderr


def test_any_other_name_is_not_found(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{server.base_url}/download/kafedra-9.9-py3-none-any.whl")
    with missing.value as answer:
        assert answer.code == 404
