"""Further constructions of conflict news for the grammar: what a parser that knew `generate`'s sentences still misread.

Each method writes one construction as a tree; nouns, verbs, names and adverbials come from `generate.Grammar`. Labels
follow the treebanks ("took villagers hostage": xcomp; "accused X of killing": advcl; "twenty-nine": compound).
"""

# ruff: noqa: SIM905 - word lists read better as running text

from __future__ import annotations

import random
from collections.abc import Callable

from training import fillers
from training.conllu import Sentence
from training.generate import (
    HARMING,
    HITTING,
    MONTHS,
    SMALL,
    WEEKDAYS,
    Grammar,
    Phrase,
    Verb,
    adj,
    adp,
    det,
    entity,
    hyphen,
    join,
    name,
    noun,
    of_case,
    punct,
    without_articles,
    word,
)

Part = tuple[Phrase, str]
Drawn = tuple[Sentence, list[tuple[int, int, str]]]

# Acts that need no article: "shelling damaged a school".
MASS_ACTS = "shelling bombardment gunfire shellfire artillery:fire sniper:fire heavy~shelling crossfire fighting air:strikes rocket:fire clashes violence mortar:fire".split()
BECOMES: list[Verb] = [
    ("continue", "continues", "continued", "continued", "continuing"),
    ("resume", "resumes", "resumed", "resumed", "resuming"),
    ("begin", "begins", "began", "begun", "beginning"),
    ("erupt", "erupts", "erupted", "erupted", "erupting"),
    ("break", "breaks", "broke", "broken", "breaking"),
]
INTENDING: list[Verb] = [
    ("plan", "plans", "planned", "planned", "planning"),
    ("try", "tries", "tried", "tried", "trying"),
    ("threaten", "threatens", "threatened", "threatened", "threatening"),
    ("attempt", "attempts", "attempted", "attempted", "attempting"),
    ("vow", "vows", "vowed", "vowed", "vowing"),
    ("claim", "claims", "claimed", "claimed", "claiming"),
    ("manage", "manages", "managed", "managed", "managing"),
    ("want", "wants", "wanted", "wanted", "wanting"),
]
DYING: Verb = ("die", "dies", "died", "died", "dying")
TENS = "Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety".split()
PAIRS = "attacked:burned stormed:looted ambushed:killed struck:destroyed hit:damaged shot:wounded seized:burned killed:beheaded captured:executed struck:eliminated bombed:strafed besieged:overran raided:ransacked shelled:stormed abducted:murdered".split()


def to() -> Phrase:
    return word("to", "PART", "TO", "to")


def conjunction(form: str = "and") -> Phrase:
    return word(form, "CCONJ", "CC", form)


def form_of_be(form: str, tag: str) -> Phrase:
    return word(form, "AUX", tag, "be", "Mood=Ind|VerbForm=Fin")


def participle(form: str, lemma: str) -> Phrase:
    return word(form, "VERB", "VBN", lemma, "Tense=Past|VerbForm=Part")


def gerund(verb: Verb) -> Phrase:
    return word(verb[4], "VERB", "VBG", verb[0], "Tense=Pres|VerbForm=Part")


class NewsGrammar(Grammar):
    """The grammar with all its constructions."""

    def number(self, noun_phrase: Phrase, few: bool = False) -> Phrase:
        if few or not self.chance(0.06):
            return super().number(noun_phrase, few)
        # "twenty-nine soldiers"
        unit = word(self.pick(SMALL[:8]), "NUM", "CD", feats="NumForm=Word|NumType=Card")
        tens = word(self.pick(TENS).lower(), "NUM", "CD", feats="NumForm=Word|NumType=Card")
        return join(
            noun_phrase, [(entity(join(unit, [(tens, "compound"), (hyphen(), "punct")], []), "CARDINAL"), "nummod")], []
        )

    def agent(self) -> tuple[Phrase, bool]:
        draw = self.rng.random()
        if draw < 0.07:
            return self.mass_act(), False
        if draw < 0.13:
            plain, plural = super().agent()
            return join(plain, [], [self.aside()]), plural
        return super().agent()

    def when(self) -> Part:
        draw = self.rng.random()
        if draw < 0.05:
            day = word(self.pick(WEEKDAYS), "PROPN", "NNP")
            return entity(join(day, [(word("this", "DET", "DT"), "det")], []), "DATE"), "obl:unmarked"
        if draw < 0.10:
            day = join(noun("day"), [(det("the"), "det"), (adj(self.pick(["next", "following", "same"])), "amod")], [])
            return entity(day, "DATE"), "obl:unmarked"
        return super().when()

    def mass_act(self) -> Phrase:
        spec = self.pick(MASS_ACTS)
        phrase = self.common(spec, spec.endswith("s"))
        phrase.entities = []
        after = [] if self.chance(0.5) else [self.when() if self.chance(0.5) else self.where()]
        after = [
            (part, "nmod" if relation == "obl" else "nmod:unmarked") for part, relation in after if relation != "advmod"
        ]
        return join(phrase, [], after)

    def aside(self) -> Part:
        """ "believed to be linked to X", "using homemade mortars", between a noun and its verb."""
        draw = self.rng.random()
        if draw < 0.35:
            linked = join(participle("linked", "link"), [(to(), "mark"), (word("be", "AUX", "VB", "be"), "aux:pass")], [])
            linked = join(linked, [], [(of_case(self.group_name(), "to"), "obl")])
            form, lemma = self.pick(
                [("believed", "believe"), ("thought", "think"), ("said", "say"), ("suspected", "suspect")]
            )
            return join(participle(form, lemma), [], [(linked, "xcomp")]), "acl"
        if draw < 0.6:
            doer = of_case(self.group_name_bare(), self.pick(["to", "from", "of"]))
            return doer, "nmod"
        using = gerund(
            self.pick([("use", "", "", "", "using"), ("carry", "", "", "", "carrying"), ("fire", "", "", "", "firing")])
        )
        arms = self.common(self.pick(["rockets", "mortars", "grenades", "missiles", "bombs"]), True)
        tool = self.pick(["homemade", "heavy", "automatic", "stolen"])
        return join(using, [], [(join(arms, [(adj(tool), "amod")], []), "obj")]), "acl"

    def complements(self, present: bool = False) -> tuple[Verb, list[Part]]:
        draw = self.rng.random()
        if draw < 0.03:
            taken = self.number(self.common(self.pick(["villagers", "soldiers", "civilians", "policemen"]), True), few=True)
            return ("take", "takes", "took", "taken", "taking"), [(taken, "obj"), (noun("hostage"), "xcomp")]
        if draw < 0.07:
            return self.pick(HARMING), [(self.described_victim(), "obj")]
        if draw < 0.10:
            return self.pick(HARMING), [(self.victims_with_aside(), "obj")]
        if draw < 0.13:
            under = of_case(
                self.common(self.pick(["attack", "fire", "bombardment", "heavy~fire", "mortar:fire"]), False), "under"
            )
            return ("come", "comes", "came", "come", "coming"), [(under, "obl")]
        return super().complements(present)

    def described_victim(self) -> Phrase:
        """ "a tribal elder, Mirza Gul, and his nephew": the name is an apposition, the second victim a conjunct."""
        kind = self.pick(["elder", "commander", "judge", "journalist", "teacher", "governor", "cleric", "leader", "mayor"])
        person = name(fillers.person(self.rng), "PERSON")
        named = join(
            noun(kind),
            [(det("a"), "det"), (adj(self.pick(["tribal", "local", "senior", "former", "prominent"])), "amod")],
            [(punct(","), "punct"), (person, "appos")],
        )
        if self.chance(0.5):
            his = word("his", "PRON", "PRP$", "his", "Case=Gen|Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs")
            kin = join(
                noun(self.pick(["nephew", "wife", "son", "driver", "brother", "bodyguard"])), [(his, "nmod:poss")], []
            )
            return join(named, [], [(punct(","), "punct"), (join(kin, [(conjunction(), "cc")], []), "conj")])
        return named

    def victims_with_aside(self) -> Phrase:
        """ "five youths, one of them a student": the clause after the comma hangs on the noun."""
        people = self.number(self.common(self.pick(["youths", "civilians", "soldiers", "men", "villagers"]), True), few=True)
        them = of_case(word("them", "PRON", "PRP", "they", "Case=Acc|Number=Plur|Person=3|PronType=Prs"), "of")
        one = word(self.pick(["one", "two", "three", "most"]), "NUM", "CD", feats="NumForm=Word|NumType=Card")
        subject = join(one, [], [(them, "nmod")])
        what = noun("children", True, "child") if one.rows[0][0] != "one" else join(noun("student"), [(det("a"), "det")], [])
        return join(people, [], [(punct(","), "punct"), (join(what, [(subject, "nsubj")], []), "appos")])

    def core(self) -> Phrase:
        makers: list[tuple[float, Callable[[], Phrase]]] = [
            (0.56, super().core),
            (0.05, self.after_act),
            (0.04, self.as_clause),
            (0.04, self.since_when),
            (0.03, self.intending),
            (0.04, self.accusing),
            (0.03, self.feared),
            (0.03, self.killed_and_wounded),
            (0.03, self.step_taken),
            (0.03, self.paired),
            (0.03, self.perfect_with_time),
            (0.03, self.ascribed),
            (0.03, self.counted_act),
            (0.03, self.relative_on_place),
        ]
        makers_only = [maker for _, maker in makers]
        return self.rng.choices(makers_only, [weight for weight, _ in makers])[0]()

    def act(self, bare: bool = False) -> Phrase:
        """Also acts that name what suffers after "of": "the kidnapping of Delgado Parker"."""
        if bare or not self.chance(0.18):
            return super().act(bare)
        kind = self.pick(["killing", "kidnapping", "murder", "assassination", "abduction", "shooting", "execution"])
        if self.chance(0.4):
            kind, suffers = self.pick(["bombing", "shelling", "destruction", "capture", "burning", "storming"]), self.site()
        else:
            suffers = self.person() if self.chance(0.5) else self.victims()
        after: list[Part] = [(of_case(suffers, "of"), "nmod")]
        if self.chance(0.2):
            after.append((of_case(self.agent()[0], "by"), "nmod"))
        return join(noun(kind), [(det("the"), "det")], after)

    def step_taken(self) -> Phrase:
        """ "The army took the step of attacking X", "the men responsible for the bombing fled"."""
        if self.chance(0.5):
            who = noun(self.pick(["people", "men", "militants", "soldiers", "gunmen"]), True)
            charge = join(adj("responsible"), [], [(of_case(self.act(), "for"), "obl")])
            told = join(who, [(det("the"), "det")], [(charge, "amod")])
            verb = self.pick(
                [("flee", "flees", "fled", "fled", "fleeing"), ("escape", "escapes", "escaped", "escaped", "escaping")]
            )
            return join(self.finite(verb, True), [(told, "nsubj")], self.adverbials(1))
        subject, plural = self.agent()
        verb, after = self.complements()
        doing = join(gerund(verb), [(word("of", "SCONJ", "IN", "of"), "mark")], after)
        thing = noun(self.pick(["step", "risk", "decision", "idea", "tactic"]))
        object_ = join(thing, [(det("the"), "det")], [(doing, "acl")])
        take = self.pick(
            [("take", "takes", "took", "taken", "taking"), ("defend", "defends", "defended", "defended", "defending")]
        )
        return join(self.finite(take, plural), [(subject, "nsubj")], [(object_, "obj")])

    def after_act(self) -> Phrase:
        """ "Following the attack on X, in which nine soldiers were killed, jets bombed Y"; "A day after the raid, ..."."""
        act = self.act()
        if self.chance(0.5):
            verb = self.pick(HARMING)
            which = join(word("which", "PRON", "WDT", "which", "PronType=Rel"), [(adp("in"), "case")], [])
            were = word("were", "AUX", "VBD", "be", "Mood=Ind|Tense=Past|VerbForm=Fin")
            killed = join(
                word(verb[3], "VERB", "VBN", verb[0], "Tense=Past|VerbForm=Part|Voice=Pass"),
                [(which, "obl"), (self.victims(), "nsubj:pass"), (were, "aux:pass")],
                [],
            )
            act = join(act, [], [(punct(","), "punct"), (killed, "acl:relcl")])
        if self.chance(0.5):
            opening = join(act, [(word("following", "VERB", "VBG", "follow", "VerbForm=Part"), "case")], [])
        else:
            day = join(noun(self.pick(["day", "week", "month"])), [(det("a"), "det")], [])
            opening = join(act, [(entity(day, "DATE"), "obl:unmarked"), (adp(self.pick(["after", "before"])), "case")], [])
        return join(self.active(), [(opening, "obl"), (punct(","), "punct")], [])

    def as_clause(self) -> Phrase:
        """ "Fighting continued as rebels pounded the barracks"; "Nine soldiers died when gunmen overran the camp"."""
        mark = word(self.pick(["as", "when", "after", "while"]), "SCONJ", "IN")
        subject, plural = self.agent()
        verb, after = self.complements()
        before: list[Part] = [(mark, "mark"), (subject, "nsubj")]
        told = join(self.finite(verb, plural), before, after)
        if self.chance(0.3):
            second, more = self.complements()
            told = join(told, [], [(join(self.finite(second, plural), [(conjunction(), "cc")], more), "conj")])
        if self.chance(0.5):
            main = join(
                self.finite(DYING, True), [(self.victims(), "nsubj")], self.adverbials(1) if self.chance(0.4) else []
            )
        else:
            fighting = noun(self.pick(["fighting", "violence", "panic", "shelling"]))
            main = join(
                self.finite(self.pick(BECOMES[:4]), False), [(fighting, "nsubj")], [self.when()] if self.chance(0.5) else []
            )
        return join(main, [], [(told, "advcl")])

    def since_when(self) -> Phrase:
        """ "The town was attacked in 2013, when gunmen shot 44 people": the clause describes the date."""
        draw = self.rng.random()
        if draw < 0.4:
            date = entity(word(str(self.rng.randint(1985, 2025)), "NUM", "CD", feats="NumForm=Digit|NumType=Card"), "DATE")
            case = self.pick(["since", "in"])
        elif draw < 0.7:
            day = word(str(self.rng.randint(1, 30)), "NUM", "CD", feats="NumForm=Digit|NumType=Card")
            date, case = entity(join(day, [], [(word(self.pick(MONTHS), "PROPN", "NNP"), "nmod:unmarked")]), "DATE"), "on"
        else:
            month = word(self.pick(MONTHS[:12]), "PROPN", "NNP")
            date, case = entity(join(month, [(adj("last"), "amod")], []), "DATE"), ""
        when = word("when", "ADV", "WRB", "when", "PronType=Rel")
        clause = self.active(bare=True) if self.chance(0.5) else self.passive()
        told = join(clause, [(when, "advmod")], [])
        dated = join(date, [(adp(case), "case")] if case else [], [(punct(","), "punct"), (told, "acl:relcl")])
        main = self.passive() if self.chance(0.4) else self.active(bare=True)
        return join(main, [], [(dated, "obl" if case else "obl:unmarked")])

    def intending(self) -> Phrase:
        """ "They had planned to attack the stadium", "claims to have killed nine soldiers"."""
        subject, plural = self.agent()
        verb, after = self.complements()
        infinitive = word(verb[0], "VERB", "VB", verb[0], "VerbForm=Inf")
        before: list[Part] = [(to(), "mark")]
        if self.chance(0.3):
            infinitive = participle(verb[3], verb[0])
            before.append((word("have", "AUX", "VB", "have", "VerbForm=Inf"), "aux"))
        aim = join(infinitive, before, after)
        if self.chance(0.3):
            second, more = self.complements()
            form = second[0] if len(before) == 1 else second[3]
            tag = "VB" if len(before) == 1 else "VBN"
            aim = join(aim, [], [(join(word(form, "VERB", tag, second[0]), [(conjunction(), "cc")], more), "conj")])
        main = join(self.finite(self.pick(INTENDING), plural, self.chance(0.3)), [(subject, "nsubj")], [(aim, "xcomp")])
        return join(main, [], [self.when()]) if self.chance(0.2) else main

    def accusing(self) -> Phrase:
        """ "The army accused X of killing ...", "blamed X for the attack", "blamed the attack on X"."""
        speaker, plural = self.speaker()
        accused = self.group_name() if self.chance(0.5) else self.agent()[0]
        draw = self.rng.random()
        if draw < 0.4:
            verb, after = self.complements()
            doing = join(gerund(verb), [(word("of", "SCONJ", "IN", "of"), "mark")], after)
            accuse = ("accuse", "accuses", "accused", "accused", "accusing")
            return join(
                self.finite(accuse, plural, self.chance(0.3)), [(speaker, "nsubj")], [(accused, "obj"), (doing, "advcl")]
            )
        blame = self.finite(("blame", "blames", "blamed", "blamed", "blaming"), plural, self.chance(0.3))
        if draw < 0.7:
            return join(blame, [(speaker, "nsubj")], [(accused, "obj"), (of_case(self.act(), "for"), "obl")])
        return join(blame, [(speaker, "nsubj")], [(self.act(), "obj"), (of_case(accused, "on"), "obl")])

    def feared(self) -> Phrase:
        """ "Sixty policemen were believed captured", "are feared dead"."""
        form, lemma = self.pick(
            [("feared", "fear"), ("believed", "believe"), ("reported", "report"), ("presumed", "presume")]
        )
        verb = self.pick(HARMING)
        state = adj(self.pick(["dead", "missing"])) if self.chance(0.3) else participle(verb[3], verb[0])
        copula = form_of_be(*self.pick([("were", "VBD"), ("are", "VBP")]))
        head = participle(form, lemma)
        people = self.number(self.common(self.pick(["policemen", "soldiers", "civilians", "people"]), True))
        return join(head, [(people, "nsubj:pass"), (copula, "aux:pass")], [(state, "xcomp"), *self.adverbials(1)])

    def killed_and_wounded(self) -> Phrase:
        """ "Two soldiers were killed and three others wounded by a mortar": the doer stands by the verb before it."""
        first, second = self.pick(HARMING[:4]), self.pick(HARMING[1:3])
        others = self.number(noun("others", True, "other"), few=True)
        doer = of_case(self.agent()[0], "by") if self.chance(0.6) else of_case(self.act(), "in")
        hurt = join(
            word(second[3], "VERB", "VBN", second[0], "Tense=Past|VerbForm=Part|Voice=Pass"),
            [(conjunction(), "cc"), (others, "nsubj:pass")],
            [(doer, "obl:agent" if doer.rows[0][0] == "by" else "obl")],
        )
        subject = self.person() if self.chance(0.4) else self.victims()
        were = form_of_be(*self.pick([("were", "VBD"), ("was", "VBD")]))
        there = [(word("there", "ADV", "RB"), "advmod")] if self.chance(0.3) else [self.where()] if self.chance(0.4) else []
        killed = word(first[3], "VERB", "VBN", first[0], "Tense=Past|VerbForm=Part|Voice=Pass")
        return join(killed, [(subject, "nsubj:pass"), (were, "aux:pass")], [*there, (hurt, "conj")])

    def paired(self) -> Phrase:
        """ "struck and eliminated the commander": what follows belongs to the first verb."""
        first, second = self.pick(PAIRS).split(":")
        subject, _ = self.agent()
        other = join(word(second, "VERB", "VBD", None, "Mood=Ind|Tense=Past|VerbForm=Fin"), [(conjunction(), "cc")], [])
        other.rows[other.root][1] = _base(second)
        head = word(first, "VERB", "VBD", _base(first), "Mood=Ind|Tense=Past|VerbForm=Fin")
        harms = first in ("ambushed", "shot", "killed", "captured", "abducted")
        thing = self.victims() if harms else self.site()
        return join(head, [(subject, "nsubj")], [(other, "conj"), (thing, "obj"), *self.adverbials()])

    def perfect_with_time(self) -> Phrase:
        """ "forces have since 31 March killed about 1,000 rebels": the date stands inside the verb."""
        subject, plural = self.agent()
        verb, after = self.complements()
        have = word("have" if plural else "has", "AUX", "VBP" if plural else "VBZ", "have")
        if self.chance(0.4):
            date = entity(word(self.pick(WEEKDAYS), "PROPN", "NNP"), "DATE")
        else:
            day = word(str(self.rng.randint(1, 30)), "NUM", "CD", feats="NumForm=Digit|NumType=Card")
            date = entity(join(day, [], [(word(self.pick(MONTHS), "PROPN", "NNP"), "nmod:unmarked")]), "DATE")
        since = of_case(date, "since")
        return join(participle(verb[3], verb[0]), [(subject, "nsubj"), (have, "aux"), (since, "obl")], after)

    def ascribed(self) -> Phrase:
        """ "The attack was attributed to X", "denied involvement in the killing of Y"."""
        if self.chance(0.5):
            subject = self.group_name()
            inside = join(noun("involvement"), [], [(of_case(self.act(), "in"), "nmod")])
            deny = self.pick(
                [("deny", "denies", "denied", "denied", "denying"), ("admit", "admits", "admitted", "admitted", "admitting")]
            )
            return join(self.finite(deny, True, self.chance(0.3)), [(subject, "nsubj")], [(inside, "obj")])
        form, lemma, preposition = self.pick(
            [
                ("attributed", "attribute", "to"),
                ("blamed", "blame", "on"),
                ("claimed", "claim", "by"),
                ("condemned", "condemn", "by"),
            ]
        )
        doer = of_case(self.group_name() if self.chance(0.6) else self.agent()[0], preposition)
        was = form_of_be(*self.pick([("was", "VBD"), ("is", "VBZ")]))
        relation = "obl:agent" if preposition == "by" else "obl"
        return join(participle(form, lemma), [(self.act(), "nsubj:pass"), (was, "aux:pass")], [(doer, relation)])

    def counted_act(self) -> Phrase:
        """ "It was the deadliest attack on the army since rebels seized the town": the noun is the predicate."""
        rank = word(self.pick(["deadliest", "worst", "heaviest", "bloodiest"]), "ADJ", "JJS", None, "Degree=Sup")
        if self.chance(0.4):
            rank = word(self.pick(["first", "second", "third", "latest"]), "ADJ", "JJ", None, "Degree=Pos|NumType=Ord")
        kind = noun(self.pick(["attack", "raid", "bombing", "ambush", "airstrike", "massacre", "assault"]))
        it = word(*self.pick([("it", "PRON", "PRP"), ("this", "PRON", "DT")]))
        copula = form_of_be(*self.pick([("was", "VBD"), ("is", "VBZ")]))
        after: list[Part] = [(of_case(self.site(), self.pick(["on", "against"])), "nmod")]
        if self.chance(0.5):
            told = join(self.active(bare=True), [(word("since", "SCONJ", "IN"), "mark")], [])
            after.append((told, "advcl"))
        elif self.chance(0.5):
            after.append((of_case(entity(word(self.pick(MONTHS[:12]), "PROPN", "NNP"), "DATE"), "since"), "nmod"))
        return join(kind, [(it, "nsubj"), (copula, "cop"), (det("the"), "det"), (rank, "amod")], after)

    def relative_on_place(self) -> Phrase:
        """ "raids along the border that killed nine people": the clause describes the raids, not the border."""
        act = self.common(self.pick(["raids", "strikes", "attacks", "clashes", "violations", "ambushes"]), True)
        act.entities = []
        before: list[Part] = [(self.nationality(), "amod")] if self.chance(0.3) else []
        verb, more = self.complements()
        that = word(self.pick(["that", "which"]), "PRON", "WDT", None, "PronType=Rel")
        clause = join(self.finite(verb, True), [(that, "nsubj")], more)
        where = of_case(self.place(), self.pick(["in", "near", "around"]))
        told = join(act, before, [(where, "nmod"), (clause, "acl:relcl")])
        speaker, plural = self.speaker()
        condemn = self.pick(
            [
                ("condemn", "condemns", "condemned", "condemned", "condemning"),
                ("report", "reports", "reported", "reported", "reporting"),
            ]
        )
        return join(self.finite(condemn, plural), [(speaker, "nsubj")], [(told, "obj")])

    def headline(self) -> Drawn:
        """Headlines of two clauses ("Strike kills five; rockets hit town") and of passives with a particle."""
        if not self.chance(0.25):
            return super().headline()
        if self.chance(0.5):
            clause = self.active(present=True, bare=True)
            second = self.active(present=True, bare=True) if self.chance(0.6) else self.passive(reduced=True)
            mark = self.pick([";", ","])
        else:
            who = self.number(self.common(self.pick(["rebels", "militants", "soldiers", "policemen"]), True), few=True)
            down = (word("down", "ADP", "RP"), "compound:prt")
            clause = join(participle("gunned", "gun"), [(who, "nsubj:pass")], [down, self.where()])
            second, mark = self.passive(reduced=True), self.pick([",", ";"])
        both = join(clause, [], [(punct(mark), "punct"), (second, "parataxis")])
        return self.finish(without_articles(both), capitalise=True)


def _base(past: str) -> str:
    irregular = {"struck": "strike", "overran": "overrun", "shot": "shoot", "hit": "hit"}
    verbs = {verb[2]: verb[0] for verb in (*HITTING, *HARMING)}
    return irregular.get(past) or verbs.get(past) or past.removesuffix("ed")


def articles(count: int, seed: int) -> list[list[Drawn]]:
    """`count` short pieces: a headline, a blank line, and one to four sentences each."""
    rng = random.Random(seed)
    grammar = NewsGrammar(rng)
    pieces = []
    for _ in range(count):
        piece: list[Drawn] = []
        makers: list[Callable[[], Drawn]] = []
        if grammar.chance(0.5):
            makers.append(grammar.headline)
        makers += [grammar.sentence] * rng.randint(1, 4)
        for number, make in enumerate(makers):
            sentence, entities = make()
            sentence.opens_paragraph = number == 0 or makers[number - 1] == grammar.headline or grammar.chance(0.3)
            piece.append((sentence, entities))
        pieces.append(piece)
    return pieces
