"""Search in memory."""

import re
from dataclasses import replace

from bot.model import Found, Hit, Wanted


class FakeSearch:
    """`Search` over `hits`: each word must begin a word of title or lead; the newest come first.
    A page begins after the last hit of the page before.
    """

    def __init__(self) -> None:
        self.hits: dict[int, Hit] = {}
        self.alike: dict[int, list[int]] = {}
        self.is_whole = True
        self.asked: list[Wanted] = []

    def add(self, *hits: Hit) -> None:
        """Find these from now on."""
        self.hits |= {hit.id: hit for hit in hits}

    async def find(self, wanted: Wanted) -> Found:
        self.asked.append(wanted)
        words = [word.casefold() for word in re.findall(r"\w+", wanted.words)]
        met = [hit for hit in self.hits.values() if all(_holds(hit, word) for word in words)]
        if not words and wanted.words.strip():
            met = []
        if not words:
            met = [hit for hit in met if not wanted.editions or hit.edition in wanted.editions]
        met.sort(key=_age, reverse=True)
        if (last := self.hits.get(_number(wanted.after))) is not None:
            met = [hit for hit in met if _age(hit) < _age(last)]
        shown = tuple(_marked(hit, words) for hit in met[: wanted.limit])
        more = str(shown[-1].id) if len(met) > len(shown) else ""
        return Found(shown, more, self.is_whole)

    async def like(self, article: int, limit: int) -> list[Hit]:
        return [self.hits[id_] for id_ in self.alike.get(article, ())][:limit]


def _age(hit: Hit) -> tuple[float, int]:
    return hit.published.timestamp(), hit.id


def _number(after: str) -> int:
    return int(after) if after.isascii() and after.isdigit() else 0


def _holds(hit: Hit, word: str) -> bool:
    return any(_begins(text, word) for text in (hit.title, hit.lead))


def _begins(text: str, word: str) -> list[tuple[int, int]]:
    return [
        found.span() for found in re.finditer(r"\w+", text) if found[0].casefold().startswith(word)
    ]


def _marked(hit: Hit, words: list[str]) -> Hit:
    marks = [span for word in words for span in _begins(hit.title, word)]
    leads = [span for word in words for span in _begins(hit.lead, word)]
    return replace(hit, marks=tuple(marks), lead_marks=tuple(leads))
