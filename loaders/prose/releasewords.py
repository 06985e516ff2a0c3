"""The wordings of premieres, screenings and releases."""

import re

from reelgraph.loaders.prose.dates import MONTHS
from reelgraph.loaders.prose.names import UPPER

EVENTS = (
    ("re-release", r"\bre-?releas\w+|\bre-?issu\w+|\breturned to (?:theaters|cinemas)"),
    (
        "home video",
        (
            r"\b(?:on|via|to|for|in) (?:[\w-]+ ){0,3}?(?:DVD|Blu-?[rR]ay|VHS|home (?:video|media)|LaserDisc|"
            r"Laserdisc|Betamax|videocassette|video|4K|Ultra HD)\b|\b(?:DVD|Blu-?[rR]ay|VHS|home (?:video|media)|"
            r"LaserDisc)\b[^.;]{0,40}\b(?:releas\w+|issued|came out|followed)|\b(?:releas\w+|issued|put out|"
            r"brought out)[^.;]{0,60}\b(?:DVD|Blu-?[rR]ay|VHS|LaserDisc)\b|\bhome release\b"
        ),
    ),
    (
        "digital",
        (
            r"\b(?:stream(?:ing|ed)|digital(?:ly)?|Digital(?: HD)?|on[- ]demand|VOD|Netflix|Prime Video|"
            r"Hulu|Disney\+|HBO Max|iTunes|Apple TV\+?|Paramount\+|Peacock|YouTube|ZEE5|Hotstar|SonyLIV|Aha)\b"
        ),
    ),
    ("television", r"\b(?:aired|broadcast|televised|television premiere|TV premiere|telecast)\b"),
    ("world premiere", r"\bworld premiere\w*|\bpremi[eè]red? (?:worldwide|internationally)|\bworld[- ]premiered\b"),
    ("premiere", r"\bpremi[eè]re(?:d|s)?\b|\bpremi[eè]ring\b|\bdebut(?:ed)?\b"),
    (
        "limited",
        (
            r"\blimited (?:theatrical )?(?:release|run|engagement|basis|number)|\bin limited\b|"
            r"\blimited\b(?=[^.;]{0,25}\brelease)|\bselect (?:theat(?:er|re)s|cities)"
        ),
    ),
    (
        "wide",
        (
            r"\bwide(?:r|ly)?\b(?:[^.;]{0,12}\brelease\w*|\s*$)|\bnation-?wide\b|\bexpand(?:ed|ing) (?:to|nation|"
            r"wide)|\bwent wide\b|\beverywhere\b(?= on (?:[A-Z]\w+ )?\d)|"
            r"\bwide\b(?=[^.;]{0,20}\brelease)|\bgeneral release\b"
        ),
    ),
    (
        "festival screening",
        (
            r"\b(?:screened|screening|shown|showcased|presented|selected|entered|featured|in competition|competed|"
            r"closing film|opening film|played|exhibited)\b"
        ),
    ),
    (
        "theatrical",
        (
            r"\b(?:releas(?:e|ed|es|ing)|Released(?= [a-z])|"
            r"opened|opens?(?= (?:in|at) (?:[\w.]+ ){0,2}?(?:cinemas|theat(?:er|re)s)|"
            r" in (?:the )?[A-Z][\w. ]{1,24}? on |"
            r" (?:nation)?wide\b| across (?=[A-Z]|the (?:country|nation|world|globe|continent|[A-Z]))|"
            r" on (?:(?:[A-Z]\w+day,? )?\d|[A-Z]\w+\.? \d|[A-Z]\w+day))|"
            r"opening(?= (?:in|on|at|across) )|in (?:theat(?:er|re)s|"
            r"cinemas)|theatrical(?:ly)?|distributed)\b"
        ),
    ),
)
# All begin with a word: one look back spares nearly all places in a text the trial of ten patterns.
EVENT = re.compile(rf"(?<!\w)(?:{'|'.join(f'(?P<e{n}>{pattern})' for n, (_, pattern) in enumerate(EVENTS))})")
FESTIVAL = re.compile(
    rf"\b(?:(?P<year>\d{{4}}) |(?P<edition>\d{{1,3}}(?:st|nd|rd|"
    rf"th)) (?:annual )?)?(?P<name>(?:[{UPPER}][\w'’.&-]*)(?:[ ](?:[{UPPER}&][\w'’.&-]*|of|de|for|du|des|la|"
    rf"le|and|on))*? (?:Film Festival|International Festival|Film Fest|Filmfest|Festival(?: of Festivals)?|Fest\b|"
    rf"Biennale|Mostra|Film Market|Fortnight|Critics' Week|FilmFest)"
    rf"(?: of [{UPPER}]\w+| in (?!(?:{MONTHS})\b)[{UPPER}]\w+)?|(?<!after )(?<!following )(?:Cannes|"
    rf"Sundance|Berlinale|Venice|Toronto|TIFF|SXSW|South by Southwest|Telluride|Tribeca|Locarno|Karlovy Vary|"
    rf"Sitges|Fantastic Fest|AFI Fest|CinemaCon)(?=[\s,.;]|$))"
)
VENUE = re.compile(
    rf"\b(?:at|in) (?:the |Hollywood's |London's )?(?P<venue>(?:[{UPPER}][\w'’.&-]*)(?: (?:[{UPPER}][\w'’.&-]*|"
    rf"of))*? (?:Theatre|Theater|Cinema|Cinemas|Palace|Hall|Center|Centre|Auditorium|Odeon|Pavilion|Academy|"
    rf"Museum|Opera House|Cinerama))\b(?! [{UPPER}])"
)
CITY = re.compile(
    rf"\b(?:in|at) (?P<city>[{UPPER}][\w'’-]+(?: [{UPPER}][\w'’-]+){{0,2}})(?:, "
    rf"(?P<region>[{UPPER}][\w. ]+?))?(?=[\s,.;]|$)"
)
BY = re.compile(
    rf"\b(?:by|through|via|from) (?:the |distributor |its distributor |studio |"
    rf"the distributor )?(?P<company>[{UPPER}0-9][\w'’.&+/-]*(?:(?: (?:[{UPPER}0-9&][\w'’.&+/-]*|of|"
    rf"and(?= [{UPPER}]\w+ (?:Pictures|Films|Entertainment))))+)?)"
)
#: What is released as an edition of the film, or is shown somewhere: "issued a two-disc Blu-ray of the film".
RELEASED = re.compile(r"\b(?:releas(?:ed|es|ing)|issued|opened|premiered|screened|distributed|put out|brought out) ")
OBJECT = re.compile(
    r"(?:it\b|(?:the|this) (?:film|movie|picture)\b|(?:an?|the|its) (?:(?!soundtrack|album|song)[\w-]+ ){0,3}?(?:"
    r"version|cut|print|edition|DVD|Blu-?ray|VHS|set)\b)(?!'s)"
)
#: An opening clause whose date is that of making: "Filmed in Wales in 1995, Low Tide premiered".
MADE = re.compile(r"(?:Filmed|Shot|Produced|Made|Written|Completed|Financed)\b[^,]*,")
#: A sentence's opening, said of all its events: "In France, it was dubbed by A and released on".
IN = re.compile(r"In (?:the )?")
#: "A three-disc (DVD box was issued)": the edition itself is the subject.
EDITION = re.compile(r"(?:DVD|Blu-?[rR]ay|VHS|LaserDisc|[Hh]ome (?:video|media))\b(?![^.;]{0,40} of (?!the film|it\b))")
NOUN = re.compile(r"premi[eè]re|release|debut|screening")
#: "Its UK (premiere was at)", "The world (premiere took place)".
OWN = re.compile(r"(?:[Ii]ts|[Tt]he(?: film's| movie's)?)(?: [\w.]+){0,2}")
#: Behind a country: "US release", "in French cinemas".
SHOWN = re.compile(r"\s+(?:theaters|theatres|cinemas|(?:theatrical )?release|premi[eè]re|debut)\b")
PLANNED = re.compile(
    r"\b(?:was|is|were|had been|been)? ?(?:originally |initially |first |previously |tentatively )?(?:set|"
    r"scheduled|slated|planned|due|expected|intended|supposed|meant|announced|to have been) (?:to|for)\b|"
    r"\bwas to (?:be|have|open|premiere)\b|\bwill (?:be|have|premiere|open|release)\b|\b(?:originally|initial|"
    r"initially) (?:release date|planned|scheduled|slated)\b|\boriginal release date\b|\bis to be released\b|"
    r"\bupcoming\b",
    re.IGNORECASE,
)
MOVED = re.compile(
    r"\b(?:push(?:ed)?|moved|delayed|postponed|shifted|rescheduled|brought forward|changed|bumped|advanced|"
    r"cancel\w+|instead|pulled|removed)\b",
    re.IGNORECASE,
)
MOVED_TO = re.compile(
    r"\b(?:push(?:ed)?(?: back| forward| up)?|moved(?: up| back| forward)?|delayed|postponed|shifted|rescheduled|"
    r"brought forward|changed|bumped|advanced) (?:\w+ ){0,3}?(?:to|until|for)\b",
    re.IGNORECASE,
)
#: Where a second event of the same film begins.
NEXT_EVENT = re.compile(
    r",? (?:and then|and later|and|before|then) (?=(?:(?:was|is|will|be|being|it|later|then|also|subsequently|"
    r"theatrically|widely|finally) )*(?:opens|opened|opening|released|premiered|expanded|screened|shown|aired)\b)"
)
#: What a stretch says that goes on with the event before.
CONTINUED = re.compile(rf"\b(?:in|and)\b|{MOVED_TO.pattern}", re.IGNORECASE)
OTHER = re.compile(
    r"\b(?:trailer|teaser|poster|soundtrack|score|album|single|song|sequel|novel|book|comic|video game|game|app|"
    r"picture book|art book|version for|Nintendo|PlayStation|building|theatre|store|museum|park|attraction|ride|"
    r"first look|photos?|stills?|website|featurettes?|remake|series|short film|clip|music|lyrics?|audio|track|"
    r"prequel|spin-off|toys?|merchandise)\b",
    re.IGNORECASE,
)
SKIP = frozenset({"plot", "references", "related"})
CLAUSE = re.compile(
    r"; |, and (?=[a-z]+ )|, but |, while |, before |, which |, where(?: it)? |, when |, with |\band (?=(?:was|"
    r"were|is|had|has|has been|later|then|also|subsequently|it|opened|premiered|released|expanded|theatrically|"
    r"began|received|went)\b)|\. "
)
ADVERBIAL = re.compile(
    r"^(?:(?:On|In|At|After|Following|By|During|Since|Upon|For|Originally|Initially|Before|From|Prior to|As of|"
    r"Around|Despite|To)\b[^,]{0,90}, |(?:However|Finally|Later|Eventually|Subsequently|Additionally|Initially|"
    r"Originally|Meanwhile|Then|Also|Theatrically),? )+"
)
#: What tells how a run went on: "before expanding to a wide release".
PARTICIPLE = re.compile(
    r"(?:then |later |eventually )?(?:expanding|going|opening|moving|widening|premiering|screening)\b"
)
AUXILIARY = re.compile(
    r"(?:\b(?:was|were|is|are|had|has|have|been|being|be|to|will|would|also|later|theatrically|officially|first|"
    r"finally|then|originally|initially|eventually|subsequently|simultaneously|commercially|widely|set|scheduled|"
    r"slated|planned|made|only|not|never|the|a|an|given|received|provided|saw|and|which|enjoyed|began|went|into|"
    r"on|for|re|in|general|have)\b[\s-]*)+$"
)
FILM_NP = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]he final|[Tt]he finished|[Tt]he completed|[Tt]he original|"
    r"[Tt]he \w+) (?:film|movie|picture|feature|documentary|production|premiere|version|dub|cut|print|trilogy|"
    r"theatrical release|film's \w+ release|release)(?:'s)?\b|\b[Ii]t\b|\b(?:dubbed|restored|remastered|uncut|"
    r"Disney|DVD|Blu-ray|disc|original|extended|3D|home) (?:\w+ )?(?:version|edition|editions|print|dub|"
    r"release)\b"
)
