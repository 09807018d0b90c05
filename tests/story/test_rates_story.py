"""Rates from the National Bank's file to a reader's screen, through the whole program."""

import csv
from pathlib import Path

from story.program import Stage, until

HASTY = str(Path(__file__).with_name("hasty.py"))


async def import_history(stage: Stage) -> None:
    """As an operator would."""
    file = stage.data / "history.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("day", "currency", "nominal", "value"))
        rows.writerows(stage.site.bank.history())
    importing = await stage.start("-m", "bot", "rates", "import", str(file))
    assert await importing.ends() == 0
    assert "0 refused" in importing.output


async def test_a_reader_sees_a_chart_and_is_told_when_the_bank_publishes_what_was_waited_for(stage):
    await import_history(stage)
    bot = await stage.start(HASTY, "run", RATES_URL=f"{stage.site_url}/XML/daily.xml")
    await bot.says("rates kept")
    aida = stage.telegram.person("Aida", "en")

    stage.telegram.say(aida, aida.id, "/rates")
    assert "USD 87.4500" in (await stage.heard(aida.id, "Exchange rates"))["text"]
    stage.telegram.say(aida, aida.id, "/rates usd 90")
    photos = [await stage.telegram.wait_for(lambda: photo(stage, aida.id, "last 90 days"))]
    stage.telegram.press(aida, aida.id, photos[0]["message_id"], "rp:usd:365")
    photos.append(await stage.telegram.wait_for(lambda: photo(stage, aida.id, "last 365 days")))
    assert len({message["message_id"] for message in photos}) == 1
    assert len({message["photo"][-1]["file_id"] for message in photos}) == 2

    stage.telegram.say(aida, aida.id, "/alert usd > 88")
    await stage.heard(aida.id, "I'll write as soon as the rate is there")
    stage.site.bank.publish("USD", "88.5")
    assert "USD = 88.5000 som" in (await stage.heard(aida.id, "You wanted to know"))["text"]
    await bot.says("crossing settled")
    assert await bot.stop() == 0
    await stage.start(HASTY, "run", RATES_URL=f"{stage.site_url}/XML/daily.xml")
    asked = len(stage.site.requests)
    await until(lambda: any("daily.xml" in each.path for each in stage.site.requests[asked:]))
    assert len(stage.told(aida.id, "You wanted to know")) == 1
    assert not stage.telegram.ledger.violations()


def photo(stage: Stage, chat: int, words: str) -> dict | None:
    """The message with a picture over these words."""
    shown = (each for each in stage.telegram.history(chat) if words in each.get("caption", ""))
    return next((each for each in shown if "photo" in each), None)
