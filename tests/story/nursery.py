"""Processes of the bot's by the dozen: each is forked from one that has everything imported.

Run as a program, it reads an order a line, forks, and says the child's id and then how it ended.
"""

import asyncio
import json
import os
import random
import signal
import sys
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from story.dying import die_at
from story.program import ROOT, Program, Stage

from bot.__main__ import main
from bot.matching import analysis


@dataclass
class Child:
    """As `asyncio.subprocess.Process`, as far as `Program` goes."""

    pid: int
    ending: "asyncio.Task[int]"

    @property
    def returncode(self) -> int | None:
        return self.ending.result() if self.ending.done() else None

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        return await asyncio.shield(self.ending)


@dataclass
class Nursery:
    """Has one child at a time."""

    stage: Stage
    process: asyncio.subprocess.Process

    async def start(self, words: Sequence[str], dying: Sequence[object] = ()) -> Program:
        """The program with these words; `dying`: what `die_at` takes."""
        log = self.stage.new_log()
        log.touch()
        order = {"words": words, "dying": dying, "log": str(log)}
        order["environment"] = self.stage.environment()
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        pid = int(await self.process.stdout.readline())
        program = Program(Child(pid, asyncio.create_task(self._end())), log)
        self.stage.running.append(program)
        return program

    async def _end(self) -> int:
        return int(await self.process.stdout.readline())


@asynccontextmanager
async def nursery(stage: Stage) -> AsyncIterator[Nursery]:
    """Its child is asked to stop in the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        __file__,
        env=stage.environment(PYTHONPATH=f"{ROOT}:{ROOT / 'tests'}"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    made = Nursery(stage, process)
    before = len(stage.running)
    try:
        yield made
    finally:
        for program in stage.running[before:]:
            if program.process.returncode is None and isinstance(program.process, Child):
                await program.stop()
        process.stdin.close()
        await process.wait()


def become(order: dict) -> int:
    """The program, in a child."""
    out = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), out, out)):
        os.dup2(file, number)
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(Path(order["log"]).parent)
    random.seed()
    if order["dying"]:
        step, when, armed, count = order["dying"]
        die_at(step, when, Path(armed), count)
    return main(order["words"])


def say(number: int) -> None:
    """In a line of its own."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    analysis.warm()
    for line in iter(sys.stdin.readline, ""):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = become(json.loads(line))
            except BaseException:
                traceback.print_exc()
                raise
            finally:
                os._exit(code)
        say(child)
        say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
