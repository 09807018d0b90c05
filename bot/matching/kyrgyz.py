"""Kyrgyz inflection: all stems that a written word can be an inflection of.

Suffixes are read from the right: case, possessive, plural. There is no dictionary to say which
reading is right, so all are given: a word of a query is found where it is one of them.
"""

import re

from bot.matching import kyrgyz_verbs, russian
from bot.matching.kyrgyz_sounds import VOWELS, table
from bot.matching.kyrgyz_suffixes import Place, Reader, readings
from bot.matching.russian_dictionary import is_noun
from bot.matching.stopwords import listed

# Kind → templates. The kinds, from the right: question or copula, case (after a third person
# possessive: case3; after the first and second: dative1), -дагы and -ныкы (again a noun),
# possessives (own: first and second person; own1: those with a dative in а), plural.
_SUFFIXES = table(
    {
        "end": "BI DIр",
        "case": "NIн GA NI DA DAн GAчA",
        "case3": "нIн нA н ндA нAн ндAн нчA",
        "dative1": "A",
        "of": "DAгI NIкI",
        "of3": "ндAгI нIкI",
        "own": "Iбыз Iбиз Iбуз Iбүз быз биз буз бүз IңIз ңIз IңAр ңAр IңIздAр ңIздAр",
        "own1": "Iм м Iң ң",
        "third": "I сI",
        "plural": "LAр",
    }
)
# What may stand to the left of each; "" is the stem.
_NOUN = ("", "plural", "of", "of3")
_LEFT = {
    "end": ("case", "case3", "dative1", "of", "of3", "own", "own1", "third", "plural", ""),
    "case": (*_NOUN, "own", "own1"),
    "case3": ("third",),
    "dative1": ("own1",),
    "of": (*_NOUN, "own", "own1"),
    "of3": ("third",),
    "own": _NOUN,
    "own1": _NOUN,
    "third": _NOUN,
    "plural": ("", "of", "of3"),
}
END = Reader(_SUFFIXES, _LEFT).place(("end", *_LEFT["end"]))
_LONGEST = max(map(len, _SUFFIXES))
_IRREGULAR = {
    "балдар": "бала", "орд": "орун", "мурд": "мурун", "мойн": "моюн", "эрд": "эрин",
    "көөн": "көңүл", "кард": "карын", "бөйр": "бөйрөк",
}  # fmt: skip
_EXCEPTIONS = tuple(_IRREGULAR)
# Words of their own that look like inflections of another.
_OWN = listed(
    """
    башка майдан кийин эртең бирге нарын карта адам салам мугалим билим илим алдын бүгүн
    экен эмне баары бардык үчүн иран пекин берлин путин ленин курман заман жаман аман тамак
    каада калаа убада кабар сабак жыйын тыйын катын алтын күтүм бүтүм өкүм чалгын жангын калың
    кайын жакын жалын келин кадам айым ырым тагдыр кадыр мээрим керим салим алым калым
    жарым арым кызыл токой балык балыкчы башкы арты асты үстү ичи сырты алды жаны ары бери
    карама далай тууган ата эне ага жана экинчи биринчи мамлекет токтом чечим
    жүзүм акы өзгөчө
    """
)
RELEASED = {"г": "к", "б": "п"}
"""What a stem's last sound was before a possessive gave it voice: китеби, китеп."""
_MELTED = re.compile("([оу])ю")
"""A stem's й and a suffix's у: уй, ую."""
_MERGERS = {"ю": "у", "я": "а", "е": "о"}
"""A verb's й and a suffix's vowel: коюлду, коёт (е for ё), жаят."""
_MERGED = re.compile("(?<=[аоуы])(?:ю|я)|(?<=о)е")
_LOANED = 4
"""Letters of a word that is hardly of another language by chance."""
_PLAIN = re.compile("[лдт][аеоө]р|[ндт][ыиуү]н$")
"""The plural and the genitive, which hardly a word just ends in."""

_DEVERBAL = re.compile("[ыиуү]?м")
"""How nouns end that are made from verbs (келишим), and, seldom asked for, what is mine."""


def bases(word: str, capitals: int = 0) -> frozenset[str]:
    """All stems that a word of a text may be an inflection of, the word itself among them.

    `word` is folded; its first `capitals` letters are an acronym, a number or a foreign word,
    after which a suffix is spelled as it sounds: АКШнын.
    """
    if capitals:
        tail = word[capitals:]
        return frozenset({word, word[:capitals]} if _is_tail(tail) else {word})
    if word in _OWN:
        return frozenset({word})
    found = {word} | _stems(word, END)
    if "ю" in word and _MELTED.search(word):
        found |= _stems(_MELTED.sub(r"\1йу", word), END)
    found |= {_IRREGULAR[stem] for stem in found & _IRREGULAR.keys()}
    return frozenset(found - {"бал"} if "балдар" in found else found)


def is_regular(word: str) -> bool:
    """Whether nothing but its stem's last sound and its suffixes decide on its `bases`."""
    is_melted = "ю" in word and _MELTED.search(word)
    return not (is_melted or word in _OWN or word.startswith(_EXCEPTIONS))


def _stems(word: str, place: Place) -> set[str]:
    """The stems that are left when suffixes are taken off, from this place on."""
    found: set[str] = set()
    for length, step in readings(word, place):
        found |= _restored(word[:length], step.begins_with_vowel)
    return found


def _restored(stem: str, is_voiced: bool) -> set[str]:
    """The stem as it is without the suffix: with its voiceless end, with a loan's soft sign."""
    found = {stem}
    if is_voiced and stem[-1] in RELEASED:
        found.add(stem[:-1] + RELEASED[stem[-1]])
    if stem[-1] not in VOWELS and stem[-1] != "ь":
        found.add(stem + "ь")
    return found


def _is_tail(tail: str, kinds: tuple[str, ...] = ("end", *_LEFT["end"])) -> bool:
    """Whether it is nothing but suffixes, harmony aside."""
    tail = tail.lstrip("'-")
    for length in range(1, min(_LONGEST, len(tail)) + 1):
        for suffix in _SUFFIXES.get(tail[-length:], ()):
            if suffix.kind in kinds:
                left = _LEFT[suffix.kind]
                if length == len(tail) and "" in left:
                    return True
                if _is_tail(tail[:-length], left):
                    return True
    return False


def asked(word: str, capitals: int = 0) -> frozenset[str]:
    """The stems by which a word of a query is found in `bases` of a text's words.

    It is taken as it is; and, where its ending can hardly be a part of the word, without it.
    """
    if capitals or word in _OWN:
        return bases(word, capitals) - ({word} if capitals else set())
    loaned = {lemma for lemma in russian.lemmas(word) if len(lemma) >= _LOANED}
    return frozenset({word} | certain(word) | loaned)


def certain(word: str) -> frozenset[str]:
    """The stems of a word that is hardly anything else than an inflection of them."""
    if word in _OWN or is_noun(word):
        return frozenset()
    return frozenset(stem for stem in bases(word) if stem != word and _is_certain(word, stem))


def _is_certain(word: str, stem: str) -> bool:
    """Whether what was taken off is surely a suffix: it leaves much, or is hardly anything else."""
    if stem.endswith("ь"):
        return is_noun(stem)
    if _DEVERBAL.fullmatch(word[len(stem) :]):
        return False
    return len(stem) >= _LOANED or bool(_PLAIN.match(word[len(stem) :]))


def verbs(nouns: frozenset[str]) -> set[str]:
    """The verbs that a word of a text with these `bases` may be a form of, as bare stems."""
    found: set[str] = set()
    for noun in nouns:
        if noun[-1] != "ь":
            found |= kyrgyz_verbs.stems(noun)
        if _MERGED.search(noun):
            found |= kyrgyz_verbs.stems(_MERGED.sub(_parted, noun))
    return found


def _parted(merged: re.Match[str]) -> str:
    return "й" + _MERGERS[merged[0]]


def asked_verbs(word: str) -> frozenset[str]:
    """The verbs by which a word of a query is found in `verbs` of a text's words."""
    return kyrgyz_verbs.asked(word)
