"""The wordings of credits in the active voice."""

import re

from reelgraph.loaders.prose.crediting import OBJECTS
from reelgraph.loaders.prose.names import NAME
from reelgraph.loaders.prose.terms import phrases

#: The words without which a way to say a credit cannot stand in a sentence.
SERVED_WORDS = frozenset(
    phrases(
        "served|acted|worked|functioned|credited|hired|brought|signed|chosen|appointed|announced|engaged|attached|"
        "selected|recruited|roped|returned|came|doubled"
    )
)
BEING = frozenset({"was", "were", "is", "are"})
ACTIVE_WORDS = frozenset(
    word
    for verb in phrases(
        "wrote|directed|produced|edited|composed|scored|photographed|shot|penned|scripted|created|did|handled|provided|"
        "helmed|designed|choreographed"
    )
    for word in (verb, f"co-{verb}")
)
CITATION = re.compile(rf"\((?P<name>{NAME}), (?P<year>(?:19|20)\d\d)\)")
_BE_CREDITED = (
    r"(?:served|acted|worked|functioned|(?:was|were|is|are|being|been) (?:also )?(?:credited|hired|brought in|"
    r"signed(?: on)?|chosen|appointed|announced|brought on|engaged|attached|selected|recruited|roped in)|returned|"
    r"signed on|came on board|came aboard|doubled)"
)
SERVED = re.compile(
    rf" (?:also |both |jointly |again )?{_BE_CREDITED}(?: on (?:the|this) \w+)? as (?:both )?"
    r"(?:the |an? |one of the |its )?(?:film's |"
    rf"movie's |picture's |project's )?"
)
AND_AS = re.compile(rf",? (?:and|while) (?P<name>{NAME})(?: served)? as (?:the )?(?:film's )?")
RESPONSIBLE = re.compile(
    r" (?:was|were) (?:responsible for|in charge of) the (?:film's )?(?:original |musical |background )?"
    r"(?P<object>score|music|cinematography|editing|choreography|soundtrack)\b|"
    r"\b (?:composed|scored|wrote|provided) (?:the "
    r")?(?P<object2>music|score) for the (?:film|movie|soundtrack)\b"
)
WAS = re.compile(r" (?:was|were|is|are) (?:also )?the (?:film's |movie's )?(?=[a-z])")
ACTIVE = re.compile(
    r" (?:also |both |jointly |co-)?(?P<verb>wrote and directed|wrote, produced,? and directed|directed and "
    r"produced|produced and directed|directed|wrote|co-wrote|co-directed|produced|edited|composed|scored|"
    r"photographed|shot|penned|scripted|created|did|handled|provided|helmed|wrote and produced|designed|"
    r"choreographed)"
    r"(?: and (?P<verb2>directed|produced|edited|scored|performed|composed))? "
    r"(?P<object>it(?= (?:in|at|for|with|from|and|himself|herself)\b|[,.;])|(?:all )?(?:the |its "
    r")(?:film's |movie's |original |musical |background |film |entire |final )*(?:film|movie|picture|screenplay|"
    r"script|score|music|soundtrack|songs|lyrics|story|dialogues?|cinematography|editing|sets|costumes|wardrobe|"
    r"gowns|choreography|dances|dance (?:numbers|sequences)|musical numbers|fights|stunts|action sequences|"
    r"fight scenes|(?<=designed the )production)\b)(?!'s)"
)
LEAD_ACTIVE = re.compile(
    r" (?P<verb>directed|co-directed|produced|edited|photographed)(?P<object>)(?P<verb2>)(?= and (?:the |[A-Z])|\.$|"
    r", and [A-Z]| from (?:a|the|his|her) )"
)
#: A sentence of names and a verb: "Ann Lee and Bo Ray also produced."
ALONE = re.compile(r" (?:also )?(?P<verb>produced|edited|directed)(?P<object>)(?P<verb2>)(?=\.$)")
_JOBS = (
    "director of photography|director|producer|screenwriter|writer|composer|cinematographer|editor|production "
    "designer|costume designer|art director|choreographer"
)
OPENING_TITLE = re.compile(r"(?P<job>Director|Cinematographer|Editor|Screenwriter) (?=[A-Z])")
FILMS_OWN = re.compile(rf"\b[Tt]he (?:film|movie)'s (?P<job>{_JOBS}),? (?=[A-Z])")
OWN = frozenset({"film's", "movie's"})
LABELS = {
    "direction": "director",
    "production": "producer",
    "art direction": "art director",
    "photography": "cinematographer",
    "camera": "cinematographer",
}
LABEL = re.compile(r"\b(?P<words>(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+): (?=[A-Z])")
#: Words that another label follows: "Sound Recordist", "Production Controller".
LABEL_WORDS = frozenset(
    phrases(
        "Assistant|Associate|Executive|Chief|Additional|Production|Art|Sound|Music|Dialogue|Costume|Make|Set|Visual|"
        "Special|Stunt|Casting|Publicity|Still|Line|Camera|Second|Post"
    )
)
VERBS = {
    "wrote and directed": ("screenwriter", "director"),
    "wrote, produced and directed": ("screenwriter", "producer", "director"),
    "wrote, produced, and directed": ("screenwriter", "producer", "director"),
    "directed and produced": ("director", "producer"),
    "produced and directed": ("director", "producer"),
    "wrote and produced": ("screenwriter", "producer"),
    "directed": ("director",),
    "co-directed": ("director",),
    "helmed": ("director",),
    "wrote": ("screenwriter",),
    "co-wrote": ("screenwriter",),
    "penned": ("screenwriter",),
    "scripted": ("screenwriter",),
    "produced": ("producer",),
    "edited": ("editor",),
    "composed": ("composer",),
    "scored": ("composer",),
    "photographed": ("cinematographer",),
    "shot": ("cinematographer",),
}
#: What is done to "it" if it is a film: a script is written, too, and so is the novel before it.
OF_FILMS = frozenset(
    {"directed", "produced", "co-directed", "helmed", "directed and produced", "produced and directed"}
)
#: "... and edited it", "... and Ann Lee produced it with".
AND_IT = re.compile(
    rf",? and (?:(?P<who>{NAME}) )?(?:also |later )?(?P<verb>directed|co-directed|produced|edited|scored|photographed|"
    r"shot) it\b(?P<with> with (?=[A-Z]))?"
)
ACTIVE_OBJECTS = OBJECTS | {
    "cinematography": "cinematographer",
    "editing": "editor",
    "costumes": "costume designer",
    "sets": "production designer",
    "wardrobe": "costume designer",
    "gowns": "costume designer",
    "production": "production designer",
    "choreography": "choreographer",
    "dances": "choreographer",
    "dance numbers": "choreographer",
    "dance sequences": "choreographer",
    "musical numbers": "choreographer",
    "fights": "action director",
    "stunts": "stunt coordinator",
    "action sequences": "action director",
    "fight scenes": "action director",
}
#: "(A designed the production), B the costumes and C the sets".
GAPPED = re.compile(
    rf"(?:, |,? and )(?P<name>{NAME}) the (?:original |musical )?(?P<object>{'|'.join(ACTIVE_OBJECTS)})(?=[,.;]| and )"
)
#: "(A was the cinematographer) and B the editor", "(the cinematographer was A), the editor B".
GAPPED_JOB = re.compile(
    rf"(?:, |,? and )(?:(?P<name>{NAME}) the (?P<job>{_JOBS})|the (?P<job2>{_JOBS}) (?P<name2>{NAME}))(?=[,.;]| and |$)"
)
#: "Ann Lee, who also produced,": the film is what she produced.
WHO_ALSO = re.compile(
    rf"(?P<name>{NAME}), who (?:also|both) (?P<verb>wrote and directed|{'|'.join(VERBS)})(?: (?:the|this) (?:film|"
    r"movie|picture))?(?=,)"
)
#: Behind "shot the film": where or how long, which a director does; "in black and white" is the camera's.
AT_A_PLACE = re.compile(r" (?:(?:in|around|at|near|on) (?:the )?[A-Z0-9]|(?:over|during|for|between|within) )")
