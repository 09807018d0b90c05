"""Many processes, each killed again and again, while articles come without end."""

import asyncio
import math
import os
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from itertools import chain

from story.crowd import Crowd, Told, busiest, leased, pause
from story.dying import COLLECT, DELIVER, RECEIVE
from story.nursery import Nursery, nursery
from story.program import PATIENCE, Stage

from bot.model import ChatRef
from bot.ports import StoreUnavailable
from bot.store.connection import Client
from bot.store.outbox import RedisOutbox
from bot.store.subscriptions import RedisSubscriptions
from simulator.telegram import Fault, Person

ANY, STORE = "any moment", "store"
TOO_LONG = 25.0
"""For a step to be come to, in seconds: then the process is killed wherever it is."""
DEATH = 0.05
"""Seconds in which Telegram takes what a process sent before it died."""
MOST_OWED = 600
APOLOGY = "please try again in a minute"
"""What the bot says where the store was away."""
AROUND = 5.0
"""Seconds before and after a kill in which the limits are looked at for its row of the table."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a process is to die: before or after it came to a step so many times."""

    role: str
    step: str = ANY
    when: str = "before"
    count: int = 1


@dataclass(frozen=True, slots=True)
class Kill:
    """What was out with any process when one died."""

    step: str
    at: float
    out: set[Told]


@dataclass
class Chaos:
    """A crowd and the processes that serve it."""

    crowd: Crowd
    client: Client
    dice: random.Random
    kills: list[Kill] = field(default_factory=list)
    asked: dict[int, Person] = field(default_factory=dict)
    """Chats that asked by themselves to be told, and who did."""
    said: Counter[int] = field(default_factory=Counter)
    """How often they said it."""

    @property
    def stage(self) -> Stage:
        return self.crowd.stage

    async def run(self, lives: Sequence[Sequence[Aim]], store_kills: int = 0) -> None:
        """Each sequence is one place in which a process is started and killed, over and over, and
        then started to stay. Ends when everybody was told everything.
        """
        async with AsyncExitStack() as stack:
            places = [await stack.enter_async_context(nursery(self.stage)) for _ in lives]
            first = await places[0].start(("run", "--only", "collect"))
            await first.says("edition=en")
            await first.stop()
            pairs = zip(places, lives, strict=True)
            works = [self._kill_store(store_kills), *(self._live_and_die(*each) for each in pairs)]
            await self._amid(asyncio.gather(*works))
            self.stage.telegram.faults.clear()
            await self._let_all_be_told()
            await self.crowd.all_told()
            await self._all_heard()

    async def _all_heard(self) -> None:
        """Who was told to try again does so."""
        try:
            async with asyncio.timeout(PATIENCE):
                while unheard := await patiently(self.unheard):
                    for chat in unheard:
                        if len(self.stage.told(chat, APOLOGY)) >= self.said[chat]:
                            self._ask(chat)
                    await asyncio.sleep(0.2)
        except TimeoutError:
            raise AssertionError(f"neither heard nor told so: {unheard}") from None

    async def _amid(self, deaths: Awaitable[object]) -> None:
        """While these take their course, articles come, and people speak."""
        works = [self._publish(), self._speak(), self._flood(), self._hold(), self.crowd.watch()]
        beside = [asyncio.create_task(work) for work in works]
        try:
            await deaths
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def lost(self) -> int:
        """What was owed and not told, and what was asked for and is not known."""
        return len(self.crowd.missing) + len(await self.unheard())

    async def unheard(self) -> set[int]:
        """Who asked, and is not known to have."""
        return {*self.asked} - {
            chat async for each in RedisSubscriptions(self.client).all() for chat in each.chats
        }

    def in_flight(self) -> list[set[Told]]:
        """For each kill, what was out with the one who died, and had been taken by Telegram."""
        first, found, before = self.crowd.first, [], set()
        for kill in self.kills:
            out = {each for each in kill.out if first.get(each, math.inf) < kill.at + DEATH}
            found.append(out - before)
            before |= out
        return found

    def table(self) -> str:
        """A row for each step, as Markdown."""
        head = "| step | kills | lost | in flight | twice | most in a second | most to a chat |"
        rows = [head, "|---" * 7 + "|"]
        pairs = [*zip(self.kills, self.in_flight(), strict=True)]
        steps = dict.fromkeys(sorted((kill.step for kill in self.kills), key=_order))
        rows += [
            self._row(step, [pair for pair in pairs if pair[0].step == step]) for step in steps
        ]
        return "\n".join([*rows, self._row("all", pairs)])

    def _row(self, step: str, pairs: Sequence[tuple[Kill, set[Told]]]) -> str:
        kills = [kill for kill, _ in pairs]
        missing, twice = self.crowd.missing, self.crowd.twice()
        out = set().union(*(kill.out for kill in kills))
        flying = set().union(*(out for _, out in pairs))
        lost = len(missing if step == "all" else out & missing)
        again = len(twice if step == "all" else twice & flying)

        near = [
            [at for at in moments if any(abs(at - kill.at) < AROUND for kill in kills)]
            for moments in self.crowd.sent().values()
        ]
        most, to_one = busiest(chain.from_iterable(near)), max(map(busiest, near), default=0)
        cells = step, len(kills), lost, len(flying), again, most, to_one
        return f"| {' | '.join(map(str, cells))} |"

    async def _live_and_die(self, place: Nursery, aims: Sequence[Aim]) -> None:
        for aim in aims:
            await self._kill(place, aim)
        await place.start(("run", "--only", aims[0].role))

    async def _kill(self, place: Nursery, aim: Aim) -> None:
        dying = () if aim.step == ANY else (aim.step, aim.when, str(self.stage.data), aim.count)
        bot = await place.start(("run", "--only", aim.role), dying)
        patience = TOO_LONG
        if aim.step == ANY:
            await bot.says("started")
            patience = 2 * self.dice.random()
        step = aim.step if aim.step == ANY else f"{aim.when} {aim.step}"
        try:
            code = await bot.ends(patience)
            assert code == -signal.SIGKILL, bot.output
        except TimeoutError:
            step = ANY
            await bot.kill()
        await self._note(step)

    async def _note(self, step: str) -> None:
        at = self.stage.telegram.world.clock()
        self.kills.append(Kill(step, at, await patiently(lambda: leased(self.client))))

    async def _kill_store(self, times: int) -> None:
        for _ in range(times):
            await asyncio.sleep(5 + 10 * self.dice.random())
            pid = int((self.stage.data / "store" / "store.pid").read_text())
            os.kill(pid, signal.SIGKILL)
            await self._note(STORE)

    async def _publish(self) -> None:
        """As much as can be told, and no more: who waits is told several at once."""
        while True:
            if len(self.crowd.look().missing) < MOST_OWED:
                self.crowd.publish()
            await asyncio.sleep(0.4)

    async def _speak(self) -> None:
        """Somebody new asks to be told."""
        telegram = self.stage.telegram
        while True:
            person = telegram.person(f"New {len(self.asked)}", "en")
            chat = telegram.private(person)
            self.asked[chat] = person
            self._ask(chat)
            await asyncio.sleep(3.0)

    def _ask(self, chat: int) -> None:
        self.said[chat] += 1
        self.stage.telegram.say(self.asked[chat], chat, "/subscribe visa")

    async def _flood(self) -> None:
        """Telegram asks somebody's messages to wait."""
        while True:
            one = self.dice.choice(self.crowd.chats)
            self.stage.telegram.faults.add(Fault("sendMessage", one, retry_after=2))
            await asyncio.sleep(1.5)

    async def _hold(self) -> None:
        """Two pause by turns, so that what they are owed is put aside."""
        while True:
            for chat in self.crowd.chats[:2]:
                await patiently(lambda chat=chat: pause(self.client, chat))
                await asyncio.sleep(6)
                await self._let_be_told(chat)

    async def _let_all_be_told(self) -> None:
        for chat in self.crowd.chats[:2]:
            await self._let_be_told(chat)

    async def _let_be_told(self, chat: int) -> None:
        await patiently(lambda: pause(self.client, chat, is_paused=False))
        await patiently(lambda: RedisOutbox(self.client).release(ChatRef(chat)))


def plan(role: str, times: int, dice: random.Random, most: int) -> list[Aim]:
    """Each step of a role, before and after, so many times, in any order."""
    steps = {"collect": COLLECT, "deliver": DELIVER, "receive": RECEIVE}[role]
    aims = [
        Aim(role, step, when, dice.randint(1, most))
        for step in steps
        for when in ("before", "after")
        for _ in range(times)
    ]
    dice.shuffle(aims)
    return aims


async def patiently(ask: Callable):
    """Ask the store until it is there."""
    while True:
        with suppress(StoreUnavailable):
            return await ask()
        await asyncio.sleep(0.05)


def _order(step: str) -> tuple[int, str]:
    name = step.removeprefix("before ").removeprefix("after ")
    steps = [*COLLECT, *DELIVER, *RECEIVE]
    return (steps.index(name) if name in steps else len(steps), step)
