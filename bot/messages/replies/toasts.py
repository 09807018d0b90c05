"""What answers a press on a button: at most 200 characters, no formatting."""

from collections.abc import Sequence

from bot.messages.phrases import quoted, words
from bot.model import Chat

QUERY = 80
"""UTF-16 units of a query."""


def toast_unsubscribed(chat: Chat, text: str) -> str:
    """`text`: the subscription's."""
    return words(chat).label("Done. No more news about {query}.", query=quoted(text, chat, QUERY))


def toast_changed(chat: Chat, text: str) -> str:
    """`text`: what the subscription is now, or the one that was added."""
    return words(chat).label("Done: {query}", query=quoted(text, chat, QUERY))


def toast_muted(chat: Chat, texts: Sequence[str]) -> str:
    """`texts`: the subscriptions', three at most."""
    named = ", ".join(quoted(each, chat, QUERY // len(texts)) for each in texts)
    return words(chat).label("No news about {query} for a day. The way back: /list", query=named)


def toast_too_much(chat: Chat) -> str:
    """A query would become too long, or the chat have too many."""
    return words(chat).label("That would be too much for one subscription.")


def toast_gone(chat: Chat) -> str:
    """A button of a subscription that was ended before."""
    return words(chat).label("This subscription has already ended.")


def toast_saved(chat: Chat) -> str:
    """A setting was changed."""
    return words(chat).label("Saved.")


def toast_last_edition(chat: Chat) -> str:
    """The only edition that is left can't be switched off."""
    return words(chat).label("At least one has to stay.")


def toast_admins_only(chat: Chat) -> str:
    """Somebody who may not change things in a group pressed a button."""
    return words(chat).label("Only administrators can change this here.")


def toast_outdated(chat: Chat) -> str:
    """A button of an earlier version."""
    return words(chat).label("This button is out of date. Send the command again, please.")


def toast_failed(chat: Chat) -> str:
    """A fault of ours, or the store can't be reached."""
    return words(chat).label("That didn't work. Please try again in a minute.")
