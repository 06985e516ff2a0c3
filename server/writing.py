"""Writes over HTTP: who may, and the process that makes one and can be killed (`python -m reelgraph.server.writing`).

A write that is killed leaves the store as it was, for nothing counts before its snapshot is published.
"""

import asyncio
import json
import logging
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyoxigraph

from reelgraph import access
from reelgraph.access import Role, Token
from reelgraph.config import Settings
from reelgraph.errors import ReelgraphError, StoreLockedError, WriteError
from reelgraph.server import guard, loading, sandbox
from reelgraph.server.fetching import Fetcher
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import Operation, Request
from reelgraph.server.syntax import mistake
from reelgraph.server.usings import with_dataset
from reelgraph.store import Store
from reelgraph.writes import Change, Written, write

_COMMAND = (sys.executable, "-m", "reelgraph.server.writing")
_STATUS = {
    "protected": 403,
    "syntax": 400,
    "missing": 404,
    "type": 415,
    "evaluation": 400,
    "locked": 503,
    "store": 503,
}
_BEARER = 'Bearer realm="reelgraph"'
#: Browsers are asked for a token on pages for those who run the server, and nowhere else: what they know they would
#: send along with forms of other sites, too.
_BROWSER = f'{_BEARER}, Basic realm="reelgraph admin", charset="UTF-8"'
_log = logging.getLogger(__name__)
_OFF = "updates are off: this server answers queries only; change the graph with `reelgraph load`"
_NOBODY = "nobody has a token here: `reelgraph token` makes one"


@dataclass(frozen=True, slots=True)
class Writing:
    """Makes writes for those who may, one after the other for all processes."""

    settings: Settings
    tokens: tuple[Token, ...]
    fetcher: Fetcher

    @classmethod
    def of(cls, settings: Settings) -> "Writing":
        """Return what the settings allow."""
        return cls(settings, access.tokens(settings.tokens), Fetcher.of(settings))

    async def allowed(self, request: Request, role: Role) -> Token:
        """Return whose request this is, or refuse it."""
        if not self.tokens:
            raise HttpError(403, _NOBODY if request.path.startswith("/admin/") else _OFF)
        authorization = request.headers.get("authorization", "")
        token = await asyncio.to_thread(access.holder, self.tokens, authorization)
        if token is None:
            challenge = _BROWSER if request.path.startswith("/admin/") else _BEARER
            what = "this token is not known here" if authorization else "this needs a token: Authorization: Bearer ..."
            raise HttpError(401, what, headers={"WWW-Authenticate": challenge})
        if token.role < role:
            raise HttpError(403, f"the token {token.name} may {token.role.name.lower()} only")
        return token

    async def update(self, request: Request, asked: Operation) -> Written:
        """Make the update a request asks for."""
        token = await self.allowed(request, Role.WRITE)
        text = asked.update or ""
        change = Change("update", token.name, text, opened=self.settings.open_sources)
        parts: tuple[loading.Part, ...] = ()
        try:
            if await asyncio.to_thread(_checked, text, loads=bool(self.fetcher.loads)):
                most = self.settings.max_write << 20
                parts = await loading.fetched(text, self.fetcher, self.settings.deadline, most)
        except HttpError as error:
            if error.status == 403:
                await self.apply(replace(change, kind="check"))  # a malformed update is told so first
            raise
        if asked.default_graphs is not None:
            text = with_dataset(text, asked.default_graphs, asked.named_graphs or ())
        return await self.apply(replace(change, text=text, parts=parts))

    async def apply(self, change: Change) -> Written:
        """Make a write in a process of its own; it goes on even if the client does not wait for it."""
        settings = self.settings
        task = {
            "store": str(settings.store),
            "base": settings.base,
            "keep": settings.keep,
            "wait": settings.deadline,
            "memory": settings.worker_memory,
            "change": asdict(change),
        }
        work = asyncio.to_thread(_run, json.dumps(task).encode(), 2 * settings.deadline)
        answer = await asyncio.shield(asyncio.ensure_future(work))
        if "error" not in answer:
            return Written(str(answer["snapshot"]), bool(answer["created"]))
        status = _STATUS.get(str(answer["error"]), 500)
        extra = {name: value for name, value in answer.items() if name in ("line", "column", "text", "reason")}
        raise HttpError(
            status, str(answer["detail"]), extra=extra, headers={"Retry-After": "5"} if status == 503 else None
        )


def _checked(text: str, *, loads: bool) -> bool:
    """Refuse what must not run; return whether the update loads documents, which it may if `loads`."""
    if not (loads and guard.loads(text)):
        guard.check_update(text)
        return False
    guard.check_query(text)
    return True


def _run(task: bytes, seconds: float) -> dict[str, str | int]:
    """Run the process for one write and return what it says."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(  # noqa: S603 - the command is fixed
            _COMMAND, input=task, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise HttpError(504, f"the write took longer than {seconds:g} seconds and was stopped") from None
    if done.returncode != 0 or not done.stdout:
        if b"memory allocation" in done.stderr or b"MemoryError" in done.stderr:
            raise HttpError(400, "the write needs more memory than allowed and was stopped; nothing was changed")
        _log.warning("a write ended with %d: %s", done.returncode, done.stderr.decode("utf-8", "replace")[-2000:])
        raise HttpError(400, "the write broke the engine, perhaps nested too deeply; nothing was changed")
    answer: dict[str, str | int] = json.loads(done.stdout)
    return answer


def main() -> None:
    """Make the write that standard input describes, and say on standard output what came of it."""
    task = json.load(sys.stdin)
    parts = tuple((media_type, text) for media_type, text in task["change"].pop("parts"))
    change = Change(**task["change"], parts=parts)
    sandbox.limit_memory(int(task["memory"]))
    sandbox.refuse_network()
    store = Store(Path(task["store"]), str(task["base"]), int(task["keep"]))
    sys.stdout.write(json.dumps(_outcome(store, change, float(task["wait"]))))


def _outcome(store: Store, change: Change, wait: float) -> dict[str, str | int]:
    try:
        if change.kind == "check":
            return _malformed_or(change, store.base)
        if change.kind == "update" and change.parts:
            change = replace(change, text=loading.inserted(change.text, change.parts), parts=())
            guard.check_calls(change.text)
        written = write(store, change, wait)
    except HttpError as error:
        return {"error": "protected", "detail": error.detail}
    except SyntaxError as error:
        return _malformed(change, str(error), store.base)
    except WriteError as error:
        return {"error": error.reason, "detail": str(error)}
    except StoreLockedError:
        return {"error": "locked", "detail": "the store is being written by a load; try again when it has ended"}
    except ReelgraphError as error:
        return {"error": "store", "detail": str(error)}
    return asdict(written)


def _malformed_or(change: Change, base: str) -> dict[str, str | int]:
    """Return what is wrong with an update's syntax; what it would do is not done."""
    try:
        pyoxigraph.Store().update(change.text, base_iri=base)
    except SyntaxError as error:
        return _malformed(replace(change, kind="update"), str(error), base)
    except (RuntimeError, ValueError, OSError):
        pass
    return {"snapshot": "", "created": False}


def _malformed(change: Change, message: str, base: str) -> dict[str, str | int]:
    if change.kind != "update":
        return {"error": "syntax", "detail": f"the graph is malformed: {message}"}

    def parse(text: str) -> str | None:
        try:
            pyoxigraph.Store().update(text, base_iri=base)
        except SyntaxError as error:
            return str(error)
        except (OSError, RuntimeError, ValueError):
            return None  # it is well formed, and could not be done
        return None

    found = mistake(change.text, message, parse)
    said: dict[str, str | int] = {"line": found.line, "column": found.column, "text": found.text}
    return {"error": "syntax", "detail": f"the update is malformed in {found}", "reason": found.reason, **said}


if __name__ == "__main__":
    main()
