"""All subscriptions, as the store has them: put together by what is followed."""

import json
from array import array
from collections.abc import Iterator

import structlog

from bot.model import Following
from bot.store import records

UNREADABLE = (ValueError, AttributeError, OverflowError)
"""What comes of a row that is damaged, or of a chat's id that is none."""

log = structlog.get_logger(__name__)


class Followings:
    """Who follows what. Made of a million rows at start, so that nothing is made of each."""

    def __init__(self) -> None:
        self._chats: dict[tuple[str, str, str], array[int]] = {}
        """By the row's name, manner and text."""

    def __iter__(self) -> Iterator[Following]:
        for (name, manner, text), chats in self._chats.items():
            try:
                yield records.load_following(name, manner, text, chats)
            except ValueError:
                log.warning("subscriptions unreadable", key=name, count=len(chats))

    def add(self, lines: str) -> None:
        """A page: lines of a chat's id, a tab and the field with its rows. What can't be read is
        left out, and logged.
        """
        try:
            # In JSON neither a new line nor a tab is written as it is.
            self._add("{" + f'"{lines}'.replace("\n", ',"').replace("\t", '":') + "}")
        except UNREADABLE:
            self._add_each(lines)

    def _add_each(self, lines: str) -> None:
        for line in lines.split("\n"):
            chat, _, rows = line.partition("\t")
            try:
                self._add(f'{{"{chat}":{rows}}}')
            except UNREADABLE:
                log.warning("subscriptions unreadable", chat=chat)

    def _add(self, page: str) -> None:
        known = self._chats
        for chat, rows in json.loads(page).items():
            number = int(chat)
            for name, row in rows.items():
                manner, _, text = row.split("\t", 2)
                followed = name, manner, text
                chats = known.get(followed)
                if chats is None:
                    chats = known[followed] = array("q")
                chats.append(number)
