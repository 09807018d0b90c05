"""Who the bot is and what can be said to it."""

from collections.abc import Sequence
from difflib import get_close_matches

from bot.messages.catalog import catalog, marked
from bot.messages.keyboard import data, rows
from bot.messages.markup import NOTHING
from bot.messages.outside import clean
from bot.messages.phrases import message, named, subscribe_button, words
from bot.model import Button, Chat, Language, Message

MOST_SUGGESTIONS = 8
SAID = 64
SHORTEST = 3
"""Letters that a command is known by."""
_DESCRIPTIONS = {
    "start": marked("Where to begin"),
    "help": marked("What I can do"),
    "subscribe": marked("Follow a word in the news"),
    "unsubscribe": marked("Stop following"),
    "list": marked("Your subscriptions"),
    "search": marked("Search the news"),
    "latest": marked("The latest news"),
    "popular": marked("What is read most"),
    "related": marked("What was written about it before"),
    "rates": marked("Exchange rates"),
    "alert": marked("Wait for an exchange rate"),
    "digest": marked("Daily digest: rates and your news"),
    "pause": marked("Be silent for a while"),
    "resume": marked("Go on after a pause"),
    "settings": marked("Language, quiet hours, daily limit"),
}


_CALLED = {
    "start": "старт начать баштоо",
    "help": "помощь справка команды commands жардам буйруктар",
    "subscribe": "подписаться подписка жазылуу",
    "unsubscribe": "отписаться отписка",
    "list": "подписки список subscriptions жазылуулар тизме",
    "search": "поиск искать издөө",
    "latest": "новости news жаңылыктар",
    "popular": "популярное",
    "rates": "курс курсы курстар",
    "digest": "сводка баян",
    "pause": "stop стоп хватит пауза тыныгуу токто токтот",
    "resume": "continue продолжить улантуу",
    "settings": "настройки жөндөөлөр",
}
"""What people call the commands, in any of our languages."""
_MEANT = {word: name for name, called in _CALLED.items() for word in (name, *called.split())}


def welcome(chat: Chat, suggestions: Sequence[str]) -> Message:
    """What the bot is for, with a word to try on each button."""
    about = words(chat).text(
        "Hello! I read 24.kg around the clock. Tell me what interests you, and I'll write as "
        "soon as there is news about it."
    )
    how = words(chat).text("For example: <code>/subscribe visa</code>")
    buttons = [
        button for each in suggestions[:MOST_SUGGESTIONS] for button in subscribe_button(each)
    ]
    offer = words(chat).text("Or just tap a word:") if buttons else NOTHING
    return message(about, how, offer, buttons=rows(buttons, 2))


def greeting_in_group(chat: Chat) -> Message:
    """When the bot is put into a group or channel."""
    about = words(chat).text(
        "Hello, everyone! I read 24.kg around the clock and can post news here on the topics "
        "that you choose."
    )
    how = words(chat).text(
        "An administrator only has to write: <code>/subscribe visa</code>. More: /help"
    )
    return message(about, how)


def help_text(chat: Chat) -> Message:
    """Every command in a line, and what is good to know."""
    texts = words(chat)
    about = texts.text(
        "Name the words that matter to you, and I'll write as soon as 24.kg has news with them."
    )
    commands = texts.text(
        "<code>/subscribe visa</code> – news with this word\n"
        "<code>/subscribe visa China</code> – with both words\n"
        "<code>/subscribe visa OR border</code> – with one of them\n"
        "<code>/subscribe visa -China</code> – without the second\n"
        "<code>/unsubscribe visa</code> – stop following it\n"
        "/list – your subscriptions\n"
        "/latest – the latest news, /popular – the most read\n"
        "/pause, <code>/pause 2 hours</code>, /resume – a break\n"
        "/settings – language, quiet hours, daily limit and more"
    )
    rates = texts.text(
        "/rates – exchange rates; <code>/rates 100 dollars</code> – in som\n"
        "<code>/alert dollar above 88</code> – when a rate is there\n"
        "<code>/digest 08:00</code> – the daily digest: rates and your news"
    )
    search = texts.text(
        "<code>/search visa</code> – the news of all times; in other chats, type my name, "
        "beginning with @, and the words\n"
        "/related – what was written about a story before"
    )
    forms = texts.text(
        "I know the forms of a word: with “visa” you get “visas” and “visa-free” too. To "
        "subscribe to several things at once, separate them with commas."
    )
    return message(about, commands, search, rates, forms)


def unknown_command(chat: Chat, said: str) -> Message:
    """`said`: the command, with its slash or without."""
    name = clean(said.lstrip("/"), SAID)
    texts = words(chat)
    sorry = texts.text("I don't know the command <code>/{said}</code>.", said=name)
    if close := _closest(name.casefold()):
        return message(sorry, texts.text("Did you mean /{command}?", command=close))
    return message(sorry, texts.text("Here is what I can do: /help"))


def _closest(name: str) -> str:
    """What it begins, or is like; empty where there is none."""
    if name in _MEANT:
        return _MEANT[name]
    begun = [each for each in _DESCRIPTIONS if len(name) >= SHORTEST and each.startswith(name)]
    return next(iter(begun or get_close_matches(name, _DESCRIPTIONS, 1)), "")


def not_understood(chat: Chat, said: str = "") -> Message:
    """A text that is no command; buttons follow and search for it where it is short enough."""
    texts = words(chat)
    text = " ".join(said.split())
    command = _MEANT.get(text.casefold())
    meant = texts.text("Did you mean /{command}?", command=command) if command else NOTHING
    if button := subscribe_button(text, texts.label("Yes, please")):
        asked = texts.text(
            "Shall I write when there is news about {query}?", query=named(text, chat)
        )
        search = Button(texts.label("Search the news"), data=data("q", text))
        return message(meant, asked, buttons=[(*button, search)])
    return message(
        texts.text("To follow something in the news, write: <code>/subscribe visa</code>"),
        texts.text("Here is what I can do: /help"),
    )


def command_descriptions(language: Language) -> dict[str, str]:
    """What Telegram's menu says of each command, in the menu's order."""
    return {name: catalog(language).label(msgid) for name, msgid in _DESCRIPTIONS.items()}
