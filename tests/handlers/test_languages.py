"""Languages as people name them."""

import pytest

from bot.model import Edition, Language
from handlers.languages import edition_named, language_named


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("en", Language.EN),
        ("RU", Language.RU),
        ("English", Language.EN),
        ("Русский", Language.RU),
        ("Кыргызча", Language.KY),
        ("по-русски", Language.RU),
        ("на  английском", Language.EN),
        ("in Kyrgyz", Language.KY),
        ("орусча", Language.RU),
        ("deutsch", None),
        ("", None),
        ("in ", None),
        ("русский английский", None),
    ],
)
def test_a_language_is_known_by_its_tag_and_by_its_name_in_all_three(said, language):
    assert language_named(said) is language
    assert edition_named(said) == (language and Edition(language))
