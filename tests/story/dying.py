"""The bot, killed by itself (SIGKILL) just before or just after one step of an article's way.

    python dying.py STEP before|after FILE run

It lives until FILE exists. Nothing of the program knows of this: the steps are wrapped here.
"""

import functools
import os
import signal
import sys
from pathlib import Path

from bot.__main__ import main
from bot.flows.audience import Audience
from bot.flows.compose import Compose
from bot.gateway.messenger import TelegramMessenger
from bot.sites.twentyfour_kg import TwentyFourKg
from bot.store.articles import RedisArticles
from bot.store.outbox import RedisOutbox

STEPS = {
    "fetch": (TwentyFourKg, "listing"),
    "discover": (RedisArticles, "discover"),
    "claim": (RedisArticles, "claim"),
    "read": (TwentyFourKg, "article"),
    "match": (Audience, "wanting"),
    "keep": (RedisArticles, "keep"),
    "take": (RedisOutbox, "take"),
    "compose": (Compose, "of"),
    "send": (TelegramMessenger, "send"),
    "settle": (RedisOutbox, "settle"),
}


def die_at(step: str, when: str, armed: Path) -> None:
    """Wrap a step. An empty answer (nothing to claim, nothing to take) is not yet the moment."""
    owner, name = STEPS[step]
    original = getattr(owner, name)

    def die() -> None:
        if armed.exists():
            os.kill(os.getpid(), signal.SIGKILL)

    @functools.wraps(original)
    async def wrapped(*arguments, **named):
        if when == "before":
            die()
        result = await original(*arguments, **named)
        if result or step == "discover":
            die()
        return result

    setattr(owner, name, wrapped)


if __name__ == "__main__":
    step, when, armed = sys.argv[1:4]
    die_at(step, when, Path(armed))
    sys.exit(main(sys.argv[4:]))
