"""Which section of an encyclopedia article a sentence belongs to, when headings are gone.

Each sentence gets a score per section from cue words; the best path through the usual order of sections wins
(Viterbi). Weights were set by hand on articles of many films.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from reelgraph.loaders.prose import lexicon, prefixtree
from reelgraph.loaders.prose.sentences import STARTERS
from reelgraph.loaders.prose.terms import phrases

SECTIONS = ("lead", "plot", "cast", "production", "music", "release", "reception", "awards", "related", "references")

_WEIGHTS = {
    "plot": 0.35,
    "production": 0.6,
    "music": 0.9,
    "release": 0.8,
    "reception": 0.6,
    "awards": 0.7,
    "related": 0.5,
}
_CUES: dict[str, frozenset[str]] = {
    "plot": frozenset(
        phrases(
            "tells|asks|decides|discovers|reveals|realizes|realises|finds|returns|meets|tries|kills|escapes|"
            "confronts|learns|arrives|leaves|goes|takes|gives|begins|sees|falls|agrees|refuses|attempts|convinces|"
            "he|him|she|her|his|they|them|dies|manages|wakes|runs|hides|shoots|becomes|explains|loves|marries|"
            "attacks"
        )
    ),
    "production": frozenset(
        phrases(
            "filming|filmed|shooting|shot|script|screenplay|draft|role|casting|budget|location|locations|production|"
            "produced|cinematographer|photography|director|scenes|studio|wrote|actors|auditioned|rehearsals|editing|"
            "post-production|pre-production|developed|announced|negotiations|signed|conceived|idea|interview|set|"
            "crew|producers|hired|editors|cut"
        )
    ),
    "music": frozenset(
        phrases(
            "soundtrack|score|composed|songs|song|album|lyrics|vocals|tracks|composer|music|singer|recorded|sung|"
            "playback|vinyl|label"
        )
    ),
    "release": frozenset(
        phrases(
            "premiered|premiere|released|release|theaters|theatres|dvd|blu-ray|distributed|distribution|screened|"
            "screening|vhs|streaming|trailer|poster|certificate|box-office|grossed|grossing|gross|opening|weekend|"
            "box|office|earned|collected|theatrical|laserdisc|rated|marketing|netflix"
        )
    ),
    "reception": frozenset(
        phrases(
            "critics|critic|review|reviews|rotten|tomatoes|metacritic|praised|criticized|criticised|gave|stars|"
            "rating|approval|consensus|reviewer|wrote|called|described|audiences|cinemascore|positive|negative|"
            "mixed|acclaim|performance|performances|ebert|variety|times|magazine"
        )
    ),
    "awards": frozenset(
        phrases(
            "award|awards|nominated|nomination|nominations|won|winner|winning|oscar|oscars|festival|prize|category|"
            "best|golden|globe|bafta|jury|honored|academy|ranked"
        )
    ),
    "related": frozenset(
        phrases("sequel|remake|remade|spin-off|adaptation|legacy|inspired|influence|prequel|franchise|reboot")
    ),
}
_PAST = frozenset(phrases("was|were|had|did|said"))
# These begin with a set of letters so that the engine skips all others: "is", "He soon finds", "1999", "$".
_PRESENT = re.compile(
    r"[A-Zhsiwad](?<!\w.)(?:(?<=i)s\b|(?<=a)re\b|(?<=h)as\b|(?<=d)oes\b|(?:(?<=[Hh])e|(?<=[Ss])he|(?<=[Ii])t|"
    r"(?<=[Ww])ho|(?<=a)nd|(?<=[A-Z])[a-z]{1,40}) (?:then |also |later |soon |finally |eventually )?"
    r"(?!was\b|has\b|his\b|is\b|this\b)[a-z]{2,}s\b)"
)
_FACTUAL = re.compile(r"[12$%\"](?:(?<=[$%\"])|(?<!\w.)(?:(?<=1)[89]|(?<=2)0)\d\d\b)")
_REFERENCE = re.compile(r"\bRetrieved (?:on )?\w+ \d|\bArchived from\b|\bISBN\b")
_REFERENCE_BEGIN = re.compile(r"(?:\"|[A-Z][\w'-]+, [A-Z]).{3,160}\(\w+ \d{1,2}, \d{4}\)\. \"")
_REFERENCE_TITLE = re.compile(r"\". [A-Z][\w .]+\. (?:\d{1,2} )?[A-Z][a-z]+ (?:\d{1,2}, )?\d{4}\.")
_REFERENCE_WORDS = frozenset(phrases("retrieved|archived|isbn"))
_FOOTER = re.compile(
    r"\bat (?:IMDb|the Internet Movie Database|AllMovie|Rotten Tomatoes|Metacritic|Box Office Mojo|the TCM Movie "
    r"Database|the American Film Institute)\b|Wikimedia Commons has media|Wikiquote has quotations"
)
_FOOTER_WORDS = frozenset(phrases("imdb|movie|allmovie|tomatoes|metacritic|mojo|tcm|film|wikimedia|wikiquote"))
#: For each cue word the sections it speaks for, by number, and how strongly.
_GAINS = {
    word: tuple((SECTIONS.index(s), _WEIGHTS[s]) for s, cues in _CUES.items() if word in cues)
    for word in frozenset().union(*_CUES.values())
}
_CUE_WORDS = frozenset(_GAINS)
_LEAD, _PLOT, _CAST, _RELATED, _REFERENCES = map(SECTIONS.index, ("lead", "plot", "cast", "related", "references"))
_TOLD = tuple(map(SECTIONS.index, ("production", "music", "release", "reception", "awards")))
#: What the cue words of one section are worth at most.
_MOST = 2.4
#: An article in one line has few line ends, and headings of at least so many sections if it has kept them.
_FEW_LINES, _FEWEST_SECTIONS = 2, 3
_NEXT, _SKIP, _BACK, _OUT = 1.6, 2.2, 3.6, 6.0
#: What sections that follow a cast list lose above it; one so late in the text says nothing about what is above.
_EARLY, _LATE_CAST = 1.4, 60


def _scores(text: str, words: frozenset[str], index: int, *, cast_run: bool) -> list[float]:
    scores = [0.0] * len(SECTIONS)
    for word in words & _CUE_WORDS:
        for section, weight in _GAINS[word]:
            scores[section] += weight
    scores = [score if score < _MOST else _MOST for score in scores]
    past = len(words & _PAST) + f"{' '.join(words)} ".count("ed ")
    present = len(_PRESENT.findall(text))
    factual = len(_FACTUAL.findall(text))
    scores[_PLOT] += min(1.8, 0.45 * (present - past)) - 1.0 * min(2, factual)
    for section in _TOLD:
        scores[section] += 0.25 * min(2, factual) + (0.3 if past > present else -0.2)
    scores[_LEAD] += 3.0 if index == 0 else 1.0 if index < 4 else 0.4 if index < 8 else -0.4
    scores[_CAST] += 6.0 if cast_run else -1.5
    scores[_REFERENCES] += 4.0 if _is_reference(text, words) else -1.2 - (0.4 if len(text) > 200 else 0)
    scores[_RELATED] -= 1.0
    return scores


def _is_reference(text: str, words: frozenset[str]) -> bool:
    """Whether a sentence is a reference, or a link in an article's foot."""
    if _REFERENCE_WORDS & words and _REFERENCE.search(text):
        return True
    if '"' in text and (_REFERENCE_TITLE.search(text) or ('). "' in text and _REFERENCE_BEGIN.match(text))):
        return True
    return bool(_FOOTER_WORDS & words and _FOOTER.search(text))


def _advance(best: list[float]) -> tuple[list[int], list[float]]:
    """Return for each section the best one before it and the total, steps paid.

    Staying is free, one or two sections on cost less than more, going back costs most; nothing returns to the lead.
    """
    last = len(best) - 1
    came, reached = [0], [best[0]]
    far, far_from = -999.0, 0
    behind = max(range(1, last), key=best.__getitem__)
    back, back_from = max((best[last] - _OUT, last), (best[behind] - _BACK, behind))
    for section in range(1, last + 1):
        total, origin = best[section], section
        for step in (1, 2) if section > 1 else (1,):
            if best[section - step] - _NEXT > total:
                total, origin = best[section - step] - _NEXT, section - step
        if section >= 3:
            if best[section - 3] > far:
                far, far_from = best[section - 3], section - 3
            if far - _SKIP > total:
                total, origin = far - _SKIP, far_from
        if section < last and (back > total or (back == total and back_from > origin)):
            total, origin = back, back_from
        came.append(origin)
        reached.append(total)
    return came, reached


def label(sentences: Sequence[tuple[str, frozenset[str], bool]]) -> list[str]:
    """Return the section of each sentence, given its text, its lower-cased words and whether it is a cast run."""
    best: list[float] = []
    back: list[list[int]] = []
    first_cast = next((index for index, (_, _, cast_run) in enumerate(sentences) if cast_run), 0)
    for index, (text, words, cast_run) in enumerate(sentences):
        scores = _scores(text, words, index, cast_run=cast_run)
        if index < first_cast < _LATE_CAST:
            for section in _TOLD:  # above an early cast list there are lead and plot
                scores[section] -= _EARLY
        if not best:
            best = [score if s == 0 else -99.0 for s, score in enumerate(scores)]
            continue
        came, reached = _advance(best)
        back.append(came)
        best = [total + score for total, score in zip(reached, scores, strict=True)]
    if not best:
        return []
    state = max(range(len(best)), key=best.__getitem__)
    path = [state]
    for came in reversed(back):
        state = came[state]
        path.append(state)
    return [SECTIONS[s] for s in reversed(path)]


HEADINGS = {
    "plot": "plot",
    "synopsis": "plot",
    "plot summary": "plot",
    "story": "plot",
    "premise": "plot",
    "summary": "plot",
    "cast": "cast",
    "characters": "cast",
    "voice cast": "cast",
    "cast and characters": "cast",
    "starring": "cast",
    "production": "production",
    "development": "production",
    "casting": "production",
    "filming": "production",
    "writing": "production",
    "background": "production",
    "pre-production": "production",
    "post-production": "production",
    "principal photography": "production",
    "visual effects": "production",
    "cinematography": "production",
    "editing": "production",
    "design": "production",
    "music": "music",
    "soundtrack": "music",
    "score": "music",
    "songs": "music",
    "release": "release",
    "distribution": "release",
    "marketing": "release",
    "home media": "release",
    "theatrical release": "release",
    "box office": "release",
    "theatrical": "release",
    "home video": "release",
    "rating": "release",
    "reception": "reception",
    "critical response": "reception",
    "critical reception": "reception",
    "reviews": "reception",
    "critical reaction": "reception",
    "audience response": "reception",
    "accolades": "awards",
    "awards": "awards",
    "awards and nominations": "awards",
    "honors": "awards",
    "legacy": "related",
    "see also": "related",
    "sequel": "related",
    "remake": "related",
    "in other media": "related",
    "adaptations": "related",
    "references": "references",
    "notes": "references",
    "external links": "references",
    "sources": "references",
    "bibliography": "references",
    "further reading": "references",
    "citations": "references",
    "footnotes": "references",
}
"""What a heading line of its own names."""


#: The headings that articles have most often; texts without two of them have not kept their headings.
_COMMON = (" Plot ", " Cast ", " Production ", " Release ", " Reception ")
_CAPITAL = re.compile(r" [^\W\d_a-z]| \"")
_ENDS = frozenset('.!?")]')
#: The line that an encyclopedia prints below a title.
_SITE = re.compile(r" (From [A-Z]\w+, the free encyclopedia) ")


@cache
def _inline() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds the headings, and what begins a sentence behind one that stands behind no sentence's end."""
    starters = lexicon.alternation(word.capitalize() for word in STARTERS)
    return prefixtree.finder(heading.capitalize() for heading in HEADINGS), re.compile(
        rf" (?:(?:{starters})\b|[^\W\d_a-z][\w-]* (?:was|were|had|has|is|began|wrote|said|wanted|first|originally)\b)"
    )


def _headings(view: str) -> Iterator[re.Match[str]]:
    headings, begins = _inline()
    for match in headings.finditer(view):
        first, last = match.span()
        if view[first - 1 : first] != " " or not _CAPITAL.match(view, last):
            continue
        if view[first - 2 : first - 1] in _ENDS or begins.match(view, last):
            yield match


def lined(view: str) -> str:
    r"""Return an article in one line with line ends around its headings, if it has some; the length stays the same.

    >>> text = "Ran is a film. Plot A king falls. Cast Ann Lee as Rose Production It was shot. Release It opened."
    >>> lined(text).split("\n")[1:5]
    ['Plot', 'A king falls.', 'Cast', 'Ann Lee as Rose']
    """
    if view.count("\n") > _FEW_LINES:
        return view
    view = _SITE.sub(r"\n\1\n", view) if ", the free" in view else view
    if sum(heading in view for heading in _COMMON) < 2:
        return view
    found = list(_headings(view))
    if len({HEADINGS[match[0].lower()] for match in found}) < _FEWEST_SECTIONS:
        return view
    cuts = [at for match in found for at in (match.start() - 1, match.end())]
    ends = [*cuts, len(view)]
    return view[: ends[0]] + "".join("\n" + view[a + 1 : b] for a, b in pairwise(ends))
