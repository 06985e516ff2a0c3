"""The documents behind the fixture graph: Her in our own words, and three invented films with invented makers."""

from decimal import Decimal

from fixture_graph import Page, Table, says

from reelgraph.model import Ref, Triple
from reelgraph.queries import DEFAULT_BASE


def film(name: str, year: int) -> Ref:
    return Ref("film", name, year)


def person(name: str) -> Ref:
    return Ref("person", name)


def company(name: str) -> Ref:
    return Ref("organization", name)


def award(name: str) -> Ref:
    return Ref("award", name)


def place(name: str) -> Ref:
    return Ref("place", name)


HER = Ref("film", "Her", 2013, ids=("imdb:tt1798709",))
ORCHARD = film("The Glass Orchard", 1994)
FERRY = film("Night Ferry to Lumen", 2001)
REMAKE = film("The Glass Orchard", 2011)
JONZE, PHOENIX = person("Spike Jonze"), person("Joaquin Phoenix")
JOHANSSON, ADAMS, MARA = person("Scarlett Johansson"), person("Amy Adams"), person("Rooney Mara")
MORTON, MULLIGAN = person("Samantha Morton"), person("Carey Mulligan")
ANTON, VERKADE = person("Mirela Anton"), person("Tomas Verkade")
MORGAN = Ref("person", "Ilse Morgan", ids=("imdb:nm9999901",))
CRANE, FELDMAN, BIRCH = person("Hollis Crane"), person("Aya Feldman"), person("Jonah Birch")
POST, WEEKLY, HARBOUR = company("The Meridian Post"), company("Reel Weekly"), company("The Harbour Review")
OSCARS, QUILLS = award("Academy Awards"), award("Silver Quill Awards")
WARNER = company("Warner Bros. Pictures")

HER_ARTICLE = Page(
    "her-article.txt", "article", site="Filmpedia", title="Her (film)", date="2019-05-02", about=(HER,),
    statements=(
        says("Her is an American film of 2013 that mixes science fiction with romance.",
             ("title", HER, "Her", {"title": "Her"}),
             ("year", HER, "2013", {"year": 2013}),
             ("country", HER, "American", {"country": "United States"}),
             ("genre", HER, "science fiction", {"genre": "science fiction"}),
             ("genre", HER, "romance", {"genre": "romance"})),
        says("The dialogue is in English, and the film deals with loneliness.",
             ("language", HER, "English", {"language": "English"}),
             ("subject", HER, "loneliness", {"subject": Ref("topic", "loneliness")})),
        says("Spike Jonze wrote, directed and co-produced it, the first script that he wrote alone.",
             ("credit", HER, "wrote", {"agent": JONZE, "role": "screenwriter"}),
             ("credit", HER, "directed", {"agent": JONZE, "role": "director"}),
             ("credit", HER, "co-produced", {"agent": JONZE, "role": "producer"})),
        says("Hoyte van Hoytema photographed it; Arcade Fire and Owen Pallett supplied the score.",
             ("credit", HER, "Hoyte van Hoytema photographed it",
              {"agent": person("Hoyte van Hoytema"), "role": "cinematographer"}),
             ("credit", HER, "Arcade Fire", {"agent": company("Arcade Fire"), "role": "composer"}),
             ("credit", HER, "Owen Pallett", {"agent": person("Owen Pallett"), "role": "composer"})),
        says("Joaquin Phoenix plays Theodore Twombly, who writes letters for other people.",
             ("cast", HER, "Joaquin Phoenix plays Theodore Twombly",
              {"person": PHOENIX, "character": "Theodore Twombly", "position": 1}),
             ("character", HER, "writes letters for other people",
              {"character": Ref("character", "Theodore Twombly", within="Her (2013)"), "relation": "occupation",
               "object": "letter writer"})),
        says("Scarlett Johansson is only heard, as Samantha; Amy Adams is Amy and Rooney Mara is Catherine.",
             ("cast", HER, "Scarlett Johansson is only heard, as Samantha",
              {"person": JOHANSSON, "character": "Samantha", "voice": True, "position": 2}),
             ("cast", HER, "Amy Adams is Amy", {"person": ADAMS, "character": "Amy", "position": 3}),
             ("cast", HER, "Rooney Mara is Catherine", {"person": MARA, "character": "Catherine", "position": 4})),
        says("Samantha Morton had recorded the voice before Johansson took over while the film was being edited.",
             ("casting", HER, "Samantha Morton had recorded the voice before Johansson took over",
              {"person": MORTON, "casting_status": "replaced", "character": "Samantha", "replaced_by": JOHANSSON,
               "reason": "a change of mind in the editing room"}),
             ("cast", HER, "Samantha Morton had recorded the voice",
              {"person": MORTON, "character": "Samantha", "voice": True}, "superseded")),
        says("In 2012 Carey Mulligan left the production because of other work.",
             ("casting", HER, "Carey Mulligan left the production because of other work",
              {"person": MULLIGAN, "casting_status": "dropped out", "date": "2012", "reason": "other work"})),
        says("Annapurna Pictures produced, Warner Bros. Pictures distributed it.",
             ("company", HER, "Annapurna Pictures produced",
              {"company": company("Annapurna Pictures"), "role": "production company"}),
             ("company", HER, "Warner Bros. Pictures distributed it", {"company": WARNER, "role": "distributor"})),
        says("It closed the New York Film Festival on October 13, 2013 and opened in a few theatres on December 18.",
             ("release", HER, "the New York Film Festival on October 13, 2013",
              {"event": "world premiere", "date": "2013-10-13", "place": place("New York Film Festival")}),
             ("release", HER, "opened in a few theatres on December 18",
              {"event": "limited", "date": "2013-12-18", "territory": "United States", "company": WARNER})),
        says("A start on November 20, 2013 had been announced first; 1,700 theatres followed on January 10, 2014.",
             ("release", HER, "A start on November 20, 2013 had been announced first",
              {"event": "limited", "date": "2013-11-20", "territory": "United States"}, "superseded"),
             ("release", HER, "January 10, 2014",
              {"event": "wide", "date": "2014-01-10", "territory": "United States"}),
             ("theatres", HER, "1,700 theatres followed",
              {"count": 1700, "unit": "theatres", "period": "wide release", "territory": "United States"})),
        says("It cost about $23 million and took $48,300,000 around the world, $25,600,000 of it in North America.",
             ("money", HER, "It cost about $23 million",
              {"measure": "budget", "amount": Decimal(23_000_000), "currency": "USD", "qualifier": "about"}),
             ("money", HER, "$48,300,000 around the world",
              {"measure": "gross", "amount": Decimal(48_300_000), "currency": "USD", "territory": "worldwide"}),
             ("money", HER, "$25,600,000 of it in North America",
              {"measure": "gross", "amount": Decimal(25_600_000), "currency": "USD", "territory": "North America"})),
        says("The film runs 126 minutes; a shorter cut of 90 minutes was never shown.",
             ("runtime", HER, "runs 126 minutes", {"minutes": 126}),
             ("runtime", HER, "a shorter cut of 90 minutes", {"minutes": 90, "version": "shorter cut"})),
        says("In the United States it got an R for language and sexual content.",
             ("content-rating", HER, "an R for language and sexual content",
              {"system": "MPA", "rating": "R", "reasons": "language; sexual content"})),
        says("At the 86th Academy Awards it won Best Original Screenplay and lost Best Picture.",
             ("award", HER, "it won Best Original Screenplay",
              {"ceremony": OSCARS, "edition": 86, "year": 2014, "category": "Best Original Screenplay",
               "outcome": "won", "recipient": JONZE}),
             ("award", HER, "lost Best Picture",
              {"ceremony": OSCARS, "edition": 86, "year": 2014, "category": "Best Picture", "outcome": "nominated"})),
        says("Five nominations came from the Academy in all.",
             ("award-count", HER, "Five nominations came from the Academy",
              {"ceremony": OSCARS, "edition": 86, "outcome": "nominated", "count": 5})),
        says("Shooting took place in Los Angeles, with Shanghai standing in for parts of it.",
             ("location", HER, "Shooting took place in Los Angeles",
              {"place": place("Los Angeles"), "location_kind": "filming"}),
             ("location", HER, "Shanghai standing in for parts of it",
              {"place": place("Shanghai"), "location_kind": "filming", "stands_in_for": "Los Angeles"}),
             ("location", HER, "Los Angeles", {"place": place("Los Angeles"), "location_kind": "narrative"})),
        says("Jonze had the idea in the early 2000s; photography began in the spring of 2012.",
             ("production", HER, "Jonze had the idea in the early 2000s",
              {"event": "idea", "date": "2000/2004", "person": JONZE, "detail": "a chat program"}),
             ("production", HER, "photography began in the spring of 2012", {"event": "photography", "date": "2012"})),
        says("Karen O sings The Moon Song, and a record of the score came out on March 19, 2021.",
             ("song", HER, "Karen O sings The Moon Song",
              {"title": "The Moon Song", "artist": person("Karen O"), "use": "written for the film"}),
             ("soundtrack", HER, "a record of the score came out on March 19, 2021",
              {"event": "release", "date": "2021-03-19", "format": "vinyl", "tracks": 13})),
        says("It is dedicated to James Gandolfini among others.",
             ("dedication", HER, "dedicated to James Gandolfini", {"agent": person("James Gandolfini")})),
        says("Jonze named Night Ferry to Lumen as an influence, and a sequel has been talked about.",
             ("related-work", HER, "named Night Ferry to Lumen as an influence",
              {"work": FERRY, "relation": "inspired by", "according_to": "Spike Jonze"}),
             ("related-work", HER, "a sequel has been talked about",
              {"work": Ref("work", "Him"), "relation": "sequel", "work_type": "film"}, "planned")),
        says("“Falling in love is a kind of madness people accept,” says Amy.",
             ("quotation", HER, "Falling in love is a kind of madness people accept,",
              {"speaker": "Amy", "text": "Falling in love is a kind of madness people accept,",
               "quotation_kind": "dialogue"})),
        says("A lonely man falls in love with the voice of his computer.",
             ("description", HER, "A lonely man falls in love with the voice of his computer.",
              {"description_kind": "premise", "text": "A lonely man falls in love with the voice of his computer."})),
        says("Phoenix and Mara later became a couple.",
             ("people", PHOENIX, "Phoenix and Mara later became a couple",
              {"person": PHOENIX, "relation": "partner", "object": "Rooney Mara"})),
        says("Crane, Hollis. “Her: a review”. The Meridian Post. December 18, 2013. Retrieved May 1, 2019.",
             ("citation", HER, "Crane, Hollis. “Her: a review”. The Meridian Post. December 18, 2013.",
              {"author": "Hollis Crane", "title": "Her: a review", "publication": POST, "date": "2013-12-18",
               "retrieved": "2019-05-01"})),
    ),
)  # fmt: skip

HER_REVIEW = Page(
    "her-review.txt", "review", site="The Meridian Post", author="Hollis Crane", title="Her: a review",
    date="2013-12-18", about=(HER,),
    statements=(
        says("Four stars of five for Her, which stays with you.",
             ("review", HER, "Four stars of five for Her",
              {"critic": CRANE, "publication": POST, "title": "Her: a review", "value": "4", "best": Decimal(5),
               "date": "2013-12-18", "polarity": "positive"})),
        says("Scarlett Johansson is marvellous; at 120 minutes the film is a little long.",
             ("opinion", HER, "Scarlett Johansson is marvellous",
              {"critic": CRANE, "publication": POST, "target": "Scarlett Johansson", "polarity": "positive",
               "text": "marvellous"}),
             ("opinion", HER, "the film is a little long",
              {"critic": CRANE, "publication": POST, "target": "length", "polarity": "negative"}),
             ("runtime", HER, "at 120 minutes", {"minutes": 120})),
        says("Joaquin Phoenix, as Theodore, is hardly ever off the screen.",
             ("cast", HER, "Joaquin Phoenix, as Theodore", {"person": PHOENIX, "character": "Theodore"})),
    ),
)  # fmt: skip

HER_SCORES = Page(
    "her-scores.txt", "aggregator page", site="Scoreboard", title="Her", date="2020-01-15", about=(HER,),
    statements=(
        says("Critics: 94% of 280 reviews. Audience: 8.2 out of 10 from 5,000 votes. Word: universal acclaim.",
             ("rating", HER, "Critics: 94% of 280 reviews",
              {"site": company("Scoreboard"), "metric": "critics", "value": "94%", "best": Decimal(100), "count": 280}),
             ("rating", HER, "Audience: 8.2 out of 10 from 5,000 votes",
              {"site": company("Scoreboard"), "metric": "audience", "value": "8.2", "best": Decimal(10),
               "count": 5000}),
             ("rating", HER, "universal acclaim",
              {"site": company("Scoreboard"), "metric": "label", "value": "universal acclaim"})),
        says("Consensus: tender, odd and wise about machines and people.",
             ("consensus", HER, "tender, odd and wise about machines and people",
              {"site": company("Scoreboard"), "text": "tender, odd and wise about machines and people"})),
        says("User review: Could not stop thinking about it, by lumenfan, 10/10, 2014-02-01.",
             ("user-review", HER, "Could not stop thinking about it, by lumenfan, 10/10, 2014-02-01",
              {"title": "Could not stop thinking about it", "author": "lumenfan", "date": "2014-02-01",
               "value": "10", "best": Decimal(10)})),
        says("Stream it on Kestrel Plus with a subscription.",
             ("availability", HER, "Stream it on Kestrel Plus with a subscription",
              {"service": company("Kestrel Plus"), "mode": "subscription"})),
        says("Box office: $47,400,000 worldwide. Budget: $23,000,000.",
             ("money", HER, "$47,400,000 worldwide",
              {"measure": "gross", "amount": Decimal(47_400_000), "currency": "USD", "territory": "worldwide"}),
             ("money", HER, "Budget: $23,000,000",
              {"measure": "budget", "amount": Decimal(23_000_000), "currency": "USD"})),
        says("Aya Feldman of Reel Weekly: 2 of 4, cold to the touch.",
             ("review", HER, "Aya Feldman of Reel Weekly: 2 of 4",
              {"critic": FELDMAN, "publication": WEEKLY, "value": "2", "best": Decimal(4), "date": "2014-01-11",
               "polarity": "mixed"})),
        says("Jonah Birch of The Harbour Review: 9 of 10, a triumph.",
             ("review", HER, "Jonah Birch of The Harbour Review: 9 of 10",
              {"critic": BIRCH, "publication": HARBOUR, "value": "9", "best": Decimal(10), "polarity": "positive"})),
        says("Director: Spike Jonze. Running time: 126 minutes.",
             ("credit", HER, "Director: Spike Jonze", {"agent": JONZE, "role": "director"}),
             ("runtime", HER, "Running time: 126 minutes", {"minutes": 126})),
    ),
)  # fmt: skip

LISTS = Page(
    "lists.txt", "page", site="Reel Weekly", title="The critics' lists", date="2014-01", about=(HER,),
    statements=(
        says("Best of 2013. Aya Feldman: no list. Jonah Birch, The Harbour Review: 1. Her.",
             ("ranking", HER, "Jonah Birch, The Harbour Review: 1. Her",
              {"list": "best films of 2013", "critic": BIRCH, "publication": HARBOUR, "rank": 1, "year": 2013,
               "ranked": True})),
        says("Hollis Crane, The Meridian Post, in no order: Her.",
             ("ranking", HER, "Hollis Crane, The Meridian Post, in no order: Her",
              {"list": "best films of 2013", "critic": CRANE, "publication": POST, "year": 2013, "ranked": False})),
    ),
    then=Page(
        "lists.txt", "search snippet", site="Lumen Search", title="Night Ferry to Lumen - Lumen Search", about=(FERRY,),
        statements=(
            says("Night Ferry to Lumen, the 2001 film by Mirela Anton, is 104 minutes long.",
                 ("title", FERRY, "Night Ferry to Lumen", {"title": "Night Ferry to Lumen"}),
                 ("year", FERRY, "2001", {"year": 2001}),
                 ("credit", FERRY, "by Mirela Anton", {"agent": ANTON, "role": "director"}),
                 ("runtime", FERRY, "104 minutes long", {"minutes": 104})),
        ),
    ),
)  # fmt: skip

ORCHARD_ARTICLE = Page(
    "glass-orchard.txt", "article", site="Filmpedia", title="The Glass Orchard (1994 film)", date="2021-11-30",
    about=(ORCHARD, REMAKE),
    statements=(
        says("The Glass Orchard (Romanian: Livada de sticlă) is a Romanian drama of 1994 by Mirela Anton.",
             ("title", ORCHARD, "The Glass Orchard", {"title": "The Glass Orchard"}),
             ("alternate-title", ORCHARD, "Livada de sticlă", {"title": "Livada de sticlă"}),
             ("language", ORCHARD, "Romanian", {"language": "Romanian"}),
             ("country", ORCHARD, "Romanian drama", {"country": "Romania"}),
             ("genre", ORCHARD, "drama", {"genre": "drama"}),
             ("year", ORCHARD, "1994", {"year": 1994}),
             ("credit", ORCHARD, "by Mirela Anton", {"agent": ANTON, "role": "director"})),
        says("Tomas Verkade is the gardener Emil, Ilse Morgan his sister Vera.",
             ("cast", ORCHARD, "Tomas Verkade is the gardener Emil", {"person": VERKADE, "character": "Emil"}),
             ("cast", ORCHARD, "Ilse Morgan his sister Vera", {"person": MORGAN, "character": "Vera"}),
             ("character", ORCHARD, "his sister Vera",
              {"character": Ref("character", "Emil", within="The Glass Orchard (1994)"), "relation": "sister",
               "object": "Vera"})),
        says("It was shot in Sibiu in May 1993 and shown first at the Halcyon Festival in 1994.",
             ("location", ORCHARD, "It was shot in Sibiu in May 1993",
              {"place": place("Sibiu"), "location_kind": "filming", "date": "1993-05"}),
             ("release", ORCHARD, "shown first at the Halcyon Festival in 1994",
              {"event": "world premiere", "date": "1994", "place": place("Halcyon Festival")})),
        says("Anton won the Silver Quill for best script, and Verkade was nominated for best actor.",
             ("award", ORCHARD, "Anton won the Silver Quill for best script",
              {"ceremony": QUILLS, "edition": 12, "year": 1995, "category": "Best Script", "outcome": "won",
               "recipient": ANTON}),
             ("award", ORCHARD, "Verkade was nominated for best actor",
              {"ceremony": QUILLS, "edition": 12, "year": 1995, "category": "Best Actor", "outcome": "nominated",
               "recipient": VERKADE})),
        says("Lantern House made a new version in 2011, again with Ilse Morgan, now as the mother.",
             ("related-work", ORCHARD, "a new version in 2011", {"work": REMAKE, "relation": "remake", "year": 2011}),
             ("cast", REMAKE, "Ilse Morgan, now as the mother", {"person": MORGAN, "character": "the mother"}),
             ("company", REMAKE, "Lantern House made a new version",
              {"company": company("Lantern House"), "role": "production company"})),
        says("According to rumour a third version is on its way; Verkade denies that he was ever asked.",
             ("related-work", ORCHARD, "a third version is on its way",
              {"work": Ref("work", "The Glass Orchard III"), "relation": "sequel"}, "alleged"),
             ("casting", REMAKE, "Verkade denies that he was ever asked",
              {"person": VERKADE, "casting_status": "in negotiations"}, "denied")),
        says("Jonah Birch (The Harbour Review) gave it 8 of 10, Hollis Crane (The Meridian Post) 2 stars of 5.",
             ("review", ORCHARD, "Jonah Birch (The Harbour Review) gave it 8 of 10",
              {"critic": BIRCH, "publication": HARBOUR, "value": "8", "best": Decimal(10), "polarity": "positive"}),
             ("review", ORCHARD, "Hollis Crane (The Meridian Post) 2 stars of 5",
              {"critic": CRANE, "publication": POST, "value": "2", "best": Decimal(5), "polarity": "negative"})),
        says("Anton was born in Brașov. Cf. Quills of the year, Reel Weekly, 1995.",
             ("people", ANTON, "Anton was born in Brașov",
              {"person": ANTON, "relation": "born in", "object": "Brașov"}),
             ("citation", None, "Quills of the year, Reel Weekly, 1995",
              {"title": "Quills of the year", "publication": WEEKLY, "date": "1995"})),
        says("The budget was between 900,000 and 1,200,000 lei, the takings were expected to reach 3,000,000.",
             ("money", ORCHARD, "The budget was between 900,000 and 1,200,000 lei",
              {"measure": "budget", "amount": Decimal(900_000), "max_amount": Decimal(1_200_000), "currency": "ROL"}),
             ("money", ORCHARD, "the takings were expected to reach 3,000,000",
              {"measure": "gross", "amount": Decimal(3_000_000), "currency": "ROL", "territory": "Romania"},
              "planned")),
    ),
)  # fmt: skip

#: Records of structured sources: the words of a cell with a pointer to it, and some facts without any evidence.
CATALOGUE = Table(
    "catalogue.json", site="Lumen Archive", title="Lumen Archive records", about=(FERRY, REMAKE),
    facts=(
        ("title", FERRY, "/films/0/title", "Night Ferry to Lumen", {"title": "Night Ferry to Lumen"}),
        ("country", FERRY, "/films/0/country", "GB", {"country": "United Kingdom"}),
        ("genre", FERRY, "/films/0/genre", "mystery", {"genre": "mystery"}),
        ("genre", FERRY, "/films/0/genre", "harbour film", {"genre": "harbour film"}),
        ("runtime", FERRY, "/films/0/minutes", "101", {"minutes": 101}),
        ("credit", FERRY, "/films/0/crew/0", "Mirela Anton, director", {"agent": ANTON, "role": "director"}),
        ("credit", FERRY, "/films/0/crew/1", "Ruben Achterberg, lamp master",
         {"agent": person("Ruben Achterberg"), "role": "lamp master"}),
        ("cast", FERRY, "/films/0/cast/0", "Tomas Verkade: the pilot", {"person": VERKADE, "character": "the pilot"}),
        ("cast", FERRY, "", "",
         {"person": Ref("person", "I. Morgan", ids=("imdb:nm9999901",)), "character": "the widow", "credited": False}),
        ("money", FERRY, "/films/0/budget", "2500000", {"measure": "budget", "amount": Decimal(2_500_000),
                                                        "currency": "GBP"}),
        ("money", FERRY, "/films/0/gross", "9100000", {"measure": "gross", "amount": Decimal(9_100_000),
                                                       "currency": "GBP", "territory": "worldwide"}),
        ("money", FERRY, "/films/0/uk", "4000000", {"measure": "gross", "amount": Decimal(4_000_000),
                                                    "currency": "GBP", "territory": "United Kingdom"}),
        ("money", FERRY, "/films/0/opening", "700000",
         {"measure": "opening weekend gross", "amount": Decimal(700_000), "currency": "GBP",
          "territory": "United Kingdom"}),
        ("theatres", FERRY, "/films/0/theatres", "120", {"count": 120, "unit": "theatres"}),
        ("rating", FERRY, "/films/0/score", "61", {"site": company("Scoreboard"), "metric": "critics", "value": "61",
                                                   "best": Decimal(100), "count": 40}),
        ("rating", FERRY, "/films/0/votes", "8.9", {"site": company("Scoreboard"), "metric": "audience",
                                                    "value": "8.9", "best": Decimal(10), "count": 900}),
        ("release", FERRY, "/films/0/release", "2001-03-02",
         {"event": "wide", "date": "2001-03-02", "territory": "United Kingdom",
          "company": company("Kestrel Releasing")}),
        ("company", FERRY, "/films/0/distributor", "Kestrel Releasing",
         {"company": company("Kestrel Releasing"), "role": "distributor", "territory": "United Kingdom"}),
        ("keyword", FERRY, "/films/0/tags/0", "fog", {"keyword": "fog"}),
        ("year", REMAKE, "/films/1/year", "2011", {"year": 2011}),
        ("title", REMAKE, "/films/1/title", "The Glass Orchard", {"title": "The Glass Orchard"}),
        ("genre", REMAKE, "", "", {"genre": "drama"}),
        ("award", FERRY, "/films/0/awards/0", "Silver Quill, Best Film",
         {"ceremony": QUILLS, "edition": 19, "year": 2002, "category": "Best Film", "outcome": "nominated"}),
        ("same-as", FERRY, "/films/0/url", "https://example.org/night-ferry",
         {"url": "https://example.org/night-ferry"}),
    ),
    triples=(
        Triple(f"<{DEFAULT_BASE}film/night-ferry-to-lumen-2001>", "<https://schema.org/keywords>", '"night"'),
    ),
)  # fmt: skip

DOCUMENTS = (HER_ARTICLE, HER_REVIEW, HER_SCORES, LISTS, ORCHARD_ARTICLE, CATALOGUE)
