"""The command about how facts came to be: explain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reelgraph.cli.options import counted, find_document, open_store, settings_of, store_option
from reelgraph.cli.tables import visible

if TYPE_CHECKING:
    from reelgraph.loaders.explaining import Explanation
    from reelgraph.model import Document, Fact

_LONGEST = 300


@click.command(short_help="Say which extractor made a fact of which words.")
@click.argument("document")
@click.option("--fact", "words", metavar="TEXT", default="", help="Only what these words are quoted or stated in.")
@store_option
def explain(document: str, words: str, folder: Path | None) -> None:
    """Say which extractor made each fact of DOCUMENT of which words, and what extractors refused and why.

    DOCUMENT is a file, or the file name or first digits of the hash of a stored document.

    \b
    Example:
      reelgraph explain her-review.txt --fact million
    """
    from reelgraph.loaders.explaining import explain as explained

    layers = settings_of(folder).layers
    for number, one in enumerate(_documents(document, folder)):
        for line in (("",) if number else ()), _lines(one, explained(one, words, layers), words):
            for text in line:
                click.echo(visible(text))


def _documents(name: str, folder: Path | None) -> Iterator[Document]:
    """The documents of a file or folder, else the stored one."""
    if not Path(name).exists():
        store = open_store(folder)
        yield store.document(find_document(store.snapshot(), name).sha256)
        return
    from reelgraph.errors import DocumentError
    from reelgraph.reading import DocumentProblem, read

    for one in read([name]):
        if isinstance(one, DocumentProblem):
            raise DocumentError(str(one))
        yield one


def _lines(document: Document, explanation: Explanation, words: str) -> Iterator[str]:
    made = counted(len(explanation.facts), "fact") + (f" with “{words}”" if words else "")
    yield f"{document.name}: read by {explanation.loader}, {made}"
    for fact in explanation.facts:
        yield from _fact(document, fact)
    for looked in explanation.sentences:
        yield f"sentence [{looked.span.start}–{looked.span.end}] {looked.section}".rstrip()
        yield f"  “{_short(document.text[looked.span.start : looked.span.end])}”"
        yield f"  looked at by {', '.join(looked.extractors) or 'no extractor: none of their cue words is in it'}"
    for refusal in explanation.refusals:
        yield f"refused by {refusal.extractor}: {refusal.reason}"
        yield f"  “{_short(refusal.words)}”"


def _fact(document: Document, fact: Fact) -> Iterator[str]:
    from reelgraph.model import Ref

    place = f"[{fact.span.start}–{fact.span.end}]" if fact.span else fact.pointer
    status = "" if fact.status == "actual" else f", {fact.status}"
    yield f"{fact.kind}{status} by {fact.extractor or 'the loader'} {place}".rstrip()
    for name, value in fact.fields.items():
        yield f"  {name}: {value.name if isinstance(value, Ref) else value}"
    quote = document.text[fact.span.start : fact.span.end] if fact.span else fact.quote
    yield f"  “{_short(quote)}”"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
