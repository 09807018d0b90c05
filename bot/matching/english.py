"""English inflection: the base forms that a written word can be an inflection of.

simplemma's dictionary knows the common words; rules stand in for the rest, and for the plurals
and participles that the dictionary takes for words of their own. Derivations (bank, banker) are
other words.
"""

import re
from functools import cache

from simplemma.strategies import DictionaryLookupStrategy

from bot.matching.stopwords import listed

# Where the dictionary is silent or wrong, or knows one of two: form → base forms.
_IRREGULAR = {
    form: tuple(bases.split("/"))
    for form, bases in (
        line.split(":")
        for line in listed("""
    awoken:awake bent:bend bore:bear born:bear borne:bear bound:bind bit:bite broke:break
    drunk:drink felt:feel gone:go ground:grind lay:lie lain:lie laid:lay left:leave rung:ring
    rose:rise set:set shook:shake shot:shoot smelt:smell swore:swear thought:think
    thinking:think won:win
    wound:wind fell:fall found:find/found saw:see leaves:leaf/leave lives:life/live wives:wife
    shelves:shelf halves:half calves:calf thieves:thief loaves:loaf selves:self hooves:hoof
    scarves:scarf bases:base/basis axes:axe/axis diagnoses:diagnosis/diagnose lenses:lens
    analyses:analysis/analyse crossroads:crossroad kilometres:kilometre protesters:protester
    protestors:protestor worse:bad worst:bad better:good/well best:good/well further:far
    farther:far furthest:far eldest:old bacteria:bacterium spun:spin sank:sink
    led:lead fled:flee wept:weep swept:sweep crept:creep slain:slay slew:slay bade:bid
    clung:cling flung:fling hung:hang overthrew:overthrow overran:overrun rerun:rerun
    reran:rerun stadia:stadium memoranda:memorandum referenda:referendum sued:sue suing:sue
    hotter:hot bigger:big cooler:cool closer:close
    dyed:dye dyeing:dye lying:lie dying:die tying:tie vying:vie denied:deny
    relied:rely outfought:outfight withdrew:withdraw withdrawn:withdraw interwove:interweave
    """)
    )
}
# Words that only look like inflections of another.
_OWN = listed(
    """
    news us politics economics physics ethics mathematics athletics logistics tennis series
    species corps customs iris lens bias gas bus chaos debris christmas texas kansas hamas reuters
    wales naples athens cyprus brussels mars paris laos alps andes maldives philippines
    netherlands honduras
    banking housing building training clothing wedding evening morning ceiling lighting marketing
    engineering accounting mining shipping shopping nursing catering plumbing rating king spring
    string wing ring thing nothing something anything everything during being sibling sterling
    darling pudding herring beijing
    red hundred need speed seed feed bleed indeed sacred naked wicked hatred kindred infrared shed
    bed wed weed deed creed breed greed exceed proceed succeed
    sad bare bloke cola cal intake gemini hippo maria magi lan spade span slang opera regalia sepia
    overlay outlay trivia spat swank terra viscera wan media los morals vegas ben bespoke
    currie staid gan hasta solo prepaid
    interest forest harvest honest modest earnest request conquest protest tempest
    latter matter former super under over goods
    propeller gamer ranker tanner creamer idler trimmer
    leveller banner dinner dice
    """
)
# Asked for like this, they mean this: not "arm" or "good".
_ASKED = listed(
    "arms goods means savings earnings thanks works glasses headquarters proceedings left may "
    "united"
)
# Bases that the dictionary makes up: travell, panick; and singe, growe for singing, growing.
_WRONG = re.compile("ll$|ck$|([wxy]|[^aeiou]{2}|[aeiou]{2}[^aeiou])e$")
_SHORTEST = 3
"""Letters of a base form that a rule may guess."""
_SIBILANTS = ("s", "x", "z", "ch", "sh")


@cache
def _dictionary() -> DictionaryLookupStrategy:
    return DictionaryLookupStrategy()


def _lemma(word: str) -> str | None:
    return _dictionary().get_lemma(word, "en")


def _known(word: str) -> bool:
    return len(word) > 1 and _lemma(word) is not None


def bases(word: str) -> frozenset[str]:
    """All base forms that a word of a text may be an inflection of, the word itself among them.

    `word` is folded.
    """
    word = _owner(word)
    return frozenset({word, *_inflected(word)})


def asked(word: str) -> frozenset[str]:
    """The base forms by which a word of a query is found in `bases` of a text's words."""
    word = _owner(word)
    found = frozenset(_inflected(word))
    if not found or _is_base(word):
        return frozenset({word})
    if word in _IRREGULAR.get(word, ()):
        return found | {word}
    return found if _known(word) or any(map(_known, found)) else found | {word}


def _owner(word: str) -> str:
    return word.removesuffix("'s")


def _is_base(word: str) -> bool:
    """Whether it is a word in its own right and not just an inflection: building, United."""
    if word in _ASKED or word in _IRREGULAR:
        return _lemma(word) == word
    if word.endswith("ing"):
        return _lemma(word + "s") == word
    return word.endswith("ed") and _lemma(word.capitalize()) == word.capitalize()


def _inflected(word: str) -> set[str]:
    if word in _OWN or len(word) < _SHORTEST or not word.isalpha() or word.endswith("ly"):
        return set()
    if word in _IRREGULAR:
        return set(_IRREGULAR[word]) - {word}
    found = _looked_up(word)
    if not any(map(_known, found)):
        found = _by_rule(word) if _known(word) else _guessed(word)
    return found - {word}


def _looked_up(word: str) -> set[str]:
    """What the dictionary says of it in small letters and as a name, its slips mended."""
    found = {_lemma(word) or word}
    if (_lemma(word.capitalize()) or "").lower() == word[:-1]:
        found.add(word[:-1])
    mended = {lemma[:-1] for lemma in found if lemma != word and _WRONG.search(lemma)}
    return {lemma.lower() for lemma in found | set(filter(_known, mended))} - {word}


def _by_rule(word: str) -> set[str]:
    """For a word that the dictionary takes for a base form: only what it knows as a base."""
    return {
        base for base in _guessed(word) if len(base) >= _SHORTEST and (_lemma(base) or base) == base
    }


def _guessed(word: str) -> set[str]:
    """What a word may be an inflection of by its ending alone."""
    if word.endswith("s"):
        return _singular(word)
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST and any(vowel in stem for vowel in "aeiouy"):
            return _verbs(stem)
    return set()


def _singular(word: str) -> set[str]:
    if len(word) < _SHORTEST or word.endswith(("ss", "us", "is", "ics")):
        return set()
    found = {word[:-1]}
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        found.add(word[:-3] + "y")
    elif word.endswith("es") and word[:-2].endswith((*_SIBILANTS, "o")):
        found.add(word[:-2])
    return found


def _verbs(stem: str) -> set[str]:
    found = {stem, stem + "e"}
    if stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        found.add(stem[:-1])
    if stem.endswith("i"):
        found.add(stem[:-1] + "y")
    return found
