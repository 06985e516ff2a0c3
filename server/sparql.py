"""The SPARQL endpoint: from a request to its answer, free of any web framework."""

import asyncio
import contextlib
from collections.abc import Coroutine

from reelgraph.config import Settings
from reelgraph.server import graphstore, headers
from reelgraph.server.admin import METRICS, QUERIES, Admin
from reelgraph.server.answer import Answer, about, empty
from reelgraph.server.answering import Answering, wanted
from reelgraph.server.description import describe
from reelgraph.server.fetching import Fetcher
from reelgraph.server.negotiate import GRAPHS, RESULTS, prefers_html
from reelgraph.server.observing import Observer
from reelgraph.server.problem import HttpError
from reelgraph.server.protocol import METHODS, Operation, Request, operation
from reelgraph.server.replica import Replica
from reelgraph.server.snapshot import Snapshots
from reelgraph.server.workers import Pool
from reelgraph.server.writing import Writing
from reelgraph.snapshots import Snapshot

#: Where the endpoint is, and where browsers are sent that ask for a page; the latter is next to it.
PATH = "/sparql"
PAGE = "query"
#: What answers can be written as, for those who want no page.
_FORMATS = (*RESULTS, *GRAPHS)
#: Seconds between two looks at the query processes.
_TEND = 1.0


class Endpoint:
    """The SPARQL endpoint of one server process; to be used from one event loop."""

    def __init__(
        self, settings: Settings, snapshots: Snapshots, *, has_page: bool = False, observer: Observer | None = None
    ) -> None:
        self.observer = observer or Observer(settings.query_log)
        self._settings = settings
        self._snapshots = snapshots
        self._has_page = has_page
        replica = Replica(self.observer.folder, settings.memory)
        self._pool = Pool(settings.workers, settings.deadline, settings.worker_memory, self._killed, replica)
        self._tending: asyncio.Task[None] | None = None
        self._writing = Writing.of(settings)
        fetcher = Fetcher.of(settings)
        self._answering = Answering(settings, snapshots, self._pool, self.observer.metrics, fetcher)
        self._graphs = graphstore.GraphStore(self._writing, self._answering.answer)
        self._admin = Admin(self.observer, self._pool, snapshots, self._writing)

    async def start(self) -> None:
        """Make the query processes ready, and keep them so."""
        self.observer.start(self._pool.live, self._pool.kill)
        await self._tend()
        self._tending = asyncio.create_task(self._go_on_tending())

    async def close(self) -> None:
        """End the query processes."""
        self.observer.stop()
        if self._tending is not None:
            self._tending.cancel()
        await self._pool.close()

    async def _go_on_tending(self) -> None:
        while True:
            await asyncio.sleep(_TEND)
            await self._tend()

    async def _tend(self) -> None:
        with contextlib.suppress(HttpError):  # there is no store yet
            await self._pool.tend(str(self._snapshots.snapshot().path))

    def _killed(self, cause: str) -> None:
        self.observer.metrics.count("kills_total", f'cause="{cause}"')

    async def answer(self, request: Request) -> Answer:
        """Answer a request; everything that is wrong with it becomes an answer too."""
        begun = self.begin(request)
        return begun if isinstance(begun, Answer) else await begun

    def begin(self, request: Request, snapshot: Snapshot | None = None) -> Answer | Coroutine[None, None, Answer]:
        """Return the answer if there is no need to wait for it, else the work that ends in it.

        The snapshot is the current one; who has asked for that already gives it.
        """
        try:
            begun = self._begin(request, snapshot)
        except HttpError as error:
            begun = _refusal(error, request)
        return _shown(begun, request) if isinstance(begun, Answer) else _finished(begun, request)

    def _begin(self, request: Request, snapshot: Snapshot | None) -> Answer | Coroutine[None, None, Answer]:
        if request.path == METRICS or request.path.startswith(QUERIES):
            return self._admin.answer(request)
        if request.path != PATH:
            return self._graphs.answer(request)
        if request.method == "OPTIONS":
            return Answer(204, list(headers.preflight(METHODS)))
        asked = operation(request)
        if asked.update is not None:
            return self._updated(request, asked)
        if self._has_page and asked.format is None and request.method != "POST" and _is_browser(request):
            query = f"?{request.query_string}" if request.query_string else ""
            return Answer(303, [("Location", PAGE + query), ("Vary", "Accept"), *headers.SECURITY])
        if asked.query is None:
            return self._described(request, asked)
        begun = self._answering.begin(request, asked, snapshot)
        return begun if isinstance(begun, Answer) else self._answering.go_on(request, asked, begun)

    async def _updated(self, request: Request, asked: Operation) -> Answer:
        written = await self._writing.update(request, asked)
        return empty(204, ("X-Reelgraph-Snapshot", written.snapshot))

    def _described(self, request: Request, asked: Operation) -> Answer:
        choice = wanted(asked.format, request.headers.get("accept")).of(is_graph=True)
        try:
            body = describe(request.url, choice, self._answering.limits, updates=bool(self._writing.tokens))
        except ValueError:
            raise HttpError(400, "the address of this request is not an IRI") from None
        return Answer(200, [("Vary", "Accept"), *about(choice.content_type, len(body))], body)


def _is_browser(request: Request) -> bool:
    return prefers_html(request.headers.get("accept"), _FORMATS)


def _refusal(error: HttpError, request: Request) -> Answer:
    content_type, body = error.body(request.headers.get("accept"))
    return Answer(error.status, [*error.headers.items(), *about(content_type, len(body))], body)


def _shown(answer: Answer, request: Request) -> Answer:
    """Return what of an answer is sent."""
    if request.method == "HEAD":
        answer.close()
        answer.body, answer.stream = b"", None
    return answer


async def _finished(work: Coroutine[None, None, Answer], request: Request) -> Answer:
    try:
        answer = await work
    except HttpError as error:
        answer = _refusal(error, request)
    return _shown(answer, request)
