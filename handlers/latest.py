"""`/latest`: the newest articles, by edition, leaf by leaf."""

import re
from collections.abc import Collection
from datetime import UTC, datetime

from bot.flows.newest import Leaf, Way, newest, turned
from bot.messages import replies
from bot.model import Edition, Message
from handlers.context import Effect, Outdated, Turn
from handlers.languages import edition_named

SHOWN = 10
_DATA = re.compile(
    r"(?P<edition>[a-z]*)(?::(?P<way>[<>])(?P<at>\d{1,11})\.(?P<id>\d{1,12}))?", re.ASCII
)


async def show(turn: Turn) -> Message:
    """Of the edition that is named, or of those that the chat reads."""
    edition = edition_named(turn.words)
    editions = {edition} if edition else turn.chat.editions
    return _said(turn, await newest(turn.services.articles, editions, SHOWN), edition)


async def press(turn: Turn) -> Effect:
    """Of the edition that a button names, or of the chat's own, from where it says."""
    found = _DATA.fullmatch(turn.words)
    if found is None or found["edition"] not in ("", *Edition):
        raise Outdated
    edition = Edition(found["edition"]) if found["edition"] else None
    leaf = await _leaf(turn, {edition} if edition else turn.chat.editions, found)
    if not leaf.items and found["way"]:
        raise Outdated
    return Effect(edit=_said(turn, leaf, edition))


async def _leaf(turn: Turn, editions: Collection[Edition], found: re.Match[str]) -> Leaf:
    articles = turn.services.articles
    if found["way"] is None:
        return await newest(articles, editions, SHOWN)
    place = datetime.fromtimestamp(int(found["at"]), UTC), int(found["id"])
    way: Way = "older" if found["way"] == "<" else "newer"
    return await turned(articles, editions, SHOWN, way, place)


def _said(turn: Turn, leaf: Leaf, edition: Edition | None) -> Message:
    return replies.latest(
        turn.chat,
        leaf.items,
        edition,
        turn.services.chats.polled,
        has_newer=leaf.has_newer,
        has_older=leaf.has_older,
    )
