"""What a command is given: who speaks, where, which words, and the services that act on them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from telegram import Message as TelegramMessage
from telegram import Update

from bot.flows.advise import Advise
from bot.flows.brief import Brief
from bot.flows.chats import ChatKeeper
from bot.flows.exchange import Exchange
from bot.flows.inline import Inline
from bot.flows.pacing import Turns
from bot.flows.popular import ShowPopular
from bot.flows.search import Searching
from bot.flows.subscribe import Subscribing
from bot.model import Chat, ChatRef, Message
from bot.ports import Articles, Clock, Messenger


@dataclass(frozen=True, slots=True)
class Services:
    """The flows and ports that the conversation needs."""

    chats: ChatKeeper
    subscribing: Subscribing
    articles: Articles
    popular: ShowPopular
    clock: Clock
    messenger: Messenger
    turns: Turns
    advise: Advise
    exchange: Exchange
    brief: Brief
    search: Searching
    inline: Inline


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks."""

    person: int | None = None
    is_chat: bool = False
    """The chat itself: a channel's post, or an administrator who stays anonymous."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A reader's turn in the conversation: a command, or a press on a button."""

    chat: Chat
    speaker: Speaker
    words: str
    """What follows the command or, of a button, its kind."""
    services: Services
    command: str = ""
    """As it was said, without slash and bot name; empty for free text and buttons."""
    answered: tuple[str, ...] = ()
    """The addresses that the message that this is a reply to links to, if it is one."""


Answer = Message | tuple[Message, ...]
"""One message, or several, in this order."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a press on a button leads to, beside the toast that answers it."""

    toast: str = ""
    edit: Message | None = None
    """Takes the place of the message with the button."""
    say: Answer | None = None
    """Is sent below."""
    is_spent: bool = False
    """The button goes, and the message stays."""


Command = Callable[[Turn], Awaitable[Answer]]
Press = Callable[[Turn], Awaitable[Effect]]


def ref_of(update: Update) -> ChatRef | None:
    """The chat, or the topic of it, where this happened; None where that is unknown."""
    chat = update.effective_chat
    return ChatRef(chat.id, _topic(update.effective_message)) if chat else None


def _topic(message: TelegramMessage | None) -> int:
    # Replies in groups without topics carry a thread id too.
    if message is None or not message.is_topic_message:
        return 0
    return message.message_thread_id or 0


def speaker_of(update: Update) -> Speaker:
    """Who said or pressed it. An update without a sender is by nobody."""
    message = update.message or update.channel_post
    if message and message.sender_chat:
        return Speaker(is_chat=message.sender_chat.id == message.chat_id)
    person = update.effective_user
    return Speaker(person.id if person else None, is_chat=update.channel_post is not None)


def links_of(message: TelegramMessage | None) -> tuple[str, ...]:
    """Each once, in order, those of its buttons last."""
    if message is None:
        return ()
    found = [each.url for each in message.entities if each.url]
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    found += [button.url for row in rows for button in row if button.url]
    return tuple(dict.fromkeys(found))


def language_code(update: Update) -> str | None:
    """The speaker's language, as an IETF tag."""
    return update.effective_user.language_code if update.effective_user else None


class Outdated(Exception):
    """A button of an earlier version, or not one of ours."""


Choice = TypeVar("Choice", bound=StrEnum)


def choice_in(turn: Turn, choices: type[Choice]) -> Choice:
    """What a button names. Raises Outdated."""
    try:
        return choices(turn.words)
    except ValueError:
        raise Outdated from None


def page_in(turn: Turn) -> int:
    """The page that a button names. Raises Outdated."""
    if not turn.words.isascii() or not turn.words.isdigit():
        raise Outdated
    return int(turn.words[:6])
