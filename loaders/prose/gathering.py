"""The first reading of a text: the persons it names in full, its characters and who plays them."""

import re
from collections import Counter
from collections.abc import Sequence

from reelgraph.loaders.prose.brackets import brackets
from reelgraph.loaders.prose.castwords import CREDIT_LINE
from reelgraph.loaders.prose.names import (
    NAME,
    NameTable,
    has_person_shape,
    is_ambiguous,
    is_given,
    is_person,
    name_list,
    names_in,
)
from reelgraph.loaders.prose.part import Part
from reelgraph.loaders.prose.terms import Terms, phrases

_CREDITS = phrases(
    "directed|written|co-written|produced|co-produced|composed|edited|photographed|shot|scored|penned|helmed|starring|"
    "stars|starred|featuring|features|screenplay|story|music|cinematography|editing|score|script"
)
_CREDITED = re.compile(
    rf"{Terms(dict.fromkeys(_CREDITS, '')).source} (?:and (?:\w{{1,30}}ed|co-\w+|written) )?(?:by |as |both )?(?=[A-Z])"
)
_BEGINNING = re.compile(r"(?:^|[.!?:;\n][\"')]*|[\"'(—–-])\s*$")
_NAME = re.compile(NAME)
_LONGEST_NAME = 4


def gather_names(part: Part, names: NameTable) -> None:
    """Note the persons named in full at places that name persons."""
    text = part.view[part.start : part.end]
    for match in _CREDITED.finditer(text):
        listed = [n.name for n in name_list(text, match.end())]
        credited = [name for name in listed if has_person_shape(name)]
        names.add_all(credited)
        names.credited.update(credited)
        if len(credited) > 1:  # a single word among full names is an artist's
            names.credited.update(n for n in listed if n.isalpha() and len(n) > 3 and not is_given(n.lower()))
    found = list(names_in(text))
    mentions = Counter(name for name, _, _ in found)
    for name, start, end in found:
        if " " not in name or name.count(" ") >= _LONGEST_NAME or not is_person(name) or _in_cast_run(text, start, end):
            continue
        doubtful = is_ambiguous(name) and _begins_sentence(text, start)
        if not doubtful and not part.film_pattern.search(name):
            names.add(name, part.start + start)
    part.brackets = brackets(part.view, part.start, part.end)
    shaped = (b for b in part.brackets if has_person_shape(b.actor))
    actors = [b.actor for b in shaped if b.by or is_person(b.actor) or mentions[b.actor] > 1]
    names.add_all(actors)
    names.credited.update(actors)
    # a single word in brackets is evidence where a list has to be split, not a person by itself
    names.credited.update(
        b.actor for b in part.brackets if len(b.actor) > 4 and b.actor.isalpha() and not is_given(b.actor.lower())
    )
    if part.author:
        names.add(part.author)


def _in_cast_run(text: str, start: int, end: int) -> bool:
    """Whether ` as ` stands right before or after a name: in a list without separators it may be two names."""
    alone = text.endswith((" and ", " with ", "stars ", "starring "), max(0, start - 9), start)
    return (text.startswith(" as ", end) and not alone) or text.endswith(" as ", max(0, start - 4), start)


def _begins_sentence(text: str, start: int) -> bool:
    return bool(_BEGINNING.search(text[max(0, start - 4) : start]))


def forget_characters(parts: Sequence[Part], names: NameTable) -> None:
    """Take the characters that stand before an actor in brackets out of the table of persons."""
    known = [b for part in parts for b in part.brackets if names.person(b.actor)]
    actors = {b.actor for b in known}
    for name in {b.character for b in known}:
        if name in names.full and name not in actors:
            names.discard(name)


def gather_characters(part: Part, characters: dict[str, str], players: dict[str, str]) -> None:
    """Note the characters a part names, under every word that means only them, and who plays them."""
    found: list[tuple[str, str]] = []
    for run in part.cast:
        found.extend((e.character, e.actor) for e in run.entries if _NAME.fullmatch(e.character))
    listed = {actor for _, actor in found}
    for block in part.blocks:
        line = CREDIT_LINE.match(part.view[block.start : block.end]) if block.kind == "bullet" else None
        if line and _NAME.fullmatch(line["character"]) and (actor := part.names.person(line["actor"])):
            found.append((line["character"], actor))
    found.extend((b.character, actor) for b in part.brackets if (actor := part.names.person(b.actor)))
    for name, actor in sorted(found, key=lambda pair: len(pair[0])):
        for key in (name.lower(), name.split()[0].lower(), name.split()[-1].lower()):
            if key not in characters or (
                characters[key].lower() in name.lower() and len(name.split()) <= _LONGEST_NAME
            ):
                characters[key] = name
        known = players.get(actor, "")
        if len(name) >= len(known) and not (actor in listed and name.endswith(f" {known}")):
            players[actor] = name
    for name, _ in found:
        characters.setdefault(name.lower(), name)
