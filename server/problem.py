"""Errors as answers of the server: a status, what is wrong, and what to do, as text or `application/problem+json`."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from reelgraph.errors import ReelgraphError
from reelgraph.server.negotiate import TEXT, Format, choose

PROBLEM_JSON = Format("json", "application/problem+json", ("application/json",))
#: What a problem can say beside its sentence: the line of a query, the formats there are.
Extra = str | int | float | list[str]


class HttpError(ReelgraphError):
    """A request that cannot be answered; `detail` is for people, `extra` repeats it for programs."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Extra] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})

    @property
    def title(self) -> str:
        """The name of the status."""
        return HTTPStatus(self.status).phrase

    def body(self, accept: str | None) -> tuple[str, bytes]:
        """Return the content type and the body that suit a client: text for people, JSON for programs."""
        choice = choose(accept, (TEXT, PROBLEM_JSON))
        if choice is not None and choice.format is TEXT:
            return choice.content_type, f"{self.status} {self.title}: {self.detail}\n".encode()
        content = {"title": self.title, "status": self.status, "detail": self.detail} | self.extra
        return PROBLEM_JSON.media_type, json.dumps(content, ensure_ascii=False).encode() + b"\n"
