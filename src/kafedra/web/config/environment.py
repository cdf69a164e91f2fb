"""What an operator sets from outside: `KAFEDRA_…` variables, read once, checked before anything starts."""

import secrets
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, IPvAnyNetwork, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from kafedra.course import course_here

PREFIX = "KAFEDRA_"
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SQLITE = "kafedra.sqlite3"  # in the data folder, where no other database is named
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Environment(BaseSettings):
    """Typed settings of one installation; every field is the variable `KAFEDRA_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    course: Path = Field(default_factory=course_here)
    data: Path = Path("var")
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    base_url: str = "http://127.0.0.1:8000"
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    debug: bool = False
    build_topics: bool = True
    executor: Literal["local"] = "local"
    workers: int = Field(default=2, ge=1, le=256)
    run: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    git_processes: int = Field(default=32, ge=1, le=1024)
    max_push_mb: int = Field(default=50, ge=1, le=2048)
    max_repository_mb: int = Field(default=200, ge=1, le=100_000)
    max_repositories_gb: int = Field(default=20, ge=1, le=100_000)
    webhook_networks: Annotated[tuple[IPvAnyNetwork, ...], NoDecode] = ()
    mail_url: SecretStr = SecretStr("")
    mail_from: str = "kafedra@localhost"
    github_url: str = "https://github.com"
    github_client_id: str = ""
    github_client_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    google_client_id: str = ""
    google_client_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)

    @field_validator("allowed_hosts", "webhook_networks", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(host.strip() for host in value.split(",") if host.strip())
        return value

    @field_validator("github_client_secret", "google_client_secret")
    @classmethod
    def _with_its_id(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        name = str(info.field_name).replace("secret", "id")
        if bool(value.get_secret_value()) != bool(info.data.get(name)):
            raise ValueError(f"must be set together with {PREFIX}{name.upper()}, or neither of them")
        return value

    @field_validator("base_url", "github_url")
    @classmethod
    def _plain_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("must be an address such as https://course.example.org, without a path")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("course", "data")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) < 32:
            raise ValueError("must be at least 32 characters, or absent: then one is made and kept in KAFEDRA_DATA")
        return value

    @field_validator("mail_url")
    @classmethod
    def _mail_server(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if value.get_secret_value() and (parts.scheme not in MAIL_PORTS or not parts.hostname):
            raise ValueError("must be smtp://…, smtp+tls://… or smtps://…, such as smtp+tls://login:password@mail:587")
        return value

    @property
    def mail(self) -> dict[str, Any]:
        """Django's settings for letters: the mail server, or without one files in the data folder."""
        parts = urlsplit(self.mail_url.get_secret_value())
        if not parts.hostname:
            return {"EMAIL_BACKEND": "kafedra.web.outbox.files.EmailBackend"}
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_TIMEOUT": 10,
        }

    @property
    def sign_in_with(self) -> dict[str, dict[str, str]]:
        """Where people may sign in with an account they have elsewhere: `github`, `google`, those that are set up."""
        found = {
            "github": {
                "client_id": self.github_client_id,
                "secret": self.github_client_secret.get_secret_value(),
                "url": self.github_url,
            },
            "google": {"client_id": self.google_client_id, "secret": self.google_client_secret.get_secret_value()},
        }
        return {name: values for name, values in found.items() if values["client_id"]}

    @property
    def https(self) -> bool:
        """True when people reach this server over TLS: cookies are then marked secure."""
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """Host names that the server answers to: those named, else the one of BASE_URL and the loopback ones."""
        host = urlsplit(self.base_url).hostname or ""
        return list(self.allowed_hosts or dict.fromkeys((f"[{host}]" if ":" in host else host, *LOOPBACK)))

    @property
    def database(self) -> str:
        """Database URL; without one, an SQLite file inside the data folder."""
        return self.database_url or f"sqlite:///{self.data / SQLITE}"

    def secret(self) -> str:
        """The secret key; made on first start and kept, readable by the owner only, in the data folder."""
        return self.secret_key.get_secret_value() or _kept_secret(self.data / "secret-key")


def _kept_secret(file: Path) -> str:
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:  # another process was first
        return file.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(48)
    file.write_text(secret + "\n", encoding="ascii")
    return secret


def load() -> Environment:
    """Read the environment; raises ImproperlyConfigured that names each wrong variable and its value."""
    try:
        return Environment()
    except ValidationError as error:
        raise ImproperlyConfigured("\n".join(_lines(error))) from None


def _lines(error: ValidationError) -> list[str]:
    lines = []
    for problem in error.errors():
        name = PREFIX + str(problem["loc"][0]).upper()
        shown = "(hidden)" if name.endswith(("SECRET_KEY", "MAIL_URL", "CLIENT_SECRET")) else repr(problem["input"])
        lines.append(f"{name}: {shown} — {problem['msg'].removeprefix('Value error, ')}")
    return lines
