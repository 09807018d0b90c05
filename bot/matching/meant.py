"""What a Cyrillic word of a query is a form of, where that is beyond doubt: who asks for визы,
мектептер or долларов asks for the same as who asks for виза, мектеп and доллар.

Russian is known by its dictionary; of Kyrgyz, for which there is none, a list of frequent nouns
and the loans that Russian has. What either could be stays as it is: бала, a child in Kyrgyz, is
no form of the Russian бал alone.
"""

import re

from bot.matching import kyrgyz, russian
from bot.matching.kyrgyz_sounds import is_harmonious
from bot.matching.russian_dictionary import is_common
from bot.matching.stopwords import listed

_NOUNS = listed(
    """
    адам аял айыл акча аймак аскер бала баа базар башчы байланыш буйрук
    газета дарыгер доо дүйнө жаза жазуучу жаңылык жаран жарандык жер жетекчи жол жолдош жумуш
    жумушчу жылдык жыйынтык жардам иш ишкер казына калк канал келишим кемчилик кесип китеп кыз
    кызмат кызматкер кыймыл кылмыш кырсык көйгөй көмүр көрсөткүч көчө күн күч
    маалымат мамиле маселе мектеп милдет мугалим мыйзам
    окуучу оору орган орун отурум өкмөт өкүл өлкө өлүм өндүрүш өрт
    пайда сабак саясат саясатчы сот союз спорт суу сүрөт
    талаа тамак тарап тартип табият таң тарых тергөө тизме токой турак тургун төрага
    үй үлүш үйбүлө ууру ферма чара чек чечим чыгарма чыгым
    шаар шайлоо шайлоочу шарт элчи эмгек эркек эсеп
    бишкек казакстан кыргызстан кытай орусия өзбекстан тажикстан түркия түркмөнстан
    """
)
"""Frequent Kyrgyz nouns; none that names of people are made of."""
_LOANED, _SURE = 4, 5
"""Letters of a loan that a suffix was taken off, and of a Russian word that is hardly Kyrgyz."""
_FOREIGN = re.compile("[вфхцщъь]|^[рл]|^[^аеиоуыэюя]{2}|[^аеиоуыэюя]{3}")
"""What no Kyrgyz word has."""


def meant(word: str) -> frozenset[str]:
    """The base forms of a folded word; the word itself where there is a doubt."""
    found = _russian(word) if russian.lemmas(word) else _kyrgyz(word)
    return found or frozenset({word})


def _russian(word: str) -> frozenset[str]:
    found = russian.bases(word)
    return frozenset() if any(_may_be_kyrgyz(word, base) for base in found) else found


def _may_be_kyrgyz(word: str, base: str) -> bool:
    """Whether what looks like a form of a Russian word may be a Kyrgyz one: without an ending, or
    short and such as Kyrgyz words sound.
    """
    if base.startswith(word):
        return True
    return len(base) < _SURE and not _FOREIGN.search(word) and is_harmonious(word)


def _kyrgyz(word: str) -> frozenset[str]:
    return frozenset(stem for stem in kyrgyz.certain(word) if stem in _NOUNS or _is_loan(stem))


def _is_loan(stem: str) -> bool:
    return len(stem.removesuffix("ь")) >= _LOANED and is_common(stem)
