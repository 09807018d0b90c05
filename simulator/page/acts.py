"""What the page asks for, and what becomes of it."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from simulator.page.view import Json
from simulator.site import Site
from simulator.telegram import Person, Telegram

Act = Callable[[Json], Awaitable[Json]]

_ANSWERS_KEPT = 100
_BUTTON_SECONDS = 15.0


class Acts:
    """What a page can ask for: each takes the request's JSON and gives the answer's."""

    def __init__(self, telegram: Telegram, site: Site) -> None:
        self._telegram = telegram
        self._site = site
        self._answers: OrderedDict[str, Json] = OrderedDict()

    def all(self) -> dict[str, Act]:
        """By the last part of their address."""
        return {
            "readers": self.add_reader,
            "groups": self.add_group,
            "say": self.say,
            "press": self.press,
            "commands": self.commands,
            "inline": self.inline,
            "choose": self.choose,
            "block": self.block,
            "articles": self.publish,
            "rates": self.publish_rate,
        }

    async def add_reader(self, body: Json) -> Json:
        """Someone new with their chat."""
        if not (name := body["name"].strip()):
            raise ValueError("a reader needs a name")
        person = self._telegram.person(name, body["language"])
        self._telegram.world.events.emit({"type": "people"})
        return {"person": person.id, "chat": self._telegram.private(person)}

    async def add_group(self, body: Json) -> Json:
        """A group with the bot in it."""
        members = [self._person(number) for number in body["members"]]
        if not members or not body["title"].strip():
            raise ValueError("a group needs a title and a member")
        return {"chat": self._telegram.group(body["title"].strip(), members)}

    async def say(self, body: Json) -> Json:
        """A message."""
        if not (text := body["text"].strip()):
            raise ValueError("there is nothing to say")
        message = self._telegram.say(self._person(body["person"]), body["chat"], text)
        return {"message_id": message["message_id"]}

    async def press(self, body: Json) -> Json:
        """A button; the bot's answer, null where it gives none."""
        telegram = self._telegram
        person = self._person(body["person"])
        query = telegram.press(person, body["chat"], body["message"], body["button"])
        try:
            await telegram.wait_for(lambda: query in telegram.callback_answers, _BUTTON_SECONDS)
        except TimeoutError:
            return {"answer": None}
        return {"answer": telegram.callback_answers[query]}

    async def commands(self, body: Json) -> Json:
        """What typing `/` offers."""
        person = self._person(body["person"])
        return {"commands": self._telegram.commands(body["chat"], person)}

    async def inline(self, body: Json) -> Json:
        """What `@bot query` offers, from an offset on; nothing where the bot doesn't answer."""
        kind = "sender" if body["chat"] == body["person"] else "group"
        person = self._person(body["person"])
        try:
            answer = await self._telegram.inline(
                person, body["query"], body.get("offset", ""), chat_type=kind
            )
        except TimeoutError:
            return {"id": "", "results": [], "next": "", "button": None}
        number = str(answer["inline_query_id"])
        self._answers[number] = answer
        if len(self._answers) > _ANSWERS_KEPT:
            self._answers.popitem(last=False)
        results = enumerate(answer.get("results", ()))
        return {
            "id": number,
            "results": [_offered(index, result) for index, result in results],
            "next": answer.get("next_offset", ""),
            "button": answer.get("button"),
        }

    async def choose(self, body: Json) -> Json:
        """One of those results, sent."""
        answer = self._answers[body["answer"]]
        person = self._person(body["person"])
        message = self._telegram.choose(person, body["chat"], answer, body["index"])
        return {"message_id": message["message_id"]}

    async def block(self, body: Json) -> Json:
        """Block the bot, or let it write again."""
        change = self._telegram.block if body["blocked"] else self._telegram.unblock
        change(self._person(body["person"]))
        return {}

    async def publish(self, body: Json) -> Json:
        """An article; its text has a paragraph a line."""
        paragraphs = [line.strip() for line in body["text"].splitlines() if line.strip()]
        return {
            "id": self._site.publish(
                body["edition"], body["title"], paragraphs, body.get("section") or None
            )
        }

    async def publish_rate(self, body: Json) -> Json:
        """What the National Bank says of a currency, from tomorrow on."""
        self._site.bank.publish(body["currency"], body["value"])
        return {}

    def _person(self, number: int) -> Person:
        return self._telegram.world.people[number]


def _offered(index: int, result: Json) -> Json:
    content = result.get("input_message_content", {})
    return {
        "index": index,
        "title": result.get("title") or content.get("message_text", "")[:80],
        "description": result.get("description", ""),
        "thumbnail": result.get("thumbnail_url"),
    }
