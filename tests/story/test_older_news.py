"""A new bot has news to search before it has news to tell."""

from story.program import staged, until

OLDER = 130
"""Three pages of each edition's listing."""


async def test_older_news_is_filed_once_and_told_to_nobody(tmp_path):
    async with staged(tmp_path, older=OLDER) as stage:
        reader = stage.telegram.person("Aida", "en")
        chat = stage.telegram.private(reader)
        word = max(stage.site.articles("en")[-1].title.split(), key=len)
        stage.telegram.say(reader, chat, f"/subscribe quiet | {word}")
        bot = await stage.start(BACKFILL_PAGES="9", EDITIONS="en,ru")
        await bot.says("older news filed")
        paths = {request.path for request in stage.site.requests}
        assert {f"{path}page_{page}/" for path in ("/english/", "/") for page in (2, 3, 4)} < paths

        shown = await turned_to_the_end(stage, reader, chat)
        assert stage.site.articles("en")[-1].title in shown["text"]
        assert alerts(stage, chat) == []

        stage.site.publish("en", "The end of the quiet", ["It was said. It was heard."])
        await until(lambda: alerts(stage, chat))
        assert "The end of the quiet" in alerts(stage, chat)[0]["text"]
        assert await bot.stop() == 0

        asked = len(stage.site.requests)
        again = await stage.start(BACKFILL_PAGES="9", EDITIONS="en,ru")
        await until(lambda: len(stage.site.requests) >= asked + 9)
        assert await again.stop() == 0
        assert not [one for one in stage.site.requests[asked:] if "page_" in one.path]


async def test_what_is_read_most_is_known_from_the_pages_that_are_read_anyway(stage):
    reader = stage.telegram.person("Aida", "en")
    chat = stage.telegram.private(reader)
    bot = await stage.start()
    await bot.says("edition=en")
    shown = None
    while shown is None:
        said = stage.telegram.say(reader, chat, "/popular")
        answer = await answer_to(stage, chat, said["message_id"])
        shown = answer if "What is read most" in answer["text"] else None
    titles = {one.title for one in stage.site.articles("en")}
    lines = [line.partition(". ")[2] for line in shown["text"].splitlines()[2:]]
    assert lines
    assert {*lines} <= titles
    asked = {request.path for request in stage.site.requests}
    assert not [path for path in asked if "_" in path and "page_" not in path]


async def answer_to(stage, chat, number):
    """The first message of the bot's after one of the reader's."""

    def found():
        history = stage.telegram.history(chat)
        later = [one for one in history if one["message_id"] > number and one["from"]["is_bot"]]
        return next(iter(later), None)

    await until(found)
    return found()


def alerts(stage, chat):
    """The messages that can be muted."""
    return [
        message
        for message in stage.telegram.history(chat)
        if any(data.startswith("m:") for data in buttons(message).values())
    ]


async def turned_to_the_end(stage, reader, chat):
    """The last page of `/latest`."""
    stage.telegram.say(reader, chat, "/latest")
    number = (await stage.heard(chat, "The latest news"))["message_id"]

    def shown():
        history = stage.telegram.history(chat)
        return next(each for each in history if each["message_id"] == number)

    while older := buttons(shown()).get("Older ›"):
        before = shown()["text"]
        stage.telegram.press(reader, chat, number, older)
        await until(lambda text=before: shown()["text"] != text)
    return shown()


def buttons(message):
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {each["text"]: each.get("callback_data", "") for row in rows for each in row}
