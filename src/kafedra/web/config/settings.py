"""Django settings of kafedra. What differs between installations comes from `environment`, and only from there."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from kafedra.web.config import environment

ENVIRONMENT = environment.load()
WEB_DIR = Path(__file__).resolve().parent.parent

COURSE_DIR = ENVIRONMENT.course
DATA_DIR = ENVIRONMENT.data
REPOSITORIES_DIR = DATA_DIR / "repositories"
BASE_URL = ENVIRONMENT.base_url
DEFAULT_RUN = ENVIRONMENT.run
MAX_PUSH_BYTES = ENVIRONMENT.max_push_mb * 1024 * 1024
REPOSITORY_BYTES = ENVIRONMENT.max_repository_mb * 1024**2
REPOSITORIES_BYTES = ENVIRONMENT.max_repositories_gb * 1024**3
GRADING_WORKERS = ENVIRONMENT.workers
GIT_PROCESSES = ENVIRONMENT.git_processes
BUILD_TOPICS = ENVIRONMENT.build_topics
WEBHOOK_NETWORKS = ENVIRONMENT.webhook_networks

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret()
ALLOWED_HOSTS = ENVIRONMENT.hosts

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth.account",  # its models are what allauth.socialaccount speaks in
    "allauth.socialaccount",
    "kafedra.web.record",
    "kafedra.web.runs",
    "kafedra.web.outbox",
    "kafedra.web.people",
    "kafedra.web.notices",
    "kafedra.web.submissions",
    "kafedra.web.blitz",
    "kafedra.web.surveys",
    "kafedra.web.webhooks",
    "kafedra.web.standings",
    "kafedra.web.materials",
    "kafedra.web.regrading",
    "kafedra.web.adjustments",
    "kafedra.web.marks",
    "kafedra.web.recordbook",
    "kafedra.web.integrity",
    "kafedra.web.solutions",
    "kafedra.web.appeals",
    "kafedra.web.terms",
    "kafedra.web.updates",
    "kafedra.web.reminders",
    "kafedra.web.questions",
    "kafedra.web.exams",
    "kafedra.web.reviews",
    "kafedra.web.gradebook",
    "kafedra.web.api",
    "kafedra.web.pages",
    "kafedra.web.frame",
]

MIDDLEWARE = [
    "kafedra.web.frame.turn.middleware",
    "django.middleware.security.SecurityMiddleware",
    "kafedra.web.frame.middleware.content_security_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kafedra.web.frame.static_files.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kafedra.web.frame.whose.middleware",
    "kafedra.web.people.devices.middleware",
    "kafedra.web.runs.middleware.language_and_timezone",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kafedra.web.frame.middleware.private_pages",
    "kafedra.web.pages.errors.forms_only",
    "kafedra.web.frame.middleware.no_nulls",
    "kafedra.web.pages.errors.busy",
    "allauth.account.middleware.AccountMiddleware",  # allauth does not start without it
]

ROOT_URLCONF = "kafedra.web.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "kafedra.web.frame.rendering.Templates",
        "NAME": "django",
        "DIRS": [WEB_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "kafedra.web.pages.context.frame",
            ],
            "builtins": ["kafedra.web.frame.templatetags.kafedra", "kafedra.web.runs.templatetags.runs"],
            "libraries": {"record": "kafedra.web.pages.record.tags"},
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_health_checks=True))
    if config["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE: a transaction that will write takes the lock at its start and waits for it, instead of failing
        # half-way. FULL: a push that was answered survives a power cut.
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384",
        }
    # Else a connection goes with its request. Each request has a thread of its own here: one that were kept for the
    # next would be kept for nobody, until the server of the database has none left.
    return config


DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": _database(ENVIRONMENT.database)}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["kafedra.web.people.hashing.Argon2InTurn"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# How long it takes to say that a letter is on its way, whether it is or not.
LETTER_ANSWER_SECONDS = 0.4
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "classroom:root"

# Of django-allauth only the conversation with GitHub and Google is used, by `people.providers`: none of its addresses,
# pages, forms or letters.
SIGN_IN_WITH = ENVIRONMENT.sign_in_with
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

globals().update(ENVIRONMENT.mail)  # EMAIL_…: which of them there are depends on the mail server
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from

LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LANGUAGE_CODE = "en"  # the language of the sources; what a visitor sees is decided in `middleware`
COMPILED_LOCALE_DIR = DATA_DIR / "locale"  # made from the .po files at start
LOCALE_PATHS = [COMPILED_LOCALE_DIR]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # pages use the time zone of the course, set in `middleware`

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kafedra.web.frame.static_files.VersionedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 7 * 24 * 3600  # addresses carry a digest of the content

SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "kafedra_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "kafedra.web.pages.errors.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"seldom": {"()": "kafedra.web.frame.log_lines.Seldom"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["seldom"]}},
    "root": {"handlers": ["stderr"], "level": "INFO" if DEBUG else "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # a 404 is not news
    },
}
