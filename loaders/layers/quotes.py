"""What of a language model's answer is a fact: every quote stands in the text, every value follows from its quote."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from reelgraph.loaders.layers.derive import RefusalError, derive
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.view import fold
from reelgraph.model import STATUSES, Fact, Span, Value

_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")
_LONGEST = 600
Claim = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a fact of a kind must and may have, each field with its rule, and the words its sentences must have."""

    must: Mapping[str, str]
    may: Mapping[str, str]
    says: re.Pattern[str]


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("reelgraph.loaders.layers") / "llm.toml").read_text("utf-8"))


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of facts that a language model may be asked for."""
    return {
        name: Kind(row["must"], row.get("may", {}), re.compile(row.get("says", ""), re.IGNORECASE))
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
        raise RefusalError(f"no such status as {status[:40]!r}")
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
    span = Span(min(place.start for place in places), max(place.end for place in places))
    if span.end - span.start > _LONGEST:
        raise RefusalError("the quotes are too far apart")
    _hold([one for one in sentences if one.start < span.end and span.start < one.span().end], kind, status)
    named = fold(str(claim.get("film") or "")).strip().lower()
    if part.film is None or named not in {"", part.film.name.lower(), *map(str.lower, part.film_names)}:
        raise RefusalError("it is about another film than the text")
    return Fact(str(claim["kind"]), part.film, values, span, source=part.index, status=status)


def _hold(sentences: Sequence[Sentence], kind: Kind, status: str) -> None:
    """Refuse a claim whose sentences have no word of its kind, or words of another status."""
    around = " ".join(sentence.text for sentence in sentences)
    if not kind.says.search(around):
        raise RefusalError("the sentence is not about such a fact")
    said = {name for name, words in choices("status").items() if re.search(words, around, re.IGNORECASE)}
    if status not in said if status != "actual" else said:
        raise RefusalError(f"the status is not {status} by the words of the sentence")


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
