"""Whether a credit is one of the film that a text is about, and the facts of a list of makers."""

import re
from collections.abc import Iterable, Iterator

from reelgraph.loaders.prose import lexicon
from reelgraph.loaders.prose.makers import Maker
from reelgraph.loaders.prose.names import has_person_shape, is_organisation
from reelgraph.loaders.prose.part import Part, Sentence
from reelgraph.model import Fact, Ref

UNREAL = re.compile(
    r"\b(?:would(?: have)?|was to have|were to|originally (?:to be|set|planned|attached|offered|intended)|offered|"
    r"considered|turned down|declined|approached|refused|in (?:\w+ )?talks|if|might|could(?: have)?|wanted|"
    r"hoped|replaced|instead of|dropped out|left the project|uncredited|never|not|unused|unproduced|rejected|"
    r"proposed|cancelled|planned to|"
    r"probably|possibly|allegedly|supposedly|rumou?red|early (?:script|draft|screenplay))\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(?:remake|remade|sequels?|series|novels?|novella|books?|songs?|soundtrack album|video game|stage|plays?|"
    r"musical version|television|TV|documentary about|adaptation of|earlier film|previous film|first film|original "
    r"film|"
    r"original version|short stor(?:y|ies)|short film|trailer|album|spin-off|prequel|poster|opera|music video|game|"
    r"radio|restag\w+|staged|reboot|dub|dubbed|dubbing|restoration|comics?|manga|episode|miniseries|article|essay|"
    r"another film|other films?|films such as|documentary on|making-of|commercial|pilot|novelization|theme|track|"
    r"poem|memoir|award|featurette|Broadway)\b"
)
SUBJECT = re.compile(
    r"\b(?:[Ii]t|(?:[Tt]he|[Tt]his) (?:\w+ )?(?:film|movie|picture|feature|production|short|documentary|thriller|"
    r"comedy|drama|adaptation))(?:,? (?:also|\w+ly))?,? (?:(?:was|is|were|has been|had been) )?(?:(?:also|both|"
    r"\w+ly) )?$"
)
_FILM_SUBJECT = re.compile(
    r"\b(?:[Tt]he|[Tt]his) (?:\w+ )?(?:film|movie|picture|feature|production)\b|\b[Ii]t (?:was|is)\b|\b(?:[Ii]ts|"
    r"film's|movie's)\s|^Parts? of\b|^\W*It\b(?! (?:has|had) )"
)
_OPENS = re.compile(
    r"^\W*(?:Directed|Written|Produced|Co-written|Co-directed|Co-produced|Starring|Shot|Filmed|Distributed|"
    r"Photographed|Edited|Scored|Composed|Adapted|Based|Scripted|Penned)\b"
)
#: What follows is said of what became of the film: "It was remade as Storm, directed by".
_MADE_ANEW = re.compile(
    r"\b(?:(?:was|were|been|being) (?:\w+ )?(?:remade|rebooted|restaged|turned into|adapted (?:as|into|for)|"
    r"followed by|parodied)|spawned|inspired an?|led to an?)\b"
)
#: "based on the 2004 documentary Low Tide (directed by)": said of the source.
_OF_SOURCE = re.compile(
    r"\bbased (?:up)?on (?:(?! and |,).)*\b(?:documentary|film|movie|series|short)\b(?:(?! and |,).)*$"
)
_OTHER_TITLE = re.compile(r"\((?:19|20)\d\d\)[\"'),]* (?:and |also |which |was |were |, )*$")
NOT_THE_FILM = re.compile(
    r"\b(?:novel|book|story|play|screenplay|songs?|script|characters?|series|lyrics?|comic|poem|article|memoir|"
    r"manga|musical|opera|house|building|costume|poster|theme|text|letter|statement|report|review|list|"
    r"album|tracks?|single|dialogues?|study|essay|sketch|cartoon|scene|sequence|sequences|scenes|wardrobe|dresses|"
    r"suits?|sets?|titles?)s? (?:of the same (?:name|title) |were |was |are |is )?(?:also )?$"
)
OBJECTS = {
    "lyric": "lyricist",
    "lyrics": "lyricist",
    "dialogue": "dialogue writer",
    "dialogues": "dialogue writer",
    "screenplay": "screenwriter",
    "script": "screenwriter",
    "story": "story by",
    "songs": "songwriter",
    "score": "composer",
    "music": "composer",
    "soundtrack": "composer",
}
#: What a sentence about the film begins with without naming it: "The score was composed by".
_ITS_OBJECT = re.compile(
    rf"(?:^(?:The|All|Its|An?|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|\d+)|(?:,|;) (?:and |while )?the) "
    rf"(?:original |musical |orchestral |background |film )*(?:{'|'.join(OBJECTS)})\b"
)
_NO_CREDIT = frozenset({"actor", "voice actor", "playback singer", "singer", "musician"})
_COMPANY_ROLES = {
    "producer": "production company",
    "co-producer": "co-production company",
    "distributor": "distributor",
    "presenter": "presenting company",
    "animator": "animation studio",
    "visual effects": "visual effects company",
    "special effects": "visual effects company",
}
_BANDS = frozenset({"composer", "additional music"})


#: Where music is heard in a film that nobody composed for it: "in the concert, music by Ann Lee is played".
_HEARD = re.compile(
    r"\b(?:scenes?|concerts?|pieces?|recitals?|sonatas?|symphon(?:y|ies)|waltz(?:es)?|arias?|ballets?|choirs?|hymns?|"
    r"quartets?)\b"
)
_PERFORMED = re.compile(r"\b(?:operas?|plays?|played|performs?|performed|sings?|sung|dances?|heard|radio|gramophone)\b")
_COMPOSED = re.compile(r"\b(?:scores?|scored|composed|composer|original music|soundtrack)\b")
#: Behind a director who speaks of another's film: "Director Ann Lee once said", "has called it".
OUTSIDER = re.compile(
    r",? (?:once|has|have) (?:also |often |since |publicly )?(?:said|called|cited|named|praised|described|listed|"
    r"ranked|declared|admitted|mentioned|expressed|spoken)\b"
)


def is_heard(job: str, sentence: Sentence, part: Part) -> bool:
    """Whether "music by" in a sentence names music that is only heard in the film."""
    text = sentence.text
    if job.lower() != "music" or _COMPOSED.search(text):
        return False
    return bool(_HEARD.search(text) or (not is_lead(sentence, part) and _PERFORMED.search(text)))


def is_lead(sentence: Sentence, part: Part) -> bool:
    """Whether a sentence belongs to the beginning of an article."""
    return part.kind == "article" and (sentence.section == "lead" or sentence.index < 4)


def about_film(sentence: Sentence, part: Part, position: int) -> bool:
    """Whether what stands at `position` is said of the part's film: by the subject of its clause."""
    text = sentence.text
    clause = text[text.rfind("; ", 0, position) + 1 : position]
    first = sentence.index == 0 and part.kind == "article"
    if UNREAL.search(part.film_pattern.masked(clause[-80:])) or _OTHER_TITLE.search(clause[-40:]):
        return False
    if _MADE_ANEW.search(clause):
        return False
    if _OF_SOURCE.search(clause):
        return False
    if first or (SUBJECT.search(clause) and not about_another(sentence, part)):
        return not NOT_THE_FILM.search(clause[-40:])
    if ELSEWHERE.search(clause[-80:]):
        subject = re.match(r"\W*(?:It|The (?:film|movie|picture))\b", clause) or part.film_pattern.match(
            clause.lstrip()
        )
        return bool(
            subject
            and re.search(r"(?:,|\band)(?: (?:was|is))? ?$", clause)
            and not re.search(r"\b(?:which|that|whose|who|titled|called|entitled)\b", clause[-80:])
        )
    if part.film_pattern.search(clause) or _FILM_SUBJECT.search(clause):
        return not about_another(sentence, part)
    return (
        bool(_OPENS.match(clause + text[position : position + 14]))
        and not about_another(sentence, part)
        and (is_lead(sentence, part) or part.mentions_film(text))
    )


def about_another(sentence: Sentence, part: Part) -> bool:
    """Whether "it" or "the film" means another work: the sentence before tells of a remake or a sequel."""
    if sentence.of_another is None:
        sentence.of_another = _tells_of_another(sentence, part)
    return sentence.of_another


def _tells_of_another(sentence: Sentence, part: Part) -> bool:
    before = part.previous(sentence)
    told = " ".join(s.text for s in (before, sentence) if s)
    other = re.search(
        r"\b(?:remade|remake|sequel|prequel|reboot|spin-off|stage (?:version|adaptation|musical)|musical version|"
        r"adapted (?:into|as)|restaged|short film|follow-up|television (?:series|film|adaptation)|dubbed|dub|"
        r"dubbing|English[- ]language (?:version|release|dub)|original version)\b",
        told,
    )
    own = sentence.index < 3 and not re.search(r"\b(?:sequel|remake|follow-up),? [A-Z\"]", told)
    return other is not None and not own and not part.film_pattern.search(sentence.text[:60])


def music_or_film(sentence: Sentence, part: Part) -> bool:
    """Whether a sentence is about the film or its music."""
    own = is_lead(sentence, part) or sentence.section == "music" or part.mentions_film(sentence.text)
    return own or bool(_ITS_OBJECT.search(sentence.text))


def credited(
    sentence: Sentence, part: Part, found: Iterable[Maker], role: str, start: int, end: int = 0
) -> Iterator[Fact]:
    """Yield the facts of a list of makers; companies get the company's role where there is one."""
    if role in _NO_CREDIT:
        return
    for maker in found:
        if part.film_pattern.fullmatch(maker.name):
            return
        if sentence.text.startswith("?", maker.end):
            continue
        span = sentence.span(maker.start if start < 0 else start, max(end, maker.end))
        company = maker.company or maker.name in part.companies
        if company and role not in _BANDS:
            if mapped := _COMPANY_ROLES.get(role):
                yield part.fact("company", span, company=Ref("organization", maker.name), role=mapped)
            continue
        person = part.names.person(maker.name, sentence.start + maker.start)
        if company:
            yield part.fact("credit", span, agent=Ref("organization", maker.name), role=role)
        elif person or has_person_shape(maker.name) or (" " not in maker.name and _mononym(maker.name)):
            name = person if person and not is_organisation(person) else part.full_name(maker.name)
            yield part.fact("credit", span, agent=Ref("person", name), role=role)


def _mononym(name: str) -> bool:
    return (
        len(name) > 2
        and name.lower() not in lexicon.never_names()
        and not name.isupper()
        and not lexicon.language(name)
        and "-based" not in name
    )


def distinct(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield each maker's job once, where it is said first."""
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        key = (str(fact.fields.get("agent") or fact.fields.get("company")), str(fact.fields.get("role")))
        if key not in seen:
            seen.add(key)
            yield fact
