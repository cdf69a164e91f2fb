"""Hidden tests are cut out of what a student is given, with all that only they used."""

import pytest

from kafedra.notebooks import BuildError

HEAD = "import math\nimport pytest\nfrom kafedra.testing import check, values\n\n"
PUBLIC = '\n@pytest.mark.points("1")\ndef test_public(submission):\n    """T"""\n    check.that(True, "x")\n'
HIDDEN = '\n@pytest.mark.hidden\n@pytest.mark.points("1")\ndef test_secret(submission):\n    """T"""\n    {body}\n'


def test_a_hidden_test_goes_with_its_decorators_and_its_comment(build) -> None:
    text = HEAD + "# what we really want\n# to know" + HIDDEN.format(body="assert 1") + PUBLIC
    public = build({"tests/test_half.py": text})["tests/test_half.py"].decode()
    assert public == (
        "import math\nimport pytest\nfrom kafedra.testing import check, values\n\n\n"
        '@pytest.mark.points("1")\ndef test_public(submission):\n    """T"""\n    check.that(True, "x")\n'
    )


def test_helpers_constants_fixtures_and_imports_that_only_it_used_go_too(build) -> None:
    text = (
        HEAD
        + "SECRET = math.pi\n\n\ndef reference(x):\n    return reference(x - 1) + SECRET\n\n\n"
        + "@pytest.fixture\ndef data():\n    return values.name(1)\n"
        + HIDDEN.format(body="reference(data)").replace("(submission)", "(submission, data)")
        + PUBLIC
    )
    public = build({"tests/test_half.py": text})["tests/test_half.py"].decode()
    assert public.startswith("import pytest\nfrom kafedra.testing import check\n\n")
    for name in ("SECRET", "reference", "data", "math", "values"):
        assert name not in public


def test_what_a_public_test_uses_stays(build) -> None:
    text = (
        HEAD
        + "TABLE = math.pi\n\n\n@pytest.fixture(autouse=True)\ndef always():\n    pass\n"
        + HIDDEN.format(body="print(TABLE)")
        + PUBLIC.replace('"x"', "str(TABLE)")
    )
    public = build({"tests/test_half.py": text})["tests/test_half.py"].decode()
    assert "TABLE = math.pi" in public
    assert "def always" in public


@pytest.mark.parametrize(
    "text",
    [
        HEAD + HIDDEN.format(body="assert 1"),
        HEAD + "pytestmark = pytest.mark.hidden\n" + PUBLIC.replace("test_public", "test_secret"),
        HEAD + "pytestmark = [pytest.mark.hidden]\n" + PUBLIC.replace("test_public", "test_secret"),
        HEAD
        + '@pytest.mark.hidden\nclass TestSecret:\n    @pytest.mark.points("1")\n    def test_secret(self): """T"""\n',
    ],
)
def test_a_file_without_public_tests_is_left_out(build, text: str) -> None:
    files = build({"tests/test_secrets.py": text})
    assert "tests/test_secrets.py" not in files
    assert "скрыта" in files["README.md"].decode()


def test_hidden_methods_leave_their_class(build) -> None:
    secret = '    @pytest.mark.hidden\n    def test_secret(self):\n        """T"""\n\n'
    opened = '    def test_open(self):\n        """T"""\n'
    public = build({"tests/test_half.py": HEAD + "class TestBoth:\n" + secret + opened})["tests/test_half.py"].decode()
    assert public.endswith('class TestBoth:\n\n    def test_open(self):\n        """T"""\n')


def test_modules_beside_the_tests_come_if_a_public_test_imports_them(build) -> None:
    files = build(
        {
            "tests/test_half.py": "import pytest\nimport near" + PUBLIC,
            "tests/near.py": "from far import x\n",
            "tests/far.py": "x = 1\n",
            "tests/test_secret.py": "import pytest\nimport key" + HIDDEN.format(body="assert 1"),
            "tests/key.py": "answer = 1\n",
        }
    )
    assert sorted(name for name in files if name.startswith("tests/")) == [
        "tests/far.py", "tests/near.py", "tests/test_half.py",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "CASES = [pytest.param(1, marks=pytest.mark.hidden)]\n" + PUBLIC, "hides nothing"),
        (HEAD + "secret = pytest.mark.hidden\n@secret\ndef test_secret():\n    pass\n" + PUBLIC, "hides nothing"),
        (
            HEAD + HIDDEN.format(body="assert 1") + PUBLIC + "\n# see test_secret\n",
            "test_secret: the hidden test is still",
        ),
    ],
)
def test_what_would_slip_through_stops_the_build(build, text: str, says: str) -> None:
    with pytest.raises(BuildError, match=says):
        build({"tests/test_half.py": text})


def test_a_hidden_test_named_in_another_file_stops_the_build(build) -> None:
    with pytest.raises(BuildError, match=r"^probes\.py:1: test_secret: the hidden test is mentioned"):
        build(
            {
                "tests/test_half.py": HEAD + HIDDEN.format(body="assert 1") + PUBLIC,
                "probes.py": '"""For test_secret."""\n',
            }
        )


def test_of_a_translation_a_student_gets_what_public_tests_say(build) -> None:
    text = HEAD + HIDDEN.format(body='check.that(False, "тайна")') + PUBLIC.replace('"x"', '"слово {x}"')
    words = '# для всех\nkeep = ["абв"]\n\n[words]\n"тайна" = "secret"\n"слово {x}" = "a word {x}"\n'
    files = build({"tests/test_half.py": text, "tests/en.toml": words})
    assert files["tests/en.toml"].decode() == '[words]\n"слово {x}" = "a word {x}"\n'
    assert "tests/en.toml" not in build({"tests/test_half.py": HEAD + PUBLIC, "tests/en.toml": words})
