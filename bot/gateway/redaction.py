"""No secret in a log line: a processor of structlog's, and thereby of every library's line."""

import re
from collections.abc import Iterable, MutableMapping
from typing import Any
from urllib.parse import quote

import structlog

MASK = "[redacted]"
SHORTEST_SECRET = 4
"""A shorter one would blank out words at random, and hides nothing."""

_TOKEN = r"bot\d+:[\w-]+"  # noqa: S105  # the shape of one, as it stands in an address
_ONLY_NUMBERS = (int, float, complex, type(None))


class Redactor:
    """Masks every `bot<number>:<word>` and the given secrets, as they are and percent-encoded."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {form for secret in secrets for form in (secret, quote(secret, safe=""))}
        longest_first = sorted(known, key=len, reverse=True)
        plain = [re.escape(secret) for secret in longest_first if len(secret) >= SHORTEST_SECRET]
        self._pattern = re.compile("|".join([*plain, _TOKEN]))

    def text(self, text: str) -> str:
        """The text without secrets."""
        return self._pattern.sub(MASK, text)

    def value(self, value: Any) -> Any:
        """The same, within containers too; an object whose `repr` holds a secret becomes text."""
        match value:
            case str():
                return self.text(value)
            case dict():
                return {self.value(key): self.value(item) for key, item in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self.value(item) for item in value]
            case number if isinstance(number, _ONLY_NUMBERS):
                return value
            case BaseException():
                return self.text(str(value) or type(value).__name__)
        shown = repr(value)
        hidden = self.text(shown)
        return value if hidden == shown else hidden

    def __call__(
        self, logger: Any, method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """The processor: the last before the renderer. Tracebacks become text here."""
        event = structlog.processors.format_exc_info(logger, method, event)
        return {self.text(key): self.value(item) for key, item in event.items()}
