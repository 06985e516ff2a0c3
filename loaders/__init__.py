"""Loaders: one module for each kind of source, found by being in this folder or by an entry point."""

import json
import re
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import cast

from reelgraph.errors import DocumentError, ReelgraphError
from reelgraph.loaders.base import Loader
from reelgraph.model import NO_LAYERS, Document, Extraction, Layers

GROUP = "reelgraph.loaders"
_MAPPABLE = frozenset(
    {
        *("application/json", "application/toml", "application/x-ndjson", "application/yaml"),
        *("text/csv", "text/tab-separated-values"),
    }
)
_ROOT = re.compile(r"\ufeff?\s*(?:<[?!][^>]*>\s*)*<([\w:.-]+)")
_MEMBERS = ("NAME", "DESCRIPTION", "PRIORITY", "accepts", "load")


@cache
def loaders() -> tuple[Loader, ...]:
    """Return all loaders, the most specific first: the modules here, then those of other distributions."""
    modules = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__) if not info.ispkg]
    modules += [point.load() for point in entry_points(group=GROUP)]
    found = [cast("Loader", module) for module in modules if all(hasattr(module, member) for member in _MEMBERS)]
    return tuple(sorted(found, key=lambda loader: (loader.PRIORITY, loader.NAME)))


def choose(document: Document) -> Loader:
    """Return the loader for `document`; raise `DocumentError` if none reads its kind."""
    for loader in loaders():
        if loader.accepts(document):
            return loader
    raise DocumentError(f"{document.name}: {_unknown(document)}")


def _unknown(document: Document) -> str:
    """Return why no loader reads a document, and what can be done."""
    if document.media_type == "application/json" and (broken := _broken(document.text)):
        return broken
    if document.media_type in _MAPPABLE:
        from reelgraph.loaders import jsondocument
        from reelgraph.loaders.headings import why_not

        if broken := jsondocument.broken(document):
            return broken
        reason = why_not(document)
        against = f", and {reason}" if reason else ""
        return (
            f"nothing says that it is about films{against}; a mapping file (--mapping) says what is in it: "
            "see docs/mapping.md"
        )
    from reelgraph.loaders.ead import is_finding_aid

    if is_finding_aid(document):
        return (
            "a finding aid (EAD), none of whose items is said to be a film by its own genre or form: "
            "scripts, photographs and papers about films are no films"
        )
    root = _ROOT.match(document.text[:8192])
    kind = f"{document.media_type or 'no media type'}{f', <{root[1]}>' if root else ''}"
    return f"unknown kind of document ({kind}): convert it to one that `reelgraph loaders` lists, or add a loader"


def _broken(text: str) -> str:
    """Return where and why a text is no JSON, empty if it is, or if several values follow each other in it."""
    try:
        json.loads(text)
    except RecursionError:
        return ""
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            return f"line {error.lineno}, column {error.colno}: not JSON ({error.msg}); mend it or fetch it again"
    return ""


def load(document: Document, layers: Layers = NO_LAYERS) -> Extraction:
    """Return what the document's loader and the layers find in it; what goes wrong is a `DocumentError` naming both."""
    loader = choose(document)
    try:
        found = loader.load(document)
        return _extended(document, found, layers) if layers else found
    except ReelgraphError:
        raise
    except RecursionError as error:
        raise DocumentError(f"{document.name}: nested too deeply to be read; split the document") from error
    except Exception as error:
        raise DocumentError(
            f"{document.name}: the loader {loader.NAME} failed at {_place(error)} ({type(error).__name__}: {error}); "
            "please report it together with the document"
        ) from error


def _extended(document: Document, found: Extraction, layers: Layers) -> Extraction:
    from reelgraph.loaders.layers.extend import extend

    return extend(document, found, layers)


def _place(error: Exception) -> str:
    """Return the module and line an exception comes from."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else "an unknown place"
