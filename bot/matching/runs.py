"""The words of a query's text, those together that are one term: Иссык-Куль, 24.kg, AT&T."""

import re

from bot.matching.stopwords import ACRONYMS, CYRILLIC, ENGLISH
from bot.matching.words import INITIAL, Token, fold, tokens

Run = list[Token]
# Words of plain letters with a space between them, perhaps in quotes.
_LETTERS = "[a-zA-Zа-яА-ЯёЁөӨүҮңҢ]++"
_SIMPLE = re.compile(f'("?){_LETTERS}(?: {_LETTERS})*+\\1')


def runs(text: str) -> list[Run]:
    """The words, those that nothing but a dash, a point or an ampersand parts together."""
    found: list[Run] = []
    for token in tokens(text):
        if not fold(token.text):
            continue
        if found and token.joint in ("-", ".", "&", INITIAL):
            found[-1].append(token)
        else:
            found.append([token])
    return found


def as_one(text: str) -> Run:
    """All words of a text as one run."""
    if _SIMPLE.fullmatch(text):
        return _spaced(text)
    run = [token for part in runs(text) for token in part]
    if not run:
        raise ValueError(text)
    return run


def _spaced(text: str) -> Run:
    """The same where nothing but a space can be between words, in a fraction of the time."""
    run: Run = []
    at = int(text.startswith('"'))
    for word in text.strip('"').split(" "):
        run.append(Token(word, at, at + len(word), " " if run else ""))
        at += len(word) + 1
    return run


def is_common(run: Run) -> bool:
    """Whether it stands in every article."""
    return all(_is_stopword(token.text) for token in run) and not is_acronym(run)


def _is_stopword(surface: str) -> bool:
    word = fold(surface)
    if word in ACRONYMS:
        return not surface.isupper()
    return word in ENGLISH or word in CYRILLIC


def is_acronym(run: Run) -> bool:
    """U.S., S.O.S."""
    return len(run) > 1 and all(
        len(t.text) == 1 and t.joint in ("", " ", ".", INITIAL) for t in run
    )
