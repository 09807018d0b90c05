"""What the bot can ask for: one function a method, from parameters to a result."""

from collections.abc import Callable
from typing import Any

from simulator.telegram.methods import (
    account,
    administration,
    answering,
    chats,
    editing,
    media,
    receiving,
    sending,
)
from simulator.telegram.model import Json
from simulator.telegram.world import World

Method = Callable[[World, Json], Any]
"""The result as JSON, or an awaitable of it. Raises ApiError."""

METHODS: dict[str, Method] = {
    **account.METHODS,
    **administration.METHODS,
    **answering.METHODS,
    **chats.METHODS,
    **editing.METHODS,
    **media.METHODS,
    **receiving.METHODS,
    **sending.METHODS,
}
