"""The cast from lists: runs without separators in articles, bulleted lines in page dumps."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import castrun
from reelgraph.loaders.prose.castwords import CREDIT_LINE
from reelgraph.loaders.prose.names import clean, has_person_shape
from reelgraph.loaders.prose.part import Block, Part
from reelgraph.model import Fact, Ref, Span

_STAGE = re.compile(
    r"\b(?:stage|re-?staged|musical|theatrical production|opera|radio|revivals?|theat(?:er|re)|Broadway|"
    r"West End|remake|television series)\b"
)


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield a cast credit for each entry of the part's cast lists, in billing order."""
    if part.film is None:
        return
    position = 0
    for run in part.cast:
        if not _on_stage(part, run):
            yield from _from_run(part, run, position)
            position += len(run.entries)
    for block in part.blocks:
        if block.kind == "bullet" or (block.kind == "short" and " as " in part.view[block.start : block.end]):
            yield from _from_line(part, block)


def _on_stage(part: Part, run: castrun.Run) -> bool:
    """Whether a list inside a sentence is the cast of a play or series made of the film."""
    before = part.view[max(part.start, run.start - 500) : run.start]
    return not before.rstrip(" ").endswith((".", ":", "\n")) and bool(_STAGE.search(before))


def _from_run(part: Part, run: castrun.Run, position: int) -> Iterator[Fact]:
    """Yield the entries of a list; that an entry is no voice or credited is said where others are marked."""
    voices = any(entry.voice for entry in run.entries)
    marked = any(entry.credited is False for entry in run.entries)
    for number, entry in enumerate(run.entries, position + 1):
        if part.film_pattern.fullmatch(entry.actor):
            continue
        yield part.fact(
            "cast",
            Span(entry.start, entry.end),
            person=Ref("person", part.names.person(entry.actor) or entry.actor),
            character=entry.character,
            voice=entry.voice if voices else None,
            credited=entry.credited if marked else None,
            position=number,
            description=entry.description,
        )


def _from_line(part: Part, block: Block) -> Iterator[Fact]:
    match = CREDIT_LINE.match(part.view[block.start : block.end])
    if match is None:
        return
    actor = clean(match["actor"])
    if not (has_person_shape(actor) or part.names.person(actor)):
        return
    note = (match["note"] or "").lower()
    character = match["character"].strip(" ,.")
    yield part.fact(
        "cast",
        Span(block.start, block.end),
        person=Ref("person", part.names.person(actor) or actor),
        character=character,
        voice=True if "voice" in note else False if character else None,
        credited=False if "uncredited" in note else None,
    )
