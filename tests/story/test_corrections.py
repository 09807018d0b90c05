"""An article that changes, and one that tells a story again, as its readers see them."""

from pathlib import Path

from story.program import until
from story.test_story import reader_of

HASTY = str(Path(__file__).with_name("hasty.py"))


async def test_a_new_title_is_put_in_place_of_the_old_one_without_a_message(stage):
    bot = await stage.start(HASTY, "run")
    await bot.says("edition=en")
    chats = [await reader_of(stage, "visa", name) for name in ("Aida", "Bek")]
    id_ = stage.site.publish("en", "Visas for al", ["Guests get visas. So it was said."])
    for chat in chats:
        await stage.heard(chat, "Visas for al")
    before = {chat: len(stage.telegram.history(chat)) for chat in chats}
    stage.site.edit(id_, title="Visas for all guests")
    for chat in chats:
        message = await stage.heard(chat, "Visas for all guests")
        assert "edit_date" in message
        assert "visa" in str(message["reply_markup"])
        assert len(stage.telegram.history(chat)) == before[chat]
    assert not stage.telegram.ledger.violations()


async def test_a_kill_before_the_messages_are_put_right_leaves_that_to_the_next_start(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    chat = await reader_of(stage, "visa")
    id_ = stage.site.publish("en", "Visas for al", ["Guests get visas. So it was said."])
    await stage.heard(chat, "Visas for al")
    stage.site.edit(id_, title="Visas for all guests")
    await bot.says("article changed")
    await bot.kill()
    await stage.start(HASTY, "run")
    await stage.heard(chat, "Visas for all guests")
    await until(lambda: not stage.told(chat, "Visas for al\n"))


async def test_what_tells_a_story_again_answers_the_first_message(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    chat = await reader_of(stage, "dordoi")
    body = ["A fire broke out at Dordoi market at night. It covered 320 square meters."]
    stage.site.publish("en", "Containers with shoes burn at Dordoi market", body)
    first = await stage.heard(chat, "Containers with shoes")
    stage.site.publish("en", "Containers with shoes burn at Dordoi market. Video", body)
    second = await stage.heard(chat, "market. Video")
    assert second["reply_to_message"]["message_id"] == first["message_id"]


async def test_who_collects_alone_and_has_a_wrong_token_ends_with_one_clear_line(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    chat = await reader_of(stage, "visa")
    id_ = stage.site.publish("en", "Visas for al", ["Guests get visas. So it was said."])
    await stage.heard(chat, "Visas for al")
    stage.site.edit(id_, title="Visas for all guests")
    await bot.says("article changed")
    await bot.kill()
    words = HASTY, "run", "--only", "collect"
    other = await stage.start(*words, TELEGRAM_BOT_TOKEN="43:another")
    assert await other.ends() == 1
    (line,) = [line for line in other.output.splitlines() if "can't go on" in line]
    assert "@BotFather" in line
    assert "Traceback" not in other.output
