"""What requests and answers say of themselves."""

from collections.abc import Collection

from aiohttp import ClientResponse

from bot.model import Validator

LONGEST_VALIDATOR = 512


def accepted(kinds: Collection[str]) -> str:
    """The `Accept` header for these media types; an empty one stands for none said."""
    return ", ".join(sorted(filter(None, kinds), reverse=True))


def conditions(validator: Validator | None) -> dict[str, str]:
    """The headers of a conditional request."""
    if validator is None:
        return {}
    named = {"If-None-Match": validator.etag, "If-Modified-Since": validator.last_modified}
    return {name: value for name, value in named.items() if value}


def validator_of(response: ClientResponse) -> Validator | None:
    """What the next conditional request sends back; None where the answer has nothing."""
    found = Validator(
        response.headers.get("ETag", "")[:LONGEST_VALIDATOR],
        response.headers.get("Last-Modified", "")[:LONGEST_VALIDATOR],
    )
    return found if found != Validator() else None
