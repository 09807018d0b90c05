"""Links that open the bot and subscribe: `?start=sub_…`, with the query in base64url, or
`?start=ask_…`, with the key of a longer one that is kept. Pure.
"""

import base64
import binascii

LONGEST = 64
"""Characters of a start parameter, each of `A-Za-z0-9_-`."""
QUERY, KEY = "sub_", "ask_"


def to_query(words: str) -> str:
    """The parameter that holds a query; empty where it has no room for it."""
    code = base64.urlsafe_b64encode(words.encode("utf-8", "replace")).decode().rstrip("=")
    told = f"{QUERY}{code}"
    return told if code and len(told) <= LONGEST else ""


def to_key(key: str) -> str:
    """The parameter that names what is kept."""
    return f"{KEY}{key}"


def query_in(parameter: str) -> str:
    """The query that a parameter holds; empty: none."""
    if not parameter.startswith(QUERY):
        return ""
    code = parameter.removeprefix(QUERY)
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4), b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def key_in(parameter: str) -> str:
    """The key that a parameter names; empty: none."""
    return parameter.removeprefix(KEY) if parameter.startswith(KEY) else ""
