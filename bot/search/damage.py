"""What a damaged file is told by: rows that nobody wrote so, besides what SQLite finds."""

import zlib
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Damaged(ValueError):
    """A row that nobody wrote so."""


def read(reading: Callable[P, T]) -> Callable[P, T]:
    """Let a function that reads rows, and nothing that anybody typed, raise Damaged for whatever
    it can't read.
    """

    @wraps(reading)
    def told(*given: P.args, **more: P.kwargs) -> T:
        try:
            return reading(*given, **more)
        except (zlib.error, ValueError, TypeError, OverflowError) as error:
            raise Damaged(f"{type(error).__name__}: {error}") from error

    return told
