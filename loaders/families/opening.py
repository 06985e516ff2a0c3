"""Title, other titles, year, countries, languages and genres from an article's opening sentence."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose import lexicon, titles
from reelgraph.loaders.prose.names import UPPER
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Span, Value

CUES = frozenset({"film", "movie", "co-production", "coproduction"})
#: "a Franco-Belgian co-production", "a co-production between companies in France and Spain".
_COPRODUCED = re.compile(
    rf"(?P<adjective>[{UPPER}][\w-]+(?:(?:[–/]| and |, )[{UPPER}][\w-]+){{0,3}}) co-?production\b|\bco-?production "
    rf"(?:of|between|by|among|involving|from)(?: (?:[a-z]+ )?companies (?:in|from|of))? (?P<list>(?:the )?[{UPPER}]"
    rf"[\w ]+(?:(?:, and |, | and )(?:the )?[{UPPER}][\w ]+){{0,5}})"
)
_YEARS = re.compile(r"\b(?P<year>(?:18|19|20)\d\d)'s \"?")
#: A year behind a title: "Low Tide (1991)", or on the line below it.
_BRACKETED = re.compile(
    r"[\"']?(?: \((?:film, )?(?P<year>(?:18|19|20)\d\d)\)|\s*\n\s*(?P<below>(?:18|19|20)\d\d)(?=\s*\n))"
)
#: So far behind its title a line of country, year and length belongs to it.
_NEAR = 160
#: A page's first line, if it is no paragraph.
_FIRST_LINE = re.compile(r"\s*[^\n]{1,160}(?=\n)")
_IF = re.compile(r"\b(?:would|could|might|planned|proposed|never|not)\b")
_CALLED_FILM = re.compile(r"\"?,? (?:film|movie)\b")


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield the year of "2004's Low Tide movie" and the countries of a co-production."""
    yield from _coproduced(sentence, part)
    for match in _YEARS.finditer(sentence.text) if part.film else ():
        title = part.film_pattern.match(sentence.text, match.end())
        behind = _CALLED_FILM.match(sentence.text, title.end()) if title else None
        if behind and part.film and part.film.year in (None, int(match["year"])):
            yield part.fact("year", sentence.span(match.start(), behind.end()), year=int(match["year"]))


def _coproduced(sentence: Sentence, part: Part) -> Iterator[Fact]:
    known = {item.value for item in part.opening.countries} if part.opening else set()
    if part.film is None or part.kind != "article" or sentence.section not in ("lead", "production"):
        return
    for match in _COPRODUCED.finditer(sentence.text) if "-production" in sentence.text else ():
        named = part.mentions_film(sentence.text) or sentence.text[: match.start()].rstrip() in ("The", "This")
        if not named or (sentence.index and _IF.search(sentence.text)):
            continue
        names = re.split(r", and |, | and ", match["list"]) if match["list"] else ()
        found = [name for name, _, _ in lexicon.demonyms_in(match["adjective"] or "")]
        for country in dict.fromkeys((*found, *filter(None, map(lexicon.territory, names)))):
            if country not in known:
                yield part.fact("country", sentence.span(match.start(), match.end()), country=country)


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield what the definition of the film says, or the head of a page: "Low Tide (1991)"."""
    opening, base = part.opening, part.opening_start
    if part.film is None:
        return
    if opening is None:
        yield from _named(part)
        return

    def fact(kind: str, item: titles.Item, **fields: Value) -> Fact:
        return part.fact(kind, Span(base + item.start, base + item.end), fields)

    yield fact("title", opening.title, title=part.film.name)
    for item in (*opening.alternates, *_abroad(part, opening.title.value)):
        kind = "original-title" if item.original else "alternate-title"
        yield fact(kind, item, title=part.words(Span(base + item.start, base + item.end)))
    if opening.year:
        yield fact("year", opening.year, year=int(opening.year.value))
    for item in opening.countries:
        yield fact("country", item, country=item.value)
    for item in opening.languages:
        yield fact("language", item, language=item.value)
    for item in opening.genres:
        yield fact("genre", item, genre=item.value)


def _named(part: Part) -> Iterator[Fact]:
    """Yield the title, and the year in brackets behind it, where a page first gives them."""
    is_titled = False
    first = _FIRST_LINE.match(part.view, part.start, part.end)
    top = first.end() if first and not part.index else part.start
    for title in part.film_pattern.finditer(part.view[part.start : part.end]):
        name = Span(part.start + title.start(), part.start + title.end())
        around = part.view[max(0, name.start - 1) : name.start], part.view[name.end : name.end + 1]
        is_heading = around[0] in ("", "\n") and around[1] == "\n"
        in_head = (
            is_heading
            or name.end <= top
            or (part.evidence and part.evidence.start <= name.start and name.end <= part.evidence.end)
        )
        year = _BRACKETED.match(part.view, name.end)
        if (in_head or year) and not is_titled and part.film:
            yield part.fact("title", name, title=part.film.name)
            is_titled = True
        if year and part.film and int(year["year"] or year["below"]) == part.film.year:
            yield part.fact("year", Span(name.start, year.end()), year=part.film.year)
            return
        if is_titled and part.year_span and 0 < part.year_span.start - name.end < _NEAR and part.film:
            yield part.fact("year", Span(name.start, part.year_span.end), year=part.film.year)
            return


def _abroad(part: Part, title: str) -> Iterator[titles.Item]:
    """Yield the titles of other countries that the lead section gives."""
    for sentence in part.sentences:
        if sentence.section != "lead":
            return
        shift = sentence.start - part.opening_start
        for item in titles.abroad(sentence.text, title) if "as" in sentence.words or "title" in sentence.words else ():
            yield titles.Item(item.value, item.start + shift, item.end + shift)
