"""The environment, or a `.env`, as frozen values. All mistakes are told at once, a line each."""

import hashlib
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.mistakes import SettingsError, misspelt
from bot.model import Edition, Language

FREE_PER_SECOND = 30
PAID_PER_SECOND = 1000
STORE_SCHEMES = ("redis", "rediss", "unix", "redis+sentinel", "redis+cluster")

HOW_TO_BEGIN = (
    "TELEGRAM_BOT_TOKEN is not set: get a token from @BotFather in Telegram and put it into .env "
    "(see .env.example). To try the bot without one: python -m bot demo"
)

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
KEPT_WHEN_EMPTY = frozenset({"rates_url"})


ENV_FILE = ".env"


class Settings(BaseSettings):
    """What an operator can set; `.env.example` says what each means."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    redis_url: SecretStr = SecretStr("")
    data_dir: Path = Path("data")
    site_url: str = "https://24.kg"
    rates_url: str = "https://www.nbkr.kg/XML/daily.xml"
    rss_url: str = ""
    editions: Annotated[tuple[Edition, ...], NoDecode] = (Edition.EN, Edition.RU, Edition.KY)
    poll_seconds: Positive = 60
    read_pause_seconds: NotNegative = 2.5
    max_age_hours: Positive = 24
    backfill_pages: Annotated[int, Field(ge=0, le=1000)] = 20
    paid_broadcast: bool = False
    messages_per_second: Annotated[float, Field(gt=0, le=PAID_PER_SECOND)] = FREE_PER_SECOND
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    admin_chats: Annotated[tuple[int, ...], NoDecode] = ()
    timezone: str = "Asia/Bishkek"
    language: Language = Language.EN
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    log_chats: bool = False

    @model_validator(mode="before")
    @classmethod
    def _empty_is_the_default(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {
            name: value.strip() if isinstance(value, str) else value
            for name, value in values.items()
            if name.lower() in KEPT_WHEN_EMPTY or value is None or str(value).strip()
        }

    @field_validator("editions", "admin_chats", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = (part.strip() for part in value.split(","))
        return tuple(dict.fromkeys(part.lower() for part in parts if part))

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", "language", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("telegram_api_url", "site_url", "rates_url", "rss_url", "webhook_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("needs an address that begins with http:// or https://")
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _is_secure(cls, value: str) -> str:
        if value and urlsplit(value).scheme != "https" and not _is_loopback(value):
            raise ValueError("needs an address that begins with https://: Telegram takes no other")
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_store(cls, value: SecretStr) -> SecretStr:
        scheme = value.get_secret_value().partition("://")[0]
        if value.get_secret_value() and scheme not in STORE_SCHEMES:
            raise ValueError(f"needs one of {', '.join(s + '://' for s in STORE_SCHEMES)}")
        return value

    @field_validator("telegram_bot_token")
    @classmethod
    def _is_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not re.fullmatch(r"\d+:[\w-]+", value.get_secret_value()):
            raise ValueError("is not a token: @BotFather gives one like 123456:ABC-DEF")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _is_secret(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not re.fullmatch(
            r"[\w-]{1,256}", value.get_secret_value(), re.ASCII
        ):
            raise ValueError("may hold up to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("timezone")
    @classmethod
    def _is_timezone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not a time zone: write one like Asia/Bishkek")
        return ZoneInfo(value).key

    @field_validator("editions")
    @classmethod
    def _is_not_empty(cls, value: tuple[Edition, ...]) -> tuple[Edition, ...]:
        if not value:
            raise ValueError("needs at least one of en, ru, ky")
        return value

    @field_validator("messages_per_second")
    @classmethod
    def _is_paid_for(cls, value: float, others: ValidationInfo) -> float:
        if value > FREE_PER_SECOND and others.data.get("paid_broadcast") is False:
            raise ValueError(f"over {FREE_PER_SECOND} only with PAID_BROADCAST=true")
        return value

    @property
    def secret_of_webhook(self) -> str:
        """The one given, or one that every process derives alike from the token."""
        token = self.telegram_bot_token.get_secret_value()
        generated = hashlib.sha256(f"webhook {token}".encode()).hexdigest()
        return self.webhook_secret.get_secret_value() or generated

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log line may show."""
        # Taken apart by hand: an address that is none may hold a password too.
        user = self.redis_url.get_secret_value().partition("://")[2].rpartition("@")[0]
        password = user.partition(":")[2]
        token = self.telegram_bot_token.get_secret_value()
        return tuple(filter(None, (token, self.secret_of_webhook, password, unquote(password))))


def load(**given: Any) -> Settings:
    """Read the environment and `.env`; `given` goes before both. Raises SettingsError."""
    try:
        wrong = misspelt(Path(ENV_FILE), [name.upper() for name in Settings.model_fields])
        return _checked(wrong, given)
    except UnicodeDecodeError:
        raise SettingsError(
            [".env: is not text in UTF-8: save it anew from .env.example"]
        ) from None


def _checked(wrong: list[str], given: dict[str, Any]) -> Settings:
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise SettingsError([*wrong, *map(_line, error.errors())]) from None
    if wrong:
        raise SettingsError(wrong)
    return settings


def _line(mistake: Any) -> str:
    name = str(mistake["loc"][0])
    message = str(mistake["msg"]).removeprefix("Value error, ")
    secret = Settings.model_fields[name].annotation is SecretStr
    said = "" if secret else f" (it is {str(mistake['input'])[:80]!r})"
    return f"{name.upper()}: {message[:1].lower()}{message[1:]}{said}"


def _is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in {"127.0.0.1", "localhost", "::1"}
