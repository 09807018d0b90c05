"""What small words may have been meant as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.connectives import connected
from bot.matching.query import QueryError, parse
from bot.matching.reading import reading
from bot.model import Language


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("visa or border", "en", "visa OR border"),
        ("visa Or border or China", "en", "visa OR border OR China"),
        ("visa without China", "en", "visa, not China"),
        ("visa not China", "en", "visa, not China"),
        ("visa or border without China", "en", "visa OR (border AND NOT China)"),
        ("(visa or border) China", "en", "(visa OR border) AND China"),
        ('"open border" or visa', "en", '"open border" OR visa'),
        ("виза или граница", "ru", "виза ИЛИ граница"),
        ("виза либо граница", "ru", "виза ИЛИ граница"),
        ("виза без Китая", "ru", "виза, без Китая"),
        ("виза не Китай", "ru", "виза, без Китай"),
        ("виза же чегара", "ky", "виза ЖЕ чегара"),
        ("виза Кытай эмес", "ky", "виза, Кытай эмес"),
    ],
)
def test_a_small_word_between_others_may_be_meant_as_a_sign(typed, language, meant):
    found = connected(parse(typed))
    assert found is not None
    assert reading(found, Language(language)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "visa", "visa border", "visa and border", "виза и граница", "виза жана чек ара",
        "visa OR border", "visa | border", "visa -China", "visa NOT China", "or visa", "visa or",
        '"visa or border"', "«виза или граница»", "visa but not China", "oregon border",
        "или виза", "безвиз", "visa or visa",
    ],
)  # fmt: skip
def test_what_can_be_meant_in_no_other_way_is_left_alone(typed):
    assert connected(parse(typed)) is None


def test_what_would_be_no_query_is_not_offered():
    assert connected(parse("visa without visa")) is None


@given(
    st.lists(
        st.sampled_from([*'()|-*"', "visa", "border", "or", "или", "же", "not", "без", "эмес"])
    )
)
def test_any_query_means_something_else_or_nothing(words):
    try:
        asked = parse(" ".join(words))
    except QueryError:
        return
    found = connected(asked)
    assert found is None or found.key != asked.key
