import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.ports import PageUnreadable
from bot.sites.markup import parse
from bot.sites.nesting import DEEPEST, is_too_deep

MANY = 100_000


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<DIV class='a>b'>",
        "<i></p>",
        "<b><div></b>",
        '<div title="</div>">',
        "<div><!-- </div> -->",
        "<div><script></div></script>",
        "<div><textarea></div></textarea>",
        "<div><table><tr><td></div>",
        "<div><table></div></table>",
        "<div><object></div></object>",
        "<p><table><tr><td>",
        "<dd><li>",
        "<ul><li>",
        "<svg><g>",
        "<custom-element>",
        "<div/>",
    ],
)
def test_a_page_that_would_take_the_parser_long_is_refused_before_it_is_parsed(unit):
    with pytest.raises(PageUnreadable, match="nest more than"):
        parse(unit * MANY, "https://24.kg/")


@pytest.mark.parametrize(
    "unit",
    [
        "<div></div>",
        "<p>one",
        "<p>one</p>",
        "<p><b>one</b> <a href='/'>two</a>",
        "<ul><li>one<li>two</ul>",
        "<table><tr><td>1<td>2<tr><td>3</table>",
        "<br><img src=x><hr/><input>",
        "<a name=x>",
        "<!-- <div> -->",
        "<script>if (a<b) document.write('<div>')</script>",
        "<svg><path d='M0 0'/><path d='M1 1'/></svg>",
        "<div><b>mis</div>nested</b>",
        "<div",
        "<",
        "</div>",
        "1 < 2",
    ],
)
def test_a_long_page_that_does_not_nest_is_read(unit):
    assert not is_too_deep(unit * (MANY // 10))


def test_the_bound_is_on_depth_and_not_on_length():
    assert not is_too_deep("<div>" * DEEPEST + "</div>" * DEEPEST)
    assert is_too_deep("<div>" * (DEEPEST + 1))


TAGS = """
    <div> </div> <p> </p> <b> </b> <a> </a> <i> </i> <span> </span> <table> </table> <tr>
    </tr> <td> </td> <tbody> <caption> </caption> <li> </li> <ul> </ul> <dd> <dt> <option>
    <object> </object> <h1> </h1> <form> </form> <center> </center> <br> </br> <html> <body>
    </body> <font> </font> text
"""


def depth(html):
    """As the parser builds it."""
    todo, deepest = [(LexborHTMLParser(html).root, 1)], 0
    while todo:
        node, level = todo.pop()
        deepest = max(deepest, level)
        todo += [(child, level + 1) for child in node.iter()]
    return deepest


@given(st.lists(st.sampled_from(TAGS.split()), min_size=1, max_size=8).map("".join))
def test_whatever_is_repeated_the_parsers_depth_stays_near_the_bound(unit):
    html = unit * (DEEPEST + 50)
    assert is_too_deep(html) or depth(html) < DEEPEST + 50


@given(st.text(alphabet=st.sampled_from("<>/!-='\"[]? adivpscriptsvg"), max_size=200))
def test_no_text_makes_the_estimate_raise(text):
    is_too_deep(text)
