"""English inflection the other way round: the words that have a base form."""

from functools import cache
from string import ascii_lowercase

from bot.matching import english
from bot.matching.english_words import IRREGULAR
from bot.matching.spelling import one_spelling, spellings
from bot.matching.words import LONGEST

# How a form may end, and its base form then.
_ENDINGS = (
    *english.SINGULARS.items(), ("s", ""), ("es", ""), ("ed", ""), ("ing", ""), ("ing", "e"),
    ("ed", "e"), ("ied", "y"), ("iing", "y"), ("men", "man"),
)  # fmt: skip
# The same where no rule tells: the dictionary alone does.
_LISTED = (("d", ""), ("ked", ""), ("king", ""), ("eing", ""), ("eed", ""))
_ENDED = {
    *_ENDINGS,
    *_LISTED,
    *((2 * last + end, last) for last in ascii_lowercase for end in ("ed", "ing")),
}


def forms(base: str) -> frozenset[str]:
    """All words, in the one spelling, of which `base` is one of the `english.bases`."""
    candidates = set(_irregular().get(base, ())).union(*map(_regular, spellings(base)))
    return frozenset({base, *(word for word in candidates if base in _bases_of(word))})


def _bases_of(word: str) -> set[str]:
    is_spelled = len(word) <= LONGEST and one_spelling(word) == word
    return set(map(one_spelling, english.inflected(word))) if is_spelled else set()


def _regular(base: str) -> set[str]:
    """What may be a form of it by its spelling."""
    found = {base + base[-1:] + ending for ending in ("ed", "ing")}
    found |= {base.removesuffix(end) + e for e, end in _ENDINGS if base.endswith(end)}
    return found.union(filter(english.is_known, [base + ending for ending, _ in _LISTED]))


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    """Base form → its other forms."""
    found: dict[str, tuple[str, ...]] = {}
    listed = (
        form.lower()
        for form, base in english.dictionary().items()
        if not _is_regular(form.lower(), one_spelling(base.lower()))
    )
    for form in {*IRREGULAR, *listed}:
        for base in _bases_of(form):
            if form not in _regular(base):
                found[base] = (*found.get(base, ()), form)
    return found


def _is_regular(form: str, base: str) -> bool:
    size = len(base)
    return form == base or any(
        (form[at:], base[at:]) in _ENDED and form[:at] == base[:at]
        for at in range(size, max(size - 4, 0), -1)
    )
