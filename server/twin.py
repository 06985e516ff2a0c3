"""A static twin of the server: its pages and data as files that any web host can serve under the same addresses."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug import Response

from reelgraph.config import Settings
from reelgraph.errors import ExportError
from reelgraph.server.app import create_app

#: Where a twin begins, beside the site map.
_SEEDS = ("/", "/sitemap.xml", "/robots.txt", "/void.ttl", "/.well-known/void", "/.well-known/sparql-examples")
#: What only a server can do; links to it lead to a page that says so.
_LIVE = frozenset(("/search", "/query", "/sparql", "/surprise", "/resolve/split"))
_SILENT = frozenset(("/suggest.json", "/completions.json"))
#: Parameters that show a page without a source, in another order, or one of its rows: they would be too many pages.
_SWITCH = re.compile(r"(?:^|&)(?:without|_sort|_row)=")
#: Pictures of the graph, one for each thing and choice.
_PICTURES = "/around/"
#: What pages load when there is something to draw.
_DRAWING = tuple(f"/static/vendor/{one}.min.js" for one in ("d3/d3", "plot/plot.umd", "cytoscape/cytoscape"))
_FORM = re.compile(r"<form\b([^>]*)>.*?</form>", re.DOTALL)
_NO_FORM = '<p class="muted">Other values need the server; this is a copy of its pages.</p>'
#: The page of a thing; its identifier leads there.
_THING = re.compile(r"/page/([^?]+)|/(document/[^/?]+)")
_LINK = re.compile(r'\b(href|src)="([^"]*)"')
_ADDRESS = re.compile(r"<loc>([^<]*)</loc>")
_SUFFIX = re.compile(r"\.[a-z]{2,6}$")
_NOTE = (
    '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>{head}\n'
    '<p>{text} <a href="{href}">{link}</a></p></html>\n'
)


@dataclass
class Twin:
    """What was written: files, bytes, and addresses that pages link to but the server does not have."""

    files: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)


Listener = Callable[[int, int], None]


def write(settings: Settings, folder: Path, url: str = "http://localhost/", progress: Listener | None = None) -> Twin:
    """Write the twin of a store's server to a new or empty folder.

    `url` is where it is going to be; with a path in it, all links begin with that path. `progress` is told after each
    file how many are written and how many are known to come.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"{folder}: a static site needs a new or an empty folder")
    return _Writer(create_app(settings).test_client(), folder, url, progress).write()


class _Writer:
    """Walks along the links and writes what they lead to."""

    def __init__(self, client: FlaskClient, folder: Path, url: str, progress: Listener | None) -> None:
        self._client = client
        self._folder = folder
        self._url = url if url.endswith("/") else f"{url}/"
        self._root = urlsplit(self._url).path.rstrip("/")
        self._progress = progress
        self._known: set[str] = set()
        self._coming: deque[str] = deque()
        self._twin = Twin()

    def write(self) -> Twin:
        """Write everything that can be reached."""
        for path in (*_SEEDS, *_DRAWING, *self._listed()):
            self._expect(path)
        for path in sorted(_LIVE):
            note = _note("Not in this copy", "This needs the server; here is a copy of its pages.", f"{self._root}/")
            self._save(self._file(path, is_page=True), note.encode())
        while self._coming:
            path = self._coming.popleft()
            with self._get(path) as answer:
                self._take(path, answer)
            if self._progress is not None:
                self._progress(self._twin.files, self._twin.files + len(self._coming))
        return self._twin

    def _get(self, path: str) -> Response:
        return self._client.get(path, base_url=self._url, headers={"Accept": "text/html, */*;q=0.5"})

    def _listed(self) -> Iterator[str]:
        """Yield the pages of the site map."""
        with self._get("/sitemap.xml") as answer:
            if answer.status_code != 200:
                raise ExportError(f"there is nothing to write: {answer.get_data(as_text=True).strip()}")
            addresses = [unescape(one) for one in _ADDRESS.findall(answer.get_data(as_text=True))]
        yield from (self._inner(urlsplit(one).path) for one in addresses)

    def _take(self, path: str, answer: Response) -> None:
        """Write one answer."""
        if 300 <= answer.status_code < 400:
            href = self._linked(urljoin(self._root + path, answer.headers["Location"]))
            refresh = f'<meta http-equiv="refresh" content="0; url={escape(href)}">'
            head = f'{refresh}<link rel="canonical" href="{escape(href)}">'
            self._save(self._file(path, is_page=True), _note("Moved", "This is at", href, href, head).encode())
        elif answer.status_code != 200:
            self._twin.missing.append(path)
        elif answer.mimetype == "text/html":
            text = _FORM.sub(_without_form, answer.get_data(as_text=True))
            text = _LINK.sub(lambda found: self._replaced(path, found), text)
            self._save(self._file(path, is_page=True), text.encode())
            if found := _THING.fullmatch(path):
                self._expect(f"/id/{found[1] or found[2]}")
        else:
            self._save(self._file(path, is_page=False), *answer.iter_encoded())

    def _replaced(self, path: str, found: re.Match[str]) -> str:
        """Return a link of a page as it is in the twin."""
        href = unescape(found[2])
        if not href or href.startswith(("#", "data:")):
            return found[0]
        return f'{found[1]}="{escape(self._linked(urljoin(self._root + path, href)))}"'

    def _linked(self, href: str) -> str:
        """Return where a link leads in the twin, and see to it that it is written."""
        parts = urlsplit(href)
        is_here = not parts.netloc or href.startswith(self._url)
        if parts.scheme not in ("", "http", "https") or not is_here or not parts.path.startswith(f"{self._root}/"):
            return href
        path = self._inner(parts.path)
        if path in _LIVE | _SILENT:
            return parts.path
        if _SWITCH.search(parts.query) or path.startswith(_PICTURES):
            return f"{self._root}/query"
        is_static = path.startswith("/static/")
        asked = f"{path}?{parts.query}" if parts.query and not is_static else path
        self._expect(asked)
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return self._root + (parts.path[len(self._root) :] if is_static else _plain(asked)) + fragment

    def _inner(self, path: str) -> str:
        return path.removeprefix(self._root) or "/"

    def _expect(self, path: str) -> None:
        if path not in self._known and path not in _LIVE:
            self._known.add(path)
            self._coming.append(path)

    def _file(self, path: str, *, is_page: bool) -> Path:
        names = [unquote(name) for name in _plain(path).split("/") if name]
        if any(name in (".", "..") or "/" in name or "\0" in name for name in names):
            raise ExportError(f"{path} cannot be the name of a file")
        return self._folder.joinpath(*names, "index.html") if is_page else self._folder.joinpath(*names)

    def _save(self, file: Path, *pieces: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            for piece in pieces:
                self._twin.bytes += opened.write(piece)
        self._twin.files += 1


def _without_form(found: re.Match[str]) -> str:
    """Return what stands for a form: nothing for the search that every page has, else why there is none."""
    return "" if 'role="search"' in found[1] else _NO_FORM


def _plain(path: str) -> str:
    """Return an address without a query, which files cannot have: `/films?year=2013` is `/films/~1f0c…`."""
    path, _, query = path.partition("?")
    if not query:
        return path
    name = f"~{sha256(query.encode()).hexdigest()[:12]}"
    folder, _, last = path.rpartition("/")
    return f"{folder}/{name}/{last}" if _SUFFIX.search(last) else f"{path.rstrip('/')}/{name}"


def _note(title: str, text: str, href: str, link: str = "The first page", head: str = "") -> str:
    return _NOTE.format(title=escape(title), text=escape(text), href=escape(href), link=escape(link), head=head)
