"""Asking a language model over an OpenAI-compatible endpoint: the one loader that asks another machine."""

import json
import os
import time
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from reelgraph.errors import ConfigError, DocumentError
from reelgraph.model import Llm

_LARGEST = 4 << 20
_MOST_TOKENS = 4000
#: Statuses of a server that may answer later, and of one that will not answer this question.
_BUSY = (408, 409, 425, 429, 500, 502, 503, 504)
_REFUSED = (400, 413, 422)
_PAUSE = 0.25


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote, and the tokens it cost (0 where the server does not say)."""

    text: str
    tokens: int = 0


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: the text and the key go to the address in the settings only."""

    def redirect_request(self, *_of_the_request: object) -> None:
        """Make no other request."""


def ask(settings: Llm, rules: str, prompt: str, budget: int) -> Answer:
    """Return the model's answer, asking again while the server is busy or slow.

    A `DocumentError` means that there is no answer to this, a `ConfigError` that there will be none to anything.
    """
    content = {
        "model": settings.model,
        "messages": [{"role": "system", "content": rules}, {"role": "user", "content": prompt}],
        "temperature": 0,
        "seed": 1,
        "max_tokens": max(1, min(budget, _MOST_TOKENS)),
        "response_format": {"type": "json_object"},
    }
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    problem = ""
    for tried in range(settings.retries + 1):
        if tried:
            time.sleep(_PAUSE * 2 ** (tried - 1))
        try:
            return _read(_sent(settings, body))
        except HTTPError as error:
            with error:
                problem = f"{settings.url} answers {error.code}"
            if error.code not in _BUSY:
                raise (DocumentError if error.code in _REFUSED else ConfigError)(f"language model: {problem}") from None
        except TimeoutError:
            problem = f"no answer within {settings.timeout:g} seconds"
        except (HTTPException, OSError) as error:
            raise ConfigError(f"language model: {settings.url} cannot be reached: {error}") from None
    raise DocumentError(f"language model: {problem}")


def _sent(settings: Llm, body: bytes) -> bytes:
    """Send a request and return the reply; all of it must come within the time-out."""
    headers = {"Content-Type": "application/json"}
    if settings.key and (secret := os.environ.get(settings.key)):
        headers["Authorization"] = f"Bearer {secret}"
    request = Request(f"{settings.url.rstrip('/')}/chat/completions", body, headers)  # noqa: S310 - http by its pattern
    end = time.monotonic() + settings.timeout
    reply = bytearray()
    with build_opener(_Stay).open(request, timeout=settings.timeout) as stream:
        while chunk := stream.read1(65536):
            reply += chunk
            if time.monotonic() > end:
                raise TimeoutError
            if len(reply) > _LARGEST:
                raise DocumentError("language model: the answer is too long")
    return bytes(reply)


def _read(reply: bytes) -> Answer:
    """Return the answer that a reply of the server holds."""
    try:
        content = json.loads(reply)
        text = content["choices"][0]["message"]["content"]
        return Answer(str(text), int((content.get("usage") or {}).get("total_tokens", 0)))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise DocumentError("language model: the reply is not one of a chat completion") from None
