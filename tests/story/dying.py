"""The bot, killed by itself (SIGKILL) just before or just after one step of an article's way.

    python dying.py STEP before|after FILE COUNT run

It lives until FILE exists and the step was come to COUNT times. Nothing of the program knows of
this: the steps are wrapped here.
"""

import functools
import os
import signal
import sys
from pathlib import Path

from bot.__main__ import main
from bot.flows.audience import Audience
from bot.flows.compose import Compose
from bot.flows.pacing import Turns
from bot.gateway.messenger import TelegramMessenger
from bot.sites.twentyfour_kg import TwentyFourKg
from bot.store.articles import RedisArticles
from bot.store.handled import RedisHandled
from bot.store.outbox import RedisOutbox
from bot.store.pacing import RedisPacing
from bot.store.subscriptions import RedisSubscriptions

COLLECT = {
    "fetch": (TwentyFourKg, "listing"),
    "discover": (RedisArticles, "discover"),
    "claim": (RedisArticles, "claim"),
    "read": (TwentyFourKg, "article"),
    "match": (Audience, "wanting"),
    "keep": (RedisArticles, "keep"),
}
DELIVER = {
    "take": (RedisOutbox, "take"),
    "compose": (Compose, "of"),
    "put aside": (RedisOutbox, "hold"),
    "book": (RedisPacing, "book"),
    "slot": (Turns, "reach"),
    "send": (TelegramMessenger, "send"),
    "settle": (RedisOutbox, "settle"),
    "postpone": (RedisOutbox, "postpone"),
}
RECEIVE = {
    "subscribe": (RedisSubscriptions, "add"),
    "handled": (RedisHandled, "add"),
}
STEPS = COLLECT | DELIVER | RECEIVE
ASKING = {"fetch", "claim", "read", "match", "take"}
"""An empty answer to these (nothing to claim, nothing to take) is not yet the moment."""


def die_at(step: str, when: str, armed: Path, count: int) -> None:
    """Wrap a step."""
    owner, name = STEPS[step]
    original = getattr(owner, name)
    left = count - 1

    def die() -> None:
        nonlocal left
        left -= armed.exists()
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @functools.wraps(original)
    async def wrapped(*arguments, **named):
        if when == "before":
            die()
        result = await original(*arguments, **named)
        if when == "after" and (result or step not in ASKING):
            die()
        return result

    setattr(owner, name, wrapped)


if __name__ == "__main__":
    step, when, armed, count = sys.argv[1:5]
    die_at(step, when, Path(armed), int(count))
    sys.exit(main(sys.argv[5:]))
