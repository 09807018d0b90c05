"""A sentence from further on in an article."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.passage import LONGEST, around
from bot.messages.render import Met, Story, alert
from tests.messages.samples import NOW, article, chat, subscription
from tests.messages.telegram_html import check, utf16

LONG = "word " * 60
WORDS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=30)
)


def place(text, word):
    return text.index(word), text.index(word) + len(word)


def test_a_short_sentence_is_whole():
    assert around("No visa is needed.", (3, 7)) == "… No visa is needed."


def test_of_a_long_one_the_words_are_shown_with_what_stands_around_them():
    sentence = f"{LONG}the visa of today {LONG}".strip()
    shown = around(sentence, place(sentence, "visa"))
    assert shown.startswith("… word word")
    assert "the visa of today word" in shown
    assert shown.endswith("word…")
    assert 190 < utf16(shown) <= LONGEST


def test_of_a_long_one_that_ends_with_them_the_end_is_shown():
    sentence = f"{LONG}the visa."
    assert around(sentence, place(sentence, "visa")).endswith("word the visa.")


def test_where_nothing_parts_them_from_what_stands_before_it_begins_with_them():
    sentence = f"{'x' * 300}-visa for all"
    assert around(sentence, place(sentence, "visa")) == "… visa for all"


@given(WORDS, st.text(st.characters(categories=["L"]), min_size=1, max_size=60), WORDS)
def test_the_words_are_always_there_and_the_length_is_kept(before, word, after):
    sentence = " ".join([*before, word, *after])
    start = len(" ".join([*before, ""]))
    shown = around(sentence, (start, start + len(word)))
    assert word in shown
    assert utf16(shown) <= LONGEST


@given(st.text(max_size=400), st.tuples(st.integers(-5, 400), st.integers(-5, 400)))
def test_whatever_a_passage_holds_telegram_takes_it(text, span):
    of = article("Visas", body=["x"])
    story = Story(of, "", (Met(subscription(), (), (), (span,)),), text)
    check(alert(story, chat(), NOW))


def test_a_passage_stands_after_the_lead_with_its_words_in_bold():
    met = Met(subscription(), (), (), ((5, 9),))
    story = Story(article("News"), "A lead.", (met,), "… no visa needed")
    parsed = check(alert(story, chat(), NOW))
    assert parsed.text.split("\n\n")[1:3] == ["A lead.", "… no visa needed"]
    assert "visa" in parsed.tagged("b")
