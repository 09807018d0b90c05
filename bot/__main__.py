"""`python -m bot` and `jarchy`: nothing but what must hold before the rest is loaded."""

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say; the exit code. 2: they, or the settings, can't be used."""
    signal.signal(signal.SIGTERM, _end)
    try:
        from bot import cli  # noqa: PLC0415 - it takes a second, in which Ctrl+C may be pressed

        return cli.main(argv)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read has gone; what is left to be written must not fail at the very end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _end(_: int, __: FrameType | None) -> None:
    """Asked to stop before there is anything to stop."""
    sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
