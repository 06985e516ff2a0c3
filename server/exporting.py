"""The graph as a file: all of it, one source, or one thing, in every format."""

from collections.abc import Iterator

from flask import Blueprint, Response, request

from reelgraph import excerpts, export
from reelgraph.errors import ExportError
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import lasting
from reelgraph.server.snapshot import current
from reelgraph.server.view import View, view

blueprint = Blueprint("exporting", __name__)


@blueprint.get("/export.<suffix>")
def whole(suffix: str) -> Response:
    """Send the graph, or with `?source=` or `?entity=` a part of it."""
    form = export.FORMATS.get(suffix)
    if form is None or form.suffix != suffix:
        known = ", ".join(sorted({f"/export.{one.suffix}" for one in export.FORMATS.values()}))
        raise HttpError(404, f"there is no /export.{suffix}; there are {known}")

    def make() -> Response:
        seen, opened = view(), current()
        answer = Response(_encoded(_pieces(suffix, seen)), content_type=f"{form.media_type}; charset=utf-8")
        answer.headers["Content-Disposition"] = f'inline; filename="reelgraph.{suffix}"'
        answer.call_on_close(lambda: opened)  # which keeps the snapshot from being pruned until all is sent
        return answer

    return lasting(make)


def _pieces(suffix: str, seen: View) -> Iterator[str]:
    for name, part in (("source", excerpts.source), ("entity", excerpts.entity)):
        iri = request.args.get(name, "")
        if iri:
            try:
                return export.export(part(seen.store, iri, seen.base), suffix, None, seen.base)
            except (ExportError, ValueError) as error:
                raise HttpError(404, str(error)) from error
    return export.export(seen.store, suffix, export.graphs(seen.store, seen.base), seen.base)


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    """Yield the pieces as bytes, small ones together, because each costs a message to the client."""
    buffer: list[str] = []
    size = 0
    for piece in pieces:
        buffer.append(piece)
        size += len(piece)
        if size > 1 << 16:
            yield "".join(buffer).encode()
            buffer, size = [], 0
    yield "".join(buffer).encode()
