"""`/start`: a welcome, or the subscription that a link carries (`?start=sub_…`, `?start=ask_…`)."""

from bot.flows import links
from bot.messages import replies
from bot.model import Language, Message
from handlers.answers import subscribed
from handlers.context import Turn

SUGGESTIONS = {
    Language.EN: ("visa", "dollar", "China", "weather"),
    Language.RU: ("виза", "доллар", "Китай", "погода"),
    Language.KY: ("виза", "доллар", "Кытай", "аба ырайы"),
}
"""Words to begin with, which the news of every week holds."""


async def start(turn: Turn) -> Message:
    """Welcome the chat, or do what its link says."""
    query = await _query(turn)
    results = await turn.services.subscribing.subscribe(turn.chat, query) if query else []
    if results:
        return await subscribed(turn, results)
    return replies.welcome(turn.chat, SUGGESTIONS[turn.chat.language])


async def _query(turn: Turn) -> str:
    if key := links.key_in(turn.words):
        return await turn.services.search.words(key)
    return links.query_in(turn.words)
