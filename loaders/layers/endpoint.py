"""Asking a language model over an OpenAI-compatible endpoint."""

import json
import os
import time
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from reelgraph.layers import Llm

_LARGEST = 4 << 20
_MOST_TOKENS = 4000
_AGAIN = (408, 409, 425, 429, 500, 502, 503, 504)
_PAUSE = 0.25


class EndpointError(Exception):
    """The model gave no answer; when it `is_final` it will not answer other questions either."""

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote, and the tokens it cost (0 where the server does not say)."""

    text: str
    tokens: int = 0


def ask(settings: Llm, rules: str, prompt: str, budget: int) -> Answer:
    """Return the model's answer; try again when the server is busy or slow, then raise `EndpointError`."""
    body = json.dumps(
        {
            "model": settings.model,
            "messages": [{"role": "system", "content": rules}, {"role": "user", "content": prompt}],
            "temperature": 0,
            "seed": settings.seed,
            "max_tokens": max(1, min(budget, _MOST_TOKENS)),
            "response_format": {"type": "json_object"},
        },
        ensure_ascii=False,
    ).encode("utf-8", "replace")
    for tried in range(settings.retries + 1):
        if tried:
            time.sleep(_PAUSE * 2 ** (tried - 1))
        try:
            return _read(_sent(settings, body))
        except HTTPError as error:
            problem = f"the server answers {error.code}"
            error.close()
            if error.code not in _AGAIN:
                raise EndpointError(problem, is_final=True) from None
        except TimeoutError:
            problem = f"no answer within {settings.timeout:g} seconds"
        except (URLError, HTTPException, OSError) as error:
            problem = f"the server cannot be reached ({getattr(error, 'reason', error)})"
    raise EndpointError(problem, is_final=True)


def _sent(settings: Llm, body: bytes) -> bytes:
    """Send a request and return the reply; all of it must come within the time-out."""
    headers = {"Content-Type": "application/json"}
    if settings.key and (secret := os.environ.get(settings.key)):
        headers["Authorization"] = f"Bearer {secret}"
    if not settings.url.startswith(("http://", "https://")):
        raise EndpointError(f"{settings.url} is no http address", is_final=True)
    address = f"{settings.url.rstrip('/')}/chat/completions"
    end = time.monotonic() + settings.timeout
    chunks: list[bytes] = []
    request = Request(address, body, headers)  # noqa: S310 - checked above
    with urlopen(request, timeout=settings.timeout) as reply:  # noqa: S310
        while chunk := reply.read1(65536):
            chunks.append(chunk)
            if time.monotonic() > end:
                raise TimeoutError
            if sum(map(len, chunks)) > _LARGEST:
                raise EndpointError("the answer is too long")
    return b"".join(chunks)


def _read(reply: bytes) -> Answer:
    """Return the answer that a reply of the server holds."""
    try:
        content = json.loads(reply)
        text = content["choices"][0]["message"]["content"]
        usage = content.get("usage") or {}
        return Answer(str(text), int(usage.get("total_tokens", 0)))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise EndpointError("the reply is not one of a chat completion") from None
