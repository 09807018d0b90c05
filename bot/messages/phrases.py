"""Parts of sentences that alerts and replies have in common."""

from collections.abc import Collection, Iterable, Sequence

from babel.lists import format_list

from bot.messages.catalog import Catalog, catalog, marked
from bot.messages.keyboard import data, short
from bot.messages.markup import LINE, PARAGRAPH, Markup, bold, escape, link
from bot.messages.outside import clean
from bot.model import Button, Chat, Edition, Language, Message, Subscription

QUERY = 200
"""UTF-16 units of a query where it is shown whole."""
MOST_LISTED = 6
NAMES = {Language.EN: "English", Language.RU: "Русский", Language.KY: "Кыргызча"}
"""Languages and editions, each by the name that its own readers find."""
FLAGS = {Edition.EN: "🇬🇧", Edition.RU: "🇷🇺", Edition.KY: "🇰🇬"}
"""Editions, where there is no room for their names."""
_IN = {
    Edition.EN: marked("in English"),
    Edition.RU: marked("in Russian"),
    Edition.KY: marked("in Kyrgyz"),
}
_QUOTES = ("“”", "«»", '""', "„“")


def words(chat: Chat) -> Catalog:
    """The texts in the chat's language."""
    return catalog(chat.language)


def message(
    *paragraphs: Markup, buttons: Iterable[Sequence[Button]] = (), preview: str = ""
) -> Message:
    """Paragraphs, of which empty ones are left out, and buttons, without empty rows."""
    html = PARAGRAPH.join(filter(None, paragraphs)).html
    return Message(html, tuple(tuple(row) for row in buttons if row), preview)


def quoted(text: str, chat: Chat, limit: int = QUERY) -> str:
    """In the language's quotation marks, unless it has some already."""
    line = clean(text, limit) or "…"
    if any(line[0] == pair[0] and line[-1] == pair[1] for pair in _QUOTES) and len(line) > 1:
        return line
    return words(chat).label("“{text}”", text=line)


def named(text: str, chat: Chat, limit: int = QUERY) -> Markup:
    """A query in bold, as a message shows it."""
    return bold(escape(quoted(text, chat, limit)))


def edition_names(editions: Collection[Edition]) -> str:
    """English, Русский."""
    return ", ".join(NAMES[Language(each)] for each in Edition if each in editions)


def in_editions(editions: Collection[Edition], chat: Chat) -> str:
    """In English and in Russian."""
    names = [words(chat).label(_IN[each]) for each in Edition if each in editions]
    return format_list(names, locale=chat.language)


def ticked(name: str, is_chosen: bool) -> str:
    """A choice on a button."""
    return f"✓ {name}" if is_chosen else name


def unsubscribe_button(subscription: Subscription, chat: Chat) -> Button:
    """Ends this subscription."""
    label = words(chat).label("Unsubscribe {query}", query=quoted(subscription.text, chat, 24))
    return Button(label, data=f"u:{subscription.key}")


def mute_button(subscriptions: Sequence[Subscription], chat: Chat) -> Button:
    """Under an alert: tells nothing under these, three at most, for a day."""
    texts = words(chat)
    is_one = len(subscriptions) == 1
    label = texts.label("Mute for a day") if is_one else texts.label("Mute these for a day")
    return Button(label, data="m:" + ",".join(each.key for each in subscriptions))


def subscribe_button(text: str, label: str = "") -> tuple[Button, ...]:
    """Subscribes to this text; none where it is too long for a button."""
    told = data("s", text)
    return (Button(label or short(text), data=told),) if told else ()


def titled(title: str, url: str, limit: int) -> Markup:
    """A title as link; the address where no title can be seen."""
    return link(url, escape(clean(title, limit) or nameless(url, limit)))


def nameless(url: str, limit: int) -> str:
    """What stands for a title that can't be seen."""
    return clean(url, limit) or "…"


def listed(subscriptions: Sequence[Subscription], chat: Chat) -> Markup:
    """One to a line, the first ones only, and how many more there are."""
    lines = [Markup("• ") + named(each.text, chat) for each in subscriptions[:MOST_LISTED]]
    return LINE.join([*lines, *and_more(len(subscriptions) - MOST_LISTED, chat)])


def and_more(n: int, chat: Chat) -> tuple[Markup, ...]:
    """What is said of those that are not shown; nothing where there are none."""
    return (words(chat).plural("and {n} more", "and {n} more", n),) if n > 0 else ()
