"""Every request that was made, and what was wrong with it."""

from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from simulator.telegram.model import Json

HTTP_OK = 200


@dataclass(frozen=True, slots=True)
class Call:
    """One request and its answer."""

    at: float
    method: str
    params: Json
    status: int
    answer: Json
    violations: list[str] = field(default_factory=list)
    note: str = ""
    """Where the simulator did less than Telegram would."""
    messages: int = 0
    """How many messages it put into the chat."""

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return self.status == HTTP_OK

    @property
    def chat_id(self) -> Any:
        """The chat that it named."""
        return self.params.get("chat_id")


class Ledger:
    """The calls in the order in which they were answered; the oldest go where there are more than
    `size`.
    """

    def __init__(self, size: int | None = None) -> None:
        self.calls: deque[Call] = deque(maxlen=size)

    def __len__(self) -> int:
        return len(self.calls)

    def record(self, call: Call) -> None:
        """One more."""
        self.calls.append(call)

    def of(self, method: str, chat: int | str | None = None) -> list[Call]:
        """The calls of one method, in one chat where one is named."""
        return [
            call
            for call in self.calls
            if call.method == method and (chat is None or call.chat_id == chat)
        ]

    def violations(self) -> list[str]:
        """Everything that was wrong with any request."""
        return [violation for call in self.calls for violation in call.violations]

    def peak(self, window: float = 1.0, chat: int | str | None = None) -> int:
        """The most messages that went out within any `window` seconds, overall or to one chat."""
        moments = sorted(
            call.at
            for call in self.calls
            for _ in range(call.messages)
            if chat is None or call.chat_id == chat
        )
        return max(
            (at + 1 - bisect_right(moments, end - window) for at, end in enumerate(moments)),
            default=0,
        )

    def clear(self) -> None:
        """Forget what was, as before the part that a test is about."""
        self.calls.clear()
