"""A Bot API server over HTTP for one bot, with simulated people, groups and channels.

`Telegram().app()` is an aiohttp application; point a bot's base address at it. What people do are
plain methods of `Telegram`; what the bot did is in `history`, `ledger` and `events`.
"""

from simulator.telegram.errors import ApiError
from simulator.telegram.faults import Fault, Faults
from simulator.telegram.ledger import Call, Ledger
from simulator.telegram.limits import Limits
from simulator.telegram.model import Person
from simulator.telegram.telegram import Telegram

__all__ = ["ApiError", "Call", "Fault", "Faults", "Ledger", "Limits", "Person", "Telegram"]
