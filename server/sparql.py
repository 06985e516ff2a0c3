"""The SPARQL endpoint: from a request to its answer, free of any web framework."""

import asyncio
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from time import monotonic

from reelgraph.config import Settings
from reelgraph.server import federation, graphstore, guard, headers, lookups
from reelgraph.server.admin import METRICS, QUERIES, Admin
from reelgraph.server.answer import Answer, Tee, about, empty
from reelgraph.server.cache import Cache, Entry
from reelgraph.server.description import describe
from reelgraph.server.encoding import plain_tag
from reelgraph.server.fetching import Fetcher
from reelgraph.server.limits import Limits
from reelgraph.server.negotiate import GRAPHS, RESULTS, Choice, Format, choose, listing, named, prefers_html
from reelgraph.server.observing import Observer
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import METHODS, Operation, Request, operation
from reelgraph.server.snapshot import Snapshots
from reelgraph.server.worker import Task
from reelgraph.server.workers import Pool, Reply
from reelgraph.server.writing import Writing
from reelgraph.snapshots import Snapshot

#: Where the endpoint is, and where browsers are sent that ask for a page; the latter is next to it.
PATH = "/sparql"
PAGE = "query"
#: Characters from which on a query is checked in a thread, so that others need not wait for that.
_LONG = 1 << 15

_FORM = re.compile(
    r"(?:\s++|\#[^\n\r]*+|base\s*+<[^>]*+>|prefix\s*+[^\s:<]*+:\s*+<[^>]*+>|version\s*+(?:\"[^\"]*+\"|'[^']*+'))*+"
    r"(select|ask|construct|describe)",
    re.IGNORECASE,
)
_FOUND, _NOT_FOUND = 'found="yes"', 'found="no"'
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


@dataclass(frozen=True, slots=True)
class _Job:
    """A query that may run: what was asked for, in which formats, within which limits, and over the union or not.

    It is not `lasting` if its answer does not depend on the snapshot alone.
    """

    asked: Operation
    query: str
    wanted: _Wanted
    limits: Limits
    union: bool
    lasting: bool = True

    def task(self, snapshot: str, base: str) -> Task:
        """Return what a query process is to do; without FROM and without graphs in the request, all graphs count."""
        default, named_graphs = self.asked.default_graphs, self.asked.named_graphs
        return Task(
            query=self.query,
            results=self.wanted.results.format.name if self.wanted.results else None,
            graph=self.wanted.graph.format.name if self.wanted.graph else None,
            snapshot=snapshot,
            base=base,
            union=self.union,
            default_graphs=None if default is None else list(default),
            named_graphs=None if named_graphs is None else list(named_graphs),
            must_exist=self.asked.must_exist,
            max_rows=self.limits.rows,
            max_bytes=self.limits.bytes,
        )


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
        self._limits = Limits(settings.deadline, settings.max_rows, settings.max_bytes)
        self._writing = Writing.of(settings)
        self._fetcher = Fetcher.of(settings)
        self._graphs = graphstore.GraphStore(self._writing, self._ask)
        self._admin = Admin(self.observer, self._pool, snapshots, self._writing)

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
            answer = await self._answer(request, accept)
        except HttpError as error:
            content_type, body = error.body(accept)
            answer = Answer(error.status, [*error.headers.items(), *about(content_type, len(body))], body)
        if request.method == "HEAD":
            answer.close()
            answer.body, answer.stream = b"", None
        return answer

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
                body = describe(request.url, choice, self._limits, updates=bool(self._writing.tokens))
            except ValueError:
                raise HttpError(400, "the address of this request is not an IRI") from None
            return Answer(200, [("Vary", "Accept"), *about(choice.content_type, len(body))], body)
        return await self._ask(request, asked)

    async def _ask(self, request: Request, asked: Operation) -> Answer:
        query, accept = asked.query or "", request.headers.get("accept")
        has_dataset, calls_out = await asyncio.to_thread(_checked, query) if len(query) > _LONG else _checked(query)
        wanted = _Wanted(_choice(asked.format, accept, RESULTS), _choice(asked.format, accept, GRAPHS))
        job = _Job(asked, query, wanted, self._limits.lowered(asked.limits), asked.union and not has_dataset)
        snapshot = self._snapshots.snapshot()
        if calls_out:
            job = await self._resolved(job, snapshot, request.client)
        try:
            return await self._query(snapshot, request, job)
        except HttpError:
            if snapshot.path.is_dir():
                raise
        return await self._query(self._snapshots.snapshot(), request, job)  # the other was pruned while this waited

    async def _resolved(self, job: _Job, snapshot: Snapshot, client: str) -> _Job:
        """Return a query with what its SERVICE clauses give in their place; a malformed one is told so first."""
        await self._pool.check(job.task(str(snapshot.path), self._settings.base), client, job.limits.seconds)
        if not self._fetcher.services:
            guard.check_calls(job.query)
        begin, seconds = monotonic(), job.limits.seconds or self._settings.deadline
        query = await federation.resolved(job.query, self._fetcher, seconds)
        limits = replace(job.limits, seconds=max(0.1, seconds - (monotonic() - begin)))
        return replace(job, query=query, limits=limits, lasting=False)

    async def _query(self, snapshot: Snapshot, request: Request, job: _Job) -> Answer:
        told = [("Vary", "Accept"), ("Cache-Control", "no-cache"), ("X-Reelgraph-Snapshot", snapshot.id)]
        told.append(("X-Reelgraph-Limits", str(job.limits)))
        key = None
        if form := _FORM.match(job.query):
            choice = job.wanted.of(is_graph=form[1].lower() in ("construct", "describe"))
            if job.lasting and not _differs_each_time(job.query):
                key = _key(snapshot.id, job.asked, choice.content_type)
                told.append(("ETag", key))
                if _matches(request.headers.get("if-none-match", ""), key):
                    return Answer(304, [*told, *headers.SECURITY, *headers.CORS])
                entry = self._cache.get(key)
                self.observer.metrics.count("cache_total", _FOUND if entry else _NOT_FOUND)
                if entry is not None:
                    return Answer(entry.status, list(entry.headers), entry.body)
        task = job.task(f"{snapshot.folder}/{snapshot.id}", self._settings.base)
        reply = self._looked_up(snapshot, task) or await self._computed(task, request.client, job)
        choice = job.wanted.of(is_graph=reply.is_graph)
        length = None if reply.stream is not None else len(reply.body)
        answer = Answer(200, [*told, *about(choice.content_type, length)], reply.body, reply.stream)
        if key is not None:
            self._keep(key, answer)
        return answer

    def _looked_up(self, snapshot: Snapshot, task: Task) -> Reply | None:
        """Return the answer to a look-up, which needs no query process."""
        if not lookups.is_lookup(task) or (opened := self._snapshots.opened(snapshot)) is None:
            return None
        body = lookups.answer(opened.store, task)
        return None if body is None else Reply(is_graph=False, format=task.results or "", body=body)

    async def _computed(self, task: Task, client: str, job: _Job) -> Reply:
        """Return the answer of a query process."""
        try:
            return await self._pool.answer(task, client, job.limits.seconds)
        except HttpError as error:
            if error.status == 406:
                job.wanted.of(is_graph=error.detail == "graph")
            raise

    def _keep(self, key: str, answer: Answer) -> None:
        """Keep an answer, or one that is streamed as soon as it is complete, if it is small enough."""
        if answer.stream is None:
            self._cache.put(key, Entry(answer.status, tuple(answer.headers), answer.body))
            return
        told = tuple(answer.headers)

        def keep(body: bytes) -> None:
            self._cache.put(key, Entry(200, (*told, ("Content-Length", str(len(body)))), body))

        answer.stream = Tee(answer.stream, answer.body, self._cache.largest, keep)


def _checked(query: str) -> tuple[bool, bool]:
    """Refuse what must not run; return whether the query names its own dataset, and whether it calls others."""
    guard.check_shape(query)
    return guard.names_dataset(query), guard.calls_out(query)


def _differs_each_time(query: str) -> bool:
    """Return whether two runs of a query on the same snapshot can differ."""
    return ("(" in query or "[" in query or "_:" in query) and _RANDOM.search(query) is not None


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
        repr((asked.limits.rows, asked.limits.bytes)),
    )
    return f'"{sha256(chr(0).join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def _matches(if_none_match: str, key: str) -> bool:
    return bool(if_none_match) and any(plain_tag(tag) == key for tag in if_none_match.split(","))
