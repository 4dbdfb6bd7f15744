"""Conflict news sentences with full trees and names, written by a small grammar.

The treebanks hold little war news, so a parser trained on them alone reads "jets torched villages" as a noun with a
participle, headlines as noun phrases and datelines as clauses. The grammar writes such sentences with Universal
Dependencies trees in the treebanks' own conventions and fills them with `fillers`; each is a `conllu.Sentence` plus its
entities, so parser and recogniser train on the same text. All of it is this project's own text.
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

import random
from dataclasses import dataclass, field

from training import fillers
from training.conllu import Sentence, Word


@dataclass
class Phrase:
    """A tree: rows of [form, lemma, upos, xpos, feats, head, relation] (head: own index for the root) and entities."""

    rows: list[list]
    root: int = 0
    entities: list[tuple[int, int, str]] = field(default_factory=list)


def word(form: str, upos: str, xpos: str, lemma: str | None = None, feats: str = "") -> Phrase:
    return Phrase(
        [[form, form if lemma is None and upos == "PROPN" else lemma or form.lower(), upos, xpos, feats, 0, "root"]]
    )


def join(head: Phrase, before: list[tuple[Phrase, str]], after: list[tuple[Phrase, str]]) -> Phrase:
    """`head` with dependents in order before and after it; the root stays the head's."""
    parts = [(p, rel) for p, rel in before] + [(head, None)] + [(p, rel) for p, rel in after]
    rows: list[list] = []
    entities: list[tuple[int, int, str]] = []
    offsets = []
    for phrase, _ in parts:
        offsets.append(len(rows))
        for row in phrase.rows:
            copied = list(row)
            copied[5] += offsets[-1]
            rows.append(copied)
        entities += [(a + offsets[-1], b + offsets[-1], label) for a, b, label in phrase.entities]
    root = offsets[len(before)] + head.root
    for (phrase, rel), offset in zip(parts, offsets, strict=True):
        if rel is not None:
            rows[offset + phrase.root][5] = root
            rows[offset + phrase.root][6] = rel
    return Phrase(rows, root, entities)


def entity(phrase: Phrase, label: str) -> Phrase:
    return Phrase(phrase.rows, phrase.root, [(0, len(phrase.rows), label)])


PUNCT = {
    ",": ",",
    ".": ".",
    ":": ":",
    "-": ":",
    "–": ":",
    "—": ":",
    "(": "-LRB-",
    ")": "-RRB-",
    '"': "''",
    "“": "``",
    "”": "''",
    ";": ":",
}


def punct(mark: str) -> Phrase:
    return word(mark, "PUNCT", PUNCT[mark], mark)


def hyphen() -> Phrase:
    return word("-", "PUNCT", "HYPH", "-")


def adp(form: str) -> Phrase:
    return word(form, "ADP", "IN")


def det(form: str) -> Phrase:
    feats = "Definite=Def|PronType=Art" if form.lower() == "the" else "Definite=Ind|PronType=Art"
    return word(form, "DET", "DT", {"an": "a"}.get(form, form), feats)


def adj(form: str) -> Phrase:
    return word(form, "ADJ", "JJ", feats="Degree=Pos")


def noun(form: str, plural: bool = False, lemma: str | None = None) -> Phrase:
    return word(form, "NOUN", "NNS" if plural else "NN", lemma, f"Number={'Plur' if plural else 'Sing'}")


def name(tokens: tuple[str, ...], label: str | None, described: bool = False) -> Phrase:
    """A proper name: flat from its first word on, or headed by its last word when it is a described one."""
    if "of" in tokens[1:-1]:
        cut = tokens.index("of", 1)
        tail = tokens[cut + 1 :]
        article = tail[0] == "the" and len(tail) > 1
        inner = name(tail[1:] if article else tail, None)
        inner = join(inner, [(adp("of"), "case"), *([(det("the"), "det")] if article else [])], [])
        phrase = join(name(tokens[:cut], None, True), [], [(inner, "nmod")])
        return entity(phrase, label) if label else phrase
    plain = [index for index, token in enumerate(tokens) if token[0].isalpha() and token not in ("the", "and")]
    if not plain:
        plain = [0]
    root = plain[-1] if described else plain[0]
    rows: list[list] = []
    for index, token in enumerate(tokens):
        following = next((i for i in plain if i > index), root)
        if index == root:
            rows.append([token, token, "PROPN", "NNP", "Number=Sing", root, "root"])
        elif token in ("'s", "’s"):
            rows.append([token, "'s", "PART", "POS", "", max((i for i in plain if i < index), default=root), "case"])
        elif token == "the":
            rows.append([token, token, "DET", "DT", "", following, "det"])
        elif token == "and":
            rows.append([token, token, "CCONJ", "CC", "", following, "cc"])
        elif token[0].isdigit():
            rows.append([token, token, "NUM", "CD", "NumType=Card", root, "nummod" if described else "flat"])
        elif not token[0].isalnum():
            rows.append(
                [token, token, "PUNCT", "HYPH" if token in "-–/" else PUNCT.get(token, "''"), "", following, "punct"]
            )
        else:
            rows.append([token, token, "PROPN", "NNP", "Number=Sing", root, "compound" if described else "flat"])
    for index, row in enumerate(rows):
        if row[5] == index and index != root:
            row[5] = root
    phrase = Phrase(rows, root)
    return entity(phrase, label) if label else phrase


def of_case(phrase: Phrase, preposition: str) -> Phrase:
    return join(phrase, [(adp(preposition), "case")], [])


Verb = tuple[str, str, str, str, str]  # base, third person, past, participle, gerund


def _verbs(text: str) -> list[Verb]:
    return [tuple(line.split()) for line in text.strip().splitlines()]  # type: ignore[misc]


# Take a direct object.
HITTING = _verbs("""
attack attacks attacked attacked attacking
storm storms stormed stormed storming
bomb bombs bombed bombed bombing
shell shells shelled shelled shelling
raid raids raided raided raiding
torch torches torched torched torching
ambush ambushes ambushed ambushed ambushing
destroy destroys destroyed destroyed destroying
damage damages damaged damaged damaging
hit hits hit hit hitting
strike strikes struck struck striking
target targets targeted targeted targeting
blast blasts blasted blasted blasting
bombard bombards bombarded bombarded bombarding
pound pounds pounded pounded pounding
overrun overruns overran overrun overrunning
invade invades invaded invaded invading
seize seizes seized seized seizing
burn burns burned burned burning
besiege besieges besieged besieged besieging
loot loots looted looted looting
rock rocks rocked rocked rocking
strafe strafes strafed strafed strafing
dynamite dynamites dynamited dynamited dynamiting
capture captures captured captured capturing
mortar mortars mortared mortared mortaring
""")
HARMING = _verbs("""
kill kills killed killed killing
wound wounds wounded wounded wounding
injure injures injured injured injuring
murder murders murdered murdered murdering
massacre massacres massacred massacred massacring
slaughter slaughters slaughtered slaughtered slaughtering
execute executes executed executed executing
behead beheads beheaded beheaded beheading
abduct abducts abducted abducted abducting
kidnap kidnaps kidnapped kidnapped kidnapping
shoot shoots shot shot shooting
ambush ambushes ambushed ambushed ambushing
detain detains detained detained detaining
capture captures captured captured capturing
assassinate assassinates assassinated assassinated assassinating
neutralise neutralises neutralised neutralised neutralising
hack hacks hacked hacked hacking
stab stabs stabbed stabbed stabbing
martyr martyrs martyred martyred martyring
lynch lynches lynched lynched lynching
""")
# Reach what they hit through a preposition.
REACHING: list[tuple[Verb, tuple[str, ...]]] = [
    (("slam", "slams", "slammed", "slammed", "slamming"), ("into",)),
    (("tear", "tears", "tore", "torn", "tearing"), ("through",)),
    (("rip", "rips", "ripped", "ripped", "ripping"), ("through",)),
    (("crash", "crashes", "crashed", "crashed", "crashing"), ("into",)),
    (("fall", "falls", "fell", "fallen", "falling"), ("on",)),
    (("land", "lands", "landed", "landed", "landing"), ("on", "near", "in")),
    (("explode", "explodes", "exploded", "exploded", "exploding"), ("near", "outside", "at", "inside", "in")),
    (("detonate", "detonates", "detonated", "detonated", "detonating"), ("near", "outside", "at", "inside")),
    (("break", "breaks", "broke", "broken", "breaking"), ("into",)),
    (("burst", "bursts", "burst", "burst", "bursting"), ("into",)),
]
SAYING = _verbs("""
say says said said saying
report reports reported reported reporting
announce announces announced announced announcing
claim claims claimed claimed claiming
confirm confirms confirmed confirmed confirming
add adds added added adding
""")
FIRED = [
    ("fire", "fires", "fired", "fired", "firing"),
    ("launch", "launches", "launched", "launched", "launching"),
    ("lob", "lobs", "lobbed", "lobbed", "lobbing"),
    ("drop", "drops", "dropped", "dropped", "dropping"),
    ("rain", "rains", "rained", "rained", "raining"),
    ("throw", "throws", "threw", "thrown", "throwing"),
    ("hurl", "hurls", "hurled", "hurled", "hurling"),
]
LIGHT = [
    ("carry", "carries", "carried", "carried", "carrying", "out"),
    ("launch", "launches", "launched", "launched", "launching", ""),
    ("mount", "mounts", "mounted", "mounted", "mounting", ""),
    ("conduct", "conducts", "conducted", "conducted", "conducting", ""),
    ("stage", "stages", "staged", "staged", "staging", ""),
]
ACTS = "attack raid assault strike airstrike bombing ambush shelling bombardment offensive blast explosion shooting massacre operation suicide:bombing drone:strike missile:attack rocket:attack car:bombing air:raid mortar:attack bomb:attack gun:attack hit:-and-run".split()
FIGHTERS = "gunmen militants insurgents rebels soldiers troops fighters jihadists guerrillas attackers assailants extremists terrorists bandits separatists militiamen paramilitaries policemen police raiders marines commandos youths settlers protesters mobs".split()
SINGLE = "gunman militant soldier rebel policeman attacker bomber sniper fighter guerrilla insurgent suicide:bomber assailant commando".split()
VICTIMS = "people civilians soldiers policemen troops villagers worshippers children women students aid:workers police:officers peacekeepers farmers passengers miners security:guards journalists militants rebels fighters guerrillas peasants army:recruits fishermen pilgrims officers others men residents displaced~persons tribesmen conscripts shepherds".split()
VICTIM = "soldier civilian policeman teacher journalist guard farmer woman child girl boy officer pilot driver aid:worker monk priest villager contractor police:officer bystander nurse".split()
SITES = "checkpoint base outpost convoy market mosque church hospital school bus village camp barracks hotel restaurant village military~base army~base police:station army:checkpoint apartment:block power:plant oil:refinery wedding:party funeral:procession refugee:camp bus:station residential~building patrol vehicle warehouse embassy airport prison garrison town~hall security:post government~building air:base ammunition:depot train ship tanker bridge pipeline house clinic border:post command:post training:camp watchtower vessel".split()
MEANS_SINGLE = "missile rocket drone bomb car:bomb roadside~bomb landmine mine shell grenade truck:bomb suicide:bomber explosion blast airstrike drone:strike warplane helicopter mortar:round mortar~shell explosive~device artillery:shell shot stray~bullet sniper".split()
MEANS_PLURAL = "missiles rockets drones bombs shells warplanes jets helicopters airstrikes explosions strikes shells mortars tanks helicopter:gunships fighter:jets rockets gunships artillery~shells".split()
WEAPONISH = frozenset(
    "missile rocket drone bomb landmine mine shell grenade round device mortar missiles rockets drones bombs shells mortars".split()
)
VEHICLEISH = frozenset("warplane helicopter warplanes jets helicopters tanks gunships jet tank tanker".split())
MODIFIERS = "suspected armed masked heavily~armed Islamist leftist pro-government unidentified unknown rebel foreign separatist jihadist hooded elite hundreds~of".split()
SAYERS = "police officials residents witnesses medics authorities aid:workers rescuers prosecutors sources activists villagers doctors security:sources the~army the~military the~ministry the~police a~spokesman the~government the~governor".split()
SPEAKERS = "spokesman spokeswoman minister governor official commander mayor".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December Jan. Feb. Aug. Sept. Oct. Nov. Dec.".split()
SMALL = "two three four five six seven eight nine ten eleven twelve".split()


class Grammar:
    """Draws sentences; one instance is one reproducible stream."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def pick(self, options):
        return self.rng.choice(options)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    # --- noun phrases -------------------------------------------------------------------------------------------

    def common(self, spec: str, plural: bool) -> Phrase:
        """ "car:bomb" is a compound, "military~base" adjective and noun."""
        rest, last = "", spec
        for separator in ":~":
            if separator in spec:
                rest, last = spec.split(separator)
        head = noun(last, plural, _singular(last) if plural else None)
        if not rest:
            phrase = head
        elif ":" in spec:
            phrase = join(head, [(noun(rest), "compound")], [])
        else:
            phrase = join(head, [(adj(rest), "amod")], [])
        bare = last
        if bare in WEAPONISH and rest not in ("mortar~",):
            phrase = entity(phrase, "WEAPON")
        elif bare in VEHICLEISH:
            phrase = entity(phrase, "VEHICLE")
        return phrase

    def place_name(self) -> Phrase:
        tokens = fillers.place(self.rng)
        described = tokens[-1] in ("Province", "State", "District", "Governorate", "County", "Region")
        phrase = name(tokens, "GPE", described)
        return phrase

    def place(self) -> Phrase:
        """A place as object of a preposition, sometimes described."""
        draw = self.rng.random()
        if draw < 0.55:
            return self.place_name()
        if draw < 0.70:
            kind = noun(self.pick(["town", "village", "city", "province", "region", "district", "area", "port"]))
            return join(kind, [(det("the"), "det")], [(of_case(self.place_name(), "of"), "nmod")])
        if draw < 0.82:
            side = self.pick(
                [
                    "northern",
                    "southern",
                    "eastern",
                    "western",
                    "central",
                    "northeastern",
                    "neighbouring",
                    "rural",
                    "southeastern",
                ]
            )
            return join(self.place_name(), [(adj(side), "amod")], [])
        if draw < 0.90:
            kind = noun(self.pick(["town", "village", "city", "province", "region", "district", "capital", "border"]))
            return (
                join(
                    kind,
                    [
                        (join(self.place_name(), [], []), "compound"),
                    ],
                    [],
                )
                if self.chance(0.4)
                else join(self.place_name(), [], [(punct(","), "punct"), (self.place_name(), "appos")])
            )
        if draw < 0.95:
            return join(name(fillers.area(self.rng), "LOC", True), [(det("the"), "det")], [])
        return join(name(fillers.site(self.rng), "FAC", True), [], [])

    def group_name(self) -> Phrase:
        tokens = fillers.group(self.rng)
        described = tokens[-1] in fillers._GROUP_HEADS or tokens[-1].endswith(("State", "Path"))
        phrase = name(tokens, "ARMED_GROUP", described)
        if len(tokens) > 2 and self.chance(0.25):
            letters = "".join(token[0] for token in tokens if token[0].isupper())
            if len(letters) > 2:
                short = join(name((letters,), "ARMED_GROUP"), [(punct("("), "punct")], [(punct(")"), "punct")])
                phrase = join(phrase, [], [(short, "appos")])
        return join(phrase, [(det("the"), "det")], []) if described and self.chance(0.8) else phrase

    def number(self, noun_phrase: Phrase, few: bool = False) -> Phrase:
        """A count before a plural noun, with and without a modifier."""
        digits = self.chance(0.5) and not few
        form = str(self.rng.randint(11, 300)) if digits else self.pick(SMALL)
        count = word(form, "NUM", "CD", feats="NumForm=Digit|NumType=Card" if digits else "NumForm=Word|NumType=Card")
        draw = self.rng.random()
        if draw < 0.5 or few:
            return join(noun_phrase, [(entity(count, "CARDINAL"), "nummod")], [])
        if draw < 0.7:
            least = join(word("least", "ADJ", "JJS", "little", "Degree=Sup"), [(adp("at"), "case")], [])
            counted = entity(join(count, [(least, "nmod")], []), "CARDINAL")
            return join(noun_phrase, [(counted, "nummod")], [])
        if draw < 0.85:
            more = join(word(self.pick(["more", "fewer"]), "ADJ", "JJR", "more", "Degree=Cmp"), [], [(adp("than"), "fixed")])
            counted = entity(join(count, [(more, "advmod")], []), "CARDINAL")
            return join(noun_phrase, [(counted, "nummod")], [])
        about = word(self.pick(["about", "nearly", "some", "around", "almost"]), "ADV", "RB")
        return join(noun_phrase, [(entity(join(count, [(about, "advmod")], []), "CARDINAL"), "nummod")], [])

    def scores(self, plain: Phrase) -> Phrase:
        """ "dozens of people": the quantity heads the phrase, as in the treebanks."""
        head = entity(noun(self.pick(["dozens", "scores", "hundreds", "thousands"]), True), "CARDINAL")
        head.rows[0][1] = head.rows[0][0][:-1]
        return join(head, [], [(of_case(plain, "of"), "nmod")])

    def victims(self) -> Phrase:
        draw = self.rng.random()
        if draw < 0.15:
            single = self.common(self.pick(VICTIM), False)
            before = (
                [(det("a"), "det")]
                if self.chance(0.7)
                else [(entity(word("one", "NUM", "CD", feats="NumForm=Word|NumType=Card"), "CARDINAL"), "nummod")]
            )
            phrase = join(single, before, [])
        else:
            plain = self.common(self.pick(VICTIMS), True)
            if self.chance(0.25):
                plain = join(plain, [(self.nationality(), "amod")], [])
            elif self.chance(0.1):
                plain = join(
                    plain,
                    [
                        (
                            adj(self.pick(["Christian", "local", "young", "innocent", "off-duty", "elderly", "unarmed"])),
                            "amod",
                        )
                    ],
                    [],
                )
            phrase = self.scores(plain) if self.chance(0.1) else self.number(plain) if self.chance(0.9) else plain
        if self.chance(0.10):
            phrase = join(phrase, [], [(self.suffered(), "acl")])
        if self.chance(0.12):
            others = self.number(self.common(self.pick(VICTIMS), True), few=True)
            phrase = join(phrase, [], [(join(others, [(word("and", "CCONJ", "CC"), "cc")], []), "conj")])
        elif self.chance(0.07):
            count = entity(word(self.pick(SMALL), "NUM", "CD", feats="NumForm=Word|NumType=Card"), "CARDINAL")
            inside = join(
                join(noun("children", True, "child"), [(count, "nummod")], []),
                [(word("including", "VERB", "VBG", "include", "VerbForm=Ger"), "case")],
                [],
            )
            phrase = join(phrase, [], [(punct(","), "punct"), (inside, "nmod")])
        return phrase

    def suffered(self) -> Phrase:
        """ "abducted by gunmen", "killed in the raid": a participle after its noun."""
        verb = self.pick(HARMING)
        head = word(verb[3], "VERB", "VBN", verb[0], "Tense=Past|VerbForm=Part")
        draw = self.rng.random()
        if draw < 0.5:
            by = of_case(join(noun(self.pick(["gunmen", "militants", "rebels", "soldiers", "troops"]), True), [], []), "by")
            return join(head, [], [(by, "obl:agent")])
        if draw < 0.8:
            return join(head, [], [(of_case(self.place_name(), "in"), "obl")])
        when, relation = self.when()
        return join(head, [], [(when, relation)])

    def person(self) -> Phrase:
        """A named victim, often with an age between commas, sometimes introduced by what he was."""
        named = name(fillers.person(self.rng), "PERSON")
        if self.chance(0.5):
            age = entity(word(str(self.rng.randint(5, 89)), "NUM", "CD", feats="NumForm=Digit|NumType=Card"), "DATE")
            named = join(named, [], [(punct(","), "punct"), (age, "appos"), (punct(","), "punct")])
        if self.chance(0.3):
            what = join(noun(self.pick(VICTIM[:13])), [(det(self.pick(["a", "the", "another"])), "det")], [])
            return join(what, [], [(punct(","), "punct"), (named, "appos")])
        return named

    def nationality(self) -> Phrase:
        form = self.pick(fillers.nationalities()).split()[-1]
        return entity(word(form, "ADJ", "JJ", form, "Degree=Pos"), "NORP")

    def backed(self, plain: Phrase) -> Phrase:
        """ "Iran-backed militias": state, hyphen, participle before the noun."""
        if self.chance(0.5):
            sponsor, relation = (
                name(
                    fillers.tokens(
                        self.pick(
                            [
                                "Iran",
                                "Russia",
                                "U.S.",
                                "Saudi",
                                "Turkey",
                                "Rwanda",
                                "US",
                                "Pakistan",
                                "NATO",
                                "West",
                                "Syria",
                                "Libya",
                                "Cuba",
                                "Israel",
                                "Ukraine",
                            ]
                        )
                    ),
                    "GPE",
                ),
                "compound",
            )
        else:
            sponsor, relation = self.nationality(), "advmod"
        participle = self.pick(
            [
                ("backed", "back"),
                ("led", "lead"),
                ("supported", "support"),
                ("trained", "train"),
                ("allied", "ally"),
                ("funded", "fund"),
                ("aligned", "align"),
                ("linked", "link"),
                ("held", "hold"),
            ]
        )
        middle = join(
            word(participle[0], "VERB", "VBN", participle[1], "Tense=Past|VerbForm=Part"),
            [(sponsor, relation), (hyphen(), "punct")],
            [],
        )
        return join(plain, [(middle, "amod")], [])

    def agent(self) -> tuple[Phrase, bool]:
        """Who does it, and whether plural."""
        draw = self.rng.random()
        if draw < 0.32:
            plain = self.common(self.pick(FIGHTERS), True)
            if self.chance(0.3):
                plain = join(
                    plain,
                    [
                        (
                            adj(
                                self.pick(
                                    [
                                        "suspected",
                                        "armed",
                                        "masked",
                                        "Islamist",
                                        "leftist",
                                        "unidentified",
                                        "unknown",
                                        "rebel",
                                        "hooded",
                                        "elite",
                                        "jihadist",
                                    ]
                                )
                            ),
                            "amod",
                        )
                    ],
                    [],
                )
            elif self.chance(0.25):
                plain = join(plain, [(self.nationality(), "amod")], [])
            elif self.chance(0.2):
                plain = join(plain, [(self.group_name_bare(), "compound")], [])
            elif self.chance(0.25):
                plain = self.backed(plain)
            if self.chance(0.12):
                plain = self.number(plain, few=True)
            elif self.chance(0.05):
                plain = self.scores(plain)
            elif self.chance(0.1):
                plain = join(plain, [(det("the"), "det")], [])
            if self.chance(0.10):
                plain = join(plain, [], [self.agent_tail()])
            return plain, True
        if draw < 0.42:
            single = self.common(self.pick(SINGLE), False)
            return join(single, [(det("a"), "det")], [self.agent_tail()] if self.chance(0.2) else []), False
        if draw < 0.58:
            return self.group_name(), True
        if draw < 0.70:
            weapon = self.common(self.pick(MEANS_SINGLE), False)
            before: list = [(det("a"), "det")]
            if self.chance(0.25):
                before = [(det("a"), "det"), (self.nationality(), "amod")]
            after = [(self.hidden(), "acl")] if self.chance(0.1) else []
            return join(weapon, before, after), False
        if draw < 0.80:
            weapons = self.common(self.pick(MEANS_PLURAL), True)
            if self.chance(0.4):
                weapons = join(weapons, [(self.nationality(), "amod")], [])
            elif self.chance(0.3):
                weapons = self.number(weapons, few=True)
            return weapons, True
        forces = self.pick(
            [
                ("army", False),
                ("military", False),
                ("forces", True),
                ("air:force", False),
                ("troops", True),
                ("police", True),
                ("security:forces", True),
                ("government~forces", True),
                ("navy", False),
                ("junta", False),
            ]
        )
        plain = self.common(forces[0], forces[1])
        if self.chance(0.5):
            plain = join(plain, [(self.nationality(), "amod")], [])
            if not forces[1]:
                plain = join(plain, [(det("the"), "det")], [])
        elif self.chance(0.4):
            plain = join(
                plain, [(join(self.place_name(), [], [(word("'s", "PART", "POS", "'s"), "case")]), "nmod:poss")], []
            )
        elif not forces[1]:
            plain = join(plain, [(det("the"), "det")], [])
        return plain, forces[1]

    def group_name_bare(self) -> Phrase:
        tokens = fillers.group(self.rng)
        return name(tokens, "ARMED_GROUP", tokens[-1] in fillers._GROUP_HEADS)

    def agent_tail(self) -> tuple[Phrase, str]:
        """What may stand between an agent and its verb: "on motorcycles", "dressed as soldiers", "riding on camels"."""
        draw = self.rng.random()
        if draw < 0.15:
            trucks = join(of_case(noun("trucks", True), "in"), [(word("and", "CCONJ", "CC"), "cc")], [])
            rides = of_case(noun(self.pick(["motorbikes", "motorcycles", "horses"]), True), "on")
            return join(rides, [], [(trucks, "conj")]), "nmod"
        if draw < 0.4:
            return of_case(
                noun(self.pick(["motorcycles", "motorbikes", "trucks", "foot", "pickups", "horseback"]), True), "on"
            ), "nmod"
        if draw < 0.7:
            dressed = word("dressed", "VERB", "VBN", "dress", "Tense=Past|VerbForm=Part")
            return join(
                dressed, [], [(of_case(noun(self.pick(["soldiers", "policemen", "women", "civilians"]), True), "as"), "obl")]
            ), "acl"
        verb = self.pick(
            [
                ("riding", "ride", "on", "camels"),
                ("advancing", "advance", "from", None),
                ("wearing", "wear", "", "uniforms"),
                ("armed", "arm", "with", "rifles"),
                ("loyal", "loyal", "to", None),
            ]
        )
        if verb[0] == "loyal":
            return join(adj("loyal"), [], [(of_case(name(fillers.person(self.rng), "PERSON"), "to"), "obl")]), "amod"
        inner = self.place_name() if verb[3] is None else noun(verb[3], True)
        tag = "VBN" if verb[0] == "armed" else "VBG"
        head = word(verb[0], "VERB", tag, verb[1], "VerbForm=Part")
        return (join(head, [], [(of_case(inner, verb[2]), "obl")]) if verb[2] else join(head, [], [(inner, "obj")])), "acl"

    def hidden(self) -> Phrase:
        head = word(
            self.pick(["hidden", "planted", "concealed", "packed"]), "VERB", "VBN", "hide", "Tense=Past|VerbForm=Part"
        )
        return join(
            head,
            [],
            [
                (
                    of_case(
                        join(noun(self.pick(["road", "car", "bag", "cart", "bridge"])), [(det("a"), "det")], []),
                        self.pick(["under", "in", "near", "inside"]),
                    ),
                    "obl",
                )
            ],
        )

    def site(self) -> Phrase:
        """What is attacked when it is a thing."""
        draw = self.rng.random()
        if draw < 0.1:
            return self.place_name()
        if draw < 0.17:
            return name(fillers.site(self.rng), "FAC", True)
        if draw < 0.24:
            plain = self.common(self.pick(["base", "convoy", "checkpoint", "village", "camp", "outpost", "barracks"]), False)
            return join(
                plain,
                [(det("the"), "det")],
                [(of_case(self.place_name(), self.pick(["in", "near", "at", "outside"])), "nmod")],
            )
        plain = self.common(self.pick(SITES), False)
        before: list = [(det("a" if self.chance(0.6) else "the"), "det")]
        if self.chance(0.2):
            before.append((self.nationality(), "amod"))
        elif self.chance(0.15):
            body_name = fillers.body(self.rng)
            before.append((name(body_name, "ORG", True), "compound"))
        elif self.chance(0.15):
            before.append(
                (adj(self.pick(["crowded", "busy", "remote", "local", "nearby", "joint", "makeshift", "key"])), "amod")
            )
        return join(plain, before, [])

    # --- adverbials ---------------------------------------------------------------------------------------------

    def when(self) -> tuple[Phrase, str]:
        draw = self.rng.random()
        day = self.pick(WEEKDAYS)
        if draw < 0.35:
            return join(entity(word(day, "PROPN", "NNP"), "DATE"), [(adp("on"), "case")], []), "obl"
        if draw < 0.55:
            return entity(word(day, "PROPN", "NNP"), "DATE"), "obl:unmarked"
        if draw < 0.65:
            part = noun(self.pick(["morning", "night", "evening", "afternoon"]))
            phrase = entity(join(part, [(word(day, "PROPN", "NNP"), "compound")], []), "TIME")
            return (join(phrase, [(adp("on"), "case")], []), "obl") if self.chance(0.5) else (phrase, "obl:unmarked")
        if draw < 0.75:
            number = word(str(self.rng.randint(1, 30)), "NUM", "CD", feats="NumForm=Digit|NumType=Card")
            month = word(self.pick(MONTHS), "PROPN", "NNP")
            phrase = (
                join(number, [], [(month, "nmod:unmarked")])
                if self.chance(0.5)
                else join(number, [(month, "nmod:unmarked")], [])
            )
            return join(entity(phrase, "DATE"), [(adp("on"), "case")], []), "obl"
        if draw < 0.83:
            unit = noun(self.pick(["week", "month", "year", "weekend"]))
            return entity(join(unit, [(adj(self.pick(["last", "this"])), "amod")], []), "DATE"), "obl:unmarked"
        if draw < 0.90:
            return entity(
                join(word(day, "PROPN", "NNP"), [(word(self.pick(["late", "early"]), "ADV", "RB"), "advmod")], []), "DATE"
            ), "obl:unmarked"
        if draw < 0.95:
            return entity(word(self.pick(["overnight", "yesterday", "today"]), *(("ADV", "RB"))), "DATE"), "advmod"
        return join(entity(word(str(self.rng.randint(1975, 2025)), "NUM", "CD"), "DATE"), [(adp("in"), "case")], []), "obl"

    def where(self) -> tuple[Phrase, str]:
        return of_case(self.place(), self.pick(["in", "in", "in", "near", "outside", "at", "around"])), "obl"

    def adverbials(self, most: int = 2) -> list[tuple[Phrase, str]]:
        found = []
        if self.chance(0.6):
            found.append(self.where())
        if self.chance(0.55):
            found.append(self.when())
        return found[:most]

    # --- clauses ------------------------------------------------------------------------------------------------

    def finite(self, verb: Verb, plural: bool, present: bool = False) -> Phrase:
        if self.chance(0.12):
            return self.perfect(verb, plural, present)
        if present:
            form, tag, feats = (
                (verb[0], "VBP", "Mood=Ind|Tense=Pres|VerbForm=Fin")
                if plural
                else (verb[1], "VBZ", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin")
            )
            if plural:
                feats = "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"
        else:
            form, tag = verb[2], "VBD"
            feats = f"Mood=Ind|Number={'Plur' if plural else 'Sing'}|Person=3|Tense=Past|VerbForm=Fin"
        return word(form, "VERB", tag, verb[0], feats)

    def perfect(self, verb: Verb, plural: bool, present: bool) -> Phrase:
        """ "has fired", "had killed"."""
        form = ("have" if plural else "has") if present or self.chance(0.6) else "had"
        tag = "VBD" if form == "had" else "VBP" if plural else "VBZ"
        participle = word(verb[3], "VERB", "VBN", verb[0], "Tense=Past|VerbForm=Part")
        return join(participle, [(word(form, "AUX", tag, "have"), "aux")], [])

    def complements(self, present: bool = False) -> tuple[Verb, list[tuple[Phrase, str]]]:
        """A verb of attack and what it takes."""
        draw = self.rng.random()
        if draw < 0.38:
            return self.pick(HITTING), [(self.site(), "obj")]
        if draw < 0.68:
            verb = self.pick(HARMING)
            after: list[tuple[Phrase, str]] = [(self.victims(), "obj")]
            if verb[0] == "shoot" and self.chance(0.6):
                after = [(adj("dead"), "xcomp"), *after]
            return verb, after
        if draw < 0.82:
            verb, prepositions = self.pick(REACHING)
            return verb, [(of_case(self.site(), self.pick(prepositions)), "obl")]
        if draw < 0.92:
            verb = self.pick(FIRED)
            thing = self.common(
                self.pick(["rockets", "missiles", "mortars", "shells", "grenades", "bombs", "drones", "shots"]), True
            )
            if self.chance(0.5):
                thing = self.number(thing, few=True)
            return verb, [(thing, "obj"), (of_case(self.site(), self.pick(["at", "at", "on", "into", "towards"])), "obl")]
        if draw < 0.96:
            target = of_case(self.pick([self.site, self.victims])(), "on")
            return ("open", "opens", "opened", "opened", "opening"), [(noun("fire"), "obj"), (target, "obl")]
        verb = self.pick(
            [
                ("gun", "guns", "gunned", "gunned", "gunning", "down"),
                ("blow", "blows", "blew", "blown", "blowing", "up"),
                ("mow", "mows", "mowed", "mown", "mowing", "down"),
                ("cut", "cuts", "cut", "cut", "cutting", "down"),
                ("shoot", "shoots", "shot", "shot", "shooting", "down"),
                ("set", "sets", "set", "set", "setting", "off"),
            ]
        )
        thing = self.victims() if verb[5] == "down" and verb[0] != "shoot" else self.site()
        return verb[:5], [(word(verb[5], "ADP", "RP"), "compound:prt"), (thing, "obj")]

    def outcome(self) -> tuple[Phrase, str]:
        """ ", killing nine people and wounding others": a participle on the main verb."""
        verb = self.pick(HARMING[:3])
        head = word(verb[4], "VERB", "VBG", verb[0], "Tense=Pres|VerbForm=Part")
        after: list[tuple[Phrase, str]] = [(self.victims(), "obj")]
        if self.chance(0.4):
            second = self.pick(HARMING[1:3])
            hurt = join(
                word(second[4], "VERB", "VBG", second[0], "Tense=Pres|VerbForm=Part"),
                [(word("and", "CCONJ", "CC"), "cc")],
                [(self.others(), "obj")],
            )
            after.append((hurt, "conj"))
        return join(head, [], after), "advcl"

    def others(self) -> Phrase:
        if self.chance(0.5):
            return self.number(noun("others", True, "other"), few=self.chance(0.5))
        return self.victims()

    def active(self, present: bool = False, bare: bool = False) -> Phrase:
        subject, plural = self.agent()
        verb, after = self.complements()
        head = self.finite(verb, plural, present)
        before: list[tuple[Phrase, str]] = [(subject, "nsubj")]
        if not bare and self.chance(0.12):
            before.append((entity(word(self.pick(["yesterday", "today"]), "NOUN", "NN"), "DATE"), "obl:unmarked"))
        if self.chance(0.07) and not bare:
            verb_inside, inside = self.complements()
            who = word("who" if plural else "which", "PRON", "WP" if plural else "WDT", None, "PronType=Rel")
            relative = join(self.finite(verb_inside, plural), [(who, "nsubj")], inside)
            before[0] = (join(subject, [], [(punct(","), "punct"), (relative, "acl:relcl"), (punct(","), "punct")]), "nsubj")
        elif self.chance(0.05) and not bare:
            before.insert(1, (self.pick([self.parenthesis])(), "acl"))
            before.insert(1, (punct(","), "punct"))
            before.insert(3, (punct(","), "punct"))
            inner = before.pop(0), before.pop(0), before.pop(0), before.pop(0)
            before.insert(0, (join(inner[0][0], [], list(inner[1:])), "nsubj"))
        after = [*after, *([] if bare else self.adverbials())]
        if self.chance(0.18) and not bare:
            second, more = self.complements()
            conj = join(self.finite(second, plural, present), [(word("and", "CCONJ", "CC"), "cc")], more)
            if self.chance(0.4):
                third, extra = self.complements()
                after += [(punct(","), "punct"), (join(self.finite(third, plural, present), [], extra), "conj")]
            after.append((conj, "conj"))
        elif self.chance(0.3):
            after += [(punct(","), "punct"), self.outcome()]
        return join(head, before, after)

    def parenthesis(self) -> Phrase:
        head = word(
            self.pick(["described", "identified", "known", "armed", "backed"]),
            "VERB",
            "VBN",
            "describe",
            "Tense=Past|VerbForm=Part",
        )
        doer = join(
            noun(self.pick(["ministry", "army", "government", "police"])), [(adp("by"), "case"), (det("the"), "det")], []
        )
        return join(head, [], [(doer, "obl:agent")])

    def passive(self, reduced: bool = False) -> Phrase:
        harmed = self.chance(0.75)
        verb = self.pick(HARMING if harmed else HITTING)
        subject = self.person() if harmed and self.chance(0.15) else self.victims() if harmed else self.site()
        plural = subject.rows[subject.root][3] == "NNS" or any(row[6] == "conj" for row in subject.rows)
        head = word(verb[3], "VERB", "VBN", verb[0], "Tense=Past|VerbForm=Part|Voice=Pass")
        before: list[tuple[Phrase, str]] = [(subject, "nsubj:pass")]
        if not reduced:
            before += self.passive_auxiliaries(plural)
        after: list[tuple[Phrase, str]] = []
        draw = self.rng.random()
        if verb[0] == "shoot" and self.chance(0.6):
            after.append((adj("dead"), "xcomp"))
        if draw < 0.3:
            after.append((of_case(self.agent()[0], "by"), "obl:agent"))
        elif draw < 0.6:
            after.append((of_case(self.act(), "in"), "obl"))
        elif draw < 0.75:
            after.append(
                (
                    join(self.active(bare=True), [(word(self.pick(["when", "after", "as"]), *("SCONJ", "IN")), "mark")], []),
                    "advcl",
                )
            )
        if self.chance(0.25):
            second = self.pick(HARMING[1:3])
            wounded = word(second[3], "VERB", "VBN", second[0], "Tense=Past|VerbForm=Part|Voice=Pass")
            more = (
                self.number(noun("others", True, "other"), few=True)
                if self.chance(0.5)
                else entity(word(str(self.rng.randint(10, 99)), "NUM", "CD"), "CARDINAL")
            )
            aux = [(word("were", "AUX", "VBD", "be"), "aux:pass")] if self.chance(0.5) and not reduced else []
            conj = join(wounded, [(word("and", "CCONJ", "CC"), "cc"), (more, "nsubj:pass"), *aux], [])
            after.insert(0, (conj, "conj"))
        after += self.adverbials()
        return join(head, before, after)

    def passive_auxiliaries(self, plural: bool) -> list[tuple[Phrase, str]]:
        been = (word("been", "AUX", "VBN", "be", "Tense=Past|VerbForm=Part"), "aux:pass")
        draw = self.rng.random()
        if draw < 0.72:
            form = "were" if plural else "was"
            return [(word(form, "AUX", "VBD", "be", "Mood=Ind|Tense=Past|VerbForm=Fin"), "aux:pass")]
        if draw < 0.84:
            form, tag = ("have", "VBP") if plural else ("has", "VBZ")
            return [(word(form, "AUX", tag, "have"), "aux"), been]
        if draw < 0.92:
            return [(word("had", "AUX", "VBD", "have"), "aux"), been]
        modal = word(self.pick(["may", "might", "could", "must"]), "AUX", "MD", None, "VerbForm=Fin")
        return [(modal, "aux"), (word("have", "AUX", "VB", "have", "VerbForm=Inf"), "aux"), been]

    def act(self, bare: bool = False) -> Phrase:
        """A nominal act with its object or doer."""
        spec = self.pick(ACTS[:-1])
        head = self.common(spec, False)
        if ":" in spec:
            first = spec.split(":")[0]
            head.entities = [(0, 1, "WEAPON")] if first in ("drone", "missile", "rocket", "mortar", "bomb") else []
        before: list[tuple[Phrase, str]] = []
        draw = self.rng.random()
        if not bare:
            before.append((det(self.pick(["a", "an", "the"]) if spec[0] in "aeiou" else self.pick(["a", "the"])), "det"))
        if draw < 0.2:
            before.append((self.nationality(), "amod"))
        elif draw < 0.3:
            before.append(
                (
                    adj(
                        self.pick(
                            ["suspected", "deadly", "similar", "recent", "overnight", "retaliatory", "jihadist", "rebel"]
                        )
                    ),
                    "amod",
                )
            )
        after: list[tuple[Phrase, str]] = []
        if self.chance(0.14):
            done = self.pick(
                [
                    ("claimed", "claim"),
                    ("carried", "carry"),
                    ("blamed", "blame"),
                    ("laid", "lay"),
                    ("perpetrated", "perpetrate"),
                    ("launched", "launch"),
                    ("staged", "stage"),
                ]
            )
            participle = word(done[0], "VERB", "VBN", done[1], "Tense=Past|VerbForm=Part")
            if done[0] == "carried":
                participle = join(participle, [], [(word("out", "ADP", "RP"), "compound:prt")])
            tail = of_case(self.group_name(), "on" if done[0] == "blamed" else "by")
            more = (
                [(tail, "obl" if done[0] == "blamed" else "obl:agent")]
                if self.chance(0.6)
                else [self.when() if self.chance(0.5) else self.where()]
            )
            after.append((join(participle, [], more), "acl"))
        if self.chance(0.55):
            after.append((of_case(self.site(), self.pick(["on", "on", "against", "at"])), "nmod"))
        if self.chance(0.15):
            after.append((of_case(self.agent()[0], "by"), "nmod"))
        if self.chance(0.2):
            where, _ = self.where()
            after.append((where, "nmod"))
        phrase = join(head, before, after)
        if self.chance(0.22):
            verb, more = self.complements()
            that = word(self.pick(["that", "which"]), "PRON", "WDT", None, "PronType=Rel")
            clause = join(self.finite(verb, False), [(that, "nsubj")], more)
            phrase = join(phrase, [], [(clause, "acl:relcl")])
        return phrase

    def nominal(self) -> Phrase:
        """An act in subject or object position of another verb."""
        draw = self.rng.random()
        if draw < 0.35:
            verb, after = self.complements()
            return join(self.finite(verb, False), [(self.act(), "nsubj")], [*after, *self.adverbials(1)])
        if draw < 0.6:
            subject, plural = self.agent()
            light = self.pick(LIGHT)
            particle = [(word(light[5], "ADP", "RP"), "compound:prt")] if light[5] else []
            return join(
                self.finite(light[:5], plural), [(subject, "nsubj")], [*particle, (self.act(), "obj"), *self.adverbials(1)]
            )
        if draw < 0.85:
            subject = self.group_name()
            claim = join(noun("responsibility"), [], [(of_case(self.act(), "for"), "nmod")])
            return join(
                self.finite(("claim", "claims", "claimed", "claimed", "claiming"), True),
                [(subject, "nsubj")],
                [(claim, "obj"), *([self.when()] if self.chance(0.3) else [])],
            )
        if self.chance(0.5):
            return self.toll()
        victims = self.victims()
        die = ("die", "dies", "died", "died", "dying")
        return join(self.finite(die, True), [(victims, "nsubj")], [(of_case(self.act(), "in"), "obl"), *self.adverbials(1)])

    def toll(self) -> Phrase:
        """ "The blast cost the lives of nine people", "... left two soldiers dead"."""
        subject = self.act()
        draw = self.rng.random()
        if draw < 0.5:
            verb = self.pick(
                [
                    ("cost", "costs", "cost", "cost", "costing"),
                    ("claim", "claims", "claimed", "claimed", "claiming"),
                    ("take", "takes", "took", "taken", "taking"),
                ]
            )
            lives = join(noun("lives", True, "life"), [(det("the"), "det")], [(of_case(self.victims(), "of"), "nmod")])
            return join(self.finite(verb, False), [(subject, "nsubj")], [(lives, "obj")])
        leave = ("leave", "leaves", "left", "left", "leaving")
        state = adj(self.pick(["dead", "wounded", "injured", "homeless"]))
        return join(self.finite(leave, False), [(subject, "nsubj")], [(self.victims(), "obj"), (state, "xcomp")])

    def core(self) -> Phrase:
        draw = self.rng.random()
        clause = self.active() if draw < 0.5 else self.passive() if draw < 0.75 else self.nominal()
        if self.chance(0.15):
            mark = word(self.pick(["as", "after", "when", "while", "before"]), "SCONJ", "IN")
            sub = join(self.active(bare=True), [(mark, "mark")], [])
            clause = join(clause, [], [(sub, "advcl")])
        if self.chance(0.06):
            # "... on Tuesday, when gunmen stormed the camp": the clause describes the day.
            day = entity(word(self.pick(WEEKDAYS), "PROPN", "NNP"), "DATE")
            told = join(self.active(bare=True), [(word("when", "ADV", "WRB", None, "PronType=Rel"), "advmod")], [])
            dated = join(day, [(adp("on"), "case")], [(punct(","), "punct"), (told, "acl:relcl")])
            clause = join(clause, [], [(dated, "obl")])
        if self.chance(0.06):
            # "Two days after rebels seized the town, ..."
            count = word(self.pick(["Two", "Three", "Ten", "Four", "Five"]), "NUM", "CD")
            span = entity(
                join(noun(self.pick(["days", "weeks", "months", "years", "hours"]), True), [(count, "nummod")], []), "DATE"
            )
            if span.rows[-1][0] == "hours":
                span.entities = [(0, 2, "TIME")]
            earlier = join(self.active(bare=True), [(span, "obl:unmarked"), (word("after", "SCONJ", "IN"), "mark")], [])
            clause = join(clause, [(earlier, "advcl"), (punct(","), "punct")], [])
        elif self.chance(0.25):
            when, relation = self.when()
            opening = when if self.chance(0.5) else self.where()[0]
            relation = relation if opening is when else "obl"
            clause = join(clause, [(opening, relation), *([(punct(","), "punct")] if self.chance(0.75) else [])], [])
        return clause

    def speaker(self) -> tuple[Phrase, bool]:
        draw = self.rng.random()
        if draw < 0.4:
            spec = self.pick(SAYERS)
            if spec.startswith(("the~", "a~")):
                article, last = spec.split("~")
                return join(noun(last), [(det(article), "det")], []), False
            plain = self.common(spec, True)
            if self.chance(0.3):
                plain = join(
                    plain,
                    [(adj(self.pick(["local", "military", "medical", "regional", "senior", "two", "US"])), "amod")],
                    [],
                )
            return plain, True
        if draw < 0.75:
            person = name(fillers.person(self.rng), "PERSON")
            if self.chance(0.6):
                title = self.pick(
                    "President Minister Gen. Col. Maj. Lt. Sgt. Governor Commander Senator Mr Mr. Mayor Captain General Colonel Brigadier Secretary Sen. Sheikh".split()
                )
                person = join(person, [(word(title, "PROPN", "NNP"), "nmod:desc")], [])
            elif self.chance(0.4):
                role = join(noun(self.pick(SPEAKERS)), [(det(self.pick(["a", "the"])), "det")], [])
                if self.chance(0.4):
                    role = join(role, [], [(of_case(name(fillers.body(self.rng), "ORG", True), "for"), "nmod")])
                person = join(person, [], [(punct(","), "punct"), (role, "appos"), (punct(","), "punct")])
            return person, False
        body = name(fillers.body(self.rng), "ORG", True)
        return (join(body, [(det("the"), "det")], []) if self.chance(0.6) else body), False

    def sentence(self) -> tuple[Sentence, list[tuple[int, int, str]]]:
        """One sentence of running text."""
        clause = self.core()
        draw = self.rng.random()
        if draw < 0.22:
            said, plural = self.speaker()
            verb = self.finite(self.pick(SAYING), plural)
            clause = join(verb, [(clause, "ccomp"), (punct(","), "punct"), (said, "nsubj")], [])
        elif draw < 0.45:
            said, plural = self.speaker()
            mark = [(word("that", "SCONJ", "IN"), "mark")] if self.chance(0.6) else []
            verb = self.finite(self.pick(SAYING), plural)
            clause = join(verb, [(said, "nsubj")], [(join(clause, mark, []), "ccomp")])
        elif draw < 0.52:
            source = of_case(self.speaker()[0], "to")
            according = join(source, [(word("according", "VERB", "VBG", "accord"), "case")], [])
            according.rows[0][5], according.rows[0][6] = according.root, "case"
            according.rows[1][5], according.rows[1][6] = 0, "fixed"
            clause = join(clause, [], [(punct(","), "punct"), (according, "obl")])
        elif draw < 0.57:
            learned = word(self.pick(["learned", "reported", "announced"]), "VERB", "VBN", None, "Tense=Past|VerbForm=Part")
            it = word("it", "PRON", "PRP", None, "Case=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs")
            was = word("was", "AUX", "VBD", "be")
            clause = join(
                learned,
                [(clause, "ccomp"), (punct(","), "punct"), (it, "nsubj:pass"), (was, "aux:pass")],
                [self.where()] if self.chance(0.5) else [],
            )
            clause.rows[clause.root][1] = (
                clause.rows[clause.root][0][:-2] if not clause.rows[clause.root][0].endswith("ced") else "announce"
            )
        clause = join(clause, [], [(punct("."), "punct")])
        if self.chance(0.06):
            return self.finish(self.listed(clause), capitalise=False)
        if self.chance(0.1):
            clause = self.dateline(clause)
        return self.finish(clause, capitalise=True)

    def listed(self, clause: Phrase) -> Phrase:
        """A bullet, a clock time or "[Text]" before the sentence."""
        clause.rows[0][0] = clause.rows[0][0][:1].upper() + clause.rows[0][0][1:]
        draw = self.rng.random()
        if draw < 0.3:
            return join(clause, [(word("•", "PUNCT", "NFP", "•"), "punct")], [])
        clock = entity(word(f"{self.rng.randint(0, 23)}{self.pick('.:')}{self.rng.randint(10, 59)}", "NUM", "CD"), "TIME")
        if draw < 0.6:
            return join(clause, [(word("•", "PUNCT", "NFP", "•"), "punct"), (clock, "parataxis")], [])
        if draw < 0.8:
            return join(clause, [(clock, "parataxis")], [])
        label = join(
            noun("Text"), [(word("[", "PUNCT", "-LRB-", "["), "punct")], [(word("]", "PUNCT", "-RRB-", "]"), "punct")]
        )
        return join(clause, [(label, "parataxis")], [])

    def dateline(self, clause: Phrase) -> Phrase:
        """ "KABUL, Afghanistan (AP) - ...": hangs on the sentence it opens."""
        tokens = tuple(token.upper() for token in fillers.place(self.rng))
        city = name(tokens, "GPE")
        after: list[tuple[Phrase, str]] = []
        if self.chance(0.5):
            after += [(punct(","), "punct"), (self.place_name(), "appos")]
        if self.chance(0.4):
            day = word(str(self.rng.randint(1, 30)), "NUM", "CD", feats="NumForm=Digit|NumType=Card")
            date = entity(join(day, [(word(self.pick(MONTHS), "PROPN", "NNP"), "nmod:unmarked")], []), "DATE")
            after += [(punct(","), "punct"), (date, "nmod:unmarked")]
        if self.chance(0.6):
            agency = name(
                fillers.tokens(self.pick(["AP", "Reuters", "AFP", "CP", "UPI", "dpa", "Xinhua", "Tass"]))
                if self.chance(0.5)
                else fillers.body(self.rng),
                "ORG",
                True,
            )
            after.append((join(agency, [(punct("("), "punct")], [(punct(")"), "punct")]), "parataxis"))
        line = join(city, [], after)
        return join(clause, [(line, "parataxis"), (punct(self.pick(["-", "–", "—", ":"])), "punct")], [])

    def headline(self) -> tuple[Sentence, list[tuple[int, int, str]]]:
        """Present tense or bare participle, no articles, no full stop."""
        draw = self.rng.random()
        if draw < 0.55:
            clause = self.active(present=True, bare=True)
            if self.chance(0.5):
                clause = join(clause, [], [(of_case(self.place(), "in"), "obl")])
            if self.chance(0.2):
                clause = join(clause, [], [(punct(","), "punct"), self.outcome()])
        elif draw < 0.85:
            clause = self.passive(reduced=True)
        else:
            clause = join(
                self.finite(("say", "says", "said", "said", "saying"), False, True),
                [
                    (self.active(present=True, bare=True), "ccomp"),
                    (punct(","), "punct"),
                    (name(fillers.body(self.rng), "ORG", True), "nsubj"),
                ],
                [],
            )
        clause = without_articles(clause)
        sentence, entities = self.finish(clause, capitalise=True)
        if self.chance(0.3):
            for item in sentence.words:
                if item.upos in ("NOUN", "VERB", "ADJ", "NUM"):
                    item.form = item.form[:1].upper() + item.form[1:]
        return sentence, entities

    def finish(self, clause: Phrase, capitalise: bool) -> tuple[Sentence, list[tuple[int, int, str]]]:
        words = []
        rows = clause.rows
        for index, (form, lemma, upos, xpos, feats, head, relation) in enumerate(rows):
            following = rows[index + 1] if index + 1 < len(rows) else None
            space = True
            if following is not None:
                tight = following[0] in (",", ".", ")", "]", ":", ";", "'s", "’s") and following[2] in ("PUNCT", "PART")
                hyphenated = xpos == "HYPH" or following[3] == "HYPH"
                space = not (tight or hyphenated or form in ("(", "["))
            if form in ("a", "an") and upos == "DET" and following is not None:
                form = "an" if following[0][0].lower() in "aeiou" else "a"
            words.append(Word(form, lemma, upos, xpos, feats, head, relation, {}, space))
        if capitalise and words[0].form[0].islower():
            words[0].form = words[0].form[0].upper() + words[0].form[1:]
        return Sentence(words), clause.entities


def without_articles(phrase: Phrase) -> Phrase:
    keep = [index for index, row in enumerate(phrase.rows) if row[2] != "DET"]
    where = {old: new for new, old in enumerate(keep)}
    rows = []
    for old in keep:
        row = list(phrase.rows[old])
        row[5] = where.get(row[5], where[old])
        rows.append(row)
    entities = []
    for start, end, label in phrase.entities:
        inside = [where[i] for i in range(start, end) if i in where]
        if inside:
            entities.append((inside[0], inside[-1] + 1, label))
    return Phrase(rows, where[phrase.root], entities)


_SINGULARS = {
    "men": "man",
    "gunmen": "gunman",
    "people": "person",
    "children": "child",
    "women": "woman",
    "policemen": "policeman",
    "militiamen": "militiaman",
    "tribesmen": "tribesman",
    "fishermen": "fisherman",
    "police": "police",
    "paramilitaries": "paramilitary",
}


def _singular(plural: str) -> str:
    if plural in _SINGULARS:
        return _SINGULARS[plural]
    return plural[:-1] if plural.endswith("s") else plural
