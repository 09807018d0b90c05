"""English spellings of both sides of the Atlantic as one, so that either finds the other."""

import re

_OUR = re.compile(
    "((?:dis|mis|un|re)?(?:col|lab|neighb|harb|hon|hum|fav|rum|vap|behavi|endeav|arm|od|parl|sav|"
    "savi|splend|tum|val|vig|flav|cand|clam|ranc|rig|ferv|ard|demean))our"
)
_RE = re.compile(
    "((?:kilo|centi|milli|epi|amphi)?(?:cent|met|lit|theat|fib|calib|spect|sab|meag|somb))re([sd]?)"
)
# Nothing but size, prize and seize has it as a part of the word.
_IZE = re.compile("(?<=.[^aeiou][iy])z(?=(?:e[srd]?|ers|ing|ations?)$)")
_ISE = re.compile("(?<=.[^aeiou][iy])s(?=(?:e[srd]?|ers|ing|ations?)$)")
# What a word begins with: British → American.
_BEGINNINGS = {
    "defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense",
    "practis": "practic", "grey": "gray", "jewellery": "jewelry",
    "aluminium": "aluminum", "plough": "plow", "mould": "mold", "sceptic": "skeptic",
    "enrolment": "enrollment", "instalment": "installment", "skilful": "skillful",
    "traveller": "traveler", "counsellor": "counselor", "jeweller": "jeweler",
    "paediatr": "pediatr", "anaesth": "anesth", "haemo": "hemo", "foet": "fet",
    "leukaem": "leukem", "anaem": "anem", "archaeolog": "archeolog", "diarrhoea": "diarrhea",
    "aeroplane": "airplane", "ageing": "aging", "moustache": "mustache", "pyjama": "pajama",
    "sulph": "sulf", "judgement": "judgment", "orthopaed": "orthoped",
}  # fmt: skip
_INITIALS = frozenset(beginning[:3] for beginning in _BEGINNINGS)
_WHOLE = {
    "programme": "program", "programmes": "programs", "fulfil": "fulfill", "enrol": "enroll",
    "catalogue": "catalog", "catalogues": "catalogs", "catalogued": "cataloged",
}  # fmt: skip


def one_spelling(word: str) -> str:
    """A folded word as it is compared: colour as color, organize as organise. Idempotent."""
    if "our" in word:
        word = _OUR.sub(r"\1or", word, count=1) if _OUR.match(word) else word
    elif "z" in word:
        word = _IZE.sub("s", word)
    elif "re" in word and (match := _RE.fullmatch(word)):
        return match[1] + "er" + ("ed" if match[2] == "d" else match[2])
    if word[:3] in _INITIALS:
        return _begun(word)
    return _WHOLE.get(word, word)


def _begun(word: str) -> str:
    for british, american in _BEGINNINGS.items():
        if word.startswith(british):
            return american + word.removeprefix(british)
    return word


def spellings(word: str) -> set[str]:
    """A word in the one spelling, and as it may be written otherwise before an ending."""
    found = {british for british, one in _WHOLE.items() if one == word} | {
        word,
        _ISE.sub("z", word),
    }
    return found | {word[:-2] + "re"} if word.endswith("er") else found
