"""Telegram, as far as what is owed goes."""

from typing import Protocol

from bot.model import ChatRef, Message, Offers, Outcome


class Messenger(Protocol):
    """Telegram, as far as what is owed goes. Raises TokenRefused, and nothing for what else
    Telegram answers.
    """

    async def send(self, chat: ChatRef, message: Message) -> Outcome:
        """Send it, formatted."""

    async def edit(self, chat: ChatRef, message_id: int, message: Message) -> Outcome:
        """Put it in the place of one that was sent, picture and all. Where that one has a picture
        and this one has none, the picture stays, and this is its caption. A message that is no
        longer there, or that says the same already, is none of our faults: `Sent`.
        """

    async def send_plain(self, chat: ChatRef, message: Message) -> Outcome:
        """Send its text alone, without formatting or picture, for when it was rejected whole."""

    async def offer(self, query: str, offers: Offers) -> Outcome:
        """Answer an inline query, by its id. One that can't be answered any more needs no answer:
        `Sent`.
        """
