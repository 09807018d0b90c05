"""`/related`, and a button under each alert: what else is about the same."""

import re

from bot.messages import replies
from bot.model import Message
from handlers.context import Effect, Outdated, Turn

MOST = 3
"""Articles of one message that are looked at."""
ARTICLE = re.compile(r"https?://[^/\s]+/[^/\s]+/([1-9][0-9]{0,11})(?:_[^/\s]*)?/?")


async def related(turn: Turn) -> Message:
    """Said as a reply to a message that tells an article."""
    found = (ARTICLE.fullmatch(address) for address in turn.answered)
    articles = [int(each[1]) for each in found if each][:MOST]
    return await _related(turn, articles) if articles else replies.related_usage(turn.chat)


async def press(turn: Turn) -> Effect:
    """The button under an alert, which names its article."""
    if not turn.words.isascii() or not turn.words.isdigit():
        raise Outdated
    return Effect(say=await _related(turn, [int(turn.words[:12])]))


async def _related(turn: Turn, articles: list[int]) -> Message:
    found = await turn.services.search.related(articles)
    return replies.related(turn.chat, found, turn.services.clock.now())
