"""Why a text can't be followed."""

from enum import StrEnum

LONGEST_QUERY = 200
"""Characters."""
MOST_TERMS = 10


class QueryFault(StrEnum):
    """Why a text can't be followed."""

    EMPTY = "empty"
    TOO_LONG = "too long"
    TOO_MANY_WORDS = "too many words"
    NO_WORD = "no word"
    """Nothing but punctuation, or a language alone."""
    TOO_COMMON = "too common"
    """It is met by words that stand in every article."""
    ONLY_EXCLUDED = "only excluded"
    """It is met by all that lacks some words."""
    SHORT_PREFIX = "short prefix"
    """Fewer than four letters before an asterisk."""
    UNKNOWN_LANGUAGE = "unknown language"
    """Not `en`, `ru` or `ky` after `lang:`."""
    CONTRADICTION = "contradiction"
    """No article can meet it."""


class QueryError(ValueError):
    """A text that can't be followed: the fault, the part of the text that has it, and the
    nearest query that can be, empty where there is none.
    """

    def __init__(self, fault: QueryFault, detail: str, suggestion: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail
        self.suggestion = suggestion
