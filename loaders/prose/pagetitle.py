"""Whether a line has the shape of a title: no heading, menu, site, credit, date or place."""

import re

from reelgraph.loaders.prose import lexicon, namerun
from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.names import UPPER
from reelgraph.loaders.prose.sections import HEADINGS
from reelgraph.loaders.prose.terms import phrases

_SMALL = (
    r"(?:of|the|and|in|on|a|an|to|for|with|from|at|or|de|la|le|el|is|my|who|by|as|du|der|die|das|und|et|y|i|da|do|dos|di|del|della|van|het|den|det|och|aux|"
    r"les|une|una|un)"
)
_TITLE = re.compile(
    rf"[\"'(]?[{UPPER}\d][\w'.&!?()/-]*(?:[:,]? (?:[{UPPER}\d&(][\w'.&!?()/-]*|{_SMALL}\b)){{0,11}}[\"']?"
)
#: What a line that credits somebody begins with, label or not.
_JOB = re.compile(
    r"(?:(?:[Ee]xecutive|[Aa]ssociate|[Ll]ine|[Aa]rt|[Cc]o-?)[ -]?)?(?:[Dd]irect(?:or|ed|ion)|[Pp]roduc(?:er|ed)|"
    r"[Ww]ritten|[Ee]dited|[Mm]usic by|[Cc]asting|[Cc]ostumes?|[Ss]creenplay|[Cc]inematograph(?:y|er))"
    r"(?:s|: ?| by| of)?\b(?! ?$)"
)
NO_TITLE = re.compile(
    r"(?:the )?(?:credits|crew|(?:short |long )?synopsis|about\b.*|contacts?|(?:press|sales) contacts?|"
    r"biograph(?:y|ies)|filmography|notes|(?:film |movie |cast |technical )?(?:details|info(?:rmation)?|facts|data)|"
    r"more\b.*|related\b.*|reviews?|news|trailers?|gallery|cast and crew|cast & crew|overview|competition|programme|"
    r"program|schedule|screenings?|contents|menu|home|now showing|coming soon|review by\b.*|by\b.*|written by\b.*|"
    r"present(?:s|ed)?\b.*|.* presents?|an? .* (?:production|film)|in cinemas\b.*|verdict|rating|score)"
)
_STARRED = re.compile(r"(?:\d(?:\.\d|½)?|one|two|three|four|five)(?: and a half)?[ -]stars?")
#: The length of a date such as 1991-05-03.
_DAY = 10
_LABELLED = re.compile(r"(?:Titel|Titre|Título|Titolo|Originaltitel) [^\Wa-z]")
_DATED = re.compile(r"\((?:18|19|20)\d\d\) ")
#: A title of more letters stands on no line of its own.
LONGEST = 80


_SMALL_WORDS = frozenset(
    phrases("of|the|and|in|on|a|an|to|for|with|from|at|or|by|as|de|la|le|du|des|der|die|das|und|el|y|e")
)


def capitalised(title: str) -> str:
    """Return a title in capitals or small letters as titles are set.

    >>> capitalised("THE SALT OF DON'T-CARE LANE")
    "The Salt of Don't-Care Lane"
    """
    words = re.split(r"(?<=[\s-])|(?=-)", title.lower())
    return "".join(w if n and w.strip() in _SMALL_WORDS else w[:1].upper() + w[1:] for n, w in enumerate(words))


def printed(title: str) -> str:
    """Return a title as titles are set, where all of it is in capitals."""
    return capitalised(title) if title.isupper() and len(title) > 4 else title


def is_day(words: str) -> bool:
    """Whether words give a date with its day; a title may be a year."""
    return any(len(date.value) == _DAY for date in dates(words))


def _is_origin(words: str) -> bool:
    """Whether a line gives countries and perhaps a year: "Italy/France, 1970"."""
    names = re.split(r" ?[/,&] ?|-(?=[A-Z])", re.sub(r",? ?(?:1[89]|20)\d\d$", "", words))
    return all(map(lexicon.territory, names)) and (len(names) > 1 or words[-1].isdigit())


def is_title(words: str) -> bool:
    """Whether a line has a title's shape and is no heading, menu or site."""
    key = words.lower().strip(" :")
    return (
        1 < len(words) <= LONGEST
        and _TITLE.fullmatch(words) is not None
        and not _JOB.match(words)
        and not is_day(words)
        and not _DATED.search(words)
        and not _LABELLED.match(words)
        and not _is_origin_label(words)
        and not lexicon.key_label(words.partition(":")[0])
        and key not in HEADINGS
        and not NO_TITLE.fullmatch(key)
        and not lexicon.key_label(key)
        and not lexicon.publication(words)
        and not _STARRED.fullmatch(key)
        and not _is_origin(words)
        and not lexicon.is_navigation(words)
    )


def _is_origin_label(words: str) -> bool:
    """Whether a line is a label with countries, languages or a year behind it: "Country Canada Norway"."""
    label, _, value = words.partition(" ")
    if lexicon.key_label(label) == "year" and value.isdigit():
        return True
    known = {"country": lexicon.territory, "language": lexicon.language}.get(lexicon.key_label(label))
    return known is not None and bool(namerun.named(value, known))
