"""Text into words, with their places; and words into the one spelling that all cases share."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from bot.matching.patterns import APOSTROPHES, COMPOUND, DASHES, HINT, INVISIBLE, POINTS, WORD

LONGEST = 64
"""Longer words than this have no inflection and are not cached: no language has such words."""

_DROPPED = re.compile(f"[{INVISIBLE}\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_DASHES = re.compile(f"[{re.escape(DASHES)}]")
_APOSTROPHES = re.compile(f"[{APOSTROPHES}]")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+")
_FRACTION = re.compile(r"(\d+),(\d{1,2})")
_CYRILLIC = re.compile("[а-яА-ЯёЁөӨүҮңҢ]+")
_JOINTS = {".": ".", "&": "&"}
INITIAL = ". "
"""How a name hangs on its initial: `С. Жапаров`."""
_QUOTES = re.compile(r"""["'«»“”„‟‹›’‘\s]*""")

# Latin letters that Unicode does not take apart; and the fita that is typed for ө.
_LETTERS = str.maketrans(
    {
        "ѳ": "ө",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ŋ": "ng",
    }
)
# Letters of two scripts that look alike, for words typed with the keyboard in the wrong state.
_CYRILLIC_LOOKS, _LATIN_LOOKS = "асеорхуіјАСЕОРХУІЈВКМНТ", "aceopxyijACEOPXYIJBKMHT"
_TO_LATIN = str.maketrans(_CYRILLIC_LOOKS, _LATIN_LOOKS)
_TO_CYRILLIC = str.maketrans(_LATIN_LOOKS, _CYRILLIC_LOOKS)
_LATIN_LETTER = re.compile("[A-Za-z]")
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
# A foreign word with an ending of ours, as it should be: Googleдун, iPhone'а.
_SUFFIXED = re.compile("[^\u0400-\u04ff]*[A-Za-z]{2}(?:'[\u0400-\u04ff]+|[\u0400-\u04ff]{2,})")


class Token(NamedTuple):
    """A word as it stands in a text, at code points `start` to `end`."""

    text: str
    start: int
    end: int
    joint: str = ""
    """How it hangs on the word before: `-`, `.`, `&`, a space, `. ` after an initial, or not."""


def surfaces(text: str) -> set[str]:
    """The distinct words of a text as they stand there, and its compounds as one word each."""
    found = set(sequence(text))
    found.update(whole(text))
    return found


def sequence(text: str) -> list[str]:
    """The words of a text as they stand there, in order."""
    text = text.replace("_", " ")
    found: list[str] = []
    before = ""
    for part in text.split():
        # Most are letters alone, which `WORD` takes whole.
        if part.isalpha():
            found.append(part)
        elif part[0].isdigit() and before[-1:].isdigit():
            # Thousands are the only words with a space: 20 000.
            return WORD.findall(text)
        else:
            found += WORD.findall(part)
        before = part
    return found


def whole(text: str) -> list[str]:
    """The compounds of a text as they stand there."""
    text = text.replace("_", " ")
    return COMPOUND.findall(text) if _is_hinted(text) or POINTS.search(text) else []


def _is_hinted(text: str) -> bool:
    return any(dash in text for dash in DASHES) and HINT.search(text) is not None


def borders(text: str, found: Iterable[str]) -> list[tuple[int, int]]:
    """Where each word of its `sequence` stands. What a word begins with is part of a word wherever
    it stands, so that between two words there is nothing like the second.
    """
    text = text.replace("_", " ")
    places: list[tuple[int, int]] = []
    end = 0
    for word in found:
        start = text.index(word, end)
        end = start + len(word)
        places.append((start, end))
    return places


def tokens(text: str) -> list[Token]:
    """The words of a text, in order. The parts of a hyphen compound are words of their own."""
    text = text.replace("_", " ")
    found: list[Token] = []
    end = 0
    for match in WORD.finditer(text):
        hung = joint(text[end : match.start()]) if found else ""
        is_over = hung == INITIAL and len(found[-1].text) > 1
        found.append(Token(match[0], match.start(), match.end(), "" if is_over else hung))
        end = match.end()
    return found


def compounds(text: str) -> list[Token]:
    """What in a text may also be written as one word, like `e-mail` and `U.S.`, whole."""
    text = text.replace("_", " ")
    return [Token(match[0], *match.span()) for match in COMPOUND.finditer(text)]


def joint(gap: str) -> str:
    """How two words hang together that have this between them: see `Token.joint`."""
    if _QUOTES.fullmatch(gap):
        return " "
    if len(gap) == 1 and _DASHES.match(gap):
        return "-"
    if len(gap) == len(INITIAL) and gap[0] == "." and gap[1].isspace():
        return INITIAL
    return _JOINTS.get(gap.strip() if "&" in gap else gap, "")


def is_plain(word: str) -> bool:
    """Whether it is nothing but Cyrillic letters of ours."""
    return _CYRILLIC.fullmatch(word) is not None


def fold_plain(word: str) -> str:
    """`fold` for what is plain."""
    word = word.lower()
    return word.replace("ё", "е") if "ё" in word else word


def fold(word: str) -> str:
    """A word as it is compared: full case folding, diacritics of Latin letters gone, ё as е,
    one dash, one apostrophe, nothing invisible. Idempotent.
    """
    if word.isascii():
        return _plain(word.lower())
    if is_plain(word):
        return fold_plain(word)
    return _fold(word) if len(word) <= LONGEST else _fold.__wrapped__(word)


@lru_cache(maxsize=32768)
def _fold(word: str) -> str:
    word = unicodedata.normalize("NFKC", _DROPPED.sub("", word))
    word = _APOSTROPHES.sub("'", _DASHES.sub("-", word))
    word = unicodedata.normalize("NFC", _one_script(word).casefold())
    return _plain("".join(map(_bare, word)).translate(_LETTERS))


def _plain(word: str) -> str:
    if ("," in word or " " in word) and word[0].isdigit():
        if _THOUSANDS.fullmatch(word):
            word = word.replace(",", "").replace(" ", "")
        word = _FRACTION.sub(r"\1.\2", word) if _FRACTION.fullmatch(word) else word
    return word.strip("'")


def _bare(char: str) -> str:
    """The letter without its diacritics, where they do not make it another letter."""
    if char < "\u00c0":
        return char
    if unicodedata.category(char)[0] == "M" and unicodedata.combining(char):
        return ""
    if char in "ёѐѝ":
        return "и" if char == "ѝ" else "е"
    base = unicodedata.normalize("NFD", char)[0]
    return base if base < "\u0250" else char


def _one_script(word: str) -> str:
    """A word typed in two scripts by mistake (`Аpple` with a Cyrillic А), in the one meant."""
    latin, cyrillic = _LATIN_LETTER.findall(word), _CYRILLIC_LETTER.findall(word)
    if not latin or not cyrillic or _SUFFIXED.fullmatch(word):
        return word
    as_latin, as_cyrillic = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    choices = [as_latin] * (not _CYRILLIC_LETTER.search(as_latin))
    choices += [as_cyrillic] * (not _LATIN_LETTER.search(as_cyrillic))
    if len(latin) < len(cyrillic):
        choices.reverse()
    return choices[0] if choices else word
