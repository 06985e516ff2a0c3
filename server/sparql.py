"""The SPARQL endpoint: from a request to its answer, free of any web framework."""

import asyncio
import re
from dataclasses import dataclass, replace
from hashlib import sha256

from reelgraph.config import Settings
from reelgraph.server import graphstore, guard, headers
from reelgraph.server.admin import METRICS, QUERIES, Admin
from reelgraph.server.answer import Answer, about, empty
from reelgraph.server.cache import Cache, Entry
from reelgraph.server.description import describe
from reelgraph.server.encoding import MARK
from reelgraph.server.negotiate import GRAPHS, RESULTS, Choice, Format, choose, listing, named, prefers_html
from reelgraph.server.observing import Observer
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import METHODS, Operation, Request, operation
from reelgraph.server.snapshot import Snapshots
from reelgraph.server.worker import Task
from reelgraph.server.workers import Pool
from reelgraph.server.writing import Writing

#: Where the endpoint is, and where browsers are sent that ask for a page; the latter is next to it.
PATH = "/sparql"
PAGE = "query"
#: Characters from which on a query is checked in a thread, so that others need not wait for that.
_LONG = 1 << 15
#: Requests by GET whose answers are found by their address alone, and how long that may be.
_MOST_KNOWN = 10_000
_LONGEST_KNOWN = 4096

_FORM = re.compile(
    r"(?:\s++|\#[^\n\r]*+|base\s*+<[^>]*+>|prefix\s*+[^\s:<]*+:\s*+<[^>]*+>|version\s*+(?:\"[^\"]*+\"|'[^']*+'))*+"
    r"(select|ask|construct|describe)",
    re.IGNORECASE,
)
#: What makes two runs of a query differ on the same snapshot.
_RANDOM = re.compile(r"\b(?:rand|now|uuid|struuid|bnode)\s*\(|construct.*(?:_:|\[)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The formats a client takes, for rows and booleans, and for graphs."""

    results: Choice | None
    graph: Choice | None

    def of(self, *, is_graph: bool) -> Choice:
        """Return the choice for a kind of result, or say which formats there are."""
        choice = self.graph if is_graph else self.results
        if choice is None:
            offers = GRAPHS if is_graph else RESULTS
            what = "a graph" if is_graph else "these results"
            extra = {"formats": [offer.media_type for offer in offers]}
            raise HttpError(406, f"{what} can be had as {listing(offers)}: by Accept, or by ?format=", extra=extra)
        return choice


class Endpoint:
    """The SPARQL endpoint of one server process; to be used from one event loop."""

    def __init__(
        self, settings: Settings, snapshots: Snapshots, *, has_page: bool = False, observer: Observer | None = None
    ) -> None:
        self.observer = observer or Observer(settings.query_log)
        self._settings = settings
        self._snapshots = snapshots
        self._has_page = has_page
        self._pool = Pool(settings.workers, settings.deadline, settings.worker_memory, self._killed)
        self._cache = Cache()
        limits = {"seconds": settings.deadline, "rows": settings.max_rows, "bytes": settings.max_bytes}
        self._limits = ", ".join(f"{name}={value:g}" for name, value in limits.items() if value is not None)
        self._writing = Writing.of(settings)
        self._graphs = graphstore.GraphStore(self._writing, self._ask)
        self._admin = Admin(self.observer, self._pool, snapshots, self._writing)
        self._known: dict[tuple[str, str | None], tuple[str, str]] = {}

    async def start(self) -> None:
        """Make the query processes ready; does nothing while there is no store."""
        self.observer.start(self._pool.live, self._pool.kill)
        try:
            snapshot = self._snapshots.snapshot()
        except HttpError:
            return
        await self._pool.warm(str(snapshot.path))

    async def close(self) -> None:
        """End the query processes."""
        self.observer.stop()
        await self._pool.close()

    def _killed(self, cause: str) -> None:
        self.observer.metrics.count("kills_total", f'cause="{cause}"')

    async def answer(self, request: Request) -> Answer:
        """Answer a request; everything that is wrong with it becomes an answer too."""
        accept = request.headers.get("accept")
        try:
            answer = self._repeated(request, accept) or await self._answer(request, accept)
        except HttpError as error:
            content_type, body = error.body(accept)
            answer = Answer(error.status, [*error.headers.items(), *about(content_type, len(body))], body)
        if request.method == "HEAD":
            answer.close()
            answer.body, answer.stream = b"", None
        return answer

    def _repeated(self, request: Request, accept: str | None) -> Answer | None:
        """Return the kept answer to a request that was made before in the same words, without reading it again."""
        if request.method != "GET" or request.path != PATH or "if-none-match" in request.headers:
            return None
        snapshot, key = self._known.get((request.query_string, accept), ("", ""))
        if not key or snapshot != self._snapshots.snapshot().id or (entry := self._cache.get(key)) is None:
            return None
        self.observer.metrics.count("cache_total", 'found="yes"')
        return Answer(entry.status, list(entry.headers), entry.body)

    def _keep(self, request: Request, snapshot: str, key: str, answer: Answer) -> None:
        self._cache.put(key, Entry(answer.status, tuple(answer.headers), answer.body))
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        if request.method == "GET" and request.path == PATH and len(request.query_string) <= _LONGEST_KNOWN:
            self._known[request.query_string, request.headers.get("accept")] = snapshot, key

    async def _answer(self, request: Request, accept: str | None) -> Answer:
        if request.path == METRICS or request.path.startswith(QUERIES):
            return await self._admin.answer(request)
        if request.path != PATH:
            return await self._graphs.answer(request)
        if request.method == "OPTIONS":
            return Answer(204, list(headers.preflight(METHODS)))
        asked = operation(request)
        if asked.update is not None:
            written = await self._writing.update(request, asked)
            return empty(204, ("X-Reelgraph-Snapshot", written.snapshot))
        is_browser = asked.format is None and request.method != "POST" and prefers_html(accept, (*RESULTS, *GRAPHS))
        if is_browser and self._has_page:
            query = f"?{request.query_string}" if request.query_string else ""
            return Answer(303, [("Location", PAGE + query), ("Vary", "Accept"), *headers.SECURITY])
        if asked.query is None:
            choice = _Wanted(None, _choice(asked.format, accept, GRAPHS)).of(is_graph=True)
            try:
                body = describe(request.url, choice, updates=bool(self._writing.tokens))
            except ValueError:
                raise HttpError(400, "the address of this request is not an IRI") from None
            return Answer(200, [("Vary", "Accept"), *about(choice.content_type, len(body))], body)
        return await self._ask(request, asked)

    async def _ask(self, request: Request, asked: Operation) -> Answer:
        query, accept = asked.query or "", request.headers.get("accept")
        has_dataset = await asyncio.to_thread(_checked, query) if len(query) > _LONG else _checked(query)
        wanted = _Wanted(_choice(asked.format, accept, RESULTS), _choice(asked.format, accept, GRAPHS))
        return await self._query(
            request, asked, self._task(asked, query, wanted, union=asked.union and not has_dataset), wanted
        )

    async def _query(self, request: Request, asked: Operation, task: Task, wanted: _Wanted) -> Answer:
        snapshot = self._snapshots.snapshot()
        told = [("Vary", "Accept"), ("Cache-Control", "no-cache"), ("X-Reelgraph-Snapshot", snapshot.id)]
        told.append(("X-Reelgraph-Limits", self._limits))
        key = None
        if form := _FORM.match(task.query):
            choice = wanted.of(is_graph=form[1].lower() in ("construct", "describe"))
            if not _RANDOM.search(task.query):
                key = _key(snapshot.id, asked, choice.content_type)
                told.append(("ETag", key))
                if _matches(request.headers.get("if-none-match", ""), key):
                    return Answer(304, [*told, *headers.SECURITY, *headers.CORS])
                entry = self._cache.get(key)
                self.observer.metrics.count("cache_total", f'found="{"yes" if entry else "no"}"')
                if entry is not None:
                    return Answer(entry.status, list(entry.headers), entry.body)
        try:
            reply = await self._pool.answer(replace(task, snapshot=str(snapshot.path)), request.client)
        except HttpError as error:
            if error.status == 406:
                wanted.of(is_graph=error.detail == "graph")
            raise
        choice = wanted.of(is_graph=reply.is_graph)
        length = None if reply.stream is not None else len(reply.body)
        answer = Answer(200, [*told, *about(choice.content_type, length)], reply.body, reply.stream)
        if key is not None and reply.stream is None:
            self._keep(request, snapshot.id, key, answer)
        return answer

    def _task(self, asked: Operation, query: str, wanted: _Wanted, *, union: bool) -> Task:
        """Return what a query process is to do; without FROM and without graphs in the request, all graphs count."""
        default, named_graphs = asked.default_graphs, asked.named_graphs
        return Task(
            query=query,
            results=wanted.results.format.name if wanted.results else None,
            graph=wanted.graph.format.name if wanted.graph else None,
            base=self._settings.base,
            union=union,
            default_graphs=None if default is None else list(default),
            named_graphs=None if named_graphs is None else list(named_graphs),
            must_exist=asked.must_exist,
            max_rows=self._settings.max_rows,
            max_bytes=self._settings.max_bytes,
        )


def _checked(query: str) -> bool:
    """Refuse what must not run; return whether the query names its own dataset."""
    guard.check_query(query)
    return guard.names_dataset(query)


def _choice(name: str | None, accept: str | None, offers: tuple[Format, ...]) -> Choice | None:
    return choose(accept, offers) if name is None else named(name, offers)


def _key(snapshot: str, asked: Operation, content_type: str) -> str:
    """Return the strong ETag of an answer: what it depends on, and nothing else."""
    parts = (
        snapshot,
        content_type,
        repr(asked.default_graphs),
        repr(asked.named_graphs),
        asked.query or "",
        str(asked.union),
    )
    return f'"{sha256(chr(0).join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def _matches(if_none_match: str, key: str) -> bool:
    return any(tag.strip().removeprefix("W/").replace(MARK, "") == key for tag in if_none_match.split(","))
