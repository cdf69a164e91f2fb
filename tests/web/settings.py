"""Settings of the tests: the product's own, with a data folder of their own and passwords that are cheap to hash."""

import os
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="kafedra-tests-"))
os.environ["KAFEDRA_DATA"] = str(_data)
os.environ.setdefault("KAFEDRA_COURSE", str(Path(__file__).resolve().parents[2] / "course"))
for name in ("KAFEDRA_BASE_URL", "KAFEDRA_RUN", "KAFEDRA_ALLOWED_HOSTS", "KAFEDRA_DEBUG"):
    os.environ.pop(name, None)

from kafedra.web.config.settings import *  # noqa: E402, F403  # the environment above must be there first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405  # from the star above
# A file, as in production, and not SQLite's shared memory, which locks by other rules.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405  # likewise
    DATABASES["default"].setdefault("TEST", {})["NAME"] = str(_data / "tests.sqlite3")  # noqa: F405  # likewise
LETTER_ANSWER_SECONDS = 0.0  # how evenly it is answered is a test of its own
BUILD_TOPICS = False  # seminars are executed by the tests that look at it
WHITENOISE_AUTOREFRESH = True  # else each of thousands of clients would begin with a look at every static file
