"""The simulated world as the page shows it: plain data for JSON."""

from typing import Any

from simulator.site import Article, Site
from simulator.site.editions import EDITIONS
from simulator.telegram import Person, Telegram
from simulator.telegram.model import PRESENT, Chat

Json = dict[str, Any]

MESSAGES = 300
"""How many messages of a chat are shown, the newest ones."""
_LEAD = 180


class View:
    """What is shown. `site_url`: without a slash at the end."""

    def __init__(self, telegram: Telegram, site: Site, site_url: str) -> None:
        self._telegram = telegram
        self._site = site
        self._site_url = site_url

    def everything(self) -> Json:
        """All that a page needs when it opens."""
        bot = self._telegram.world.bot
        return {
            "bot": {"id": bot.id, "name": bot.name, "username": bot.username},
            "site": self._site_url,
            "editions": {
                name: list(style.sections) or [style.section] for name, style in EDITIONS.items()
            },
            "people": self.people(),
            "chats": [
                self.chat(number) | {"messages": self.messages(number)} for number in self.chats()
            ],
            "suggestions": self.suggestions(),
            "rates": {code: str(value) for code, value in self._site.bank.now().items()},
        }

    def people(self) -> list[Json]:
        """Everyone with an account."""
        return [_person(person) for person in self._telegram.world.people.values()]

    def chats(self) -> list[int]:
        """The chats' ids; those that became another chat are left out."""
        return [n for n, chat in self._telegram.world.chats.items() if chat.moved_to is None]

    def chat(self, chat_id: int) -> Json:
        """A chat without its messages."""
        chat = self._telegram.world.chats[chat_id]
        return {
            "id": chat.id,
            "type": chat.type,
            "title": chat.title,
            "members": [n for n, status in chat.members.items() if self._is_here(n, status)],
            "started": chat.started,
            "blocked": self._is_blocked(chat),
            "about": self._about(chat),
            "messages": [],
        }

    def messages(self, chat_id: int) -> list[Json]:
        """A chat's newest messages, oldest first."""
        return [self.message(message) for message in self._telegram.history(chat_id)[-MESSAGES:]]

    def message(self, message: Json) -> Json:
        """A message with what its link preview shows."""
        card = self._preview(message)
        return message | {"preview": card} if card else message

    def suggestions(self) -> dict[str, list[str]]:
        """Words that will soon be in the news, by language."""
        return {edition: self._site.upcoming(edition) for edition in EDITIONS}

    def _is_here(self, user_id: int, status: str) -> bool:
        return status in PRESENT and user_id in self._telegram.world.people

    def _is_blocked(self, chat: Chat) -> bool:
        return chat.members.get(self._telegram.world.bot.id) == "kicked"

    def _about(self, chat: Chat) -> dict[str, str]:
        profile = self._telegram.world.profile
        if chat.type != "private":
            return {}
        return {language: profile.get("description", language) for language in EDITIONS}

    def _preview(self, message: Json) -> Json | None:
        options = message.get("link_preview_options", {})
        if options.get("is_disabled"):
            return None
        addresses = (options.get("url"), *_links(message))
        found = (self._card(address) for address in addresses if address)
        return next((card for card in found if card), None)

    def _card(self, address: str) -> Json | None:
        if not address.startswith(self._site_url + "/"):
            return None
        article = self._site.find(address.removeprefix(self._site_url))
        return _described(article, address, self._site_url) if article else None


def _person(person: Person) -> Json:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "language": person.language_code or "en",
    }


def _links(message: Json) -> list[str]:
    text = message.get("text", "").encode("utf-16-le")
    return [
        entity.get("url") or _marked(text, entity)
        for entity in message.get("entities", ())
        if entity["type"] in {"text_link", "url"}
    ]


def _marked(text: bytes, entity: Json) -> str:
    """What an entity covers of a text in UTF-16, in whose units offsets count."""
    start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
    return text[start:end].decode("utf-16-le", "replace")


def _described(article: Article, address: str, origin: str) -> Json:
    picture = article.picture
    return {
        "url": address,
        "site": "24.kg",
        "title": article.title,
        "description": _cut(article.body[0] if article.body else ""),
        "picture": origin + picture if picture.startswith("/") else picture,
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LEAD else text[:_LEAD].rsplit(" ", 1)[0] + "…"
