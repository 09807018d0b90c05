"""What every Corrections must do."""

from dataclasses import replace

from contracts.test_articles_contract import EN, NOW, alert, article, claim_one, item


async def keep(stores, number, *looks, alerts=True):
    token = await claim_one(stores, number)
    owed = [alert(1001, number)] if alerts else []
    assert await stores.articles.keep(article(item(number)), owed, token, NOW, looks)


def corrected(number, title="Mended"):
    return replace(article(item(number)), title=title)


async def test_what_is_kept_and_told_is_due_when_it_said_and_only_then(stores):
    await keep(stores, 7, NOW + 300, NOW + 1200)
    assert await stores.corrections.due(NOW + 299) is None
    number, names = await stores.corrections.due(NOW + 300)
    assert (number, len(names)) == (7, 1)
    await stores.corrections.looked(names)
    assert await stores.corrections.due(NOW + 1199) is None
    assert (await stores.corrections.due(NOW + 1200))[0] == 7


async def test_looks_that_were_missed_are_one(stores):
    await keep(stores, 7, NOW + 300, NOW + 1200)
    number, names = await stores.corrections.due(NOW + 5000)
    assert (number, len(names)) == (7, 2)
    await stores.corrections.looked(names)
    assert await stores.corrections.due(NOW + 5000) is None


async def test_what_nobody_is_told_is_not_looked_at_again(stores):
    await keep(stores, 7, NOW + 300, alerts=False)
    assert await stores.corrections.due(NOW + 5000) is None


async def test_a_claim_that_is_lost_leaves_no_look(stores):
    await claim_one(stores, 7)
    assert not await stores.articles.keep(
        article(item(7)), [alert(1001, 7)], "another's", NOW, [NOW + 300]
    )
    assert await stores.corrections.due(NOW + 5000) is None


async def test_the_one_that_is_due_first_comes_first(stores):
    await stores.corrections.look(7, NOW + 20)
    await stores.corrections.look(8, NOW + 10)
    assert (await stores.corrections.due(NOW + 30))[0] == 8


async def test_a_correction_is_kept_anew_is_open_and_is_looked_at_no_more(stores):
    await keep(stores, 7, NOW + 300)
    _, names = await stores.corrections.due(NOW + 300)
    await stores.corrections.correct(corrected(7), names, NOW + 301)
    assert (await stores.articles.get([7]))[7] == corrected(7)
    [row] = await stores.articles.latest([EN], 5)
    assert row.title == "Mended"
    assert await stores.corrections.open() == {7: NOW + 301}
    assert await stores.corrections.due(NOW + 5000) is None


async def test_what_is_corrected_again_meanwhile_stays_open(stores):
    await keep(stores, 7)
    await stores.corrections.correct(corrected(7), [], NOW + 1)
    await stores.corrections.correct(corrected(7, "Mended again"), [], NOW + 2.5)
    await stores.corrections.close(7, NOW + 1)
    assert await stores.corrections.open() == {7: NOW + 2.5}
    await stores.corrections.close(7, NOW + 2.5)
    assert await stores.corrections.open() == {}


async def test_the_longest_open_comes_first(stores):
    for number, at in ((7, NOW + 2), (8, NOW + 1)):
        await keep(stores, number)
        await stores.corrections.correct(corrected(number), [], at)
    assert [*await stores.corrections.open()] == [8, 7]


async def test_nothing_is_kept_of_an_article_that_is_not_there(stores):
    await stores.corrections.look(7, NOW)
    await stores.corrections.correct(corrected(7), ["7 0"], NOW)
    assert await stores.articles.get([7]) == {}
    assert await stores.corrections.open() == {}
    assert await stores.corrections.due(NOW) is None
