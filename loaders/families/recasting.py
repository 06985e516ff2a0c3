"""Who was replaced by whom, and whose role was cut."""

import re
from collections.abc import Iterator, Sequence

from reelgraph.loaders.prose.castinghistory import (
    ADVERB,
    FOREIGN,
    clause_end,
    fields,
    is_character,
)
from reelgraph.loaders.prose.names import NAME, Named, is_organisation
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.loaders.prose.terms import phrases
from reelgraph.model import Fact, Ref

_SKIP = frozenset({"plot", "references", "related", "reception", "awards"})
_REPLACES = re.compile(
    rf",? (?:(?:was|were|had|has|been|being|later|eventually|ultimately|then|subsequently|also|brought|called|in|"
    rf"hired|chosen|selected|signed|on|cast|announced|stepped|came) ){{0,5}}?(?:to replace|replaced|replaces|"
    rf"replacing|took over from|took over for|stepped in for|as a replacement for|as the replacement for) (?:the |"
    rf"actor |actress )?(?P<old>{NAME})"
)
_REPLACED_BY = re.compile(
    rf"(?:'s role)?(?:(?:,? (?:who|however))?,? (?:had )?(?:dropped out|withdrew|left|departed|backed out|pulled "
    rf"out)[^.;]{{0,80}}?(?: and|,))?,? (?:\w+ ){{0,3}}?(?:being |was |were |is |had been |been )?{ADVERB}replaced "
    rf"(?:in [\w-]+ )?(?:with|by) (?:the |actor |actress |newcomer |fellow )?(?P<new>{NAME})"
)
_CUT_VERB = r"(?:removed|cut|deleted|edited out|excised|left out|dropped|trimmed)"
_CUT = re.compile(
    rf"(?:played|portrayed|voiced|performed) by (?P<a>{NAME})[^.;]{{0,120}}? (?:was|were) (?:{_CUT_VERB}(?: "
    rf"(?:entirely|completely))? from the|edited out|left on the cutting)|(?P<b>{NAME})(?:'s (?:scenes?|role|part|"
    rf"character|performance|cameo|appearance))[^.;]{{0,40}}? (?:was|were) (?:{_CUT_VERB}|left on the cutting[- "
    rf"]room floor)\b|[Ss]cenes? (?:with|featuring|of) (?P<c>{NAME}) (?:was|were) {_CUT_VERB}\b|(?P<d>{NAME}) was "
    rf"(?:cut|edited out|removed) (?:from|of) the (?:film|final|finished)"
)
_CUT_WORDS = frozenset(phrases("removed|cut|deleted|edited|excised|left|dropped|trimmed"))
_REPLACE_WORDS = frozenset(phrases("replace|replaced|replaces|replacing|replacement|took|stepped"))


CUES = _CUT_WORDS | _REPLACE_WORDS


def extract(sentence: Sentence, part: Part) -> Iterator[Fact]:
    """Yield who was replaced and whose role was cut, as a sentence tells it."""
    if part.film is None or part.kind not in ("article", "review", "analysis"):
        return
    if sentence.section in _SKIP or len(sentence.text) > 700:
        return
    if _REPLACE_WORDS & sentence.words:
        yield from _replacements(sentence, part, [n for n in sentence.names if not is_organisation(n.name)])
    if _CUT_WORDS & sentence.words:
        yield from _cut(sentence, part)


def _replacements(sentence: Sentence, part: Part, named: Sequence[Named]) -> Iterator[Fact]:
    text = sentence.text
    for index, name in enumerate(named):
        if match := _REPLACES.match(text, name.end):
            old, new = part.person(match["old"]), part.person(name.name)
        elif match := _REPLACED_BY.match(text, name.end):
            role = index and text[: name.start].endswith((" as ", " role of ", " part of ", " to play "))
            old, new = part.person(named[index - 1 if role else index].name), part.person(match["new"])
        else:
            continue
        if (
            old
            and new
            and old != new
            and not is_character(old.name, part)
            and not FOREIGN.search(text[max(0, name.start - 40) : match.end() + 30])
        ):
            yield _replacement(sentence, part, old, new, name.start, match.end())
    if (
        sentence.topic
        and (match := re.match(rf"(?:[Ss]he|[Hh]e|They) (?:was|were) {ADVERB}replaced by (?P<new>{NAME})", text))
        and (by := part.person(match["new"]))
    ):
        yield _replacement(sentence, part, Ref("person", sentence.topic), by, 0, match.end())


def _replacement(sentence: Sentence, part: Part, old: Ref, new: Ref, start: int, end: int) -> Fact:
    return part.fact(
        "casting",
        sentence.span(0 if start < 60 else start, clause_end(sentence.text, end)),
        fields(sentence, part, start, end),
        person=old,
        casting_status="replaced",
        replaced_by=new,
    )


def _cut(sentence: Sentence, part: Part) -> Iterator[Fact]:
    for match in _CUT.finditer(sentence.text):
        name = next(g for g in match.groups() if g)
        person = part.person(name)
        if person and not is_character(person.name, part):
            yield part.fact(
                "casting",
                sentence.span(max(0, match.start() - 40) if match["a"] else match.start(), match.end()),
                person=person,
                casting_status="cut",
            )
