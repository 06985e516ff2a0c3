"""A client that sends exactly what a test asks for."""

import http.client
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

QUERY_TYPE = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Response:
    """A status, headers with names in small letters, and a body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Client:
    """A server and the token for writing to it."""

    url: str
    token: str = field(repr=False)

    def send(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Response:
        """Send one request; nothing is added but the token and a length."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=120)
        try:
            given = {"Authorization": f"Bearer {self.token}"} | (headers or {})
            connection.request(method, parts.path + path, body, given)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Response(answer.status, found, answer.read())
        finally:
            connection.close()

    def query(self, text: str, dataset: list[tuple[str, str]], accept: str) -> Response:
        """Send a query by POST."""
        path = f"/sparql?{urlencode(dataset)}" if dataset else "/sparql"
        return self.send("POST", path, {"Content-Type": QUERY_TYPE, "Accept": accept}, text.encode())

    def update(self, text: str) -> Response:
        """Send an update by POST."""
        return self.send("POST", "/sparql", {"Content-Type": FORM}, urlencode({"update": text}).encode())

    def graph(self, iri: str | None) -> Response:
        """Ask for a graph, None for the default one."""
        path = "default" if iri is None else f"graph={quote(iri, safe='')}"
        return self.send("GET", f"/graph-store?{path}", {"Accept": "application/n-triples"})

    def fill(self, graphs: dict[str | None, str]) -> Response:
        """Empty the store, then put N-Triples into graphs, in one transaction."""
        inserts = [f"GRAPH <{iri}> {{ {data} }}" if iri else data for iri, data in graphs.items()]
        created = "".join(f"CREATE SILENT GRAPH <{iri}> ;\n" for iri in graphs if iri)
        return self.update(f"DROP ALL ;\n{created}INSERT DATA {{ {' '.join(inserts)} }}")
