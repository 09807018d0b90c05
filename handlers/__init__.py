"""The menu: what a reader can say and press, and who answers. New commands have a line here."""

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
)
from telegram.ext.filters import IS_AUTOMATIC_FORWARD, TEXT, VIA_BOT, StatusUpdate, UpdateType

from handlers import (
    alert,
    card,
    digest,
    latest,
    pause,
    popular,
    rates,
    related,
    search,
    settings,
    start,
    subscribe,
    unsubscribe,
)
from handlers import help as help_
from handlers import list as list_
from handlers.context import Services
from handlers.conversation import Conversation, Entry, Route
from handlers.errors import Errors
from handlers.inline import Inline
from handlers.membership import Membership
from handlers.permission import Permission
from handlers.reply import Reply

MENU = {
    "subscribe": Entry(subscribe.subscribe, changes=True),
    "unsubscribe": Entry(unsubscribe.unsubscribe, changes=True),
    "list": Entry(list_.show),
    "search": Entry(search.search),
    "latest": Entry(latest.show),
    "popular": Entry(popular.show),
    "related": Entry(related.related),
    "rates": Entry(rates.show),
    "alert": Entry(alert.alert, changes=True),
    "digest": Entry(digest.digest, changes=True),
    "pause": Entry(pause.pause, changes=True, always=True),
    "resume": Entry(pause.resume, changes=True, always=True),
    "settings": Entry(settings.settings, changes=True),
    "help": Entry(help_.explain),
    "start": Entry(start.start, changes=True),
}
"""In the order in which Telegram offers them."""

ROUTES = {
    "s": Route(subscribe.press, changes=True),
    "u": Route(unsubscribe.press, changes=True),
    "c": Route(card.show),
    "e": Route(card.toggle_edition, changes=True),
    "o": Route(card.connect, changes=True),
    "w": Route(card.widen, changes=True),
    "n": Route(card.narrow, changes=True),
    "x": Route(card.leave_out, changes=True),
    "t": Route(card.translate, changes=True),
    "up": Route(unsubscribe.turn_page),
    "lp": Route(list_.turn_page),
    "l": Route(latest.press),
    "pop": Route(popular.press),
    "q": Route(search.press),
    "sp": Route(search.turn_page),
    "sq": Route(search.follow, changes=True),
    "ro": Route(rates.draw),
    "rp": Route(rates.turn_period),
    "rl": Route(related.press),
    "ra": Route(alert.remove, changes=True),
    "rw": Route(alert.remove_here, changes=True),
    "dg": Route(digest.press, changes=True),
    "set": Route(settings.open_choice, changes=True),
    "lang": Route(settings.press_language, changes=True),
    "ed": Route(settings.press_edition, changes=True),
    "tz": Route(settings.press_timezone, changes=True),
    "quiet": Route(settings.press_quiet, changes=True),
    "daily": Route(settings.press_daily, changes=True),
    "most": Route(settings.press_most, changes=True),
    "rep": Route(settings.press_repeats, changes=True),
    "pause": Route(pause.press, changes=True),
    "resume": Route(pause.press_resume, changes=True),
    "d": Route(card.deliver, changes=True),
    "m": Route(card.mute, changes=True),
    "mute": Route(card.toggle_mute, changes=True),
}
"""By what a button's data begins with, up to the colon."""

POSTED = UpdateType.MESSAGE | UpdateType.CHANNEL_POST
"""New: an edit of it is not said again."""
SAID = POSTED & TEXT & ~IS_AUTOMATIC_FORWARD & ~VIA_BOT
"""By a reader to this chat: neither brought over from the channel that a group belongs to, nor
the result of an inline search.
"""


def build(bot: ExtBot[None], services: Services) -> Application[Any, Any, Any, Any, Any, Any]:
    """The conversation, without a way to receive: give it updates by `process_update`."""
    application = Application.builder().bot(bot).updater(None).job_queue(None).build()
    reply = Reply(services)
    conversation = Conversation(MENU, ROUTES, services, Permission(bot, services.clock), reply)
    membership = Membership(services, reply)
    application.add_handlers(
        [
            MessageHandler(POSTED & StatusUpdate.MIGRATE, membership.migrate),
            MessageHandler(SAID, conversation.hear),
            CallbackQueryHandler(conversation.press),
            InlineQueryHandler(Inline(services).answer),
            ChatMemberHandler(membership.change, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    application.add_error_handler(Errors(services, reply).handle)
    return application
