"""`/start`: a welcome, or the subscription that a link carries (`?start=sub_…`)."""

import base64
import binascii

from bot.messages import replies
from bot.model import Language, Message
from handlers.answers import subscribed
from handlers.context import Turn

LINK = "sub_"
SUGGESTIONS = {
    Language.EN: ("visa", "dollar", "China", "weather"),
    Language.RU: ("виза", "доллар", "Китай", "погода"),
    Language.KY: ("виза", "доллар", "Кытай", "аба ырайы"),
}
"""Words to begin with, which the news of every week holds."""


def query_in(payload: str) -> str:
    """The query in a link's parameter, which is base64url of UTF-8; empty: there is none."""
    if not payload.startswith(LINK):
        return ""
    code = payload.removeprefix(LINK)
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4), b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


async def start(turn: Turn) -> Message:
    """Welcome the chat, or do what its link says."""
    query = query_in(turn.words)
    results = await turn.services.subscribing.subscribe(turn.chat, query) if query else []
    if results:
        return await subscribed(turn, results)
    return replies.welcome(turn.chat, SUGGESTIONS[turn.chat.language])
