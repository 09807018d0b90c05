import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.plain import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Visa</b> rules <i>change</i>", "Visa rules change"),
        ('<a href="https://24.kg/x/1/">Title</a>\nlead', "Title (https://24.kg/x/1/)\nlead"),
        ('<a href="https://24.kg/?a=1&amp;b=2">T</a>', "T (https://24.kg/?a=1&b=2)"),
        ("a &lt; b &amp;amp; c &quot;d&quot;", 'a < b &amp; c "d"'),
        ("<blockquote expandable>Он\nсказал</blockquote>", "Он\nсказал"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("<b>open <i>cut", "open cut"),
        ("</a></b>", ""),
        ("x\ud800y", "xy"),
        ("<b></b>  ", ""),
    ],
)
def test_tags_go_and_text_and_addresses_stay(html, text):
    assert plain_text(html) == text


def test_an_emoji_at_the_limit_is_left_out_whole():
    assert plain_text("a" * 4095 + "😀") == "a" * 4095
    assert plain_text("a" * 4094 + "😀") == "a" * 4094 + "😀"


@given(st.text(st.characters(), max_size=300) | st.text("<>&a;/!-?[]\"'= \ud83d😀", max_size=60))
def test_any_text_comes_through_and_can_be_sent(html):
    text = plain_text(html * 20)
    assert len(text.encode("utf-16-le")) <= 2 * 4096
