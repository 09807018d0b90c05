"""Faults on demand: what a network and an overloaded server do."""

import asyncio
from dataclasses import dataclass, field

from simulator.telegram.errors import ApiError
from simulator.telegram.model import Json

DESCRIPTIONS = {
    401: "Unauthorized",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next `times` requests that it fits; None: with all."""

    method: str | None = None
    chat_id: int | str | None = None
    status: int | None = None
    description: str = ""
    retry_after: int | None = None
    parameters: Json = field(default_factory=dict)
    times: int | None = 1
    delay: float = 0.0
    """Seconds that pass first."""
    body: str | None = None
    """An answer that is no JSON, such as a proxy's page."""
    hold: asyncio.Event | None = None
    """What must be set first: the request stands still until a test lets it go."""
    drop_connection: bool = False
    """Break the connection and do nothing."""
    drop_answer: bool = False
    """Do it, then break the connection."""

    def fits(self, method: str, params: Json) -> bool:
        """Whether it is about this request."""
        return (
            self.times != 0
            and self.method in {None, method}
            and self.chat_id in {None, params.get("chat_id")}
        )

    def error(self) -> ApiError | None:
        """The refusal that it stands for, if any."""
        retry = {} if self.retry_after is None else {"retry_after": self.retry_after}
        status = self.status or (429 if retry else None)
        if status is None:
            return None
        named = DESCRIPTIONS.get(status, "Bad Request")
        waiting = f"{named}: retry after {self.retry_after}" if retry else named
        return ApiError(status, self.description or waiting, **retry, **self.parameters)


class Faults:
    """The faults that wait for their requests, first come, first served."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Let this go wrong."""
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._faults.clear()

    async def strike(self, method: str, params: Json) -> Fault | None:
        """The fault of this request, when its time has come."""
        fault = next((each for each in self._faults if each.fits(method, params)), None)
        if fault is None:
            return None
        if fault.times is not None:
            fault.times -= 1
        await asyncio.sleep(fault.delay)
        if fault.hold:
            await fault.hold.wait()
        return fault
