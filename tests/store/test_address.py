"""What `REDIS_URL` may say, and that its password is in no error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.address import Address, parse

LOGIN = {"username": "anna", "password": "p@ss/wörd"}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://host", Address("server", (("host", 6379),))),
        ("redis://host:7000/3", Address("server", (("host", 7000),), db=3)),
        ("redis://host?db=3", Address("server", (("host", 6379),), db=3)),
        (
            "rediss://anna:p%40ss%2Fw%C3%B6rd@host:7000/0?ssl_cert_reqs=none",
            Address(
                "server",
                (("host", 7000),),
                tls=True,
                credentials=LOGIN,
                options={"ssl_cert_reqs": "none"},
            ),
        ),
        (
            "redis://:secret@[::1]:7",
            Address("server", (("::1", 7),), credentials={"password": "secret"}),
        ),
        ("unix:///run/my%20store.sock?db=1", Address("socket", path="/run/my store.sock", db=1)),
        (
            "redis+sentinel://:secret@a:1,b,[::1]:3/news/2",
            Address(
                "sentinel",
                (("a", 1), ("b", 26379), ("::1", 3)),
                service="news",
                db=2,
                credentials={"password": "secret"},
            ),
        ),
        ("redis+cluster://a:1,b:2", Address("cluster", (("a", 1), ("b", 2)))),
        ("rediss+cluster://a", Address("cluster", (("a", 6379),), tls=True)),
    ],
)
def test_each_form_is_understood(url, address):
    assert parse(url) == address


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("localhost:6379", "scheme"),
        ("http://host", "scheme"),
        ("redis://", "a host is missing"),
        ("redis://a:1,b:2,", "host is missing"),
        ("redis://host:port", "port"),
        ("redis://host:70000", "port"),
        ("redis://host/zero", "database"),
        ("redis://host/1/2", "path"),
        ("redis://host?timeout=5", "after the"),
        ("redis://host?ssl_cert_reqs=none", "after the"),
        ("redis://host#1", "after the"),
        ("redis://[::1", "not an address"),
        ("unix://run/socket", "unix:///"),
        ("redis+sentinel://a,b", "name of a service"),
        ("redis+cluster://a/1", "path"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_that_shows_the_forms(url, reason):
    with pytest.raises(ValueError, match=r"^REDIS_URL is not understood: .*redis://") as refused:
        parse(url)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def refusal(url):
    try:
        parse(url)
    except ValueError as refused:
        return refused
    return None


@given(before=st.text(max_size=12), after=st.text(max_size=12))
def test_a_password_is_in_no_error_wherever_it_stands(before, after):
    for url in (f"redis://{before}hunter2{after}", f"redis://:{before}hunter2{after}@host:6379/0"):
        refused = refusal(url)
        assert refused is None or "hunter2" not in str(refused)
        assert refused is None or refused.__suppress_context__


def test_a_password_is_not_shown_with_its_address():
    assert "secret" not in repr(parse("redis://:secret@host"))
