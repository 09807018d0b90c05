"""What a word is looked up by, against what it is found by: the index against the analysis."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching import analysis, english
from bot.matching.beginnings import entries, looks, plainly
from bot.matching.stems import Stems
from bot.matching.words import sequence
from bot.model import Edition
from tests.matching.test_tables import rows


def listed_words(text):
    return sorted(text.split())


ROWS = [row for name in Edition for file in (name, f"heldout_{name}") for row in rows(file)]
TABLED = sorted({word for row in ROWS for text in row[:2] for word in sequence(text)})
LISTED = random.Random(1).sample(sorted(english.dictionary()), 4000)
ENDINGS = listed_words(
    """
    s es ed d ing ings ies ied men ves ising ization 's
    а ы ов ами ость ый ого ться лась
    лар дын га да нын ды сы ым быз ларыбыздын дагы гы бы ю юга юн дар дарга ыныздан ь
    оо уу үү юу ды ган ып ыптыр баган ылды ышты ю я ят юлду
"""
)
STEMS = listed_words(
    "балдар орун китеп мектеп рубль уй той кой карма бил ал экен ук бал боюн visa fix"
)
MADE_UP = st.builds(
    lambda stem, endings: stem + "".join(endings),
    st.sampled_from(STEMS) | st.text("абгдклмнпрстйьюяеоуыіө", max_size=5),
    st.lists(st.sampled_from(ENDINGS), max_size=3),
)
WORDS = st.sampled_from(TABLED) | st.sampled_from(LISTED) | MADE_UP
CASED = st.builds(
    lambda word, case: case(word), WORDS, st.sampled_from([str, str.upper, str.title])
)
BOTH = st.builds(lambda one, ending: (one, one + ending), CASED, st.sampled_from(ENDINGS))


def found(asked, surface, edition):
    stems = Stems()
    for stem, tails in entries(asked):
        stems.add(1, stem, tails)
    is_kyrgyz = edition is Edition.KY
    begun, whole = looks(surface, is_kyrgyz=is_kyrgyz)
    is_found = bool(stems.whole(whole) or any(map(stems.of, begun)))
    if plain := plainly(surface, is_kyrgyz=is_kyrgyz):
        assert bool(stems.of(plain)) == is_found, (surface, edition)
    return is_found


def check(asked, said):
    for edition in Edition:
        for surface in sequence(said):
            for word in sequence(asked):
                keys = analysis.asked(word)
                is_met = not keys.isdisjoint(analysis.keys(surface, edition))
                assert found(keys, surface, edition) == is_met, (word, surface, edition)


@settings(deadline=None, max_examples=1000)
@given(st.tuples(CASED, CASED) | BOTH | BOTH.map(lambda both: both[::-1]))
def test_a_word_is_looked_up_by_what_it_is_found_by(both):
    check(*both)


@pytest.mark.parametrize("row", ROWS[::3])
def test_the_tables_are_looked_up_alike(row):
    check(row[0], row[1])


def test_what_is_entered_is_taken_out():
    stems = Stems()
    for number, word in enumerate(TABLED[:300]):
        for stem, tails in entries(analysis.asked(word)):
            stems.add(number, stem, tails)
    for number, word in enumerate(TABLED[:300]):
        for stem, _ in entries(analysis.asked(word)):
            stems.drop(number, stem)
    assert not len(stems)
