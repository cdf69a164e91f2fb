"""The doctor as the user whom the server runs as, and the profile that it prints."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

KAFEDRA = str(Path(sys.executable).with_name("kafedra"))


def doctor(*options: str, data: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KAFEDRA_", "DJANGO_"))}
    command = [KAFEDRA, "doctor", *options, "--data", str(data)]
    return subprocess.run(command, env=clean, capture_output=True, text=True, timeout=60, check=False)


def test_the_profile_is_for_the_program_that_is_there(tmp_path: Path) -> None:
    said = doctor("--apparmor", data=tmp_path)
    attached = re.search(r'^"(.+)" flags=\(unconfined\) \{$', said.stdout, re.MULTILINE)
    assert attached, said.stdout + said.stderr
    assert os.access(attached[1], os.X_OK)
    assert not list(tmp_path.iterdir()), "it only prints"


def test_a_user_that_is_not_there(tmp_path: Path) -> None:
    said = doctor("--user", "nobody-of-that-name", data=tmp_path)
    assert (said.returncode, said.stderr) == (1, "Error: this machine has no user nobody-of-that-name\n")


def test_it_looks_as_another_user_if_root_asks() -> None:
    other = "nobody" if os.geteuid() == 0 else "root"
    with tempfile.TemporaryDirectory() as data:  # pytest's own folders are closed to others
        Path(data).chmod(0o777)
        said = doctor("--user", other, data=Path(data))
    if other == "root":
        assert "only root can look as another user: sudo kafedra doctor --user root" in said.stderr
    elif "can't run" in said.stderr:  # this Python lies in a folder of root's own
        assert f"nobody can't run {sys.executable}" in said.stderr
    else:
        assert "holds for nobody" in said.stdout, said.stdout + said.stderr


def test_data_of_somebody_else(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(tmp_path, 65534, -1)
    said = doctor(data=tmp_path)
    assert f"→ kafedra doctor --user {pwd.getpwuid(65534).pw_name}" in said.stdout, said.stdout + said.stderr


def test_data_that_cannot_be_opened(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root opens everything")
    tmp_path.joinpath("secret-key").touch(0)
    said = doctor(data=tmp_path)
    assert said.returncode == 1
    assert f"can't open {tmp_path / 'secret-key'}: chown it" in said.stderr
