"""Pages from templates: what all of them know, their ETags, and a memory of those that were asked for."""

import threading
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files

from flask import Flask, Response, current_app, g, render_template, request

from reelgraph.config import Settings
from reelgraph.server import wording
from reelgraph.server.cache import Cache, Entry
from reelgraph.server.links import Links
from reelgraph.server.markup import Parts
from reelgraph.server.problem import HttpError
from reelgraph.server.view import View, view

#: Where the application keeps its rendered pages, and `reelgraph.server.app` looks for the page of an error.
PAGES = "reelgraph.rendered"
ERROR_PAGE = "reelgraph.error_page"
#: Characters of a stored text that one page shows.
WINDOW = 400_000

#: Places an application may be mounted at, as far as they are remembered.
_MOST_ROOTS = 8
#: What of an answer is kept with it.
_KEPT = ("Content-Type", "Link", "Vary", "Content-Disposition")


class Pages:
    """The pages rendered last, for several threads."""

    def __init__(self) -> None:
        self._cache = Cache(room=64 << 20, largest=8 << 20)
        self._lock = threading.Lock()

    def get(self, tag: str) -> Entry | None:
        """Return the page with this tag, if it is still kept."""
        with self._lock:
            return self._cache.get(tag)

    def put(self, tag: str, entry: Entry) -> None:
        """Keep a page."""
        with self._lock:
            self._cache.put(tag, entry)


def register(app: Flask) -> None:
    """Teach an application how pages look."""
    app.extensions[PAGES] = Pages()
    app.extensions[ERROR_PAGE] = error_page
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "date": wording.date,
        "number": wording.number,
        "plural": plural,
        "disputed": wording.disputed,
        "kinds": wording.kinds,
    }
    app.context_processor(_context)


def settings() -> Settings:
    """Return the settings of the application."""
    found: Settings = current_app.extensions["reelgraph.settings"]
    return found


def links() -> Links:
    """Return where things are, as the request at hand sees it."""
    if "links" not in g:
        known: dict[str, Links] = current_app.extensions.setdefault("reelgraph.links", {})
        if len(known) > _MOST_ROOTS:
            known.clear()
        g.links = known.setdefault(request.script_root, Links(settings().base, request.script_root))
    found: Links = g.links
    return found


def parts(seen: View) -> Parts:
    """Return what makes the small parts of a page."""
    return Parts(links(), seen, WINDOW)


def page(template: str, status: int = 200, /, **values: object) -> Response:
    """Return a page."""
    return Response(render_template(template, **values), status, mimetype="text/html")


def lasting(make: Callable[[], Response], variant: str = "") -> Response:
    """Return an answer that only depends on address and snapshot: not at all if the client has it, or from memory.

    `variant` tells apart what one address can answer.
    """
    tag = _tag(variant)
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=304)
    else:
        pages: Pages = current_app.extensions[PAGES]
        entry = pages.get(tag)
        if entry is not None:
            answer = Response(entry.body, entry.status, list(entry.headers))
        else:
            answer = make()
            if answer.status_code != 200:
                return answer
            if not answer.is_streamed:
                kept = tuple((name, value) for name, value in answer.headers if name in _KEPT)
                pages.put(tag, Entry(200, kept, answer.get_data()))
    answer.set_etag(tag)
    answer.last_modified = view().made
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["X-Reelgraph-Snapshot"] = view().id
    return answer


def error_page(error: HttpError) -> str:
    """Return the page of an error; `nearest` in it are things that may have been meant."""
    nearest = error.extra.get("nearest", ())
    if not isinstance(nearest, list) or not nearest:
        return render_template("error.html", error=error, nearest=())
    return render_template("error.html", error=error, nearest=nearest, name_of=view().title)


def plural(count: int, word: str, many: str = "") -> str:
    """Return a number with its word: `1 source`, `2 sources`."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"


def _tag(variant: str) -> str:
    parts = (_edition(), view().id, request.script_root, request.full_path, variant)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def _edition() -> str:
    """Return what changes when this program does, so that nobody keeps pages of an older one."""
    digest = sha256(version("reelgraph").encode())
    package = files("reelgraph.server")
    folders = (package, package / "templates", package / "static")
    found = {f"{folder.name}/{one.name}": one for folder in folders for one in folder.iterdir() if one.is_file()}
    for name in sorted(found):
        digest.update(found[name].read_bytes())
    return digest.hexdigest()[:12]


def _context() -> dict[str, object]:
    """Return what every template can use."""
    return {"links": links(), "edition": _edition(), "window": WINDOW, "snapshot": _snapshot}


def _snapshot() -> str:
    try:
        return view().id
    except HttpError:
        return ""
