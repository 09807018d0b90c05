"""`/digest [HH:MM] [on | off | now | weekdays | daily]`: one message a day."""

import re
from dataclasses import replace
from datetime import time

from bot.messages import replies
from bot.model import Chat, Digest, Message, Part
from handlers import clock
from handlers.context import Effect, Outdated, Turn

ON = frozenset({"on", "вкл", "күйүк", "да", "ооба", "yes"})
OFF = frozenset({"off", "выкл", "өчүк", "нет", "жок", "no"})
NOW = frozenset({"now", "сейчас", "азыр"})
WEEKDAYS = frozenset({"weekdays", "будни", "по будням", "иш күндөрү", "иш күндөрү гана"})
DAILY = frozenset({"daily", "every day", "ежедневно", "каждый день", "күн сайын"})
TIMED = re.compile(r"(\D*?) ?((?:at |в |саат )?\d[\d:.]*) ?(\D*)")
EXAMPLE = "digest 08:00"


async def digest(turn: Turn) -> Message | tuple[Message, ...]:
    """Show what is set, set what the words name, or send one at once."""
    said = " ".join(turn.words.casefold().split())
    if not said:
        return replies.digest_settings(turn.chat)
    if said in NOW:
        return await _now(turn)
    if chat := await _changed(turn, said):
        return replies.digest_saved(chat)
    if said.isdecimal() or clock.example(said):
        return replies.not_a_time(turn.chat, turn.words, EXAMPLE)
    return replies.digest_usage(turn.chat, turn.words)


async def _now(turn: Turn) -> tuple[Message, ...]:
    return (await turn.services.brief.of(turn.chat)).messages


async def _changed(turn: Turn, said: str) -> Chat | None:
    """The chat with what the words set; None: they are none of these."""
    wanted = turn.chat.digest or Digest()
    if said in OFF:
        return await _set(turn, None)
    beside, daily_at = _timed(said)
    if beside in WEEKDAYS | DAILY:
        return await _set(turn, replace(wanted, weekdays_only=beside in WEEKDAYS), daily_at)
    if beside in ON or (daily_at and not beside):
        return await _set(turn, wanted, daily_at)
    return None


def _timed(said: str) -> tuple[str, time | None]:
    """The words without their time, and the time; all words where they name none."""
    found = TIMED.fullmatch(said)
    daily_at = found and (clock.read(found[2]) or clock.hour(found[2]))
    return (f"{found[1]} {found[3]}".strip(), daily_at) if found and daily_at else (said, None)


async def _set(turn: Turn, wanted: Digest | None, daily_at: time | None = None) -> Chat:
    when = daily_at or turn.chat.daily_at
    return await turn.services.chats.change_digest(turn.chat, wanted, when)


async def press(turn: Turn) -> Effect:
    """A button under the settings of the digest, or under the offer of one."""
    match turn.words:
        case "menu":
            return Effect(say=replies.digest_settings(turn.chat))
        case "now":
            return Effect(say=await _now(turn))
        case "yes":
            chat = await _set(turn, Digest())
            return Effect(say=replies.digest_saved(chat), is_spent=True)
    return await _edited(turn)


async def _edited(turn: Turn) -> Effect:
    wanted = turn.chat.digest or Digest()
    daily_at = clock.read(turn.words)
    if turn.words in {"on", "off"}:
        chat = await _set(turn, wanted if turn.words == "on" else None)
    elif turn.words == "days":
        chat = await _set(turn, replace(wanted, weekdays_only=not wanted.weekdays_only))
    elif turn.words in frozenset(Part):
        chat = await _set(turn, replace(wanted, parts=wanted.parts ^ {Part(turn.words)}))
    elif daily_at:
        chat = await _set(turn, wanted, daily_at)
    else:
        raise Outdated
    return Effect(replies.toast_saved(chat), edit=replies.digest_settings(chat))
