from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Edition, Item
from bot.ports import PageUnreadable, SiteError
from bot.sites.address import SiteAddress
from bot.sites.page import read_article
from tests.builders.site import article_page

SITE = SiteAddress("https://24.kg")
ITEM = Item(
    Edition.EN,
    412007,
    "https://24.kg/english/412007_Slug/",
    "The row's title",
    datetime(2026, 3, 12, 9, 0, tzinfo=UTC),
)


def read(html, item=ITEM, site=SITE):
    return read_article(html, item, site)


def body(html):
    return list(read(article_page(body=html)).body)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<p>One<p>Two", ["One", "Two"]),
        ("<ul><li>a</li><li><p>b</p></li></ul><ol><li>c</li></ol>", ["a", "b", "c"]),
        ("<blockquote><p>Said</p><p>so</p></blockquote>", ["Said", "so"]),
        ("<h3>Head</h3><p>x</p><h4>Lower</h4>", ["Head", "x", "Lower"]),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
         ["A | B", "1 | 2"]),
        ("<table><tr><td><p>1</p><p>one</p></td><td></td><td>2<br><br>two</td></tr></table>",
         ["1 one | 2 two"]),
        ("<div class=lead>Lead</div><p>x</p>", ["Lead", "x"]),
        ("<div class=broadcasting><div class=broadcasting-item>10:00 Live</div></div>",
         ["10:00 Live"]),
        ("Bare text", ["Bare text"]),
        ("Bare<p>para</p>tail", ["Bare", "para", "tail"]),
        ("one<br>line<br/> <br>two", ["one line", "two"]),
        ("<div>In a div<div>in a div</div>after</div>", ["In a div", "in a div", "after"]),
        ("<custom-box>Unknown <x-y>mark</x-y>up</custom-box>", ["Unknown markup"]),
        ("<p>A <b>bo</b>ld <a href=/x>link</a>.</p>", ["A bold link."]),
        ("<p> </p><p>&nbsp;</p><p>x</p>", ["x"]),
        ("<p>№&nbsp;1 soft&shy;ly \n\t folded</p>", ["№ 1 softly folded"]),
        ("a<!-- comment -->b", ["ab"]),
        ("<p>&lt;b&gt; &amp;quot; &bogus; &#0;</p>", ["<b> &quot; &bogus; \ufffd"]),
    ],
)  # fmt: skip
def test_the_body_has_one_string_for_each_block(html, expected):
    assert body(html) == expected


@pytest.mark.parametrize(
    "junk",
    [
        '<div class="poTeme"><div class="one"><a href="/english/1/">menu</a></div></div>',
        '<div class="vote">menu</div>',
        '<div class="gallery">menu</div>',
        '<div class="imgInText"><img alt="menu"><div class="text">menu</div></div>',
        "<figure><figcaption>menu</figcaption></figure>",
        "<noindex>menu</noindex>",
        "<script>menu</script>",
        "<style>menu</style>",
        '<iframe src="menu">menu</iframe>',
        "<noscript>menu</noscript>",
        "<template>menu</template>",
        '<a href="/menu/" title="menu"></a>',
    ],
)
def test_what_stands_in_the_body_and_is_not_of_it_is_left_out(junk):
    assert body(f"<p>One</p>{junk}<p>Two</p>") == ["One", "Two"]


def test_what_stands_around_the_body_is_left_out():
    around = (
        '<div class="lineNews"><div class="one">menu</div></div><div class="blockNews">menu</div>'
        '<div class="widget-last-news"><div class="one">menu</div></div><p>menu</p>'
    )
    assert "menu" not in repr(read(article_page(around=around)))


def test_a_page_without_a_title_is_refused():
    with pytest.raises(PageUnreadable, match=r"no h1\.newsTitle"):
        read(article_page(title=""))


def test_the_title_of_the_head_stands_in_for_a_missing_one():
    head = '<meta property="og:title" content="Of&amp;nbsp;the &quot;head&quot;">'
    assert read(head + article_page(title="")).title == 'Of the "head"'


@pytest.mark.parametrize("html", ["", "<p></p>", "<script>x</script>", '<div class="vote">x</div>'])
def test_an_article_with_nothing_in_its_body_is_refused(html):
    with pytest.raises(PageUnreadable, match="nothing in"):
        read(article_page(body=html))


def test_a_page_without_an_article_is_refused():
    with pytest.raises(PageUnreadable, match="articleBody"):
        read("<h1 class=newsTitle>Sorry</h1><p>Come back later</p>")


def test_the_page_of_another_article_is_refused():
    with pytest.raises(PageUnreadable, match="another article"):
        read(article_page(link="https://24.kg/english/412008/"))


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://24.kg/english/412007/", "https://24.kg/english/412007/"),
        ("http://www.24.kg/vlast/412007", "https://24.kg/vlast/412007/"),
        ("https://24-kg.com/english/412007/", "https://24.kg/english/412007/"),
        ("", "https://24.kg/english/412007/"),
        ("soon", "https://24.kg/english/412007/"),
    ],
)
def test_the_address_is_the_short_one_of_the_configured_site(link, url):
    assert read(article_page(link=link)).url == url


def test_the_pages_own_time_is_taken_and_the_rows_where_it_has_none():
    assert read(article_page()).published.isoformat() == "2026-03-12T15:22:00+06:00"
    assert read(article_page(published="soon")).published == ITEM.published


@pytest.mark.parametrize(
    ("content", "picture"),
    [
        ("https://pictures.example/1.jpg", "https://pictures.example/1.jpg"),
        ("/files/a b.jpg", "https://24.kg/files/a%20b.jpg"),
        ("javascript:alert(1)", ""),
        ("http://[bad", ""),
        ("", ""),
    ],
)
def test_the_picture_is_an_absolute_address_or_none(content, picture):
    html = f'<meta property="og:image" content="{content}">' + article_page()
    assert read(html).picture == picture


@pytest.mark.parametrize(
    ("line", "views"),
    [
        ("views: 146", 146),
        ("просмотров: 1&nbsp;410", 1410),
        ("link: https://24.kg/english/412007/", None),
        ("", None),
    ],
)
def test_views_are_the_last_number_of_the_line(line, views):
    html = article_page().replace("views: 7", line)
    assert read(html).views == views


def test_views_are_not_taken_from_the_short_link():
    html = article_page(link="https://24.kg/english/412007/").replace("views: 7", "")
    assert read(html).views is None


def test_a_title_keeps_emoji_and_right_to_left_letters_and_loses_tags():
    assert read(article_page(title="A <b>bold</b> 🏔 عنوان\u202e &lt;i&gt;")).title == (
        "A bold 🏔 عنوان <i>"
    )


TAGS = """
    <p> </p> <br> <table> <tr> <td> </table> <b> </b> <div> </div> <!-- --> <svg> </svg>
    <select> <option> <li> <a> <h3> <template> </template> <noindex> &#55296; <plaintext>
    <frameset> </body> </html> <math> <mi>
"""
HTML = st.lists(
    st.one_of(
        st.text(max_size=10),
        st.sampled_from(TAGS.split()),
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(HTML, HTML, st.booleans())
def test_no_page_makes_the_reader_of_articles_raise_anything_but_its_own(title, text, whole):
    try:
        article = read(title + text if whole else article_page(title=title, body=text))
    except SiteError:
        return
    assert article.title == " ".join(article.title.split())
    assert all(article.body)


@given(st.text())
def test_the_words_of_a_body_are_never_lost(text):
    words = [word for word in text.split() if word.isalnum() and word.isascii()]
    html = "".join(f"<p>{word}</p>" if len(word) % 2 else f"{word}<br><br>" for word in words)
    assert body(html + "end") == [*words, "end"]
