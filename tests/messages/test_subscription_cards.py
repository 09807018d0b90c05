"""A subscription's card, and what is said of it when it is new."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.replies import followed, subscription_card
from bot.messages.replies.cards import Card
from bot.model import Edition, Item, Language, Outlook
from tests.messages.samples import NOW, chat, items, subscription
from tests.messages.telegram_html import check

EN, RU, KY = Edition
TEXT = st.text(max_size=250)
WORDS = st.lists(TEXT, max_size=12).map(tuple)
OUTLOOKS = st.builds(
    Outlook,
    st.integers(1, 30),
    st.integers(0, 5000),
    st.booleans(),
    st.none()
    | st.builds(
        lambda title, url: Item(EN, 1, url, title, NOW - timedelta(days=3)),
        TEXT,
        TEXT.map("https://24.kg/english/{}/".format),
    ),
)
CARDS = st.builds(
    Card,
    st.builds(
        lambda text, key: subscription(text, key, Edition),
        TEXT,
        st.text("aB-_9", min_size=16, max_size=16),
    ),
    reading=TEXT,
    editions=st.frozensets(st.sampled_from(Edition)),
    outlook=st.none() | OUTLOOKS,
    is_much=st.booleans(),
    wider=WORDS,
    narrower=WORDS.map(lambda words: words[:3]),
    parts=WORDS,
    others=st.lists(
        st.tuples(TEXT, st.frozensets(st.sampled_from(Edition), min_size=1)), max_size=3
    ).map(tuple),
)


def said(card, language=Language.EN):
    return check(followed(chat(language), card, NOW, is_new=True)).text


def outlook(days, met, *, is_rough=False, latest=None):
    return Outlook(days, met, is_rough, latest)


def card(**fields):
    return Card(subscription("visa", "k" * 16), **fields)


@given(CARDS, st.sampled_from(Language), st.booleans())
def test_whatever_is_in_a_card_telegram_takes_it(made, language, is_new):
    check(subscription_card(chat(language), made, NOW))
    check(followed(chat(language), made, NOW, is_new=is_new))


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (outlook(30, 12), "In the last 30 days: 12 articles, about 3 a week."),
        (outlook(30, 1), "In the last 30 days: 1 article, less than one a week."),
        (
            outlook(30, 400, is_rough=True),
            "In the last 30 days: about 400 articles, about 93 a week.",
        ),
        (outlook(3, 5), "In the 3 days that I know: 5 articles, about 12 a week."),
        (outlook(1, 0), "In the 1 day that I know: nothing about it."),
    ],
)
def test_what_to_expect_is_said(of, told):
    assert told in said(card(outlook=of))


@pytest.mark.parametrize(
    ("language", "days", "met", "told"),
    [
        (Language.RU, 30, 21, "За последние 30 дней: 21 новость, примерно 5 в неделю."),
        (Language.RU, 2, 3, "За 2 дня, которые мне известны: 3 новости, примерно 10 в неделю."),
        (Language.RU, 21, 1, "За 21 день, который мне известен: 1 новость, реже раза в неделю."),
        (Language.RU, 30, 0, "За последние 30 дней: ни одной такой новости."),
        (Language.KY, 30, 12, "Акыркы 30 күндө: 12 жаңылык, жумасына болжол менен 3."),
        (Language.KY, 2, 0, "Мага белгилүү 2 күндө: мындай жаңылык болгон жок."),
    ],
)
def test_what_to_expect_is_said_as_native_speakers_would(language, days, met, told):
    assert told in said(card(outlook=outlook(days, met)), language)


def test_the_latest_is_a_link():
    item = items(Language.EN)[0]
    parsed = check(followed(chat(), card(outlook=outlook(30, 1, latest=item)), NOW, is_new=True))
    [link] = [each for each in parsed.entities if each.tag == "a"]
    assert (link.text, link.href) == (item.title, item.url)


def test_much_is_warned_of_with_or_without_a_word_to_add():
    much = outlook(30, 450)
    assert "about 15 a day. Add a word" in said(card(outlook=much, is_much=True))
    narrower = card(outlook=much, is_much=True, narrower=("Osh",))
    assert said(narrower).endswith("With one more word there will be fewer:")


def test_what_says_nothing_new_is_not_said():
    assert said(card()) == "Done! I'll send you news about “visa”."
    assert "I read it as: visa AND China" in said(card(reading="visa AND China"))


def test_words_that_no_button_holds_have_none():
    wide = card(wider=("ж" * 23, "ж" * 22), parts=("x" * 100,), narrower=("я" * 30,))
    rows = subscription_card(chat(), wide, NOW).buttons
    kinds = [button.data[:2] for row in rows for button in row]
    assert kinds == ["d:", "d:", "d:", "d:", "w:", "u:", "mu", "lp"]


def test_editions_are_ticked_where_it_is_followed():
    [first, *_] = subscription_card(chat(), card(editions=frozenset({EN, KY})), NOW).buttons
    assert [button.label for button in first] == ["✓ English", "Кыргызча"]
