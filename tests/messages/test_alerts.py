"""One article as a message."""

import pytest

from bot.messages.render import Met, Story, alert
from bot.model import Button, Language
from tests.messages.samples import NOW, article, chat, story, subscription
from tests.messages.telegram_html import check, parse, utf16


def alerted(of, *found, asked=("visa",), reader=None):
    message = alert(story(of, *found, asked=asked), reader or chat(), NOW)
    return message, check(message)


def test_an_alert_is_title_lead_and_why():
    of = article("Visa rules change", section="Society")
    _, parsed = alerted(of)
    assert parsed.text.split("\n\n") == [
        "Visa rules change",
        "A first sentence. A second one.",
        "“visa” · Society · 15:43",
    ]


def test_the_title_is_the_link_in_bold():
    message, parsed = alerted(article("Visa rules change"))
    assert [(each.tag, each.text, each.href) for each in parsed.entities] == [
        ("b", "Visa rules change", ""),
        ("a", "Visa rules change", "https://24.kg/english/1/"),
    ]
    assert message.preview == "https://24.kg/english/1/"


def test_matched_words_are_underlined_in_the_title_and_bold_in_the_lead():
    of = article("Visas for all", ["No visa needed. For visas, wait. And so on."])
    _, parsed = alerted(of, "Visas", "visa")
    assert parsed.tagged("u") == ["Visas"]
    assert parsed.tagged("b") == ["Visas for all", "visa"]


@pytest.mark.parametrize("text", ["<b>", "a < b & c > d", "&amp;quot;", "</a></b>", "&#x41;"])
def test_markup_in_an_article_is_shown_as_it_stands(text):
    of = article(text, [f"{text} is here. And more. And more."], section=text)
    message = alert(Story(of, f"{text} is here.", story(of, asked=[text]).met), chat(), NOW)
    assert check(message).text.split("\n\n") == [
        text,
        f"{text} is here.",
        f"“{text}” · {text} · 15:43",
    ]


def test_a_span_across_an_escaped_character_breaks_no_entity():
    of = article("R&D<visa>", ["x"])
    met = Met(subscription(), ((0, 2), (3, 5)), ((-3, 99),))
    message = alert(Story(of, "&<>", (met,)), chat(), NOW)
    assert "<u>R&amp;</u>D<u>&lt;v</u>isa&gt;" in message.html
    assert check(message).tagged("b")[1:] == ["&<>"]


@pytest.mark.parametrize("length", range(295, 305))
def test_an_emoji_at_the_limit_of_a_title_is_whole_or_gone(length):
    title = alerted(article("x" * length + "👨‍👩‍👧" * 3))[1].tagged("a")[0]
    assert utf16(title) <= 300
    assert not set(title) - set("x…👨‍👩‍👧")
    assert title.count("\u200d") == 2 * title.count("👧")


@pytest.mark.parametrize("title", ["", " \u00a0", "\u200b\x00", "\ud83d"])
def test_a_title_that_shows_nothing_is_replaced_by_the_address(title):
    assert alerted(article(title))[1].tagged("a") == ["https://24.kg/english/1/"]


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "https://24.kg/\ud83d"])
def test_an_address_that_telegram_would_refuse_is_left_out(url):
    message, parsed = alerted(article("Visa", url=url))
    assert parsed.text.startswith("Visa")
    assert not parsed.tagged("a")
    assert message.preview == ""
    assert [button.data for row in message.buttons for button in row] == ["rl:1", "u:k0", "m:k0"]


def test_an_article_without_section_and_lead_is_told_all_the_same():
    assert alerted(article("Visa", []))[1].text == "Visa\n\n“visa” · 15:43"


def test_a_title_from_right_to_left_stays_on_its_line():
    text = alerted(article("تأشيرة"))[1].text
    assert text.startswith("\u2068تأشيرة\u2069\n\n")


def test_one_reads_or_unsubscribes():
    message, _ = alerted(article(), asked=["visa", "x" * 200])
    assert message.buttons == (
        (Button("Read", url="https://24.kg/english/1/"), Button("Related", data="rl:1")),
        (Button("Unsubscribe “visa”", data="u:k0"),),
        (Button(f"Unsubscribe “{'x' * 23}…”", data="u:k1"),),
        (Button("Mute these for a day", data="m:k0,k1"),),
    )


def test_what_meets_one_subscription_alone_has_two_rows():
    message, _ = alerted(article())
    assert [[each.label for each in row] for row in message.buttons] == [
        ["Read", "Related"],
        ["Unsubscribe “visa”", "Mute for a day"],
    ]


def test_only_the_first_of_many_subscriptions_are_named():
    message, parsed = alerted(article(), asked=[f"word {n}" for n in range(100)])
    assert "“word 0”, “word 1”, “word 2” and 97 more" in parsed.text
    assert len(message.buttons) == 5


def test_a_query_that_brings_its_quotes_gets_no_others():
    _, parsed = alerted(article(), asked=["«безвизовый режим»", '"visa"', "«a» b «c»"])
    assert parsed.text.endswith('«безвизовый режим», "visa", «a» b «c» · 15:43')


def test_an_alert_is_in_the_language_and_zone_of_its_reader():
    reader = chat(Language.RU, timezone="Europe/Moscow")
    message, parsed = alerted(article(), reader=reader)
    assert parsed.text.endswith("«visa» · 12:43")
    assert message.buttons[0][0].label == "Читать"


def test_a_hundred_marks_are_more_than_telegram_takes():
    lead = "visa " * 60
    spans = tuple((at, at + 4) for at in range(0, 300, 5))
    of = article(lead)
    message = alert(Story(of, lead, (Met(subscription(), spans, spans),)), chat(), NOW)
    assert 40 < len(check(message).entities) <= 100


def test_what_breaks_one_line_is_not_in_it():
    of = article("Visa\nrules\u2028change\x85now", section="So\nciety")
    assert parse(alerted(of)[0].html).text.startswith("Visa rules change now\n\n")
