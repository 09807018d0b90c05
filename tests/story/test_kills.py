"""Kill -9 between each two steps of the way of an article to the outbox: nothing is lost, nothing
twice. What comes after is killed in the midst of much work, in `test_chaos.py`.
"""

import asyncio
from pathlib import Path

import pytest
from story.dying import COLLECT
from story.program import Stage, staged

DYING = str(Path(__file__).with_name("dying.py"))
TITLES = ("Visa rules change", "Visas for students", "A visa centre opens")
LAST = "The last visa"
"""Told when nothing of the others is owed any more: to a chat goes one message at a time."""


async def told_after_a_kill(stage: Stage, step: str, when: str) -> list[int]:
    """How often a reader is told of each of three articles by a bot that is killed at a step, and
    by the one that is started after it.
    """
    reader = stage.telegram.person("Aida", "en")
    chat = stage.telegram.private(reader)
    armed = stage.data / "armed"
    bot = await stage.start(DYING, step, when, str(armed), "1", "run")
    await bot.says("edition=ky")
    stage.telegram.say(reader, chat, "/subscribe visa")
    await stage.heard(chat, "visa")
    armed.touch()
    for title in TITLES:
        stage.site.publish("en", title, ["It was said in Bishkek today. More will follow."])
    assert await bot.ends() == -9, bot.output
    await stage.start()
    await stage.telegram.wait_for(lambda: all(stage.told(chat, title) for title in TITLES), 90)
    stage.site.publish("en", LAST, ["It was said after all that. It was heard last."])
    await stage.heard(chat, LAST, 90)
    return [len(stage.told(chat, title)) for title in TITLES]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("step", COLLECT)
async def test_a_bot_killed_at_any_step_before_the_outbox_loses_nothing_and_repeats_nothing(
    step, tmp_path
):
    async def case(when: str) -> None:
        folder = tmp_path / when
        folder.mkdir()
        async with staged(folder) as stage:
            times = await told_after_a_kill(stage, step, when)
            assert times == [1, 1, 1], (step, when)

    await asyncio.gather(case("before"), case("after"))
