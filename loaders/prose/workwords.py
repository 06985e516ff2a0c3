"""The wordings of relations to other works."""

import re

from reelgraph.loaders.prose.names import NAME, UPPER
from reelgraph.loaders.prose.terms import phrases

W = rf"(?:[{UPPER}0-9(][\w'’:&!?.,()-]*)"
TITLE = (
    rf"(?:\"(?P<quoted>[^\"]{{2,90}})\"|(?P<title>{W}(?:(?: (?:of|the|and|in|on|a|an|to|for|with|from|at|de|la|"
    rf"le|les|du|des|di|del|der|die|das|und|el|y|&|is|or|no|wa|ga|ni|wo|e|o|ka|ki|ke|ko|se|aur|"
    rf"yu))* {W}|(?: (?:de|la|le|du|des|di|del|der)){{1,2}} [a-z]\w+"
    rf"(?=[.,;]| by )){{0,9}}))"
)
TYPE = (
    r"(?P<type>(?:auto)?biograph(?:y|ies)|memoirs?|novels?|novella|short stor(?:y|ies)|stor(?:y|ies)|books?|"
    r"plays?|stage plays?|musicals?|comic books?|comics?|graphic novels?|manga|video games?|games?|"
    r"television series|TV series|series|poems?|operas?|ballets?|films?|short films?|movies?|articles?|essays?|"
    r"radio plays?|screenplay|myth|fairy tale|folk tale|song|song of the same name|documentary|epic|anime|"
    r"light novel|web series|sitcom|cartoon)"
)
BASED = re.compile(
    rf"\b(?:[Bb]ased|[Ll]oosely based|[Aa]dapted(?: for the screen)?(?: by {NAME}| (?:his|her|the) (?:[\w-]+ ){{0,5}}?"
    rf"(?:feature|film|script|screenplay))?|[Aa]n? (?:\w+ )?adaptation|"
    rf"[Ff]reely adapted|[Dd]rawn|"
    rf"[Ii]nspired)(?: (?:up)?on| from| of| by) (?:the |a |an |his |her |their |its )?(?:(?P<year>1[789]\d\d|"
    rf"20\d\d) )?(?:(?P<creator>{NAME})'s? )?(?:(?P<year2>1[789]\d\d|"
    rf"20\d\d) )?(?:[\w-]+ ){{0,3}}?{TYPE}(?: of the same (?:name|title)| series)?(?:,? (?:called|titled|"
    rf"entitled))?,? {TITLE}(?: \((?P<year3>\d{{4}})[^()]*\))?(?:,? by (?P<by>{NAME}))?"
)
SAME_NAME = re.compile(
    rf"\b(?:[Bb]ased|[Aa]dapted|adaptation)(?: on| from| of| upon) (?:the |a |an )?(?:(?P<year>1[789]\d\d|"
    rf"20\d\d) )?(?:(?P<creator>{NAME})'s? )?(?:(?P<year2>1[789]\d\d|"
    rf"20\d\d) )?(?:[\w-]+ ){{0,3}}?{TYPE} of the same (?:name|title)(?:,? by (?P<by>{NAME}))?"
)
POSSESSIVE = re.compile(
    rf"\b(?:[Bb]ased on|[Aa]dapted from|adaptation of) (?P<creator>{NAME})'s? (?:(?P<year>1[789]\d\d|"
    rf"20\d\d) )?{TITLE}"
)
SEQUEL = re.compile(
    rf"\b(?P<relation>sequel|prequel|follow-?up|remake|reboot|spin-off|spinoff|spiritual sequel|continuation|"
    rf"standalone sequel) (?:to|of|from) (?:the |its |his |her )?(?:(?P<year>1[89]\d\d|"
    rf"20\d\d)(?:'s)? )?(?:[\w-]+ ){{0,3}}?(?:film |movie |series |hit )?{TITLE}(?: \((?P<year2>\d{{4}})\))?"
)
FOLLOWED = re.compile(
    rf"\b(?:[Ff]ollowed by (?:a |the |an )?(?:sequels?,? |prequel,? |\w+ sequels?,? )?(?:(?:titled|entitled|"
    rf"called|named),? )?|was remade (?:in \w+(?: in \d{{4}})? )?as |remake,? (?:titled|entitled|called),? |"
    rf"sequels?,? (?:titled|entitled|called),? (?=[^.;]{{2,80}}(?:was released|released in|premiered|"
    rf"followed in|came out))|^A (?:\w+ )?sequel, (?=[^.;,]{{2,80}}, (?:was released|followed|premiered|came out)))"
    rf"(?:a |the |an )?{TITLE}(?: \((?P<year>\d{{4}})\))?"
)
FOLLOWS = re.compile(
    rf"\b(?:[Ii]t is|film is|serves as|is) the (?P<n>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    rf"\d+(?:st|nd|rd|th)|first|last|final) (?:and (?:final|last) )?(?:film|installment|instalment|entry|part|"
    rf"chapter|feature)? ?(?:film )?(?:in|of) (?:the|"
    rf"[A-Z]\w+'s) {TITLE.replace('quoted', 'q2').replace('title>', 't2>')} (?P<kind>series|franchise|trilogy|"
    rf"film series|saga|duology|cinematic universe|universe|quadrilogy)"
)
#: The films before, in "the third film in the trilogy, following Wet Land (1994) and High Land (1996)".
EARLIER = re.compile(
    rf"(?:\bfollowing |\bpreceded by |\bafter |(?<=\)), (?:and )?|(?<=\)) and )(?P<title>(?!\()(?:(?:of |the |and |"
    rf"in |on |a |to |for )*[{UPPER}0-9][\w'’:&!?.,-]* ){{1,9}}?)\((?P<year>(?:19|20)\d\d)\)"
)
#: "Reed's book Motel Songs was an early inspiration".
SERVED = re.compile(
    rf"(?P<creator>{NAME})'s (?:(?P<year>1[789]\d\d|20\d\d) )?(?:[a-z-]+ ){{0,2}}?{TYPE} {TITLE} (?:was|were|served as|"
    rf"provided) (?:an? |the |one )?(?:[\w-]+ ){{0,2}}(?:inspiration|influence)\b"
)
SIMILAR = re.compile(
    r"\b(?P<verb>[Cc]ompar(?:ed|es|ing)(?: it| the film| the movie| \w+)? (?:favou?rably |unfavou?rably )?(?:to|"
    r"with)|(?:more |very )?similar (?:in \w+ )?to|[Rr]eminiscent of|[Rr]eminded (?:him|her|them|\w+) of|"
    r"[Ee]choes|recall(?:s|ing|ed)|[Hh]omage to|better than|worse than|in the (?:vein|style|tradition) of|"
    r"drew comparisons? (?:to|with)|comparisons? (?:to|with)|likened (?:it |the film )?to|along the lines of)\b"
)
PREDECESSORS = re.compile(
    rf"(?:cited|names?|mentioned|listed|considers?|called) (?P<works>{W}(?: {W})*(?:(?:, | and |"
    rf", and ){W}(?: {W})*)*) as (?:[\w-]+ )?(?:predecessors?|influences?|inspirations?|precursors?|"
    rf"forerunners?)"
)
WRITING = re.compile(
    rf"\b[Ii]nspiration (?:also )?(?:came|was drawn|drawn|comes|"
    rf"was taken) from (?:(?P<creator>{NAME})'s )?(?:[a-z'-]+ ){{0,4}}?(?:for|in|from|behind|"
    rf"on)? ?{TITLE}(?: \((?P<year>\d{{4}})\))?"
)
SHORT = re.compile(
    rf"\b(?:directing|making|made|directed|completing|wrote|after) (?:the |his |her )?(?:short film |short |"
    rf"film |feature |debut )?(?P<title>{W}(?: {W}){{0,5}}) \((?P<year>\d{{4}})\),? (?:which |"
    rf"a (?:short )?film |that )?(?:shares?|sharing|shared|with|has|explor\w+) (?:\w+ )?(?:similar|"
    rf"the same)?\s?(?:themes?|ideas?|subject|premise)"
)
INSPIRED = re.compile(
    rf"\binspired (?:him|her|them|{NAME}) to [^.;]{{3,90}}?(?:(?:leading|led) to|resulting in|"
    rf"culminating in) (?:his |her |their )?(?:[\w-]+ ){{0,3}}?(?:title|game|film|album|book|song|novel|"
    rf"work)?,? {TITLE}"
)
SEE_ALSO = re.compile(
    rf"^(?:\"(?P<quoted>[^\"]{{2,80}}?),?\",?|(?P<title>{W}(?:(?: (?:of|the|and|in|on|a|to|for|with|—|"
    rf"–))* {W}){{0,8}}?),) (?P<what>an?|the(?= myth| legend| novel| song| play| story)|episode|"
    rf"[A-Z][a-z]+ \d{{4}}) (?P<rest>[^.]{{5,300}})"
)
SEE_TYPE = re.compile(
    r"(?P<year>1[89]\d\d|20\d\d)?[^.]{0,40}?\b(?P<type>film|movie|song|episode|novel|play|book|series|comedy|"
    r"romance|drama|album|video game|short story|myth|poem|thriller|documentary|short film|musical|opera)\b"
)
UNREAL = re.compile(
    r"\b(?:could (?:very well )?be|might be|would be|planned|proposed|announced|considered|in development|"
    r"possible|potential|no plans|rumou?r\w*|denied|never|cancel\w+|unmade|unproduced|scrapped|pitched|unrelated|"
    r"not (?:a|based))\b",
    re.IGNORECASE,
)
SKIP = frozenset({"plot", "references", "cast"})
FALSE_TITLES = frozenset(
    phrases("The|A|An|It|He|She|This|That|In|On|At|And|But|As|After|Before|When|While|With|I|There|They|His|Her")
)
# One of these words is in every sentence that the patterns above find something in.
OF_SOURCES = frozenset({"based", "adapted", "adaptation", "drawn", "inspired"})
OF_SEQUELS = frozenset(
    phrases(
        "sequel|sequels|prequel|follow-up|followup|remake|reboot|spin-off|spinoff|continuation|followed|remade|series|"
        "franchise|trilogy|saga|duology|universe|quadrilogy"
    )
)
OF_MAKING = frozenset(
    {"inspiration", "influence", "inspired", "theme", "themes", "idea", "ideas", "subject", "premise"}
)
OF_COMPARISONS = frozenset(
    phrases(
        "compared|compares|comparing|similar|reminiscent|reminded|echoes|recalls|recalling|recalled|homage|better|worse|"
        "vein|style|tradition|comparison|comparisons|likened|lines|predecessor|predecessors|influence|influences|"
        "inspiration|inspirations|precursor|precursors|forerunner|forerunners"
    )
)
WORK_AFTER = re.compile(
    rf"(?:(?:(?P<creator>{NAME})'s |films? (?:like|such as) |the (?:film|movie|novel|"
    rf"series) )(?P<title>{W}(?:(?: (?:of|the|and the|in|on|a))* {W}){{0,6}})|"
    rf"(?P<plain>\(?[{UPPER}0-9][\w'’:!?&.,()-]*(?:(?: (?:of|and the|the|in|on|"
    rf"a))* {W}){{1,6}}))(?: \((?P<year>\d{{4}})\))?"
)
