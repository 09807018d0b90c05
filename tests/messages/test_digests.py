"""What a digest says, and how much of it there is room for."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.flows.rate_table import table
from bot.messages.lengths import units
from bot.messages.plain import text_of
from bot.messages.replies import Morning, digest
from bot.model import Article, Edition, Item, Language, Rate
from tests.messages.samples import NOW, chat, subscription
from tests.messages.telegram_html import check

READER = chat(Language.EN)
VISA, CHINA = subscription("visa", "v"), subscription("China", "c")
RATES = table([Rate("USD", Decimal("87.45"), "2026-03-12", "bank")], "2026-03-12")


def article(number, title="", minutes=0):
    published = NOW - timedelta(minutes=minutes or number)
    url = f"https://24.kg/english/{number}/"
    return Article(Edition.EN, number, url, title or f"Story {number}", (), published)


def text(*given_, **more):
    messages, told = digest(READER, Morning(NOW, *given_, **more))
    return [text_of(message.html) for message in messages], told


def test_stories_stand_under_their_words_the_latest_word_and_story_first():
    stories = [(VISA, article(1, minutes=60)), (CHINA, article(2, minutes=30)), (VISA, article(3))]
    [said], told = text(stories=stories)
    places = [said.index(part) for part in ("“visa”", "Story 3", "Story 1", "“China”", "Story 2")]
    assert places == sorted(places)
    assert told == {1, 2, 3}


def test_what_has_no_room_is_counted_and_not_said_to_be_told():
    stories = [(VISA, article(number, "A long title " * 10)) for number in range(1, 201)]
    [said], told = text(stories=stories, popular=[], count=5)
    assert f"and {200 - len(told)} more" in said
    assert told == set(range(1, len(told) + 1))
    assert 10 < len(told) < 50


def test_under_a_picture_stands_what_there_is_room_for_and_no_story_twice():
    few = [(VISA, article(number)) for number in range(1, 5)]
    many = [(VISA, article(number, "A long title " * 5)) for number in range(1, 60)]
    [whole], _ = text(RATES, few, picture=b"png")
    assert "Story 4" in whole
    [caption, rest], told = text(RATES, many, picture=b"png")
    assert "USD" in caption
    assert "A long title" not in caption
    assert rest.count("•") == len(told)


def test_who_follows_nothing_is_told_how_to_begin():
    [said], _ = text(stories=[], asked=False)
    assert "/subscribe" in said


def test_a_day_without_any_part_has_its_name_at_least():
    [said], _ = text()
    assert said == "Thursday, March 12"


def test_no_message_has_more_links_than_telegram_shows():
    stories = [(VISA, article(number, "A visa")) for number in range(1, 201)]
    messages, told = digest(READER, Morning(NOW, stories=stories))
    assert len(check(messages[0]).entities) <= 100
    assert len(told) == 60


titles = st.text(max_size=400)
items = st.builds(
    lambda number, title: Item(Edition.EN, number, f"https://24.kg/e/{number}/", title, NOW),
    st.integers(1, 10**6),
    titles,
)


@given(
    st.lists(st.tuples(st.sampled_from([VISA, CHINA]), titles), max_size=80),
    st.lists(items, max_size=5),
    st.sampled_from(Language),
    st.booleans(),
)
def test_whatever_the_titles_hold_telegrams_limits_are_kept(
    stories, popular, language, has_picture
):
    found = [(asked, article(n, title)) for n, (asked, title) in enumerate(stories, 1)]
    given_ = Morning(NOW, RATES, found, popular, 7, b"png" * has_picture)
    messages, told = digest(replace(READER, language=language), given_)
    assert len(messages) <= 1 + has_picture
    for message in messages:
        check(message)
        assert units(text_of(message.html)) <= (1024 if message.picture else 4096)
    assert told <= {each.id for _, each in found}
