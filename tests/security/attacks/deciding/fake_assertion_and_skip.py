# tries: to raise what pytest itself raises to skip or to expect a failure
# outcome: error
import _pytest.outcomes as outcomes


def halve(x):
    raise outcomes.Skipped("skip me")


def count(n):
    raise outcomes.Exit("stop the run", 0)


def log(x):
    raise outcomes.XFailed("expected")
