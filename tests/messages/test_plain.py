"""What is sent where the formatted message was refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.markup import escape
from bot.messages.plain import plain
from bot.messages.render import alert
from bot.model import Message
from tests.messages.samples import NOW, article, chat, story
from tests.messages.telegram_html import utf16


def test_tags_go_and_addresses_stay():
    of = article("Visa & more", ["A <first>. A second. A third."])
    assert plain(alert(story(of, "Visa"), chat(), NOW)) == (
        "Visa & more: https://24.kg/english/1/\n\nA <first>. A second.\n\n“visa” · 15:43"
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a &amp;lt; b", "a &lt; b"),
        ("<b>open", "open"),
        ("a < b", "a < b"),
        ("half \ud83d pair", "half  pair"),
        ("<a>x</a>", "x"),
    ],
)
def test_even_broken_markup_leaves_its_text(html, text):
    assert plain(Message(html)) == text


def test_addresses_do_not_make_it_too_long():
    html = f'<a href="https://24.kg/1/">{"x😀" * 1360}</a>'
    assert utf16(plain(Message(html))) <= 4096


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_text_comes_through_as_it_was(text):
    html = escape(text).html
    assert plain(Message(html)) == text.strip()
