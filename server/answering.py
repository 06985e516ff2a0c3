"""From a query to its answer: what is kept or is a look-up at once, all else from a query process."""

import asyncio
import re
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from time import monotonic
from typing import NamedTuple

from reelgraph.config import Settings
from reelgraph.server import federation, guard, headers, lookups
from reelgraph.server.answer import Answer, Tee, about
from reelgraph.server.cache import Cache, Entry
from reelgraph.server.encoding import plain_tag
from reelgraph.server.fetching import Fetcher
from reelgraph.server.limits import Limits
from reelgraph.server.lookups import Lookup
from reelgraph.server.metrics import Metrics
from reelgraph.server.negotiate import GRAPHS, RESULTS, Choice, choose, listing, named
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import Operation, Request
from reelgraph.server.snapshot import Snapshots
from reelgraph.server.stars import Bounds
from reelgraph.server.worker import Task
from reelgraph.server.workers import Pool, Reply
from reelgraph.snapshots import Snapshot

#: Characters from which on a query is checked in a thread, so that others need not wait for that.
_LONG = 1 << 15

_FORM = re.compile(
    r"(?:\s++|\#[^\n\r]*+|base\s*+<[^>]*+>|prefix\s*+[^\s:<]*+:\s*+<[^>]*+>|version\s*+(?:\"[^\"]*+\"|'[^']*+'))*+"
    r"(select|ask|construct|describe)",
    re.IGNORECASE,
)
_FOUND, _NOT_FOUND = 'found="yes"', 'found="no"'
#: Look-ups that are remembered, by their ETags.
_REMEMBERED = 1 << 14
#: What makes two runs of a query differ on the same snapshot.
_RANDOM = re.compile(r"\b(?:rand|now|uuid|struuid|bnode)\s*\(|construct.*(?:_:|\[)", re.IGNORECASE | re.DOTALL)


class Wanted(NamedTuple):
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


@lru_cache(maxsize=256)
def wanted(name: str | None, accept: str | None) -> Wanted:
    """Return what a client takes, by the `format` it names or else by its `Accept`."""
    if name is None:
        return Wanted(choose(accept, RESULTS), choose(accept, GRAPHS))
    return Wanted(named(name, RESULTS), named(name, GRAPHS))


class _Job(NamedTuple):
    """A query that may run: what was asked for, in which formats, within which limits, and over the union or not.

    It is not `lasting` if its answer does not depend on the snapshot alone. `lookup` is the query if it may be one.
    """

    asked: Operation
    query: str
    wanted: Wanted
    limits: Limits
    union: bool
    calls_out: bool = False
    lasting: bool = True
    lookup: Lookup | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the query is over the union of all graphs."""
        return self.union and self.asked.default_graphs is None and self.asked.named_graphs is None

    def task(self, snapshot: Snapshot, base: str) -> Task:
        """Return what a query process is to do; without FROM and without graphs in the request, all graphs count."""
        default, named_graphs = self.asked.default_graphs, self.asked.named_graphs
        return Task(
            query=self.query,
            results=self.wanted.results.format.name if self.wanted.results else None,
            graph=self.wanted.graph.format.name if self.wanted.graph else None,
            snapshot=f"{snapshot.folder}/{snapshot.id}",
            base=base,
            union=self.union,
            default_graphs=None if default is None else list(default),
            named_graphs=None if named_graphs is None else list(named_graphs),
            must_exist=self.asked.must_exist,
            max_rows=self.limits.rows,
            max_bytes=self.limits.bytes,
        )


class Begun(NamedTuple):
    """A query that needs a query process: on which snapshot, and the ETag of its answer if that may be kept."""

    job: _Job
    snapshot: Snapshot
    key: str | None = None


class Answering:
    """Answers the queries of one server process; to be used from one event loop."""

    def __init__(
        self, settings: Settings, snapshots: Snapshots, pool: Pool, metrics: Metrics, fetcher: Fetcher
    ) -> None:
        self.limits = Limits(settings.deadline, settings.max_rows, settings.max_bytes)
        self._base = settings.base
        self._deadline = settings.deadline
        self._snapshots = snapshots
        self._pool = pool
        self._metrics = metrics
        self._fetcher = fetcher
        self._cache = Cache()
        self._bounds = Bounds()
        self._looked_up_before: set[str] = set()

    async def answer(self, request: Request, asked: Operation) -> Answer:
        """Answer a query, or raise the `HttpError` that says why not."""
        begun = self.begin(request, asked)
        return begun if isinstance(begun, Answer) else await self.go_on(request, asked, begun)

    def begin(self, request: Request, asked: Operation, snapshot: Snapshot | None = None) -> Answer | Begun | None:
        """Return the answer if there is no need to wait for it, else what is known of it, or nothing yet.

        The snapshot is the current one; who has asked for that already gives it.
        """
        query = asked.query or ""
        if len(query) > _LONG:
            return None
        job = self._job(query, request, asked)
        return None if job.calls_out else self._ready(job, request, snapshot or self._snapshots.snapshot())

    async def go_on(self, request: Request, asked: Operation, begun: Begun | None) -> Answer:
        """Answer a query that `begin` could not."""
        if begun is not None:
            snapshot = begun.snapshot
        else:
            job = await asyncio.to_thread(self._job, asked.query or "", request, asked)
            snapshot = self._snapshots.snapshot()
            if job.calls_out:
                job = await self._resolved(job, snapshot, request.client)
            ready = self._ready(job, request, snapshot)
            if isinstance(ready, Answer):
                return ready
            begun = ready
        try:
            return await self._computed(begun, request)
        except HttpError:
            if snapshot.path.is_dir():
                raise
        # That snapshot was pruned while the query waited.
        ready = self._ready(begun.job, request, self._snapshots.snapshot())
        return ready if isinstance(ready, Answer) else await self._computed(ready, request)

    def _job(self, query: str, request: Request, asked: Operation) -> _Job:
        """Return what is to be done, or refuse what must not run: no query of a look-up's form is such."""
        formats, limits = wanted(asked.format, request.headers.get("accept")), self.limits.lowered(asked.limits)
        lookup = lookups.found(query)
        if lookup is not None:
            return _Job(asked, query, formats, limits, asked.union, lookup=lookup)
        guard.check_shape(query)
        union = asked.union and not guard.names_dataset(query)
        lasting = not (("(" in query or "[" in query or "_:" in query) and _RANDOM.search(query))
        return _Job(asked, query, formats, limits, union, guard.calls_out(query), lasting)

    async def _resolved(self, job: _Job, snapshot: Snapshot, client: str) -> _Job:
        """Return a query with what its SERVICE clauses give in their place; a malformed one is told so first."""
        await self._pool.check(job.task(snapshot, self._base), client, job.limits.seconds)
        if not self._fetcher.services:
            guard.check_calls(job.query)
        begin, seconds = monotonic(), job.limits.seconds or self._deadline
        query = await federation.resolved(job.query, self._fetcher, seconds)
        limits = replace(job.limits, seconds=max(0.1, seconds - (monotonic() - begin)))
        return job._replace(query=query, limits=limits, lasting=False)

    def _ready(self, job: _Job, request: Request, snapshot: Snapshot) -> Answer | Begun:
        """Return an answer that is known already, or that a look-up gives."""
        is_graph = False
        if job.lookup is None:
            form = _FORM.match(job.query)
            if form is None:
                return Begun(job, snapshot)
            is_graph = form[1].lower() in ("construct", "describe")
        choice = job.wanted.of(is_graph=is_graph)
        key = None
        if job.lasting:
            key = f'"{_digest(_scope(job, snapshot.id, choice.content_type), job.query)}"'
            known = request.headers.get("if-none-match")
            if known and any(plain_tag(tag) == key for tag in known.split(",")):
                return Answer(304, [*_told(snapshot.id, job.limits, key), *headers.SECURITY, *headers.CORS])
            entry = self._cache.get(key)
            self._metrics.count("cache_total", _FOUND if entry else _NOT_FOUND)
            if entry is not None:
                return Answer(entry.status, list(entry.headers), entry.body, again=True)
        body = self._looked_up(job, snapshot)
        if body is None:
            return Begun(job, snapshot, key)
        answer = _answer(job, snapshot.id, key, choice, Reply(is_graph=False, format="", body=body))
        answer.again = key is not None and self._is_again(key)
        return answer

    def _is_again(self, key: str) -> bool:
        """Return whether a look-up was made before: most never are again, so only then its answer is worth keeping."""
        if key in self._looked_up_before:
            return True
        if len(self._looked_up_before) >= _REMEMBERED:
            self._looked_up_before.clear()
        self._looked_up_before.add(key)
        return False

    def _looked_up(self, job: _Job, snapshot: Snapshot) -> bytes | None:
        """Return the answer to a look-up, which needs no query process; None if it does."""
        results = job.wanted.results
        if results is None or not job.is_plain or job.lookup is None:
            return None
        opened = self._snapshots.opened(snapshot)
        if opened is None:
            return None
        bounds = self._bounds.of(snapshot.id)
        return lookups.answer(opened.store, job.lookup, results.format.name, job.limits, self._base, bounds)

    async def _computed(self, begun: Begun, request: Request) -> Answer:
        """Return the answer of a query process."""
        job, snapshot = begun.job, begun.snapshot
        try:
            reply = await self._pool.answer(job.task(snapshot, self._base), request.client, job.limits.seconds)
        except HttpError as error:
            if error.status == 406:
                job.wanted.of(is_graph=error.detail == "graph")
            raise
        choice = job.wanted.of(is_graph=reply.is_graph)
        return self._kept(begun.key, _answer(job, snapshot.id, begun.key, choice, reply))

    def _kept(self, key: str | None, answer: Answer) -> Answer:
        """Keep an answer, or one that is streamed as soon as it is complete, if it is small enough."""
        if key is None:
            return answer
        told = tuple(answer.headers)
        if answer.stream is None:
            self._cache.put(key, Entry(answer.status, told, answer.body))
            return answer

        def keep(body: bytes) -> None:
            self._cache.put(key, Entry(200, (*told, ("Content-Length", str(len(body)))), body))

        answer.stream = Tee(answer.stream, answer.body, self._cache.largest, keep)
        return answer


def _answer(job: _Job, snapshot: str, key: str | None, choice: Choice, reply: Reply) -> Answer:
    length = None if reply.stream is not None else len(reply.body)
    told = _told(snapshot, job.limits, key)
    return Answer(200, [*told, *about(choice.content_type, length)], reply.body, reply.stream)


def _told(snapshot: str, limits: Limits, key: str | None) -> list[tuple[str, str]]:
    """Return the headers that tell how a query was answered."""
    told = [("Vary", "Accept"), ("Cache-Control", "no-cache"), ("X-Reelgraph-Snapshot", snapshot)]
    told.append(("X-Reelgraph-Limits", _limits_text(limits)))
    if key is not None:
        told.append(("ETag", key))
    return told


@lru_cache(maxsize=64)
def _limits_text(limits: Limits) -> str:
    return str(limits)


def _scope(job: _Job, snapshot: str, content_type: str) -> str:
    """Return what an answer depends on beside its query, and nothing else."""
    asked = job.asked
    graphs = asked.default_graphs, asked.named_graphs
    size = asked.limits.rows, asked.limits.bytes
    return f"{snapshot}\0{content_type}\0{graphs!r}\0{asked.union}\0{size!r}"


def _digest(scope: str, query: str) -> str:
    """Return a strong ETag's text."""
    return sha256(f"{scope}\0{query}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
