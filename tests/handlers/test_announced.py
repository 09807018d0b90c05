import structlog
from telegram import BotCommandScopeAllGroupChats, BotCommandScopeDefault

from bot.messages import replies
from bot.model import Language
from handlers import MENU
from handlers.commands import announce, listed
from simulator.telegram import Fault


async def test_each_reader_is_offered_the_commands_in_the_language_that_is_read(room):
    await announce(room.bot, MENU)
    for code, language in (("en", "en"), ("ru", "ru"), ("ky", "ky"), ("de", "en"), (None, "en")):
        reader = room.telegram.person("Reader", code)
        offered = {
            each["command"]: each["description"]
            for each in room.telegram.commands(reader.id, reader)
        }
        assert offered == replies.command_descriptions(Language(language))
        assert list(offered) == list(MENU)


async def test_in_groups_start_is_not_offered(room, anna):
    await announce(room.bot, MENU)
    group = room.telegram.group("Neighbours", [anna])
    offered = [each["command"] for each in room.telegram.commands(group, anna)]
    assert offered == [name for name in MENU if name != "start"]


async def test_every_command_of_the_menu_is_described_in_every_language():
    for language in Language:
        assert set(replies.command_descriptions(language)) == set(MENU)
        assert all(each.description for each in listed(MENU, language, BotCommandScopeDefault()))
        assert listed(MENU, language, BotCommandScopeAllGroupChats())


async def test_a_list_that_can_not_be_announced_does_not_keep_back_the_others(room):
    room.telegram.faults.add(Fault("setMyCommands", status=502, times=2))
    room.telegram.faults.add(Fault("setMyCommands", drop_connection=True))
    with structlog.testing.capture_logs() as lines:
        await announce(room.bot, MENU)
    assert [each["event"] for each in lines] == ["commands not announced"] * 3
    assert len(room.telegram.ledger.of("setMyCommands")) == 9
