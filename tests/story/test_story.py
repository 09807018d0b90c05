"""From `/start` to an alert, over the whole program."""


async def test_a_reader_subscribes_and_is_told_of_the_next_article_that_holds_the_word(stage):
    aida = stage.telegram.person("Aida", "en")
    chat = stage.telegram.private(aida)
    bot = await stage.start()
    await bot.says("edition baselined")
    stage.telegram.say(aida, chat, "/start")
    await stage.heard(chat, "24.kg")
    stage.telegram.say(aida, chat, "/subscribe visa")
    await stage.heard(chat, "visa")
    stage.site.publish("en", "Visas for everyone", ["Kyrgyzstan gives visas to all guests. So it was said."])
    message = await stage.heard(chat, "Visas for everyone")
    print(message)
    assert await bot.stop() == 0
    print(bot.output)
    assert not stage.telegram.ledger.violations()
