"""What requests to the endpoint ask for."""

from collections import defaultdict
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import FORM_TYPE, QUERY_TYPE, UPDATE_TYPE, Operation, Request, fields_of, operation

ASK = "ASK {}"


def get(**fields: str | list[str]) -> Request:
    return Request("GET", urlencode(fields, doseq=True))


def post(body: bytes, content_type: str, query_string: str = "") -> Request:
    return Request("POST", query_string, {"content-type": content_type}, body)


@pytest.mark.parametrize(
    "request_",
    [
        get(query=ASK),
        Request("HEAD", urlencode({"query": ASK})),
        Request("GET", "query=" + quote(ASK)),
        Request("GET", "other=%C3%A9&query=ASK+%7B%7D"),
        post(urlencode({"query": ASK}).encode(), FORM_TYPE),
        post(urlencode({"query": ASK}).encode(), f"{FORM_TYPE}; charset=UTF-8"),
        post(ASK.encode(), QUERY_TYPE),
        post(b"\xef\xbb\xbf" + ASK.encode(), f'{QUERY_TYPE.upper()};charset="utf-8"'),
    ],
)
def test_three_ways_to_ask(request_: Request) -> None:
    assert operation(request_) == Operation(ASK)


def test_nothing_asked() -> None:
    assert operation(get()) == Operation(None)
    assert operation(get(format="ttl")) == Operation(None, "ttl")


def test_the_dataset() -> None:
    fields = {
        "default-graph-uri": ["http://e.example/1", "http://e.example/2"],
        "named-graph-uri": "http://e.example/3",
    }
    expected = Operation(ASK, None, ("http://e.example/1", "http://e.example/2"), ("http://e.example/3",))
    assert operation(get(query=ASK, **fields)) == expected
    assert operation(post(urlencode({"query": ASK} | fields, doseq=True).encode(), FORM_TYPE)) == expected
    assert operation(post(ASK.encode(), QUERY_TYPE, urlencode(fields, doseq=True))) == expected
    only_named = operation(get(query=ASK, **{"named-graph-uri": "http://e.example/3"}))
    assert (only_named.default_graphs, only_named.named_graphs) == ((), ("http://e.example/3",))


@pytest.mark.parametrize(
    ("request_", "status", "words"),
    [
        (Request("PUT", "query=x"), 405, "PUT"),
        (get(query=[ASK, ASK]), 400, "2 queries"),
        (post(b"query=ASK&query=ASK", FORM_TYPE), 400, "2 queries"),
        (post(b"x=1", FORM_TYPE), 400, "no field `query`"),
        (post(ASK.encode(), QUERY_TYPE, "query=ASK"), 400, "both"),
        (post(ASK.encode(), "text/plain"), 415, "text/plain"),
        (Request("POST", "", {}, ASK.encode()), 415, "Content-Type"),
        (post(ASK.encode("utf-16"), f"{QUERY_TYPE}; charset=UTF-16"), 415, "utf-16"),
        (post(b"ASK { \xff }", QUERY_TYPE), 400, "byte 6"),
        (Request("GET", "query=%FF"), 400, "UTF-8"),
        (Request("GET", "query=%zz"), 400, "hexadecimal"),
        (Request("GET", "&".join(["a=1"] * 2000)), 400, "fields"),
        (get(update="CLEAR ALL"), 400, "POST"),
        (post(b"update=CLEAR+ALL&update=CLEAR+ALL", FORM_TYPE), 400, "more than one"),
        (post(b"update=CLEAR+ALL&query=ASK+%7B%7D", FORM_TYPE), 400, "more than one"),
        (post(b"CLEAR ALL", UPDATE_TYPE, "default-graph-uri=http://g/"), 400, "using-graph-uri"),
        (get(query=ASK, **{"using-graph-uri": "http://e.example/"}), 400, "using-graph-uri"),
    ],
)
def test_what_is_wrong_is_said(request_: Request, status: int, words: str) -> None:
    with pytest.raises(HttpError) as caught:
        operation(request_)
    assert (caught.value.status, words in caught.value.detail) == (status, True), caught.value.detail


@given(
    st.lists(st.sampled_from(["a", "query", "=", "&", "+", "%3D", "%26", "%C3%A9", "%ff", "%0A", "é", "_", "=\n", ""]))
)
def test_fields_are_read_as_the_standard_library_does(parts: list[str]) -> None:
    text = "".join(parts)
    expected: dict[str, list[str]] = defaultdict(list)
    try:
        for name, value in parse_qsl(text, keep_blank_values=True, errors="strict"):
            expected[name].append(value)
    except UnicodeDecodeError:
        with pytest.raises(HttpError):
            fields_of(text, "the form")
    else:
        assert fields_of(text, "the form") == expected
