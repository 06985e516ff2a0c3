"""Facts from labels on lines of their own above their values, as pages are copied."""

from collections.abc import Iterator

from reelgraph.loaders.families import labels
from reelgraph.loaders.prose import filmpage, lexicon
from reelgraph.loaders.prose.lines import set_as_name
from reelgraph.loaders.prose.names import has_person_shape, is_organisation
from reelgraph.loaders.prose.part import Part
from reelgraph.model import Fact, Span

_BESIDE = labels.CREDITS - {"story by"}
_SINGLE = frozenset({"runtime", "release date", "budget", "gross", "opening weekend gross"})
#: What may stand on the lines below its label: the others head menus as often ("Genres", "Languages").
_STACKED = _BESIDE | lexicon.COMPANIES | _SINGLE
_STACKED_CAST = frozenset({"stars", "starring"})
_MOST_VALUES, _FEWEST = 8, 3


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield what stands below labels; a database's page is read as a whole elsewhere."""
    if part.film is not None and part.kind != "article" and not part.is_film_page:
        yield from _stacked(part)
        yield from _beside(part)


def _beside(part: Part) -> Iterator[Fact]:
    """Yield the credits of lines such as "Editor ANN LEE", three or more of them one below the other."""
    run: list[list[Fact]] = []
    for block in (*part.blocks, None):
        said = (
            filmpage.beside(part.view[block.start : block.end]) if block and block.kind in ("short", "bullet") else None
        )
        if block and said and said[0] in _BESIDE:
            run.append(labels.read(part, said[0], set_as_name(said[1]), Span(block.start, block.end)))
            continue
        yield from (fact for facts in run for fact in facts if len(run) >= _FEWEST)
        run = []


def _stacked(part: Part) -> Iterator[Fact]:
    """Yield the facts of labels with their values on the lines below, as pages are copied; two or more are a list."""
    key, start, count, named = "", 0, 0, False
    found: list[tuple[str, list[Fact]]] = []
    for block in part.blocks:
        text = part.view[block.start : block.end].strip("-•* ")
        label = lexicon.key_label(text.rstrip(" :"))
        if label:
            key = text.rstrip(" :").lower() if label in _STACKED or text.lower() in _STACKED_CAST else ""
            key = "" if named else key  # below a name that no label owns it says what that person did
            start, count, named = block.start, 0, False
            continue
        facts = labels.read(part, key, text, Span(start, block.end)) if key and block.kind != "prose" else []
        count += 1
        kind = lexicon.key_label(key)
        named = not facts and has_person_shape(text) and not (part.film_pattern.fullmatch(text) or " as " in text)
        if not facts or count > _MOST_VALUES or (kind in lexicon.COMPANIES and not is_organisation(text)):
            key = ""
            continue
        found.append((key, facts))
        key = "" if kind in _SINGLE else key
    if len({key for key, _ in found}) > 1:
        yield from (fact for _, facts in found for fact in facts)
