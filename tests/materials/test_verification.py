"""A topic is proven, or it is said what isn't. What a new one proves, and one whose cell fails: `cli/test_topic.py`."""

from tests.course.topic_files import BLITZ, SEMINAR, TOPIC

from kafedra.materials import verify_topic

BLANK = """
# %% tags=["solution"]
def half(x):
    # BEGIN SOLUTION
    return x / 2
    # END SOLUTION

# %% tags=["check"]
{check}
"""


def problems(proof) -> list[tuple[str, str, str]]:
    return [(one.kind, one.name, one.problem) for one in proof.findings if not one.proven]


def test_what_is_not_proven_is_said(topic, store) -> None:
    seminar = (
        SEMINAR.replace("best_h = 1e-5", "best_h = 1.0")
        + BLANK.format(check="assert half(4) == 2")
        + BLANK.format(check="assert True, 'половина числа должна быть половиной'")
        + BLANK.format(
            check="try:\n    right = half(4) == 2\nexcept NotImplementedError:\n    right = False\nassert right, 'нет'"
        )
        + "\n# %%\nimport warnings\nwarnings.warn('осторожно', stacklevel=1)\n"
    )
    written = topic(
        seminar_py=seminar,
        topic_toml=TOPIC + "\n[seminar]\nseconds = 0.001\nseeds = 1\n",
        blitz_toml=BLITZ.replace("print(1 + 1)", "print(1 + 2)"),
        pictures_py="def graph():\n    return 1\n",
    )
    found = problems(verify_topic(written, store))
    assert [(kind, name) for kind, name, _ in found] == [
        ("warning", "cell 12"), ("budget", found[1][1]), ("blank", "cell 6"), ("blank", "cell 8"), ("blank", "cell 10"),
        ("figure", "best_h"), ("question", "prints"), ("pictures", "pictures.py"),
    ]  # fmt: skip
    texts = [problem for _, _, problem in found]
    assert "UserWarning: осторожно" in texts[0]
    assert "of processor time, at most 0.001" in texts[1]
    assert texts[2].startswith("the check fails with NotImplementedError")
    assert texts[3] == "the check passes while the blank is empty"
    assert texts[4] == "the check's message teaches nothing: 'нет'"
    assert texts[5] == "1, promised 1e-7 to 0.0001"
    assert texts[6] == "its code prints '3', not '2'"
    assert "graph() must return a matplotlib Figure or a list of them, not int" in texts[7]
