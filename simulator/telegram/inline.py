"""Inline mode: asking the bot from any chat, and sending what it offers."""

import asyncio
from copy import deepcopy

from simulator.telegram.conversation import Conversation
from simulator.telegram.methods.answering import result_content
from simulator.telegram.model import Json, Person

MAX_QUERY = 256


class Inline(Conversation):
    """Inline queries and their results."""

    async def inline(
        self,
        person: Person,
        query: str,
        offset: str = "",
        chat_type: str = "sender",
        timeout: float = 10,  # noqa: ASYNC109 - told to asyncio.timeout
    ) -> Json:
        """Someone types `@bot query`: the parameters of the bot's `answerInlineQuery`. An app sends
        no more than the first 256 characters. Raises TimeoutError, and ValueError where the bot is
        not to be asked so.
        """
        if not self.world.bot.inline:
            raise ValueError("this bot has no inline mode")
        query = query[:MAX_QUERY]
        asked = self.world.queries.ask("inline", person.id, query)
        content = {"id": asked.id, "from": person.user(), "query": query, "offset": offset}
        self.world.updates.add("inline_query", content | {"chat_type": chat_type})
        async with asyncio.timeout(timeout):
            await asked.answered.wait()
        return deepcopy(asked.answer or {})

    def choose(self, person: Person, chat_id: int, answer: Json, index: int) -> Json:
        """Someone sends one of the results: the message, sent via the bot."""
        result = answer["results"][index]
        chat = self.world.chats[chat_id]
        content = result_content(result) | {"from": person.user(), "via_bot": self.world.bot.user()}
        message = self.world.post(chat, content)
        chosen: Json = {"result_id": result["id"], "from": person.user()}
        query = self.world.queries.get(answer["inline_query_id"])
        chosen["query"] = query.text if query else ""
        if "reply_markup" in content:
            chosen["inline_message_id"] = self._remember(chat_id, message)
        self.world.tell_bot(chat, message)
        if self.world.bot.inline_feedback:
            self.world.updates.add("chosen_inline_result", chosen)
        return deepcopy(message)

    def _remember(self, chat_id: int, message: Json) -> str:
        number = f"inline-{len(self.world.inline_messages) + 1}"
        place = self.world.chats[chat_id], message["message_id"]
        self.world.inline_messages[number] = place
        return number
