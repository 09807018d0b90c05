"""`python -m simulator`: a Telegram, a 24.kg and a chat page, to try any bot against."""

import argparse
import asyncio
import signal
import sys

from simulator import NEWS_EVERY, simulation


def main() -> int:
    """Run until interrupted. 1: the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8024, help="page and Bot API; 0: a free one")
    parser.add_argument(
        "--news-every", type=float, default=NEWS_EVERY, help="seconds between articles; 0: none"
    )
    options = parser.parse_args()
    try:
        asyncio.run(_run(options.host, options.port, options.news_every))
    except OSError as error:
        print(f"{error}; choose another: --port", file=sys.stderr)  # noqa: T201 - a command line
        return 1
    return 0


async def _run(host: str, port: int, news_every: float) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    async with simulation(port, host, news_every) as running:
        lines = (
            f"TELEGRAM_BOT_TOKEN={running.token}",
            f"TELEGRAM_API_URL={running.telegram_url}",
            f"SITE_URL={running.site_url}",
            f"# chat page: {running.page_url}",
        )
        print("\n".join(lines), flush=True)  # noqa: T201 - a command line
        await stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
