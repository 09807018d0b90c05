"""Pictures: uploaded once, and called by Telegram's name for them from then on."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from bot.gateway.answers import Answer, file_is_unknown
from bot.gateway.api import BotApi

UPLOADED = "picture"
"""The name of the file in a request."""

log = structlog.get_logger(__name__)


class Pictures:
    """Telegram's names for the pictures sent last, as long as the process lives. Nobody waits for
    another's upload: those who send a picture while it goes up for the first time upload it too.
    """

    def __init__(self, api: BotApi, most: int = 64) -> None:
        self._api = api
        self._most = most
        self._names: OrderedDict[bytes, str] = OrderedDict()

    async def call(
        self, method: str, picture: bytes, payload: Callable[[str], Mapping[str, Any]]
    ) -> Answer:
        """Call a method with a payload that is made from what the picture is called. Raises
        telegram.error.NetworkError where there is no answer.
        """
        if name := self._names.get(picture):
            answer = await self._api.call(method, payload(name))
            if not file_is_unknown(answer):
                return answer
            log.info("picture forgotten by Telegram, uploaded again", reason=answer.description)
        attached = payload(f"attach://{UPLOADED}")
        answer = await self._api.upload(method, attached, {UPLOADED: picture})
        if name := _name(answer.result):
            self._learn(picture, name)
        return answer

    def _learn(self, picture: bytes, name: str) -> None:
        self._names[picture] = name
        self._names.move_to_end(picture)
        if len(self._names) > self._most:
            self._names.popitem(last=False)


def _name(result: object) -> str:
    """Of the largest of the sizes that a picture has; empty where the answer names none.

    See https://core.telegram.org/bots/api#photosize.
    """
    sizes = result.get("photo") if isinstance(result, dict) else None
    largest = sizes[-1] if isinstance(sizes, list) and sizes else None
    name = largest.get("file_id") if isinstance(largest, dict) else None
    return name if isinstance(name, str) else ""
