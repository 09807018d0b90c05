"""The sentence of an article that holds what was asked for, where title and lead don't."""

from bot.messages.lengths import ELLIPSIS, cut, units
from bot.messages.outside import Span

LONGEST = 200
"""UTF-16 units of a passage."""
_BEFORE = 70
"""Characters that stand before the words where a sentence has to be shortened."""


def around(sentence: str, at: Span) -> str:
    """As much of a sentence, on one line, as there is room for, the words at `at` within it. It
    begins with an ellipsis: it is not where the article begins.
    """
    opening = f"{ELLIPSIS} "
    if units(opening + sentence) <= LONGEST:
        return opening + sentence
    begin = max(0, at[0] - _BEFORE)
    if begin:
        space = sentence.find(" ", begin, at[0])
        begin = space + 1 if space >= 0 else at[0]
    return cut(opening + sentence[begin:], LONGEST)
