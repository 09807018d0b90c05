"""The whole program as its operator runs it, against a simulated Telegram and 24.kg over HTTP."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.store.connection import connect
from simulator.site import Site
from simulator.telegram import Telegram

ROOT = Path(__file__).parents[2]
PATIENCE = 40.0


async def until(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for what no event tells of, such as a process's output."""
    async with asyncio.timeout(patience):
        while not condition():  # noqa: ASYNC110 - a process's output is no event
            await asyncio.sleep(0.02)


@dataclass
class Stage:
    """A Telegram and a site at their own addresses, and the environment that names them."""

    telegram: Telegram
    site: Site
    telegram_url: str
    site_url: str
    data: Path
    running: list["Program"] = field(default_factory=list)
    logs: int = 0

    def environment(self, **more: str) -> dict[str, str]:
        """Only what an operator would set: nothing of this machine's own."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {
            "TELEGRAM_BOT_TOKEN": self.telegram.world.bot.token,
            "TELEGRAM_API_URL": self.telegram_url,
            "SITE_URL": self.site_url,
            "RATES_URL": "",
            "DATA_DIR": str(self.data),
            "POLL_SECONDS": "0.3",
            "READ_PAUSE_SECONDS": "0",
            "PORT": "0",
            "PYTHONPATH": str(ROOT),
            **more,
        }

    async def start(self, *command: str, **environment: str) -> "Program":
        """Start `python -m bot run`, or another command."""
        program = await Program.start(
            command or ("-m", "bot", "run"),
            self.environment(**environment),
            self.new_log(),
        )
        self.running.append(program)
        return program

    def new_log(self) -> Path:
        """A file for what a process prints."""
        self.logs += 1
        return self.data / f"log-{self.logs}.txt"

    async def heard(self, chat: int, words: str, patience: float = PATIENCE) -> dict:
        """The first message of the bot's in a chat that holds `words`, once it is there."""
        return await self.telegram.wait_for(
            lambda: next(iter(self.told(chat, words)), None), patience
        )

    async def asked_for(self, words: str) -> None:
        """Wait until the site was asked for a page whose path holds `words`."""
        await until(lambda: any(words in request.path for request in self.site.requests))

    def told(self, chat: int, words: str) -> list[dict]:
        """The bot's messages in a chat that hold `words`."""
        return [
            message
            for message in self.telegram.history(chat)
            if message.get("from", {}).get("is_bot") and words in message.get("text", "")
        ]


@dataclass
class Program:
    """A process of the bot's."""

    process: asyncio.subprocess.Process
    log: Path

    @classmethod
    async def start(
        cls, command: Sequence[str], environment: dict[str, str], log: Path
    ) -> "Program":
        """What it prints goes to `log`."""
        with log.open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *command, env=environment, cwd=log.parent, stdout=out, stderr=out
            )
        return cls(process, log)

    @property
    def output(self) -> str:
        """What it printed so far."""
        return self.log.read_text(encoding="utf-8")

    async def says(self, words: str, patience: float = PATIENCE) -> None:
        """Wait until it has printed `words`."""
        await until(lambda: words in self.output or self.process.returncode is not None, patience)
        assert words in self.output, self.output

    async def ends(self, patience: float = PATIENCE) -> int:
        """Its exit code, once it has one."""
        async with asyncio.timeout(patience):
            return await self.process.wait()

    async def stop(self) -> int:
        """Ask it to stop, as a service manager does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ends()

    async def kill(self) -> None:
        """End it without a warning."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def staged(folder: Path, *, older: int = 5) -> AsyncIterator[Stage]:
    """Both servers on free ports; whatever was started is ended with them."""
    telegram, site = Telegram(), Site(older=older)
    runners = [web.AppRunner(app.app(), shutdown_timeout=0.5) for app in (telegram, site)]
    urls = []
    for runner in runners:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        urls.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
    stage = Stage(telegram, site, *urls, folder)
    try:
        yield stage
    finally:
        for program in stage.running:
            if program.process.returncode is None:
                await program.stop()
        if (folder / "store").exists():
            await (await connect("", folder)).close()
        for runner in runners:
            await runner.cleanup()
