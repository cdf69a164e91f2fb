# tries: its own probes, tests, settings and course beside an answer that is wrong
# builder: yes
# outcome: failed
def files():
    wrong = b"def count(n):\n    return -1\n"
    probes = b"def call(student, name, *a):\n    return 1\n"
    test = b"def test_count():\n    pass\n"
    return {
        "assignment.py": wrong,
        "probes.py": probes,
        "tests/test_values.py": test,
        "tests/conftest.py": b"raise SystemExit(0)",
        "conftest.py": b"import os; os._exit(0)",
        "assignment.toml": b"points = 100",
        "pytest.ini": b"[pytest]\naddopts = --collect-only",
        "pyproject.toml": b"[tool.pytest.ini_options]\naddopts = '--exitfirst'",
        "solution.py": b"def count(n): return sum(range(n))",
    }
