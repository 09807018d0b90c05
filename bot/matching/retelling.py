"""Whether an article tells again what another told within a day.

In its own edition: nearly the same words, and no other figures or names. In another edition, where
nothing links a translation to what it translates: figures, names and things that few others of the
day have in common. To be wrong hides news, so that what is doubtful is another story.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.matching.traces import NAME, Traces, traces
from bot.model import Edition

SAME, TRANSLATED = 0.6, 0.55
"""From which share of what two articles say they are one story."""
ENOUGH = 8.0
"""So much a translation must share, in units of `_weight`: two or three rare things."""
CLEARER = 1.15
"""By so much the likeliest of two stories must be the likelier."""
FEW = 60
"""Articles that a day is taken to have at least: what is rare among fewer says little."""


@dataclass(frozen=True, slots=True)
class Account:
    """An article, as one account of a story. `title` is a part of `whole`."""

    edition: Edition
    id: int
    published: float
    title: Traces
    whole: Traces
    first: int
    """The story's first account; its own id where it is that."""

    @property
    def own(self) -> frozenset[str]:
        """What it is known by in its edition."""
        return self.whole.words | self.whole.numbers

    @property
    def common(self) -> frozenset[str]:
        """What it is known by in all editions."""
        return self.whole.numbers | self.whole.names | self.whole.things

    def figures_of_title_meet(self, other: "Account") -> bool:
        """Whether the titles, where both have figures, share one."""
        some, others = self.title.numbers, other.title.numbers
        return not some or not others or bool(some & others)


class Day:
    """The accounts of a day."""

    def __init__(self) -> None:
        self._accounts: dict[int, Account] = {}
        self._counts: Counter[str] = Counter()

    def __contains__(self, article: object) -> bool:
        return article in self._accounts

    def add(self, account: Account) -> None:
        """One that was kept; in place of what it was before."""
        self.drop(account.id)
        self._accounts[account.id] = account
        self._counts.update(account.own | account.common)

    def drop(self, article: int) -> None:
        """One that is not there any more."""
        account = self._accounts.pop(article, None)
        if account is not None:
            self._counts.subtract(account.own | account.common)

    def forget(self, published: float) -> None:
        """All from before this moment."""
        for account in [*self._accounts.values()]:
            if account.published < published:
                self.drop(account.id)

    def first(self, account: Account) -> int:
        """The id of the first account of the story that this one tells again; 0: none."""
        others = [each for each in self._accounts.values() if each.id != account.id]
        return self._retold(account, others) or self._translated(account, others)

    def _retold(self, account: Account, others: Iterable[Account]) -> int:
        mates = (each for each in others if each.edition is account.edition)
        found = [(self.likeness(account, each), each.first) for each in mates]
        score, first = max(found, default=(0.0, 0))
        return first if score >= SAME else 0

    def _translated(self, account: Account, others: Iterable[Account]) -> int:
        """A story that its edition has told is another one: see `_retold`."""
        others = [*others]
        told = {each.first for each in others if each.edition is account.edition}
        scores: dict[int, float] = {}
        for each in others:
            if each.first not in told:
                score = self.translation(account, each)
                scores[each.first] = max(score, scores.get(each.first, 0.0))
        first = max(scores, key=lambda story: scores[story], default=0)
        rival = max((score for story, score in scores.items() if story != first), default=0.0)
        is_clear = first and scores[first] >= max(TRANSLATED, rival * CLEARER)
        return first if is_clear else 0

    def likeness(self, one: Account, other: Account) -> float:
        """Of two accounts in one edition; from 0 to 1."""
        if _differ(one.whole.numbers, other.whole.numbers):
            return 0.0
        if one.whole.proper - other.whole.words and other.whole.proper - one.whole.words:
            return 0.0
        return self._mass(one.own & other.own) / max(self._mass(one.own | other.own), 1.0)

    def translation(self, one: Account, other: Account) -> float:
        """Of two accounts in two editions; from 0 to 1. Figures that each has for itself speak
        against it.
        """
        if not one.figures_of_title_meet(other):
            return 0.0
        some, others = one.whole.numbers, other.whole.numbers
        against = min(self._mass(some - others), self._mass(others - some))
        shared = self._mass(one.common & other.common)
        whole = math.sqrt(self._mass(one.common) * self._mass(other.common))
        return max(0.0, shared - against) / whole if shared >= ENOUGH else 0.0

    def _mass(self, found: frozenset[str]) -> float:
        return sum(map(self._weight, found))

    def _weight(self, trace: str) -> float:
        """The rarer, the more; a name, which leaves two traces, half for each."""
        weight = math.log(max(len(self._accounts), FEW) / max(self._counts[trace], 1))
        return weight / 2 if trace[0] == NAME else weight


def _differ(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether each has one that the other has not."""
    return bool(some - others and others - some)


def account(edition: Edition, article: int, published: float, title: str, lead: str) -> Account:
    """An account of a story of its own. `published`: in seconds since the epoch."""
    told = traces(title, edition)
    whole = traces(f"{title}\n{lead}", edition)
    return Account(edition, article, published, told, whole, article)
