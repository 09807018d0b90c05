"""The one-pass reader of suffixes against the rule it is made of, tried one suffix at a time."""

from hypothesis import given
from hypothesis import strategies as st

from bot.matching import kyrgyz, kyrgyz_verbs
from bot.matching.kyrgyz_sounds import VOWELS, may_follow, softens
from bot.matching.kyrgyz_suffixes import SHORTEST, Reader, readings

GRAMMARS = (
    (kyrgyz._SUFFIXES, kyrgyz._LEFT),
    (kyrgyz_verbs._SUFFIXES, kyrgyz_verbs._LEFT),
)
LETTERS = st.sampled_from("абвгдежзийклмнопрстуфхчшыьэюяңөү")
ENDINGS = st.sampled_from(sorted({spelling for table, _ in GRAMMARS for spelling in table}))
WORDS = st.builds(
    lambda stem, endings: stem + "".join(endings),
    st.text(LETTERS, min_size=1, max_size=6),
    st.lists(ENDINGS, max_size=4),
)


def agrees(stem, spelling, suffix):
    vowel = next((letter for letter in reversed(stem) if letter in VOWELS), "")
    harmonious = not vowel or vowel in suffix.after or ("и" in suffix.after and softens(stem))
    return harmonious and may_follow(stem[-1], spelling[0], suffix.first)


def tried(word, table, left, kinds):
    """Stem lengths and kinds of the suffix after the stem."""
    found = set()
    for start in range(SHORTEST, len(word)):
        stem, spelling = word[:start], word[start:]
        for suffix in table.get(spelling, ()):
            if suffix.kind in kinds and agrees(stem, spelling, suffix):
                found |= {(start, suffix.kind)} if "" in left[suffix.kind] else set()
                found |= tried(stem, table, left, left[suffix.kind])
    return found


PLACES = [Reader(table, left).place(tuple(left)) for table, left in GRAMMARS]


@given(WORDS)
def test_one_pass_finds_what_trying_every_suffix_finds(word):
    for (table, left), place in zip(GRAMMARS, PLACES, strict=True):
        found = {(reading.stem, reading.step.kind) for reading in readings(word, place)}
        assert found == tried(word, table, left, tuple(left))


def test_a_long_chain_is_read_to_its_stem():
    assert "мектеп" in kyrgyz.bases("мектептериндегилердин")
    assert "бала" in kyrgyz.bases("балдарыбыздын")
    assert "рубль" in kyrgyz.bases("рублдин")


def test_a_suffix_out_of_harmony_is_none():
    assert kyrgyz.bases("көлдар") == {"көлдар"}
    assert kyrgyz.bases("китепдын") == {"китепдын"}
