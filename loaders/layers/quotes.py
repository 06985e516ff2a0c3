"""What of a language model's answer is a fact: every quote stands in the text, every value follows from its quote."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from reelgraph.loaders.layers.derive import RefusalError, derive
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.view import fold
from reelgraph.model import STATUSES, Fact, Ref, Span, Value

_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")
#: Words of a sentence that a claim of status `actual` must not have between its quotes.
_NOT_SO = re.compile(r"\b(?:not|never|n't|no longer|instead of|was to|were to|would have|rumou?red|denied)\b|n't\b")
_LONGEST = 600
Claim = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Kind:
    """The fields that a fact of a kind must and may have, and the rule each value has to follow."""

    must: Mapping[str, str]
    may: Mapping[str, str]


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    return tomllib.loads((files("reelgraph.loaders.layers") / "llm.toml").read_text("utf-8"))


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of facts that a language model may be asked for."""
    return {
        name: Kind(cast("Mapping[str, str]", row["must"]), cast("Mapping[str, str]", row.get("may", {})))
        for name, row in _table()["kinds"].items()
    }


def choices(field: str) -> Mapping[str, str]:
    """Return the values that a field may have, each with the words that must stand in its quote."""
    return cast("Mapping[str, str]", _table()["choices"].get(field, {}))


def claims(text: str) -> list[Claim] | None:
    """Return what an answer claims, None if it is not the JSON that was asked for."""
    try:
        content = json.loads(_FENCE.sub("", text))
    except (ValueError, RecursionError):
        return None
    found = content.get("facts") if isinstance(content, dict) else None
    if not isinstance(found, list):
        return None
    return [claim for claim in found if isinstance(claim, dict)]


def name_of(claim: Claim) -> str:
    """Return the kind a claim says it is, for a message."""
    return str(claim.get("kind"))[:40]


def check(claim: Claim, part: Part, sentences: Sequence[Sentence]) -> Fact | str:
    """Return the fact that a claim makes, or why it makes none."""
    try:
        return _fact(claim, part, sentences)
    except RefusalError as refusal:
        return str(refusal)


def _fact(claim: Claim, part: Part, sentences: Sequence[Sentence]) -> Fact:
    kind = kinds().get(str(claim.get("kind")))
    if kind is None:
        raise RefusalError("no such kind")
    status = str(claim.get("status") or "actual")
    if status not in STATUSES:
        raise RefusalError(f"no such status as {status[:40]}")
    told = claim.get("fields")
    fields = {str(name): entry for name, entry in told.items()} if isinstance(told, dict) else {}
    missing = [name for name in kind.must if name not in fields]
    unknown = [name for name in fields if name not in kind.must and name not in kind.may]
    if missing or unknown:
        raise RefusalError(f"{'without' if missing else 'has no field'} {', '.join(missing or unknown)[:80]}")
    values: dict[str, Value] = {}
    places: list[Span] = []
    for name, entry in fields.items():
        rule = kind.must.get(name) or kind.may[name]
        quote, place = _quoted(name, entry, sentences)
        values |= derive(name, rule, entry["value"], quote, part, choices(name))
        places.append(place)
    span = _span(places, part, status)
    return Fact(
        str(claim["kind"]),
        _film(claim, part, sentences),
        values,
        span,
        source=part.index,
        status=status,
        extractor="llm",
    )


def _quoted(name: str, entry: object, sentences: Sequence[Sentence]) -> tuple[str, Span]:
    """Return the words quoted for a field as they stand in the text, and where."""
    if not isinstance(entry, dict) or "value" not in entry or not isinstance(entry.get("quote"), str):
        raise RefusalError(f"{name} has no value with a quote")
    quote = fold(entry["quote"]).strip()
    if not quote:
        raise RefusalError(f"{name} has an empty quote")
    number = entry.get("sentence")
    if isinstance(number, int) and 1 <= number <= len(sentences):
        sentences = sentences[number - 1 : number]
    found = [
        (sentence, match.start()) for sentence in sentences for match in re.finditer(re.escape(quote), sentence.text)
    ]
    if not found:
        raise RefusalError(f"the quote for {name} is not in the text")
    if len({sentence.index for sentence, _ in found}) > 1:
        raise RefusalError(f"the quote for {name} stands in several sentences")
    sentence, start = found[0]
    return quote, sentence.span(start, start + len(quote))


def _span(places: Sequence[Span], part: Part, status: str) -> Span:
    """Return the passage from the first quote to the last; refuse one that is long or says that it is not so."""
    start, end = min(place.start for place in places), max(place.end for place in places)
    if end - start > _LONGEST:
        raise RefusalError("the quotes are too far apart")
    sentence = next((s for s in part.sentences if s.start <= start and end <= s.start + len(s.text)), None)
    around = sentence.text if sentence is not None else part.view[start:end]
    if status == "actual" and _NOT_SO.search(around):
        raise RefusalError("the sentence denies or restricts something")
    return Span(start, end)


def _film(claim: Claim, part: Part, sentences: Sequence[Sentence]) -> Ref:
    """Return the film a claim is about: the part's own, or one that the sentences name."""
    named = fold(str(claim.get("film") or "")).strip()
    own = part.film
    if own is not None and (not named or named.lower() in {n.lower() for n in (own.name, *part.film_names)}):
        return own
    if named and any(re.search(rf"(?<!\w){re.escape(named)}(?!\w)", sentence.text) for sentence in sentences):
        return Ref("film", named)
    raise RefusalError("the film is not named in the text")
