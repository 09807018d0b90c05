import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ports import PageUnreadable
from bot.sites.charset import decode

URL = "https://24.kg/"
TEXT = "В Бишкеке «Ала-Тоо» — №1, Ёлка, 100 %"
PAGE = "<html><head>{}</head><body>" + TEXT + "</body></html>"


def meta(charset):
    return PAGE.format(f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">')


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("windows-1251", TEXT),
        ("utf-8", TEXT),
        ("KOI8-R", "Ёлка в Бишкеке"),
        ("ibm866", "Ёлка в Бишкеке"),
    ],
)
def test_a_charset_is_read_by_header_meta_or_declaration(charset, text):
    by_header = PAGE.replace(TEXT, text).encode(charset)
    assert text in decode(by_header, charset, URL)
    by_meta = meta(charset).replace(TEXT, text).encode(charset)
    assert text in decode(by_meta, "", URL)
    by_xml = f"<?xml version='1.0' encoding='{charset}'?><p>{text}</p>".encode(charset)
    assert text in decode(by_xml, "", URL)


@pytest.mark.parametrize("wrong", ["utf-8", "koi8-r", "iso-8859-1", "us-ascii", "no-such", "cp866"])
def test_where_header_and_meta_differ_the_one_that_makes_words_is_taken(wrong):
    assert TEXT in decode(meta("windows-1251").encode("cp1251"), wrong, URL)
    assert TEXT in decode(meta(wrong).encode("cp1251"), "windows-1251", URL)


@pytest.mark.parametrize("said", ["windows-1251", "koi8-r", "iso-8859-1", ""])
def test_what_is_utf_8_is_read_as_it_whatever_is_said(said):
    assert TEXT in decode(meta(said or "x").encode(), said, URL)


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_comes_first(mark, charset):
    assert decode(mark + TEXT.encode(charset), "windows-1251", URL) == TEXT


def test_a_title_cut_within_a_letter_costs_that_letter_alone():
    cut = meta("utf-8").encode().replace("Ёлка".encode(), "Ёлка".encode()[:-1])
    assert "Ёлк\ufffd" in decode(cut, "utf-8", URL)


@pytest.mark.parametrize("said", ["utf-8", "", "rot13", "base64", "unicode_escape", "utf-7"])
def test_bytes_of_another_charset_than_said_are_refused_with_the_reason(said):
    with pytest.raises(PageUnreadable, match=r"https://24\.kg/: \d+ bytes are not utf-8"):
        decode(PAGE.format("").encode("cp1251"), said, URL)


def test_typographic_signs_of_an_old_english_page_are_read():
    assert "it’s" in decode(b"<p>it\x92s</p>", "iso-8859-1", URL)


@given(st.binary(max_size=300), st.text(max_size=20))
def test_no_bytes_and_no_header_make_it_raise_anything_but_its_own(body, charset):
    with suppress(PageUnreadable):
        decode(body, charset, URL)


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя ", min_size=12))
def test_small_letters_in_any_claimed_charset_come_back(text):
    page = f"<p>{text}</p>"
    for charset in ("cp1251", "koi8-r", "utf-8"):
        assert decode(page.encode(charset), charset, URL) == page
