"""Uses the embedded store until it is told to end, and says what was acknowledged, by line."""

import asyncio
import signal
import sys
from pathlib import Path

import structlog

from bot.ports import StoreUnavailable
from bot.store.connection import connect


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main(data_dir, name):
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    client = await connect("", Path(data_dir))
    say(f"server {(await client.info('server'))['process_id']}")
    number = 0
    while not ended.is_set():
        number += 1
        try:
            await client.execute("SADD", "written", f"{name}:{number}")
        except StoreUnavailable as error:
            say(f"failed {error}")
        else:
            say(f"{name}:{number}")
    await client.close()


# A parent that ignores Ctrl+C, such as a script's background job, would hand that down.
signal.signal(signal.SIGINT, signal.default_int_handler)
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
asyncio.run(main(*sys.argv[1:]))
