"""The settings of the tests with one app more: one line among the apps, one among the addresses."""

from tests.web.settings import *  # noqa: F403  # all of them

INSTALLED_APPS = [*INSTALLED_APPS, "tests.web.colloquium.app"]  # noqa: F405  # from the star above
ROOT_URLCONF = "tests.web.colloquium.urls"
