"""What the classifiers see of a candidate: its words, its shape, its surroundings, the cue words near it."""

from collections.abc import Iterator, Mapping

from reelgraph.loaders.layers.spans import INNER, Candidate, Words, key
from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.names import has_person_shape, is_organisation, is_person

#: Words that say what a sentence states; the nearest on each side goes with the words between.
_CUES = frozenset(
    "directed direct director written wrote writer writers write screenplay script story produced producer production"
    " produces made starring stars starred star cast features featuring featured voiced played plays playing character"
    " characters role based adaptation adapted inspired novel novels play book manga released premiered aired set takes"
    " place filmed shot shooting filming photography location locations won wins winning win received receiving awarded"
    " award nominated nomination nominations nominee about documentary tells follows depicts chronicles explores"
    " subject"
    " genre born died edited editor composed composer music budget minutes distributed published created creator"
    " animated company studio studios written-directed theme themes life lives during where film movie short series"
    " cartoon episode performance adapts retelling version screenwriter co-written novella remake sequel".split()
)
_REACH = 14


def shape(words: Words, first: int, last: int) -> Iterator[str]:
    """Yield what the words themselves look like."""
    said = words.said(first, last)
    tokens = words.tokens[first:last]
    yield f"size={min(last - first, 6)}"
    yield f"head={tokens[-1].text.lower()}"
    yield f"first={tokens[0].text.lower()}"
    yield f"text={key(said)}"
    if is_person(said):
        yield "person"
    elif has_person_shape(said):
        yield "person-shape"
    if is_organisation(said):
        yield "organisation"
    if lexicon.is_place(said):
        yield "place"
    if any(not token.is_capital for token in tokens):
        yield "lower" if not tokens[0].is_capital else "mixed"
    if any(token.text[0].isdigit() for token in tokens):
        yield "digit"
    if ":" in said:
        yield "colon"


def edges(words: Words, first: int, last: int) -> Iterator[str]:
    """Yield whether the candidate could go on, where it stands and between which marks."""
    tokens = words.tokens
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if before is None or after is None:
        yield "begins" if before is None else "ends"
    if before is not None and before.is_capital:
        yield "capital-before"
    if after is not None and after.is_capital:
        yield "capital-after"
    if before is not None and before.text.lower() in INNER and first > 1 and tokens[first - 2].is_capital:
        yield f"linked-before={before.text.lower()}"
    if after is not None and after.text.lower() in INNER and last + 1 < len(tokens) and tokens[last + 1].is_capital:
        yield f"linked-after={after.text.lower()}"
    if before is not None and after is not None and before.text in "\"'“‘" and after.text in "\"'”’,":
        yield "quoted"
    if "(" in words.lower[max(0, first - 8) : first] and ")" not in words.lower[max(0, first - 8) : first]:
        yield "in-brackets"
    if first <= 1:
        yield "near-start"


def context(words: Words, first: int, last: int) -> Iterator[str]:
    """Yield the words around the candidate."""
    low, count = words.lower, len(words.lower)
    left = [low[n] if n >= 0 else "^" for n in range(first - 4, first)]
    right = [low[n] if n < count else "$" for n in range(last, last + 3)]
    for distance, word in enumerate(reversed(left), 1):
        yield f"l{distance}={word}"
    for distance, word in enumerate(right, 1):
        yield f"r{distance}={word}"
    yield f"l21={left[-2]} {left[-1]}"
    yield f"l321={left[-3]} {left[-2]} {left[-1]}"
    yield f"r12={right[0]} {right[1]}"
    yield f"l1r1={left[-1]} _ {right[0]}"
    yield from (f"left={word}" for word in set(low[max(0, first - 8) : first]) if word.isalpha())
    yield from (f"right={word}" for word in set(low[last : last + 6]) if word.isalpha())


def cues(words: Words, first: int, last: int) -> Iterator[str]:
    """Yield the nearest cue word on each side with how far and over what it is."""
    tokens, low = words.tokens, words.lower
    for distance in range(1, _REACH):
        place = first - distance
        if place < 0:
            break
        if low[place] in _CUES:
            between = [low[n] for n in range(place + 1, first) if not tokens[n].is_capital]
            yield f"cue-left={low[place]}"
            yield f"cue-left={low[place]}|{'near' if distance < 4 else 'far'}"
            yield f"cue-path={low[place]}>{' '.join(between[:3])}"
            break
    for distance in range(_REACH):
        place = last + distance
        if place >= len(tokens):
            break
        if low[place] in _CUES:
            yield f"cue-right={low[place]}"
            yield f"cue-right={low[place]}|{'near' if distance < 3 else 'far'}"
            break


def sentence(words: Words) -> Iterator[str]:
    """Yield what the sentence is like as a whole."""
    yield from (f"said={word}" for word in set(words.lower) & _CUES)
    yield f"start={' '.join(words.lower[:2])}"


def labels(text: str, seen: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Yield the relations for which the words were seen as a label in other sentences."""
    found = seen.get(key(text), {})
    for relation, times in found.items():
        yield f"seen={relation}"
        if times > 2:
            yield f"seen-often={relation}"
    if found:
        yield f"seen-only={max(found, key=lambda name: (found[name], name))}"


def of(words: Words, one: Candidate, seen: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return all features of a candidate value."""
    parts = (shape, edges, context, cues)
    found = [feature for part in parts for feature in part(words, one.first, one.last)]
    found += [f"kind={one.kind}", "bias"]
    found += labels(one.value, seen)
    place = one.first / max(1, len(words.tokens))
    found.append(f"place={int(place * 4)}")
    if one.kind in ("date", "number", "code"):
        found.append(f"long={len(one.value)}")
    return found + [f"{one.kind}&{feature}" for feature in cues(words, one.first, one.last)] + list(sentence(words))
