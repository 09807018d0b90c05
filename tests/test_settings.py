"""What an operator writes, right and wrong."""

import re
from pathlib import Path

import pytest

from bot.mistakes import SettingsError
from bot.model import Edition, Language
from bot.settings import Settings, load


@pytest.fixture(autouse=True)
def an_empty_environment(monkeypatch, tmp_path):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def mistakes(**values) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(**values)
    return caught.value.lines


def test_nothing_set_gives_the_defaults_of_the_contract():
    settings = load()
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.editions == (Edition.EN, Edition.RU, Edition.KY)
    assert (settings.poll_seconds, settings.read_pause_seconds) == (60, 2.5)
    assert (settings.timezone, settings.language) == ("Asia/Bishkek", Language.EN)


def test_all_mistakes_are_told_at_once_a_line_each(monkeypatch):
    wrong = {
        "EDITIONS": "en,de",
        "POLL_SECONDS": "-1",
        "TIMEZONE": "Mars/Olympus",
        "MESSAGES_PER_SECOND": "50",
        "PORT": "70000",
        "SITE_URL": "24.kg",
        "ADMIN_CHATS": "me",
        "LOG_FORMAT": "xml",
        "PAID_BROADCAST": "perhaps",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    lines = mistakes()
    assert {line.partition(":")[0] for line in lines} == set(wrong) - {"MESSAGES_PER_SECOND"}
    assert all("\n" not in line for line in lines)


def test_a_name_in_the_file_that_is_nearly_a_setting_is_a_mistake_and_others_are_not_ours(
    monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    wrong = "POLL_SECOND=3\nredisurl=redis://h\nEDITIONS=en\nFOO=1\nPATH_TO_PYTHON=x\n"
    (tmp_path / ".env").write_text(wrong, encoding="utf-8")
    assert mistakes() == [
        "POLL_SECOND: is no setting; perhaps POLL_SECONDS",
        "REDISURL: is no setting; perhaps REDIS_URL",
    ]
    (tmp_path / ".env").write_text("EDITIONS=en\nFOO=1\n", encoding="utf-8")
    assert load().editions == (Edition.EN,)


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("poll_seconds", "0", "greater than 0"),
        ("poll_seconds", "soon", "number"),
        ("poll_seconds", "nan", "finite"),
        ("read_pause_seconds", "-0.5", "greater than or equal to 0"),
        ("messages_per_second", "31", "PAID_BROADCAST=true"),
        ("redis_url", "http://127.0.0.1", "redis://"),
        ("telegram_bot_token", "hello", "@BotFather"),
        ("webhook_url", "http://example.org/hook", "https://"),
        ("webhook_secret", "with space", "A-Z"),
        ("editions", ",", "at least one"),
        ("timezone", "../etc/passwd", "Asia/Bishkek"),
    ],
)
def test_an_impossible_value_is_named_with_its_mend(name, value, hint):
    (line,) = mistakes(**{name: value})
    assert line.startswith(name.upper() + ": ")
    assert hint in line


@pytest.mark.parametrize("name", ["telegram_bot_token", "redis_url", "webhook_secret"])
def test_a_mistake_never_shows_a_secret(name):
    (line,) = mistakes(**{name: "not valid, but secret!"})
    assert "secret!" not in line


def test_an_empty_value_is_the_default_but_no_rates_address_means_none(monkeypatch):
    monkeypatch.setenv("POLL_SECONDS", "")
    monkeypatch.setenv("RATES_URL", "")
    settings = load()
    assert settings.poll_seconds == 60
    assert not settings.rates_url


def test_seconds_take_fractions_and_lists_take_spaces(monkeypatch):
    monkeypatch.setenv("POLL_SECONDS", "0.25")
    monkeypatch.setenv("READ_PAUSE_SECONDS", "0")
    monkeypatch.setenv("EDITIONS", " KY, en ,ky")
    monkeypatch.setenv("ADMIN_CHATS", "1, -100200300")
    settings = load()
    assert (settings.poll_seconds, settings.read_pause_seconds) == (0.25, 0)
    assert settings.editions == (Edition.KY, Edition.EN)
    assert settings.admin_chats == (1, -100200300)


def test_a_dotenv_file_is_read_and_the_environment_goes_before_it(monkeypatch):
    Path(".env").write_text("LANGUAGE=ky\nPORT=9000\nUNKNOWN=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "9001")
    settings = load()
    assert (settings.language, settings.port) == (Language.KY, 9001)


def test_a_dotenv_file_that_is_no_text_is_a_mistake_told_in_a_line():
    Path(".env").write_bytes(b"LANGUAGE=\xff\xfe\x00")
    (line,) = mistakes()
    assert ".env" in line


def test_neither_text_nor_repr_of_the_settings_shows_a_secret():
    settings = load(telegram_bot_token="42:very-secret", redis_url="redis://u:pass-word@127.0.0.1")
    assert "very-secret" not in f"{settings!r} {settings}"
    assert "pass-word" not in f"{settings!r} {settings}"
    assert {"42:very-secret", "pass-word"} <= set(settings.secrets)


def test_every_process_derives_the_same_webhook_secret_from_its_token():
    first, second = (load(telegram_bot_token="42:simulated") for _ in range(2))
    assert first.secret_of_webhook == second.secret_of_webhook
    assert re.fullmatch(r"[\w-]{1,256}", first.secret_of_webhook)
    assert load(webhook_secret="mine").secret_of_webhook == "mine"
