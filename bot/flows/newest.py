"""The headlines, leaf by leaf. A leaf is turned from a place among all news, not from a number, so
that nothing is shown twice or passed over however much is published meanwhile.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.model import Edition, Item, Place
from bot.ports import Articles

Way = Literal["older", "newer"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some headlines, newest first."""

    items: tuple[Item, ...]
    has_newer: bool = False
    has_older: bool = False


async def newest(articles: Articles, editions: Collection[Edition], limit: int) -> Leaf:
    """The first leaf. Raises StoreUnavailable."""
    found = await articles.latest(editions, limit + 1)
    return Leaf(tuple(found[:limit]), has_older=len(found) > limit)


async def turned(
    articles: Articles, editions: Collection[Edition], limit: int, way: Way, place: Place
) -> Leaf:
    """The leaf beside the one that ends, on this side, at this place: empty where there is
    nothing any more. Raises StoreUnavailable.
    """
    if way == "older":
        older = await articles.latest(editions, limit + 1, place)
        return Leaf(tuple(older[:limit]), has_newer=True, has_older=len(older) > limit)
    newer = await articles.following(editions, limit + 1, place)
    return Leaf(tuple(newer[-limit:]), has_newer=len(newer) > limit, has_older=True)
