"""Where the embedded server keeps what it has, for its owner alone."""

import errno
import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

LONGEST_SOCKET = 100
"""Bytes: a `sun_path` has 108 on Linux and 104 on macOS, with its end."""
LONGEST_LOG = 1_000_000
SHORT_TEMP = "/tmp"  # noqa: S108 - the same for every process, whatever its TMPDIR; made private


def socket_path(folder: Path) -> Path:
    """In the folder; in a short one of its own where that is too long for a socket's address."""
    path = folder / "store.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET:
        return path
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(SHORT_TEMP) / f"jarchy-{os.getuid()}-{name}" / "store.sock"


def make_private(folder: Path) -> None:
    """Have this folder, for its owner alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(errno.EPERM, f"{folder} belongs to someone else")
    folder.chmod(0o700)


def bound(path: Path) -> None:
    """Keep one log before this one, once it is long."""
    with suppress(OSError):
        if path.stat().st_size > LONGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
