"""What the store's errors mean, in words without address, password or data."""

from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    ClusterDownError,
    MasterDownError,
    MovedError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    ResponseError,
)
from redis.exceptions import ConnectionError as NoConnectionError
from redis.exceptions import TimeoutError as NoAnswerError

REASONS: tuple[tuple[type[Exception], str], ...] = (
    (BusyLoadingError, "the store is still loading its data"),
    (AuthenticationError, "the store refuses the password"),
    (AuthorizationError, "the store refuses the password"),
    (NoPermissionError, "the store does not allow this user what the bot needs"),
    (OutOfMemoryError, "the store is full"),
    (ReadOnlyError, "the store is read-only"),
    (MasterDownError, "the store's primary is down"),
    (ClusterDownError, "the store's cluster is down"),
    (MovedError, "the store is a cluster: write redis+cluster://"),
    (NoAnswerError, "the store did not answer in time"),
    (TimeoutError, "the store did not answer in time"),
    (NoConnectionError, "the store can't be reached"),
    (RedisClusterException, "the store's cluster can't be reached"),
    (OSError, "the store can't be reached"),
)


def reason(error: Exception) -> str:
    """Why the store failed us, without address, password or data."""
    for kind, text in REASONS:
        if isinstance(error, kind):
            return text
    said = str(error).partition("\n")[0][:200] if isinstance(error, ResponseError) else ""
    if said.startswith("MISCONF"):
        return "the store refuses writes: it can't save them to its disk"
    return f"the store refuses the command: {said or type(error).__name__}"
