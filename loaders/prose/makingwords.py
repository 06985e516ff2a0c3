"""The wordings of how a film was made."""

import re

from reelgraph.loaders.prose.names import NAME

EVENTS = (
    (
        "additional shooting",
        (
            r"\b(?:[Aa]dditional (?:scenes|filming|photography|shooting|footage)|[Nn]ew scenes|[Rr]e-?shoots?|"
            r"[Pp]ick-?ups?)\b[^.;]{0,60}\b(?:shot|filmed|took place|were done|occurred|conducted|began|made)\b"
        ),
    ),
    (
        "photography",
        (
            r"\b[Tt]he (?:film|movie) (?:(?:was )?(?:wrapped(?: up)?|completed|shot|filmed)\b(?! in (?:theaters|"
            r"theatres|cinemas))|resumed\b|went (?:before the cameras|into production)\b)|"
            r"\b(?:[Pp]rincipal [Pp]hotography|[Ff]ilming|[Ss]hooting|[Pp]roduction|[Tt]he shoot) (?:on \S+(?: "
            r"\S+){0,4} |for \S+(?: \S+){0,4} |of \S+(?: \S+){0,4} )?(?:officially |finally |"
            r"originally |primarily |also )?(?:took place|began|commenced|started|lasted|occurred|was completed|"
            r"wrapped(?: up)?|ended|concluded|finished|ran|was shot|was filmed|got underway|kicked off|resumed)\b|"
            r"\b(?:was|were) (?:shot|filmed) (?:over|in|from|between|during|on)\b|\b[Ff]ilming (?:lasted|began)\b|"
            r"\bbegan (?:principal photography|filming|shooting|production)\b"
        ),
    ),
    (
        "script",
        (
            r"\b(?:wrote|completed|finished|took [^.;]{3,30} to write|began writing|started writing|penned|"
            r"working on|wrote the) (?:the |a |his |her |their )?(?:first |initial |second |early |final )?(?:draft|"
            r"script|screenplay|write)\b|\b(?:first|initial) draft of the (?:script|screenplay)\b|"
            r"\bto write the first draft\b"
        ),
    ),
    (
        "idea",
        (
            r"\b(?:conceived(?: (?:of )?the (?:idea|film|story|concept))?|came up with the idea|got the idea|"
            r"had the idea|(?:the |[Tt]he )?(?:idea|concept)(?: (?:for|of|behind) the (?:film|movie|"
            r"story))? (?:initially |first |originally )?(?:came|originated|began|started|dates))\b"
        ),
    ),
    (
        "development",
        (
            r"\b[Dd]evelopment (?:of|on|for) (?:the |this )?\w+(?: \w+){0,4} (?:began|started|commenced)\b|"
            r"\b[Dd]evelopment (?:began|started|commenced)\b"
        ),
    ),
    (
        "announcement",
        (
            r"\b(?:film|project|movie|production|title|sequel) (?:was|were|had been) (?:officially |first |"
            r"formally )?(?:announced|greenlit|green-lit|confirmed|revealed)\b|\b(?:announced|confirmed|"
            r"revealed) (?:the|that (?:the|a)) (?:film|project|movie|production)\b|"
            r"\bofficial announcement of the film\b"
        ),
    ),
    (
        "editing",
        (
            r"\b(?:cut (?:it|the film|the movie) down|[Pp]ost-production (?:began|took|started|was|lasted)|"
            r"re-?edit(?:ed|ing)|edited (?:down|the film|the movie)|there was \"?rewriting)\b"
        ),
    ),
)
EVENT = tuple((name, re.compile(pattern)) for name, pattern in EVENTS)
DURATION = re.compile(
    r"\b(?:(?:in|took|over|lasted|for)(?: a period of| about| around| nearly| just| only| roughly|"
    r" the course of)? )(?P<d>(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|"
    r"a few)(?:[- ](?:and a half|half))?[- ](?:days?|weeks?|months?|years?))\b"
)
DEDICATED = re.compile(
    r"\b(?:film|movie|it|picture|final film|documentary) (?:is|was|"
    r"has been)(?: also)? dedicated to (?:the memory of |the late |both |the memories of |his |her |"
    r"their )?(?:\w+ ){0,2}?(?=[A-Z])|\bdedicated the (?:film|movie) to (?:the memory of |the late |his |"
    r"her )?(?:\w+ ){0,3}?(?=[A-Z])"
)
DEVELOPED = re.compile(
    rf"\b(?:sequences?|scenes?|effects|graphics|animations?|games|interfaces?|titles|puppets|creatures?|models|"
    rf"costumes|sets|props|miniatures|illustrations|drawings|paintings)\b[^.;]{{0,40}}\b(?:were|"
    rf"was) (?P<verb>developed|created|designed|made|directed|animated|produced|provided|done|built|composed|"
    rf"handled|supervised) by (?:the )?(?P<job>[a-z]+(?: [a-z]+){{0,2}} )?(?P<name>{NAME})"
)
CONTRIBUTORS = re.compile(
    rf"^(?P<names>(?:{NAME})(?:(?:, |,? and | & )(?:{NAME}))*) (?:was|were) the (?:major|main|principal|primary|"
    rf"key) (?:contributors?|composers?)\b"
)
NEGATED = re.compile(
    r"\b(?:not|never|planned|was to|would|scheduled|set to|supposed|expected|hoped|intended|originally to|"
    r"delayed|postponed|another film|previous film|stage|sequel|prequel|television|series|soundtrack|album|musical|"
    r"novel|trailer|poster|game)\b"
)
SKIP = frozenset({"plot", "references", "related", "reception", "awards", "cast"})
OBJECT = re.compile(
    r"(?:[Ff]ilming|[Ss]hooting|[Pp]hotography|[Pp]roduction|[Dd]evelopment|[Ii]dea) (?:for|of|"
    r"on) (?P<o>[A-Z0-9][^,;]{1,60}?) (?:began|started|commenced|took|was|lasted|wrapped|came)"
)
