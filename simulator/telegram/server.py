"""The Bot API over HTTP: from a request to an answer, by way of faults, limits and ledger."""

import inspect
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiohttp import web

from simulator.telegram.access import writable
from simulator.telegram.errors import ApiError, bad_request
from simulator.telegram.faults import Fault, Faults
from simulator.telegram.formatting import parse
from simulator.telegram.ledger import HTTP_OK, Call, Ledger
from simulator.telegram.limits import Gate
from simulator.telegram.methods import METHODS
from simulator.telegram.model import GROUPS, Json
from simulator.telegram.request import read_params
from simulator.telegram.schema import Schema, Violation, table
from simulator.telegram.world import World

MAX_BODY = 50 * 2**20
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
}
UNCOUNTED = frozenset(
    {"sendChatAction", "sendMessageDraft", "sendGift", "sendChatJoinRequestWebApp"}
)


class Dropped(Exception):
    """The connection is to be broken instead of an answer."""


class Server:
    """Answers `/bot{token}/{method}` and `/file/bot{token}/{path}`."""

    def __init__(
        self, world: World, ledger: Ledger, faults: Faults, gate: Gate, *, strict: bool
    ) -> None:
        self._world = world
        self._ledger = ledger
        self._faults = faults
        self._gate = gate
        self.strict = strict
        self.schema = Schema(table(), _visible)

    def routes(self) -> list[web.RouteDef]:
        """For an application's router."""
        return [
            web.route("*", "/bot{token:[^/]+}/{method}", self._answer),
            web.get("/file/bot{token:[^/]+}/{file_id}", self._download),
        ]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            method = self._named(request)
            params = self.schema.coerce(method, await read_params(request))
        except ApiError as error:
            return _response(error.status, error.answer())
        try:
            status, answer = await self.call(method, params)
        except Dropped:
            return _broken(request)
        if isinstance(answer, str):
            return web.Response(status=status, text=answer, content_type="text/html")
        return _response(status, answer)

    def _named(self, request: web.Request) -> str:
        self._authorize(request)
        if method := self.schema.method(request.match_info["method"]):
            return method
        raise ApiError(404, "Not Found")

    async def call(self, method: str, params: Json) -> tuple[int, Json | str]:
        """Do it, and write it down. Raises Dropped."""
        fault = await self._faults.strike(method, params)
        if fault and fault.drop_connection:
            self.record(method, params, 0, {})
            raise Dropped
        violations = self.schema.check(method, params)
        params = self.schema.loosened(method, params)
        try:
            status, answer = HTTP_OK, await self._done(method, params, fault, violations)
        except ApiError as error:
            status, answer = error.status, error.answer()
        self.record(method, params, status, answer, violations)
        if fault and fault.drop_answer:
            raise Dropped
        return status, (fault.body if fault and fault.body is not None else answer)

    async def perform(self, method: str, params: Json) -> None:
        """Do what a webhook's answer asks for; nobody is told how it went."""
        if name := self.schema.method(method):
            with suppress(Dropped):
                await self.call(name, self.schema.coerce(name, params))

    def _authorize(self, request: web.Request) -> None:
        if request.match_info["token"] != self._world.bot.token:
            raise ApiError(401, "Unauthorized")

    async def _done(
        self, method: str, params: Json, fault: Fault | None, violations: list[Violation]
    ) -> Json:
        if fault and (error := fault.error()):
            raise error
        _refuse(violations, strict=self.strict)
        self._admit(method, params)
        if method not in METHODS:
            return {"ok": True, "result": True}
        result: Any = METHODS[method](self._world, params)
        return {"ok": True, "result": await result if inspect.isawaitable(result) else result}

    def _admit(self, method: str, params: Json) -> None:
        if not (number := messages_in(method, params)):
            return
        chat = writable(self._world, params)
        group = chat.type in GROUPS | {"channel"}
        paid = bool(params.get("allow_paid_broadcast"))
        self._gate.admit(chat.id, number, group=group, paid=paid)

    def record(
        self,
        method: str,
        params: Json,
        status: int,
        answer: Json,
        violations: Sequence[Violation] = (),
    ) -> None:
        """Write a request down."""
        sent = messages_in(method, params) if status == HTTP_OK else 0
        call = Call(
            self._world.clock(),
            method,
            params,
            status,
            answer,
            [str(violation) for violation in violations],
            "" if method in METHODS else "not simulated: answered with true",
            sent,
        )
        self._ledger.record(call)
        self._world.events.emit({"type": "request", "method": method, "status": status})

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._authorize(request)
        except ApiError as error:
            return _response(error.status, error.answer())
        upload = self._world.files.get(request.match_info["file_id"])
        if upload is None:
            return _response(404, ApiError(404, "Not Found").answer())
        return web.Response(body=upload.data, content_type=upload.content_type)


def messages_in(method: str, params: Json) -> int:
    """How many messages a request would send, for the limits."""
    if method in UNCOUNTED or not method.startswith(("send", "forward", "copy")):
        return 0
    many = params.get("media") if method == "sendMediaGroup" else params.get("message_ids")
    return len(many) if isinstance(many, list) else 1


def _refuse(violations: list[Violation], *, strict: bool) -> None:
    worst = next((each for each in violations if each.fatal or strict), None)
    if worst is None:
        return
    missing = worst.what.removesuffix(" is missing")
    known = MISSING.get(missing) if "." not in worst.where else None
    raise bad_request(known or f"can't parse request: {worst}")


def _visible(text: str, mode: str | None) -> str:
    try:
        return parse(text, mode).text.strip()
    except ApiError as error:
        raise ValueError(error.description) from error


def _response(status: int, answer: Json) -> web.Response:
    headers = {}
    if retry := answer.get("parameters", {}).get("retry_after"):
        headers["Retry-After"] = str(retry)
    text = json.dumps(answer, ensure_ascii=False)
    return web.Response(status=status, text=text, content_type="application/json", headers=headers)


def _broken(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
