"""How long a text is to Telegram, and where it may be cut."""

import unicodedata

ELLIPSIS = "…"
_JOINER = "\u200d"
_COMBINING = frozenset({"Mn", "Me", "Mc"})
_REGIONAL = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)


def units(text: str) -> int:
    """The length in UTF-16 units, as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def continues(character: str) -> bool:
    """Whether it belongs to the character before it: an accent, a skin tone, a joiner."""
    if character < "\u0300":
        return False
    code = ord(character)
    if character == _JOINER or code in _SKIN_TONES or code in _TAGS:
        return True
    return unicodedata.category(character) in _COMBINING


def cut(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units; where it is longer, cut at a word if one ends in the last
    third, never inside a character as a reader sees it (accents, flags, joined emoji), and
    ended by an ellipsis.
    """
    if units(text[: limit + 1]) <= limit:
        return text
    end = _boundary(text, _fitting(text, limit - len(ELLIPSIS)))
    kept = text[:end]
    space = kept.rfind(" ", len(kept) * 2 // 3)
    if space > 0 and not text[end : end + 1].isspace():
        kept = kept[:space]
    return kept.rstrip(" ,;:–—-") + ELLIPSIS


def _fitting(text: str, limit: int) -> int:
    """How many code points fit into `limit` units."""
    used = 0
    for index, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return index
    return len(text)


def _boundary(text: str, end: int) -> int:
    """The last place up to `end` that is between two characters as a reader sees them."""
    while 0 < end < len(text) and _holds_together(text, end):
        end -= 1
    return end


def _holds_together(text: str, at: int) -> bool:
    if continues(text[at]) or text[at - 1] == _JOINER:
        return True
    return ord(text[at]) in _REGIONAL and _flags_before(text, at) % 2 == 1


def _flags_before(text: str, at: int) -> int:
    """How many regional indicators, of which two make a flag, end at `at`."""
    start = at
    while start > 0 and ord(text[start - 1]) in _REGIONAL:
        start -= 1
    return at - start
