import pytest


def command(name):
    return [{"command": name, "description": name.capitalize()}]


SCOPES = [
    {"type": "default"},
    {"type": "all_group_chats"},
    {"type": "all_chat_administrators"},
    {"type": "chat"},
    {"type": "chat_administrators"},
    {"type": "chat_member"},
]
"""From the widest to the narrowest, for an administrator."""


async def set_commands(api, name, scope=None, language=""):
    params = {"scope": scope, "language_code": language}
    known = {key: value for key, value in params.items() if value}
    assert (await api("setMyCommands", commands=command(name), **known))["ok"]


async def test_a_narrower_scope_goes_before_a_wider_one(telegram, api, aida, bek):
    group = telegram.group("Readers", [aida, bek])
    where = {"chat_id": group, "user_id": aida.id}
    for scope in SCOPES:
        named = scope | {key: where[key] for key in FIELDS.get(scope["type"], ())}
        await set_commands(api, scope["type"], named)
        assert telegram.commands(group, aida) == command(scope["type"])
    assert telegram.commands(group, bek) == command("chat")
    assert telegram.commands(aida.id, aida) == command("default")
    assert telegram.ledger.violations() == []


FIELDS = {
    "chat": ["chat_id"],
    "chat_administrators": ["chat_id"],
    "chat_member": ["chat_id", "user_id"],
}


async def test_in_a_scope_the_persons_language_goes_before_none(telegram, api, aida, bek):
    await set_commands(api, "any")
    await set_commands(api, "kyrgyz", language="ky")
    assert telegram.commands(aida.id, aida) == command("kyrgyz")
    assert telegram.commands(bek.id, bek) == command("any")
    await set_commands(api, "private", {"type": "all_private_chats"})
    assert telegram.commands(aida.id, aida) == command("private")


async def test_what_was_set_can_be_read_and_deleted(telegram, api, aida):
    await set_commands(api, "any")
    await set_commands(api, "kyrgyz", language="ky")
    assert (await api("getMyCommands", language_code="ky"))["result"] == command("kyrgyz")
    assert (await api("deleteMyCommands", language_code="ky"))["ok"]
    assert (await api("getMyCommands", language_code="ky"))["result"] == []
    assert telegram.commands(aida.id, aida) == command("any")
    assert (await api("setMyCommands", commands=[]))["ok"]
    assert telegram.commands(aida.id, aida) == []


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        (command("a") * 101, "BOT_COMMANDS_TOO_MUCH"),
        (command("Upper"), "BOT_COMMAND_INVALID"),
        (command("a" * 33), "BOT_COMMAND_INVALID"),
        ([{"command": "a", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_impossible_commands_are_refused(api, commands, reason):
    answer = await api("setMyCommands", commands=commands)
    assert answer["description"] == f"Bad Request: {reason}"


@pytest.mark.parametrize("kind", ["Name", "Description", "ShortDescription"])
async def test_the_profile_speaks_the_language_asked_for(api, kind):
    field = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}
    await api(f"setMy{kind}", **{field[kind]: "any"})
    await api(f"setMy{kind}", **{field[kind]: "kyrgyz"}, language_code="ky")
    assert (await api(f"getMy{kind}", language_code="ky"))["result"] == {field[kind]: "kyrgyz"}
    assert (await api(f"getMy{kind}", language_code="ru"))["result"] == {field[kind]: "any"}
    assert (await api(f"setMy{kind}", **{field[kind]: "a" * 513}))["error_code"] == 400
