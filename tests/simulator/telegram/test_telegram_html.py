from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.telegram.errors import ApiError
from simulator.telegram.html import parse_html

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
MARKUP = st.lists(
    st.sampled_from(
        [
            *("<", ">", "&", ";", "/", "=", '"', "'", " ", "#", "x", "41", "a", "b", "😀", "\n"),
            *("<b>", "</b>", "<i>", "</i>", "</>", "<pre>", "</pre>", "<code class=", "</code>"),
            *('<a href="', "<a href='https://a.kg'>", "</a>", "<blockquote expandable>"),
            *("<tg-emoji emoji-id='5'>", "<tg-time unix=1>", "<span class='tg-spoiler'>"),
            *("</blockquote>", "</tg-emoji>", "</tg-time>", "</span>", "&#55357;", "&lt", "\0"),
        ]
    ),
    max_size=30,
).map("".join)


def spans(source: str) -> list[tuple[str, str]]:
    """Each entity's type and text."""
    formatted = parse_html(source)
    units = formatted.text.encode("utf-16-le")
    return [
        (
            each["type"],
            units[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le"),
        )
        for each in formatted.entities
    ]


@given(ANY_TEXT)
def test_whatever_was_escaped_comes_back_as_it_was(text):
    formatted = parse_html(escape(text))
    assert formatted.text == text
    assert formatted.entities == []


@given(ANY_TEXT, ANY_TEXT)
def test_a_tag_around_escaped_text_marks_just_that_text(before, inside):
    found = spans(f"{escape(before)}<b>{escape(inside)}</b>")
    assert found == ([("bold", inside)] if inside else [])


@given(MARKUP)
def test_broken_markup_is_refused_by_a_400_and_nothing_else(source):
    entities, length, refusal = attempted(source)
    assert refusal is None or refusal.startswith("400 Bad Request: can't parse entities: ")
    assert all(each["offset"] + each["length"] <= length for each in entities)


def attempted(source):
    try:
        formatted = parse_html(source)
    except ApiError as error:
        return [], 0, f"{error.status} {error.description}"
    return formatted.entities, len(formatted.text.encode("utf-16-le")) // 2, None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>a</b><strong>b</strong>", [("bold", "a"), ("bold", "b")]),
        ("<i>a</i><em>b</em>", [("italic", "a"), ("italic", "b")]),
        ("<u>a</u><ins>b</ins>", [("underline", "a"), ("underline", "b")]),
        ("<s>a</s><del>b</del>", [("strikethrough", "a"), ("strikethrough", "b")]),
        ('<span class="tg-spoiler">a</span>', [("spoiler", "a")]),
        ("<B>a</B>", [("bold", "a")]),
        ("<b>a <i>b</i> c</b>", [("italic", "b"), ("bold", "a b c")]),
        ("😀<b>😀</b>", [("bold", "😀")]),
        ("<blockquote>a</blockquote>", [("blockquote", "a")]),
        ("<blockquote expandable>a</blockquote>", [("expandable_blockquote", "a")]),
        ("<b></b>", []),
        ("<b>a</>", [("bold", "a")]),
        ("<a href='no address'>a</a>", []),
    ],
)
def test_tags_become_entities(source, expected):
    assert spans(source) == expected


def test_a_link_is_kept_in_canonical_form():
    [link] = parse_html('<a href="HTTPS://Example.org?a=1&amp;b=2">here</a>').entities
    assert link == {
        "type": "text_link",
        "url": "https://example.org/?a=1&b=2",
        "offset": 0,
        "length": 4,
    }


def test_a_link_to_a_host_without_a_dot_is_dropped_and_its_text_kept():
    formatted = parse_html('<a href="http://localhost:8000/x">here</a>')
    assert formatted.text == "here"
    assert formatted.entities == []


def test_a_link_to_a_user_mentions_them():
    [mention] = parse_html('<a href="tg://user?id=7">Aida</a>').entities
    assert (mention["type"], mention["user"]["id"]) == ("text_mention", 7)


@pytest.mark.parametrize(
    "source",
    [
        '<pre><code class="language-python">x</code></pre>',
        '<code class="language-python"><pre>x</pre></code>',
    ],
)
def test_code_in_pre_has_a_language(source):
    [code] = parse_html(source).entities
    assert (code["type"], code["language"]) == ("pre", "python")


def test_a_moment_is_told_with_its_format():
    [moment] = parse_html('<tg-time unix="1647531900" format="wDT">soon</tg-time>').entities
    assert (moment["unix_time"], moment["date_time_format"]) == (1647531900, "wDT")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#65;&#x42;&#x1F600;", "AB😀"),
        ("&amp;quot;", "&quot;"),
        ("&lt", "<"),
        ("&nbsp;&copy;&;&#;&#0;", "&nbsp;&copy;&;&#;&#0;"),
        ("&#99999999999;", "&#99999999999;"),
    ],
)
def test_references_stand_for_characters_and_unknown_ones_for_themselves(source, text):
    assert parse_html(source).text == text


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("ж<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("😀<b", "Unclosed start tag at byte offset 4"),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        (
            "<b>a</i>",
            'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b x>a</b>", 'Expected equal sign in declaration of an attribute of the tag "b"'),
        ("<b =x>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#55357;", "Text contains invalid Unicode characters"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_where_in_bytes(source, reason):
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description.startswith(f"Bad Request: can't parse entities: {reason}")
