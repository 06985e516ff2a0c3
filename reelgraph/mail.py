"""E-mails and pages saved as MHTML: the texts and files in them, each a document of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

#: Headers that only mail and MHTML begin with, and one that says how the rest is written.
_HEADERS = re.compile(rb"\A(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
_SAYS = re.compile(rb"^MIME-Version:|^Content-Type:\s*(?:text/|multipart/)", re.IGNORECASE | re.MULTILINE)
_SENT = re.compile(rb"^(?:From|Received|Message-ID|Snapshot-Content-Location):", re.IGNORECASE | re.MULTILINE)
_SUFFIXES = {"text/html": ".html", "text/plain": ".txt", "text/calendar": ".ics"}
#: Kinds of parts that are no documents.
_SILENT = frozenset({"image", "audio", "video", "font"})
_STYLES = frozenset({"text/css", "text/javascript", "application/javascript"})
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Part:
    """A text or file in a message: its name, or the address of the page it is, and its bytes."""

    name: str
    data: bytes


def is_message(head: bytes) -> bool:
    """Whether bytes begin as an e-mail or a page saved as MHTML does."""
    headers = _HEADERS.match(head)
    return bool(headers and _SAYS.search(headers[0]) and _SENT.search(headers[0]))


def parts(data: bytes) -> Iterator[Part]:
    """Yield the documents in a message; of a text in several forms the first page, else the plain one."""
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage):
        return
    body = message.get_body(("html", "plain"))
    for number, part in enumerate(message.walk(), 1):
        kind = part.get_content_type()
        if part.is_multipart() or part.get_content_maintype() in _SILENT or kind in _STYLES:
            continue
        if part is not body and not part.get_filename():
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            yield Part(_name(message, part, number), _text(part, payload) if kind == "text/plain" else payload)


def _text(part: EmailMessage, payload: bytes) -> bytes:
    """Return a plain text in UTF-8; that of a page says itself how it is written."""
    try:
        return payload.decode(part.get_content_charset("utf-8")).encode()
    except (LookupError, UnicodeDecodeError):
        return payload


def _name(message: EmailMessage, part: EmailMessage, number: int) -> str:
    """Return the address of a saved page, else the file's name, else the subject."""
    address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    if address.lower().startswith(("http://", "https://")):
        return address
    suffix = _SUFFIXES.get(part.get_content_type(), "")
    subject = " ".join(re.sub(r"[^\w .,()'-]", " ", str(message.get("Subject") or "")).split())[:_LONGEST]
    return part.get_filename() or f"{subject or f'part {number}'}{suffix}"
