"""Every language has every text and every plural form; the code has every text that they have."""

import gettext
import re
import string
from importlib import resources
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot.messages
from bot.messages.catalog import catalog
from bot.messages.markup import bold, escape
from bot.model import Language
from tests.messages.telegram_html import parse

KEYWORDS = {"text": None, "label": None, "plural": (1, 2), "marked": None}
ROOM = Path(bot.messages.__file__).parent


def in_code():
    found = extract_from_dir(ROOM, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {msgid for _, _, msgid, _, _ in found}


def entries(language):
    path = resources.files("bot.messages") / f"locales/{language}/LC_MESSAGES/jarchy.po"
    with path.open("rb") as file:
        found = read_po(file, abort_invalid=True)
    return found, [message for message in found if message.id]


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def originals(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def named(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def tags(text):
    return sorted(re.findall(r"<[^>]*>", text))


def test_the_code_speaks_at_all():
    assert len(in_code()) > 50


@pytest.mark.parametrize("language", Language)
def test_a_language_has_the_texts_of_the_code_and_no_others(language):
    _, found = entries(language)
    assert {message.id for message in found} == in_code()


@pytest.mark.parametrize("language", Language)
def test_every_text_is_translated_in_every_plural_form(language):
    source, found = entries(language)
    for message in found:
        expected = source.num_plurals if message.pluralizable else 1
        assert len(forms(message)) == expected, message.id
        assert all(form.strip() for form in forms(message)), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", Language)
def test_every_form_has_the_places_and_tags_of_the_original(language):
    for message in entries(language)[1]:
        for form in forms(message):
            assert named(form) == named(originals(message)[-1]), message.id
            assert tags(form) == tags(originals(message)[-1]), message.id
            parse(form)


@pytest.mark.parametrize("language", Language)
def test_the_plural_forms_are_those_of_the_language(language):
    source, _ = entries(language)
    plural = gettext.c2py(source.plural_expr)
    rule = Locale(language).plural_form
    pairs = {(rule(n), plural(n)) for n in range(1, 250)}
    assert len(pairs) == len(dict(pairs)) == source.num_plurals


def test_the_english_texts_are_their_own_msgids():
    for message in entries(Language.EN)[1]:
        assert forms(message) == originals(message)


@pytest.mark.parametrize("language", [Language.RU, Language.KY])
def test_no_other_language_is_left_in_english(language):
    latin = re.compile("[A-Za-z]{2,}")
    said = re.compile(r"<[^>]+>|/\w+( [A-Za-z]+/[A-Za-z]+)?|\{\w+\}|24\.kg")
    for message in entries(language)[1]:
        for form in forms(message):
            assert not latin.search(said.sub("", form)), form


def test_kyrgyz_is_written_with_its_own_letters():
    text = " ".join(form for message in entries(Language.KY)[1] for form in forms(message))
    assert {"ң", "ө", "ү"} <= set(text.lower())


@pytest.mark.parametrize("language", Language)
def test_texts_are_in_the_alphabet_of_their_language_alone(language):
    for message in entries(language)[1]:
        for form in forms(message):
            for word in re.findall(r"[^\W\d_]+", form):
                assert re.fullmatch("[A-Za-z]+|[а-яёА-ЯЁңөүҢӨҮ]+", word), (word, form)
                assert language is not Language.EN or word.isascii(), form


OTHER_NAMES = {
    Language.EN: "daily message|daily summary|morning message",
    Language.RU: r"(дневн|ежедневн|утренн)\w+ сводк|дайджест",
    Language.KY: "кыскача баян|күндөлүк кабар|күндөлүк баян|дайджест",
}


@pytest.mark.parametrize("language", Language)
def test_the_digest_has_one_name(language):
    texts = [text for each in entries(language)[1] for text in (*originals(each), *forms(each))]
    other = re.compile(f"{OTHER_NAMES[language]}|{OTHER_NAMES[Language.EN]}", re.IGNORECASE)
    assert not [text for text in texts if other.search(text)]


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "1 подписка"),
        (3, "3 подписки"),
        (11, "11 подписок"),
        (21, "21 подписка"),
        (100, "100 подписок"),
    ],
)
def test_russian_counts_as_russians_do(n, text):
    said = catalog(Language.RU).plural("<b>{n} subscription</b>", "<b>{n} subscriptions</b>", n)
    assert said.html == f"<b>{text}</b>"


def test_what_is_put_into_a_text_is_escaped_unless_it_is_markup():
    said = catalog(Language.EN).text("You already follow {query}.", query="<b>&amp;")
    assert said.html == "You already follow &lt;b&gt;&amp;amp;."
    said = catalog(Language.EN).text("You already follow {query}.", query=bold(escape("<")))
    assert said.html == "You already follow <b>&lt;</b>."


def test_a_label_is_not_escaped_because_nothing_would_undo_it():
    assert catalog(Language.EN).label("Unsubscribe {query}", query="A&B") == "Unsubscribe A&B"


def test_braces_in_outside_text_are_only_braces():
    said = catalog(Language.EN).text("You already follow {query}.", query="{0} {query} {")
    assert said.html == "You already follow {0} {query} {."


@pytest.mark.parametrize("language", Language)
def test_a_catalogue_is_read_once(language):
    assert catalog(language) is catalog(language)
