"""The news that the site has to tell: stories on file, with figures that change each time.

A file in `news/` holds stories apart by a blank line. The first line of a story is
`# keywords, by commas | section`, with `!` before the keywords where the editors hold it
important; then the title; then the body, one block a line (`article.Article` has the marks).
A slot `{name=10-20}` or `{name=one|another}` takes a value that `{name}` repeats.
"""

import asyncio
import random
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import cycle

from simulator.site.editions import EDITIONS, Edition

_SLOT = re.compile(r"\{(\w+)(?:=([^}]*))?\}")
_RANGE = re.compile(r"(\d+)-(\d+)")
_TOO_SOON = 10.0
"""Seconds that a reader needs to take up a suggestion."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story before it is told. `keywords` are words that its text holds just as they stand."""

    keywords: tuple[str, ...]
    section: str
    important: bool
    title: str
    body: tuple[str, ...]

    def told(self, dice: random.Random) -> "Story":
        """The story with a value in each slot."""
        values: dict[str, str] = {}
        title, *body = (_fill(line, values, dice) for line in (self.title, *self.body))
        return Story(self.keywords, self.section, self.important, title, tuple(body))


@cache
def stories(name: str) -> tuple[Story, ...]:
    """The stories of `news/{name}.txt`."""
    text = files("simulator.site").joinpath("news", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(_story(block.splitlines()) for block in text.strip().split("\n\n"))


class Newsroom:
    """The stories that the editions are going to publish, in order, for ever, and when."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._queues = {edition: deque(stories(edition)) for edition in EDITIONS}
        self._times: dict[Edition, tuple[float, float]] = {}

    def next(self, edition: Edition) -> Story:
        """Take the next story; it comes round again with other figures."""
        story = self._queues[edition][0]
        self._queues[edition].rotate(-1)
        return story.told(self._dice)

    def older(self, edition: Edition, count: int) -> list[Story]:
        """Everyday news of the last days."""
        everyday = stories(f"{edition}_older")
        rounds = range(-(-count // len(everyday)))
        dealt = [story for _ in rounds for story in self._dice.sample(everyday, len(everyday))]
        return [story.told(self._dice) for story in dealt[:count]]

    async def run(self, every_seconds: float, publish: Callable[[Edition], object]) -> None:
        """Have a story published every so many seconds, the editions in turn, for ever."""
        start = time.monotonic()
        for turn, edition in enumerate(EDITIONS, 1):
            self._times[edition] = (start + turn * every_seconds, every_seconds * len(EDITIONS))
        for edition in cycle(EDITIONS):
            due, period = self._times[edition]
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            publish(edition)
            self._times[edition] = (due + period, period)

    def upcoming(self, edition: Edition) -> list[str]:
        """Words that one of the edition's next two stories holds. Those come first that a
        reader who subscribes to them now hears of soonest; a story that comes too soon for
        that is left out.
        """
        first, second, *_ = self._queues[edition]
        due, period = self._times.get(edition, (0.0, 0.0))
        too_soon = due - time.monotonic() < min(_TOO_SOON, period / 2)
        told = (second,) if period and too_soon else (first, second)
        return list(dict.fromkeys(word for story in told for word in story.keywords))


def _story(lines: list[str]) -> Story:
    head, title, *body = lines
    words, _, section = head.removeprefix("#").partition("|")
    important = words.lstrip().startswith("!")
    keywords = (word.strip() for word in words.replace("!", "").split(","))
    return Story(tuple(filter(None, keywords)), section.strip(), important, title, tuple(body))


def _fill(text: str, values: dict[str, str], dice: random.Random) -> str:
    def value(slot: re.Match[str]) -> str:
        name, choices = slot.groups()
        if choices is not None:
            values[name] = _draw(choices, dice)
        return values[name]

    return _SLOT.sub(value, text)


def _draw(choices: str, dice: random.Random) -> str:
    if numbers := _RANGE.fullmatch(choices):
        return str(dice.randint(int(numbers[1]), int(numbers[2])))
    return dice.choice(choices.split("|"))
