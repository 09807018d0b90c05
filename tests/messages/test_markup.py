"""Outside text can't become markup, and no address leads where Telegram refuses to go."""

import pytest

from bot.messages.markup import NOTHING, Markup, address, bold, escape, link
from tests.messages.telegram_html import is_address, parse


@pytest.mark.parametrize("text", ["<b>", "&", "&amp;quot;", "a < b > c", "</a>", "&#60;"])
def test_what_was_escaped_is_read_as_it_was(text):
    assert parse(bold(escape(text)).html).text == text


def test_markup_is_escaped_once():
    assert escape(escape("<")) == Markup("&lt;")


def test_nothing_is_false():
    assert not NOTHING
    assert bold(NOTHING)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://24.kg/english/1/", "https://24.kg/english/1/"),
        ("http://127.0.0.1:8024/news/1_a%20b/?x=1&y=2#z", None),
        ("https://24.kg/новости/", "https://24.kg/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/"),
        ('https://24.kg/"><b>', "https://24.kg/%22%3E%3Cb%3E"),
        ("javascript:alert(1)", ""),
        ("/english/1/", ""),
        ("https://", ""),
        ("http://[broken", ""),
        ("https://24.kg/\ud83d", ""),
        ("https://24.kg/" + "a" * 3000, ""),
        ("", ""),
    ],
)
def test_an_address_is_one_that_telegram_opens_or_none(url, expected):
    found = address(url)
    assert found == (url if expected is None else expected)
    assert not found or is_address(found)


def test_an_address_survives_its_attribute():
    url = "https://24.kg/?a='1'&b=2"
    assert parse(link(url, escape("x")).html).entities[0].href == url


def test_without_an_address_there_is_no_link():
    assert link("", escape("x")) == Markup("x")
