"""Articles as they are drafted, before their words have numbers."""

from datetime import UTC, datetime
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.words import LONGEST, tokens
from bot.model import Article, Edition
from bot.search.drafts import BREAK, drafted
from bot.search.naming import clean

SIGNS = st.sampled_from([*"aБ1 С.-&,'\"«»+#_", "20 000", "Ак. ", "С. ", "слово", "ж" * 70])
texts = st.lists(SIGNS | st.characters(), max_size=30).map("".join)


def parted(words):
    """Runs of words that hang together."""
    runs = groupby(words, lambda word: word == BREAK)
    return [list(run) for is_break, run in runs if not is_break]


@given(texts)
def test_words_hang_together_as_matching_sees_them(text):
    article = Article(Edition.RU, 1, "https://24.kg/vlast/1/", text, (), datetime.now(UTC))
    [draft] = drafted([article])
    expected = []
    for token in tokens(clean(text)):
        expected += [] if token.joint else [BREAK]
        expected.append(token.text if len(token.text) <= LONGEST else BREAK)
    assert parted(draft.words) == parted(expected)
