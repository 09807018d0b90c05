"""A direct call of a method of the Bot API: no library object on either side."""

from collections.abc import Mapping

from bot.gateway.answers import Answer, read_answer
from bot.gateway.bodies import encode
from bot.gateway.transport import AiohttpRequest


class BotApi:
    """A bot's own Bot API: requests go to `{api_url}/bot{token}/{method}`."""

    def __init__(self, request: AiohttpRequest, api_url: str, token: str) -> None:
        self._request = request
        self._base = f"{api_url.rstrip('/')}/bot{token}/"

    async def call(
        self,
        method: str,
        payload: Mapping[str, object],
        read_timeout: float | None = None,
        *,
        written: bytes = b"",
    ) -> Answer:
        """Raises telegram.error.NetworkError where there is no answer. `written`: what else goes
        along with the payload, as JSON already; an object too, and neither is empty.
        """
        body = encode(payload)
        if written:
            body = b"%b,%b" % (body[:-1], written[1:])
        status, answer = await self._request.post_json(self._base + method, body, read_timeout)
        return read_answer(status, answer)

    async def upload(
        self, method: str, payload: Mapping[str, object], files: Mapping[str, bytes]
    ) -> Answer:
        """The same with files, of which `payload` speaks as `attach://{name}`."""
        status, body = await self._request.post_form(self._base + method, payload, files)
        return read_answer(status, body)
