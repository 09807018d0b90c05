from bot.flows.emptied import REASON, Emptied
from bot.flows.troubles import Troubles
from bot.model import Edition

EN, RU, KY = Edition


def looked(*looks):
    """What is told after the store knew these editions (or, negated, did not)."""
    told = []
    emptied = Emptied(Troubles(told.append))
    for edition, is_known in looks:
        (emptied.known if is_known else emptied.missing)(edition)
    return told


def test_a_first_start_is_no_trouble():
    assert looked((EN, False), (EN, True), (RU, False), (RU, True)) == []


def test_an_emptied_store_is_said_once_and_once_that_all_is_known_anew():
    before = [(EN, True), (RU, True)]
    assert looked(*before, (EN, False)) == [f"Trouble: emptied: {REASON}"]
    after = [(EN, False), (RU, False), (EN, True), (RU, True)]
    assert looked(*before, *after) == [f"Trouble: emptied: {REASON}", "Over: emptied"]


def test_a_store_that_is_emptied_again_is_said_again():
    again = [(EN, True), (EN, False), (EN, True)]
    assert looked(*again, *again[1:]) == 2 * [f"Trouble: emptied: {REASON}", "Over: emptied"]
