from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.telegram.errors import ApiError
from simulator.telegram.formatting import caption_of, parse, text_of
from simulator.telegram.text import utf16_length


def kinds(text, **params):
    return [each["type"] for each in text_of({"text": text} | params).get("entities", [])]


def test_white_space_around_a_text_is_cut_off_and_entities_move_with_it():
    sent = text_of({"text": " \n <b>a</b>  <i> </i>\n", "parse_mode": "HTML"})
    assert sent["text"] == "a"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


def test_control_characters_are_cleaned_away_and_entities_move_with_it():
    sent = text_of({"text": "a\r\tb\u2028<b>😀\rc</b>", "parse_mode": "HTML"})
    assert sent["text"] == "a b😀c"
    assert sent["entities"] == [{"type": "bold", "offset": 3, "length": 3}]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_any_text_is_either_sent_or_refused_as_empty(text):
    try:
        sent = text_of({"text": text})
    except ApiError as error:
        sent = {"text": "", "refused": error.description}
    assert sent.get("refused") in {None, "Bad Request: message text is empty"}
    assert all(
        0 <= each["offset"] < each["offset"] + each["length"] <= utf16_length(sent["text"])
        for each in sent.get("entities", [])
    )


@pytest.mark.parametrize(("character", "most"), [("a", 4096), ("ж", 4096), ("😀", 2048)])
def test_length_counts_in_utf16_units(character, most):
    assert text_of({"text": character * most})["text"] == character * most
    with pytest.raises(ApiError, match="message is too long"):
        text_of({"text": character * (most + 1)})


def test_length_counts_after_entities_are_parsed():
    text = "<b>&lt;</b>" * 4096
    assert text_of({"text": text, "parse_mode": "HTML"})["text"] == "<" * 4096


def test_a_caption_is_shorter_than_a_text_and_may_be_missing():
    assert caption_of({}) == {}
    assert caption_of({"caption": "a" * 1024})["caption"] == "a" * 1024
    with pytest.raises(ApiError, match="message caption is too long"):
        caption_of({"caption": "a" * 1025})


@pytest.mark.parametrize("text", ["", "  \n", "\r", "<b> </b>"])
def test_an_empty_text_is_refused(text):
    with pytest.raises(ApiError, match="message text is empty"):
        text_of({"text": text, "parse_mode": "HTML"})


def test_only_the_first_hundred_entities_are_kept():
    sent = text_of({"text": "<b>a</b> " * 150, "parse_mode": "HTML"})
    assert len(sent["entities"]) == 100
    assert sent["entities"][-1]["offset"] == 198


def test_an_unknown_parse_mode_is_refused():
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        text_of({"text": "a", "parse_mode": "BBCode"})


def test_half_a_character_is_refused():
    with pytest.raises(ApiError, match="strings must be encoded in UTF-8"):
        text_of({"text": "\ud83d"})


def test_explicit_entities_are_kept_and_those_outside_of_the_text_refused():
    bold = {"type": "bold", "offset": 0, "length": 2}
    assert text_of({"text": "😀", "entities": [bold]})["entities"] == [bold]
    with pytest.raises(ApiError, match="out of the message text"):
        text_of({"text": "a", "entities": [bold]})


def test_formatting_inside_of_code_is_dropped():
    assert kinds("<code>a <b>b</b></code>", parse_mode="HTML") == ["code"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start", ["bot_command"]),
        ("/start@some_bot now", ["bot_command"]),
        ("a/b and 5/6", []),
        ("@somebody", ["mention"]),
        ("me@example.org", ["email"]),
        ("https://example.org/a?b=1.", ["url"]),
        ("see 24.kg", ["url"]),
        ("#news and #123", ["hashtag"]),
        ("$USD", ["cashtag"]),
        ("+996312123456", ["phone_number"]),
        ("plain", []),
    ],
)
def test_telegram_finds_by_itself(text, found):
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    ["https://example.org/a?b=1.", "(https://example.org/a?b=1)", "https://example.org/a?b=1,"],
)
def test_punctuation_after_an_address_is_not_part_of_it(text):
    [found] = text_of({"text": text})["entities"]
    assert found["length"] == len("https://example.org/a?b=1")


def test_nothing_is_found_inside_of_a_link():
    assert kinds('<a href="https://a.kg">@somebody</a>', parse_mode="HTML") == ["text_link"]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("*a _b_*", "a b", ["italic", "bold"]),
        ("__a__ ~b~ ||c||", "a b c", ["underline", "strikethrough", "spoiler"]),
        (r"1\.5 \*", "1.5 *", []),
        (r"`a\`b*`", "a`b*", ["code"]),
        ("```py\na```", "a", ["pre"]),
        (r"[a](https://a.kg/\))", "a", ["text_link"]),
        (">a\n>b\nc", "a\nb\nc", ["blockquote"]),
    ],
)
def test_markdown_v2_becomes_entities(source, text, found):
    formatted = parse(source, "MarkdownV2")
    assert formatted.text == text
    assert [each["type"] for each in formatted.entities] == found


@pytest.mark.parametrize("source", ["1.5", "*a", "_a*b_", "a]", "[a"])
def test_broken_markdown_v2_is_refused(source):
    with pytest.raises(ApiError, match="can't parse entities"):
        parse(source, "MarkdownV2")


@given(st.text("*_~|`[]()>\\.!a\n", max_size=20), st.sampled_from(["MarkdownV2", "Markdown"]))
def test_any_markdown_is_either_parsed_or_refused(source, mode):
    with suppress(ApiError):
        parse(source, mode)


def test_the_older_markdown_leaves_other_characters_alone():
    formatted = parse("*a* _b_ [c](https://a.kg) 1.5!", "Markdown")
    assert formatted.text == "a b c 1.5!"
    assert [each["type"] for each in formatted.entities] == ["bold", "italic", "text_link"]
