"""What can't be done, and why."""

from bot.messages.phrases import message, words
from bot.model import Chat, Message


def admins_only(chat: Chat) -> Message:
    """Somebody who may not change things in a group tried to."""
    return message(words(chat).text("Only administrators can change this here."))


def went_wrong(chat: Chat) -> Message:
    """A fault of ours."""
    return message(
        words(chat).text(
            "Something went wrong on my side. Your subscriptions are safe; please try again."
        )
    )


def busy(chat: Chat) -> Message:
    """The store, or Telegram, can't be reached just now."""
    return message(
        words(chat).text(
            "I can't get to my notes right now. Nothing is lost; please try again in a minute."
        )
    )
