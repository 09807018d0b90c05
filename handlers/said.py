"""Commands in what readers say. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from bot.model import ChatRef

_COMMAND = re.compile(r"/([^\s@]*)(?:@(\S*))?\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A text, taken apart. `/subscribe@jarchy_bot visa` → subscribe, jarchy_bot, visa."""

    command: str
    """In lower case; empty where the text is no command."""
    to: str
    """The bot that it names, in lower case; empty where it names none."""
    words: str

    @classmethod
    def parse(cls, text: str) -> "Said":
        """Any text will do."""
        found = _COMMAND.fullmatch(text.strip())
        if found is None:
            return cls("", "", text.strip())
        command, to, words = found.groups(default="")
        return cls(command.casefold(), to.casefold(), words.strip())


def closest(command: str, known: Collection[str]) -> str:
    """The known command that was probably meant; empty where none is like it."""
    return next(iter(get_close_matches(command[:32], known, 1)), "")


def is_for_us(said: Said, where: ChatRef, bot: str, known: Collection[str]) -> bool:
    """Whether to answer. In a private chat always; elsewhere what names this bot, and of what
    names none our own commands, right or nearly so: other bots listen there too.
    """
    if said.to:
        return said.to == bot.casefold()
    if where.is_private:
        return True
    return bool(said.command) and bool(closest(said.command, known))
