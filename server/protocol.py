"""The SPARQL 1.1 Protocol: what a request asks for, read from its method, address, headers and body."""

import re
from binascii import a2b_qp
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

from reelgraph.server import limits
from reelgraph.server.limits import Limits
from reelgraph.server.problem import HttpError

QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"
FORM_TYPE = "application/x-www-form-urlencoded"
METHODS = "GET, HEAD, POST, OPTIONS"
_DATASET = ("default-graph-uri", "named-graph-uri")
_UPDATE_DATASET = ("using-graph-uri", "using-named-graph-uri")
_MOST_FIELDS = 1000
_BAD_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
#: Fields of an address or a form, each with all its values.
Fields = dict[str, list[str]]


class Request(NamedTuple):
    """An HTTP request to the endpoint, free of any server's types; header names are in small letters."""

    method: str
    query_string: str
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""
    client: str = ""
    url: str = ""
    path: str = "/sparql"


class Operation(NamedTuple):
    """What a request asks for: a query over a dataset (None: the store's own), an update, or else a description."""

    query: str | None = None
    format: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    update: str | None = None
    union: bool = True
    must_exist: bool = False
    limits: Limits = limits.NONE


def operation(request: Request) -> Operation:
    """Return what a request asks for, or raise the `HttpError` that says what is wrong with it."""
    if request.method not in ("GET", "HEAD", "POST"):
        raise HttpError(405, f"{request.method} is not possible here; use {METHODS}", headers={"Allow": METHODS})
    fields = fields_of(request.query_string, "the address")
    if request.method != "POST":
        if "update" in fields:
            raise HttpError(400, "an update cannot be sent by GET; use POST")
        return _query(request, fields, fields.get("query", ()))
    media_type, charset = content_type(request.headers.get("content-type", ""))
    if media_type == FORM_TYPE:
        for name, values in fields_of(body_text(request.body, charset), "the form").items():
            fields.setdefault(name, []).extend(values)
        if "update" in fields:
            return _update(fields, fields["update"])
        return _query(request, fields, fields.get("query", ()), required=True)
    if media_type == QUERY_TYPE:
        if "query" in fields:
            raise HttpError(400, "the query is both in the address and in the body")
        return _query(request, fields, [body_text(request.body, charset)])
    if media_type == UPDATE_TYPE:
        if "update" in fields:
            raise HttpError(400, "the update is both in the address and in the body")
        return _update(fields, [body_text(request.body, charset)])
    raise HttpError(
        415,
        f"cannot read {media_type or 'a body without Content-Type'}; send {QUERY_TYPE}, or query=... as {FORM_TYPE}",
        headers={"Accept-Post": f"{QUERY_TYPE}, {UPDATE_TYPE}, {FORM_TYPE}"},
    )


def _query(request: Request, fields: Fields, queries: Sequence[str], *, required: bool = False) -> Operation:
    if len(queries) > 1:
        raise HttpError(400, f"there are {len(queries)} queries in this request; send one")
    if required and not queries:
        raise HttpError(400, "the form has no field `query`")
    for name in _UPDATE_DATASET:
        if name in fields:
            raise HttpError(400, f"{name} is for updates; a query has {' and '.join(_DATASET)}")
    default, named = (fields.get(name, ()) for name in _DATASET)
    is_given = bool(default or named)
    return Operation(
        queries[0] if queries else None,
        fields["format"][-1] if "format" in fields else None,
        tuple(default) if is_given else None,
        tuple(named) if is_given else None,
        limits=limits.asked(fields, request.headers.get("prefer", "")),
    )


def _update(fields: Fields, updates: Sequence[str]) -> Operation:
    if len(updates) > 1 or "query" in fields:
        raise HttpError(400, "there is more than one operation in this request; send one update")
    for name in _DATASET:
        if name in fields:
            raise HttpError(400, f"{name} is for queries; an update has {' and '.join(_UPDATE_DATASET)}")
    default, named = (fields.get(name, ()) for name in _UPDATE_DATASET)
    is_given = bool(default or named)
    return Operation(
        default_graphs=tuple(default) if is_given else None,
        named_graphs=tuple(named) if is_given else None,
        update=updates[0],
    )


def fields_of(text: str, where: str) -> Fields:
    """Return the fields of an address or a form, each with all its values, or refuse them."""
    if _BAD_ESCAPE.search(text):
        raise HttpError(400, f"{where} has a % that is not followed by two hexadecimal digits")
    if text.count("&") >= _MOST_FIELDS:
        raise HttpError(400, f"{where} has more than {_MOST_FIELDS} fields")
    fields: Fields = {}
    try:
        for part in text.split("&"):
            if part:
                name, _, value = part.partition("=")
                fields.setdefault(_plain(name), []).append(_plain(value))
    except UnicodeDecodeError:
        raise HttpError(400, f"{where} is not UTF-8") from None
    return fields


def _plain(text: str) -> str:
    """Return a name or a value without its escapes, all of which are well formed.

    They are those of quoted-printable but for the sign; that is decoded in C, which takes a thirtieth of the time.
    """
    text = text.replace("+", " ")
    if "%" not in text:
        return text
    if not text.isascii():
        return unquote(text, errors="strict")
    return a2b_qp(text.replace("=", "=3D").replace("%", "=")).decode()


def content_type(value: str) -> tuple[str, str]:
    """Return the media type and the charset of a `Content-Type`."""
    media_type, *parameters = (part.strip() for part in value.split(";"))
    charsets = [part.partition("=")[2].strip("\"' ") for part in parameters if part.lower().startswith("charset")]
    return media_type.lower(), (charsets or ["utf-8"])[0].lower()


def body_text(body: bytes, charset: str) -> str:
    """Return a body as text; it must be UTF-8."""
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise HttpError(415, f"cannot read the charset {charset}; send UTF-8")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HttpError(400, f"the body is not UTF-8 (byte {error.start})") from None
