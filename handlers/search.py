"""`/search WORDS`: articles of any age."""

from bot.messages import replies
from bot.model import Message
from handlers.answers import subscribed, sums
from handlers.context import Effect, Outdated, Turn


async def search(turn: Turn) -> Message:
    """The first page; without words, how to ask."""
    if not turn.words:
        return replies.search_usage(turn.chat)
    shown = await turn.services.search.begin(turn.chat, turn.words)
    return await _page(turn, shown)


async def _page(turn: Turn, shown: replies.Shown) -> Message:
    """Money is converted above the first one."""
    converted = [] if shown.page else await sums(turn, shown.words)
    return replies.found(turn.chat, shown, turn.services.clock.now(), converted)


async def press(turn: Turn) -> Effect:
    """The button that names the words."""
    return Effect(say=await search(turn))


async def turn_page(turn: Turn) -> Effect:
    """Another page, in the place of the one with the button."""
    key, _, page = turn.words.partition(":")
    if not page.isascii() or not page.isdigit():
        raise Outdated
    shown = await turn.services.search.turn(turn.chat, key, int(page[:6]))
    if shown is None:
        raise Outdated
    return Effect(edit=await _page(turn, shown))


async def follow(turn: Turn) -> Effect:
    """Subscribe to words that have no room on a button."""
    words = await turn.services.search.words(turn.words)
    results = await turn.services.subscribing.subscribe(turn.chat, words) if words else []
    if not results:
        raise Outdated
    return Effect(say=await subscribed(turn, results))
