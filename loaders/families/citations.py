"""The references at the end of an article, in the common citation style of encyclopedias."""

import re
from collections.abc import Iterator

from reelgraph.loaders.prose.dates import dates
from reelgraph.loaders.prose.names import UPPER
from reelgraph.loaders.prose.part import Part
from reelgraph.loaders.prose.refusals import refuse_words
from reelgraph.model import Fact, Ref, Span

_DATE = (
    r"(?:[A-Z][a-z]+ \d{1,2}(?:[–-]\d{1,2})?, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d|\d{4})"
)
_AUTHOR = (
    rf"(?!Retrieved|Archived|Accessed)(?:[{UPPER}][^.\"()]{{1,80}}?|"
    rf"[{UPPER}][\w'’-]+(?: [{UPPER}][\w'’-]+)?, [^\"()]{{1,60}}?)"
)
_CITATION = re.compile(
    rf"(?:(?P<author>{_AUTHOR})\s*(?:\((?P<date1>{_DATE})\))?\.\s+)?"
    r"\"(?P<title>(?:[^\"]|\"(?=[\w'][^\"]{0,60}\"[^.]))+?)\"\.?\s"
    rf"(?P<rest>.*?)(?=(?<=\. )(?:{_AUTHOR}(?: \({_DATE}\))?\. )?\"[^\"]{{3,}}\"\.? |\n|$)"
)
_ARCHIVED = re.compile(rf"Archived from the original(?: \(\w+\))? on (?P<d>{_DATE})")
_RETRIEVED = re.compile(rf"(?:Retrieved|Accessed)(?: on)? (?P<d>{_DATE})")
_MAX, _SHOWN = 700, 120


def extract_part(part: Part) -> Iterator[Fact]:
    """Yield one citation for each reference of the part's list of references."""
    for block in part.blocks:
        if block.kind == "citations":
            for match in _CITATION.finditer(part.view, block.start, block.end):
                long = match.end() - match.start() >= _MAX
                if not long and (fact := _citation(part, match)):
                    yield fact
                else:
                    reason = "too long" if long else "neither publication nor date"
                    end = min(match.start() + _SHOWN, match.end())
                    refuse_words("citations", part.view, reason, match.start(), end)


def _iso(text: str | None) -> str:
    return next((d.value for d in dates(text)), "") if text else ""


def _citation(part: Part, match: re.Match[str]) -> Fact | None:
    rest = match["rest"]
    archived, retrieved = _ARCHIVED.search(rest), _RETRIEVED.search(rest)
    cut = min([m.start() for m in (archived, retrieved) if m] + [len(rest)])
    head = rest[:cut]
    date = match["date1"]
    if date is None and (stated := re.search(rf"(?:^|\. )(?P<d>{_DATE})\.\s*$", head)):
        date = stated["d"]
        head = head[: stated.start() + 1]
    publication = _publication(head)
    if not (publication or date or archived or retrieved):
        return None
    end = match.start("rest") + (
        max(m.end() for m in (archived, retrieved) if m) if archived or retrieved else len(rest.rstrip())
    )
    author = (match["author"] or "").rpartition("\n")[2].strip()
    return part.fact(
        "citation",
        Span(match.start(), min(end + 1, match.end())),
        author=author,
        title=part.words(Span(match.start("title"), match.end("title"))),
        publication=Ref("organization", publication) if publication else None,
        date=_iso(date),
        archived=_iso(archived["d"]) if archived else None,
        retrieved=_iso(retrieved["d"]) if retrieved else None,
    )


def _publication(head: str) -> str:
    """Return the first name of the words behind the title: the publication, not its publisher."""
    head = head.strip()
    if not head or head.startswith(("(", "[")):
        return ""
    match = re.match(rf"(?P<p>/?[\w{UPPER}][^\"]*?(?:\.(?=\w)[^\"]*?)*?)(?:\.(?:\s|$)|$)", head)
    name = (match["p"] if match else "").strip(" .")
    return name if 1 < len(name) < 80 else ""
